#include "analysis/diff/rating.h"

#include <algorithm>

#include "analysis/diff/effects.h"
#include "analysis/diff/replay.h"
#include "analysis/diff/settle.h"
#include "analysis/joint/normal_form.h"
#include "analysis/record/slice.h"
#include "runtime/bytecode/given_total.h"
#include "runtime/trace/subject_index.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Register;
using bytecode::Subject;
using symbolic::both;
using symbolic::either;
using symbolic::negated;
using trace::Phases;
using trace::Rule;
using What = ItemDiff::What;

namespace {

constexpr std::uint32_t kLess = 3;  ///< sign of `compare`

/// A rule of each version that stand for one another, by the registers that make them act; kNone for what a version has not.
struct RuleMatch {
  What what = What::rule;
  Match item;
  bool acts_when_false = false;  ///< a condition of a level
  Register first = kNone, second = kNone;
};

class RatingComparison {
 public:
  RatingComparison(const Versions& versions, std::chrono::milliseconds limit)
      : limit_(limit),
        year_(versions.year),
        module_before_(over_stated_total(versions.before)),
        module_after_(over_stated_total(versions.after)),
        before_(module_before_.subjects.front()),
        after_(module_after_.subjects.front()),
        outcomes_(module_before_.ratings[before_.rating], module_after_.ratings[after_.rating]),
        program_before_(vm::Program::load(module_before_, 0)),
        program_after_(vm::Program::load(module_after_, 0)),
        index_before_(program_before_),
        index_after_(program_after_) {}

  std::vector<ItemDiff> run(std::vector<Bilingual>& not_analysed) {
    const Joint plain = join({&module_before_, &before_, {}, rating_registers(before_)},
                             {&module_after_, &after_, {}, rating_registers(after_)}, {});
    if (!plain.incompatible.empty()) {
      ItemDiff whole = made(What::rating, {});
      note_other_evidence(whole);
      return {whole};
    }
    joint_ = NormalForm(plain).rewritten();
    if (levels_before() == levels_after()) return {};
    match_rules();
    ask(not_analysed);
    return std::move(items_);
  }

 private:
  Register levels_before() const { return joint_.first[before_.levels]; }
  Register levels_after() const { return joint_.second[after_.levels]; }

  static ItemDiff made(What what, const Match& item) {
    ItemDiff diff;
    diff.what = what;
    diff.item = item;
    return diff;
  }

  // ---------------------------------------------------------------- which rule has become which

  static constexpr std::vector<Rule> Phases::*kPhases[] = {
      &Phases::not_rated, &Phases::level_conditions, &Phases::needs, &Phases::bars, &Phases::lowers, &Phases::forces};

  void match_rules() {
    const Phases &before = index_before_.phases(), &after = index_after_.phases();
    match_floors();
    for (const auto phase : kPhases) match_phase(before.*phase, after.*phase, phase == &Phases::needs);
    match_phase(rules_of(before.hand_overs), rules_of(after.hand_overs), false);
    std::erase_if(rules_, [](const RuleMatch& rule) { return rule.first == rule.second; });
  }

  static Register at(const std::vector<Register>& registers, Register reg) {
    return reg == kNone ? kNone : registers[reg];
  }

  static std::vector<Rule> rules_of(const std::vector<trace::HandOver>& hand_overs) {
    std::vector<Rule> rules;
    for (const trace::HandOver& each : hand_overs) rules.push_back(each.rule);
    return rules;
  }

  /// A floor acts as a rule does: it keeps those below it out.
  void match_floors() {
    if (index_before_.phases().band == kNone || index_after_.phases().band == kNone) return;
    const auto &was = index_before_.rating()->levels, &is = index_after_.rating()->levels;
    for (std::uint32_t level = 0; level < was.size(); ++level) {
      if (was[level].floor == is[level].floor) continue;
      const Register total = joint_.first[before_.total];
      const auto below = [&](const std::optional<Rational>& floor) {
        return joint_.compare(total, kLess, joint_.number(floor.value_or(Rational(0))));
      };
      rules_.push_back({What::level_floor, {level, level}, false, below(was[level].floor), below(is[level].floor)});
    }
  }

  void match_phase(const std::vector<Rule>& before, const std::vector<Rule>& after, bool acts_when_false) {
    std::vector<bool> taken(after.size());
    std::vector<std::size_t> partner(before.size(), after.size());
    for (const bool same_code : {true, false})
      for (std::size_t i = 0; i < before.size(); ++i)
        if (partner[i] == after.size()) partner[i] = partner_of(before[i], after, taken, same_code);
    for (std::size_t i = 0; i < before.size(); ++i) {
      RuleMatch rule{What::rule, {before[i].observable, kNone}, acts_when_false, at(joint_.first, before[i].condition), kNone};
      if (partner[i] != after.size()) {
        rule.item.after = after[partner[i]].observable;
        rule.second = at(joint_.second, after[partner[i]].condition);
      }
      rules_.push_back(rule);
    }
    for (std::size_t i = 0; i < after.size(); ++i)
      if (!taken[i])
        rules_.push_back(
            {What::rule, {kNone, after[i].observable}, acts_when_false, kNone, at(joint_.second, after[i].condition)});
  }

  /// One of the same level with the same code; or of the same level and clauses.
  std::size_t partner_of(const Rule& rule, const std::vector<Rule>& after, std::vector<bool>& taken, bool same_code) const {
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (taken[i] || after[i].level != rule.level) continue;
      const bool same = same_code ? at(joint_.second, after[i].condition) == at(joint_.first, rule.condition)
                                  : index_after_.clauses(after[i].observable) == index_before_.clauses(rule.observable);
      if (!same) continue;
      taken[i] = true;
      return i;
    }
    return after.size();
  }

  // ---------------------------------------------------------------- questions

  z3::expr acting(const Questions& questions, const RuleMatch& rule, Register reg) const {
    if (reg == kNone) return questions.context().bool_val(false);
    const symbolic::Truth& truth = questions.encoding().truth(reg);
    return rule.acts_when_false ? truth.no() : truth.yes;
  }

  z3::expr agree(const Questions& questions, const RuleMatch& rule) const {
    return acting(questions, rule, rule.first) == acting(questions, rule, rule.second);
  }

  /// The versions give outcomes of which the newer has this effect.
  z3::expr has(const Questions& questions, Effect effect) const {
    const z3::expr was = questions.encoding().outcome(levels_before()), is = questions.encoding().outcome(levels_after());
    z3::expr result = questions.context().bool_val(false);
    for (const std::uint32_t a : outcomes_.all())
      for (const std::uint32_t b : outcomes_.all())
        if (a != b && outcomes_.effect(a, b) == effect)
          result = either(result, both(was == static_cast<int>(a), is == static_cast<int>(b)));
    return result;
  }

  void ask(std::vector<Bilingual>& not_analysed) {
    std::vector<Register> roots{levels_before(), levels_after()};
    for (const RuleMatch& rule : rules_)
      for (const Register reg : {rule.first, rule.second})
        if (reg != kNone) roots.push_back(reg);
    Questions questions(joint_.module, year_, roots);
    // By rule, then by effect: the rule's own doing, no other differing; the last row is what no rule that differs explains.
    std::vector<std::vector<std::size_t>> asked;
    for (std::size_t i = 0; i <= rules_.size(); ++i) {
      z3::expr others = questions.context().bool_val(true);
      for (std::size_t j = 0; j < rules_.size(); ++j)
        others = both(others, j == i ? negated(agree(questions, rules_[j])) : agree(questions, rules_[j]));
      asked.emplace_back();
      for (const Effect effect : kEffects) asked.back().push_back(questions.ask(both(has(questions, effect), others)));
    }
    std::vector<std::size_t> anyhow;
    for (const Effect effect : kEffects) anyhow.push_back(questions.ask(has(questions, effect)));
    questions.answer(limit_);
    for (const auto& each : questions.not_analysed()) not_analysed.push_back(each.reason);
    replay_.emplace(Version{&module_before_, 0}, Version{&module_after_, 0}, year_);
    const auto settled = [&](What what, const Match& item, const std::vector<std::size_t>& numbers) {
      ItemDiff diff = made(what, item);
      settle(diff, questions, numbers,
             [&](std::size_t number, Effect effect) { return find(questions, number, effect); });
      return diff;
    };
    for (std::size_t i = 0; i < rules_.size(); ++i)
      items_.push_back(settled(rules_[i].what, rules_[i].item, asked[i]));
    // Several rules that change together may differ only together.
    const bool explained = std::ranges::any_of(items_, [](const ItemDiff& item) { return !item.records.empty(); });
    ItemDiff whole = settled(What::rating, {}, explained ? asked.back() : anyhow);
    if (!explained && !whole.records.empty())
      for (ItemDiff& item : items_)
        if (item.standing == Standing::same) {
          item.standing = Standing::changed;
          item.reason = {"đổi cùng với quy tắc khác", "changes together with other rules"};
        }
    if (whole.standing != Standing::same) items_.push_back(std::move(whole));
  }

  std::optional<ChangedRecord> find(Questions& questions, std::size_t number, Effect wanted) {
    const auto effect = [&](const Said& before, const Said& after) {
      const auto found = outcomes_.effect(before, after);
      return found == wanted ? found : std::nullopt;
    };
    const auto reads = [](const Subject& subject) {
      return [levels = subject.levels](const vm::Machine& machine, std::uint32_t row) {
        Said said;
        said.outcomes = machine.outcomes(levels, row);
        return said;
      };
    };
    const Reads before = reads(before_), after = reads(after_);
    const auto record = questions.witness(number, [&](const Record& each) {
      return replay_->shown(joint_, questions.bench(), each, before, after, effect).has_value();
    });
    return record ? replay_->shown(joint_, questions.bench(), *record, before, after, effect) : std::nullopt;
  }

  std::chrono::milliseconds limit_;
  int year_;
  bytecode::Module module_before_, module_after_;
  const Subject &before_, &after_;
  Outcomes outcomes_;
  vm::Program program_before_, program_after_;
  trace::SubjectIndex index_before_, index_after_;
  Joint joint_;
  std::vector<RuleMatch> rules_;
  std::optional<Replay> replay_;
  std::vector<ItemDiff> items_;
};

}  // namespace

bytecode::Module over_stated_total(const Version& version) {
  Subject rated = version.of();
  if (rated.total != kNone) {
    rated.fields.push_back(bytecode::given_total_field());
    bytecode::Instruction& total = rated.code[rated.total];
    total = {.opcode = bytecode::Opcode::field,
             .a = static_cast<std::uint32_t>(rated.fields.size() - 1),
             .b = 0,
             .domain = 0,
             .kind = bytecode::ValueKind::number,
             .operands = {}};
  }
  std::vector<Register> registers = rating_registers(rated);
  registers.push_back(rated.total);
  return slice(*version.module, rated, registers);
}

std::vector<ItemDiff> compare_ratings(const Versions& versions, std::chrono::milliseconds limit,
                                      std::vector<Bilingual>& not_analysed) {
  return RatingComparison(versions, limit).run(not_analysed);
}

}  // namespace quy::analysis

#include "analysis/refinement/rating.h"

#include <algorithm>

#include "analysis/direction.h"
#include "analysis/record/rating_part.h"
#include "analysis/record/slice.h"
#include "analysis/refinement/level_monotony.h"
#include "analysis/refinement/questions.h"
#include "runtime/trace/outcome.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Register;
using bytecode::Subject;
using symbolic::both;
using symbolic::either;
using symbolic::negated;
using symbolic::Verdict;
using trace::Phases;
using trace::Rule;
using vm::OutcomeSet;
using vm::Truth;
using What = ClauseVerdict::What;

namespace {

enum Sign : std::uint32_t { at_least, greater, at_most, less };

const Subject& rated(const bytecode::Module& module, std::uint32_t subject) {
  const std::uint32_t variant = module.subjects[subject].given_total_variant;
  return module.subjects[variant == kNone ? subject : variant];
}

std::uint32_t rated_index(const bytecode::Module& module, std::uint32_t subject) {
  return static_cast<std::uint32_t>(&rated(module, subject) - module.subjects.data());
}

/// When a rule of a rating acts: a condition of a level where it is false, any other where it is true.
enum class Acts : std::uint8_t { when_true, when_false };

/// A rule of the framework beside the local one that stands for it; a register is kNone where a side has none.
struct RuleMatch {
  What what = What::rule;
  std::uint32_t index = kNone;
  Acts acts = Acts::when_true;
  Register framework = kNone, local = kNone;  ///< of the joint
  bool hands_over = false;
  bool same() const { return framework == local; }
};

/// What the local set makes of a record that the framework would not.
Relation difference(std::uint32_t local, std::uint32_t framework, std::uint32_t levels) {
  const bool local_level = local < levels, framework_level = framework < levels;
  if (local == framework) return Relation::same;
  if (local_level && framework_level) return local < framework ? Relation::looser : Relation::tighter;
  // A gap of the framework may be filled by its readings, or by a disqualifier, not by a level that somebody gains.
  if (local_level && framework == vm::kOutcomeGap)
    return local + 1 == levels ? Relation::tighter : Relation::contradicts;
  if (local_level && framework == vm::kOutcomeAuthority)
    return local + 1 == levels ? Relation::tighter : Relation::looser;
  if (local == vm::kOutcomeAuthority && framework_level) return Relation::looser;
  if (local == vm::kOutcomeNotRated || framework == vm::kOutcomeNotRated) return Relation::contradicts;
  return Relation::tighter;  // the local set gives no level
}

class RatingComparison {
 public:
  RatingComparison(const Link& link, std::chrono::milliseconds limit, MonotoneRatings& monotone, Refinement& refinement)
      : link_(link),
        limit_(limit),
        monotone_(monotone),
        refinement_(refinement),
        local_(rated(*link.local, link.local_subject)),
        framework_(rated(*link.framework, link.framework_subject)),
        local_program_(
            vm::Program::load(*link.local, rated_index(*link.local, link.local_subject), link.local_readings)),
        framework_program_(vm::Program::load(*link.framework, rated_index(*link.framework, link.framework_subject),
                                             link.framework_readings)),
        local_index_(local_program_),
        framework_index_(framework_program_) {}

  void run() {
    if (framework_.rating == kNone) return;
    if (local_.rating == kNone) return as_a_whole(Relation::missing, {"không còn xếp loại", "there is no rating"});
    if (!same_levels())
      return as_a_whole(Relation::not_proved, {"các mức khác với khung", "the levels are not the framework's"});
    joint_ = join({link_.local, &local_, link_.local_readings, rating_registers(local_)},
                  {link_.framework, &framework_, link_.framework_readings, rating_registers(framework_)},
                  {.replaced = true, .open_points = {}});
    if (!joint_.incompatible.empty())
      return as_a_whole(Relation::not_proved,
                        {"minh chứng khai báo khác kiểu ở hai bên", "the sides declare evidence with different types"});
    levels_ = static_cast<std::uint32_t>(link_.local->ratings[local_.rating].levels.size());
    match_rules();
    if (joint_.first[local_.levels] == joint_.second[framework_.levels]) {
      for (const RuleMatch& rule : rules_) add(rule, Relation::same);
    } else {
      compare();
    }
    check_others();
    if (!link_.local->framework) check_monotony();  // a framework's readings are still to be picked
  }

 private:
  const bytecode::RatingInfo& local_rating() const { return link_.local->ratings[local_.rating]; }
  const bytecode::RatingInfo& framework_rating() const { return link_.framework->ratings[framework_.rating]; }

  bool same_levels() const {
    return std::ranges::equal(local_rating().levels, framework_rating().levels, {}, &bytecode::LevelInfo::id,
                              &bytecode::LevelInfo::id);
  }

  void as_a_whole(Relation relation, Bilingual reason) {
    refinement_.verdicts.push_back(
        {.what = What::rating, .index = 0, .relation = relation, .reason = std::move(reason), .witness = {}});
  }
  ClauseVerdict& add(const RuleMatch& rule, Relation relation) {
    refinement_.verdicts.push_back(
        {.what = rule.what, .index = rule.index, .relation = relation, .reason = {}, .witness = {}});
    return refinement_.verdicts.back();
  }

  // ---------------------------------------------------------------- which rule stands for which

  static constexpr std::vector<Rule> Phases::*kPhases[] = {
      &Phases::not_rated, &Phases::level_conditions, &Phases::needs, &Phases::bars, &Phases::lowers, &Phases::caps,
      &Phases::forces};

  void match_rules() {
    const Phases &local = local_index_.phases(), &framework = framework_index_.phases();
    match_floors();
    for (const auto phase : kPhases)
      match_phase(local.*phase, framework.*phase, phase == &Phases::needs ? Acts::when_false : Acts::when_true);
    const std::size_t before = rules_.size();
    match_phase(rules_of(local.hand_overs), rules_of(framework.hand_overs), Acts::when_true);
    for (std::size_t i = before; i < rules_.size(); ++i) rules_[i].hands_over = true;
  }

  static std::vector<Rule> rules_of(const std::vector<trace::HandOver>& hand_overs) {
    std::vector<Rule> rules;
    for (const trace::HandOver& each : hand_overs) rules.push_back(each.rule);
    return rules;
  }

  /// A level whose floor was moved acts as a rule does: it keeps those below it out.
  void match_floors() {
    if (local_index_.phases().band == kNone || framework_index_.phases().band == kNone) return;
    for (std::uint32_t level = 0; level < levels_; ++level) {
      const auto &mine = local_rating().levels[level].floor, &theirs = framework_rating().levels[level].floor;
      RuleMatch rule{What::level_floor, level, Acts::when_true, kNone, kNone, false};
      if (mine != theirs) {
        const Register total = joint_.second[framework_.total];
        rule.framework = joint_.compare(total, less, joint_.number(theirs.value_or(Rational(0))));
        rule.local = joint_.compare(total, less, joint_.number(mine.value_or(Rational(0))));
      }
      rules_.push_back(rule);
    }
  }

  void match_phase(const std::vector<Rule>& local, const std::vector<Rule>& framework, Acts acts) {
    std::vector<bool> taken(local.size());
    for (const Rule& rule : framework) {
      const std::size_t mine = stands_for(rule, local, taken);
      RuleMatch made{.index = rule.observable, .acts = acts, .framework = joint_.second[rule.condition]};
      if (mine != local.size()) {
        taken[mine] = true;
        made.local = joint_.first[local[mine].condition];
      }
      rules_.push_back(made);
    }
    for (std::size_t i = 0; i < local.size(); ++i)
      if (!taken[i])
        rules_.push_back({.what = What::own_rule,
                          .index = local[i].observable,
                          .acts = acts,
                          .local = joint_.first[local[i].condition]});
  }

  /// The same code, else the first one left of the same level and clauses.
  std::size_t stands_for(const Rule& rule, const std::vector<Rule>& local, const std::vector<bool>& taken) const {
    for (std::size_t i = 0; i < local.size(); ++i)
      if (!taken[i] && local[i].level == rule.level &&
          joint_.first[local[i].condition] == joint_.second[rule.condition] &&
          local_index_.clauses(local[i].observable) == framework_index_.clauses(rule.observable))
        return i;
    for (std::size_t i = 0; i < local.size(); ++i)
      if (!taken[i] && local[i].level == rule.level &&
          local_index_.clauses(local[i].observable) == framework_index_.clauses(rule.observable))
        return i;
    return local.size();
  }

  // ---------------------------------------------------------------- questions

  /// Its register holds a level, not a condition.
  bool is_cap(const RuleMatch& rule) const {
    const Register reg = rule.framework == kNone ? rule.local : rule.framework;
    return reg != kNone && joint_.subject().code[reg].kind == bytecode::ValueKind::number;
  }

  z3::expr acting(const RuleMatch& rule, Register reg) const {
    if (reg == kNone) return questions_->context().bool_val(false);
    if (is_cap(rule)) return questions_->context().bool_val(true);
    const symbolic::Truth& truth = questions_->encoding().truth(reg);
    return rule.acts == Acts::when_true ? truth.yes : truth.no();
  }
  z3::expr agree(const RuleMatch& rule) const {
    if (rule.same()) return questions_->context().bool_val(true);
    if (is_cap(rule))
      return questions_->context().bool_val(false);  // two caps by different subjects: no claim that they agree
    return acting(rule, rule.framework) == acting(rule, rule.local);
  }
  z3::expr better() const {
    const z3::expr mine = questions_->encoding().outcome(local_levels()),
                   theirs = questions_->encoding().outcome(framework_levels());
    z3::expr result = questions_->context().bool_val(false);
    for (const std::uint32_t a : outcomes())
      for (const std::uint32_t b : outcomes())
        if (difference(a, b, levels_) >= Relation::not_proved)
          result = either(result, both(mine == static_cast<int>(a), theirs == static_cast<int>(b)));
    return result;
  }
  std::vector<std::uint32_t> outcomes() const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t level = 0; level < levels_; ++level) all.push_back(level);
    for (const std::uint32_t other : {vm::kOutcomeGap, vm::kOutcomeNotRated, vm::kOutcomeAuthority})
      all.push_back(other);
    return all;
  }
  Register local_levels() const { return joint_.first[local_.levels]; }
  Register framework_levels() const { return joint_.second[framework_.levels]; }

  Relation difference_in(const vm::Machine& machine, std::uint32_t row) const {
    const auto mine = trace::only(machine.outcomes(local_levels(), row)),
               theirs = trace::only(machine.outcomes(framework_levels(), row));
    return mine && theirs ? difference(*mine, *theirs, levels_) : Relation::same;
  }
  bool acts(const RuleMatch& rule, Register reg, const vm::Machine& machine, std::uint32_t row) const {
    if (reg == kNone) return false;
    if (is_cap(rule)) return true;
    return machine.truth(reg, row) == (rule.acts == Acts::when_true ? Truth::yes : Truth::no);
  }

  void compare() {
    std::vector<Register> roots{local_levels(), framework_levels()};
    for (const RuleMatch& rule : rules_)
      for (const Register reg : {rule.framework, rule.local})
        if (reg != kNone) roots.push_back(reg);
    questions_.emplace(joint_.module, link_.year, roots);
    refinement_.not_analysed.insert(refinement_.not_analysed.end(), questions_->not_analysed().begin(),
                                    questions_->not_analysed().end());

    struct Asked {
      std::size_t alone, acts_there_only, differs;
    };
    std::map<std::size_t, Asked> asked;
    const z3::expr better = this->better();
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (rules_[i].same()) continue;
      z3::expr others_agree = questions_->context().bool_val(true);
      // The set's own rules may act beside a rule of the framework that was changed: that is how one is replaced by a milder one.
      for (std::size_t j = 0; j < rules_.size(); ++j)
        if (j != i && (rules_[j].what != What::own_rule || rules_[i].what == What::own_rule))
          others_agree = both(others_agree, agree(rules_[j]));
      const z3::expr there = acting(rules_[i], rules_[i].framework), here = acting(rules_[i], rules_[i].local);
      asked[i] = {questions_->ask(both(both(better, negated(agree(rules_[i]))), others_agree)),
                  questions_->ask(both(there, negated(here))), questions_->ask(negated(agree(rules_[i])))};
    }
    const std::size_t anyhow = questions_->ask(better);
    z3::expr all_agree = questions_->context().bool_val(true);
    for (const RuleMatch& rule : rules_) all_agree = both(all_agree, agree(rule));
    const std::size_t unexplained = questions_->ask(both(better, all_agree));
    questions_->answer(limit_);

    bool found = false;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      const RuleMatch& rule = rules_[i];
      if (rule.same()) {
        add(rule, Relation::same);
        continue;
      }
      const Asked& each = asked.at(i);
      const Shows alone = [&](const vm::Machine& machine, std::uint32_t row) {
        return is_finding(difference_in(machine, row)) &&
               acts(rule, rule.framework, machine, row) != acts(rule, rule.local, machine, row);
      };
      if (auto witness = find_witness(each.alone, alone)) {
        found = true;
        loosened(rule, std::move(*witness));
      } else if (!questions_->impossible(each.alone)) {
        found = true;
        add(rule, Relation::not_proved).reason = why_not(*questions_, each.alone);
      } else if (rule.what == What::own_rule) {
        add(rule, Relation::tighter);
      } else {
        add(rule, questions_->impossible(each.differs) || !questions_->impossible(each.acts_there_only)
                      ? Relation::same
                      : Relation::tighter);
      }
    }
    settle_as_a_whole(anyhow, unexplained, found);
  }

  void loosened(const RuleMatch& rule, Witness witness) {
    const auto mine = trace::only(witness.local_outcome), theirs = trace::only(witness.framework_outcome);
    Relation relation = difference(*mine, *theirs, levels_);
    if (rule.what == What::rule && rule.local == kNone) relation = Relation::missing;
    add(rule, relation).witness = std::move(witness);
  }

  /// What no single rule explains: two together, or the policy for gaps.
  void settle_as_a_whole(std::size_t anyhow, std::size_t unexplained, bool found) {
    const std::size_t question = found ? unexplained : anyhow;
    if (questions_->impossible(question)) return;
    const Shows shown = [this](const vm::Machine& machine, std::uint32_t row) {
      return is_finding(difference_in(machine, row));
    };
    if (auto witness = find_witness(question, shown)) {
      const Relation relation =
          difference(*trace::only(witness->local_outcome), *trace::only(witness->framework_outcome), levels_);
      refinement_.verdicts.push_back(
          {.what = What::rating, .index = 0, .relation = relation, .reason = {}, .witness = std::move(witness)});
    } else {
      as_a_whole(Relation::not_proved, why_not(*questions_, question));
    }
  }

  static Bilingual why_not(const Questions& questions, std::size_t question) {
    return why_not(questions.verdict(question) != Verdict::not_settled);
  }
  static Bilingual why_not(bool settled) {
    if (!settled)
      return {"bộ giải không trả lời trong thời hạn", "the solver did not answer in time"};
    return {"phụ thuộc vào phần không phân tích được chính xác", "it depends on what is not analysed exactly"};
  }

  std::optional<Witness> find_witness(std::size_t question, const Shows& shown) {
    const std::optional<Record> record = questions_->witness(question, shown);
    if (!record) return std::nullopt;
    Witness witness{of_first_side(joint_, questions_->bench(), *record, *link_.local), 0, 0, {}, {}};
    questions_->bench().run({*record}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      witness.local_outcome = machine.outcomes(local_levels(), row);
      witness.framework_outcome = machine.outcomes(framework_levels(), row);
    });
    return witness;
  }

  // ---------------------------------------------------------------- monotony

  /// Rules on the ratings of others must not turn against those whose units do better.
  void check_others() {
    const std::vector<Direction> all = directions_with_others(joint_.module, joint_.subject());
    for (const RuleMatch& rule : rules_) {
      // What is handed over is bounded by the rules that act, and those are looked at here.
      if (rule.local == kNone || rule.hands_over || is_cap(rule)) continue;
      const bool good = rule.acts == Acts::when_false ? never_falls(all[rule.local]) : never_rises(all[rule.local]);
      if (!good)
        add(rule, Relation::not_proved).reason = {"nơi khác xếp loại cao hơn mà ở đây lại bị hạ",
                                                  "a rise of others' ratings may count against this one"};
    }
  }

  /// Two totals beside the same evidence: the higher must not have the worse level, nor none.
  void check_monotony() {
    if (!states_total(local_)) return;
    const bytecode::Module rating = slice(*link_.local, local_, {local_.levels, local_.total});
    const Subject& single = rating.subjects.front();
    const std::string key = rules_key(single);
    if (monotone_.contains(key)) return;
    LevelMonotony monotony(rating, link_.year);
    monotony.answer(limit_);
    if (monotony.never_falls()) {
      monotone_.insert(key);
      return;
    }
    ClauseVerdict verdict{
        .what = What::level_monotony, .index = 0, .relation = Relation::not_proved, .reason = {}, .witness = {}};
    if (const auto fall = monotony.fall())
      verdict.witness = Witness{fall->record, fall->with_more, fall->with_less, fall->more, fall->less};
    else
      verdict.reason = why_not(monotony.settled());
    refinement_.verdicts.push_back(std::move(verdict));
  }

  const Link& link_;
  std::chrono::milliseconds limit_;
  MonotoneRatings& monotone_;
  Refinement& refinement_;
  const Subject &local_, &framework_;
  vm::Program local_program_, framework_program_;
  trace::SubjectIndex local_index_, framework_index_;
  std::uint32_t levels_ = 0;
  Joint joint_;
  std::vector<RuleMatch> rules_;
  std::optional<Questions> questions_;
};

}  // namespace

void compare_ratings(const Link& link, std::chrono::milliseconds limit, MonotoneRatings& monotone,
                     Refinement& refinement) {
  RatingComparison(link, limit, monotone, refinement).run();
}

}  // namespace quy::analysis

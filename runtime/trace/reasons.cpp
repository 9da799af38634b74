#include "runtime/trace/reasons.h"

#include <algorithm>

#include "runtime/trace/condition_text.h"
#include "runtime/trace/phrases.h"
#include "runtime/trace/values.h"

namespace quy::trace {
namespace {

using bytecode::Instruction;
using bytecode::LevelInfo;
using bytecode::Opcode;
using vm::Truth;

/// Operand a of `need` for a rating that leaves a level that fails its conditions without another.
constexpr std::uint32_t kNoLevelPolicy = 0;

/// Whether two sorted lists have something in common.
bool intersects(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  auto x = a.begin();
  for (const std::uint32_t item : b) {
    while (x != a.end() && *x < item) ++x;
    if (x != a.end() && *x == item) return true;
  }
  return false;
}

/// The `need` instruction in force, found from the outcome upwards: behind the phases after it, and readings that choose among policies.
const Instruction* active_need(const RecordView& view) {
  Register reg = view.index.subject().levels;
  while (view.has(reg, bytecode::ValueKind::levels)) {
    const Instruction& i = view.index.instruction(reg);
    if (i.opcode == Opcode::need) return &i;
    if (i.opcode == Opcode::pick_levels) {
      reg = i.operands[view.truth(i.operands[0]) == Truth::yes ? 1 : 2];
    } else {
      reg = i.operands.empty() ? kNone : i.operands[0];
    }
  }
  return nullptr;
}

bool decision_taken(const RecordView& view, const HandOver& hand_over) {
  return hand_over.decision != kNone && view.fired(hand_over.rule) &&
         view.batch.state(hand_over.decision, view.row) == vm::FieldState::value;
}

/// Levels not better than the best that an outcome still allows.
vm::OutcomeSet not_better_than(vm::OutcomeSet bound, std::size_t levels) {
  const vm::OutcomeSet all = (vm::OutcomeSet{1} << levels) - 1;
  const vm::OutcomeSet reachable = bound & kLevelsMask;
  // The bound may be a gap: then there is no level to stay below.
  if (reachable == 0) return all;
  return all & ~((reachable & (~reachable + 1)) - 1);
}

class Reasons {
 public:
  Reasons(const RecordView& view, Result& result) : view_(view), result_(result), phases_(view.index.phases()) {}

  void add() {
    switch (result_.status) {
      case Status::decided: return decided();
      case Status::undecided: return undecided();
      case Status::authority: return authority();
      case Status::gap: return gap();
      case Status::not_rated: return not_rated();
    }
  }

 private:
  void push(const std::vector<std::string>& clauses, std::string text) { result_.own_reasons.push_back({&clauses, std::move(text)}); }
  void push(const Rule& rule, std::string text) { push(view_.index.clauses(rule.observable), std::move(text)); }
  void push_phrase(const Rule& rule, Phrase id) { push(rule, phrase(id, view_.language, {condition(rule)})); }
  void push_phrase(const Rule& rule, Phrase id, std::uint32_t level) { push(rule, phrase(id, view_.language, {label(level), condition(rule)})); }

  std::string condition(const Rule& rule) const { return condition_text(view_, rule); }
  const std::string& label(std::uint32_t level) const { return view_.index.level_label(level); }
  const LevelInfo& level(std::uint32_t i) const { return view_.index.rating()->levels[i]; }

  // --- decided

  void decided() {
    if (by_decision()) return;
    by_force();
    const std::optional<std::uint32_t> band = band_level(view_);
    // A forced level that the points give as well has both reasons.
    if (band == result_.level) return push(level(result_.level).clauses, band_text(view_.index, result_.level, view_.language));
    if (!result_.own_reasons.empty()) return;
    if (band) {
      failed_needs(*band, result_.level);
      bars(*band);
      lowerings();
      caps(*band);
    } else {
      level_condition();
    }
    if (result_.own_reasons.empty()) only_level();
  }

  /// No rule is certain by itself, but whichever of the open cases it is, the level is the same.
  void only_level() {
    for (const Rule& rule : phases_.forces) {
      if (rule.level == result_.level && view_.open(rule)) push_phrase(rule, Phrase::only_level_by, rule.level);
    }
    if (result_.own_reasons.empty()) push(level(result_.level).clauses, phrase(Phrase::only_level, view_.language, {label(result_.level)}));
  }

  /// An authority may also have decided that there is no level, or no rating.
  bool by_decision() {
    for (const HandOver& hand_over : phases_.hand_overs) {
      if (decision_taken(view_, hand_over)) push(hand_over.rule, phrase(Phrase::decision_taken, view_.language, {outcome_label()}));
    }
    return !result_.own_reasons.empty();
  }

  std::string outcome_label() const {
    if (result_.level != kNone) return label(result_.level);
    return phrase(result_.status == Status::gap ? Phrase::outcome_none : Phrase::outcome_not_rated, view_.language);
  }

  void by_force() {
    for (const Rule& rule : phases_.forces) {
      if (rule.level == result_.level && view_.fired(rule)) push_phrase(rule, Phrase::forced, rule.level);
    }
  }

  /// Failed conditions of the levels from `first` to before `last`.
  void failed_needs(std::uint32_t first, std::uint32_t last) {
    for (const Rule& rule : phases_.needs) {
      if (rule.level >= first && rule.level < last && view_.failed(rule)) failed_need(rule);
    }
  }

  void failed_need(const Rule& rule) {
    const LevelInfo& info = level(rule.level);
    if (!info.floor) return push_phrase(rule, Phrase::need_failed, rule.level);
    push(rule, phrase(Phrase::need_failed_with_points, view_.language,
                      {points_text(*info.floor, view_.language), label(rule.level), condition(rule)}));
  }

  void bars(std::uint32_t band) {
    for (const Rule& rule : phases_.bars) {
      if (rule.level > band && view_.fired(rule)) push_phrase(rule, Phrase::barred, rule.level - 1);
    }
  }

  void lowerings() {
    for (const Rule& rule : phases_.lowers) {
      if (view_.fired(rule)) push_phrase(rule, Phrase::lowered);
    }
  }

  void caps(std::uint32_t band) {
    for (const Rule& rule : phases_.caps) {
      const vm::Range best = view_.number(rule.condition);
      if (best.known() && best.low > Rational(static_cast<std::int64_t>(band))) cap(rule, best.low);
    }
  }

  void cap(const Rule& rule, const Rational& best) {
    const auto allowed = static_cast<std::uint32_t>(best.to_int64().value_or(0));
    if (allowed < view_.index.level_count()) push(rule, cap_text(view_, rule, allowed));
  }

  void level_condition() {
    for (const Rule& rule : phases_.level_conditions) {
      if (rule.level == result_.level && view_.fired(rule)) push_phrase(rule, Phrase::level_condition_met, rule.level);
    }
  }

  // --- gap

  void gap() {
    if (by_decision()) return;
    for (const Rule& rule : phases_.no_basis) {
      if (view_.fired(rule)) no_basis(rule);
    }
    if (!result_.own_reasons.empty()) return;
    if (phases_.band != kNone) {
      gap_after_band();
    } else {
      gap_of_conditions();
    }
    if (result_.own_reasons.empty()) push(view_.index.rating()->clauses, phrase(Phrase::no_level_fits, view_.language));
  }

  /// A missing basis is said by the comparisons that have none; they may belong to other rules.
  void no_basis(const Rule& rule) {
    const std::vector<std::uint32_t> atoms = deciding_atoms(view_, kNone, rule.condition);
    for (const std::uint32_t atom : atoms) {
      push(view_.index.clauses(atom), phrase(Phrase::no_basis, view_.language, {atom_text(view_, atom, view_.row)}));
    }
    if (atoms.empty()) push_phrase(rule, Phrase::no_basis);
  }

  /// The conditions that failed on the way down, then those without a basis at the level where the way ended.
  void gap_after_band() {
    const std::optional<std::uint32_t> band = band_level(view_);
    if (!band) return no_total();
    const Instruction* need = active_need(view_);
    std::uint32_t at = *band;
    failed_needs(at, at + 1);
    if (!result_.own_reasons.empty() && need != nullptr && need->a != kNoLevelPolicy) failed_needs_below(at);
    for (const Rule& rule : phases_.needs) {
      const bool out = rule.level == at && view_.truth(rule.condition) == Truth::left_out;
      if (out && !fails_some_need(at)) push_phrase(rule, Phrase::no_basis);
    }
  }

  /// Goes down to the level that was tried after this one.
  void failed_needs_below(std::uint32_t& at) {
    ++at;
    failed_needs(at, at + 1);
  }

  bool fails_some_need(std::uint32_t level) const {
    return std::any_of(phases_.needs.begin(), phases_.needs.end(),
                       [&](const Rule& rule) { return rule.level == level && view_.failed(rule); });
  }

  /// Names the groups and criteria for want of which there is no total.
  void no_total() {
    const bytecode::Subject& subject = view_.index.subject();
    for (std::uint32_t i = 0; i < subject.observables.size(); ++i) {
      const bytecode::Observable& o = subject.observables[i];
      const bool counts = o.role == Role::criterion || o.role == Role::group;
      if (!counts || view_.truth(o.applies_left_out) != Truth::yes) continue;
      if (view_.number(o.reg).left_out) push(view_.index.clauses(i), phrase(Phrase::no_total, view_.language, {o.label.empty() ? o.id : o.label}));
    }
    if (result_.own_reasons.empty()) push(view_.index.rating()->clauses, phrase(Phrase::no_total_bare, view_.language));
  }

  void gap_of_conditions() {
    std::string met;
    for (const Rule& rule : phases_.level_conditions) {
      if (!view_.fired(rule)) continue;
      if (!met.empty()) met += ", ";
      met += label(rule.level);
    }
    for (const Rule& rule : phases_.level_conditions) {
      if (met.empty()) push_phrase(rule, Phrase::level_condition_failed, rule.level);
      if (view_.fired(rule)) push(rule, phrase(Phrase::levels_overlap, view_.language, {met}));
    }
  }

  // --- the others

  void authority() {
    for (const HandOver& hand_over : phases_.hand_overs) {
      if (view_.fired(hand_over.rule)) push_phrase(hand_over.rule, Phrase::handed_over);
    }
    for (const Rule& rule : phases_.forces) {
      if (view_.fired(rule)) push_phrase(rule, Phrase::suspended);
    }
  }

  void not_rated() {
    if (by_decision()) return;
    for (const Rule& rule : phases_.not_rated) {
      if (view_.fired(rule)) push_phrase(rule, Phrase::not_rated);
    }
  }

  void undecided() {
    open(phases_.not_rated, Phrase::open_rule);
    open_total();
    open(phases_.level_conditions, Phrase::open_need);
    open(phases_.needs, Phrase::open_need);
    open(phases_.bars, Phrase::open_rule);
    open(phases_.lowers, Phrase::open_rule);
    open(phases_.forces, Phrase::open_force);
    for (const HandOver& hand_over : phases_.hand_overs) open_rule(hand_over.rule, Phrase::open_rule);
  }

  void open(const std::vector<Rule>& rules, Phrase id) {
    for (const Rule& rule : rules) open_rule(rule, id);
  }

  void open_rule(const Rule& rule, Phrase id) {
    if (!view_.open(rule) || !can_turn(rule, result_)) return;
    if (id == Phrase::open_rule) return push_phrase(rule, id);
    push_phrase(rule, id, rule.level);
  }

  void open_total() {
    if (view_.index.subject().has_open_points) push(view_.index.rating()->clauses, phrase(Phrase::open_points, view_.language));
    if (result_.total_range.empty()) return;
    push(view_.index.rating()->clauses, phrase(Phrase::open_total, view_.language, {shown(result_.total_range.low), shown(result_.total_range.high)}));
  }

  std::string shown(const std::string& decimal) const {
    const std::optional<Rational> value = Rational::parse(decimal);
    return value ? points_text(*value, view_.language) : decimal;
  }

  const RecordView& view_;
  Result& result_;
  const Phases& phases_;
};

}  // namespace

bool can_turn(const Rule& rule, const Result& result) {
  return result.influential.empty() || intersects(rule.fields, result.influential);
}

std::string cap_text(const RecordView& view, const Rule& rule, std::uint32_t allowed) {
  const std::string what = text_of_rule(view, rule.observable);
  const std::string& level = view.index.level_label(allowed);
  return what.empty() ? phrase(Phrase::capped_bare, view.language, {level}) : phrase(Phrase::capped, view.language, {level, what});
}

std::string band_text(const SubjectIndex& index, std::uint32_t level, Language language) {
  const std::vector<LevelInfo>& levels = index.rating()->levels;
  const std::optional<Rational>& floor = levels[level].floor;
  const std::optional<Rational> above = level == 0 ? std::nullopt : levels[level - 1].floor;
  const auto points = [&](const std::optional<Rational>& value) { return points_text(*value, language); };
  if (floor && above) return phrase(Phrase::band_between, language, {points(floor), points(above)});
  if (floor) return phrase(Phrase::band_from, language, {points(floor)});
  if (above) return phrase(Phrase::band_below, language, {points(above)});
  return phrase(Phrase::band_any, language);
}

std::vector<std::vector<Reason>> band_reasons(const SubjectIndex& index, Language language) {
  std::vector<std::vector<Reason>> reasons;
  if (index.rating() == nullptr || index.phases().band == kNone) return reasons;
  for (std::uint32_t level = 0; level < index.level_count(); ++level) {
    reasons.push_back({{&index.rating()->levels[level].clauses, band_text(index, level, language)}});
  }
  return reasons;
}

std::optional<std::uint32_t> band_level(const RecordView& view) {
  const Register band = view.index.phases().band;
  const std::optional<std::uint32_t> outcome = only(view.outcomes(band));
  return outcome && *outcome < view.index.level_count() ? outcome : std::nullopt;
}

bool decided_by_points(const RecordView& view, const Result& result) {
  if (result.status != Status::decided || band_level(view) != result.level) return false;
  const Phases& phases = view.index.phases();
  const bool forced = std::any_of(phases.forces.begin(), phases.forces.end(),
                                  [&](const Rule& rule) { return rule.level == result.level && view.fired(rule); });
  const bool taken = std::any_of(phases.hand_overs.begin(), phases.hand_overs.end(),
                                 [&](const HandOver& hand_over) { return decision_taken(view, hand_over); });
  return !forced && !taken;
}

vm::OutcomeSet allowed_to_authority(const RecordView& view) {
  vm::OutcomeSet allowed = 0;
  const std::size_t levels = view.index.level_count();
  for (const HandOver& hand_over : view.index.phases().hand_overs) {
    if (!view.fired(hand_over.rule) || hand_over.bound == kNone) continue;
    allowed |= hand_over.allowed & not_better_than(view.outcomes(hand_over.bound), levels);
  }
  return allowed;
}

void add_reasons(const RecordView& view, Result& result) {
  if (view.index.rating() != nullptr) Reasons(view, result).add();
}

}  // namespace quy::trace

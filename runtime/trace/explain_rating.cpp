#include "runtime/trace/explain_rating.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "runtime/trace/condition_lines.h"
#include "runtime/trace/condition_text.h"
#include "runtime/trace/explain_points.h"
#include "runtime/trace/numbers.h"
#include "runtime/trace/outcome_ids.h"
#include "runtime/trace/phrases.h"
#include "runtime/trace/reasons.h"
#include "runtime/trace/values.h"

namespace quy::trace {
namespace {

using vm::Truth;

constexpr std::size_t kMostLosses = 3;

std::string shown(const std::string& decimal, Language language) {
  const std::optional<Rational> value = Rational::parse(decimal);
  return value ? display_number(*value, language, 34).text : decimal;
}

/// What all parts of the rating's explanation have at hand.
class Teller {
 public:
  Teller(const RecordView& view, const Result& result) : view_(view), result_(result), phases_(view.index.phases()) {}

 protected:
  std::string say(Phrase id, std::initializer_list<std::string_view> arguments = {}) const { return phrase(id, view_.language, arguments); }
  const std::string& label(std::uint32_t level) const { return view_.index.level_label(level); }
  const bytecode::LevelInfo& info(std::uint32_t level) const { return view_.index.rating()->levels[level]; }
  std::string total() const { return points_for_people(result_.total, result_.total_range, result_.outer, view_.language); }

  void add(std::vector<Line> more) { std::move(more.begin(), more.end(), std::back_inserter(lines_)); }
  void add(Mark mark, std::string_view phase, std::string text, std::vector<std::string> clauses = {}) {
    lines_.push_back({mark, std::string(phase), std::move(text), std::move(clauses), {}});
  }
  /// A rule whose condition is wanted.
  void add_wanted(const Rule& rule, std::string_view phase, std::string heading) {
    lines_.push_back(rule_line(view_, rule, phase, std::move(heading), mark_of(view_.truth(rule.condition))));
  }
  /// A rule that does harm.
  void add_against(const Rule& rule, std::string_view phase, std::string heading) {
    lines_.push_back(rule_line(view_, rule, phase, std::move(heading), mark_against(view_.truth(rule.condition))));
  }

  std::string need_heading(const Rule& rule) const { return say(Phrase::condition_of, {label(rule.level)}); }
  std::string case_heading(const Rule& rule) const { return say(Phrase::case_of, {label(rule.level)}); }
  std::string bar_heading(const Rule& rule) const { return say(Phrase::bar_from, {label(rule.level - 1)}); }

  /// The best level that a cap allows.
  std::optional<std::uint32_t> capped_at(const Rule& rule) const {
    const vm::Range best = view_.number(rule.condition);
    if (!best.known()) return std::nullopt;
    const std::optional<std::int64_t> level = best.low.to_int64();
    if (!level || *level < 0 || static_cast<std::size_t>(*level) >= view_.index.level_count()) return std::nullopt;
    return static_cast<std::uint32_t>(*level);
  }
  void add_cap(const Rule& rule, std::uint32_t level) {
    add(Mark::fails, "cap", cap_text(view_, rule, level), view_.index.clauses(rule.observable));
  }

  const RecordView& view_;
  const Result& result_;
  const Phases& phases_;
  std::vector<Line> lines_;
};

// ---------------------------------------------------------------- why this rating

class Why : Teller {
 public:
  using Teller::Teller;

  std::vector<Line> lines() {
    acting(phases_.not_rated, "not_rated", &Why::not_rated_heading);
    if (result_.status == Status::not_rated) return std::move(lines_);
    band();
    level_conditions();
    needs();
    acting(phases_.no_basis, "no_basis", &Why::basis_heading);
    acting(phases_.bars, "bar", &Why::bar_of);
    acting(phases_.lowers, "lower", &Why::lower_heading);
    caps();
    forces();
    hand_overs();
    return std::move(lines_);
  }

 private:
  using Heading = std::string (Why::*)(const Rule&) const;
  std::string not_rated_heading(const Rule&) const { return say(Phrase::not_rated_when); }
  std::string basis_heading(const Rule&) const { return say(Phrase::basis_lacking); }
  std::string bar_of(const Rule& rule) const { return bar_heading(rule); }
  std::string lower_heading(const Rule&) const { return say(Phrase::lowering); }

  bool acts(const Rule& rule) const { return view_.fired(rule) || view_.open(rule); }

  /// Rules that hold, or may still.
  void acting(const std::vector<Rule>& rules, std::string_view phase, Heading heading) {
    for (const Rule& rule : rules) {
      if (acts(rule)) add_against(rule, phase, (this->*heading)(rule));
    }
  }

  void band() {
    if (phases_.band == kNone) return;
    const std::optional<std::uint32_t> level = band_level(view_);
    if (level) {
      add(Mark::holds, "band", say(Phrase::total_in_band, {total(), label(*level), band_text(view_.index, *level, view_.language)}), info(*level).clauses);
    } else if (result_.total.decimal.empty() && result_.total_range.empty()) {
      add(Mark::fails, "band", say(Phrase::total_absent));
    } else {
      add(Mark::missing, "band", say(Phrase::total_open_in_bands, {total()}));
    }
  }

  void level_conditions() {
    for (const Rule& rule : phases_.level_conditions) add_wanted(rule, "level_condition", need_heading(rule));
  }

  /// Conditions of the levels that came into question: from the band's down to the one reached.
  void needs() {
    const std::uint32_t first = band_level(view_).value_or(0);
    const std::uint32_t last = result_.status == Status::decided && first <= result_.level ? result_.level : last_tried(first);
    for (const Rule& rule : phases_.needs) {
      if (rule.level >= first && rule.level <= last) add_wanted(rule, "need", need_heading(rule));
    }
  }

  std::uint32_t last_tried(std::uint32_t first) const {
    if (!band_level(view_)) return static_cast<std::uint32_t>(view_.index.level_count());
    const bool failed = std::any_of(phases_.needs.begin(), phases_.needs.end(),
                                    [&](const Rule& rule) { return rule.level == first && (view_.failed(rule) || view_.open(rule)); });
    return failed ? first + 1 : first;
  }

  void caps() {
    const std::uint32_t band = band_level(view_).value_or(0);
    for (const Rule& rule : phases_.caps) {
      const std::optional<std::uint32_t> level = capped_at(rule);
      if (level && *level > band) add_cap(rule, *level);
    }
  }

  void forces() {
    std::size_t others = 0;
    for (const Rule& rule : phases_.forces) {
      if (acts(rule)) {
        add_against(rule, "force", case_heading(rule));
      } else {
        ++others;
      }
    }
    if (others != 0) add(Mark::holds, "force", say(Phrase::none_of_cases, {std::to_string(others)}));
  }

  void hand_overs() {
    for (const HandOver& hand_over : phases_.hand_overs) {
      if (!acts(hand_over.rule)) continue;
      lines_.push_back(rule_line(view_, hand_over.rule, "hand_over", say(Phrase::hand_over_when), mark_of(view_.truth(hand_over.rule.condition))));
      if (hand_over.decision != kNone) decision(hand_over);
    }
  }

  void decision(const HandOver& hand_over) {
    if (view_.batch.state(hand_over.decision, view_.row) != vm::FieldState::value) return;
    const std::int64_t outcome = view_.batch.value(hand_over.decision, view_.row);
    add(Mark::holds, "decision", say(Phrase::decision_given, {outcome_label(outcome)}), view_.index.clauses(hand_over.rule.observable));
  }

  std::string outcome_label(std::int64_t outcome) const {
    if (outcome == vm::kOutcomeGap) return say(Phrase::outcome_none);
    if (outcome == vm::kOutcomeNotRated) return say(Phrase::outcome_not_rated);
    const bool known = outcome >= 0 && static_cast<std::size_t>(outcome) < view_.index.level_count();
    return known ? label(static_cast<std::uint32_t>(outcome)) : std::to_string(outcome);
  }
};

// ---------------------------------------------------------------- why not the level above

class WhyNot : Teller {
 public:
  WhyNot(const RecordView& view, const Result& result, std::uint32_t level) : Teller(view, result), level_(level) {}

  std::vector<Line> lines() {
    points();
    for (const Rule& rule : phases_.level_conditions) {
      if (rule.level == level_ && !view_.fired(rule)) wanted(rule, "level_condition");
    }
    for (const Rule& rule : phases_.needs) {
      if (rule.level == level_ && (view_.failed(rule) || view_.open(rule))) wanted(rule, "need");
    }
    against(phases_.bars, "bar", [this](const Rule& rule) { return bar_heading(rule); });
    for (const Rule& rule : phases_.lowers) {
      if (view_.fired(rule)) add_against(rule, "lower", say(Phrase::lowering));
    }
    for (const Rule& rule : phases_.caps) {
      const std::optional<std::uint32_t> best = capped_at(rule);
      if (best && *best > level_) add_cap(rule, *best);
    }
    against(phases_.forces, "force", [this](const Rule& rule) { return case_heading(rule); });
    return std::move(lines_);
  }

 private:
  /// The condition with its values, and below it what it asks for.
  void wanted(const Rule& rule, std::string_view phase) {
    add_wanted(rule, phase, need_heading(rule));
    const std::string& condition = view_.index.observable(rule.observable).text.in(view_.language);
    if (!condition.empty()) lines_.back().parts.push_back({Mark::none, "needed", say(Phrase::needed, {written(view_, condition)}), {}, {}});
  }

  template <typename Heading>
  void against(const std::vector<Rule>& rules, std::string_view phase, Heading heading) {
    for (const Rule& rule : rules) {
      if (rule.level > level_ && view_.fired(rule)) add_against(rule, phase, heading(rule));
    }
  }

  void points() {
    const std::optional<Rational>& floor = info(level_).floor;
    const bytecode::Subject& subject = view_.index.subject();
    if (!floor || subject.total == kNone || phases_.band == kNone) return;
    const vm::Range range = view_.number(subject.total);
    if (range.left_out || (range.known() && range.low >= *floor)) return;
    const std::string needed = points_text(*floor, view_.language);
    const Mark mark = range.known() ? Mark::fails : Mark::missing;
    std::string text = range.known() ? say(Phrase::points_short, {shortfall(*floor - range.low), total(), needed})
                                     : say(Phrase::points_perhaps_short, {total(), needed});
    add(mark, "points", std::move(text), info(level_).clauses);
    losses();
  }

  /// Exactly when a decimal can, else rounded up: what is said to be enough must be enough.
  std::string shortfall(const Rational& points) const {
    const DisplayNumber exact = display_number(points, view_.language);
    return exact.exact ? exact.text : points_text(points.round_to(power_of_ten(-2), Rounding::ceiling), view_.language);
  }

  /// Its points went to others: they are not lost.
  static bool is_shared_out(const PointsLine& line, const bytecode::CriterionInfo& criterion) {
    const bytecode::Treatment effect = treatment_of(line, criterion.treatments);
    return effect == bytecode::Treatment::share_in_group || effect == bytecode::Treatment::share_in_sheet;
  }

  struct Loss {
    Rational points;
    const bytecode::CriterionInfo* criterion;
  };

  /// Criteria that lost most; what a person would look at first.
  void losses() {
    std::vector<Loss> all;
    const std::vector<bytecode::CriterionInfo>& criteria = view_.index.subject().criteria;
    for (std::size_t i = 0; i < criteria.size(); ++i) {
      const bytecode::CriterionInfo& criterion = criteria[i];
      if (criterion.observable == kNone || (i < result_.criteria.size() && is_shared_out(result_.criteria[i], criterion))) continue;
      const bytecode::Observable& o = view_.index.observable(criterion.observable);
      const vm::Range points = view_.number(o.reg), most = view_.number(o.maximum);
      if (points.known() && most.known() && points.low < most.low) all.push_back({most.low - points.low, &criterion});
    }
    std::stable_sort(all.begin(), all.end(), [](const Loss& a, const Loss& b) { return a.points > b.points; });
    if (all.size() > kMostLosses) all.resize(kMostLosses);
    std::string list;
    for (const Loss& loss : all) {
      const std::string& name = loss.criterion->label.empty() ? loss.criterion->id : loss.criterion->label;
      list += (list.empty() ? "" : "; ") + say(Phrase::lost_item, {name, points_text(loss.points, view_.language)});
    }
    if (!list.empty()) lines_.back().parts.push_back({Mark::none, "losses", say(Phrase::points_lost_in, {list}), {}, {}});
  }

  std::uint32_t level_;
};

// ---------------------------------------------------------------- what each outcome would need

class Outcomes : Teller {
 public:
  using Teller::Teller;

  std::vector<OutcomeLine> lines() {
    std::vector<OutcomeLine> outcomes;
    for (std::uint32_t level = 0; level < view_.index.level_count(); ++level) {
      if (contains(result_.possible, level)) outcomes.push_back({info(level).id, label(level), needs_of_level(level)});
    }
    static constexpr Phrase kLabels[] = {Phrase::outcome_none, Phrase::outcome_not_rated, Phrase::outcome_authority};
    using Needs = std::vector<Line> (Outcomes::*)();
    static constexpr Needs kNeeds[] = {&Outcomes::needs_of_gap, &Outcomes::needs_of_not_rated, &Outcomes::needs_of_authority};
    for (std::size_t i = 0; i < std::size(kOutcomesWithoutLevel); ++i) {
      const OutcomeWithoutLevel& other = kOutcomesWithoutLevel[i];
      if (contains(result_.possible, other.outcome)) {
        const Needs needs = kNeeds[i];   // GCC's bounds sanitizer takes a call straight from the array for one out of bounds
        outcomes.push_back({std::string(other.id), say(kLabels[i]), (this->*needs)()});
      }
    }
    return outcomes;
  }

 private:
  std::vector<Line> take() { return std::exchange(lines_, {}); }

  /// Whether a rule is open and a missing field can still turn it.
  bool matters(const Rule& rule) const { return view_.open(rule) && can_turn(rule, result_); }

  void when(const Rule& rule, std::string_view phase, Phrase id, const std::string& heading) {
    lines_.push_back(rule_line(view_, rule, phase, say(id, {heading}), Mark::missing));
  }

  std::vector<Line> needs_of_level(std::uint32_t level) {
    if (result_.status != Status::undecided) return {};
    if (!band_level(view_) && contains(view_.outcomes(phases_.band), level)) {
      add(Mark::missing, "band", say(Phrase::outcome_when_total, {band_text(view_.index, level, view_.language)}), info(level).clauses);
    }
    for (const Rule& rule : phases_.level_conditions) {
      if (rule.level == level && matters(rule)) when(rule, "level_condition", Phrase::outcome_when_held, need_heading(rule));
    }
    for (const Rule& rule : phases_.needs) {
      if (rule.level == level && matters(rule)) when(rule, "need", Phrase::outcome_when_held, need_heading(rule));
      if (rule.level + 1 == level && matters(rule)) when(rule, "need", Phrase::outcome_when_failed, need_heading(rule));
    }
    for (const Rule& rule : phases_.forces) {
      if (rule.level == level && matters(rule)) when(rule, "force", Phrase::outcome_when_case, case_heading(rule));
    }
    if (lines_.empty()) add(Mark::none, "otherwise", say(Phrase::outcome_otherwise));
    return take();
  }

  std::vector<Line> needs_of_gap() {
    for (const Rule& rule : phases_.needs) {
      if (matters(rule)) when(rule, "need", Phrase::outcome_when_failed, need_heading(rule));
    }
    for (const Rule& rule : phases_.no_basis) {
      if (matters(rule)) add_against(rule, "no_basis", say(Phrase::basis_lacking));
    }
    return take();
  }

  std::vector<Line> needs_of_not_rated() {
    for (const Rule& rule : phases_.not_rated) {
      if (matters(rule)) add_against(rule, "not_rated", say(Phrase::not_rated_when));
    }
    return take();
  }

  std::vector<Line> needs_of_authority() {
    for (const HandOver& hand_over : phases_.hand_overs) {
      if (matters(hand_over.rule)) add_against(hand_over.rule, "hand_over", say(Phrase::hand_over_when));
    }
    return take();
  }
};

}  // namespace

Phrase status_phrase(Status status) {
  constexpr Phrase kStatuses[] = {Phrase::status_decided, Phrase::status_undecided, Phrase::status_authority, Phrase::status_gap,
                                  Phrase::status_not_rated};   // by Status
  return kStatuses[static_cast<std::size_t>(status)];
}

std::string points_for_people(const PrintedNumber& number, const PrintedRange& range, bool outer, Language language) {
  if (!range.empty()) {
    return phrase(outer ? Phrase::from_to_outer : Phrase::from_to, language, {shown(range.low, language), shown(range.high, language)});
  }
  if (number.decimal.empty()) return phrase(Phrase::points_none, language);
  const std::string text = shown(number.decimal, language);
  return number.fraction.empty() ? text : phrase(Phrase::exactly, language, {text, number.fraction});
}

std::vector<Line> why_lines(const RecordView& view, const Result& result) {
  return view.index.rating() == nullptr ? std::vector<Line>{} : Why(view, result).lines();
}

std::optional<std::uint32_t> next_level(const RecordView& view, const Result& result) {
  if (view.index.rating() == nullptr) return std::nullopt;
  if (result.status == Status::decided && result.level != kNone && result.level > 0) return result.level - 1;
  return result.status == Status::gap ? band_level(view) : std::nullopt;
}

std::vector<Line> why_not_lines(const RecordView& view, const Result& result, std::uint32_t level) {
  return WhyNot(view, result, level).lines();
}

std::vector<OutcomeLine> outcome_lines(const RecordView& view, const Result& result) {
  return view.index.rating() == nullptr ? std::vector<OutcomeLine>{} : Outcomes(view, result).lines();
}

}  // namespace quy::trace

#include "tests/reference/completions.h"

#include <map>

namespace quy::reference {

using bytecode::FieldKind;
using bytecode::FieldPlace;
using sema::kNone;

std::vector<Place> missing_places(const sema::Subject& subject, const Evidence& evidence) {
  std::vector<Place> places;
  for (std::uint32_t field = 0; field < subject.fields.size(); ++field) {
    const bytecode::Field& info = subject.fields[field].info;
    if (info.place == FieldPlace::decision) continue;
    if (info.list == kNone) {
      if (evidence.fields[field].state == Datum::State::missing) places.push_back({field, kNone});
    } else if (evidence.lists[info.list]) {
      for (std::uint32_t row = 0; row < evidence.lists[info.list]->size(); ++row) {
        const Place place{field, row};
        if (at(subject, evidence, place).state == Datum::State::missing) places.push_back(place);
      }
    }
  }
  return places;
}

std::optional<std::vector<Datum>> all_states(const sema::Pack& pack, const sema::Subject& subject, const Evidence& evidence, std::uint32_t field,
                                             std::size_t limit) {
  const bytecode::Field& info = subject.fields[field].info;
  std::vector<Datum> states;
  const auto indexes = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) states.push_back(Datum::of(Rational(static_cast<std::int64_t>(i))));
  };
  switch (info.kind) {
    case FieldKind::boolean: indexes(2); break;
    case FieldKind::step: indexes(pack.scales[info.scale].step_ids.size()); break;
    case FieldKind::code: indexes(pack.tables[info.table].keys.size()); break;
    case FieldKind::level: indexes(subject.rating ? subject.rating->levels.size() : 0); break;
    case FieldKind::criterion: indexes(subject.criteria.size()); break;
    case FieldKind::text: {
      std::set<std::string> texts;
      for (const sema::Expr& expr : subject.exprs) {
        if (expr.op == sema::Op::text) texts.insert(expr.text);
      }
      const auto note = [&](const Datum& datum) {
        if (!datum.text.empty()) texts.insert(datum.text);
      };
      for (const Datum& datum : evidence.fields) note(datum);
      for (const auto& rows : evidence.lists) {
        for (const Row& row : rows.value_or(std::vector<Row>{})) {
          for (const Datum& datum : row) note(datum);
        }
      }
      texts.insert({"another", "and another"});
      for (const std::string& text : texts) states.push_back(Datum::of_text(text));
      break;
    }
    case FieldKind::count:
    case FieldKind::number:
    case FieldKind::percentage:
    case FieldKind::points:
    case FieldKind::money:
    case FieldKind::days:
    case FieldKind::date: {
      const Rational step = info.step ? *info.step : power_of_ten(-info.digits);
      const Rational count = (info.high - info.low) / step;
      if (count >= Rational(static_cast<std::int64_t>(limit))) return std::nullopt;
      for (Rational value = info.low; value <= info.high; value = value + step) states.push_back(Datum::of(value));
      break;
    }
  }
  if (info.may_be_left_out) {
    for (const auto cause : {syntax::NaCause::not_applicable, syntax::NaCause::did_not_arise, syntax::NaCause::not_yet_due}) {
      states.push_back(Datum::left_out(cause));
    }
  }
  if (states.size() > limit) return std::nullopt;
  return states;
}

bool parts_fit(const sema::Subject& subject, const Evidence& evidence) {
  for (std::uint32_t field = 0; field < subject.fields.size(); ++field) {
    const bytecode::Field& info = subject.fields[field].info;
    if (info.at_most_field == kNone) continue;
    if (info.list != kNone && !evidence.lists[info.list]) continue;
    const std::uint32_t rows = info.list == kNone ? 1 : static_cast<std::uint32_t>(evidence.lists[info.list]->size());
    for (std::uint32_t row = 0; row < rows; ++row) {
      const Datum& part = at(subject, evidence, {field, row});
      const Datum& whole = at(subject, evidence, {info.at_most_field, row});
      if (part.state == Datum::State::value && whole.state == Datum::State::value && part.number > whole.number) return false;
    }
  }
  return true;
}

Completions complete(const sema::Pack& pack, const sema::Subject& subject, const Evidence& evidence, const std::vector<Candidates>& candidates,
                     const std::function<void(const Evidence&, const Result&)>& observe) {
  Completions all;
  Evidence completed = evidence;
  std::vector<std::size_t> choice(candidates.size(), 0);
  std::map<std::vector<std::size_t>, Outcome> outcome_of;   // by choice; those that the record's rules allow

  const auto try_one = [&] {
    if (!parts_fit(subject, completed)) return;
    const Result result = evaluate(pack, subject, completed);
    if (!result.meets_requirements) return;
    ++all.tried;
    if (result.outcome) {
      all.outcomes.insert(*result.outcome);
      outcome_of[choice] = *result.outcome;
    }
    if (!result.total) all.may_have_no_total = true;
    if (result.total && (!all.total_low || *result.total < *all.total_low)) all.total_low = result.total;
    if (result.total && (!all.total_high || *result.total > *all.total_high)) all.total_high = result.total;
    if (observe) observe(completed, result);
  };

  const std::function<void(std::size_t)> choose = [&](std::size_t next) {
    if (next == candidates.size()) return try_one();
    for (choice[next] = 0; choice[next] < candidates[next].states.size(); ++choice[next]) {
      at(subject, completed, candidates[next].place) = candidates[next].states[choice[next]];
      choose(next + 1);
    }
    choice[next] = 0;
  };
  choose(0);

  for (std::size_t i = 0; i < candidates.size(); ++i) {
    // Outcomes met so far with everything but the i-th place the same.
    std::map<std::vector<std::size_t>, Outcome> seen;
    for (const auto& [chosen, outcome] : outcome_of) {
      std::vector<std::size_t> others = chosen;
      others[i] = 0;
      const auto [found, fresh] = seen.emplace(others, outcome);
      if (!fresh && !(found->second == outcome)) all.influential.insert(candidates[i].place.field);
    }
  }
  return all;
}

}  // namespace quy::reference

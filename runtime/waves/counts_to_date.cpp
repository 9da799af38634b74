#include "runtime/waves/counts_to_date.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "runtime/waves/own_periods.h"

namespace quy::waves {
namespace {

using bytecode::Field;
using bytecode::FieldPlace;
using vm::FieldState;

bool is_earlier(const Field& field) { return field.place == FieldPlace::earlier_in_span; }

std::optional<facts::PlaceInSpan> place_of(std::string_view period, std::string_view span) {
  const std::optional<Period> parsed = parse_period(period);
  return parsed ? std::optional(facts::place_in(facts::span_named(span), *parsed)) : std::nullopt;
}

std::string period_before(std::string_view period) {
  const std::vector<std::string> before = own_periods(bytecode::OwnResults::previous_period, period);
  return before.empty() ? std::string() : before.front();
}

template <class Visit>
void for_each_earlier(const bytecode::Subject& subject, Visit visit) {
  for (std::uint32_t f = 0; f < subject.fields.size(); ++f)
    if (is_earlier(subject.fields[f])) visit(f, subject.fields[f], subject.fields[subject.fields[f].earlier_of]);
}

}  // namespace

bool counts_to_date(const bytecode::Subject& subject) { return std::any_of(subject.fields.begin(), subject.fields.end(), is_earlier); }

bool counts_to_date(const bytecode::Module& module) {
  return std::any_of(module.subjects.begin(), module.subjects.end(), [](const bytecode::Subject& subject) { return counts_to_date(subject); });
}

std::string CountsToDate::key(std::string_view id, std::string_view period, std::string_view field, std::string_view span) {
  // Only an id may hold any character, and it stands last.
  std::string text;
  for (const std::string_view part : {span, field, period}) (text += part) += ' ';
  return text += id;
}

void CountsToDate::add_record(const vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) {
  for_each_earlier(batch.program().subject(), [&](std::uint32_t, const Field& earlier, const Field& of) {
    const std::optional<facts::PlaceInSpan> place = place_of(head.period, earlier.per);
    if (!place || (place->first && place->over)) return;
    Number own;
    if (batch.state(earlier.earlier_of, row) == FieldState::value)
      own = Rational(batch.value(earlier.earlier_of, row)) / power_of_ten(of.digits);
    else if (batch.state(earlier.earlier_of, row) != FieldState::missing)
      own = Rational(0);   // left out: the period adds nothing
    const auto [known, fresh] = own_.try_emplace(key(head.id, head.period, of.id, earlier.per), own);
    if (!fresh && known->second != own) known->second.reset();
  });
}

void CountsToDate::add(const std::string& id, const std::string& period, const nlohmann::json& line, Numbers& numbers) {
  const auto to_date = line.find("to_date");
  if (to_date == line.end() || !to_date->is_object()) return;
  for (const auto& [field, spans] : to_date->items()) {
    if (!spans.is_object()) continue;
    for (const auto& [span, value] : spans.items())
      if (value.is_string()) numbers.insert_or_assign(key(id, period, field, span), Rational::parse(value.get<std::string>()));
  }
}

CountsToDate::Number CountsToDate::to_date(std::string_view id, std::string_view period, std::string_view field, std::string_view span) const {
  Number sum = Rational(0);
  for (std::string at(period); !at.empty(); at = period_before(at)) {
    const std::optional<facts::PlaceInSpan> place = place_of(at, span);
    if (!place) return std::nullopt;
    const auto own = own_.find(key(id, at, field, span));
    if (own == own_.end()) {
      for (const Numbers* numbers : {&earlier_of_run_, &earlier_}) {
        const auto earlier = numbers->find(key(id, at, field, span));
        if (earlier != numbers->end()) return earlier->second ? Number(*sum + *earlier->second) : std::nullopt;
      }
      return std::nullopt;
    }
    if (!own->second) return std::nullopt;
    sum = *sum + *own->second;
    if (place->first) return sum;
  }
  return std::nullopt;
}

void CountsToDate::fill(std::string_view id, std::string_view period, vm::Batch& batch, std::uint32_t row) const {
  for_each_earlier(batch.program().subject(), [&](std::uint32_t f, const Field& earlier, const Field& of) {
    if (batch.state(f, row) != FieldState::missing) return;
    const std::string before = period_before(period);
    const Number sum = before.empty() ? std::nullopt : to_date(id, before, of.id, earlier.per);
    if (!sum || *sum < earlier.low || *sum > earlier.high) return;
    if (const std::optional<std::int64_t> scaled = (*sum * power_of_ten(earlier.digits)).to_int64()) batch.set_value(f, row, *scaled);
  });
}

}  // namespace quy::waves

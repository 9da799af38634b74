#include "analysis/diff/versions.h"

#include <algorithm>

namespace quy::analysis {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Subject;

namespace {

const std::string& list_id(const Subject& subject, const Field& field) {
  static const std::string kOfTheRecord;
  return field.list == kNone ? kOfTheRecord : subject.lists[field.list].id;
}

std::uint32_t find_field(const Subject& subject, const Subject& of, const Field& wanted, const std::string& id) {
  for (std::uint32_t i = 0; i < subject.fields.size(); ++i) {
    const Field& field = subject.fields[i];
    if (field.id == id && field.place == wanted.place && field.clause == wanted.clause &&
        list_id(subject, field) == list_id(of, wanted))
      return i;
  }
  return kNone;
}

bool belongs_to_criterion(FieldPlace place) {
  return place == FieldPlace::score || place == FieldPlace::maximum || place == FieldPlace::open_points;
}

constexpr std::string_view kOpenPoints = "open_points.";

/// A clause only tells decisions apart; elsewhere it may be cited anew.
void take_clause(const Subject& before, const Subject& after, Field& field) {
  if (field.place == FieldPlace::decision) return;
  for (const Field& each : before.fields)
    if (each.id == field.id && each.place == field.place && list_id(before, each) == list_id(after, field)) field.clause = each.clause;
}

}  // namespace

void take_ids_of(const Subject& before, const Renames& criteria, Subject& after) {
  for (Field& field : after.fields) {
    const std::string prefix = field.place == FieldPlace::open_points ? std::string(kOpenPoints) : "";
    const auto renamed = criteria.find(field.id.substr(prefix.size()));
    if (belongs_to_criterion(field.place) && renamed != criteria.end()) {
      field.id = prefix + renamed->second;
      take_clause(before, after, field);
      continue;
    }
    take_clause(before, after, field);
    const bool known = find_field(before, after, field, field.id) != kNone;
    const bool renames = !field.previous_id.empty() && find_field(before, after, field, field.previous_id) != kNone &&
                         find_field(after, after, field, field.previous_id) == kNone;
    if (!known && renames) field.id = field.previous_id;
  }
}

Translation::Translation(const Module& from_module, const Subject& from, const RecordTexts& from_texts,
                         const Module& to_module, const Subject& to, const RecordTexts& to_texts, bool of_second_side)
    : from_module_(from_module),
      to_module_(to_module),
      from_(from),
      to_(to),
      from_texts_(from_texts.pool),
      to_texts_(to_texts.pool),
      fields_(from.fields.size(), kNone),
      lists_(from.lists.size(), kNone) {
  for (std::uint32_t i = 0; i < from.fields.size(); ++i) {
    std::string id = from.fields[i].id;
    const bool marked = id.ends_with('\'');
    // A marked field stands beside the first side's own of that name.
    const bool hidden = of_second_side && !marked && find_field(from, from, from.fields[i], id + "'") != kNone;
    if (hidden || (marked && !of_second_side)) continue;
    if (marked) id.pop_back();
    fields_[i] = find_field(to, from, from.fields[i], id);
  }
  for (std::uint32_t i = 0; i < from.lists.size(); ++i) {
    const auto found = std::ranges::find(to.lists, from.lists[i].id, &bytecode::List::id);
    if (found != to.lists.end()) lists_[i] = static_cast<std::uint32_t>(found - to.lists.begin());
  }
}

Record Translation::record(const Record& record) const {
  Record made;
  made.fields = cells(record.fields);
  for (const auto& [list, rows] : record.lists) {
    if (lists_[list] == kNone) continue;
    std::vector<Cells>& kept = made.lists[lists_[list]];
    for (const Cells& row : rows) kept.push_back(cells(row));
  }
  return made;
}

Cells Translation::cells(const Cells& cells) const {
  Cells made;
  for (const auto& [field, cell] : cells) {
    if (field >= fields_.size() || fields_[field] == kNone) continue;
    if (const auto value = this->cell(field, cell)) made[fields_[field]] = *value;
  }
  return made;
}

std::optional<Cell> Translation::cell(std::uint32_t from, const Cell& cell) const {
  if (cell.state != vm::FieldState::value) return cell;
  const Field &mine = from_.fields[from], &theirs = to_.fields[fields_[from]];
  if (mine.kind != theirs.kind) return std::nullopt;
  if (mine.kind == FieldKind::text) return Cell{cell.state, to_texts_.intern(from_texts_.text(cell.value))};
  if (mine.kind >= FieldKind::step && mine.kind <= FieldKind::criterion) {
    const auto index = this->index(mine, theirs, static_cast<std::size_t>(cell.value));
    return index ? std::optional(Cell{cell.state, *index}) : std::nullopt;
  }
  if (mine.digits == theirs.digits) return cell;
  const auto value = scaled(theirs, Rational(cell.value) / power_of_ten(mine.digits));
  return value ? std::optional(Cell{cell.state, *value}) : std::nullopt;
}

/// Of a value that is a place in a list of names: the place of the same name.
std::optional<std::int64_t> Translation::index(const Field& from, const Field& to, std::size_t value) const {
  const auto place = [&](const auto& mine, const auto& theirs, auto id) -> std::optional<std::int64_t> {
    const auto found = std::ranges::find(theirs, std::invoke(id, mine[value]), id);
    if (found == theirs.end()) return std::nullopt;
    return found - theirs.begin();
  };
  switch (from.kind) {
    case FieldKind::step:
      return place(from_module_.scales[from.scale].step_ids, to_module_.scales[to.scale].step_ids, std::identity());
    case FieldKind::code:
      return place(from_module_.tables[from.table].keys, to_module_.tables[to.table].keys, std::identity());
    case FieldKind::level:
      return place(from_module_.ratings[from_.rating].levels, to_module_.ratings[to_.rating].levels,
                   &bytecode::LevelInfo::id);
    default: return static_cast<std::int64_t>(value);
  }
}

}  // namespace quy::analysis

#include "runtime/vm/completion/contents.h"

#include <algorithm>
#include <set>
#include <string>

#include "runtime/vm/completion/cuts.h"
#include "runtime/vm/plan.h"

namespace quy::vm {
namespace {

using bytecode::Register;
using bytecode::Subject;

/// How many rows are run to see which differ, and how many of those, of their pairs, and of contents in all are tried.
constexpr std::size_t kMostCandidates = 2048, kMostKinds = 48, kMostPairs = 24, kMostContents = 128;

/// Everything that one field of a supposed row may be, as far as it matters.
Place supposed_field(const Program& program, const Reach& reach, std::uint32_t field) {
  const bytecode::Field& info = program.subject().fields[field];
  Place place;
  place.field = field;
  place.list = info.list;
  place.boolean = info.kind == bytecode::FieldKind::boolean;
  if (info.may_be_left_out) place.causes.push_back(FieldState::excluded);
  if (info.may_be_left_out && reach.causes_matter[field]) {
    place.causes.push_back(FieldState::did_not_arise);
    place.causes.push_back(FieldState::not_yet_due);
  }
  const Shape shape = field_shape(program.module(), program.subject(), info);
  const Rational scale = power_of_ten(shape.digits.value_or(0));
  place.low = (shape.low * scale).to_int64().value_or(0);
  place.high = (shape.high * scale).to_int64().value_or(0);
  return place;
}

/// A number that looks like chance and is the same in every run, after splitmix64 (Steele, Lea and Flood, 2014).
std::uint64_t mixed(std::uint64_t number) {
  number += 0x9e3779b97f4a7c15U;
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9U;
  number = (number ^ (number >> 27)) * 0x94d049bb133111ebU;
  return number ^ (number >> 31);
}

/// Rows with one sample of each field: all that there are, or as many mixed ones as are allowed.
std::vector<SupposedRow> candidates(const std::vector<Place>& fields) {
  std::vector<std::vector<Cell>> samples;
  SupposedRow row;
  std::size_t count = 1;
  for (const Place& field : fields) {
    row.fields.push_back(field.field);
    samples.push_back(field.samples());
    count = std::min(count * samples.back().size(), kMostCandidates + 1);
  }
  const bool all = count <= kMostCandidates;
  std::vector<SupposedRow> rows;
  for (std::size_t i = 0; i < std::min(count, kMostCandidates); ++i) {
    std::size_t rest = i;
    row.cells.clear();
    for (std::size_t f = 0; f < samples.size(); rest /= samples[f].size(), ++f)
      row.cells.push_back(samples[f][(all ? rest : mixed(i * samples.size() + f)) % samples[f].size()]);
    rows.push_back(row);
  }
  return rows;
}

/// Parts of a supposed row are lowered to their wholes.
void make_parts_fit(const Subject& subject, SupposedRow& row) {
  const auto lower = [&](std::size_t p, std::size_t w) {
    const bytecode::Field &part = subject.fields[row.fields[p]], &whole = subject.fields[row.fields[w]];
    if (part.at_most_field != row.fields[w]) return;
    if (row.cells[p].kind != Cell::Kind::between || row.cells[w].kind != Cell::Kind::between) return;
    const Integer most = (Rational(row.cells[w].low) * power_of_ten(part.digits - whole.digits)).floor();
    if (Rational(row.cells[p].low) > Rational(most)) row.cells[p] = exactly(most.get_si());
  };
  for (std::size_t round = 0; round < row.fields.size(); ++round)
    for (std::size_t p = 0; p < row.fields.size(); ++p)
      for (std::size_t w = 0; w < row.fields.size(); ++w) lower(p, w);
}

bool has_parts(const Subject& subject, const std::vector<Place>& fields) {
  return std::any_of(fields.begin(), fields.end(), [&](const Place& field) { return subject.fields[field.field].at_most_field != bytecode::kNone; });
}

/// All that is taken of a row of the list.
std::string taken_of(const Machine& machine, const Subject& subject, const std::vector<Register>& values, std::uint32_t position) {
  std::string taken;
  for (const Register value : values) {
    if (subject.code[value].kind == bytecode::ValueKind::boolean) {
      taken += static_cast<char>('a' + static_cast<int>(machine.truth(value, position)));
      continue;
    }
    const Range range = machine.number(value, position);
    taken += range.left_out ? "-" : range.low.exact_text() + (range.known() ? "" : "…" + range.high.exact_text());
    taken += ';';
  }
  return taken;
}

/// Of candidates that nothing tells apart, the first.
std::vector<SupposedRow> kinds_of(const Machine& machine, const Subject& subject, const std::vector<Register>& values, std::uint32_t begin,
                                  const std::vector<SupposedRow>& rows) {
  std::vector<SupposedRow> kinds;
  std::set<std::string> seen;
  for (std::uint32_t i = 0; i < rows.size() && kinds.size() < kMostKinds; ++i)
    if (seen.insert(taken_of(machine, subject, values, begin + i)).second) kinds.push_back(rows[i]);
  return kinds;
}

/// An empty list, each kind of row alone, pairs of kinds, several of one kind, and last all kinds together.
std::vector<std::vector<SupposedRow>> contents_of(const std::vector<SupposedRow>& kinds) {
  std::vector<std::vector<SupposedRow>> contents(1);
  for (const SupposedRow& kind : kinds) contents.push_back({kind});
  for (std::size_t i = 0, pairs = 0; i < kinds.size(); ++i)
    for (std::size_t j = i + 1; j < kinds.size() && pairs < kMostPairs; ++j, ++pairs) contents.push_back({kinds[i], kinds[j]});
  for (const std::size_t copies : {std::size_t{2}, std::size_t{3}, std::size_t{12}})
    for (std::size_t i = 0; i < kinds.size() && contents.size() < kMostContents; ++i) contents.emplace_back(copies, kinds[i]);
  contents.push_back(kinds);
  return contents;
}

}  // namespace

void find_contents(const Program& program, const Reach& reach, Machine& machine, Batch& single, Places& places) {
  const Subject& subject = program.subject();
  for (Place& place : places.all()) {
    if (!place.is_list()) continue;
    std::vector<Place> fields;
    for (std::uint32_t f = 0; f < subject.fields.size(); ++f) {
      if (subject.fields[f].list != place.list || !reach.fields[f]) continue;
      fields.push_back(supposed_field(program, reach, f));
      fields.back().starts = cuts_of(program, machine, single, fields.back());
    }
    std::vector<SupposedRow>& rows = place.contents.emplace_back(candidates(fields));
    if (!has_parts(subject, fields)) continue;
    for (SupposedRow& row : rows) make_parts_fit(subject, row);
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    Place& place = places.all()[i];
    if (!place.is_list()) continue;
    Box box = places.everything();
    box[i] = rows(0);
    single.clear();
    places.append(box, single);
    machine.run(single);
    place.contents = contents_of(kinds_of(machine, subject, reach.row_values[place.list], single.list_begin(place.list, 0), place.contents.front()));
  }
}

}  // namespace quy::vm

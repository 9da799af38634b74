#pragma once
// One evidence record made up by a tool: a witness, a boundary case, a counter-example. It holds what the machine would hold.

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "runtime/bytecode/module.h"
#include "runtime/vm/batch.h"

namespace quy::analysis {

/// A value at the field's decimal scale, as vm::Batch holds it, or the cause for which there is none. Never vm::FieldState::missing.
struct Cell {
  vm::FieldState state = vm::FieldState::value;
  std::int64_t value = 0;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// By field. A field that is not here is missing.
using Cells = std::map<std::uint32_t, Cell>;

/// Fields of every place but those of the record's head, which are the bench's; a unit that is here is the record's instead. Lists that are
/// not here are missing.
struct Record {
  Cells fields;
  std::map<std::uint32_t, std::vector<Cells>> lists;
  friend auto operator<=>(const Record&, const Record&) = default;
};

/// What the reader would reject for its values: out of a field's bounds, a part above its whole, no multiple of the step.
bool fits(const bytecode::Subject& subject, const Record& record);
/// A number of the field's unit (100, a constant of the rules) at the field's scale; nothing when it is finer than that or does not fit.
std::optional<std::int64_t> scaled(const bytecode::Field& field, const Rational& value);

}  // namespace quy::analysis

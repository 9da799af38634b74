#pragma once
// Conditions as lines of an explanation: each atom with its values and mark, each matching row of a list below it.

#include <vector>

#include "runtime/trace/explanation.h"

namespace quy::trace {

Mark mark_of(vm::Truth truth);
/// The mark of a rule that does harm when it holds.
Mark mark_against(vm::Truth truth);

/// The atoms that account for a condition.
std::vector<Line> atom_lines(const RecordView& view, std::uint32_t observable, Register condition);

/// A rule under its heading; a single atom is said in the same line.
Line rule_line(const RecordView& view, const Rule& rule, std::string_view phase, std::string heading, Mark mark);

}  // namespace quy::trace

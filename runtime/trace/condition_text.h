#pragma once
// A condition as it stood for one record: which of its atoms made it what it is, and the values that they compared.

#include <string>
#include <string_view>
#include <vector>

#include "runtime/trace/record_view.h"

namespace quy::trace {

/// Atoms below an observable (kNone: any) that account for a condition's value: of a conjunction that fails those that fail, and so on.
std::vector<std::uint32_t> deciding_atoms(const RecordView& view, std::uint32_t observable, Register condition);

/// One atom with its values: `vượt_mức / giao = 29/100 = 29% < 30%`.
std::string atom_text(const RecordView& view, std::uint32_t atom, std::uint32_t position);

/// Text of a pack as the view wants it shown: as written, or with names as people write them.
std::string written(const RecordView& view, std::string text);

/// The atoms that account for a rule's condition, joined; the condition as written when it has no atoms of its own.
std::string condition_text(const RecordView& view, const Rule& rule);
/// The rule's condition as the pack words it.
std::string text_of_rule(const RecordView& view, std::uint32_t observable);

}  // namespace quy::trace

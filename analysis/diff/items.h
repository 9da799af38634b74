#pragma once
// A criterion or group of one version beside the one of the other: its points, whether it is left out, its maximum.

#include "analysis/diff/diff.h"
#include "analysis/diff/replay.h"

namespace quy::analysis {

/// The registers of a criterion or group: points, left out, maximum; kNone for what it has not.
std::vector<bytecode::Register> item_registers(const bytecode::Subject& subject, std::uint32_t observable);
std::uint32_t observable_of(const bytecode::Subject& subject, ItemDiff::What what, std::uint32_t index);

/// Of a deduction fewer points are better.
bool deducts(const bytecode::Subject& subject, ItemDiff::What what, std::uint32_t index);

using RegisterPairs = std::vector<std::pair<bytecode::Register, bytecode::Register>>;
/// The registers of an item in the joint of whole sheets, those of the older version beside those of the newer; none where one has no such item.
RegisterPairs joint_registers(const Versions& versions, const Joint& joint, ItemDiff::What what, const Match& item);

/// `item` is in both versions, and its code differs in form.
ItemDiff compare_items(const Versions& versions, Replay& replay, ItemDiff::What what, const Match& item,
                       std::chrono::milliseconds limit, std::vector<Bilingual>& not_analysed);

}  // namespace quy::analysis

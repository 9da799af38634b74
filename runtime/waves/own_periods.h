#pragma once
// Which earlier periods a record's own results are of.

#include <string>
#include <string_view>
#include <vector>

#include "runtime/bytecode/module.h"

namespace quy::waves {

/// In the order of the calendar, written as records write periods: the parts of `period` of the wanted length that lie wholly within it and
/// are shorter than it, or the period of the same length before it. Empty when there is none, or `period` is not a period.
std::vector<std::string> own_periods(bytecode::OwnResults own, std::string_view period);

}  // namespace quy::waves

#pragma once
// Groups and criteria of a subject: the maximum, how points are earned, the evidence, what happens when left out.

#include "tools/document/sheet.h"

namespace quy::tools {

void write_criteria(const Sheet& sheet);

}  // namespace quy::tools

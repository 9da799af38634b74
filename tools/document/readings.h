#pragma once
// Where the text leaves something open and this subject depends on it: what can be picked, what is picked, and by which document.

#include "tools/document/sheet.h"

namespace quy::tools {

void write_readings(const Sheet& sheet);

}  // namespace quy::tools

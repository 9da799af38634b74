#pragma once
// The document's beginning and end: which pack, by which law, for whom and from when; what else to know of the subject.

#include "tools/document/sheet.h"

namespace quy::tools {

void write_front(const Sheet& sheet);

/// Rules on the record itself, defects of the text that the set accepts, a place to sign, and which pack the page was written from.
void write_end(const Sheet& sheet);

}  // namespace quy::tools

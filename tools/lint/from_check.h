#pragma once
// What the checker warns of and a lint rule speaks of too: said once, under the rule's id, where it can be ignored with a reason.

#include "tools/lint/pack_view.h"
#include "tools/lint/report.h"

namespace quy::lint {

void repeat_check(const PackView& view, Report& report, Diag id);

}  // namespace quy::lint

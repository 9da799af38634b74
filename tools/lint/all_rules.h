#pragma once
// The functions that rules.def names, one for each rule.

namespace quy::lint {

class PackView;
class Report;

#define QUY_LINT(name, topic, level, fix, title_vi, title_en, why_vi, why_en, what_vi, what_en) void name(const PackView& view, Report& report);
#include "tools/lint/rules.def"
#undef QUY_LINT

}  // namespace quy::lint

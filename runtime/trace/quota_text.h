#pragma once
// Quotas as results show them: as JSON, and in one line for people.

#include <string>

#include "base/language.h"
#include "runtime/facts/facts.h"
#include "runtime/trace/dependence.h"

namespace quy::trace {

/// "thứ 5 trong 9 hồ sơ đạt mức …; 4 suất (20% của 20); vượt tỉ lệ, 0,4 điểm sau suất cuối; đề xuất: …".
std::string quota_text(const QuotaPlace& place, Language language);
/// The reason of a result that a decided quota changes; `place` has its text.
std::string quota_reason(const QuotaPlace& place, Language language);

void append_quota(std::string& out, const QuotaPlace& place);
/// A cohort's record and its quotas, one JSON object.
void append_cohort_result(std::string& out, const facts::CohortRecord& cohort, const std::vector<QuotaCount>& counts);

}  // namespace quy::trace

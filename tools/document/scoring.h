#pragma once
// One criterion's way to its points, in words.

#include "tools/document/sheet.h"

namespace quy::tools {

void write_scoring(const Sheet& sheet, const bytecode::CriterionInfo& criterion);

/// Lines as the compiler worded them: rows with their points, formulas, remarks.
void write_lines(const Sheet& sheet, const std::vector<bytecode::ScoringLine>& lines);

/// What becomes of criteria that do not apply, where most of the subject's say the same: said once, and not in their rows.
void write_shared_treatments(const Sheet& sheet);

/// `Không áp dụng: chia lại trong nhóm`; nothing for what is never left out, or does as most do.
void write_treatments(const Sheet& sheet, std::uint32_t observable, const bytecode::Treatments& treatments);

}  // namespace quy::tools

#pragma once
// One criterion's way to its points, in words.

#include "tools/document/sheet.h"

namespace quy::tools {

void write_scoring(const Sheet& sheet, const bytecode::CriterionInfo& criterion);

/// Lines as the compiler worded them: rows with their points, formulas, remarks.
void write_lines(const Sheet& sheet, const std::vector<bytecode::ScoringLine>& lines);

/// `Không áp dụng: chia lại trong nhóm`; nothing for what is never left out.
void write_treatments(const Sheet& sheet, std::uint32_t observable, const bytecode::Treatments& treatments);

}  // namespace quy::tools

#pragma once
// Evidence as people gather it: what a field asks for, in which unit, over which period, from which document.

#include <string>
#include <vector>

#include "tools/document/sheet.h"

namespace quy::tools {

/// One thing to gather: a field, or a list with its columns.
struct EvidenceItem {
  std::string id, label;
  std::string kind;  ///< number and unit, yes or no, steps …
  std::string period, source;
  std::vector<EvidenceItem> columns;  ///< of a list
};

/// What the register of an observable is computed from, in the pack's order; without what the machine knows by itself. A list comes once,
/// with those of its columns that are read.
std::vector<EvidenceItem> evidence_behind(const Sheet& sheet, std::uint32_t observable);

/// The annex: all evidence of the subject.
void write_evidence_annex(const Sheet& sheet);

}  // namespace quy::tools

#pragma once
// A run's results as one document for people: a workbook, or a page that works from disk.
//
// A report reads what the run writes for tools: a line of NDJSON a result, perhaps one with its explanation behind it, and a line a reject.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/limits.h"
#include "runtime/api/evaluation.h"

namespace quy::tools {

class Report {
 public:
  virtual ~Report() = default;
  /// Whether explanations are to follow their results.
  virtual bool wants_explanations() const { return false; }
  virtual void result(std::string_view line) = 0;
  virtual void explanation(std::string_view) {}
  virtual void reject(std::string_view line) = 0;
  /// Once, after all lines: the whole document, or why it cannot be made.
  virtual std::variant<std::string, Message> finish(const EvaluationSummary& summary) = 0;
};

// `versions`: of the packs that rate, the oldest first.

/// Three sheets and, when there are any, one of rejects. Rows are not kept in memory. `most_rows`: of a sheet.
std::unique_ptr<Report> workbook_report(std::vector<const bytecode::Module*> versions, Language language, std::uint64_t most_rows = limits::sheet_rows);
/// One HTML file with everything in it. Results are kept in memory up to a limit that the page states when it is reached.
std::unique_ptr<Report> page_report(std::vector<const bytecode::Module*> versions, Language language);

}  // namespace quy::tools

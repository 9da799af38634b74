#include "tools/lint/fix.h"

#include <algorithm>

namespace quy::lint {
namespace {

bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

/// Edits of one file, whole findings only.
class FileEdits {
 public:
  bool add(const Finding& finding) {
    for (const Edit& edit : finding.edits)
      for (const Edit& taken : edits_)
        if (overlap(edit.span, taken.span) || edit.span == taken.span) return false;
    edits_.insert(edits_.end(), finding.edits.begin(), finding.edits.end());
    return true;
  }
  std::string apply(std::string text) const {
    std::vector<Edit> order = edits_;
    std::sort(order.begin(), order.end(), [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
    for (const Edit& edit : order) text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement);
    return text;
  }

 private:
  std::vector<Edit> edits_;
};

}  // namespace

bool is_mendable(const Finding& finding, bool rewrites) {
  if (finding.edits.empty()) return false;
  return finding.rule->fix == FixKind::keeps_meaning || (rewrites && finding.rule->fix == FixKind::rewrites);
}

FixedFiles mend(const SourceMap& sources, const std::vector<Finding>& findings, bool rewrites) {
  FixedFiles fixed;
  std::map<FileId, FileEdits> by_file;
  for (const Finding& finding : findings)
    if (is_mendable(finding, rewrites) && by_file[finding.span.file].add(finding)) ++fixed.mended;
  for (const auto& [file, edits] : by_file) fixed.texts[file] = edits.apply(std::string(sources.text(file)));
  return fixed;
}

}  // namespace quy::lint

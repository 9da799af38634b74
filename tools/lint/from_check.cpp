#include "tools/lint/from_check.h"

namespace quy::lint {

void repeat_check(const PackView& view, Report& report, Diag id) {
  for (const Diagnostic& diagnostic : view.compilation().diagnostics().all()) {
    if (diagnostic.message.id != id || diagnostic.severity != Severity::warning || !view.is_own(diagnostic.span)) continue;
    Finding& finding = report.at(diagnostic.span, {text(diagnostic.message, Language::vi), text(diagnostic.message, Language::en)},
                                 {help(diagnostic, Language::vi), help(diagnostic, Language::en)});
    finding.labels = diagnostic.labels;
  }
}

}  // namespace quy::lint

#pragma once
// Where a rule puts its findings.

#include <string>
#include <vector>

#include "tools/lint/finding.h"
#include "tools/lint/rule.h"

namespace quy::lint {

class Report {
 public:
  void begin(const Rule& rule) { rule_ = &rule; }
  /// The result may be amended until the next one: `report.at(…).label(…).mend(…)`.
  Finding& at(Span span, Bilingual message, Bilingual advice) {
    findings_.push_back({rule_, span, std::move(message), std::move(advice), {}, {}, true, {}});
    return findings_.back();
  }
  std::vector<Finding>& findings() { return findings_; }

 private:
  const Rule* rule_ = nullptr;
  std::vector<Finding> findings_;
};

}  // namespace quy::lint

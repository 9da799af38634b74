#pragma once
// Reports of the checker: into the sink, with a label at each use of an indicator that the place was reached through.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "compiler/sema/context.h"

namespace quy::sema {

class Reporter {
 public:
  explicit Reporter(DiagnosticSink& sink) : sink_(sink) {}

  /// The result may be amended until the next report.
  Diagnostic& at(const Context& context, Span span, Diag id, std::initializer_list<Argument> arguments = {});
  Diagnostic& at(Span span, Diag id, std::initializer_list<Argument> arguments = {});

  /// The subject that is being checked (its id), so that an accepted defect is named in its results.
  void enter_subject(std::string id) { subject_ = std::move(id); }
  /// True when a message of this code was raised for the subject.
  bool raised(std::string_view diagnostic_code, const std::string& subject) const;
  void forget_subjects() { raised_.clear(); }
  DiagnosticSink& sink() { return sink_; }

 private:
  DiagnosticSink& sink_;
  std::string subject_;
  std::set<std::pair<std::string, std::string>> raised_;   ///< code, subject
};

}  // namespace quy::sema

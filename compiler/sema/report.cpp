#include "compiler/sema/report.h"

namespace quy::sema {

Diagnostic& Reporter::at(Span span, Diag id, std::initializer_list<Argument> arguments) {
  raised_.insert({std::string(code(id)), subject_});
  return sink_.report(span, id, arguments);
}

Diagnostic& Reporter::at(const Context& context, Span span, Diag id, std::initializer_list<Argument> arguments) {
  Diagnostic& diagnostic = at(span, id, arguments);
  for (const Environment* used = context.environment; used; used = used->outer.environment)
    diagnostic.label(used->use->span, {"dùng ở đây", "used here"});
  return diagnostic;
}

bool Reporter::raised(std::string_view diagnostic_code, const std::string& subject) const {
  return raised_.contains({std::string(diagnostic_code), subject});
}

}  // namespace quy::sema

#include "runtime/tabular/schemas.h"

#include "runtime/tabular/cell_json.h"

namespace quy::tabular {

std::uint32_t Schemas::of_period(const std::string& text) const {
  if (versions_ == nullptr) return 0;
  const std::optional<Period> period = parse_period(text);
  const std::uint32_t version = period ? versions_->in_force(period->last) : 0;
  return version == bytecode::kNone ? 0 : version;
}

bool Schemas::has_subject(const std::string& subject) const {
  for (std::uint32_t version = 0; version < size(); ++version)
    if (index_of(module(version), subject) != bytecode::kNone) return true;
  return false;
}

std::string Schemas::subject_named(std::uint32_t version, const std::string& text) const {
  std::string own = tabular::subject_named(module(version), text);
  if (index_of(module(version), own) != bytecode::kNone) return own;
  for (std::uint32_t other = 0; other < size(); ++other) {
    std::string subject = tabular::subject_named(module(other), text);
    if (index_of(module(other), subject) != bytecode::kNone) return subject;
  }
  return own;
}

std::uint32_t index_of(const bytecode::Module& module, const std::string& subject) {
  for (std::uint32_t i = 0; i < module.subjects.size(); ++i)
    if (module.subjects[i].id == subject) return i;
  return bytecode::kNone;
}

}  // namespace quy::tabular

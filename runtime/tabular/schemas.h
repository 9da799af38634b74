#pragma once
// The schemas by which the rows of a table become records: that of one module, or of each version of a criteria set.

#include <cstdint>
#include <string>

#include "runtime/bytecode/module.h"
#include "runtime/facts/versions.h"

namespace quy::tabular {

class Schemas {
 public:
  /// `versions` may be null: then there is the module only.
  Schemas(const bytecode::Module& module, const facts::Versions* versions) : module_(module), versions_(versions) {}

  std::uint32_t size() const { return versions_ == nullptr ? 1 : versions_->size(); }
  const bytecode::Module& module(std::uint32_t version) const { return versions_ == nullptr ? module_ : versions_->module(version); }
  /// By whose schema a record of that period is read; the first where no record can be.
  std::uint32_t of_period(const std::string& period) const;
  /// Whether any version has a subject of that id.
  bool has_subject(const std::string& subject) const;
  /// The id of the subject that a text names by id or label, in that version or else in another; the text itself when there is none.
  std::string subject_named(std::uint32_t version, const std::string& text) const;

 private:
  const bytecode::Module& module_;
  const facts::Versions* versions_;
};

/// kNone when there is none.
std::uint32_t index_of(const bytecode::Module& module, const std::string& subject);

}  // namespace quy::tabular

#pragma once
// What of a pack decides how its evidence is read: two packs with one schema read every input alike, whatever their rules.

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/bytecode/module.h"
#include "runtime/columns/format.h"

namespace quy::columns {

/// Hex SHA-256 over subjects, fields, bounds, scales, tables, levels, stages, labels (which head tables) and clauses that decisions may cite.
std::string schema_hash(const bytecode::Module& module);

/// The stages at which evidence is read, each with all names under which a run may ask for it: the first is the last stage, named by the
/// empty string, and by its own name where all subjects end with it.
std::vector<std::vector<std::string>> stage_readings(const bytecode::Module& module);

/// The columns of one subject: how each field is held, and between which bounds.
struct FieldForm {
  ColumnForm form = ColumnForm::missing;
  std::int64_t low = 0, high = 0;   ///< as stored; of texts: not used
  std::uint32_t list = bytecode::kNone;
};
std::vector<FieldForm> field_forms(const bytecode::Module& module, const bytecode::Subject& subject);

}  // namespace quy::columns

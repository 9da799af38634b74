#pragma once
// What people call the parts of a subject: labels, and names where a pack gives none.

#include <string>

#include "base/language.h"
#include "runtime/bytecode/module.h"

namespace quy::bytecode {

/// A stage's name; one that a pack made up is known by its id.
Bilingual stage_label(const std::string& stage);
/// A field's label; its name, spaced, when it has none.
std::string field_label(const Field& field);
std::string list_label(const List& list);
/// The label of the criterion that a score or maximum belongs to.
std::string criterion_label(const Subject& subject, const Field& field);

}  // namespace quy::bytecode

#pragma once
// A test's facts as an evidence record, so that tests go through the same reader as real records.

#include <string>

#include "compiler/syntax/ast.h"
#include "runtime/bytecode/module.h"

namespace quy::tools {

/// One JSON record for `subject`. A total that the test states is no evidence: it stands as `total` under `meta`, which `eval` carries and ignores.
std::string evidence_of_test(const syntax::Test& test, const bytecode::Subject& subject);
/// The same of a test that a tool has written, for `id`, whose variant over a stated total `subject` may be.
std::string evidence_of_text(const std::string& test, bytecode::Subject subject, const std::string& id);

}  // namespace quy::tools

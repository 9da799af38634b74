#pragma once
// A test's facts as an evidence record, so that tests go through the same reader as real records.

#include <string>

#include "compiler/syntax/ast.h"
#include "runtime/bytecode/module.h"

namespace quy::tools {

/// One JSON record for `subject`. `given_total` facts are not part of it.
std::string evidence_of_test(const syntax::Test& test, const bytecode::Subject& subject);

/// The record of the one test that `text` holds, for the subject `id`: `subject` may be its variant over a stated total.
std::string evidence_of_test_text(const std::string& text, bytecode::Subject subject, const std::string& id);

}  // namespace quy::tools

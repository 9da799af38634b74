#pragma once
// `kiểm thử`: the names that a test uses. Its facts are bound to fields when it runs.

#include "compiler/sema/pack_scope.h"

namespace quy::sema {

/// Adds the pack's tests; names that mean nothing are reported.
void check_tests(const PackScope& scope, Pack& pack, Reporter& report);

}  // namespace quy::sema

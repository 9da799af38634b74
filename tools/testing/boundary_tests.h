#pragma once
// Tests of a pack's subjects, made from the pack: what each criterion asks and what each rating does, at the thresholds and just off them,
// and whole sheets. A rating's conditions are tested with the first subject that has them.
//
// What they expect is what the machine says today. They are for people to read and check once, and for every later change to meet.

#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "tools/new_folder.h"

namespace quy::tools {

/// A side of a condition that no test was made for.
struct UnseenCondition {
  std::string subject, clause;  ///< ids
  Bilingual text;
  bool holds = false;       ///< which side
  bool impossible = false;  ///< proved; otherwise no record was found
};

struct BoundaryTests {
  std::vector<NewFile> files;  ///< one a subject, named after it, in canonical layout
  std::size_t tests = 0;
  std::vector<UnseenCondition> unseen;
};

BoundaryTests boundary_tests(Compilation& compilation, const sema::Pack& pack);

}  // namespace quy::tools

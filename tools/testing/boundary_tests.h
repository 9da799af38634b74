#pragma once
// Tests of a pack's subjects, made from the pack: what each criterion asks, at its thresholds and just off them, and whole sheets.
//
// What they expect is what the machine says today. They are for people to read and check once, and for every later change to meet.

#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "tools/new_folder.h"

namespace quy::tools {

struct BoundaryTests {
  std::vector<NewFile> files;  ///< one a subject, named after it, in canonical layout
  std::size_t tests = 0;
  std::vector<std::string> unseen;  ///< conditions of which a side was not found: subject, clause, words
};

BoundaryTests boundary_tests(Compilation& compilation, const sema::Pack& pack);

}  // namespace quy::tools

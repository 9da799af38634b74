#pragma once
// Workbooks for the reader: tables of texts, and the many ways in which a program may write them down.

#include <string>
#include <vector>

#include "tests/fuzz/archive.h"
#include "tests/fuzz/mutator.h"

namespace quy::fuzz {

struct Sheet {
  std::string name;
  std::vector<std::vector<std::string>> rows;   ///< cells as texts; an empty one is not written
};

/// How it is written; none of it says anything.
struct Writing {
  bool shared_texts = false, deflated = true, places = true, prefix = false, spaced = false, comments = false;
};
Writing some_writing(Mutator& mutator);

/// Records of both subjects of the sample pack, a list of the first one, and a sheet for people. Some cells are wrong.
std::vector<Sheet> some_book(Mutator& mutator);

Parts parts_of(const std::vector<Sheet>& book, const Writing& how);
inline std::string workbook(const std::vector<Sheet>& book, const Writing& how) { return zip(parts_of(book, how), how.deflated); }

}  // namespace quy::fuzz

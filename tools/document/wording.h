#pragma once
// A condition in words, taken apart where it joins others, so that a long one reads as a list.

#include <string>
#include <vector>

#include "runtime/trace/subject_index.h"

namespace quy::tools {

struct Wording {
  enum class Joins { nothing, all, any, at_least } joins = Joins::nothing;
  std::string text;   ///< of a condition that joins nothing
  std::string least;  ///< how many of the parts `at_least` asks for
  std::vector<Wording> parts;
  std::vector<std::string> clauses;
};

/// The condition of an observable. Where its code is more than parts that the pack has words for, the words of the whole.
Wording wording(const trace::SubjectIndex& index, std::uint32_t observable, Language language);

/// Words as a document shows them: names with spaces between their words, the first letter large.
std::string in_document(std::string text);

}  // namespace quy::tools

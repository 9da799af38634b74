#pragma once
// A condition in words, taken apart where it joins others, so that a long one reads as a list.

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/trace/subject_index.h"

namespace quy::tools {

struct Wording {
  enum class Form {
    fact,      ///< text names what is or is not so
    sentence,  ///< text says it all
    all,       ///< every part holds
    any,       ///< one part or more holds
    outline,   ///< text says what has to be with the parts
    always,    ///< holds whatever the evidence
    never
  } form = Form::sentence;
  std::string text;   ///< the condition; with parts, what introduces them
  std::string joint;  ///< the same after what the parts are said of: `có đủ các điều sau`
  std::vector<Wording> parts;
  std::vector<std::size_t> readings;  ///< open choices it turns on, as places among the subject's readings
  std::vector<std::string> clauses;
};

/// The condition of an observable. Where its code is more than parts that have words, the words of the whole as the pack has them.
Wording wording(const trace::SubjectIndex& index, std::uint32_t observable, Language language);

/// Words as a document shows them: names with spaces between their words, the first letter large.
std::string in_document(std::string text);

}  // namespace quy::tools

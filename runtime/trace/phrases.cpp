#include "runtime/trace/phrases.h"

#include <cassert>
#include <cstddef>

namespace quy::trace {
namespace {

struct Pattern {
  std::string_view vi, en;
};

constexpr Pattern kPatterns[] = {
#define QUY_PHRASE(name, vi, en) {vi, en},
#include "runtime/trace/phrases.def"
#undef QUY_PHRASE
};

bool is_placeholder(std::string_view pattern, std::size_t at) {
  return pattern[at] == '{' && at + 2 < pattern.size() && pattern[at + 1] >= '0' && pattern[at + 1] <= '9' && pattern[at + 2] == '}';
}

}  // namespace

std::string phrase(Phrase id, Language language, std::initializer_list<std::string_view> arguments) {
  const Pattern& row = kPatterns[static_cast<std::size_t>(id)];
  const std::string_view pattern = language == Language::vi ? row.vi : row.en;
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_placeholder(pattern, i)) {
      text += pattern[i];
      continue;
    }
    const auto argument = static_cast<std::size_t>(pattern[i + 1] - '0');
    assert(argument < arguments.size());
    if (argument < arguments.size()) text += arguments.begin()[argument];
    i += 2;
  }
  return text;
}

}  // namespace quy::trace

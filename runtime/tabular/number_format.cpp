#include "runtime/tabular/number_format.h"

namespace quy::tabular {
namespace {

bool between(unsigned id, unsigned first, unsigned last) { return first <= id && id <= last; }

/// Past what stands for itself: "…", [Red], \x and the padding marks _x and *x. Returns where the next sign of the format is.
std::size_t skip_literal(std::string_view code, std::size_t at) {
  const char c = code[at];
  if (c == '"' || c == '[') {
    const std::size_t end = code.find(c == '"' ? '"' : ']', at + 1);
    return end == std::string_view::npos ? code.size() : end + 1;
  }
  return c == '\\' || c == '_' || c == '*' ? at + 2 : at;
}

}  // namespace

NumberFormat built_in_format(unsigned id) {
  NumberFormat format;
  format.day = between(id, 14, 17) || id == 22 || between(id, 27, 36) || between(id, 50, 58);
  format.percent = id == 9 || id == 10;
  return format;
}

NumberFormat format_of_code(std::string_view code) {
  NumberFormat format;
  constexpr std::size_t kMostZeros = 99;
  if (!code.empty() && code.size() <= kMostZeros && code.find_first_not_of('0') == std::string_view::npos)
    format.zero_fill = static_cast<std::uint8_t>(code.size());
  for (std::size_t at = 0; at < code.size();) {
    const std::size_t after = skip_literal(code, at);
    if (after != at) {
      at = after;
      continue;
    }
    const char c = code[at++];
    if (c == ';') break;  // what follows is for negative numbers
    format.percent = format.percent || c == '%';
    format.day = format.day || c == 'y' || c == 'Y' || c == 'd' || c == 'D';
  }
  return format;
}

}  // namespace quy::tabular

#include "compiler/syntax/spelling.h"

#include <algorithm>

#include "compiler/syntax/parse.h"

namespace quy::syntax {

std::string spelled(const std::string& path, Language language) {
  std::string text;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('.', at), path.size());
    const std::string name = path.substr(at, end - at);
    if (at > 0) text += '.';
    text += needs_backquotes(name, language) ? "`" + name + "`" : name;
    at = end + 1;
  }
  return text;
}

std::string quoted(const std::string& text) {
  std::string all = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') all += '\\';
    all += c;
  }
  return all + '"';
}

}  // namespace quy::syntax

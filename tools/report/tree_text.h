#pragma once
// Explanations in the short form in which a page carries them: texts by number, members by place.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

namespace quy::tools {

/// Texts of a page, each held once. Number 0 is the empty text.
class TextTable {
 public:
  TextTable() { number(""); }
  std::size_t number(const std::string& text);
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<std::string> texts_;
};

/// An explanation (`quy explain --format json`) as a JSON array: [why, points, next level, why not, missing, possible, readings, notes, what
/// would decide].
/// A line is [mark, text, [clauses], [parts]] without what is empty at its end; mark: 0 none, 1 holds, 2 fails, 3 missing, 4 left out.
std::string short_tree(const nlohmann::json& explanation, TextTable& texts);

}  // namespace quy::tools

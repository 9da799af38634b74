#include "tools/report/tree_text.h"

#include <algorithm>
#include <array>

namespace quy::tools {
namespace {

using Json = nlohmann::json;

class ShortTree {
 public:
  explicit ShortTree(TextTable& texts) : texts_(texts) {}

  std::string write(const Json& tree) {
    static const Json nothing = Json::object();
    const Json& next = tree.contains("why_not") ? tree["why_not"] : nothing;
    out_ += '[';
    lines(tree, "why");
    out_ += ',';
    list(tree, "points", [this](const Json& row) { points(row); });
    out_ += ',';
    text(next, "label");
    out_ += ',';
    lines(next, "lines");
    out_ += ',';
    list(tree, "missing", [this](const Json& item) { missing(item); });
    out_ += ',';
    list(tree, "possible", [this](const Json& outcome) { possible(outcome); });
    out_ += ',';
    lines(tree, "readings");
    out_ += ',';
    lines(tree, "notes");
    out_ += ',';
    lines(tree, "would_decide");
    out_ += ']';
    return std::move(out_);
  }

 private:
  void number(const std::string& of) { out_ += std::to_string(texts_.number(of)); }

  void text(const Json& object, const char* key) {
    const auto found = object.find(key);
    number(found != object.end() && found->is_string() ? found->get<std::string>() : std::string());
  }

  template <typename Write>
  void list(const Json& object, const char* key, Write&& write) {
    out_ += '[';
    if (const auto found = object.find(key); found != object.end()) {
      bool first = true;
      for (const Json& item : *found) {
        if (!first) out_ += ',';
        first = false;
        write(item);
      }
    }
    out_ += ']';
  }

  void lines(const Json& object, const char* key) {
    list(object, key, [this](const Json& one) { line(one); });
  }

  void clauses(const Json& object) {
    list(object, "clauses", [this](const Json& clause) { number(clause.get<std::string>()); });
  }

  void line(const Json& one) {
    constexpr std::array<std::string_view, 5> kMarks{"", "holds", "fails", "missing", "left_out"};
    const std::string mark = one.value("mark", "");
    out_ += '[' + std::to_string(std::find(kMarks.begin(), kMarks.end(), mark) - kMarks.begin()) + ',';
    text(one, "text");
    if (one.contains("clauses") || one.contains("parts")) {
      out_ += ',';
      clauses(one);
    }
    if (one.contains("parts")) {
      out_ += ',';
      lines(one, "parts");
    }
    out_ += ']';
  }

  /// [depth, is a group, label, points, most, least and most where not known, note, clauses, conditions]
  void points(const Json& row) {
    out_ += '[' + std::to_string(row.value("depth", 0)) + ',' + (row.contains("group") ? "1," : "0,");
    text(row, "label");
    out_ += ',';
    text(row, "points");
    out_ += ',';
    text(row, "max");
    out_ += ',';
    const auto range = row.find("points_range");
    number(range == row.end() ? std::string() : range->at(0).get<std::string>() + " – " + range->at(1).get<std::string>());
    out_ += ',';
    text(row, "note");
    out_ += ',';
    clauses(row);
    out_ += ',';
    lines(row, "conditions");
    out_ += ']';
  }

  void missing(const Json& item) {
    out_ += '[';
    text(item, "label");
    out_ += ',';
    text(item, "id");
    out_ += ']';
  }

  void possible(const Json& outcome) {
    out_ += '[';
    text(outcome, "label");
    out_ += ',';
    lines(outcome, "needs");
    out_ += ']';
  }

  TextTable& texts_;
  std::string out_;
};

}  // namespace

std::size_t TextTable::number(const std::string& text) {
  const auto [place, fresh] = numbers_.try_emplace(text, texts_.size());
  if (fresh) texts_.push_back(text);
  return place->second;
}

std::string short_tree(const Json& explanation, TextTable& texts) { return ShortTree(texts).write(explanation); }

}  // namespace quy::tools

#pragma once
// Names of one scope in the order declared, found by their ids.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "compiler/sema/report.h"
#include "compiler/syntax/ast.h"

namespace quy::sema {

template <typename T>
class NameTable {
 public:
  struct Row {
    std::string id;
    syntax::Name name;
    T value;
  };

  /// Adds a name; one whose id is taken is reported with both places, and nullptr returned.
  T* add(const syntax::Name& name, T value, Reporter& report, const Context& context) {
    std::string id = fold_id(name.text);
    auto [place, fresh] = by_id_.try_emplace(id, rows_.size());
    if (!fresh) {
      report_twice(report, context, name, rows_[place->second].name, id);
      return nullptr;
    }
    rows_.push_back({std::move(id), name, std::move(value)});
    return &rows_.back().value;
  }
  std::size_t index(const std::string& id) const {
    auto found = by_id_.find(id);
    return found == by_id_.end() ? npos : found->second;
  }
  const T* find(const std::string& id) const {
    std::size_t at = index(id);
    return at == npos ? nullptr : &rows_[at].value;
  }
  T* find(const std::string& id) {
    std::size_t at = index(id);
    return at == npos ? nullptr : &rows_[at].value;
  }
  const std::vector<Row>& rows() const { return rows_; }
  std::vector<Row>& rows() { return rows_; }
  /// The author's spellings, for "did you mean".
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const Row& row : rows_) result.push_back(row.name.text);
    return result;
  }
  bool empty() const { return rows_.empty(); }

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  static void report_twice(Reporter& report, const Context& context, const syntax::Name& second, const syntax::Name& first,
                           const std::string& id) {
    report.at(context, second.span, Diag::name_declared_twice, {second.text, id})
        .label(first.span, {"khai báo lần đầu ở đây", "first declared here"});
  }

 private:
  std::vector<Row> rows_;
  std::map<std::string, std::size_t> by_id_;
};

}  // namespace quy::sema

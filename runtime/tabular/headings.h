#pragma once
// Headings of a table to places in a record.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "runtime/tabular/columns.h"

namespace quy::tabular {

/// The labels of several columns: which, by their ids.
struct AmbiguousHeading {
  std::string ids;
};
/// No column has this id or label.
struct UnknownHeading {
  std::optional<std::string> nearest;
};
using Heading = std::variant<Column, AmbiguousHeading, UnknownHeading>;

/// The columns of one subject, or of one list of it, by all that a heading may call them: an id, `evidence.` and an id, a label; and by
/// the ids of parts that a form does not have: `giao.source`, `giao.self`, `giao.decision.reason`, `ky_luat[2].hinh_thuc`.
class Headings {
 public:
  explicit Headings(const bytecode::Subject& subject);
  Headings(const bytecode::Subject& subject, std::uint32_t list);

  Heading find(std::string_view heading) const;

 private:
  Headings(const bytecode::Subject& subject, std::vector<Column> columns);
  void add_labels(std::size_t column);
  void add_name(const std::string& name, std::size_t column);
  std::optional<Column> find_part(const std::string& key) const;
  std::optional<Column> stage_of(Column column, const std::string& stage) const;
  std::optional<Column> find_item(const std::string& key) const;

  const bytecode::Subject& subject_;
  std::vector<Column> columns_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_label_;
};

/// A list of the subject by its id, name or label, as the name of a sheet may cut it short; kNone when there is none.
std::uint32_t list_named(const bytecode::Subject& subject, std::string_view name);

}  // namespace quy::tabular

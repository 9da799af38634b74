#pragma once
// The shape of the records that the rows of one table make: which cell goes where, settled once from the headings.

#include <map>
#include <string>
#include <vector>

#include "runtime/tabular/cell_json.h"
#include "runtime/tabular/columns.h"
#include "runtime/tabular/table.h"

namespace quy::tabular {

/// A value of a record, or an object or list of such values.
class RecordShape {
 public:
  /// A row of a list of a record, as JSON objects one behind the other with commas; nothing when the record has none.
  class ListRows {
   public:
    virtual ~ListRows() = default;
    virtual std::string items(const std::string& list) const = 0;
  };

  /// `first_stage`: whose a value is that names no stage and has later ones beside it; empty where there are none.
  explicit RecordShape(const std::string& first_stage = {});
  ~RecordShape();
  RecordShape(RecordShape&&) noexcept;
  RecordShape& operator=(RecordShape&&) noexcept;

  /// The place of a column's cells. `cell` is their index in a row.
  void add(const Column& column, std::size_t cell, CellWriter writer);
  /// A text that all records have.
  void add_constant(const std::string& key, const std::string& text);
  /// A list whose rows stand elsewhere.
  void add_list(const std::string& list);

  /// Appends the record as one JSON object in one line.
  void write(const Row& row, const ListRows* lists, std::string& out) const;

 private:
  struct Node;
  Node& node(const std::vector<std::string>& path, std::size_t stage_at = Column::kNoStage);

  std::string first_stage_;
  std::unique_ptr<Node> root_;
};

}  // namespace quy::tabular

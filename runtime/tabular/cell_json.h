#pragma once
// One cell as the JSON that a record would have in its place. What is not what the field needs goes on as it is, so that the reader of
// records refuses it with its own message.

#include <string>
#include <unordered_map>

#include "runtime/bytecode/module.h"
#include "runtime/tabular/columns.h"
#include "runtime/tabular/table.h"

namespace quy::tabular {

/// How the cells of one column are turned.
class CellWriter {
 public:
  CellWriter(const bytecode::Module& module, const bytecode::Subject& subject, const Column& column);

  /// Whether the column's values are claims of an exception.
  bool is_claim() const { return field_ != nullptr && field_->place == bytecode::FieldPlace::exception; }
  /// Appends a JSON value; the cell is not empty.
  void append(std::string& out, const Cell& cell) const;

 private:
  void append_text(std::string& out, const Cell& cell) const;
  void append_day(std::string& out, const Cell& cell) const;
  void append_value(std::string& out, const Cell& cell) const;
  void append_words(std::string& out, const std::string& text) const;
  void append_list_state(std::string& out, const Cell& cell) const;
  bool append_state(std::string& out, const std::string& text) const;

  const bytecode::Field* field_ = nullptr;
  CellForm form_;
  bool takes_states_;
  std::unordered_map<std::string, std::string> choices_;  ///< word_key of an id or label → id
};

/// What the cell says as the id of a record: the digits that the sheet shows of a number, so that 007 stays 007.
std::string identifier(const Cell& cell);

/// The id of the subject that a cell names by its id or label; the text itself when there is none.
std::string subject_named(const bytecode::Module& module, const std::string& text);

/// A number as people type it, as a JSON number: `12,5`, `1.234.567`, `1 234 567,25`. Nothing for other text, nor for `1.234` and `1,234`,
/// which are one thousand and more to some and one and a bit to others.
std::optional<std::string> typed_number(std::string_view text);

}  // namespace quy::tabular

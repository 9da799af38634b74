#pragma once
// An .xlsx workbook as tables. The archive is held in memory, with the texts that its cells share; sheets are streamed.

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "runtime/tabular/table.h"

namespace quy::tabular {

class Workbook {
 public:
  /// `bytes` is the whole file (at most limits::workbook_bytes), `name` is for messages.
  static std::variant<std::unique_ptr<Workbook>, Message> open(std::string bytes, std::string name);
  ~Workbook();
  struct Impl;

  const std::vector<std::string>& sheet_names() const;
  /// The rows of a sheet; the workbook must outlive them.
  std::unique_ptr<Table> sheet(std::size_t index) const;

 private:
  explicit Workbook(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace quy::tabular

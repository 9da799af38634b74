#pragma once
// The rows of a table as the lines of NDJSON that say the same: each record stands in the line that has its row's number.

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/facts/byte_source.h"
#include "runtime/tabular/heading_row.h"
#include "runtime/tabular/list_sheets.h"
#include "runtime/tabular/record_shape.h"
#include "runtime/tabular/schemas.h"

namespace quy::tabular {

class TableSource : public facts::ByteSource {
 public:
  /// `where` names the table in messages, `subject` is that of rows which name none (empty: there is no such). `lists` may be null.
  TableSource(const Schemas& schemas, Table& table, HeadingRow heading, std::string where, const std::string& subject, ListSheets* lists);

  std::size_t read(char* into, std::size_t size) override;
  std::optional<Message> problem() const override;

  /// The column that holds a place of a record (`evidence.giao`), as spreadsheets name it; empty when none does.
  std::string column_of(std::string field) const;

 private:
  struct SubjectShape {
    std::uint32_t subject = bytecode::kNone;
    RecordShape shape;
  };

  /// What is wrong with the headings.
  class Check;

  std::string default_subject(std::uint32_t version, const std::string& of_sheet) const;
  std::uint32_t version_of(const Row& row) const;
  void produce();
  void write(const Row& row);
  void take_headless(const Row& row);
  bool is_blank(const Row& row) const;
  SubjectShape& shape_for(std::uint32_t version, const std::string& subject);
  SubjectShape make_shape(std::uint32_t version, const std::string& subject);
  bool has_no_place_in(std::uint32_t version, const std::string& subject, const std::string& heading) const;

  Schemas schemas_;
  Table& table_;
  HeadingRow heading_;
  std::string where_;
  std::vector<std::string> subjects_;   ///< by version, of rows that name none; empty: there is no such
  ListSheets* lists_;
  std::size_t subject_column_, id_column_, period_column_;
  std::map<std::pair<std::uint32_t, std::string>, SubjectShape> shapes_;   ///< by version and subject
  std::unordered_map<std::string, std::size_t> columns_;   ///< by place
  std::optional<Message> problem_;
  std::string out_;
  std::size_t taken_ = 0;      ///< of `out_`
  std::size_t replayed_ = 0;   ///< of the rows met before
  std::uint64_t line_ = 1;     ///< that is written next
  bool ended_ = false;
};

}  // namespace quy::tabular

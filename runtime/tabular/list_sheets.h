#pragma once
// The lists of records that stand on sheets of their own, a row an item. They are kept while the records are read.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/facts/facts.h"
#include "runtime/tabular/heading_row.h"
#include "runtime/tabular/record_shape.h"
#include "runtime/tabular/schemas.h"

namespace quy::tabular {

class ListSheets {
 public:
  explicit ListSheets(const Schemas& schemas) : schemas_(schemas) {}

  /// Reads a whole sheet. `where` names it in messages.
  std::optional<Message> add(const std::string& sheet, const std::string& where, HeadingRow heading, Table& table);

  /// Ids of the subject's lists that have a sheet.
  std::vector<std::string> lists_of(std::uint32_t version, std::uint32_t subject) const;
  /// The items of one record's list. A row without a period belongs to every record with its id.
  std::string items(std::uint32_t version, std::uint32_t subject, const std::string& list, const std::string& id, const std::string& period);

  struct Place {
    std::string sheet, column;
    std::uint64_t row = 0;
  };
  /// Where the item of a refused record stands: `evidence.ky_luat[3].hinh_thuc`. Nothing when that cannot be told.
  std::optional<Place> place(const std::string& id, const std::string& field) const;

  /// Rows that no record has claimed.
  void reject_rest(std::uint64_t sequence, facts::Reader::Sink& sink) const;

 private:
  struct Item {
    Row row;
    bool claimed = false;
  };
  struct OneSheet {
    std::string name, list;  ///< the list as the sheet calls it
    HeadingRow heading;
    std::size_t record = 0, period = std::string::npos;   ///< columns
    std::vector<Item> items;
    std::unordered_map<std::string, std::vector<std::size_t>> by_record;
    std::map<std::pair<std::uint32_t, std::uint32_t>, RecordShape> shapes;   ///< by version and subject
  };

  std::optional<Message> check(const OneSheet& sheet, const std::string& where) const;
  const RecordShape& shape(OneSheet& sheet, std::uint32_t version, std::uint32_t subject, std::uint32_t list);
  bool has_no_place_in(std::uint32_t version, const OneSheet& sheet, const std::string& subject, const std::string& heading) const;

  Schemas schemas_;
  std::vector<std::unique_ptr<OneSheet>> sheets_;
  std::size_t bytes_ = 0;
};

}  // namespace quy::tabular

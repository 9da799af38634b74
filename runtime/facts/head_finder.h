#pragma once
// A record's period and id, found without knowing by whose schema the record is to be read.

#include <optional>
#include <string>
#include <string_view>

#include "base/numeric/date.h"
#include "runtime/facts/json_cursor.h"

namespace quy::facts {

class HeadFinder {
 public:
  /// Nothing when the record says none that can be read; then no schema will take it.
  const std::optional<Period>& period(const RecordText& record);
  /// The text of the period that was found last.
  const std::string& period_text() const { return text_; }
  /// As far as it can be read.
  std::string id(const RecordText& record) { return std::string(member(record, "id")); }

 private:
  /// A text at the record's top, the first of that name; empty when there is none.
  std::string_view member(const RecordText& record, std::string_view wanted);

  Cursor cursor_;
  std::string text_;   ///< nearly always the last record's
  std::optional<Period> period_;
};

}  // namespace quy::facts

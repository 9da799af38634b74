#include "runtime/facts/head_finder.h"

namespace quy::facts {

std::string_view HeadFinder::member(const RecordText& record, std::string_view wanted) {
  cursor_.start(record);
  if (cursor_.here() != '{') return {};
  std::string_view found;
  cursor_.object([&](std::string_view name) {
    if (name != wanted) return cursor_.pass_over();
    if (cursor_.here() == '"' && !cursor_.string(found)) found = {};
    return false;
  });
  return found;
}

const std::optional<Period>& HeadFinder::period(const RecordText& record) {
  const std::string_view text = member(record, "period");
  if (text != text_) {
    text_ = text;
    period_ = parse_period(text_);
  }
  return period_;
}

}  // namespace quy::facts

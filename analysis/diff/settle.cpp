#include "analysis/diff/settle.h"

namespace quy::analysis {

void settle(ItemDiff& diff, const Questions& questions, std::span<const std::size_t> numbers, const FindRecord& find) {
  bool open = false;
  for (const Effect effect : kEffects) {
    const std::size_t number = numbers[static_cast<std::size_t>(effect)];
    if (questions.impossible(number))
      diff.excluded.push_back(effect);
    else if (auto record = find(number, effect))
      diff.records.push_back(std::move(*record));
    else
      open = true;
  }
  diff.standing = !diff.records.empty() ? Standing::changed : open ? Standing::not_proved : Standing::same;
  if (open && diff.records.empty())
    diff.reason = {"bộ giải không trả lời được trong thời hạn, hoặc phụ thuộc phần không phân tích được",
                   "the solver did not settle it in time, or it depends on what is not analysed"};
}

void note_other_evidence(ItemDiff& diff) {
  diff.standing = Standing::changed;
  diff.reason = {"minh chứng khai báo theo kiểu khác", "its evidence is of another type"};
}

}  // namespace quy::analysis

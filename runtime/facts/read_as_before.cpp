// The part of RecordReader that follows and learns patterns (record_pattern.h).

#include "runtime/facts/record_reader.h"

namespace quy::facts {

/// Takes the row as soon as the subject is known. If the record turns out to be written otherwise, the careful walk comes to the same values in
/// the same row again, because what has been compared so far is the same text.
bool RecordReader::read_as_before(const RecordText& text) {
  const auto take_text = [this](PatternValue::Text which, std::string_view content) {
    (which == PatternValue::Text::id ? id_ : which == PatternValue::Text::unit ? unit_ : cohort_) = content;
  };
  const auto no_value = [](const QuickField&, std::int64_t) {};
  if (opening_number_ == 0) return false;
  const char* const begin = opening_.follow(text.begin, text.end, no_value, take_text);
  if (begin == nullptr) return false;
  const char* const close = end_of_plain(begin, text.end);
  subject_ = {begin, static_cast<std::size_t>(close - begin)};
  SubjectPlan* const plan = plans_.find(subject_);
  if (plan == nullptr || plan->pattern_opening != opening_number_ || !open_row(subject_)) return false;
  const auto store = [this](const QuickField& field, std::int64_t scaled) { store_quick(field, scaled); };
  const char* const end = plan->pattern.follow(close, text.end, store, take_text);
  if (end != text.end || id_.empty()) return false;
  period_text_ = plan->pattern_period;
  set_period();
  return finish();
}

void RecordReader::learn_pattern(const RecordText& text) {
  RecordPattern opening;
  opening.learn(text.begin, subject_.data(), opening_values_);
  if (!opening.is_written_as(opening_)) {
    opening_ = std::move(opening);
    ++opening_number_;
  }
  plan_->pattern.learn(subject_end_, text.end, pattern_values_);
  plan_->pattern_opening = opening_number_;
  plan_->pattern_period = period_text_;
}

/// A text of the head has been read; one that needed its escapes resolved does not stand in the record as it is.
void RecordReader::note_text(PatternValue::Text which, std::string_view content) {
  if (content.data() == nullptr) return;
  if (!cursor_.holds(content)) {
    ordinary_ = false;
    return;
  }
  (subject_end_ == nullptr ? opening_values_ : pattern_values_).push_back({which, nullptr, content.data(), content.data() + content.size()});
}

}  // namespace quy::facts

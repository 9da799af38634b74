#include "runtime/facts/record_pattern.h"

#include <algorithm>

namespace quy::facts {
namespace {

constexpr std::uint32_t kMostUnused = 8;

}  // namespace

RecordPattern::Literal RecordPattern::keep(const char* begin, const char* end) {
  const auto size = static_cast<std::uint32_t>(end - begin), wholes = size == 0 ? 0 : (size - 1) / kRun;
  Literal kept{.mask = 0xffffU >> (kRun - (size - wholes * kRun)), .size = size, .begin = static_cast<std::uint32_t>(bytes_.size()), .wholes = wholes};
  std::copy_n(begin, std::min(size, kRun), kept.first);
  bytes_.insert(bytes_.end(), begin, end);
  return kept;
}

void RecordPattern::learn(const char* begin, const char* end, const std::vector<PatternValue>& values) {
  steps_.clear();
  bytes_.clear();
  for (const PatternValue& value : values) {
    steps_.push_back({keep(begin, value.begin), value.text, value.field != nullptr ? *value.field : QuickField{}});
    begin = value.end;
  }
  tail_ = keep(begin, end);
  bytes_.resize(bytes_.size() + kRun);
  unused_ = std::min(unused_ + 1, kMostUnused);
  pause_ = (1U << unused_) - 2;
}

bool RecordPattern::is_written_as(const RecordPattern& other) const {
  const auto same = [](const Step& a, const Step& b) { return a.before == b.before && a.text == b.text && a.field.index == b.field.index; };
  return bytes_ == other.bytes_ && tail_ == other.tail_ &&
         std::equal(steps_.begin(), steps_.end(), other.steps_.begin(), other.steps_.end(), same);
}

}  // namespace quy::facts

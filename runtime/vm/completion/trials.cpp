#include "runtime/vm/completion/trials.h"

#include <algorithm>

namespace quy::vm {

std::vector<Verdict> Trials::run(const Places& places, const std::vector<Box>& boxes) {
  std::vector<Verdict> verdicts;
  verdicts.reserve(boxes.size());
  for (std::size_t next = 0; next < boxes.size();) {
    batch_.clear();
    for (; next < boxes.size() && !batch_.full(); ++next) places.append(boxes[next], batch_);
    machine_.run(batch_);
    for (std::uint32_t row = 0; row < batch_.rows(); ++row) verdicts.push_back(verdict(row));
  }
  return verdicts;
}

Verdict Trials::verdict(std::uint32_t row) const {
  const bytecode::Subject& subject = program_.subject();
  Verdict result;
  result.allowed = std::none_of(subject.requirements.begin(), subject.requirements.end(), [&](const bytecode::Requirement& requirement) {
    return machine_.truth(requirement.condition, row) == Truth::no;
  });
  if (subject.levels != bytecode::kNone) result.outcomes = machine_.outcomes(row);
  if (subject.total == bytecode::kNone) return result;
  Range total = machine_.number(subject.total, row);
  result.has_total = !total.left_out;
  result.total_low = std::move(total.low);
  result.total_high = std::move(total.high);
  return result;
}

}  // namespace quy::vm

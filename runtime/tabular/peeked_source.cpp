#include "runtime/tabular/peeked_source.h"

#include <algorithm>

namespace quy::tabular {

std::string_view PeekedSource::peek(std::size_t size) {
  ahead_.erase(0, taken_);
  taken_ = 0;
  while (ahead_.size() < size) {
    const std::size_t had = ahead_.size();
    ahead_.resize(size);
    const std::size_t count = source_->read(ahead_.data() + had, size - had);
    ahead_.resize(had + count);
    if (count == 0) break;
  }
  return ahead_;
}

std::size_t PeekedSource::read(char* into, std::size_t size) {
  if (taken_ == ahead_.size()) return source_->read(into, size);
  const std::size_t count = std::min(size, ahead_.size() - taken_);
  std::copy_n(ahead_.data() + taken_, count, into);
  taken_ += count;
  return count;
}

}  // namespace quy::tabular

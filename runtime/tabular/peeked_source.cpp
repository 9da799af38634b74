#include "runtime/tabular/peeked_source.h"

#include <algorithm>

namespace quy::tabular {

std::string_view PeekedSource::peek(std::size_t size) {
  std::copy(ahead_.data() + taken_, ahead_.data() + end_, ahead_.data());
  end_ -= taken_;
  taken_ = 0;
  ahead_.grow(size, end_);
  while (end_ < size) {
    const std::size_t count = source_->read(ahead_.data() + end_, size - end_);
    if (count == 0) break;
    end_ += count;
  }
  return ahead_.view(0, end_);
}

std::size_t PeekedSource::read(char* into, std::size_t size) {
  if (taken_ == end_) return source_->read(into, size);
  const std::size_t count = std::min(size, end_ - taken_);
  std::copy_n(ahead_.data() + taken_, count, into);
  taken_ += count;
  return count;
}

}  // namespace quy::tabular

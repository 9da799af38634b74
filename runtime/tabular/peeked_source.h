#pragma once
// A source whose beginning can be looked at before it is read.

#include <memory>
#include <string_view>

#include "base/buffer.h"
#include "runtime/facts/byte_source.h"

namespace quy::tabular {

class PeekedSource : public facts::ByteSource {
 public:
  explicit PeekedSource(std::unique_ptr<facts::ByteSource> source) : source_(std::move(source)) {}

  /// The next `size` bytes, or what there is of them; valid until the next call.
  std::string_view peek(std::size_t size);
  std::size_t read(char* into, std::size_t size) override;
  std::optional<Message> problem() const override { return source_->problem(); }

 private:
  std::unique_ptr<facts::ByteSource> source_;
  Buffer ahead_;
  std::size_t taken_ = 0, end_ = 0;  ///< of the bytes in `ahead_`
};

}  // namespace quy::tabular

#include "runtime/api/meter.h"

namespace quy::api {
namespace {

class MeteredSource : public facts::ByteSource {
 public:
  MeteredSource(std::unique_ptr<facts::ByteSource> source, Meter& meter) : source_(std::move(source)), meter_(meter) {}
  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = source_->read(into, size);
    meter_.read(count);
    return count;
  }
  std::optional<Message> problem() const override { return source_->problem(); }

 private:
  std::unique_ptr<facts::ByteSource> source_;
  Meter& meter_;
};

}  // namespace

void Meter::begin_reading() {
  ++reading_;
  bytes_ = 0;
}

void Meter::read(std::uint64_t bytes) {
  bytes_ += bytes;
  if (watcher_) watcher_({records_.load(std::memory_order_relaxed), bytes_, reading_});
}

std::unique_ptr<facts::ByteSource> Meter::open_file(const std::string& path) {
  return std::make_unique<MeteredSource>(facts::open_file(path), *this);
}

}  // namespace quy::api

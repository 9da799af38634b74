#include "runtime/tabular/decompress.h"

#include <zlib.h>
#include <zstd.h>

#include <vector>

namespace quy::tabular {
namespace {

constexpr std::size_t kPackedBytes = std::size_t{1} << 16;

const Bilingual kCutShort{"tệp bị cụt", "it is cut short"};

/// What both formats share: the packed bytes at hand, and why unpacking stopped.
class UnpackingSource : public facts::ByteSource {
 public:
  UnpackingSource(std::unique_ptr<PeekedSource> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), buffer_(kPackedBytes) {}

  std::optional<Message> problem() const override { return problem_ ? problem_ : packed_->problem(); }

 protected:
  /// False at the end of the packed bytes.
  bool refill() {
    at_ = 0;
    filled_ = packed_->read(buffer_.data(), buffer_.size());
    return filled_ > 0;
  }
  std::size_t fail(Argument why) {
    if (!problem_) problem_ = Message{Diag::not_decompressed, {name_, std::move(why)}, {}};
    return 0;
  }

  std::unique_ptr<PeekedSource> packed_;
  std::string name_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, filled_ = 0;
  std::optional<Message> problem_;
};

class GzipSource : public UnpackingSource {
 public:
  GzipSource(std::unique_ptr<PeekedSource> packed, std::string name) : UnpackingSource(std::move(packed), std::move(name)) {
    constexpr int kGzipOnly = 16;
    ready_ = inflateInit2(&stream_, MAX_WBITS + kGzipOnly) == Z_OK;
  }
  ~GzipSource() override {
    if (ready_) inflateEnd(&stream_);
  }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  std::size_t read(char* into, std::size_t size) override {
    if (problem()) return 0;
    if (!ready_) return fail("zlib");
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (at_ == filled_ && !refill()) return within_member_ ? fail(kCutShort) : 0;
      if (!step()) return fail(stream_.msg != nullptr ? stream_.msg : "gzip");
    }
    return size - stream_.avail_out;
  }

 private:
  /// One file may be several members, one behind the other.
  bool step() {
    if (!within_member_ && inflateReset(&stream_) != Z_OK) return false;
    within_member_ = true;
    stream_.next_in = reinterpret_cast<Bytef*>(buffer_.data() + at_);
    stream_.avail_in = static_cast<uInt>(filled_ - at_);
    const int answer = inflate(&stream_, Z_NO_FLUSH);
    at_ = filled_ - stream_.avail_in;
    within_member_ = answer != Z_STREAM_END;
    return answer == Z_OK || answer == Z_STREAM_END || answer == Z_BUF_ERROR;
  }

  z_stream stream_{};
  bool ready_ = false, within_member_ = false;
};

class ZstdSource : public UnpackingSource {
 public:
  ZstdSource(std::unique_ptr<PeekedSource> packed, std::string name)
      : UnpackingSource(std::move(packed), std::move(name)), stream_(ZSTD_createDStream(), &ZSTD_freeDStream) {}

  std::size_t read(char* into, std::size_t size) override {
    if (problem()) return 0;
    if (!stream_) return fail("zstd");
    ZSTD_outBuffer out{into, size, 0};
    while (out.pos == 0) {
      if (at_ == filled_ && !refill()) return within_frame_ ? fail(kCutShort) : 0;
      ZSTD_inBuffer in{buffer_.data(), filled_, at_};
      const std::size_t answer = ZSTD_decompressStream(stream_.get(), &out, &in);
      at_ = in.pos;
      if (ZSTD_isError(answer) != 0) return fail(ZSTD_getErrorName(answer));
      within_frame_ = answer != 0;
    }
    return out.pos;
  }

 private:
  std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream_;
  bool within_frame_ = false;
};

}  // namespace

std::unique_ptr<PeekedSource> decompressed(std::unique_ptr<PeekedSource> source, const std::string& name) {
  const std::string_view beginning = source->peek(4);
  if (beginning.starts_with("\x1f\x8b"))
    return std::make_unique<PeekedSource>(std::make_unique<GzipSource>(std::move(source), name));
  if (beginning == "\x28\xb5\x2f\xfd")
    return std::make_unique<PeekedSource>(std::make_unique<ZstdSource>(std::move(source), name));
  return source;
}

}  // namespace quy::tabular

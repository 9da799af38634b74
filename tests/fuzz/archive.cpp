#include "tests/fuzz/archive.h"

#include <zlib.h>

#include <cstdint>
#include <stdexcept>

namespace quy::fuzz {
namespace {

/// Numbers of an archive, the low byte first.
class Bytes {
 public:
  Bytes& u16(std::size_t value) { return number(value, 2); }
  Bytes& u32(std::size_t value) { return number(value, 4); }
  Bytes& text(std::string_view value) {
    bytes_ += value;
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  Bytes& number(std::size_t value, int size) {
    for (; size > 0; --size, value >>= 8) bytes_ += static_cast<char>(value & 0xff);
    return *this;
  }
  std::string bytes_;
};

constexpr std::size_t kVersion = 20, kUtf8Names = 1 << 11, kStored = 0, kDeflated = 8;

}  // namespace

std::string deflated(std::string_view content, int window_bits) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("zlib");
  std::string packed(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string zip(const Parts& parts, bool packs) {
  std::string archive;
  Bytes directory;
  for (const auto& [path, content] : parts) {
    const std::string packed = packs ? deflated(content, -MAX_WBITS) : content;
    const std::size_t sum = crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
    // What stands before each part and, again, in the directory.
    Bytes both;
    both.u16(kVersion).u16(kUtf8Names).u16(packs ? kDeflated : kStored).u32(0).u32(sum).u32(packed.size()).u32(content.size()).u16(path.size()).u16(0);
    directory.text("PK\x01\x02").u16(kVersion).text(both.bytes()).u16(0).u16(0).u16(0).u32(0).u32(archive.size()).text(path);
    archive += "PK\x03\x04" + both.bytes() + path + packed;
  }
  Bytes end;
  end.text("PK\x05\x06").u16(0).u16(0).u16(parts.size()).u16(parts.size()).u32(directory.bytes().size()).u32(archive.size()).u16(0);
  return archive + directory.bytes() + end.bytes();
}

}  // namespace quy::fuzz

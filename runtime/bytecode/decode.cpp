#include <limits>

#include "base/limits.h"
#include "base/sha256.h"
#include "base/text.h"
#include "runtime/bytecode/codec.h"
#include "runtime/bytecode/fields.h"
#include "runtime/bytecode/writer.h"

namespace quy::bytecode {
namespace {

constexpr std::size_t kHashOffset = 4;
constexpr std::size_t kBodyOffset = kHashOffset + 32;
constexpr std::size_t kPayloadOffset = kBodyOffset + sizeof(std::uint32_t);

const Bilingual kLeftOver{"thừa byte ở cuối", "bytes are left over at the end"};

/// Reads members back. After the first fault every read gives a zero or an empty value and nothing more is stored.
class PayloadReader {
 public:
  PayloadReader(std::string_view bytes, std::size_t offset) : bytes_(bytes), at_(offset) {}

  template <class... Members>
  void operator()(Members&... members) {
    (one(members), ...);
  }

  bool failed() const { return failed_; }
  bool at_end() const { return at_ == bytes_.size(); }
  std::size_t offset() const { return at_; }
  const Bilingual& reason() const { return reason_; }

 private:
  std::size_t left() const { return failed_ ? 0 : bytes_.size() - at_; }

  void fail(Bilingual reason) {
    if (failed_) return;
    failed_ = true;
    reason_ = std::move(reason);
  }

  std::string_view take(std::size_t size) {
    if (size > left()) {
      fail({"dữ liệu hết giữa chừng", "the bytes end too soon"});
      return {};
    }
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }

  void one(bool& value) {
    std::uint8_t byte = 0;
    one(byte);
    if (byte > 1) fail({"giá trị đúng/sai không phải 0 hoặc 1", "a Boolean is neither 0 nor 1"});
    value = byte == 1;
  }

  template <std::integral Number>
  void one(Number& value) {
    using Bits = std::make_unsigned_t<Number>;
    std::uint64_t bits = 0;
    const std::string_view bytes = take(sizeof(Number));
    for (std::size_t i = bytes.size(); i-- > 0;) bits = bits << 8 | static_cast<unsigned char>(bytes[i]);
    value = static_cast<Number>(static_cast<Bits>(bits));
  }

  template <class Enumeration>
  requires std::is_enum_v<Enumeration>
  void one(Enumeration& value) {
    std::uint8_t byte = 0;
    one(byte);
    if (byte > static_cast<std::uint8_t>(kLast<Enumeration>))
      fail({"loại không có trong định dạng", "a kind that the format does not have"});
    value = failed_ ? Enumeration{} : static_cast<Enumeration>(byte);
  }

  void one(std::string& text) {
    std::uint32_t size = 0;
    one(size);
    const std::string_view bytes = take(size);
    if (!is_utf8(bytes)) return fail({"chữ không phải UTF-8", "a text is not UTF-8"});
    text = bytes;
  }

  void one(Rational& number) {
    std::uint8_t form = 0;
    one(form);
    if (form == static_cast<std::uint8_t>(NumberForm::int64)) {
      std::int64_t value = 0;
      one(value);
      number = Rational(value);
    } else if (form == static_cast<std::uint8_t>(NumberForm::fraction)) {
      fraction(number);
    } else {
      fail({"số có dạng lạ", "a number has an unknown form"});
    }
  }

  /// Only what the encoder would write is accepted, so that one number has one form.
  void fraction(Rational& number) {
    const std::optional<Integer> numerator = integer();
    const std::optional<Integer> denominator = integer();
    if (!numerator || !denominator || *denominator <= 0) return fail({"phân số sai", "a fraction is malformed"});
    number = Rational(*numerator, *denominator);
    if (number.numerator() != *numerator || number.to_int64())
      fail({"phân số chưa tối giản", "a fraction is not in lowest terms"});
  }

  std::optional<Integer> integer() {
    std::uint32_t size = 0;
    one(size);
    if (size == 0 || size > kMostNumberBytes) return std::nullopt;
    const std::string digits(take(size));
    Integer value;
    if (failed_ || value.set_str(digits, 16) != 0 || value.get_str(16) != digits) return std::nullopt;
    return value;
  }

  template <class Element>
  void one(std::vector<Element>& elements) {
    std::uint32_t count = 0;
    one(count);
    if (count > left() / least_bytes<Element>())
      return fail({"số phần tử nhiều hơn dữ liệu có", "a count is larger than the bytes that are left"});
    elements.reserve(count);
    for (std::uint32_t i = 0; i < count && !failed_; ++i) one(elements.emplace_back());
  }

  template <class Element, std::size_t Size>
  void one(std::array<Element, Size>& elements) {
    for (Element& element : elements) one(element);
  }

  template <class Value>
  void one(std::optional<Value>& value) {
    bool present = false;
    one(present);
    if (present && !failed_) one(value.emplace());
  }

  template <class Structure>
  requires requires(PayloadReader& reader, Structure& structure) { fields(reader, structure); }
  void one(Structure& structure) { fields(*this, structure); }

  std::string_view bytes_;
  std::size_t at_;
  bool failed_ = false;
  Bilingual reason_;
};

std::uint32_t body_size(std::string_view bytes) {
  std::uint32_t size = 0;
  for (std::size_t i = kPayloadOffset; i-- > kBodyOffset;) size = size << 8 | static_cast<unsigned char>(bytes[i]);
  return size;
}

/// What the first four bytes say: whether these are a pack's bytes at all, and of a format that is understood.
std::optional<Message> check_format(std::string_view bytes, std::string_view name) {
  if (!bytes.starts_with(kMagic) || bytes.size() <= kMagic.size()) return Message{Diag::pack_not_a_pack, {name}, {}};
  const auto version = static_cast<std::uint8_t>(bytes[kMagic.size()]);
  if (version > kFormatVersion) return Message{Diag::pack_newer_version, {name, version, kFormatVersion}, {}};
  if (version < kFormatVersion) return Message{Diag::pack_older_version, {name, version, kFormatVersion}, {}};
  return std::nullopt;
}

/// That all bytes are there, and are the ones that were written.
std::optional<Message> check_whole(std::string_view bytes, std::string_view name) {
  if (bytes.size() > limits::pack_bytes)
    return Message{Diag::pack_too_large, {name, bytes.size(), limits::pack_bytes}, {}};
  if (bytes.size() < kPayloadOffset) return Message{Diag::pack_truncated, {name, kPayloadOffset, bytes.size()}, {}};
  const std::size_t needed = kPayloadOffset + body_size(bytes);
  if (needed > bytes.size()) return Message{Diag::pack_truncated, {name, needed, bytes.size()}, {}};
  Sha256Digest written{};
  for (std::size_t i = 0; i < written.size(); ++i) written[i] = static_cast<std::uint8_t>(bytes[kHashOffset + i]);
  const Sha256Digest found = sha256(bytes.substr(kBodyOffset));
  if (written != found) return Message{Diag::pack_hash_mismatch, {name, hex(written), hex(found)}, {}};
  if (needed < bytes.size()) return Message{Diag::pack_damaged, {name, needed, kLeftOver}, {}};
  return std::nullopt;
}

}  // namespace

std::variant<Module, Message> decode(std::string_view bytes, std::string_view name) {
  if (std::optional<Message> refused = check_format(bytes, name)) return *std::move(refused);
  if (std::optional<Message> refused = check_whole(bytes, name)) return *std::move(refused);
  PayloadReader reader(bytes, kPayloadOffset);
  Module module;
  reader(module);
  if (reader.failed()) return Message{Diag::pack_damaged, {name, reader.offset(), reader.reason()}, {}};
  if (!reader.at_end()) return Message{Diag::pack_damaged, {name, reader.offset(), kLeftOver}, {}};
  return module;
}

}  // namespace quy::bytecode

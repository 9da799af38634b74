#pragma once
// The encoding of each kind of member, outwards: integers little-endian at their own width, everything else flat after its length.

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "runtime/bytecode/fields.h"

namespace quy::bytecode {

/// How a number begins: most fit 64 bits and take nine bytes.
enum class NumberForm : std::uint8_t { int64, fraction };

class Writer {
 public:
  template <class... Members>
  void operator()(const Members&... members) {
    (one(members), ...);
  }
  /// What was written since the last take.
  std::string take() { return std::exchange(bytes_, {}); }

 private:
  void one(bool value) { bytes_ += static_cast<char>(value); }

  template <std::integral Number>
  void one(Number value) {
    const auto bits = static_cast<std::uint64_t>(value);
    std::array<char, sizeof(Number)> bytes;
    for (std::size_t i = 0; i < sizeof(Number); ++i) bytes[i] = static_cast<char>((bits >> (8 * i)) & 0xffU);
    bytes_.append(bytes.data(), bytes.size());
  }

  template <class Enumeration>
  requires std::is_enum_v<Enumeration>
  void one(Enumeration value) { one(static_cast<std::uint8_t>(value)); }

  void one(const std::string& text) {
    one(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }

  void one(const Rational& number) {
    if (const std::optional<std::int64_t> small = number.to_int64()) {
      one(NumberForm::int64);
      one(*small);
      return;
    }
    one(NumberForm::fraction);
    one(number.numerator().get_str(16));
    one(number.denominator().get_str(16));
  }

  template <class Element>
  void one(const std::vector<Element>& elements) {
    one(static_cast<std::uint32_t>(elements.size()));
    for (const Element& element : elements) one(element);
  }

  template <class Element, std::size_t Size>
  void one(const std::array<Element, Size>& elements) {
    for (const Element& element : elements) one(element);
  }

  template <class Value>
  void one(const std::optional<Value>& value) {
    one(value.has_value());
    if (value) one(*value);
  }

  template <class Structure>
  requires requires(Writer& writer, const Structure& structure) { fields(writer, structure); }
  void one(const Structure& structure) { fields(*this, structure); }

  std::string bytes_;
};

/// Bytes that the smallest `Value` takes: what bounds a count by the bytes that are left.
template <class Value>
std::size_t least_bytes() {
  static const std::size_t size = [] {
    Writer writer;
    writer(Value{});
    return writer.take().size();
  }();
  return size;
}

}  // namespace quy::bytecode

#include "runtime/columns/bytes.h"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <limits>

namespace quy::columns {
namespace {

/// From `base` on, so far apart that each width is the fitting one now and then.
template <class Number>
std::vector<Number> near_each_other() {
  using Limits = std::numeric_limits<Number>;
  const auto base = *rc::gen::oneOf(rc::gen::element(Limits::min(), Limits::max(), Number{0}), rc::gen::arbitrary<Number>());
  const auto bits = *rc::gen::inRange<unsigned>(0, Limits::digits + (std::is_signed_v<Number> ? 1 : 0));
  std::vector<Number> numbers(*rc::gen::inRange<std::size_t>(0, 70));
  for (Number& number : numbers) {
    const auto above = static_cast<std::make_unsigned_t<Number>>(*rc::gen::arbitrary<std::make_unsigned_t<Number>>() & ((std::uint64_t{1} << bits) - 1));
    number = static_cast<Number>(static_cast<std::make_unsigned_t<Number>>(base) + above);
  }
  return numbers;
}

template <class Number>
void comes_back() {
  const std::vector<Number> numbers = near_each_other<Number>();
  Encoder into;
  into.number(std::uint8_t{7});
  into.numbers(numbers);
  into.number(std::uint16_t{99});
  Decoder in(into.result());
  Expanded room;
  RC_ASSERT(in.number<std::uint8_t>() == 7);
  const Numbers<Number> read = in.numbers<Number>(numbers.size(), room);
  RC_ASSERT(in.number<std::uint16_t>() == 99);
  RC_ASSERT(!in.failed() && in.at_end());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    RC_ASSERT(read.values[i] == numbers[i]);
    RC_ASSERT(read.least <= numbers[i] && numbers[i] <= read.most);
  }
  RC_ASSERT(into.size() <= 2 * sizeof(std::uint64_t) + 4 + (numbers.size() + 1) * sizeof(Number));
}

}  // namespace

TEST_CASE("numbers come back from as few bytes as they need") {
  rc::check("bytes", comes_back<std::uint8_t>);
  rc::check("32 bits", comes_back<std::int32_t>);
  rc::check("32 bits without a sign", comes_back<std::uint32_t>);
  rc::check("64 bits", comes_back<std::int64_t>);
  rc::check("64 bits without a sign", comes_back<std::uint64_t>);
}

TEST_CASE("equal numbers take no bytes each, small ones one") {
  Encoder equal, small;
  equal.numbers(std::vector<std::int64_t>(1000, 4'000'000'000));
  small.numbers(std::vector<std::int64_t>{4'000'000'000, 4'000'000'255, 4'000'000'007});
  CHECK(equal.size() == 16);
  CHECK(small.size() == 16 + 3);
}

TEST_CASE("a width that nobody writes is refused, and so are bytes that are not there") {
  for (const int width : {3, 5, 9, 255}) {
    Encoder into;
    into.number(static_cast<std::uint8_t>(width));
    into.number(std::int64_t{0});
    into.number(std::int64_t{0});
    Decoder in(into.result());
    Expanded room;
    CHECK(in.numbers<std::int64_t>(1, room).values == nullptr);
    CHECK(in.failed());
  }
  Encoder into;
  into.numbers(std::vector<std::int64_t>{1, 2, 3});
  Decoder in(into.result());
  Expanded room;
  CHECK(in.numbers<std::int64_t>(4, room).values == nullptr);
  CHECK(in.failed());
}

}  // namespace quy::columns

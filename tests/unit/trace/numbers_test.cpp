#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "runtime/trace/numbers.h"

namespace quy::trace {
namespace {

std::string decimal(const char* value, int digits, bool* exact = nullptr) {
  std::string out;
  const bool found = append_decimal(out, *Rational::parse(value), digits);
  if (exact != nullptr) *exact = found;
  return out;
}

std::string scaled(std::int64_t value, int places, int digits) {
  std::string out;
  append_decimal(out, Wide{value}, places, digits);
  return out;
}

}  // namespace

TEST_CASE("a decimal has no trailing zeros when it is exact", "[trace]") {
  CHECK(decimal("85", 2) == "85");
  CHECK(decimal("93.75", 2) == "93.75");
  CHECK(decimal("93.50", 2) == "93.5");
  CHECK(decimal("-0.5", 2) == "-0.5");
  CHECK(decimal("0", 2) == "0");
}

TEST_CASE("a decimal that does not fit is rounded for print, and says so", "[trace]") {
  bool exact = true;
  CHECK(decimal("89.995", 2, &exact) == "90.00");
  CHECK_FALSE(exact);
  CHECK(decimal("6583/72", 2, &exact) == "91.43");
  CHECK_FALSE(exact);
  CHECK(fraction_text(*Rational::parse("89.995")) == "17999/200");
}

TEST_CASE("scaled integers print like the rationals they stand for", "[trace]") {
  CHECK(scaled(9375, 2, 2) == "93.75");
  CHECK(scaled(9300, 2, 2) == "93");
  CHECK(scaled(5, 3, 3) == "0.005");
  CHECK(scaled(-5, 1, 2) == "-0.5");
  CHECK(scaled(89995, 3, 2) == "90.00");
  CHECK(scaled(0, 4, 2) == "0");
  rc::check("both forms agree", [](std::int64_t value) {
    const int places = *rc::gen::inRange(0, 12), digits = *rc::gen::inRange(0, 6);
    std::string one, other;
    const bool exact = append_decimal(one, Wide{value}, places, digits);
    RC_ASSERT(exact == append_decimal(other, Rational(value) * power_of_ten(-places), digits));
    RC_ASSERT(one == other);
  });
}

TEST_CASE("the widest scaled integer prints", "[trace]") {
  const Wide least = static_cast<Wide>(UnsignedWide{1} << 127);
  std::string out;
  CHECK(append_decimal(out, least, 0, 2));
  CHECK(out == "-170141183460469231731687303715884105728");
}

TEST_CASE("numbers for people follow the language", "[trace]") {
  CHECK(display_number(*Rational::parse("1234567.5"), Language::vi).text == "1.234.567,5");
  CHECK(display_number(*Rational::parse("1234567.5"), Language::en).text == "1,234,567.5");
  CHECK(display_number(*Rational::parse("-12.5"), Language::vi).text == "−12,5");
  CHECK(display_number(Rational(100), Language::vi).text == "100");
  const DisplayNumber third = display_number(*Rational::parse("1/3"), Language::vi);
  CHECK(third.text == "0,33");
  CHECK_FALSE(third.exact);
}

}  // namespace quy::trace

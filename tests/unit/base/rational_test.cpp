#include "base/numeric/rational.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <limits>

using namespace quy;

namespace {

constexpr Rounding kModes[] = {Rounding::half_up, Rounding::half_even, Rounding::half_down, Rounding::up,
                               Rounding::down,    Rounding::ceiling,   Rounding::floor};

Rational value(std::string_view text) {
  const auto parsed = Rational::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

Rational absolute(const Rational& number) { return number.sign() < 0 ? -number : number; }

Rational arbitrary() {
  const auto numerator = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
  const auto denominator = *rc::gen::inRange<std::int64_t>(1, 10'000);
  return Rational(numerator) / Rational(denominator);
}

Rational arbitrary_step() {
  return *rc::gen::element(value("1"), value("0.25"), value("0.01"), value("5"), value("1/3"), value("7/2"));
}

mpq_class in_gmp(const Rational& number) { return {number.numerator(), number.denominator()}; }

/// Numerators and denominators on both sides of what an object holds itself.
std::int64_t near_the_border() {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min(), kMost = std::numeric_limits<std::int64_t>::max();
  return *rc::gen::oneOf(rc::gen::element(kLeast, kLeast + 1, kMost, kMost - 1, std::int64_t{0}, std::int64_t{1}, std::int64_t{1} << 32),
                         rc::gen::inRange<std::int64_t>(-1000, 1000), rc::gen::arbitrary<std::int64_t>());
}
Rational of_any_size() {
  const std::int64_t denominator = near_the_border();
  const Rational number(near_the_border(), denominator == 0 ? 7 : denominator);
  return *rc::gen::inRange(0, 4) == 0 ? number * Rational(near_the_border()) : number;
}

/// Runs a property and reports it to Catch.
template <typename Property>
void holds(const std::string& what, Property property) {
  const bool passed = rc::check(what, property);
  CHECK(passed);
}

}  // namespace

TEST_CASE("numbers of the object and numbers of the heap are the same numbers") {
  holds("every operation gives what GMP gives, in lowest terms and one form", [] {
    const Rational a = of_any_size(), b = of_any_size();
    const auto same = [](const Rational& number, mpq_class expected) {
      expected.canonicalize();
      RC_ASSERT(number.numerator() == expected.get_num());
      RC_ASSERT(number.denominator() == expected.get_den());
      RC_ASSERT(number == Rational(expected.get_num(), expected.get_den()));
      RC_ASSERT(number.sign() == sgn(expected));
    };
    same(a + b, in_gmp(a) + in_gmp(b));
    same(a - b, in_gmp(a) - in_gmp(b));
    same(a * b, in_gmp(a) * in_gmp(b));
    same(-a, -in_gmp(a));
    if (b.sign() != 0) same(a / b, in_gmp(a) / in_gmp(b));
    RC_ASSERT((a < b) == (in_gmp(a) < in_gmp(b)));
    RC_ASSERT((a == b) == (in_gmp(a) == in_gmp(b)));
    Rational copy = a, moved = b;
    copy = moved;
    moved = std::move(copy);
    RC_ASSERT(moved == b);
  });
}

TEST_CASE("numbers are read from their digits") {
  CHECK(value("12.5") == Rational(25) / Rational(2));
  CHECK(value("-3") == Rational(-3));
  CHECK(value("1e3") == Rational(1000));
  CHECK(value("2.50E-2") == Rational(1) / Rational(40));
  CHECK(value("1e+2") == Rational(100));
  CHECK(value("1/3") * Rational(3) == Rational(1));
  CHECK(value("-6/4").numerator() == -3);
  CHECK(value("-6/4").denominator() == 2);
  CHECK(value("-0").sign() == 0);
  CHECK(value("007") == Rational(7));
  CHECK(value("0.1") + value("0.2") == value("0.3"));
}

TEST_CASE("what is not a number is refused") {
  for (const char* text : {"",      "-",        "+1",      ".5",       "5.",
                           "1,5",   "1e",       "1e+",     "e3",       "--1",
                           "1/0",   "1/",       "/2",      "1/-2",     "1.5/2",
                           "1e3/2", " 1",       "1 ",      "1_000",    "0x10",
                           "NaN",   "Infinity", "1e10000", "1e-10000", "1e99999999999999999999",
                           "１"}) {
    CAPTURE(text);
    CHECK_FALSE(Rational::parse(text));
  }
  CHECK(Rational::parse("1e9999"));
  CHECK_FALSE(Rational::parse(std::string_view("1\0", 2)));
}

TEST_CASE("places after the mark") {
  CHECK(value("5").decimal_places() == 0);
  CHECK(value("0").decimal_places() == 0);
  CHECK(value("0.25").decimal_places() == 2);
  CHECK(value("1/8").decimal_places() == 3);
  CHECK(value("3/50").decimal_places() == 2);
  CHECK_FALSE(value("1/3").decimal_places());
  CHECK_FALSE(value("1/8").decimal_places(2));
  CHECK(value("1e-34").decimal_places() == 34);
  CHECK_FALSE(value("1e-35").decimal_places());
}

TEST_CASE("exact text") {
  CHECK(value("12.50").exact_text() == "12.5");
  CHECK(value("12.50").exact_text(',') == "12,5");
  CHECK(value("-0.05").exact_text() == "-0.05");
  CHECK(value("200").exact_text() == "200");
  CHECK(value("0").exact_text() == "0");
  CHECK(value("-2/6").exact_text() == "-1/3");
}

TEST_CASE("printing rounds half up and never shows a negative zero") {
  CHECK(value("2/3").print(2) == "0.67");
  CHECK(value("89.995").print(2) == "90.00");
  CHECK(value("-89.995").print(2, ',') == "-90,00");
  CHECK(value("-0.001").print(2) == "0.00");
  CHECK(value("7.5").print(0) == "8");
  CHECK(value("7").print(1) == "7.0");
}

TEST_CASE("ties and signs under every mode") {
  struct Row {
    const char* number;
    const char* half_up;
    const char* half_even;
    const char* half_down;
    const char* up;
    const char* down;
    const char* ceiling;
    const char* floor;
  };
  const Row rows[] = {
      {"2.5", "3", "2", "2", "3", "2", "3", "2"},         {"3.5", "4", "4", "3", "4", "3", "4", "3"},
      {"-2.5", "-3", "-2", "-2", "-3", "-2", "-2", "-3"}, {"-3.5", "-4", "-4", "-3", "-4", "-3", "-3", "-4"},
      {"0.5", "1", "0", "0", "1", "0", "1", "0"},         {"-0.5", "-1", "0", "0", "-1", "0", "0", "-1"},
      {"2.4", "2", "2", "2", "3", "2", "3", "2"},         {"-2.6", "-3", "-3", "-3", "-3", "-2", "-2", "-3"},
      {"2", "2", "2", "2", "2", "2", "2", "2"},           {"-2", "-2", "-2", "-2", "-2", "-2", "-2", "-2"},
  };
  for (const Row& row : rows) {
    const char* expected[] = {row.half_up, row.half_even, row.half_down, row.up, row.down, row.ceiling, row.floor};
    for (std::size_t mode = 0; mode < std::size(kModes); ++mode) {
      CAPTURE(row.number, mode);
      CHECK(value(row.number).round_to(Rational(1), kModes[mode]) == value(expected[mode]));
    }
  }
  CHECK(value("8.37").round_to(value("0.25"), Rounding::half_up) == value("8.25"));
  CHECK(value("8.375").round_to(value("0.25"), Rounding::half_up) == value("8.5"));
}

TEST_CASE("rounding gives a near multiple of the step") {
  holds("multiple within one step, on the right side", [] {
    const Rational number = arbitrary();
    const Rational step = arbitrary_step();
    for (const Rounding mode : kModes) {
      const Rational rounded = number.round_to(step, mode);
      RC_ASSERT((rounded / step).is_integer());
      RC_ASSERT(absolute(rounded - number) < step);
      RC_ASSERT(rounded.round_to(step, mode) == rounded);
      if (mode == Rounding::ceiling) RC_ASSERT(rounded >= number);
      if (mode == Rounding::floor) RC_ASSERT(rounded <= number);
      if (mode == Rounding::up) RC_ASSERT(absolute(rounded) >= absolute(number));
      if (mode == Rounding::down) RC_ASSERT(absolute(rounded) <= absolute(number));
    }
  });
  holds("half modes are nearest and mirror at zero", [] {
    const Rational number = arbitrary();
    const Rational step = arbitrary_step();
    for (const Rounding mode : {Rounding::half_up, Rounding::half_even, Rounding::half_down}) {
      const Rational rounded = number.round_to(step, mode);
      RC_ASSERT(absolute(rounded - number) * Rational(2) <= step);
      RC_ASSERT((-number).round_to(step, mode) == -rounded);
    }
  });
  holds("rounding keeps order", [] {
    Rational low = arbitrary();
    Rational high = arbitrary();
    if (high < low) std::swap(low, high);
    const Rational step = arbitrary_step();
    for (const Rounding mode : kModes) RC_ASSERT(low.round_to(step, mode) <= high.round_to(step, mode));
  });
}

TEST_CASE("arithmetic keeps the laws of a field, and text keeps the value") {
  holds("field laws", [] {
    const Rational a = arbitrary();
    const Rational b = arbitrary();
    const Rational c = arbitrary();
    RC_ASSERT(a + b == b + a);
    RC_ASSERT((a + b) + c == a + (b + c));
    RC_ASSERT(a * (b + c) == a * b + a * c);
    RC_ASSERT(a - a == Rational(0));
    if (b.sign() != 0) RC_ASSERT(a / b * b == a);
    RC_ASSERT(((a <=> b) == std::strong_ordering::less) == ((a - b).sign() < 0));
  });
  holds("exact text reads back", [] {
    const Rational a = arbitrary();
    RC_ASSERT(Rational::parse(a.exact_text()) == a);
  });
  holds("floor and ceiling", [] {
    const Rational a = arbitrary();
    RC_ASSERT(Rational(a.floor()) == a.round_to(Rational(1), Rounding::floor));
    RC_ASSERT(Rational(a.ceiling()) == a.round_to(Rational(1), Rounding::ceiling));
  });
}

TEST_CASE("a ratio against a percentage holds exactly at the boundary") {
  CHECK(Rational(9) / Rational(10) >= value("90") / Rational(100));
  CHECK(Rational(1) / Rational(3) < value("0.333333333333333333333333333334"));
  CHECK(Rational(1) / Rational(3) > value("0.333333333333333333333333333333"));
}

TEST_CASE("numbers that fit a machine word") {
  CHECK(value("9223372036854775807").to_int64() == INT64_MAX);
  CHECK(value("-9223372036854775808").to_int64() == INT64_MIN);
  CHECK_FALSE(value("9223372036854775808").to_int64());
  CHECK_FALSE(value("0.5").to_int64());
  CHECK(power_of_ten(-3) == value("0.001"));
  CHECK(power_of_ten(0) == Rational(1));
}

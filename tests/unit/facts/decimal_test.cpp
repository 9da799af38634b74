#include <catch2/catch.hpp>

#include <random>
#include <string>

#include "base/numeric/rational.h"
#include "runtime/facts/decimal.h"

namespace quy::facts {

TEST_CASE("decimal tokens") {
  struct Case {
    std::string_view token;
    int digits;
    DecimalFault fault;
    std::int64_t scaled;
  };
  using enum DecimalFault;
  const Case cases[] = {
      {"0", 0, none, 0},
      {"-0", 0, none, 0},
      {"-0.00", 1, none, 0},
      {"0e5", 0, none, 0},
      {"0.0e-999999999999", 0, none, 0},
      {"9.5", 1, none, 95},
      {"9.50", 1, none, 95},
      {"9.55", 1, too_many_digits, 0},
      {"95e-1", 1, none, 95},
      {"0.95E+1", 1, none, 95},
      {"1e18", 0, none, 1'000'000'000'000'000'000},
      {"1e19", 0, too_large, 0},
      {"9223372036854775807", 0, none, INT64_MAX},
      {"9223372036854775808", 0, too_large, 0},
      {"-9223372036854775807", 0, none, -INT64_MAX},
      {"92233720368547758.07", 2, none, INT64_MAX},
      {"123456789012345678", 0, none, 123456789012345678},
      {"12345678901234567", 2, none, 1234567890123456700},
      {"0.000000000000000001", 18, none, 1},
      {"0.0000000000000000010000", 18, none, 1},
      {"0.0000000000000000001", 18, too_many_digits, 0},
      {"1e999999999999999999999", 0, too_large, 0},
      {"1e-999999999999999999999", 0, too_many_digits, 0},
      {"", 0, malformed, 0},
      {"-", 0, malformed, 0},
      {"01", 0, malformed, 0},
      {"-01", 0, malformed, 0},
      {"1.", 0, malformed, 0},
      {".1", 0, malformed, 0},
      {"1e", 0, malformed, 0},
      {"1e+", 0, malformed, 0},
      {"1e1.5", 0, malformed, 0},
      {"+1", 0, malformed, 0},
      {"1 ", 0, malformed, 0},
      {"1x", 0, malformed, 0},
      {"0x10", 0, malformed, 0},
      {"00", 0, malformed, 0},
      {"1.5.5", 1, malformed, 0},
      {"1234567890123456789012345x", 0, malformed, 0},
      {"01234567890123456789", 0, malformed, 0},
      {"1.12345678901234567890.", 0, malformed, 0},
  };
  for (const Case& row : cases) {
    INFO(row.token);
    std::int64_t scaled = 0;
    CHECK(static_cast<int>(parse_decimal(row.token, row.digits, scaled)) == static_cast<int>(row.fault));
    if (row.fault == none) CHECK(scaled == row.scaled);
    CHECK(is_json_number(row.token) == (row.fault != malformed));
  }
}

TEST_CASE("decimal tokens agree with exact rationals") {
  std::mt19937_64 random(11);
  const auto digits_of = [&](std::size_t most) {
    std::string digits;
    for (std::size_t i = random() % most + 1; i > 0; --i)
      digits += static_cast<char>('0' + (random() % 3 == 0 ? 0 : random() % 10));
    return digits;
  };
  const Rational largest(INT64_MAX);
  for (int round = 0; round < 20'000; ++round) {
    std::string token = random() % 2 ? "-" : "";
    std::string whole = digits_of(random() % 4 == 0 ? 25 : 6);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    token += whole;
    if (random() % 2) token += "." + digits_of(random() % 4 == 0 ? 25 : 4);
    if (random() % 4 == 0) token += (random() % 2 ? "e" : "E-") + std::to_string(random() % 25);
    const int digits = static_cast<int>(random() % 19);
    std::int64_t scaled = 0;
    const DecimalFault fault = parse_decimal(token, digits, scaled);
    std::string plain = token;
    std::replace(plain.begin(), plain.end(), 'E', 'e');
    const Rational exact = *Rational::parse(plain) * power_of_ten(digits);
    INFO(token << " at " << digits);
    if (!exact.is_integer()) {
      CHECK(fault == DecimalFault::too_many_digits);
    } else if (exact > largest || exact < -largest) {
      CHECK(fault == DecimalFault::too_large);
    } else {
      REQUIRE(fault == DecimalFault::none);
      CHECK(Rational(scaled) == exact);
      std::int64_t again = 0;
      CHECK(parse_decimal(decimal_text(scaled, digits), digits, again) == DecimalFault::none);
      CHECK(again == scaled);
    }
  }
}

TEST_CASE("the short way to a number comes to what the long way does") {
  std::mt19937_64 random(20);
  const auto up_to = [&](std::size_t most) { return static_cast<std::size_t>(random() % (most + 1)); };
  std::size_t read = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string token;
    for (std::size_t left = 1 + up_to(10); left > 0; --left) token += up_to(7) == 0 ? ".e-"[up_to(2)] : static_cast<char>('0' + up_to(9));
    const int digits = static_cast<int>(up_to(9));
    const std::string text = token + ",\"after\":1.5, and more that is never a number";
    std::int64_t plain = 0, scaled = 0;
    const char* const after = parse_plain(text.c_str(), digits, plain);
    INFO(token << " with " << digits << " digits");
    if (after == nullptr) continue;   // not for the short way
    REQUIRE((*after < '0' || *after > '9'));
    if (after != text.c_str() + token.size()) continue;   // only its beginning is a number
    REQUIRE(parse_decimal(token, digits, scaled) == DecimalFault::none);
    REQUIRE(plain == scaled);
    ++read;
  }
  CHECK(read > 50'000);
  for (const std::string_view token : {"0", "7", "10", "1234567", "12345678", "3.75", "0.5", "123456.7", "1.234567", "12.34567", "100.25"}) {
    const std::string text = std::string(token) + "}                                ";
    std::int64_t plain = 0;
    const int digits = token.find('.') == std::string_view::npos ? 0 : 6;
    INFO(token);
    CHECK(parse_plain(text.c_str(), digits, plain) == text.c_str() + token.size());
  }
}

}  // namespace quy::facts

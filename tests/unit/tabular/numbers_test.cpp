// What cells of tables say: numbers as people type them, numbers as workbooks store them, formats that say what a number means.

#include <catch2/catch.hpp>

#include "base/numeric/rational.h"
#include "runtime/tabular/cell_json.h"
#include "runtime/tabular/number_format.h"
#include "runtime/tabular/stored_number.h"

namespace quy::tabular {

TEST_CASE("numbers as people type them") {
  const std::pair<const char*, const char*> read[] = {{"12", "12"},           {"12,5", "12.5"},         {"12.5", "12.5"},
                                                     {"-3", "-3"},           {"1.234.567", "1234567"}, {"1,234,567", "1234567"},
                                                     {"1 234 567,25", "1234567.25"}, {"1.234.567,25", "1234567.25"},
                                                     {"1,234,567.25", "1234567.25"}, {"0,50", "0.50"}, {" - 1\u00a0234 ", "-1234"}};
  for (const auto& [typed, number] : read) {
    INFO(typed);
    CHECK(typed_number(typed) == std::optional<std::string>(number));
  }
  for (const char* other : {"1.234", "1,234", "", "x", "12,5,5", "1.23.456", "--1", "12 5", "1 23 456", "1 234.567.890", "1,5 0", "1e3x"}) {
    INFO(other);
    CHECK(typed_number(other) == std::nullopt);
  }
}

TEST_CASE("numbers as workbooks store them") {
  const std::pair<const char*, const char*> read[] = {{"7", "7"}, {"2.2999999999999998", "2.3"}, {"0.90000000000000002", "0.9"}, {"1234567.25", "1234567.25"}};
  for (const auto& [stored, number] : read) {
    INFO(stored);
    CHECK(stored_number(stored) == std::optional<std::string>(number));
  }
  CHECK(stored_number("seven") == std::nullopt);
  CHECK(stored_number("") == std::nullopt);
}

TEST_CASE("a percentage is its fraction times a hundred, digit by digit") {
  const std::pair<const char*, const char*> read[] = {{"0.9", "90"}, {"1", "100"}, {"0.125", "12.5"}, {"5E-2", "5"}, {"1.5e+1", "1500"}};
  for (const auto& [fraction, percent] : read) {
    INFO(fraction);
    CHECK(Rational::parse(times_hundred(fraction)) == Rational::parse(percent));
  }
}

TEST_CASE("formats that say what a number means") {
  CHECK(format_of_code("dd/mm/yyyy").day);
  CHECK(format_of_code("0%").percent);
  CHECK(format_of_code("0000").zero_fill == 4);
  const NumberFormat plain = format_of_code("#,##0.00");
  CHECK((!plain.day && !plain.percent && plain.zero_fill == 0));
  CHECK(built_in_format(14).day);
  CHECK(built_in_format(9).percent);
  CHECK(!built_in_format(0).day);
}

}  // namespace quy::tabular

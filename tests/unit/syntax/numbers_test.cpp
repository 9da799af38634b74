#include "compiler/syntax/numbers.h"

#include <catch2/catch.hpp>

namespace quy::syntax {
namespace {

std::string read(std::string_view text, Language language) {
  const NumberReading reading = read_number(text, language);
  switch (reading.problem) {
    case NumberProblem::none: return reading.value.exact_text();
    case NumberProblem::wrong_mark: return "wrong mark" + (reading.fix.empty() ? "" : ": " + reading.fix);
    case NumberProblem::many_marks: return "list: " + reading.fix;
    case NumberProblem::too_long: return "too long";
  }
  return "?";
}

TEST_CASE("numbers of Vietnamese files") {
  CHECK(read("0", Language::vi) == "0");
  CHECK(read("007", Language::vi) == "7");
  CHECK(read("12,50", Language::vi) == "12.5");
  CHECK(read("1.000", Language::vi) == "1000");
  CHECK(read("1.234.567,25", Language::vi) == "1234567.25");
  CHECK(read("1.00", Language::vi) == "wrong mark: 1,00");
  CHECK(read("1.5", Language::vi) == "wrong mark: 1,5");
  CHECK(read("1,234.5", Language::vi) == "wrong mark: 1.234,5");
  CHECK(read("12345.678", Language::vi) == "wrong mark: 12345,678");
  CHECK(read("100,80,60,0", Language::vi) == "list: 100; 80; 60; 0");
  CHECK(read("1.2.3", Language::vi) == "wrong mark");
  CHECK(read("1,5.000", Language::vi) == "wrong mark");
}

TEST_CASE("numbers of English files") {
  CHECK(read("12.50", Language::en) == "12.5");
  CHECK(read("1,234,567.25", Language::en) == "1234567.25");
  CHECK(read("1,5", Language::en) == "wrong mark: 1.5");
  CHECK(read("100.80.60", Language::en) == "list: 100; 80; 60");
}

TEST_CASE("numbers without end are refused") {
  CHECK(read(std::string(100'000, '9'), Language::vi) == "too long");
}

TEST_CASE("marks of the other language") {
  CHECK(swap_marks("1.234,5") == "1,234.5");
  CHECK(swap_marks(swap_marks("1.234,5")) == "1.234,5");
}

}  // namespace
}  // namespace quy::syntax

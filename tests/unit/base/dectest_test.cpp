// Mike Cowlishaw's General Decimal Arithmetic test cases, run against Rational: the exact result, rounded once to the case's
// precision under its rounding mode, must have the value that the case states.
//
// The files are not ours and not in the repository; `./dev test` fetches them (scripts/fetch-dectest.sh) and sets QUY_DECTEST_DIR.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cstdlib>
#include <map>
#include <sstream>

#include "base/file_io.h"
#include "base/numeric/rational.h"

using namespace quy;

namespace {

struct Context {
  int precision = 9;
  int min_exponent = -383;
  std::optional<Rounding> rounding = Rounding::half_up;
};

struct Case {
  std::string id;
  std::string operation;
  std::vector<std::string> operands;
  std::string result;
  std::vector<std::string> conditions;
};

/// A number with the exponent of its last digit, which quantize looks at.
struct Decimal {
  Rational value;
  int exponent = 0;
};

enum class Verdict { passed, failed, skipped };

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// The words of a line; a word in quotes may hold anything. A comment ends the line.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (true) {
    at = line.find_first_not_of(" \t\r", at);
    if (at == std::string::npos || line.compare(at, 2, "--") == 0) return words;
    std::size_t end = 0;
    if (line[at] == '\'' || line[at] == '"') {
      end = std::min(line.find(line[at], at + 1), line.size());
      words.push_back(line.substr(at + 1, end - at - 1));
      ++end;
    } else {
      end = std::min(line.find_first_of(" \t\r", at), line.size());
      words.push_back(line.substr(at, end - at));
    }
    at = end;
  }
}

std::optional<Rounding> rounding_named(const std::string& name) {
  static const std::map<std::string, Rounding> names{
      {"half_up", Rounding::half_up}, {"half_even", Rounding::half_even}, {"half_down", Rounding::half_down},
      {"up", Rounding::up},           {"down", Rounding::down},           {"ceiling", Rounding::ceiling},
      {"floor", Rounding::floor}};
  const auto found = names.find(lower(name));
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

void apply_directive(Context& context, const std::string& name, const std::string& value) {
  const std::string key = lower(name);
  if (key == "precision:") context.precision = std::stoi(value);
  if (key == "minexponent:") context.min_exponent = std::stoi(value);
  if (key == "rounding:") context.rounding = rounding_named(value);
}

std::optional<Case> case_of(const std::vector<std::string>& words) {
  const auto arrow = std::find(words.begin(), words.end(), "->");
  if (arrow == words.end() || arrow - words.begin() < 3 || words.end() - arrow < 2) return std::nullopt;
  return Case{words[0], lower(words[1]), {words.begin() + 2, arrow}, arrow[1], {arrow + 2, words.end()}};
}

/// A finite number in the suite's forms, which also allow `+5`, `.5` and `5.`; nothing for the rest.
std::optional<Decimal> decimal_of(std::string text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.erase(0, 1);
  const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  std::string digits = text.substr(0, exponent_at);
  const std::string exponent = text.substr(exponent_at);
  const std::size_t mark = digits.find('.');
  const int places = mark == std::string::npos ? 0 : static_cast<int>(digits.size() - mark - 1);
  if (digits.starts_with('.')) digits.insert(0, "0");
  if (digits.ends_with('.')) digits.pop_back();
  const auto value = Rational::parse(digits + exponent);
  if (!value || digits.find('/') != std::string::npos) return std::nullopt;
  return Decimal{negative ? -*value : *value, (exponent.empty() ? 0 : std::stoi(exponent.substr(1))) - places};
}

/// Whether the case is about the value of an arithmetic result; overflow and invalid operations are about the format.
bool about_arithmetic(const Case& test) {
  static const std::vector<std::string> harmless{"inexact", "rounded", "subnormal", "underflow", "clamped"};
  return std::all_of(test.conditions.begin(), test.conditions.end(), [](const std::string& condition) {
    return std::find(harmless.begin(), harmless.end(), lower(condition)) != harmless.end();
  });
}

/// The exponent of the first digit of a number that is not zero.
int leading_exponent(const Rational& number) {
  const auto digits = [](const Integer& integer) { return static_cast<int>(Integer(abs(integer)).get_str().size()); };
  const Rational size = number.sign() < 0 ? -number : number;
  const int guess = digits(number.numerator()) - digits(number.denominator());
  return size >= power_of_ten(guess) ? guess : guess - 1;
}

/// The value rounded to the precision of the context, and no finer than its smallest exponent.
Rational in_context(const Rational& exact, const Context& context) {
  if (exact.sign() == 0) return exact;
  const int finest = context.min_exponent - context.precision + 1;
  const int last_digit = std::max(leading_exponent(exact) - context.precision + 1, finest);
  return exact.round_to(power_of_ten(last_digit), *context.rounding);
}

std::optional<Rational> computed(const Case& test, const Decimal& a, const Decimal& b, const Context& context) {
  if (test.operation == "add") return in_context(a.value + b.value, context);
  if (test.operation == "subtract") return in_context(a.value - b.value, context);
  if (test.operation == "multiply") return in_context(a.value * b.value, context);
  if (test.operation == "divide" && b.value.sign() != 0) return in_context(a.value / b.value, context);
  if (test.operation == "compare") return Rational(a.value < b.value ? -1 : a.value == b.value ? 0 : 1);
  if (test.operation == "quantize") return a.value.round_to(power_of_ten(b.exponent), *context.rounding);
  return std::nullopt;
}

Verdict run_case(const Case& test, const Context& context) {
  if (!context.rounding || test.operands.size() != 2 || !about_arithmetic(test)) return Verdict::skipped;
  const auto a = decimal_of(test.operands[0]);
  const auto b = decimal_of(test.operands[1]);
  const auto expected = decimal_of(test.result);
  if (!a || !b || !expected) return Verdict::skipped;
  const auto result = computed(test, *a, *b, context);
  if (!result) return Verdict::skipped;
  return *result == expected->value ? Verdict::passed : Verdict::failed;
}

std::size_t run_file(const std::string& path) {
  const auto text = read_file(path, 16 << 20);
  if (!text) {
    FAIL("cannot read " << path);
    return 0;
  }
  Context context;
  std::size_t ran = 0;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    const std::vector<std::string> words = words_of(line);
    if (words.size() >= 2 && words[0].ends_with(':')) apply_directive(context, words[0], words[1]);
    const auto test = case_of(words);
    if (!test) continue;
    const Verdict verdict = run_case(*test, context);
    if (verdict == Verdict::failed) FAIL_CHECK(line);
    if (verdict != Verdict::skipped) ++ran;
  }
  return ran;
}

}  // namespace

TEST_CASE("decimal arithmetic agrees with the decTest suite") {
  const char* folder = std::getenv("QUY_DECTEST_DIR");
  if (!folder) {
    WARN("QUY_DECTEST_DIR is not set: the decTest cases did not run (./dev test fetches and runs them)");
    return;
  }
  struct File {
    const char* name;
    std::size_t least;  // cases that must have run; a little below what runs with the suite of Debian 12
  };
  const File files[] = {{"add", 1800},    {"subtract", 550}, {"multiply", 280},
                        {"compare", 500}, {"quantize", 550}, {"rounding", 700}};
  for (const File& file : files) {
    const std::size_t ran = run_file(std::string(folder) + "/" + file.name + ".decTest");
    CAPTURE(file.name, ran);
    CHECK(ran >= file.least);
  }
}

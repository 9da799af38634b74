#include "compiler/syntax/numbers.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace quy::syntax {
namespace {

constexpr std::size_t kMostDigits = 60;

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (std::size_t end = text.find(mark); end != std::string_view::npos; end = text.find(mark)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

std::string join(const std::vector<std::string_view>& parts, std::string_view between) {
  std::string joined;
  for (const std::string_view part : parts) {
    if (!joined.empty()) joined += between;
    joined += part;
  }
  return joined;
}

/// `1.234.567`: one to three digits, then exactly three in every further group.
bool is_grouped(const std::vector<std::string_view>& groups) {
  if (groups.size() == 1) return true;
  return groups.front().size() <= 3 && std::all_of(groups.begin() + 1, groups.end(), [](std::string_view group) { return group.size() == 3; });
}

/// What the author most likely meant by a number whose marks do not fit. With the marks of the other language it is that number;
/// with one mark it is the decimal one; with several it is a list.
NumberReading misread(std::string_view text, Language language) {
  NumberReading reading;
  const char decimal = language == Language::vi ? ',' : '.';
  const char grouping = language == Language::vi ? '.' : ',';
  const auto decimals = split(text, decimal);
  const bool one_kind_of_mark = text.find(decimal) == std::string_view::npos || text.find(grouping) == std::string_view::npos;
  const bool swapped_fits = split(text, grouping).size() == 2 && is_grouped(split(text.substr(0, text.find(grouping)), decimal));
  if (swapped_fits) {
    reading.problem = NumberProblem::wrong_mark;
    reading.fix = swap_marks(text);
  } else if (one_kind_of_mark && decimals.size() > 2) {
    reading.problem = NumberProblem::many_marks;
    reading.fix = join(decimals, "; ");
  } else {
    reading.problem = NumberProblem::wrong_mark;
  }
  return reading;
}

}  // namespace

NumberReading read_number(std::string_view text, Language language) {
  const char decimal = language == Language::vi ? ',' : '.';
  const char grouping = language == Language::vi ? '.' : ',';
  const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
  if (digits > kMostDigits) return {NumberProblem::too_long, {}, {}};

  const auto parts = split(text, decimal);
  const auto groups = split(parts.front(), grouping);
  const bool grouped_after_mark = parts.size() == 2 && parts.back().find(grouping) != std::string_view::npos;
  if (parts.size() > 2 || grouped_after_mark || !is_grouped(groups)) return misread(text, language);

  std::string plain = join(groups, "");
  if (parts.size() == 2) plain.append(".").append(parts.back());
  return {NumberProblem::none, Rational::parse(plain).value_or(Rational()), {}};
}

std::string swap_marks(std::string_view text) {
  std::string swapped(text);
  for (char& c : swapped) c = c == ',' ? '.' : c == '.' ? ',' : c;
  return swapped;
}

}  // namespace quy::syntax

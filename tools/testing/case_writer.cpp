#include "tools/testing/case_writer.h"

#include <fmt/format.h>

#include <stdexcept>

#include "compiler/syntax/format.h"
#include "compiler/syntax/spelling.h"

namespace quy::tools {

using syntax::spelled;

namespace {

constexpr int kDefaultYear = 2025;

/// A number that a test can write; nothing when its decimals do not end.
bool ends(const Rational& number) { return number.exact_text().find('/') == std::string::npos; }

std::string number_text(const Rational& number) { return number.exact_text(','); }

/// The two hundredths around a number.
std::string enclosing(const Rational& number) {
  const Integer below = (number * Rational(100)).floor();
  return fmt::format("từ {} đến {}", number_text(Rational(below) / Rational(100)),
                     number_text(Rational(Integer(below + 1)) / Rational(100)));
}

/// `điểm x = 5`, `điểm x từ 0 đến 70`, `điểm x không áp dụng`; `tổng điểm 85` has no sign.
std::string points_text(const std::string& of, const char* sign, const vm::Range& points) {
  if (points.left_out) return of + " không áp dụng";
  if (!points.known()) return fmt::format("{} từ {} đến {}", of, number_text(points.low), number_text(points.high));
  return of + (ends(points.low) ? sign + number_text(points.low) : " " + enclosing(points.low));
}

std::string formatted(const std::string& name, const std::string& text) {
  SourceMap sources;
  const std::optional<FileId> file = sources.add(name, text, nullptr);
  if (!file) throw std::logic_error("a test that cannot be read back: " + name);
  return syntax::format(sources, *file);
}

}  // namespace

int test_year(const sema::Pack& pack) {
  return pack.in_force_from ? civil_date(*pack.in_force_from).year : kDefaultYear;
}

CaseWriter::CaseWriter(const bytecode::Module& module, const bytecode::Subject& subject, const sema::Pack& pack,
                       const sema::Subject& source)
    : pack_(pack),
      source_(source),
      texts_(module),
      writer_(module, subject, names(), test_year(pack), std::string(texts_.pool.text(texts_.own_unit))) {}

std::string CaseWriter::text(const analysis::TestCase& test) const { return formatted(test.title, writer_.text(test)); }

std::string CaseWriter::criterion_points(std::uint32_t criterion, const vm::Range& points) const {
  return points_text("điểm " + spelled(source_.criteria[criterion].name), " = ", points);
}

std::string CaseWriter::group_points(std::uint32_t group, const vm::Range& points) const {
  return points_text("điểm " + spelled(source_.groups[group].name), " = ", points);
}

std::string CaseWriter::total_points(const vm::Range& points) const { return points_text("tổng điểm", " ", points); }

std::string CaseWriter::outcome(std::uint32_t outcome) const {
  if (outcome == vm::kOutcomeGap) return "không mức nào";
  if (outcome == vm::kOutcomeNotRated) return "không xếp loại";
  if (outcome == vm::kOutcomeAuthority) return "thẩm quyền quyết định";
  return "xếp loại " + spelled(source_.rating->levels[outcome].name);
}

analysis::TestWriter::Names CaseWriter::names() const {
  const std::string path = pack_.spellings.of(source_.id.substr(source_.id.find('.') + 1));
  return {spelled(path), [this](const std::string& id) { return spelling(id); },
          [this](std::int64_t text) { return texts_.pool.text(text); }};
}

std::string CaseWriter::spelling(const std::string& id) const {
  if (source_.rating)
    for (const sema::Level& level : source_.rating->levels)
      if (level.id == id) return level.name;
  for (const sema::Criterion& criterion : source_.criteria)
    if (criterion.id == id) return criterion.name;
  return pack_.spellings.of(id);
}

}  // namespace quy::tools

#include "tools/lint/write_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "tools/lint/fix.h"
#include "tools/lint/rule.h"

namespace quy::lint {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidestLine = 140;  // columns of source that are shown

std::string place(const SourceMap& sources, Span span) {
  const LineColumn at = sources.line_column(span.file, span.begin);
  return fmt::format("{}:{}:{}: ", printable(sources.name(span.file)), at.line, at.column);
}

/// The line where the span begins and the underline below it; a long line shows what follows the place.
void snippet(std::ostream& out, const SourceMap& sources, Span span, char mark) {
  const std::string_view line = sources.line_text(span.file, span.begin);
  const std::uint32_t begin_of_line = sources.line_begin(span.file, span.begin);
  const std::size_t begin = std::min<std::size_t>(span.begin - begin_of_line, line.size());
  const std::size_t end = std::clamp<std::size_t>(span.end - begin_of_line, begin, line.size());
  const bool cut = display_width(line) > kWidestLine;
  const std::string before = cut ? "… " : printable(line.substr(0, begin));
  const std::string marked = printable(line.substr(begin, end - begin)), after = cut ? "" : printable(line.substr(end));
  const std::string number = std::to_string(sources.line_column(span.file, span.begin).line);
  out << "  " << number << " | " << before << marked << after << '\n';
  out << "  " << std::string(number.size(), ' ') << " | " << std::string(display_width(before), ' ')
      << std::string(std::max<std::size_t>(display_width(marked), 1), mark) << '\n';
}

const char* fix_note(const Finding& finding, Language language) {
  if (finding.edits.empty()) return "";
  const bool plain = finding.rule->fix == FixKind::keeps_meaning;
  if (language == Language::vi) return plain ? " (`--fix` sửa được)" : " (`--fix-rewrites` sửa được)";
  return plain ? " (`--fix` mends it)" : " (`--fix-rewrites` mends it)";
}

void write_one(std::ostream& out, const SourceMap& sources, const Finding& finding, Language language) {
  out << place(sources, finding.span) << level_word(finding.level()) << '[' << finding.rule->id
      << "]: " << printable(finding.message.in(language)) << '\n';
  snippet(out, sources, finding.span, '^');
  for (const Label& label : finding.labels) {
    if (!label.span.valid()) continue;
    out << "  - " << place(sources, label.span) << printable(label.text.in(language)) << '\n';
  }
  if (!finding.advice.in(language).empty())
    out << "  = " << (language == Language::vi ? "gợi ý: " : "help: ") << printable(finding.advice.in(language))
        << fix_note(finding, language) << '\n';
  for (const std::string& test : finding.tests) out << test;
}

void write_count(std::ostream& out, const std::vector<Finding>& findings, Language language) {
  std::size_t by_level[3] = {};
  for (const Finding& finding : findings) ++by_level[static_cast<std::size_t>(finding.level())];
  const auto mendable =
      std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return is_mendable(f, true); });
  const char* words = language == Language::vi
                          ? "{} lỗi, {} cảnh báo, {} lời khuyên; {} chỗ sửa tự động được\n"
                          : "{} errors, {} warnings, {} pieces of advice; {} can be mended automatically\n";
  out << fmt::format(fmt::runtime(words), by_level[0], by_level[1], by_level[2], mendable);
}

void add_place(Json& object, const SourceMap& sources, Span span) {
  const LineColumn begin = sources.line_column(span.file, span.begin), end = sources.line_column(span.file, span.end);
  object["file"] = sources.name(span.file);
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
}

Json finding_json(const SourceMap& sources, const Finding& finding, Language language) {
  Json object = Json::object();
  object["rule"] = finding.rule->id;
  object["title"] = finding.rule->title.in(language);
  object["level"] = level_word(finding.level());
  object["settled"] = finding.settled;
  add_place(object, sources, finding.span);
  object["message"] = finding.message.in(language);
  object["help"] = finding.advice.in(language);
  object["labels"] = Json::array();
  for (const Label& label : finding.labels) {
    if (!label.span.valid()) continue;
    Json each = Json::object();
    add_place(each, sources, label.span);
    each["text"] = label.text.in(language);
    object["labels"].push_back(std::move(each));
  }
  object["fix"] = Json::array();
  for (const Edit& edit : finding.edits) {
    Json each = Json::object();
    add_place(each, sources, edit.span);
    each["replacement"] = edit.replacement;
    object["fix"].push_back(std::move(each));
  }
  object["tests"] = finding.tests;
  return object;
}

}  // namespace

void write_findings(std::ostream& out, const SourceMap& sources, const std::vector<Finding>& findings,
                    Language language) {
  for (const Finding& finding : findings) write_one(out, sources, finding, language);
  if (!findings.empty()) write_count(out, findings, language);
}

void write_findings_json(std::ostream& out, const SourceMap& sources, const std::vector<Finding>& findings,
                         Language language) {
  Json array = Json::array();
  for (const Finding& finding : findings) array.push_back(finding_json(sources, finding, language));
  out << array.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace quy::lint

#include "tools/lint/ignores.h"

#include <algorithm>
#include <optional>
#include <regex>

#include "tools/lint/rule.h"
#include "tools/lint/words.h"

namespace quy::lint {
namespace {

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// The rule and reason of an ignore; nothing for any other line.
std::optional<Ignore> read_ignore(std::string_view line) {
  static const std::regex pattern(R"(#\s*lint:\s*(?:bỏ qua|ignore)\s+([^\s:]+)\s*(?::\s*(.*))?)");
  const std::string text(without_blanks(line));
  std::smatch parts;
  if (!std::regex_match(text, parts, pattern)) return std::nullopt;
  Ignore ignore;
  ignore.rule = parts[1];
  ignore.reason = parts[2];
  return ignore;
}

/// Walks over source text line by line and knows how deep in braces it is; strings and comments do not count.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  bool next() {
    begin_ = end_ == 0 && begin_ == 0 && !started_ ? 0 : end_ + 1;
    started_ = true;
    if (begin_ >= text_.size()) return false;
    end_ = std::min(text_.find('\n', begin_), text_.size());
    return true;
  }
  std::string_view line() const { return text_.substr(begin_, end_ - begin_); }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }

  /// How much deeper the line leaves the braces than it found them.
  static int depth_change(std::string_view line) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char letter = line[i];
      if (in_string && letter == '\\')
        ++i;
      else if (letter == '"')
        in_string = !in_string;
      else if (!in_string && letter == '#')
        break;
      else if (!in_string && letter == '{')
        ++depth;
      else if (!in_string && letter == '}')
        --depth;
    }
    return depth;
  }

 private:
  std::string_view text_;
  std::size_t begin_ = 0, end_ = 0;
  bool started_ = false;
};

bool is_code(std::string_view line) {
  const std::string_view text = without_blanks(line);
  return !text.empty() && text.front() != '#';
}

bool is_about_ignores(const Rule& rule) { return rule.topic == Topic::ignores; }

Finding about(const Ignore& ignore, std::string_view rule, Bilingual message, Bilingual advice) {
  return {find_rule(rule), ignore.comment, std::move(message), std::move(advice), {}, {}, true, {}};
}

}  // namespace

std::vector<Ignore> ignores_in(const SourceMap& sources, FileId file) {
  const std::string_view text = sources.text(file);
  std::vector<Ignore> found;
  if (text.find("lint:") == std::string_view::npos) return found;
  std::size_t waiting = 0;  // ignores from here on have not met their statement yet
  int depth = 0;
  std::vector<std::pair<std::size_t, int>> open;  // ignores whose statement still runs, with the depth outside it
  for (Lines lines(text); lines.next();) {
    if (auto ignore = read_ignore(lines.line())) {
      const std::size_t mark = lines.line().find('#');
      ignore->comment = {file, static_cast<std::uint32_t>(lines.begin() + mark),
                         static_cast<std::uint32_t>(lines.end())};
      ignore->scope = {file, static_cast<std::uint32_t>(lines.end()), static_cast<std::uint32_t>(lines.end())};
      found.push_back(std::move(*ignore));
      continue;
    }
    if (!is_code(lines.line())) continue;
    for (; waiting < found.size(); ++waiting) {
      found[waiting].scope.begin = static_cast<std::uint32_t>(lines.begin());
      open.emplace_back(waiting, depth);
    }
    depth += Lines::depth_change(lines.line());
    std::erase_if(open, [&](const std::pair<std::size_t, int>& each) {
      found[each.first].scope.end = static_cast<std::uint32_t>(lines.end());
      return depth <= each.second;
    });
  }
  return found;
}

void apply_ignores(std::vector<Ignore> ignores, const std::function<bool(const Rule&)>& ran,
                   std::vector<Finding>& findings) {
  std::erase_if(findings, [&](const Finding& finding) {
    bool ignored = false;
    for (Ignore& ignore : ignores) {
      const bool inside = finding.span.file == ignore.scope.file && finding.span.begin >= ignore.scope.begin &&
                          finding.span.begin < ignore.scope.end;
      if (!inside || ignore.reason.empty() || ignore.rule != finding.rule->id || is_about_ignores(*finding.rule))
        continue;
      ignore.used = ignored = true;
    }
    return ignored;
  });
  for (const Ignore& ignore : ignores) {
    const Rule* rule = find_rule(ignore.rule);
    if (!rule)
      findings.push_back(about(ignore, "ignore-of-unknown-rule",
                               say("không có luật `{0}`", "there is no rule `{0}`", ignore.rule),
                               say("xem tên các luật bằng `quy lint --list`", "`quy lint --list` shows the rules")));
    else if (ignore.reason.empty())
      findings.push_back(
          about(ignore, "ignore-without-reason",
                say("bỏ qua `{0}` mà không nói vì sao", "`{0}` is ignored without saying why", ignore.rule),
                say("viết lý do sau dấu hai chấm: `# lint: bỏ qua {0}: …`",
                    "write the reason after a colon: `# lint: ignore {0}: …`", ignore.rule)));
    else if (!ignore.used && ran(*rule))
      findings.push_back(
          about(ignore, "ignore-of-nothing",
                say("ở đây không có `{0}` nào để bỏ qua", "there is no `{0}` here to ignore", ignore.rule),
                say("bỏ dòng này; dòng bỏ qua phải đứng ngay trên chỗ bị nêu",
                    "remove the line; an ignore stands directly above what it concerns")));
  }
}

}  // namespace quy::lint

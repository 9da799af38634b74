#include "tools/lint/pages.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "tools/lint/examples.h"

namespace quy::lint {
namespace {

const char* say_in(Language language, const char* vi, const char* en) { return language == Language::vi ? vi : en; }

/// `#~ rule-id` at the end of a line says to the tests that the finding belongs there; readers get an arrow.
std::string for_readers(std::string_view source, Language language) {
  std::string text;
  while (!source.empty()) {
    const std::size_t end = std::min(source.find('\n'), source.size());
    std::string_view line = source.substr(0, end);
    const std::size_t mark = line.find("#~");
    const bool marked = mark != std::string_view::npos;
    if (marked) line = line.substr(0, mark);
    while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
    // A mark alone on its line speaks of the line above, which cannot take one at its end.
    if (marked && line.empty() && text.ends_with('\n')) text.pop_back();
    text += line;
    if (marked) text += say_in(language, "   # ← chỗ này", "   # ← here");
    text += '\n';
    source.remove_prefix(std::min(end + 1, source.size()));
  }
  return text;
}

/// The files of `bad` or `good` of one rule; one file is shown without its name.
std::string example(const Rule& rule, const std::string& which, Language language) {
  const std::string prefix = rule.id + "/" + which;
  std::string text;
  for (const EmbeddedFile& file : lint_examples()) {
    if (!file.path.starts_with(prefix + "/") && file.path != prefix + ".quy") continue;
    if (file.path.starts_with(prefix + "/")) text += fmt::format("`{}`\n\n", file.path.substr(prefix.size() + 1));
    text += "```\n" + for_readers(file.text, language) + "```\n\n";
  }
  return text;
}

std::string fix_text(FixKind fix, Language language) {
  switch (fix) {
    case FixKind::none: return say_in(language, "không sửa tự động", "no automatic fix");
    case FixKind::keeps_meaning:
      return say_in(language, "`--fix` sửa được, mã băm nghĩa của gói không đổi", "`--fix` mends it and keeps the pack's meaning hash");
    case FixKind::rewrites:
      return say_in(language, "`--fix-rewrites` sửa được: kết quả của mọi bản ghi như cũ, mã băm nghĩa của gói đổi",
                    "`--fix-rewrites` mends it: every record's result stays, the pack's meaning hash changes");
  }
  return "";
}

std::string mark(FixKind fix) { return fix == FixKind::none ? "" : fix == FixKind::keeps_meaning ? "`--fix`" : "`--fix-rewrites`"; }

std::string index_head(Language language) {
  return say_in(
      language,
      "# Các luật của `quy lint`\n\n"
      "Các trang này do `quy lint --pages` viết từ bảng luật và từ ví dụ trong `tests/lint/`.\n\n"
      "`quy lint <gói>…` nêu những chỗ mà `quy check` nhận nhưng nhiều khả năng không đúng ý người viết. `error` và `warning` làm lệnh kết thúc với "
      "mã 1; `advice` chỉ để đọc. "
      "`--level warning` giấu lời khuyên, `--rule <luật>` chỉ chạy luật ấy, `--explain <luật>` in trang của luật, `--format json` cho chương trình "
      "khác đọc.\n\n"
      "Không đồng ý ở một chỗ thì viết ngay trên chỗ ấy một dòng, lý do là bắt buộc; nó có hiệu lực tới hết ngoặc nhọn của câu bên dưới:\n\n"
      "```\n# lint: bỏ qua condition-of-two-criteria: văn bản chấm hai lần, D4.2 và D5.1\n```\n\n"
      "`--fix` viết lại tệp nguồn ở những luật có ghi, rồi kiểm tra rằng mã băm nghĩa của gói không đổi; `--fix-rewrites` thêm những chỗ đổi cách "
      "viết quy tắc mà không đổi kết quả.\n\n",
      "# The rules of `quy lint`\n\n"
      "`quy lint --pages` wrote these pages from the table of rules and from the examples in `tests/lint/`.\n\n"
      "`quy lint <pack>…` shows what `quy check` accepts and what is nevertheless very likely not meant. `error` and `warning` end the command with "
      "status 1; `advice` is only to be read. "
      "`--level warning` hides advice, `--rule <rule>` runs one rule, `--explain <rule>` prints its page, `--format json` is for other programs.\n\n"
      "Where you disagree, write a line directly above the place; the reason is required, and it holds to the end of the braces of the statement "
      "below:\n\n"
      "```\n# lint: ignore condition-of-two-criteria: the document scores it twice, D4.2 and D5.1\n```\n\n"
      "`--fix` rewrites the sources for the rules that say so, and then checks that the pack's meaning hash is the same; `--fix-rewrites` adds those "
      "that write a rule in another way with the same results.\n\n");
}

std::string index_page(Language language) {
  std::string text = index_head(language);
  const Topic* topic = nullptr;
  for (const Rule& rule : rules()) {
    if (!topic || *topic != rule.topic) {
      text += fmt::format("{}## {}\n\n| {} | {} | | |\n|---|---|---|---|\n", topic ? "\n" : "", topic_title(rule.topic).in(language),
                          say_in(language, "luật", "rule"), say_in(language, "mức", "level"));
      topic = &rule.topic;
    }
    text += fmt::format("| [`{0}`]({0}.md) | {1} | {2} | {3} |\n", rule.id, level_word(rule.level), rule.title.in(language), mark(rule.fix));
  }
  return text;
}

}  // namespace

std::string page_of(const Rule& rule, Language language) {
  std::string text =
      fmt::format("# {}\n\n`{}` · {} · {}\n\n", rule.title.in(language), rule.id, level_word(rule.level), fix_text(rule.fix, language));
  text += rule.why.in(language) + "\n\n";
  const std::string bad = example(rule, "bad", language), good = example(rule, "good", language);
  if (!bad.empty()) text += fmt::format("## {}\n\n{}", say_in(language, "Bị nêu", "Found"), bad);
  text += fmt::format("## {}\n\n{}\n", say_in(language, "Cách sửa", "What to do"), rule.what.in(language));
  if (!good.empty()) text += "\n" + good;
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

std::vector<tools::NewFile> all_pages(Language language) {
  std::vector<tools::NewFile> pages{{"README.md", index_page(language)}};
  for (const Rule& rule : rules()) pages.push_back({rule.id + ".md", page_of(rule, language)});
  return pages;
}

std::string list_of_rules_json(Language language) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const Rule& rule : rules()) {
    std::string fix = mark(rule.fix);
    std::erase(fix, '`');
    array.push_back({{"rule", rule.id},
                     {"topic", topic_title(rule.topic).in(language)},
                     {"level", level_word(rule.level)},
                     {"fix", fix},
                     {"title", rule.title.in(language)}});
  }
  return array.dump(2) + "\n";
}

std::string list_of_rules(Language language) {
  std::string text;
  for (const Rule& rule : rules()) {
    std::string fix = mark(rule.fix);
    std::erase(fix, '`');
    text += fmt::format("{:<32} {:<8} {:<15} {}\n", rule.id, level_word(rule.level), fix, rule.title.in(language));
  }
  return text;
}

}  // namespace quy::lint

// The keyword table, and how words are joined by it.

#include "compiler/syntax/keywords.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <set>
#include <utility>
#include <vector>

#include "compiler/syntax/antlr/joiner.h"
#include "compiler/syntax/antlr/lexer.h"
#include "compiler/syntax/antlr/neighbours.h"
#include "tests/support/golden.h"
#include "tests/unit/syntax/sources.h"

namespace quy::syntax {
namespace {

std::string grammar_text(const char* file) { return test::read_text(std::filesystem::path(QUY_SOURCE_DIR) / "grammar" / file); }

/// Tokens as `keyword` in brackets and everything else as written.
std::string joined(std::string_view text, Language language = Language::vi) {
  const SourceText source{0, text, language};
  std::string shown;
  for (const Token& token : join_keywords(read_tokens(text), source)) {
    if (!shown.empty()) shown += ' ';
    const bool keyword = token.kind == TokenKind::keyword;
    shown += keyword ? "[" + keyword_text(token.keyword, language) + "]" : std::string(source.text_of(token));
  }
  return shown;
}

TEST_CASE("a keyword phrase is made of whole words, across any white space") {
  CHECK(joined("đạt khi không quá_hạn") == "[đạt khi] [không] quá_hạn");
  CHECK(joined("không  quá 3") == "[không quá] 3");
  CHECK(joined("không\n\u00a0quá 3") == "[không quá] 3");
  CHECK(joined("tiêu chí_phụ") == "tiêu chí_phụ");
  CHECK(joined("tiêu # giữa\n chí x") == "[tiêu chí] # giữa x");
  CHECK(joined("có/không") == "[có/không]");
  CHECK(joined("`tiêu` chí") == "`tiêu` chí");
}

TEST_CASE("the longest phrase wins, unless what follows does not fit it") {
  CHECK(joined("minh chứng chung {") == "[minh chứng chung] {");
  CHECK(joined("minh chứng {") == "[minh chứng] {");
  CHECK(joined("≥ 5 điểm trừ khi khách_quan") == "≥ 5 [điểm] [trừ khi] khách_quan");
  CHECK(joined("điểm trừ tối đa 5") == "[điểm trừ] [tối đa] 5");
  CHECK(joined("và không điểm a ≥ 5") == "[và] [không] [điểm] a ≥ 5");
  CHECK(joined(": không điểm }") == ": [không điểm] }");
}

TEST_CASE("spellings with the tone mark elsewhere are the same keyword") {
  CHECK(joined("cụ thể hóa x") == "[cụ thể hoá] x");
  CHECK(joined("tỷ lệ khống chế x") == "[tỉ lệ khống chế] x");
  CHECK(joined("khóa mã") == "[khoá] mã");
  CHECK(joined("mỗi quí") == "[mỗi quý]");
}

/// Texts of one token each that are no keywords: what may come after two keywords.
std::vector<std::pair<std::string, TokenType>> plain_tokens() {
  std::vector<std::pair<std::string, TokenType>> tokens;
  for (const char* text : {"`x`", "5", "{", "}", ":", "=", "D1", "\"a\"", "(", ",", ";", "≥", "1/1/2025"}) {
    tokens.emplace_back(text, read_tokens(text).front().type);
  }
  return tokens;
}

TEST_CASE("two keywords in a row never become another one") {
  // A group of deductions with a name, and a treatment at the end of its block: there the longer phrase is right.
  const std::set<std::string> known = {"điểm trừ `x`", "không điểm }"};
  for (const Language language : {Language::vi, Language::en}) {
    for (const KeywordRow& first : kKeywordRows) {
      for (const KeywordRow& second : kKeywordRows) {
        const int before = keyword_row(first.token);
        const int after = keyword_row(second.token);
        if (!may_follow(keyword_type(before), keyword_type(after))) continue;
        for (const auto& [tail, type] : plain_tokens()) {
          if (!may_follow(keyword_type(after), type)) continue;
          const std::string text = std::string(first.in(language)) + " " + std::string(second.in(language)) + " " + tail;
          const SourceText source{0, text, language};
          const Tokens tokens = join_keywords(read_tokens(text), source);
          const bool apart = tokens.size() == 3 && tokens[0].keyword == before && tokens[1].keyword == after;
          if (!apart && !known.contains(text)) FAIL_CHECK(text);
        }
      }
    }
  }
}

TEST_CASE("the lexer declares every keyword of the table, and no other") {
  const std::string lexer = grammar_text("RuleLexer.g4");
  const std::size_t begin = lexer.find("tokens {") + 8;
  const std::string list = lexer.substr(begin, lexer.find('}', begin) - begin);
  std::set<std::string> declared;
  const std::regex word("[A-Z_]+");
  for (std::sregex_iterator it(list.begin(), list.end(), word), end; it != end; ++it) declared.insert(it->str());
  declared.erase("UNIT_WORD");
  std::set<std::string> table;
  for (const KeywordRow& row : kKeywordRows) table.insert(std::string(row.token));
  CHECK(declared == table);
}

TEST_CASE("soft keywords are those of the grammar's rule, when they are one word") {
  const std::string parser = grammar_text("RuleParser.g4");
  const std::size_t begin = parser.find("softKeyword : ");
  REQUIRE(begin != std::string::npos);
  const std::string rule = parser.substr(begin, parser.find(';', begin) - begin);
  std::set<std::string> listed;
  const std::regex word("[A-Z_]{2,}");
  for (std::sregex_iterator it(rule.begin(), rule.end(), word), end; it != end; ++it) listed.insert(it->str());
  for (int row = 0; row < kKeywordCount; ++row) {
    const int keyword = keyword_row(kKeywordRows[row].token);
    for (const Language language : {Language::vi, Language::en}) {
      const std::string_view phrase = kKeywordRows[keyword].in(language);
      const bool one_word = phrase.find(' ') == std::string_view::npos;
      INFO(phrase);
      CHECK(is_soft_keyword(keyword, language) == (one_word && listed.contains(std::string(kKeywordRows[row].token))));
    }
  }
}

TEST_CASE("backquotes are for hard keywords") {
  CHECK(needs_backquotes("mức", Language::vi));
  CHECK(needs_backquotes("group", Language::en));
  CHECK_FALSE(needs_backquotes("group", Language::vi));
  CHECK_FALSE(needs_backquotes("tháng", Language::vi));
  CHECK_FALSE(needs_backquotes("giao", Language::vi));
}

}  // namespace
}  // namespace quy::syntax

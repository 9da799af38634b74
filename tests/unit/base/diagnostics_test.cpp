#include "base/diagnostics/diagnostics.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/text.h"

using namespace quy;

namespace {

struct DeclaredRow {
  std::string code, vi, en, help_vi, help_en;
};

std::vector<DeclaredRow> declared_rows() {
  return {
#define QUY_DIAGNOSTIC(code, name, severity, vi, en, help_vi, help_en) {#code, vi, en, help_vi, help_en},
#include "base/diagnostics/diagnostics.def"
#undef QUY_DIAGNOSTIC
  };
}

/// The numbers of the arguments that a text names; fails for a brace that is neither an argument nor doubled.
std::set<int> arguments_in(const std::string& text) {
  std::set<int> found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{' && text[i] != '}') continue;
    if (i + 1 < text.size() && text[i + 1] == text[i]) {
      ++i;
      continue;
    }
    REQUIRE(i + 2 < text.size());
    REQUIRE(text[i] == '{');
    REQUIRE((text[i + 1] >= '0' && text[i + 1] <= '9'));
    REQUIRE(text[i + 2] == '}');
    found.insert(text[i + 1] - '0');
    i += 2;
  }
  return found;
}


struct Fixture {
  SourceMap sources;
  DiagnosticSink sink;
  FileId file = *sources.add("thử.quy", "gói x\n  điểm số ≥ 9O%  # ghi chú\ncuối\n", nullptr);

  Span span_of(std::string_view piece) const {
    const std::size_t at = sources.text(file).find(piece);
    REQUIRE(at != std::string_view::npos);
    return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + piece.size())};
  }
  std::string text_output(Language language, bool colour = false) const {
    std::ostringstream out;
    write_text(out, sources, sink.all(), language, colour);
    return out.str();
  }
  nlohmann::json json_output(Language language) const {
    std::ostringstream out;
    write_json(out, sources, sink.all(), language);
    return nlohmann::json::parse(out.str());
  }
};

}  // namespace

TEST_CASE("every message is well formed in both languages") {
  std::string previous;
  for (const DeclaredRow& row : declared_rows()) {
    CAPTURE(row.code);
    CHECK(row.code.size() == 5);
    CHECK(row.code[0] == 'Q');
    CHECK(previous < row.code);  // in order, none twice
    previous = row.code;

    const std::set<int> arguments = arguments_in(row.vi);
    CHECK(arguments == arguments_in(row.en));
    CHECK((arguments.empty() || *arguments.rbegin() + 1 == static_cast<int>(arguments.size())));
    // A help line may use further arguments, the same in both languages.
    CHECK(arguments_in(row.help_vi) == arguments_in(row.help_en));
    CHECK(row.help_vi.empty() == row.help_en.empty());
    for (const std::string& text : {row.vi, row.en, row.help_vi, row.help_en}) {
      CHECK(to_nfc(text) == text);
      CHECK_FALSE(text.ends_with('.'));
      CHECK(std::count(text.begin(), text.end(), '`') % 2 == 0);
    }
    CHECK_FALSE(row.vi.empty());
    CHECK_FALSE(row.en.empty());
  }
}

TEST_CASE("messages spell Vietnamese as party documents do") {
  for (const DeclaredRow& row : declared_rows()) {
    for (const std::string& text : {row.vi, row.help_vi}) {
      for (const char* variant : {"ủy", "ùy", "úy", "óa", "òa", "ỏa", "tỷ lệ", "Tỷ lệ"}) {
        CAPTURE(row.code, text, variant);
        CHECK(text.find(variant) == std::string::npos);
      }
    }
  }
}

TEST_CASE("a message has its arguments in both languages") {
  const Message message{Diag::file_unreadable, {"a.quy", Bilingual{"không có", "not there"}}, std::nullopt};
  CHECK(text(message, Language::vi) == "không đọc được tệp `a.quy`: không có");
  CHECK(text(message, Language::en) == "cannot read file `a.quy`: not there");
  CHECK(code(message.id) == "Q0001");
  CHECK(name(message.id) == "file_unreadable");
  CHECK(default_severity(message.id) == Severity::error);
  CHECK(help(message, Language::en) == "check the path and that you may read the file");
}

TEST_CASE("braces and percent signs in user text are only text") {
  const Message message{Diag::file_unreadable, {"{0}{9}%s", "{"}, std::nullopt};
  CHECK(text(message, Language::en) == "cannot read file `{0}{9}%s`: {");
}

TEST_CASE("a suggestion takes the help line") {
  Message message{Diag::file_unreadable, {"a", "b"}, "tên_đúng"};
  CHECK(help(message, Language::vi) == "có phải ý bạn là `tên_đúng`?");
  CHECK(help(message, Language::en) == "did you mean `tên_đúng`?");
}

TEST_CASE_METHOD(Fixture, "the underline stands under its letters") {
  sink.report(span_of("số ≥ 9O%"), Diag::file_unreadable, {"x", "y"});
  CHECK(text_output(Language::vi) ==
        "thử.quy:2:8: error[Q0001]: không đọc được tệp `x`: y\n"
        "  2 |   điểm số ≥ 9O%  # ghi chú\n"
        "    |        ^^^^^^^^\n"
        "  = gợi ý: kiểm tra đường dẫn và quyền đọc tệp\n");
}

TEST_CASE_METHOD(Fixture, "labels show second places and the help line speaks the language") {
  sink.report(span_of("cuối"), Diag::file_unreadable, {"x", "y"})
      .label(span_of("gói"), {"khai báo ở đây", "declared here"})
      .suggest("cuội");
  CHECK(text_output(Language::en) ==
        "thử.quy:3:1: error[Q0001]: cannot read file `x`: y\n"
        "  3 | cuối\n"
        "    | ^^^^\n"
        "  - thử.quy:1:1: declared here\n"
        "  1 | gói x\n"
        "    | ---\n"
        "  = help: did you mean `cuội`?\n");
}

TEST_CASE_METHOD(Fixture, "a span of several lines, an empty one and none at all") {
  const Span several = cover(span_of("ghi chú"), span_of("cuối"));
  sink.report(several, Diag::file_unreadable, {"x", "y"});
  CHECK(text_output(Language::en).find("    |                    ^^^^^^^\n") != std::string::npos);

  sink = {};
  const auto end = static_cast<std::uint32_t>(sources.text(file).size());
  sink.report({file, end, end}, Diag::file_unreadable, {"x", "y"});
  CHECK(text_output(Language::en).find("thử.quy:4:1: error[Q0001]: cannot read file `x`: y\n  4 | \n    | ^\n") == 0);

  sink = {};
  sink.report({}, Diag::file_unreadable, {"x", "y"});
  CHECK(text_output(Language::en).find("error[Q0001]: cannot read file `x`: y\n  = help") == 0);
}

TEST_CASE_METHOD(Fixture, "very long lines are cut around the place") {
  const std::string padding(5000, 'a');
  file = *sources.add("dài.quy", padding + "đây" + padding, nullptr);
  sink.report(span_of("đây"), Diag::file_unreadable, {"x", "y"});
  std::istringstream lines(text_output(Language::en));
  std::string line, underline;
  std::getline(lines, line);
  std::getline(lines, line);
  std::getline(lines, underline);
  CHECK(display_width(line) < 180);
  CHECK(line.starts_with("  1 | …aaa"));
  CHECK(line.ends_with("aaa…"));
  // The place and its underline share their columns.
  const std::string prefix = line.substr(0, line.find("đây"));
  CHECK(underline == "    | " + std::string(display_width(prefix) - 6, ' ') + "^^^");
}

TEST_CASE_METHOD(Fixture, "colour and control characters") {
  sink.report(span_of("gói"), Diag::file_unreadable, {"\033[2Jx", "y"});
  CHECK(text_output(Language::en).find('\033') == std::string::npos);
  CHECK(text_output(Language::en, true).find("\033[1;31merror[Q0001]\033[0m: ") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "the same diagnostics as JSON") {
  sink.report(span_of("số"), Diag::file_unreadable, {"x\xFF", "y"})
      .label(span_of("gói"), {"ở đây", "here"})
      .mend(span_of("9O"), "90");
  sink.report({}, Diag::no_source_files, {"thư mục"});
  const nlohmann::json array = json_output(Language::vi);
  REQUIRE(array.size() == 2);
  const nlohmann::json& first = array[0];
  CHECK(first["id"] == "Q0001");
  CHECK(first["severity"] == "error");
  CHECK(first["file"] == "thử.quy");
  CHECK(first["line"] == 2);
  CHECK(first["column"] == 8);
  CHECK(first["end_line"] == 2);
  CHECK(first["end_column"] == 10);
  CHECK(first["message"] == "không đọc được tệp `x\uFFFD`: y");
  CHECK(first["labels"][0]["text"] == "ở đây");
  CHECK(first["labels"][0]["line"] == 1);
  CHECK(first["fix"]["replacement"] == "90");
  CHECK(first["fix"]["column"] == 13);
  CHECK(array[1]["file"].is_null());
  CHECK(array[1]["fix"].is_null());
  CHECK(array[1]["labels"].empty());
}

TEST_CASE_METHOD(Fixture, "sorting puts places in order and drops repeats") {
  sink.report(span_of("cuối"), Diag::file_unreadable, {"b", "y"});
  sink.report(span_of("gói"), Diag::file_too_large, {"x", 1, 2});
  sink.report(span_of("cuối"), Diag::file_unreadable, {"a", "y"});
  sink.report(span_of("cuối"), Diag::file_unreadable, {"b", "y"});
  sink.report({}, Diag::file_unreadable, {"z", "y"});
  sink.report(span_of("gói"), Diag::file_unreadable, {"x", "y"});
  CHECK(sink.error_count() == 6);
  sink.sort();
  REQUIRE(sink.all().size() == 5);
  CHECK(sink.error_count() == 5);
  CHECK(code(sink.all()[0].message.id) == "Q0001");
  CHECK(code(sink.all()[1].message.id) == "Q0003");
  CHECK(sink.all()[2].message.arguments[0].text.vi == "b");
  CHECK(sink.all()[3].message.arguments[0].text.vi == "a");
  CHECK_FALSE(sink.all()[4].span.valid());
}

TEST_CASE_METHOD(Fixture, "an acknowledged error becomes a note within its scope") {
  sink.report(span_of("gói"), Diag::file_unreadable, {"x", "y"});
  sink.report(span_of("cuối"), Diag::file_unreadable, {"x", "y"});
  const Label accepted{span_of("x"), {"được chấp nhận ở đây", "accepted here"}};
  CHECK_FALSE(sink.acknowledge("Q0002", {}, accepted));
  CHECK(sink.acknowledge("Q0001", span_of("gói x"), accepted));
  CHECK(sink.error_count() == 1);
  CHECK(sink.all()[0].severity == Severity::note);
  CHECK(sink.all()[1].severity == Severity::error);
  CHECK(sink.all()[0].labels.size() == 1);
  CHECK(help(sink.all()[0], Language::vi).empty());
  CHECK_FALSE(help(sink.all()[1], Language::vi).empty());
  CHECK(text_output(Language::vi).find("note[Q0001]") != std::string::npos);
  CHECK(sink.acknowledge("Q0001", {}, accepted));
  CHECK(sink.all()[0].labels.size() == 1);
  CHECK_FALSE(sink.has_errors());
}

#include "tools/testing/junit.h"

#include <fmt/format.h>

#include <map>

namespace quy::tools {

namespace {

/// As content or as the value of an attribute. XML 1.0 has no way to write most control characters; they are replaced.
std::string escaped(const std::string& text) {
  std::string all;
  for (const char c : text) {
    switch (c) {
      case '&': all += "&amp;"; break;
      case '<': all += "&lt;"; break;
      case '>': all += "&gt;"; break;
      case '"': all += "&quot;"; break;
      case '\n': all += "&#10;"; break;
      case '\t': all += "&#9;"; break;
      default: all += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    }
  }
  return all;
}

class Writer {
 public:
  Writer(const SourceMap& sources, Language language) : sources_(sources), language_(language) {}

  std::string run(const std::vector<TestReport>& reports) const {
    std::size_t tests = 0, failed = 0;
    std::string suites;
    for (const TestReport& report : reports) {
      tests += report.outcomes.size();
      failed += report.failed();
      std::map<std::string, std::vector<const TestOutcome*>> by_file;
      for (const TestOutcome& outcome : report.outcomes)
        by_file[sources_.name(outcome.test->span.file)].push_back(&outcome);
      for (const auto& [file, outcomes] : by_file) suites += suite(report.pack, file, outcomes);
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"quy test\" tests=\"{}\" "
        "failures=\"{}\">\n{}</testsuites>\n",
        tests, failed, suites);
  }

 private:
  std::string suite(const std::string& pack, const std::string& file,
                    const std::vector<const TestOutcome*>& outcomes) const {
    std::size_t failed = 0;
    std::string cases;
    for (const TestOutcome* outcome : outcomes) {
      failed += outcome->failures.empty() ? 0 : 1;
      cases += test_case(file, *outcome);
    }
    return fmt::format("  <testsuite name=\"{}: {}\" tests=\"{}\" failures=\"{}\">\n{}  </testsuite>\n", escaped(pack),
                       escaped(file), outcomes.size(), failed, cases);
  }

  std::string test_case(const std::string& file, const TestOutcome& outcome) const {
    const syntax::Test& test = *outcome.test;
    const std::string head =
        fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"", escaped(outcome.subject),
                    escaped(test.title), escaped(file), sources_.line_column(test.span.file, test.span.begin).line);
    if (outcome.failures.empty()) return head + "/>\n";
    std::string details;
    for (const TestFailure& failure : outcome.failures) details += (details.empty() ? "" : "\n") + detail(failure);
    return fmt::format("{}>\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n", head,
                       escaped(message(outcome.failures.front())), escaped(details));
  }

  std::string message(const TestFailure& failure) const {
    const bool vi = language_ == Language::vi;
    return fmt::format("{} {}; {} {}", vi ? "chờ" : "expected", failure.expected, vi ? "nhận" : "found", failure.found);
  }

  std::string detail(const TestFailure& failure) const {
    const LineColumn place = sources_.line_column(failure.span.file, failure.span.begin);
    return fmt::format("{}:{}:{}: {}", sources_.name(failure.span.file), place.line, place.column, message(failure));
  }

  const SourceMap& sources_;
  Language language_;
};

}  // namespace

std::string junit_text(const std::vector<TestReport>& reports, const SourceMap& sources, Language language) {
  return Writer(sources, language).run(reports);
}

}  // namespace quy::tools

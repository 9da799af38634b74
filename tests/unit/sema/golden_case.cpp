#include "tests/unit/sema/golden_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <list>
#include <map>
#include <sstream>
#include <stdexcept>

#include "base/file_io.h"
#include "compiler/sema/from_syntax.h"
#include "compiler/sema/print.h"
#include "compiler/sema/verify.h"
#include "compiler/syntax/parse.h"

namespace quy::test {
namespace {

namespace fs = std::filesystem;

struct Section {
  std::string folder, file;
  std::size_t first_line = 0;
  std::string text;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Section> sections_of(const std::string& source) {
  std::vector<Section> sections{{"pack", "case.quy", 0, ""}};
  std::size_t number = 0;
  for (const std::string& line : lines_of(source)) {
    ++number;
    if (line.starts_with("#--- ")) {
      fs::path path(line.substr(5));
      sections.push_back({path.parent_path().string(), path.filename().string(), number, ""});
    } else {
      sections.back().text += line + "\n";
    }
  }
  if (sections.size() > 1) sections.erase(sections.begin());   // only remarks stand before the first file
  return sections;
}

std::map<std::string, std::string> data_files;   // DataReader is a plain function

std::optional<std::string> read_data(const std::string& directory, const std::string& file) {
  auto found = data_files.find(directory + "/" + file);
  if (found == data_files.end()) return std::nullopt;
  return found->second;
}

/// One run of the checker over a case's sections.
class Run {
 public:
  explicit Run(const GoldenCase& golden) : print_(golden.source.find("#! print\n") != std::string::npos) {
    data_files.clear();
    for (const Section& section : sections_of(golden.source)) {
      if (section.file.ends_with(".quy")) {
        add_source(section);
      } else {
        data_files[section.folder + "/" + section.file] = section.text;
      }
    }
    packs_ = sema::from_syntax(packs_in_order_, read_data, sink_);
    sink_.sort();
  }

  std::string output() {
    for (const Diagnostic& diagnostic : sink_.all()) write(diagnostic);
    for (const auto& pack : packs_) {
      for (const std::string& problem : sema::verify(*pack)) line("BROKEN INVARIANT " + problem);
      if (print_) {
        for (const std::string& text : lines_of(sema::print(*pack))) line(text);
      } else {
        line("pack " + pack->id);
      }
    }
    return out_;
  }

 private:
  void add_source(const Section& section) {
    // Line breaks in front keep the case's line numbers.
    auto id = sources_.add(section.file, std::string(section.first_line, '\n') + section.text, nullptr);
    if (!id) throw std::runtime_error("a golden case is not UTF-8");
    trees_.push_back(syntax::parse(sources_, *id, sink_));
    auto pack = std::find_if(packs_in_order_.begin(), packs_in_order_.end(), [&](const auto& p) { return p.directory == section.folder; });
    if (pack == packs_in_order_.end()) {
      packs_in_order_.push_back({{}, section.folder});
      pack = packs_in_order_.end() - 1;
    }
    pack->files.push_back(&trees_.back());
  }

  void line(const std::string& text) { out_ += text.empty() ? "#>\n" : "#> " + text + "\n"; }

  std::string place(Span span) const {
    LineColumn at = sources_.line_column(span.file, span.begin);
    std::string text(sources_.text(span));
    std::size_t end = text.find('\n');
    if (end != std::string::npos) text = text.substr(0, end) + "…";
    return fmt::format("{}:{} «{}»", at.line, at.column, text);
  }

  void write(const Diagnostic& diagnostic) {
    constexpr std::string_view kSeverities[] = {"error", "warning", "note"};
    line(fmt::format("{} {} {}", code(diagnostic.message.id), kSeverities[static_cast<int>(diagnostic.severity)], place(diagnostic.span)));
    line("      " + text(diagnostic.message, Language::vi));
    line("      " + text(diagnostic.message, Language::en));
    if (diagnostic.message.suggestion) line("      ? " + *diagnostic.message.suggestion);
    for (const Label& label : diagnostic.labels) line(fmt::format("      @ {} {}", place(label.span), label.text.vi));
    if (diagnostic.fix) line(fmt::format("      fix {} → `{}`", place(diagnostic.fix->span), diagnostic.fix->replacement));
  }

  bool print_;
  SourceMap sources_;
  DiagnosticSink sink_;
  std::list<syntax::File> trees_;
  std::vector<sema::PackSource> packs_in_order_;
  std::vector<std::unique_ptr<sema::Pack>> packs_;
  std::string out_;
};

}  // namespace

std::vector<GoldenCase> golden_cases() {
  std::vector<GoldenCase> cases;
  for (const auto& entry : fs::directory_iterator(fs::path(QUY_SOURCE_DIR) / "tests/golden/sema")) {
    if (entry.path().extension() != ".quy") continue;
    GoldenCase golden;
    golden.path = entry.path().string();
    for (const std::string& line : lines_of(read_file(golden.path, 4 << 20).value_or("")))
      (line.starts_with("#>") ? golden.expected : golden.source) += line + "\n";
    cases.push_back(std::move(golden));
  }
  std::sort(cases.begin(), cases.end(), [](const GoldenCase& a, const GoldenCase& b) { return a.path < b.path; });
  return cases;
}

std::string actual_output(const GoldenCase& golden) { return Run(golden).output(); }

void rewrite(const GoldenCase& golden, const std::string& output) { write_file(golden.path, golden.source + output); }

}  // namespace quy::test

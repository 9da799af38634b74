// The table that a committee reads first.

#include <algorithm>
#include <ostream>

#include "base/text.h"
#include "runtime/api/evaluation.h"
#include "runtime/trace/phrases.h"

namespace quy {
namespace {

using OfSubject = EvaluationSummary::OfSubject;
using trace::Phrase;
using trace::phrase;

constexpr std::size_t kColumnWidth = 14;    // headings are wrapped to it
constexpr std::size_t kMostCauses = 5;

/// A column of counts after those of the levels.
struct Column {
  Phrase heading;
  std::uint64_t OfSubject::*count;
};
constexpr Column kColumns[] = {{Phrase::summary_undecided, &OfSubject::undecided},
                               {Phrase::summary_authority, &OfSubject::authority},
                               {Phrase::summary_gap, &OfSubject::gap},
                               {Phrase::summary_not_rated, &OfSubject::not_rated},
                               {Phrase::summary_sum, &OfSubject::results}};

std::string spaces(std::size_t width, std::string_view text) {
  const std::size_t taken = display_width(text);
  return taken < width ? std::string(width - taken, ' ') : std::string();
}

/// Words in lines of at most kColumnWidth columns; a longer word has a line of its own.
std::vector<std::string> wrapped(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (!lines.empty() && display_width(lines.back()) + 1 + display_width(word) <= kColumnWidth) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

/// Subjects of one set of levels: first column to the left, counts to the right.
class Table {
 public:
  Table(std::ostream& out, const std::vector<std::string>& headings) : out_(out) {
    for (const std::string& heading : headings) {
      headings_.push_back(wrapped(heading));
      std::size_t width = 0;
      for (const std::string& line : headings_.back()) width = std::max(width, display_width(line));
      widths_.push_back(width);
      height_ = std::max(height_, headings_.back().size());
    }
  }

  void add(std::vector<std::string> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], display_width(cells[i]));
    rows_.push_back(std::move(cells));
  }

  void write() const {
    for (std::size_t line = 0; line < height_; ++line) write_row(heading_line(line));
    std::size_t width = 2 * (widths_.size() - 1);
    for (const std::size_t w : widths_) width += w;
    for (std::size_t i = 0; i < width; ++i) out_ << "─";
    out_ << '\n';
    for (const std::vector<std::string>& row : rows_) write_row(row);
    out_ << '\n';
  }

 private:
  /// Headings stand at the bottom of their cells.
  std::vector<std::string> heading_line(std::size_t line) const {
    std::vector<std::string> cells;
    for (const std::vector<std::string>& heading : headings_) {
      const std::size_t above = height_ - heading.size();
      cells.push_back(line < above ? std::string() : heading[line - above]);
    }
    return cells;
  }

  void write_row(const std::vector<std::string>& cells) const {
    std::string row = cells[0] + spaces(widths_[0], cells[0]);
    for (std::size_t i = 1; i < cells.size(); ++i) row += "  " + spaces(widths_[i], cells[i]) + cells[i];
    row.erase(row.find_last_not_of(' ') + 1);
    out_ << row << '\n';
  }

  std::ostream& out_;
  std::vector<std::vector<std::string>> headings_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> widths_;
  std::size_t height_ = 0;
};

std::vector<std::string> headings_of(const OfSubject& subject, Language language) {
  std::vector<std::string> headings{phrase(Phrase::summary_subject, language)};
  for (std::size_t i = 0; i < subject.level_ids.size(); ++i) {
    headings.push_back(subject.level_labels[i].empty() ? subject.level_ids[i] : subject.level_labels[i]);
  }
  for (const Column& column : kColumns) headings.push_back(phrase(column.heading, language));
  return headings;
}

std::vector<std::string> cells_of(std::string name, const OfSubject& subject) {
  std::vector<std::string> cells{std::move(name)};
  for (const std::uint64_t count : subject.by_level) cells.push_back(std::to_string(count));
  for (const Column& column : kColumns) cells.push_back(std::to_string(subject.*column.count));
  return cells;
}

void add_to(OfSubject& sum, const OfSubject& subject) {
  sum.by_level.resize(subject.by_level.size());
  for (std::size_t i = 0; i < subject.by_level.size(); ++i) sum.by_level[i] += subject.by_level[i];
  for (const Column& column : kColumns) sum.*column.count += subject.*column.count;
}

/// Subjects that share their levels share a table.
void write_tables(std::ostream& out, const std::vector<OfSubject>& subjects, Language language) {
  std::vector<bool> written(subjects.size());
  for (std::size_t first = 0; first < subjects.size(); ++first) {
    if (written[first]) continue;
    Table table(out, headings_of(subjects[first], language));
    OfSubject sum;
    std::size_t rows = 0;
    for (std::size_t i = first; i < subjects.size(); ++i) {
      if (written[i] || subjects[i].level_ids != subjects[first].level_ids) continue;
      written[i] = true;
      ++rows;
      add_to(sum, subjects[i]);
      table.add(cells_of(subjects[i].label.empty() ? subjects[i].id : subjects[i].label, subjects[i]));
    }
    if (rows > 1) table.add(cells_of(phrase(Phrase::summary_sum, language), sum));
    table.write();
  }
}

using Counts = std::map<std::string, std::uint64_t>;

/// The most frequent first, equal ones by name.
std::vector<std::pair<std::string, std::uint64_t>> ranked(const Counts& counts) {
  std::vector<std::pair<std::string, std::uint64_t>> list(counts.begin(), counts.end());
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return list;
}

std::string as_it_is(const std::string& name, Language) { return name; }

/// The message behind a code, its arguments left open.
std::string message_of(const std::string& wanted, Language language) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(Diag::count_); ++i) {
    const auto id = static_cast<Diag>(i);
    if (code(id) == wanted) return wanted + " " + text({id, std::vector<Argument>(8, Argument("…")), {}}, language);
  }
  return wanted;
}

void write_counts(std::ostream& out, Phrase title, const Counts& counts, std::size_t most, Language language,
                  std::string (*shown)(const std::string&, Language)) {
  if (counts.empty()) return;
  out << phrase(title, language) << '\n';
  const auto list = ranked(counts);
  const std::size_t width = std::to_string(list.front().second).size();
  for (std::size_t i = 0; i < std::min(most, list.size()); ++i) {
    const std::string count = std::to_string(list[i].second);
    out << "  " << spaces(width, count) << count << "  " << shown(list[i].first, language) << '\n';
  }
  if (list.size() > most) out << "  " << phrase(Phrase::summary_more, language, {std::to_string(list.size() - most)}) << '\n';
  out << '\n';
}

}  // namespace

void write_summary(std::ostream& out, const EvaluationSummary& summary, Language language) {
  write_tables(out, summary.subjects, language);
  write_counts(out, Phrase::summary_undecided_for, summary.undecided_for, kMostCauses, language, as_it_is);
  write_counts(out, Phrase::summary_handed_over_by, summary.handed_over_by, summary.handed_over_by.size(), language, as_it_is);
  write_counts(out, Phrase::summary_rejected_for, summary.rejected_for, summary.rejected_for.size(), language, message_of);
  const bool holds = summary.records_in == summary.results + summary.rejected;
  out << phrase(holds ? Phrase::summary_law : Phrase::summary_law_broken, language,
                {std::to_string(summary.records_in), std::to_string(summary.results), std::to_string(summary.rejected)})
      << '\n';
}

}  // namespace quy

// Conservation over workbooks: whole ones, ones with changed bytes, and ones whose parts were changed before they were packed, which gets past
// the checksums of the archive.

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "tests/fuzz/conservation.h"
#include "tests/fuzz/workbook.h"

namespace quy::fuzz {
namespace {

/// Rows below the headings with anything in them that is not a constant's.
std::size_t rows_with_records(const Sheet& sheet, std::size_t heading) {
  return static_cast<std::size_t>(std::count_if(sheet.rows.begin() + static_cast<std::ptrdiff_t>(heading) + 1, sheet.rows.end(), [](const auto& row) {
    return std::any_of(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); });
  }));
}

std::set<std::string> ids(const Sheet& sheet, std::size_t heading) {
  std::set<std::string> found;
  for (std::size_t i = heading + 1; i < sheet.rows.size(); ++i) found.insert(sheet.rows[i].front());
  return found;
}

/// Rows and cells, opened and closed at random: well-formed XML, and a sheet only where each row stands below the one before and each cell
/// once in a row.
struct AnyTree {
  explicit AnyTree(Mutator mutator) {
    for (std::uint64_t steps = 1 + mutator.below(6); steps > 0; --steps) {
      if (open_.empty() || mutator.below(8) == 0) begin_row(mutator.below(8) == 0 ? last_ : last_ + 1);
      if (mutator.below(3) != 0) begin_cell(static_cast<char>('A' + mutator.below(3)));
      for (std::uint64_t count = mutator.below(8) == 0 ? 0 : open_.size(); count > mutator.below(2); --count) end();
    }
    while (!open_.empty()) end();
  }

  std::string rows;
  bool proper = true;
  std::size_t filled_rows = 0;

 private:
  void begin_row(std::size_t number) {
    proper = proper && open_.empty() && number > last_;
    last_ = number;
    columns_.clear();
    begin("row", " r=\"" + std::to_string(number) + '"');
  }
  void begin_cell(char column) {
    proper = proper && open_.back() == "row" && columns_.insert(column).second;
    if (columns_.size() == 1) ++filled_rows;
    begin("c", std::string(" r=\"") + column + std::to_string(last_) + "\" t=\"inlineStr\"");
    rows += "<is><t>V</t></is>";
  }
  void begin(const std::string& name, const std::string& attributes) {
    rows += '<' + name + attributes + '>';
    open_.push_back(name);
  }
  void end() {
    rows += "</" + open_.back() + '>';
    open_.pop_back();
  }

  std::vector<std::string> open_;
  std::set<char> columns_;
  std::size_t last_ = 1;   // the row of the headings
};

}  // namespace

TEST_CASE("each row of a workbook gives one record, and each row of a list that no record takes one refusal") {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases() / 2; ++seed) {
    INFO("seed " << seed);
    Mutator mutator(seed);
    const std::vector<Sheet> book = some_book(mutator);
    const Reading reading = read(workbook(book, some_writing(mutator)));
    CHECK(reading.problem.empty());
    CHECK(reading.in_order);
    const std::set<std::string> takers = ids(book[2], 2);
    const auto left = std::count_if(book[3].rows.begin() + 1, book[3].rows.end(), [&](const auto& row) { return !takers.contains(row.front()); });
    CHECK(reading.records.size() == rows_with_records(book[1], 0) + rows_with_records(book[2], 2) + static_cast<std::size_t>(left));
  }
}

TEST_CASE("how a workbook is written down says nothing") {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases() / 4; ++seed) {
    INFO("seed " << seed);
    Mutator mutator(seed);
    const std::vector<Sheet> book = some_book(mutator);
    const Reading plain = read(workbook(book, {}));
    CHECK(read(workbook(book, some_writing(mutator))) == plain);
    CHECK(read(gzip(workbook(book, some_writing(mutator)))) == plain);
  }
}

TEST_CASE("no record of a workbook is lost, whatever its bytes") {
  std::size_t read_to_the_end = 0;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases(); ++seed) {
    INFO("seed " << seed);
    Mutator mutator(seed);
    const Reading reading = read(mutator.mutate(workbook(some_book(mutator), some_writing(mutator))));
    CHECK(reading.in_order);
    if (reading.problem.empty()) ++read_to_the_end;
  }
  CHECK(read_to_the_end > 0);
}

TEST_CASE("no record of a workbook is lost, whatever is in its parts") {
  std::size_t changed_and_read = 0;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases(); ++seed) {
    INFO("seed " << seed);
    Mutator mutator(seed);
    const Writing how = some_writing(mutator);
    Parts parts = parts_of(some_book(mutator), how);
    std::string& content = parts[mutator.below(parts.size())].second;
    const std::string before = content;
    content = mutator.mutate(content);
    const Reading reading = read(zip(parts, how.deflated));
    CHECK(reading.in_order);
    // However it is packed, it is the same workbook.
    CHECK(read(zip(parts, !how.deflated)) == reading);
    if (reading.problem.empty() && content != before) ++changed_and_read;
  }
  CHECK(changed_and_read > 0);   // else every change broke the XML, and the rest was not tried
}

TEST_CASE("rows and cells in any order and depth are a sheet, each row a record, or refused") {
  std::size_t proper_ones = 0;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases(); ++seed) {
    INFO("seed " << seed);
    const AnyTree tree((Mutator(seed)));
    INFO(tree.rows);
    Parts parts = parts_of({{"nho", {{"id", "unit", "cohort", "subject=thu.nho", "period=2025"}}}}, {});
    std::string& sheet = parts.front().second;
    sheet.insert(sheet.find("</sheetData>"), tree.rows);
    const Reading reading = read(zip(parts, false));
    CHECK(reading.in_order);
    CHECK(reading.problem == (tree.proper ? "" : "Q0847"));
    if (!tree.proper) continue;
    ++proper_ones;
    CHECK(reading.records.size() == tree.filled_rows);
  }
  CHECK(proper_ones > 0);
}

}  // namespace quy::fuzz

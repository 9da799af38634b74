#include "analysis/record/shorten.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace quy::analysis {

namespace {

/// Numbers that a reader takes in at once, tried in this order.
constexpr std::int64_t kPlain[] = {0, 1, 2, 5, 10, 50, 100};

class Shortening {
 public:
  Shortening(const bytecode::Subject& subject, Record record, const Holds& holds)
      : subject_(subject), record_(std::move(record)), holds_(holds) {}

  Record run() {
    for (std::size_t before = 0; before != size();) {
      before = size();
      drop_fields();
      for (auto& [list, rows] : std::map(record_.lists)) shorten_list(list);
    }
    for (const auto& [field, cell] : Cells(record_.fields)) make_plain(field, cell);
    return std::move(record_);
  }

 private:
  std::size_t size() const {
    std::size_t count = record_.fields.size() + record_.lists.size();
    for (const auto& [list, rows] : record_.lists)
      for (const Cells& row : rows) count += 1 + row.size();
    return count;
  }

  bool take(Record changed) {
    if (!holds_(changed)) return false;
    record_ = std::move(changed);
    return true;
  }

  void drop_fields() {
    for (const auto& [field, cell] : Cells(record_.fields)) {
      Record without = record_;
      without.fields.erase(field);
      take(std::move(without));
    }
  }

  void shorten_list(std::uint32_t list) {
    Record without = record_;
    without.lists.erase(list);
    if (take(without)) return;
    without.lists[list] = {};
    if (take(without)) return;
    drop_rows(list);
    for (std::size_t row = 0; row < record_.lists[list].size(); ++row)
      for (const auto& [field, cell] : Cells(record_.lists[list][row])) {
        Record changed = record_;
        changed.lists[list][row].erase(field);
        take(std::move(changed));
      }
  }

  /// Many at once first: a share may need hundreds of rows to begin with.
  void drop_rows(std::uint32_t list) {
    for (std::size_t many = record_.lists[list].size() / 2 + 1; many > 0; many /= 2)
      for (std::size_t row = 0; row + many <= record_.lists[list].size();) {
        Record fewer = record_;
        auto& rows = fewer.lists[list];
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(row),
                   rows.begin() + static_cast<std::ptrdiff_t>(row + many));
        if (!take(std::move(fewer))) row += many;
      }
  }

  /// A value in place of a fact that is left out, where one will do: records mostly have one. A score is then the highest.
  void make_plain(std::uint32_t field, const Cell& cell) {
    const bytecode::Field& info = subject_.fields[field];
    if (info.kind > bytecode::FieldKind::days) return;
    const bool is_value = cell.state == vm::FieldState::value;
    if (!is_value && info.place == bytecode::FieldPlace::score && take_value(field, info.high)) return;
    for (const std::int64_t plain : kPlain) {
      if (Rational(plain) < info.low || Rational(plain) > info.high) continue;
      if (is_value && scaled(info, Rational(plain)) == cell.value) return;
      if (take_value(field, Rational(plain))) return;
    }
  }

  bool take_value(std::uint32_t field, const Rational& number) {
    const auto value = scaled(subject_.fields[field], number);
    if (!value) return false;
    Record changed = record_;
    changed.fields[field] = {vm::FieldState::value, *value};
    return take(std::move(changed));
  }

  const bytecode::Subject& subject_;
  Record record_;
  const Holds& holds_;
};

}  // namespace

bool shows(Bench& bench, const Record& record, const Shows& wanted) {
  bool shown = false;
  bench.run({record},
            [&](std::size_t, const vm::Machine& machine, std::uint32_t row) { shown = wanted(machine, row); });
  return shown;
}

Record shorten(const bytecode::Subject& subject, Record record, const Holds& holds) {
  return Shortening(subject, std::move(record), holds).run();
}

namespace {

/// Every date of a record by one visit.
template <class Visit>
void each_date(const bytecode::Subject& subject, Record& record, const Visit& visit) {
  const auto look = [&](Cells& cells) {
    for (auto& [field, cell] : cells)
      if (subject.fields[field].kind == bytecode::FieldKind::date && cell.state == vm::FieldState::value) visit(cell.value);
  };
  look(record.fields);
  for (auto& [list, rows] : record.lists)
    for (Cells& row : rows) look(row);
}

}  // namespace

Record with_dates_near(const bytecode::Subject& subject, Record record, int year, const Holds& holds) {
  constexpr std::int64_t kYearsBack = 10 * 366;  // a fact that old may still matter
  const std::int64_t middle = *day_number(year, 7, 1), oldest = middle - kYearsBack, newest = *day_number(year, 12, 31);
  std::int64_t latest = std::numeric_limits<std::int64_t>::min();
  bool all_near = true;
  each_date(subject, record, [&](std::int64_t day) {
    all_near = all_near && oldest <= day && day <= newest;
    latest = std::max(latest, day);
  });
  if (all_near) return record;
  Record moved = record;
  each_date(subject, moved, [&](std::int64_t& day) { day += middle - latest; });
  if (holds(moved)) return moved;
  moved = record;
  each_date(subject, moved, [&](std::int64_t& day) {
    if (day < oldest || day > newest) day = middle;
  });
  return holds(moved) ? moved : record;
}

Record shorten(Bench& bench, Record record, const Shows& wanted) {
  const Holds holds = [&](const Record& each) { return shows(bench, each, wanted); };
  return with_dates_near(bench.subject(), shorten(bench.subject(), std::move(record), holds), bench.year(), holds);
}

}  // namespace quy::analysis

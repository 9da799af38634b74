#include "runtime/tabular/table_source.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "runtime/tabular/heading_words.h"
#include "runtime/tabular/headings.h"

namespace quy::tabular {
namespace {

using bytecode::kNone;

constexpr std::size_t kPieceBytes = std::size_t{1} << 16;

std::string place_of(const std::vector<std::string>& path) {
  std::string place;
  for (const std::string& part : path) {
    if (!place.empty() && !part.starts_with('[')) place += '.';
    place += part;
  }
  return place;
}

/// A heading of a column at the record's top, by id or label.
std::size_t head_column(const HeadingRow& heading, std::initializer_list<std::string_view> words) {
  return heading.find([&](const std::string& name) { return std::find(words.begin(), words.end(), word_key(name)) != words.end(); });
}

/// The lists of one record.
class RecordLists : public RecordShape::ListRows {
 public:
  RecordLists(ListSheets& lists, std::uint32_t version, std::uint32_t subject, std::string id, std::string period)
      : lists_(lists), version_(version), subject_(subject), id_(std::move(id)), period_(std::move(period)) {}
  std::string items(const std::string& list) const override { return lists_.items(version_, subject_, list, id_, period_); }

 private:
  ListSheets& lists_;
  std::uint32_t version_, subject_;
  std::string id_, period_;
};

}  // namespace

std::optional<Message> TableSource::problem() const { return problem_ ? problem_ : table_.problem(); }

std::string TableSource::default_subject(std::uint32_t version, const std::string& of_sheet) const {
  const auto constant = heading_.constants.find("subject");
  std::string subject = constant == heading_.constants.end() ? of_sheet : schemas_.subject_named(version, constant->second);
  const std::vector<bytecode::Subject>& subjects = schemas_.module(version).subjects;
  if (subject.empty() && subjects.size() == 1) subject = subjects.front().id;
  return subject;
}

std::uint32_t TableSource::version_of(const Row& row) const {
  if (schemas_.size() == 1) return 0;
  const auto constant = heading_.constants.find("period");
  return schemas_.of_period(constant == heading_.constants.end() ? identifier(row.at(period_column_)) : constant->second);
}

/// Every heading must be a column of the table's subject; of some subject, when rows name theirs. One version that has it is enough.
class TableSource::Check {
 public:
  explicit Check(const TableSource& table) : table_(table) {
    const std::vector<std::string>& names = table.heading_.names;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (!names[i].empty()) left_.insert(i);
  }

  std::optional<Message> problem() {
    std::string of;
    for (std::uint32_t version = 0; version < table_.schemas_.size(); ++version) {
      const bytecode::Module& module = table_.schemas_.module(version);
      const std::uint32_t only = table_.subject_column_ == std::string::npos ? index_of(module, table_.subjects_[version]) : kNone;
      if (std::optional<Message> found = find_in(module, only)) return found;
      if (of.empty()) of = only == kNone ? module.id : module.subjects[only].id;
    }
    if (left_.empty()) return std::nullopt;
    const std::size_t first = *left_.begin();
    return Message{Diag::heading_unknown, {table_.where_, column_letters(first), table_.heading_.names[first], of}, nearest_};
  }

 private:
  std::optional<Message> find_in(const bytecode::Module& module, std::uint32_t only) {
    places_.clear();
    for (std::uint32_t subject = 0; subject < module.subjects.size(); ++subject) {
      if (only != kNone && subject != only) continue;
      if (std::optional<Message> found = find_in(module.subjects[subject], only != kNone)) return found;
    }
    return std::nullopt;
  }

  std::optional<Message> find_in(const bytecode::Subject& subject, bool only) {
    if (left_.empty()) return std::nullopt;
    const Headings headings(subject);
    for (auto i = left_.begin(); i != left_.end();) {
      const std::string& name = table_.heading_.names[*i];
      const Heading heading = headings.find(name);
      const auto* column = std::get_if<Column>(&heading);
      const auto* ambiguous = std::get_if<AmbiguousHeading>(&heading);
      if (only && ambiguous != nullptr) return Message{Diag::heading_ambiguous, {table_.where_, column_letters(*i), name, ambiguous->ids}, {}};
      if (only && column != nullptr) {
        const auto [place, fresh] = places_.emplace(place_of(column->path), *i);
        if (!fresh)
          return Message{Diag::heading_repeated, {table_.where_, column_letters(place->second), column_letters(*i), column->heading}, {}};
      }
      if (const auto* unknown = std::get_if<UnknownHeading>(&heading); unknown != nullptr && unknown->nearest) nearest_ = unknown->nearest;
      i = column != nullptr || ambiguous != nullptr ? left_.erase(i) : std::next(i);
    }
    return std::nullopt;
  }

  const TableSource& table_;
  std::set<std::size_t> left_;                  ///< columns whose heading nobody has known so far
  std::map<std::string, std::size_t> places_;
  std::optional<std::string> nearest_;
};

TableSource::TableSource(const Schemas& schemas, Table& table, HeadingRow heading, std::string where, const std::string& subject,
                         ListSheets* lists)
    : schemas_(schemas),
      table_(table),
      heading_(std::move(heading)),
      where_(std::move(where)),
      lists_(lists),
      subject_column_(head_column(heading_, {"subject", "doi_tuong"})),
      id_column_(head_column(heading_, {"id", "ma_ho_so", "ma_ban_ghi", "record_id"})),
      period_column_(head_column(heading_, {"period", "ky"})) {
  for (std::uint32_t version = 0; version < schemas.size(); ++version) subjects_.push_back(default_subject(version, subject));
  problem_ = Check(*this).problem();
  ended_ = problem_.has_value();
}

std::size_t TableSource::read(char* into, std::size_t size) {
  while (taken_ == out_.size() && !ended_) {
    out_.clear();
    taken_ = 0;
    while (out_.size() < kPieceBytes && !ended_) produce();
  }
  const std::size_t count = std::min(size, out_.size() - taken_);
  std::copy_n(out_.data() + taken_, count, into);
  taken_ += count;
  return count;
}

void TableSource::produce() {
  if (replayed_ < heading_.rows.size()) return write(heading_.rows[replayed_++]);
  Row row;
  ended_ = !table_.next(row);
  if (!ended_) write(row);
}

void TableSource::write(const Row& row) {
  if (is_blank(row)) return;
  for (; line_ < row.number; ++line_) out_ += '\n';
  ++line_;
  if (row.too_long) {
    // Goes on as a line that is too long itself.
    out_.append(limits::record_bytes + 1, 'x');
    out_ += '\n';
    return;
  }
  take_headless(row);
  const std::uint32_t version = version_of(row);
  const bool named = subject_column_ != std::string::npos && !row.at(subject_column_).empty();
  SubjectShape& shape = shape_for(version, named ? schemas_.subject_named(version, row.at(subject_column_).text) : subjects_[version]);
  if (lists_ != nullptr && shape.subject != kNone) {
    const RecordLists lists(*lists_, version, shape.subject, identifier(row.at(id_column_)), identifier(row.at(period_column_)));
    shape.shape.write(row, &lists, out_);
  } else {
    shape.shape.write(row, nullptr, out_);
  }
  out_ += '\n';
}

bool TableSource::is_blank(const Row& row) const {
  if (row.too_long) return false;
  for (std::size_t i = 0; i < row.cells.size(); ++i)
    if (!row.cells[i].empty() && !heading_.is_constant(i)) return false;
  return true;
}

/// A cell below no heading goes on under the letters of its column, for the reader to refuse: nothing that stands in a table is dropped.
void TableSource::take_headless(const Row& row) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].empty() || heading_.has_heading(i)) continue;
    // As many columns again are named along with it, or a table whose rows grow by a cell each would have its shapes made anew for each row.
    heading_.name_headless(std::min(limits::sheet_columns, 2 * (i + 1)));
    shapes_.clear();
  }
}

TableSource::SubjectShape& TableSource::shape_for(std::uint32_t version, const std::string& subject) {
  const auto found = shapes_.find({version, subject});
  if (found != shapes_.end()) return found->second;
  // Subjects that no version has are alike where the rows name them.
  const bool by_row = subject_column_ != std::string::npos && !schemas_.has_subject(subject);
  const std::string name = by_row ? std::string() : subject;
  const auto [place, fresh] = shapes_.try_emplace({version, name});
  if (fresh) place->second = make_shape(version, name);
  return place->second;
}

/// Another version has the column, as a part of records that this one's reader would pass over.
bool TableSource::has_no_place_in(std::uint32_t version, const std::string& subject, const std::string& heading) const {
  for (std::uint32_t other = 0; other < schemas_.size(); ++other) {
    const std::uint32_t index = other == version ? kNone : index_of(schemas_.module(other), subject);
    if (index == kNone) continue;
    const Heading found = Headings(schemas_.module(other).subjects[index]).find(heading);
    const auto* column = std::get_if<Column>(&found);
    if (column == nullptr) continue;
    const std::string& part = column->path.front();
    if (part == "evidence" || part == "scores" || part == "maxima") return true;
  }
  return false;
}

TableSource::SubjectShape TableSource::make_shape(std::uint32_t version, const std::string& subject) {
  SubjectShape made;
  const bytecode::Module& module = schemas_.module(version);
  made.subject = index_of(module, subject);
  static const bytecode::Subject nobody;
  const bytecode::Subject& of = made.subject == kNone ? nobody : module.subjects[made.subject];
  if (!of.stages.empty()) made.shape = RecordShape(of.stages.front());
  const Headings headings(of);
  std::set<std::string> taken;
  for (std::size_t i = 0; i < heading_.names.size(); ++i) {
    const std::string& name = heading_.names[i];
    if (name.empty()) continue;
    const Heading heading = heading_.is_headless(i) ? Heading(UnknownHeading{}) : headings.find(name);
    if (!heading_.is_headless(i) && std::holds_alternative<UnknownHeading>(heading) && has_no_place_in(version, subject, name)) continue;
    Column column{name, {}, {"evidence", name}, CellForm::text};
    // What this subject does not have, or has twice, goes on under its own name, for the reader to refuse where it is filled in.
    if (const auto* known = std::get_if<Column>(&heading); known != nullptr && taken.insert(place_of(known->path)).second) column = *known;
    columns_.emplace(place_of(column.path), i);
    made.shape.add(column, i, CellWriter(module, of, column));
  }
  if (subject_column_ == std::string::npos && !subject.empty()) made.shape.add_constant("subject", subject);
  for (const auto& [key, text] : heading_.constants)
    if (key == "period" || key == "unit" || key == "cohort") made.shape.add_constant(key, text);
  if (lists_ == nullptr || made.subject == kNone) return made;
  for (const std::string& list : lists_->lists_of(version, made.subject)) made.shape.add_list(list);
  return made;
}

std::string TableSource::column_of(std::string field) const {
  while (!field.empty()) {
    if (const auto found = columns_.find(field); found != columns_.end()) return column_letters(found->second);
    const std::size_t cut = field.find_last_of(".[");
    field.resize(cut == std::string::npos ? 0 : cut);
  }
  return {};
}

}  // namespace quy::tabular

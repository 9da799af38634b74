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

std::uint32_t index_of(const bytecode::Module& module, const std::string& subject) {
  for (std::uint32_t i = 0; i < module.subjects.size(); ++i)
    if (module.subjects[i].id == subject) return i;
  return kNone;
}

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
  RecordLists(ListSheets& lists, std::uint32_t subject, std::string id, std::string period)
      : lists_(lists), subject_(subject), id_(std::move(id)), period_(std::move(period)) {}
  std::string items(const std::string& list) const override { return lists_.items(subject_, list, id_, period_); }

 private:
  ListSheets& lists_;
  std::uint32_t subject_;
  std::string id_, period_;
};

}  // namespace

TableSource::TableSource(const bytecode::Module& module, Table& table, HeadingRow heading, std::string where, std::string subject,
                         ListSheets* lists)
    : module_(module),
      table_(table),
      heading_(std::move(heading)),
      where_(std::move(where)),
      subject_(std::move(subject)),
      lists_(lists),
      subject_column_(head_column(heading_, {"subject", "doi_tuong"})),
      id_column_(head_column(heading_, {"id", "ma_ho_so", "ma_ban_ghi", "record_id"})),
      period_column_(head_column(heading_, {"period", "ky"})) {
  const auto constant = heading_.constants.find("subject");
  if (constant != heading_.constants.end()) subject_ = subject_named(module_, constant->second);
  if (subject_.empty() && module_.subjects.size() == 1) subject_ = module_.subjects.front().id;
  problem_ = check();
  ended_ = problem_.has_value();
}

std::optional<Message> TableSource::problem() const { return problem_ ? problem_ : table_.problem(); }

/// Every heading must be a column of the table's subject; of some subject, when rows name theirs.
std::optional<Message> TableSource::check() {
  const std::uint32_t only = subject_column_ == std::string::npos ? index_of(module_, subject_) : kNone;
  std::set<std::size_t> left;
  for (std::size_t i = 0; i < heading_.names.size(); ++i)
    if (!heading_.names[i].empty()) left.insert(i);
  std::optional<std::string> nearest;
  std::map<std::string, std::size_t> places;
  for (std::uint32_t s = 0; s < module_.subjects.size() && !left.empty(); ++s) {
    if (only != kNone && s != only) continue;
    const Headings headings(module_.subjects[s]);
    for (auto i = left.begin(); i != left.end();) {
      const Heading heading = headings.find(heading_.names[*i]);
      const auto* column = std::get_if<Column>(&heading);
      const auto* ambiguous = std::get_if<AmbiguousHeading>(&heading);
      if (only != kNone && ambiguous != nullptr)
        return Message{Diag::heading_ambiguous, {where_, column_letters(*i), heading_.names[*i], ambiguous->ids}, {}};
      if (only != kNone && column != nullptr) {
        const auto [place, fresh] = places.emplace(place_of(column->path), *i);
        if (!fresh)
          return Message{Diag::heading_repeated, {where_, column_letters(place->second), column_letters(*i), column->heading}, {}};
      }
      if (const auto* unknown = std::get_if<UnknownHeading>(&heading); unknown != nullptr && unknown->nearest) nearest = unknown->nearest;
      i = column != nullptr || ambiguous != nullptr ? left.erase(i) : std::next(i);
    }
  }
  if (left.empty()) return std::nullopt;
  const std::size_t first = *left.begin();
  const std::string of = only == kNone ? module_.id : module_.subjects[only].id;
  return Message{Diag::heading_unknown, {where_, column_letters(first), heading_.names[first], of}, nearest};
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
  std::string subject = subject_;
  if (subject_column_ != std::string::npos && !row.at(subject_column_).empty()) subject = subject_named(module_, row.at(subject_column_).text);
  SubjectShape& shape = shape_for(subject);
  if (lists_ != nullptr && shape.subject != kNone) {
    const RecordLists lists(*lists_, shape.subject, identifier(row.at(id_column_)), identifier(row.at(period_column_)));
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
    if (row.cells[i].empty() || heading_.is_constant(i)) continue;
    if (i < heading_.names.size() && !heading_.names[i].empty()) continue;
    if (heading_.names.size() <= i) heading_.names.resize(i + 1);
    heading_.names[i] = column_letters(i);
    shapes_.clear();
  }
}

TableSource::SubjectShape& TableSource::shape_for(const std::string& subject) {
  // Many unknown names need not be kept.
  constexpr std::size_t kMostKept = 1024;
  if (shapes_.size() > kMostKept) shapes_.clear();
  const auto found = shapes_.find(subject);
  return found != shapes_.end() ? found->second : shapes_.emplace(subject, make_shape(subject)).first->second;
}

TableSource::SubjectShape TableSource::make_shape(const std::string& subject) {
  SubjectShape made;
  made.subject = index_of(module_, subject);
  static const bytecode::Subject nobody;
  const bytecode::Subject& of = made.subject == kNone ? nobody : module_.subjects[made.subject];
  const Headings headings(of);
  std::set<std::string> taken;
  for (std::size_t i = 0; i < heading_.names.size(); ++i) {
    const std::string& name = heading_.names[i];
    if (name.empty()) continue;
    const Heading heading = headings.find(name);
    Column column{name, {}, {"evidence", name}, CellForm::text};
    // What this subject does not have, or has twice, goes on under its own name, for the reader to refuse where it is filled in.
    if (const auto* known = std::get_if<Column>(&heading); known != nullptr && taken.insert(place_of(known->path)).second) column = *known;
    columns_.emplace(place_of(column.path), i);
    made.shape.add(column.path, i, CellWriter(module_, of, column));
  }
  if (subject_column_ == std::string::npos && !subject.empty()) made.shape.add_constant("subject", subject);
  for (const auto& [key, text] : heading_.constants)
    if (key == "period" || key == "unit" || key == "cohort") made.shape.add_constant(key, text);
  if (lists_ == nullptr || made.subject == kNone) return made;
  for (const std::string& list : lists_->lists_of(made.subject)) made.shape.add_list(list);
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

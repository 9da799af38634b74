#include "runtime/tabular/headings.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "runtime/tabular/heading_words.h"

namespace quy::tabular {
namespace {

using bytecode::kNone;
using bytecode::Subject;

/// Letters of a sheet's name, at most.
constexpr std::size_t kSheetNameLetters = 31;

bool is_evidence(const Column& column) { return column.path.size() == 2 && column.path.front() == "evidence"; }

/// The parts of a value that is given with where it comes from, or of an exception that is claimed.
std::optional<CellForm> part_form(std::string_view part) {
  if (part == "date") return CellForm::day;
  constexpr std::array<std::string_view, 4> kTexts{"source", "by", "reason", "document"};
  return std::find(kTexts.begin(), kTexts.end(), part) != kTexts.end() ? std::optional(CellForm::text) : std::nullopt;
}

bool is_sheet_name_of(std::string_view name, const std::string& label) {
  const std::string key = word_key(name), whole = word_key(label);
  if (key.empty()) return false;
  return key == whole || (whole.size() > key.size() && key.size() + 3 >= kSheetNameLetters && whole.starts_with(key));
}

}  // namespace

Headings::Headings(const Subject& subject) : Headings(subject, columns_of(subject)) {}
Headings::Headings(const Subject& subject, std::uint32_t list) : Headings(subject, list_columns(subject, list)) {}

Headings::Headings(const Subject& subject, std::vector<Column> columns) : subject_(subject), columns_(std::move(columns)) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    by_id_.emplace(word_key(column.heading), i);  // what stands at the record's top comes first
    if (is_evidence(column)) by_id_.emplace("evidence." + word_key(column.heading), i);
  }
  // What else has the label of a change keeps it.
  for (const bool of_changes : {false, true})
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].of_changes == of_changes) add_labels(i);
  add_name("mã bản ghi", 0);
}

void Headings::add_labels(std::size_t column) {
  const Column& of = columns_[column];
  const auto taken = [&](const std::string& label) {
    const auto named = by_label_.find(word_key(label));
    return named != by_label_.end() && !columns_[named->second.front()].of_changes;
  };
  for (const std::string* label : {&of.label.vi, &of.label.en})
    if (!of.of_changes || !taken(*label)) add_name(*label, column);
}

void Headings::add_name(const std::string& name, std::size_t column) {
  std::vector<std::size_t>& named = by_label_[word_key(name)];
  if (named.empty() || named.back() != column) named.push_back(column);
}

Heading Headings::find(std::string_view heading) const {
  if (heading.starts_with("x_")) return Column{std::string(heading), {}, {std::string(heading)}, CellForm::text};
  const std::string key = word_key(heading);
  if (const auto found = by_id_.find(key); found != by_id_.end()) return columns_[found->second];
  if (const auto named = by_label_.find(key); named != by_label_.end()) {
    if (named->second.size() == 1) return columns_[named->second.front()];
    AmbiguousHeading several;
    for (const std::size_t i : named->second) several.ids += (several.ids.empty() ? "" : ", ") + columns_[i].heading;
    return several;
  }
  if (std::optional<Column> part = find_part(key)) return *part;
  if (std::optional<Column> item = find_item(key)) return *item;
  std::vector<std::string> known;
  for (const Column& column : columns_) {
    known.push_back(column.heading);
    known.push_back(column.label.vi);
  }
  constexpr std::size_t kLongestName = 100;
  return UnknownHeading{heading.size() <= kLongestName && !key.empty() ? nearest(heading, known) : std::nullopt};
}

std::optional<Column> Headings::find_part(const std::string& key) const {
  const std::size_t dot = key.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  const auto base = by_id_.find(key.substr(0, dot));
  std::optional<Column> column = base != by_id_.end() ? std::optional(columns_[base->second]) : find_part(key.substr(0, dot));
  if (!column || column->form != CellForm::value || column->path.front() == "decisions") return std::nullopt;
  const std::string part = key.substr(dot + 1);
  column->heading = key;
  const std::optional<CellForm> form = part_form(part);
  if (!form) return stage_of(std::move(*column), part);
  // The document by which anything but an exception is given is called its source.
  const bool claim = subject_.fields[column->field].place == bytecode::FieldPlace::exception;
  column->path.push_back(part == "document" && !claim ? "source" : part);
  column->form = *form;
  column->field = kNone;
  column->takes_states = false;
  return column;
}

/// A fact as it is given at a stage.
std::optional<Column> Headings::stage_of(Column column, const std::string& stage) const {
  const bool is_fact = column.path.front() != "scores" && column.path.front() != "maxima";
  if (!is_fact || column.stage_at != Column::kNoStage) return std::nullopt;
  if (std::find(subject_.stages.begin(), subject_.stages.end(), stage) == subject_.stages.end()) return std::nullopt;
  column.stage_at = column.path.size();
  column.path.push_back(stage);
  return column;
}

/// `ky_luat[2].hinh_thuc`: a list's item among the record's own columns.
std::optional<Column> Headings::find_item(const std::string& key) const {
  const std::size_t open = key.find('['), close = key.find("].");
  if (open == std::string::npos || close == std::string::npos || close < open) return std::nullopt;
  const auto base = by_id_.find(key.substr(0, open));
  if (base == by_id_.end() || columns_[base->second].form != CellForm::list_state) return std::nullopt;
  const std::string number = key.substr(open, close + 1 - open);
  constexpr std::size_t kLongestNumber = 8;
  if (number.size() > kLongestNumber || number.size() < 3 || number.find_first_not_of("0123456789", 1) != number.size() - 1)
    return std::nullopt;
  const Heading of_item = Headings(subject_, columns_[base->second].list).find(key.substr(close + 2));
  const Column* column = std::get_if<Column>(&of_item);
  if (column == nullptr || column->path.empty()) return std::nullopt;
  Column item = *column;
  item.heading = key;
  const std::initializer_list<std::string> before{"evidence", columns_[base->second].heading, number};
  item.path.insert(item.path.begin(), before);
  if (item.stage_at != Column::kNoStage) item.stage_at += before.size();
  return item;
}

std::uint32_t list_named(const Subject& subject, std::string_view name) {
  for (std::uint32_t i = 0; i < subject.lists.size(); ++i) {
    const bytecode::List& list = subject.lists[i];
    if (is_sheet_name_of(name, list.id) || is_sheet_name_of(name, list.label)) return i;
  }
  return kNone;
}

}  // namespace quy::tabular

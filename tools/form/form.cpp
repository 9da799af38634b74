#include "tools/form/form.h"

#include <algorithm>
#include <map>

#include "base/numeric/date.h"
#include "runtime/bytecode/labels.h"
#include "runtime/tabular/columns.h"
#include "runtime/tabular/table.h"
#include "runtime/trace/numbers.h"
#include "tools/spreadsheet.h"

namespace quy::tools {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using tabular::CellForm;
using tabular::Column;

constexpr lxw_row_t kTitleRow = 0, kLabelRow = 1, kKindRow = 2, kIdRow = 3, kFirstRow = 4, kLastRow = 2003;
constexpr double kLabelHeight = 60, kWidth = 16, kWideWidth = 30;

/// What a drop-down list can hold in itself; longer ones stand on a sheet.
constexpr std::size_t kInlineLetters = 255;

class Form {
 public:
  Form(const bytecode::Module& module, const bytecode::Subject& subject, Language language, bool changes)
      : module_(module), subject_(subject), language_(language), changes_(changes), file_(false) {}

  std::variant<std::string, int> write() {
    make_formats();
    write_records();
    for (std::uint32_t list = 0; list < subject_.lists.size(); ++list) write_list(list);
    write_choices();
    if (std::optional<std::string> bytes = file_.finish()) return std::move(*bytes);
    return file_.system_error();
  }

 private:
  const char* say(const char* vi, const char* en) const { return language_ == Language::vi ? vi : en; }
  std::string number(const Rational& value) const { return trace::display_number(value, language_).text; }

  void make_formats() {
    title_ = file_.format();
    xlsx().format_set_bold(title_);
    xlsx().format_set_font_size(title_, 13);
    label_ = file_.format();
    xlsx().format_set_bold(label_);
    xlsx().format_set_text_wrap(label_);
    xlsx().format_set_align(label_, LXW_ALIGN_VERTICAL_TOP);
    xlsx().format_set_border(label_, LXW_BORDER_THIN);
    xlsx().format_set_bg_color(label_, 0xF3F4F6);
    kind_ = file_.format();
    xlsx().format_set_italic(kind_);
    xlsx().format_set_text_wrap(kind_);
    xlsx().format_set_font_size(kind_, 9);
    xlsx().format_set_align(kind_, LXW_ALIGN_VERTICAL_TOP);
    xlsx().format_set_font_color(kind_, 0x4B5563);
    // Identifiers keep their leading zeros.
    text_ = file_.format();
    xlsx().format_set_num_format_index(text_, 0x31);
    day_ = file_.format();
    xlsx().format_set_num_format(day_, "dd/mm/yyyy");
  }

  void write_records() {
    lxw_worksheet* sheet = begin_sheet(say("Hồ sơ", "Records"), subject_.label + " — " + module_.label + ", " + module_.version);
    lxw_col_t at = 0;
    for (const Column& column : tabular::columns_of(subject_)) {
      if (column.heading != "subject" && (changes_ || !column.of_changes)) write_column(sheet, at++, column);
    }
    write_constant(sheet, at, "subject=" + subject_.id);
  }

  void write_list(std::uint32_t index) {
    const bytecode::List& list = subject_.lists[index];
    lxw_worksheet* sheet = begin_sheet(list.label.empty() ? list.id : list.label, list.label.empty() ? list.id : list.label);
    lxw_col_t at = 0;
    for (const Column& column : tabular::list_columns(subject_, index)) write_column(sheet, at++, column);
    write_constant(sheet, at, "list=" + list.id);
  }

  lxw_worksheet* begin_sheet(const std::string& name, const std::string& title) {
    lxw_worksheet* sheet = file_.sheet(name);
    xlsx().worksheet_write_string(sheet, kTitleRow, 0, cell_text(title).c_str(), title_);
    xlsx().worksheet_set_row(sheet, kLabelRow, kLabelHeight, nullptr);
    lxw_row_col_options hidden{};
    hidden.hidden = LXW_TRUE;
    xlsx().worksheet_set_row_opt(sheet, kIdRow, LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
    xlsx().worksheet_freeze_panes(sheet, kFirstRow, 1);
    xlsx().worksheet_set_landscape(sheet);
    xlsx().worksheet_set_paper(sheet, 9);
    xlsx().worksheet_repeat_rows(sheet, kTitleRow, kKindRow);
    return sheet;
  }

  /// What is so for every row of the sheet.
  void write_constant(lxw_worksheet* sheet, lxw_col_t at, const std::string& text) {
    lxw_row_col_options hidden{};
    hidden.hidden = LXW_TRUE;
    xlsx().worksheet_write_string(sheet, kIdRow, at, text.c_str(), nullptr);
    xlsx().worksheet_set_column_opt(sheet, at, at, kWidth, nullptr, &hidden);
  }

  void write_column(lxw_worksheet* sheet, lxw_col_t at, const Column& column) {
    xlsx().worksheet_write_string(sheet, kLabelRow, at, cell_text(column.label.in(language_)).c_str(), label_);
    xlsx().worksheet_write_string(sheet, kKindRow, at, cell_text(kind_words(column)).c_str(), kind_);
    xlsx().worksheet_write_string(sheet, kIdRow, at, column.heading.c_str(), nullptr);
    xlsx().worksheet_set_column(sheet, at, at, is_wide(column) ? kWideWidth : kWidth, cell_format(column));
    if (const std::string note = note_of(column); !note.empty()) {
      lxw_comment_options options{};
      options.x_scale = 2;
      options.y_scale = 2;
      xlsx().worksheet_write_comment_opt(sheet, kLabelRow, at, cell_text(note).c_str(), &options);
    }
    write_validation(sheet, at, column);
  }

  const Field* field_of(const Column& column) const { return column.form == CellForm::value && column.field != kNone ? &subject_.fields[column.field] : nullptr; }

  bool is_wide(const Column& column) const {
    const Field* field = field_of(column);
    return field == nullptr ? column.form == CellForm::text && column.heading != "id" && column.heading != "period" : field->kind == FieldKind::text;
  }

  lxw_format* cell_format(const Column& column) const {
    const Field* field = field_of(column);
    if (column.form == CellForm::day || (field != nullptr && field->kind == FieldKind::date)) return day_;
    const bool text = field == nullptr ? column.form == CellForm::text : field->kind == FieldKind::text || field->kind == FieldKind::code;
    return text ? text_ : nullptr;
  }

  // -------------------------------------------------------------- words

  std::string kind_words(const Column& column) const {
    if (column.form == CellForm::day) return say("ngày", "date");
    if (column.form == CellForm::list_state) return say("danh sách", "list");
    if (column.heading == "id") return say("bắt buộc", "needed");
    if (column.heading == "period") return say("bắt buộc: 2025, 2025-Q3, 2025-09 …", "needed: 2025, 2025-Q3, 2025-09 …");
    const Field* field = field_of(column);
    return field == nullptr ? say("chữ", "text") : field_words(*field);
  }

  std::string field_words(const Field& field) const {
    switch (field.kind) {
      case FieldKind::boolean: return say("có / không", "yes / no");
      case FieldKind::date: return say("ngày", "date");
      case FieldKind::text: return say("chữ", "text");
      case FieldKind::step:
      case FieldKind::level:
      case FieldKind::criterion: return say("chọn trong danh sách", "choose from the list");
      case FieldKind::code: return say("mã", "code");
      case FieldKind::percentage: return "%";
      case FieldKind::money: return say("đồng", "đồng");
      case FieldKind::points: return say("điểm", "points") + (field.step ? say(", bước ", ", in steps of ") + number(*field.step) : "");
      case FieldKind::days: return say("ngày", "days");
      case FieldKind::count:
      case FieldKind::number: break;
    }
    return field.unit.empty() ? say("số", "number") : field.unit;
  }

  std::string note_of(const Column& column) const {
    if (column.form == CellForm::list_state) return list_note(column.list);
    if (column.path.size() == 3 && column.path.front() == "overrides") return grounds_note();
    const Field* field = field_of(column);
    if (field == nullptr) return {};
    std::string note;
    const auto add = [&](const std::string& line) {
      if (!line.empty()) note += (note.empty() ? "" : "\n") + line;
    };
    for (const std::string& clause : clauses_of(*field)) add(say("Điều khoản: ", "Clause: ") + clause);
    if (!field->source.empty()) add(say("Nguồn: ", "Source: ") + field->source);
    if (!field->guidance.empty()) add(field->guidance);
    if (field->at_most_field != kNone) add(say("Không quá: ", "At most: ") + bytecode::field_label(subject_.fields[field->at_most_field]));
    if (field->may_be_left_out && column.takes_states)
      add(say("Nếu không có giá trị, ghi: “không áp dụng: lý do”, “không phát sinh” hoặc “chưa đến hạn: 30/6/2026”.",
              "Where there is no value: “not applicable: reason”, “did not arise” or “not yet due: 30/6/2026”."));
    return note;
  }

  /// The clause a field serves itself; of a score those of its criterion.
  std::vector<std::string> clauses_of(const Field& field) const {
    if (field.place == FieldPlace::score || field.place == FieldPlace::maximum) {
      for (const bytecode::CriterionInfo& criterion : subject_.criteria)
        if (criterion.id == field.id) return criterion.clauses;
    }
    if (!field.clause.empty()) return {field.clause};
    const auto found = clauses_by_field().find(field.id);
    return found == clauses_by_field().end() ? std::vector<std::string>() : found->second;
  }

  /// By field: the clauses whose thresholds compare it.
  const std::map<std::string, std::vector<std::string>>& clauses_by_field() const {
    if (!threshold_clauses_.empty()) return threshold_clauses_;
    const auto add = [this](const bytecode::Threshold& threshold) {
      for (const Field& field : subject_.fields) {
        if (threshold.field.find(field.id) == std::string::npos) continue;
        std::vector<std::string>& clauses = threshold_clauses_[field.id];
        if (std::find(clauses.begin(), clauses.end(), threshold.clause) == clauses.end()) clauses.push_back(threshold.clause);
      }
    };
    for (const bytecode::CriterionInfo& criterion : subject_.criteria) std::for_each(criterion.thresholds.begin(), criterion.thresholds.end(), add);
    return threshold_clauses_;
  }

  std::string list_note(std::uint32_t index) const {
    const bytecode::List& list = subject_.lists[index];
    const std::string name = list.label.empty() ? list.id : list.label;
    return say("Kê từng dòng ở trang “", "List the rows on the sheet “") + name +
           say("”, ghi mã hồ sơ ở cột đầu. Không có gì để kê thì chọn “không có” ở đây; để trống nghĩa là chưa có danh sách.",
               "”, with the record's id in the first column. Where there is nothing to list choose “none” here; left empty, the list is not there yet.");
  }

  std::string grounds_note() const {
    return say("Ghi khi bước này sửa số liệu hoặc điểm của bước trước; dùng cho mọi chỗ sửa của bước này trong hồ sơ. Thiếu lý do hoặc văn bản thì hồ sơ "
               "bị từ chối. Chỗ sửa nào có lý do, văn bản riêng thì thêm cột như `giao.decision.reason`, hoặc lập biểu bằng `quy form --changes`.",
               "For when this stage changes a fact or a score of the stage before; it holds for all that the stage changes in this record. Without a "
               "reason or a document the record is refused. Where a change has its own, add columns such as `giao.decision.reason`, or make the form "
               "with `quy form --changes`.");
  }

  // -------------------------------------------------------------- what may be entered

  void write_validation(lxw_worksheet* sheet, lxw_col_t at, const Column& column) {
    if (column.form == CellForm::list_state) return write_choice(sheet, at, {say("không có", "none")}, false);
    if (column.form == CellForm::day) return write_day(sheet, at, *day_number(1900, 1, 1), *day_number(2199, 12, 31), true);
    const Field* field = field_of(column);
    if (field == nullptr) return;
    const bool strict = !(field->may_be_left_out && column.takes_states);
    switch (field->kind) {
      case FieldKind::boolean: return write_choice(sheet, at, {say("có", "yes"), say("không", "no")}, strict);
      case FieldKind::date: return write_day(sheet, at, day_of(field->low), day_of(field->high), strict);
      case FieldKind::count:
      case FieldKind::number:
      case FieldKind::percentage:
      case FieldKind::points:
      case FieldKind::money:
      case FieldKind::days: return write_bounds(sheet, at, *field, strict && field->place != FieldPlace::score);
      case FieldKind::text: return;
      case FieldKind::step:
      case FieldKind::code:
      case FieldKind::level:
      case FieldKind::criterion: return write_choice(sheet, at, choices_of(*field), strict);
    }
  }

  static DayNumber day_of(const Rational& value) { return static_cast<DayNumber>(value.to_int64().value_or(0)); }

  template <typename Items>
  static std::vector<std::string> labels(const Items& items) {
    std::vector<std::string> all;
    for (const auto& item : items) all.push_back(item.label.empty() ? item.id : item.label);
    return all;
  }

  /// Of a decision only those that its clause allows.
  std::vector<std::string> levels_of(const Field& field) const {
    const std::vector<std::string> all = labels(module_.ratings[subject_.rating].levels);
    std::vector<std::string> allowed;
    for (std::size_t i = 0; i < all.size(); ++i)
      if ((field.allowed_levels >> i & 1U) != 0) allowed.push_back(all[i]);
    return allowed;
  }

  std::vector<std::string> choices_of(const Field& field) const {
    if (field.kind == FieldKind::step && field.scale < module_.scales.size()) {
      const bytecode::Scale& scale = module_.scales[field.scale];
      std::vector<std::string> all = scale.step_ids;
      for (std::size_t i = 0; i < all.size() && i < scale.step_labels.size(); ++i)
        if (!scale.step_labels[i].empty()) all[i] = scale.step_labels[i];
      return all;
    }
    if (field.kind == FieldKind::code && field.table < module_.tables.size()) return module_.tables[field.table].keys;
    if (field.kind == FieldKind::level && subject_.rating < module_.ratings.size()) return levels_of(field);
    if (field.kind == FieldKind::criterion) return labels(subject_.criteria);
    return {};
  }

  void validate(lxw_worksheet* sheet, lxw_col_t at, lxw_data_validation& rule, bool strict) {
    rule.ignore_blank = LXW_VALIDATION_ON;
    // Where words for “không áp dụng” may stand too, other entries are let pass here; reading checks them all.
    rule.show_error = strict ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF;
    xlsx().worksheet_data_validation_range(sheet, kFirstRow, at, kLastRow, at, &rule);
  }

  void write_choice(lxw_worksheet* sheet, lxw_col_t at, const std::vector<std::string>& choices, bool strict) {
    if (choices.empty()) return;
    std::size_t letters = 0;
    bool comma = false;
    for (const std::string& choice : choices) {
      letters += choice.size() + 1;
      comma = comma || choice.find(',') != std::string::npos;
    }
    lxw_data_validation rule{};
    std::vector<char*> list;  // the library copies it, but says no const
    for (const std::string& choice : choices) list.push_back(const_cast<char*>(choice.c_str()));
    list.push_back(nullptr);
    const std::string range = letters > kInlineLetters || comma ? range_of(choices) : std::string();
    if (range.empty()) {
      rule.validate = LXW_VALIDATION_TYPE_LIST;
      rule.value_list = list.data();
    } else {
      rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      rule.value_formula = const_cast<char*>(range.c_str());
    }
    validate(sheet, at, rule, strict);
  }

  void write_day(lxw_worksheet* sheet, lxw_col_t at, DayNumber low, DayNumber high, bool strict) {
    const CivilDate first = civil_date(std::max(low, *day_number(1900, 1, 1))), last = civil_date(high);
    lxw_data_validation rule{};
    rule.validate = LXW_VALIDATION_TYPE_DATE;
    rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    rule.minimum_datetime = {first.year, first.month, first.day, 0, 0, 0};
    rule.maximum_datetime = {last.year, last.month, last.day, 0, 0, 0};
    validate(sheet, at, rule, strict);
  }

  /// Bounds only help while typing; the exact ones are checked when the form is read.
  void write_bounds(lxw_worksheet* sheet, lxw_col_t at, const Field& field, bool strict) {
    lxw_data_validation rule{};
    rule.validate = field.digits == 0 ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
    rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    rule.minimum_number = field.low.cut_to_double();
    rule.maximum_number = field.high.cut_to_double();
    validate(sheet, at, rule, strict);
  }

  // -------------------------------------------------------------- the sheet of long drop-down lists

  /// `=choices!$A$1:$A$9`; equal lists are written once.
  std::string range_of(const std::vector<std::string>& choices) {
    auto found = std::find(long_choices_.begin(), long_choices_.end(), choices);
    if (found == long_choices_.end()) found = long_choices_.insert(long_choices_.end(), choices);
    const auto column = static_cast<std::size_t>(found - long_choices_.begin());
    const std::string letters = tabular::column_letters(column);
    return "=" + std::string(kChoicesSheet) + "!$" + letters + "$1:$" + letters + "$" + std::to_string(choices.size());
  }

  void write_choices() {
    if (long_choices_.empty()) return;
    lxw_worksheet* sheet = file_.sheet(kChoicesSheet);
    for (std::size_t column = 0; column < long_choices_.size(); ++column)
      for (std::size_t row = 0; row < long_choices_[column].size(); ++row)
        xlsx().worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), cell_text(long_choices_[column][row]).c_str(), nullptr);
    xlsx().worksheet_hide(sheet);
  }

  static constexpr const char* kChoicesSheet = "_lua_chon";

  const bytecode::Module& module_;
  const bytecode::Subject& subject_;
  Language language_;
  bool changes_;
  Spreadsheet file_;
  lxw_format *title_ = nullptr, *label_ = nullptr, *kind_ = nullptr, *text_ = nullptr, *day_ = nullptr;
  std::vector<std::vector<std::string>> long_choices_;
  mutable std::map<std::string, std::vector<std::string>> threshold_clauses_;
};

}  // namespace

std::variant<std::string, int> blank_form(const bytecode::Module& module, std::uint32_t subject, Language language, bool changes) {
  return Form(module, module.subjects[subject], language, changes).write();
}

}  // namespace quy::tools

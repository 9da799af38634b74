#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/limits.h"
#include "tools/report/report.h"
#include "tools/report/result_row.h"
#include "tools/spreadsheet.h"

#include "base/file_io.h"

namespace quy::tools {
namespace {

/// A sheet that is filled row by row.
class Filling {
 public:
  explicit Filling(std::uint64_t most_rows) : most_rows_(most_rows) {}
  void begin(lxw_worksheet* sheet, lxw_format* heading, const std::vector<std::pair<const char*, double>>& columns) {
    sheet_ = sheet;
    lxw_col_t at = 0;
    for (const auto& [name, width] : columns) {
      xlsx().worksheet_set_column(sheet_, at, at, width, nullptr);
      xlsx().worksheet_write_string(sheet_, 0, at++, name, heading);
    }
    xlsx().worksheet_freeze_panes(sheet_, 1, 0);
    last_column_ = static_cast<lxw_col_t>(at - 1);
  }
  void next_row() {
    ++row_;
    column_ = 0;
  }
  void text(std::string_view text) {
    if (!text.empty() && fits()) xlsx().worksheet_write_string(sheet_, at(), column_, cell_text(text).c_str(), nullptr);
    ++column_;
  }
  /// A decimal that a workbook stores exactly as it is printed; any other stays a text.
  void decimal(const std::string& digits) {
    constexpr std::size_t kStoredDigits = 15;
    double value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.size() > kStoredDigits || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return text(digits);
    if (fits()) xlsx().worksheet_write_number(sheet_, at(), column_, value, nullptr);
    ++column_;
  }
  void count(std::uint64_t number) {
    if (fits()) xlsx().worksheet_write_number(sheet_, at(), column_, static_cast<double>(number), nullptr);
    ++column_;
  }
  bool begun() const { return sheet_ != nullptr; }
  void end() {
    if (row_ > 0 && fits()) xlsx().worksheet_autofilter(sheet_, 0, 0, at(), last_column_);
  }
  /// With the row of headings.
  std::uint64_t rows() const { return row_ + 1; }

 private:
  bool fits() const { return row_ < most_rows_; }
  lxw_row_t at() const { return static_cast<lxw_row_t>(row_); }

  lxw_worksheet* sheet_ = nullptr;
  std::uint64_t row_ = 0, most_rows_;
  lxw_col_t column_ = 0, last_column_ = 0;
};

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

class WorkbookReport : public Report {
 public:
  WorkbookReport(const std::vector<const bytecode::Module*>& versions, Language language, std::uint64_t most_rows)
      : labels_(versions, language), most_rows_(most_rows), file_(true), results_(most_rows), reasons_(most_rows), stages_(most_rows),
        overrides_(most_rows), rejects_(most_rows) {
    for (const bytecode::Module* version : versions)
      for (const bytecode::Subject& subject : version->subjects)
        for (const std::string& stage : subject.stages)
          if (std::find(stage_ids_.begin(), stage_ids_.end(), stage) == stage_ids_.end()) stage_ids_.push_back(stage);
    heading_ = file_.format();
    xlsx().format_set_bold(heading_);
    xlsx().format_set_text_wrap(heading_);
    xlsx().format_set_bg_color(heading_, 0xF3F4F6);
    xlsx().format_set_border(heading_, LXW_BORDER_THIN);
    const auto say = [&](const char* vi, const char* en) { return labels_.say(vi, en); };
    results_.begin(file_.sheet(say("Kết quả", "Results")), heading_,
                   {{say("Mã hồ sơ", "Record id"), 14}, {say("Đối tượng", "Subject"), 34}, {say("Kỳ", "Period"), 10},
                    {say("Đơn vị", "Unit"), 16}, {say("Nhóm xếp hạng", "Cohort"), 16}, {say("Bước chấm", "Stage"), 12},
                    {say("Tổng điểm", "Total"), 11}, {say("Tổng điểm chính xác", "Exact total"), 14}, {say("Thấp nhất", "Least"), 11},
                    {say("Cao nhất", "Most"), 11}, {say("Xếp loại", "Rating"), 30}, {say("Còn có thể", "Still possible"), 34},
                    {say("Minh chứng còn thiếu", "Missing evidence"), 40}, {say("Coi là đủ điểm", "Presumed"), 20},
                    {say("Tỉ lệ xếp loại", "Quota"), 40}});
    reasons_.begin(file_.sheet(say("Lý do", "Reasons")), heading_,
                   {{say("Mã hồ sơ", "Record id"), 14}, {say("Kỳ", "Period"), 10}, {say("Xếp loại", "Rating"), 30},
                    {say("Điều khoản", "Clause"), 18}, {say("Lý do", "Reason"), 100}});
    summary_sheet_ = file_.sheet(say("Tổng hợp", "Summary"));
  }

  void result(std::string_view line) override {
    const ResultRow row = parse_result(line);
    if (row.of_cohort) return;
    const std::string rating = labels_.category(row).label;
    write(row, rating);
    if (!row.stages.empty()) write_stages(row);
    for (const ResultRow::Override& of : row.overrides)
      // Every later block of results has those of the stages before it too.
      if (known_overrides_.insert(row.id + '\n' + row.period + '\n' + of.stage + '\n' + of.place + '\n' + of.reason + '\n' + of.document).second) write_override(row, of);
    for (const ResultRow::Reason& reason : row.reasons) {
      reasons_.next_row();
      reasons_.text(row.id);
      reasons_.text(row.period);
      reasons_.text(rating);
      reasons_.text(reason.clause);
      reasons_.text(reason.text);
    }
  }

  void reject(std::string_view line) override {
    if (!any_reject_) begin_rejects();
    any_reject_ = true;
    const nlohmann::json reject = nlohmann::json::parse(line);
    rejects_.next_row();
    for (const char* key : {"input", "sheet", "line", "column", "id", "field", "code", "reason"}) {
      const auto found = reject.find(key);
      rejects_.text(found == reject.end() ? std::string() : found->is_string() ? found->get<std::string>() : found->dump());
    }
  }

  std::variant<std::string, Message> finish(const EvaluationSummary& summary) override {
    for (Filling* sheet : {&results_, &reasons_, &stages_, &overrides_, &rejects_}) {
      if (sheet->rows() > most_rows_) return Message{Diag::too_many_for_sheet, {sheet->rows(), most_rows_}, {}};
    }
    results_.end();
    reasons_.end();
    for (Filling* sheet : {&stages_, &overrides_})
      if (sheet->begun()) sheet->end();
    write_summary(summary);
    if (std::optional<std::string> bytes = file_.finish()) return std::move(*bytes);
    return Message{Diag::file_unwritable, {"xlsx", system_error_text(file_.system_error())}, {}};
  }

 private:
  void write(const ResultRow& row, const std::string& rating) {
    std::vector<std::string> possible, missing;
    for (const std::string& id : row.possible) possible.push_back(labels_.outcome(row.subject, id));
    for (const std::string& id : row.missing) missing.push_back(labels_.field(row.subject, id));
    results_.next_row();
    results_.text(row.id);
    results_.text(labels_.subject(row.subject));
    results_.text(row.period);
    results_.text(row.unit);
    results_.text(row.cohort);
    results_.text(row.stage);
    results_.decimal(row.total);
    results_.text(row.total_exact);
    results_.decimal(row.low);
    results_.decimal(row.high);
    results_.text(rating);
    results_.text(joined(possible));
    results_.text(joined(missing));
    results_.text(joined(row.presumed));
    results_.text(row.quota_text());
  }

  /// One row a record: the stages stand side by side.
  void write_stages(const ResultRow& row) {
    if (!stages_.begun()) begin_stages();
    stages_.next_row();
    stages_.text(row.id);
    stages_.text(row.period);
    for (const std::string& id : stage_ids_) {
      const auto of = std::find_if(row.stages.begin(), row.stages.end(), [&](const ResultRow::Stage& stage) { return stage.stage == id; });
      const ResultRow::Stage stage = of == row.stages.end() ? ResultRow::Stage{} : *of;
      stages_.decimal(stage.low.empty() ? stage.total : stage.low + " – " + stage.high);
      stages_.text(stage.stage.empty() ? std::string() : labels_.outcome_of(row.subject, stage));
      if (id != stage_ids_.front()) stages_.text(labels_.because(row.subject, stage));
    }
  }

  void begin_stages() {
    std::vector<std::string> names{say("Mã hồ sơ", "Record id"), say("Kỳ", "Period")};
    std::vector<double> widths{14, 10};
    const auto column = [&](const std::string& stage, const char* what, double width) {
      names.push_back(labels_.stage(stage) + ": " + what);
      widths.push_back(width);
    };
    for (const std::string& stage : stage_ids_) {
      column(stage, say("điểm", "total"), 11);
      column(stage, say("xếp loại", "rating"), 30);
      if (stage != stage_ids_.front()) column(stage, say("khác bước trước vì", "differs because of"), 50);
    }
    std::vector<std::pair<const char*, double>> columns;
    for (std::size_t i = 0; i < names.size(); ++i) columns.emplace_back(names[i].c_str(), widths[i]);
    stages_.begin(file_.sheet(say("Các bước chấm", "Stages")), heading_, columns);
  }

  void write_override(const ResultRow& row, const ResultRow::Override& of) {
    if (!overrides_.begun())
      overrides_.begin(file_.sheet(say("Sửa của bước trước", "Overrides")), heading_,
                       {{say("Mã hồ sơ", "Record id"), 14}, {say("Kỳ", "Period"), 10}, {say("Bước chấm", "Stage"), 14}, {say("Mục", "Item"), 50},
                        {say("Từ", "From"), 14}, {say("Thành", "To"), 14}, {say("Lý do", "Reason"), 60}, {say("Văn bản", "Document"), 30}});
    overrides_.next_row();
    overrides_.text(row.id);
    overrides_.text(row.period);
    overrides_.text(labels_.stage(of.stage));
    overrides_.text(labels_.place(row.subject, of.place));
    for (const std::string& written : {of.from, of.to}) overrides_.text(labels_.value(row.subject, of.place, written));
    overrides_.text(of.reason);
    overrides_.text(of.document);
  }

  const char* say(const char* vi, const char* en) const { return labels_.say(vi, en); }

  void begin_rejects() {
    const auto say = [&](const char* vi, const char* en) { return labels_.say(vi, en); };
    rejects_.begin(file_.sheet(say("Bị từ chối", "Rejected")), heading_,
                   {{say("Tệp", "File"), 20}, {say("Trang", "Sheet"), 16}, {say("Dòng", "Line"), 8}, {say("Cột", "Column"), 8},
                    {say("Mã hồ sơ", "Record id"), 14}, {say("Trường", "Field"), 24}, {say("Mã lỗi", "Code"), 10}, {say("Lý do", "Reason"), 90}});
  }

  void write_summary(const EvaluationSummary& summary) {
    Filling sheet(most_rows_);
    const auto say = [&](const char* vi, const char* en) { return labels_.say(vi, en); };
    sheet.begin(summary_sheet_, heading_, {{say("Đối tượng", "Subject"), 50}, {say("Mức", "Level"), 34}, {say("Số hồ sơ", "Records"), 10}});
    const auto line = [&](const std::string& subject, const std::string& level, std::uint64_t count) {
      if (count == 0) return;
      sheet.next_row();
      sheet.text(subject);
      sheet.text(level);
      sheet.count(count);
    };
    for (const EvaluationSummary::OfSubject& of : summary.subjects) {
      for (std::size_t i = 0; i < of.level_labels.size(); ++i) line(of.label, of.level_labels[i], of.by_level[i]);
      line(of.label, labels_.outcome(of.id, "undecided"), of.undecided);
      line(of.label, labels_.outcome(of.id, "authority"), of.authority);
      line(of.label, labels_.outcome(of.id, "none"), of.gap);
      line(of.label, labels_.outcome(of.id, "not_rated"), of.not_rated);
    }
    for (const auto& [label, count] : summary.undecided_for) line(say("Chưa xác định vì thiếu", "Undecided for want of"), label, count);
    for (const auto& [clause, count] : summary.handed_over_by) line(say("Chờ quyết định theo", "For a decision under"), clause, count);
    for (const auto& [code, count] : summary.rejected_for) line(say("Bị từ chối", "Rejected"), code, count);
    line(say("Bản ghi vào", "Records in"), "", summary.records_in);
    line(say("Kết quả", "Results"), "", summary.results);
    line(say("Bị từ chối", "Rejected"), "", summary.rejected);
  }

  Labels labels_;
  std::uint64_t most_rows_;
  Spreadsheet file_;
  lxw_format* heading_ = nullptr;
  lxw_worksheet* summary_sheet_ = nullptr;
  Filling results_, reasons_, stages_, overrides_, rejects_;
  std::vector<std::string> stage_ids_;   ///< of all subjects
  std::set<std::string> known_overrides_;
  bool any_reject_ = false;
};

}  // namespace

std::unique_ptr<Report> workbook_report(std::vector<const bytecode::Module*> versions, Language language, std::uint64_t most_rows) {
  return std::make_unique<WorkbookReport>(versions, language, most_rows);
}

}  // namespace quy::tools

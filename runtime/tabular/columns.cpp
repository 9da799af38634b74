#include "runtime/tabular/columns.h"

#include <algorithm>

#include "runtime/bytecode/labels.h"
#include "runtime/facts/facts.h"

namespace quy::tabular {
namespace {

using bytecode::Field;
using bytecode::FieldPlace;
using bytecode::kNone;

struct HeadColumn {
  const char* id;
  Bilingual label;
  CellForm form;
};

const std::vector<HeadColumn>& head_columns() {
  static const std::vector<HeadColumn> columns{
      {"id", {"Mã hồ sơ", "Record id"}, CellForm::text}, {"subject", {"Đối tượng", "Subject"}, CellForm::subject},
      {"period", {"Kỳ", "Period"}, CellForm::text},      {"unit", {"Đơn vị", "Unit"}, CellForm::text},
      {"cohort", {"Nhóm xếp hạng", "Cohort"}, CellForm::text},
  };
  return columns;
}

Bilingual with(const std::string& label, const Bilingual& what) {
  return {label + " (" + what.vi + ")", label + " (" + what.en + ")"};
}

/// Columns of one subject, part by part.
class Catalogue {
 public:
  explicit Catalogue(const bytecode::Subject& subject) : subject_(subject) {}

  std::vector<Column> all() {
    for (const HeadColumn& head : head_columns()) columns_.push_back({head.id, head.label, {head.id}, head.form});
    add_evidence();
    for (std::size_t stage = 0; stage < subject_.stages.size(); ++stage) {
      add_scores(stage);
      if (stage >= facts::kFirstOverridingStage) add_grounds_of_stage(subject_.stages[stage]);
    }
    add_maxima();
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i)
      if (subject_.fields[i].place == FieldPlace::decision) add_decision(i);
    add_closed();
    return std::move(columns_);
  }

  std::vector<Column> of_list(std::uint32_t list) {
    columns_.push_back({kRecordHeading, {"Hồ sơ", "Record"}, {}, CellForm::text});
    columns_.push_back({kRecordPeriodHeading, {"Kỳ của hồ sơ", "Period of the record"}, {}, CellForm::text});
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
      if (subject_.fields[i].list == list) add_field(i, {subject_.fields[i].id});
    }
    if (subject_.lists[list].of_results) {
      name_result("id", {"Mã hồ sơ được tính", "Id of the record counted"}, bytecode::FieldKind::text);
      name_result("level", {"Mức đã xếp", "Level it was rated"}, bytecode::FieldKind::level);
    }
    return std::move(columns_);
  }

 private:
  void add_field(std::uint32_t index, std::vector<std::string> path) {
    const Field& field = subject_.fields[index];
    const std::string label = bytecode::field_label(field);
    columns_.push_back({field.id, {label, label}, std::move(path), CellForm::value, index, kNone, true});
  }

  /// In a list of results the contract's names stand for the fields that hold them, whatever those are called.
  void name_result(const char* key, Bilingual label, bytecode::FieldKind kind) {
    const auto holds = [&](const Column& column) {
      return column.form == CellForm::value && (column.heading == key || subject_.fields[column.field].kind == kind);
    };
    auto found = std::find_if(columns_.begin(), columns_.end(), holds);
    if (found == columns_.end()) found = columns_.insert(columns_.end(), Column{});
    if (found->heading.empty()) found->label = std::move(label);
    found->heading = key;
    found->path = {key};
  }

  /// The fact as each later stage gives it.
  void add_changes(const Field& field, std::uint32_t index) {
    for (std::size_t stage = 1; stage < subject_.stages.size(); ++stage) {
      const std::string& id = subject_.stages[stage];
      Column change{field.id + "." + id, with(bytecode::field_label(field), bytecode::stage_label(id)), {"evidence", field.id, id},
                    CellForm::value, index, kNone, true};
      change.stage_at = change.path.size() - 1;
      change.of_changes = true;
      columns_.push_back(change);
      if (stage >= facts::kFirstOverridingStage) add_grounds(std::move(change), field.place == FieldPlace::exception ? "document" : "source");
    }
  }

  /// Why a stage gives that value, and by which document.
  void add_grounds(Column of, const char* document) {
    of.form = CellForm::text;
    of.field = kNone;
    of.takes_states = false;
    of.of_changes = true;
    const auto add = [&](const std::string& key, const Bilingual& what) {
      Column column = of;
      column.heading += "." + key;
      column.label = {of.label.vi + ": " + what.vi, of.label.en + ": " + what.en};
      column.path.push_back(key);
      columns_.push_back(std::move(column));
    };
    add("reason", {"lý do sửa", "reason for the change"});
    add(document, {"văn bản", "document"});
  }

  /// The same for all that a stage changes.
  void add_grounds_of_stage(const std::string& stage) {
    const auto add = [&](const char* key, const Bilingual& what) {
      const Bilingual of = bytecode::stage_label(stage);
      columns_.push_back({"overrides." + stage + "." + key, {what.vi + " (" + of.vi + ")", what.en + " (" + of.en + ")"},
                          {"overrides", stage, key}, CellForm::text});
    };
    add("reason", {"Lý do sửa của bước trước", "Reason for changes to the stage before"});
    add("document", {"Văn bản sửa của bước trước", "Document for changes to the stage before"});
  }

  void add_evidence() {
    std::vector<bool> listed(subject_.lists.size());
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
      const Field& field = subject_.fields[i];
      if (field.list != kNone) {
        if (!listed[field.list]) add_list(field.list);
        listed[field.list] = true;
      } else if (field.place == FieldPlace::evidence) {
        add_field(i, {"evidence", field.id});
        add_changes(field, i);
      } else if (field.place == FieldPlace::exception) {
        add_exception(i);
      }
    }
    for (std::uint32_t i = 0; i < subject_.lists.size(); ++i)
      if (!listed[i]) add_list(i);
  }

  void add_list(std::uint32_t index) {
    const bytecode::List& list = subject_.lists[index];
    const std::string label = bytecode::list_label(list);
    columns_.push_back({list.id, {label, label}, {"evidence", list.id}, CellForm::list_state, kNone, index});
  }

  void add_exception(std::uint32_t index) {
    const Field& field = subject_.fields[index];
    add_field(index, {"evidence", field.id});
    add_detail(field, field.needs_reason, "reason", {"lý do", "reason"});
    add_detail(field, field.needs_document, "document", {"văn bản", "document"});
    add_changes(field, index);
  }

  void add_detail(const Field& field, bool needed, const std::string& key, const Bilingual& what) {
    if (needed) columns_.push_back({field.id + "." + key, with(bytecode::field_label(field), what), {"evidence", field.id, key}, CellForm::text});
  }

  void add_scores(std::size_t of_stage) {
    const std::string& stage = subject_.stages[of_stage];
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
      const Field& field = subject_.fields[i];
      if (field.place != FieldPlace::score) continue;
      columns_.push_back({"scores." + stage + "." + field.id, with(bytecode::criterion_label(subject_, field), bytecode::stage_label(stage)),
                          {"scores", stage, field.id}, CellForm::value, i});
      if (of_stage >= facts::kFirstOverridingStage) add_grounds(columns_.back(), "source");
    }
  }

  void add_maxima() {
    bool any = false;
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
      const Field& field = subject_.fields[i];
      if (field.place != FieldPlace::maximum) continue;
      any = true;
      columns_.push_back({"maxima." + field.id, with(bytecode::criterion_label(subject_, field), {"điểm tối đa đề xuất", "proposed maximum"}),
                          {"maxima", field.id}, CellForm::value, i});
    }
    if (!any) return;
    columns_.push_back({"maxima.by", {"Người duyệt điểm tối đa", "Approver of the maxima"}, {"maxima", "by"}, CellForm::text});
    columns_.push_back({"maxima.document", {"Văn bản duyệt điểm tối đa", "Document approving the maxima"}, {"maxima", "document"}, CellForm::text});
  }

  void add_decision(std::uint32_t index) {
    const Field& field = subject_.fields[index];
    const std::string prefix = "decisions." + field.clause;
    const auto add = [&](const char* key, Bilingual label, CellForm form, std::uint32_t of) {
      label.vi += " " + field.clause;
      label.en += " " + field.clause;
      columns_.push_back({prefix + "." + key, std::move(label), {"decisions", field.clause, key}, form, of});
    };
    add("outcome", {"Quyết định theo", "Decision under"}, CellForm::value, index);
    add("document", {"Văn bản quyết định theo", "Document of the decision under"}, CellForm::text, kNone);
    add("date", {"Ngày quyết định theo", "Day of the decision under"}, CellForm::day, kNone);
    add("reason", {"Lý do quyết định theo", "Reason of the decision under"}, CellForm::text, kNone);
  }

  void add_closed() {
    columns_.push_back({"closed.by", {"Người chốt hồ sơ", "Closed by"}, {"closed", "by"}, CellForm::text});
    columns_.push_back({"closed.date", {"Ngày chốt hồ sơ", "Day closed"}, {"closed", "date"}, CellForm::day});
  }

  const bytecode::Subject& subject_;
  std::vector<Column> columns_;
};

}  // namespace

std::vector<Column> columns_of(const bytecode::Subject& subject) {
  return Catalogue(subject).all();
}

std::vector<Column> list_columns(const bytecode::Subject& subject, std::uint32_t list) {
  return Catalogue(subject).of_list(list);
}

}  // namespace quy::tabular

#include "tools/document/evidence.h"

#include <map>
#include <set>

#include "runtime/bytecode/codec.h"

namespace quy::tools {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;

/// What a record carries and people prepare.
bool is_gathered(const Field& field) {
  switch (field.place) {
    case FieldPlace::evidence:
    case FieldPlace::score:
    case FieldPlace::exception:
    case FieldPlace::maximum: return true;
    default: return false;
  }
}

std::string label_of(const Field& field) { return in_document(field.label.empty() ? field.name : field.label); }

template <typename Items>
std::string table_label(const Items& items, std::uint32_t index) {
  return index < items.size() ? tools::label_of(items[index]) : std::string();
}

std::string steps_of(const Sheet& sheet, std::uint32_t scale) {
  constexpr std::size_t kMostShown = 8;
  if (scale >= sheet.module().scales.size()) return {};
  const bytecode::Scale& steps = sheet.module().scales[scale];
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < steps.step_ids.size() && i < kMostShown; ++i)
    labels.push_back(i < steps.step_labels.size() && !steps.step_labels[i].empty() ? steps.step_labels[i]
                                                                                   : steps.step_ids[i]);
  if (steps.step_ids.size() > kMostShown) labels.emplace_back("…");
  return sheet.say("một trong: ", "one of: ") + joined(labels, "; ");
}

std::string proof_words(const Sheet& sheet, const Field& field) {
  if (field.needs_reason && field.needs_document) return sheet.say("cần lý do và văn bản", "with reason and document");
  if (field.needs_reason) return sheet.say("cần lý do", "with a reason");
  return field.needs_document ? sheet.say("cần văn bản", "with a document") : "";
}

std::string exception_words(const Sheet& sheet, const Field& field) {
  const std::string proof = proof_words(sheet, field);
  return sheet.say("trường hợp loại trừ", "exception") + (proof.empty() ? std::string() : ", " + proof);
}

std::string score_words(const Sheet& sheet, const Field& field) {
  std::string text = sheet.say("điểm do người chấm", "points given by people");
  if (field.step) text += sheet.say(", bước ", ", in steps of ") + sheet.number(*field.step);
  return text;
}

std::string number_words(const Sheet& sheet, const Field& field) {
  std::string text = sheet.say("số", "number");
  if (field.kind == FieldKind::count) text = sheet.say("số lượng", "count");
  return field.unit.empty() ? text : text + ", " + field.unit;
}

std::string kind_words(const Sheet& sheet, const Field& field) {
  if (field.place == FieldPlace::score) return score_words(sheet, field);
  if (field.place == FieldPlace::exception) return exception_words(sheet, field);
  if (field.place == FieldPlace::maximum) return sheet.say("điểm tối đa đề xuất", "proposed maximum");
  switch (field.kind) {
    case FieldKind::boolean: return sheet.say("có hoặc không", "yes or no");
    case FieldKind::percentage: return sheet.say("phần trăm", "percent");
    case FieldKind::points: return sheet.say("điểm", "points");
    case FieldKind::money: return sheet.say("đồng", "dong");
    case FieldKind::days: return sheet.say("số ngày", "days");
    case FieldKind::date: return sheet.say("ngày", "date");
    case FieldKind::text: return sheet.say("chữ", "text");
    case FieldKind::step: return steps_of(sheet, field.scale);
    case FieldKind::code: return sheet.say("mã trong: ", "code in: ") + table_label(sheet.module().tables, field.table);
    case FieldKind::level: return sheet.say("mức xếp loại", "level of the rating");
    case FieldKind::criterion: return sheet.say("mã tiêu chí", "id of a criterion");
    default: return number_words(sheet, field);
  }
}

std::string period_words(const Sheet& sheet, const Field& field) {
  if (!field.adds_up) return {};
  if (field.per == "year") return sheet.say("cộng dồn trong năm", "adds up over the year");
  if (field.per == "quarter") return sheet.say("cộng dồn trong quý", "adds up over the quarter");
  if (field.per == "month") return sheet.say("cộng dồn trong tháng", "adds up over the month");
  if (field.per == "week") return sheet.say("cộng dồn trong tuần", "adds up over the week");
  if (field.per == "term") return sheet.say("cộng dồn trong nhiệm kỳ", "adds up over the term");
  return sheet.say("cộng dồn trong kỳ", "adds up over the period");
}

EvidenceItem item_of(const Sheet& sheet, const Field& field) {
  return {field.id, label_of(field), kind_words(sheet, field), period_words(sheet, field), field.source, {}};
}

EvidenceItem list_of(const Sheet& sheet, const bytecode::List& list) {
  const char* kind = list.of_results ? sheet.say("kết quả xếp loại của nơi khác", "results of others")
                                     : sheet.say("danh sách", "list");
  return {list.id, in_document(list.label.empty() ? list.name : list.label), kind, {}, {}, {}};
}

/// Fields one by one, those of a list below it.
class Gathering {
 public:
  explicit Gathering(const Sheet& sheet) : sheet_(sheet) {}

  std::vector<EvidenceItem> of(const std::vector<std::uint32_t>& fields, const std::vector<std::uint32_t>& lists) {
    for (const std::uint32_t index : fields) {
      const Field& field = sheet_.subject().fields[index];
      if (!is_gathered(field)) continue;
      (field.list == kNone ? items_ : list(field.list).columns).push_back(item_of(sheet_, field));
    }
    for (const std::uint32_t index : lists) list(index);
    return std::move(items_);
  }

 private:
  EvidenceItem& list(std::uint32_t index) {
    const auto [place, fresh] = lists_.try_emplace(index, items_.size());
    if (fresh) items_.push_back(list_of(sheet_, sheet_.subject().lists[index]));
    return items_[place->second];
  }

  const Sheet& sheet_;
  std::vector<EvidenceItem> items_;
  std::map<std::uint32_t, std::size_t> lists_;  ///< place among the items
};

/// Lists that a register counts or looks through, even where it reads none of their columns.
std::vector<std::uint32_t> lists_read(const Sheet& sheet, bytecode::Register reg) {
  const std::vector<bytecode::Instruction>& code = sheet.subject().code;
  std::vector<bool> reached(reg + std::size_t{1});
  reached[reg] = true;
  std::set<std::uint32_t> lists;
  for (bytecode::Register i = reg + 1; i-- > 0;) {
    if (!reached[i]) continue;
    for (const bytecode::Register operand : code[i].operands) reached[operand] = true;
    if (bytecode::info(code[i].opcode).name.starts_with("fold_")) lists.insert(code[i].a);
  }
  return {lists.begin(), lists.end()};
}

// ---------------------------------------------------------------- the annex

void write_row(const Sheet& sheet, const EvidenceItem& item, const std::string& list = {}) {
  const Html::Element row = list.empty() ? sheet.html.open("tr") : sheet.html.open("tr", {{"class", "column"}});
  sheet.html.leaf("td", item.label, {{"class", "name"}, {"data-label", sheet.say("Minh chứng", "Evidence")}});
  const std::string kind = item.kind + (item.period.empty() ? "" : "; " + item.period);
  sheet.html.leaf("td", kind, {{"data-label", sheet.say("Kiểu, đơn vị, kỳ", "Kind, unit, period")}});
  sheet.html.leaf("td", item.source.empty() ? "—" : item.source, {{"data-label", sheet.say("Nguồn", "Source")}});
  const Html::Element id = sheet.html.open("td", {{"class", "id"}, {"data-label", sheet.say("Mã", "Id")}});
  sheet.html.leaf("code", list.empty() ? item.id : list + "." + item.id);
}

}  // namespace

std::vector<EvidenceItem> evidence_behind(const Sheet& sheet, std::uint32_t observable) {
  const bytecode::Register reg = observable == kNone ? kNone : sheet.index.observable(observable).reg;
  return reg == kNone ? std::vector<EvidenceItem>()
                      : Gathering(sheet).of(sheet.index.fields_read(reg), lists_read(sheet, reg));
}

void write_evidence_annex(const Sheet& sheet) {
  std::vector<std::uint32_t> fields;
  for (std::uint32_t i = 0; i < sheet.subject().fields.size(); ++i)
    if (sheet.subject().fields[i].place != FieldPlace::score) fields.push_back(i);
  const std::vector<EvidenceItem> items = Gathering(sheet).of(fields, {});
  if (items.empty()) return;
  sheet.heading("Danh mục minh chứng", "List of evidence");
  const Html::Element table = sheet.html.open("table", {{"class", "evidence"}});
  sheet.table_head({{sheet.say("Minh chứng", "Evidence"), "evidence"},
                    {sheet.say("Kiểu, đơn vị, kỳ", "Kind, unit, period"), "kind"},
                    {sheet.say("Nguồn", "Source"), "source"},
                    {sheet.say("Mã", "Id"), "id"}});
  const Html::Element body = sheet.html.open("tbody");
  for (const EvidenceItem& item : items) {
    write_row(sheet, item);
    for (const EvidenceItem& column : item.columns) write_row(sheet, column, item.id);
  }
}

}  // namespace quy::tools

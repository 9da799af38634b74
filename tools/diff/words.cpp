#include "tools/diff/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "runtime/trace/numbers.h"
#include "runtime/trace/outcome.h"
#include "tools/document/sheet.h"
#include "tools/document/wording.h"

namespace quy::tools {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Role;
using bytecode::Subject;
using bytecode::Treatment;
using What = analysis::ItemDiff::What;

Bilingual same_in_both(const std::string& text) { return {text, text}; }

Bilingual number_text(const Rational& value) {
  const auto in = [&](Language language) {
    const trace::DisplayNumber number = trace::display_number(value, language);
    return (number.exact ? "" : "≈ ") + number.text;
  };
  return {in(Language::vi), in(Language::en)};
}

Bilingual points_text(const Rational& value) {
  const Bilingual number = number_text(value);
  return {number.vi + " điểm", number.en + (value == Rational(1) ? " point" : " points")};
}

Bilingual points_text(const std::optional<Rational>& value) {
  return value ? points_text(*value) : Bilingual{"để mở", "left open"};
}

Bilingual points_text(const vm::Range& points) {
  if (points.left_out) return {"không tính", "left out"};
  return points.known() ? points_text(points.low) : Bilingual{"chưa xác định", "undecided"};
}

Bilingual day_text(DayNumber day) { return {vietnamese_date(day), iso_date(day)}; }
Bilingual day_text(const std::optional<DayNumber>& day) { return day ? day_text(*day) : Bilingual{}; }

Bilingual days_text(const std::vector<DayNumber>& days) {
  Bilingual text;
  for (const DayNumber day : days) {
    const Bilingual one = day_text(day);
    text = {text.vi + (text.vi.empty() ? "" : ", ") + one.vi, text.en + (text.en.empty() ? "" : ", ") + one.en};
  }
  return text;
}

Bilingual yes_no(bool value) { return value ? Bilingual{"có", "yes"} : Bilingual{"không", "no"}; }

Bilingual kind_text(FieldKind kind) {
  switch (kind) {
    case FieldKind::boolean: return {"có hoặc không", "yes or no"};
    case FieldKind::count: return {"số đếm", "count"};
    case FieldKind::number: return {"số", "number"};
    case FieldKind::percentage: return {"phần trăm", "percent"};
    case FieldKind::points: return {"điểm", "points"};
    case FieldKind::money: return {"đồng", "dong"};
    case FieldKind::days: return {"số ngày", "days"};
    case FieldKind::date: return {"ngày", "date"};
    case FieldKind::text: return {"chữ", "text"};
    case FieldKind::step: return {"bậc của thang", "step of a scale"};
    case FieldKind::code: return {"mã trong bảng", "code in a table"};
    case FieldKind::level: return {"mức xếp loại", "level of the rating"};
    case FieldKind::criterion: return {"mã tiêu chí", "id of a criterion"};
  }
  return {};
}

Bilingual bounds_text(const Field& field) {
  if (field.kind == FieldKind::boolean || field.kind > FieldKind::days) return {};
  const Bilingual low = number_text(field.low), high = number_text(field.high);
  return {fmt::format("từ {} đến {}", low.vi, high.vi), fmt::format("from {} to {}", low.en, high.en)};
}

Bilingual period_text(const Field& field) {
  static const std::pair<const char*, Bilingual> kPeriods[] = {{"year", {"năm", "year"}},
                                                               {"quarter", {"quý", "quarter"}},
                                                               {"month", {"tháng", "month"}},
                                                               {"week", {"tuần", "week"}},
                                                               {"term", {"nhiệm kỳ", "term"}}};
  Bilingual period;
  for (const auto& [id, text] : kPeriods)
    if (field.per == id) period = text;
  if (!field.adds_up) return period;
  return {"cộng dồn " + period.vi, "adds up " + period.en};
}

Bilingual proof_text(const Field& field) {
  if (field.needs_reason && field.needs_document) return {"lý do, văn bản", "reason, document"};
  if (field.needs_reason) return {"lý do", "reason"};
  return field.needs_document ? Bilingual{"văn bản", "document"} : Bilingual{};
}

Bilingual treatment_text(Treatment treatment) {
  switch (treatment) {
    case Treatment::full_points: return {"đủ điểm", "full points"};
    case Treatment::zero_points: return {"0 điểm", "no points"};
    case Treatment::keep_scale: return {"giữ nguyên thang", "the scale stays as it is"};
    case Treatment::share_in_group: return {"chia lại trong nhóm", "shared in the group"};
    case Treatment::share_in_sheet: return {"chia lại toàn phiếu", "shared over the sheet"};
    case Treatment::no_total: return {"để trống tổng điểm", "no total"};
    case Treatment::undeclared: break;
  }
  return {"không quy định", "not said"};
}

Bilingual sign_text(std::uint32_t sign) {
  static const Bilingual kSigns[] = {{"điểm", "points"}, {"điểm trừ", "deductions"}, {"điểm thưởng", "bonuses"}};
  return sign < std::size(kSigns) ? kSigns[sign] : Bilingual{};
}

namespace {

std::string level_named(const bytecode::RatingInfo& rating, const std::string& id) {
  const auto level = std::ranges::find(rating.levels, id, &bytecode::LevelInfo::id);
  return level == rating.levels.end() ? id : label_of(*level);
}

Bilingual percent_text(const std::string& rate) {
  const std::optional<Rational> value = Rational::parse(rate);
  if (!value) return same_in_both(rate);
  const Bilingual number = number_text(*value * Rational(100));
  return {number.vi + "%", number.en + "%"};
}

}  // namespace

Bilingual quota_text(const bytecode::RatingInfo& rating, const bytecode::QuotaInfo& quota) {
  const std::string level = level_named(rating, quota.level), base = level_named(rating, quota.base);
  const std::string cohort = fmt::format("{}", fmt::join(quota.cohort, ", "));
  const Bilingual rate = percent_text(quota.rate), raised = percent_text(quota.raised_to);
  Bilingual text{fmt::format("{} không quá {} số {}{}", level, rate.vi, base, quota.base_and_above ? " trở lên" : ""),
                 fmt::format("{} at most {} of {}{}", level, rate.en, base, quota.base_and_above ? " and above" : "")};
  if (!quota.raised_to.empty()) {
    text.vi += "; nâng đến " + raised.vi + " khi có quyết định";
    text.en += "; raised to " + raised.en + " by decision";
  }
  text.vi += "; nhóm: " + cohort;
  text.en += "; cohort: " + cohort;
  if (!quota.surplus.empty()) {
    text.vi += "; người vượt: " + level_named(rating, quota.surplus);
    text.en += "; those beyond: " + level_named(rating, quota.surplus);
  }
  return text;
}

// ---------------------------------------------------------------- rules

Bilingual role_text(Role role) {
  switch (role) {
    case Role::lose_all: return {"mất hết điểm khi: ", "all points lost when: "};
    case Role::exception: return {"trừ khi: ", "unless: "};
    default: return {};
  }
}

bool is_rating_rule(Role role) {
  switch (role) {
    case Role::level_need:
    case Role::level_condition:
    case Role::gap_policy:
    case Role::bar:
    case Role::lower:
    case Role::cap:
    case Role::force:
    case Role::hand_over:
    case Role::not_rated: return true;
    default: return false;
  }
}

Bilingual rule_text(const Module& module, const Subject& subject, std::uint32_t observable) {
  const bytecode::Observable& rule = subject.observables[observable];
  const auto& levels = module.ratings[subject.rating].levels;
  const std::string level = rule.level < levels.size() ? label_of(levels[rule.level]) : "";
  const Bilingual text{in_document(rule.text.vi), in_document(rule.text.en)};
  switch (rule.role) {
    case Role::level_need: return {fmt::format("Muốn “{}” cần: {}", level, text.vi), fmt::format("“{}” needs: {}", level, text.en)};
    case Role::level_condition: return {fmt::format("“{}” khi: {}", level, text.vi), fmt::format("“{}” when: {}", level, text.en)};
    case Role::gap_policy: return {"Khi thiếu điều kiện của mức: " + text.vi, "When a level's condition is not met: " + text.en};
    case Role::bar:
      return {fmt::format("Không xếp từ “{}” trở lên khi: {}", level, text.vi),
              fmt::format("Barred from “{}” and above when: {}", level, text.en)};
    case Role::lower: return {"Hạ mức khi: " + text.vi, "Lowered when: " + text.en};
    case Role::cap: return {"Không cao hơn mức của: " + text.vi, "Not above: " + text.en};
    case Role::force: return {fmt::format("Buộc “{}” khi: {}", level, text.vi), fmt::format("Forced “{}” when: {}", level, text.en)};
    case Role::hand_over:
      return {fmt::format("Giao quyết định khi: {} (thay cho {})", text.vi, rule.label),
              fmt::format("Handed over when: {} (in place of {})", text.en, rule.label)};
    case Role::not_rated: return {"Không xếp loại khi: " + text.vi, "Not rated when: " + text.en};
    default: return text;
  }
}

Bilingual outcome_text(const Module& module, const Subject& subject, vm::OutcomeSet outcomes) {
  const auto outcome = trace::only(outcomes);
  if (!outcome) return {"chưa xác định", "undecided"};
  if (*outcome == vm::kOutcomeGap) return {"không mức nào", "no level"};
  if (*outcome == vm::kOutcomeNotRated) return {"không xếp loại", "not rated"};
  if (*outcome == vm::kOutcomeAuthority) return {"thẩm quyền quyết định", "for the authority"};
  return same_in_both(label_of(module.ratings[subject.rating].levels[*outcome]));
}

Bilingual said_text(const Module& module, const Subject& subject, const analysis::Said& said, What what) {
  const bool of_points = what == What::criterion || what == What::group || what == What::points;
  if (of_points) {
    const bool nothing = said.left_out && said.points.known() && said.points.low == Rational(0);
    if (nothing) return {"không tính", "left out"};
    Bilingual text = points_text(said.points);
    if (said.maximum && said.maximum->known()) {
      const Bilingual maximum = number_text(said.maximum->low);
      text = {text.vi + " (tối đa " + maximum.vi + ")", text.en + " (of " + maximum.en + ")"};
    }
    return text;
  }
  const Bilingual level = outcome_text(module, subject, said.outcomes);
  if (what != What::level || !said.points.known()) return level;
  const Bilingual points = points_text(said.points);
  return {level.vi + ", " + points.vi, level.en + ", " + points.en};
}

// ---------------------------------------------------------------- facts

namespace {

class Facts {
 public:
  Facts(const analysis::Version& version, const analysis::RecordTexts& texts)
      : module_(*version.module), subject_(version.of()), texts_(texts) {}

  std::vector<Fact> run(const analysis::Record& record, const analysis::Record& ordinary) const {
    std::vector<Fact> all;
    for (const auto& [index, cell] : record.fields) {
      const auto usual = ordinary.fields.find(index);
      if (usual != ordinary.fields.end() && usual->second == cell) continue;
      all.push_back(index < subject_.fields.size() ? fact(subject_.fields[index], cell) : stated_total(cell));
    }
    for (const auto& [list, rows] : record.lists) {
      const auto usual = ordinary.lists.find(list);
      if (usual == ordinary.lists.end() || usual->second != rows) all.push_back(list_fact(list, rows));
    }
    return all;
  }

 private:
  static Fact stated_total(const analysis::Cell& cell) {
    constexpr int kDigits = 9;  // as over_stated_total() has it
    return {{"Tổng điểm", "Total"}, number_text(Rational(cell.value) / power_of_ten(kDigits))};
  }

  Fact fact(const Field& field, const analysis::Cell& cell) const {
    const std::string label = in_document(field.label.empty() ? field.name : field.label);
    switch (field.place) {
      case FieldPlace::unit: return {{"Đơn vị của hồ sơ", "The record's unit"}, value(field, cell)};
      case FieldPlace::score: return {{"Điểm chấm “" + label + "”", "Score of “" + label + "”"}, value(field, cell)};
      case FieldPlace::maximum: return {{"Điểm tối đa “" + label + "”", "Maximum of “" + label + "”"}, value(field, cell)};
      case FieldPlace::decision: return {{"Quyết định theo " + field.clause, "Decision by " + field.clause}, value(field, cell)};
      case FieldPlace::open_points: return {{"Điểm giao cho “" + label + "”", "Points given to “" + label + "”"}, value(field, cell)};
      default: return {same_in_both(label), value(field, cell)};
    }
  }

  Fact list_fact(std::uint32_t list, const std::vector<analysis::Cells>& rows) const {
    const bytecode::List& info = subject_.lists[list];
    Fact made{same_in_both(in_document(info.label.empty() ? info.name : info.label)), {}};
    if (rows.empty()) made.value = {"không có dòng nào", "no rows"};
    for (std::size_t i = 0; i < rows.size();) {
      std::size_t alike = 1;
      while (i + alike < rows.size() && rows[i + alike] == rows[i]) ++alike;
      const Bilingual row = row_text(rows[i]);
      const std::string many = alike == 1 ? "" : fmt::format("{} × ", alike);
      made.value.vi += (i == 0 ? "" : "; ") + many + "[" + row.vi + "]";
      made.value.en += (i == 0 ? "" : "; ") + many + "[" + row.en + "]";
      i += alike;
    }
    return made;
  }

  Bilingual row_text(const analysis::Cells& row) const {
    Bilingual text;
    for (const auto& [index, cell] : row) {
      const Fact one = fact(subject_.fields[index], cell);
      const char* between = text.vi.empty() ? "" : ", ";
      text = {text.vi + between + one.label.vi + ": " + one.value.vi, text.en + between + one.label.en + ": " + one.value.en};
    }
    return text;
  }

  Bilingual value(const Field& field, const analysis::Cell& cell) const {
    switch (cell.state) {
      case vm::FieldState::excluded: return {"không áp dụng", "not applicable"};
      case vm::FieldState::did_not_arise: return {"không phát sinh", "did not arise"};
      case vm::FieldState::not_yet_due: return {"chưa đến hạn", "not yet due"};
      case vm::FieldState::missing: return {"chưa có", "not there yet"};
      case vm::FieldState::value: break;
    }
    const auto index = static_cast<std::size_t>(cell.value);
    switch (field.kind) {
      case FieldKind::boolean: return yes_no(cell.value != 0);
      case FieldKind::date: return day_text(static_cast<DayNumber>(cell.value));
      case FieldKind::text: return same_in_both("“" + std::string(texts_.pool.text(cell.value)) + "”");
      case FieldKind::step: {
        const bytecode::Scale& scale = module_.scales[field.scale];
        return same_in_both(scale.step_labels[index].empty() ? scale.step_ids[index] : scale.step_labels[index]);
      }
      case FieldKind::code: return same_in_both(module_.tables[field.table].keys[index]);
      case FieldKind::level: return same_in_both(label_of(module_.ratings[subject_.rating].levels[index]));
      case FieldKind::criterion: return same_in_both(label_of(subject_.criteria[index]));
      default: break;
    }
    const Bilingual number = number_text(Rational(cell.value) / power_of_ten(field.digits));
    if (field.kind == FieldKind::percentage) return {number.vi + "%", number.en + "%"};
    return field.unit.empty() ? number : Bilingual{number.vi + " " + field.unit, number.en + " " + field.unit};
  }

  const Module& module_;
  const Subject& subject_;
  const analysis::RecordTexts& texts_;
};

}  // namespace

std::vector<Fact> facts_of(const analysis::Version& version, const analysis::RecordTexts& texts, const analysis::Record& record,
                           const analysis::Record& ordinary) {
  return Facts(version, texts).run(record, ordinary);
}

// ---------------------------------------------------------------- names

const Name& name_of(Thing thing) {
  static const Name kNames[] = {{"pack", {"gói", "pack"}},
                                {"document", {"văn bản căn cứ", "document"}},
                                {"reading", {"chỗ để mở", "open choice"}},
                                {"not_rule", {"điều khoản không phải quy tắc", "clause that is no rule"}},
                                {"subject", {"đối tượng", "subject"}},
                                {"rating", {"xếp loại", "rating"}},
                                {"level", {"mức", "level"}},
                                {"rule", {"quy tắc xếp loại", "rule of the rating"}},
                                {"quota", {"tỉ lệ khống chế", "quota"}},
                                {"group", {"nhóm", "group"}},
                                {"criterion", {"tiêu chí", "criterion"}},
                                {"evidence", {"minh chứng", "evidence"}},
                                {"requirement", {"yêu cầu về hồ sơ", "requirement on records"}},
                                {"value", {"đại lượng tính", "computed value"}},
                                {"scale", {"thang", "scale"}},
                                {"table", {"bảng", "table"}},
                                {"calendar", {"lịch làm việc", "working calendar"}}};
  return kNames[static_cast<std::size_t>(thing)];
}

const Name& name_of(ChangeKind kind) {
  static const Name kNames[] = {{"added", {"thêm", "added"}},
                                {"removed", {"bỏ", "removed"}},
                                {"moved", {"chuyển", "moved"}},
                                {"renamed", {"đổi tên", "renamed"}},
                                {"changed", {"sửa", "changed"}}};
  return kNames[static_cast<std::size_t>(kind)];
}

const Name& name_of(analysis::Effect effect) {
  static const Name kNames[] = {{"better", {"có lợi hơn", "better"}},
                                {"worse", {"bất lợi hơn", "worse"}},
                                {"other", {"khác đi", "otherwise"}}};
  return kNames[static_cast<std::size_t>(effect)];
}

const Name& name_of(analysis::Standing standing) {
  static const Name kNames[] = {{"same", {"không đổi về nghĩa", "same meaning"}},
                                {"not_proved", {"chưa chứng minh được", "not proved"}},
                                {"changed", {"đổi nghĩa", "meaning changed"}}};
  return kNames[static_cast<std::size_t>(standing)];
}

const Name& name_of(What what) {
  static const Name kNames[] = {{"criterion", {"tiêu chí", "criterion"}},
                                {"group", {"nhóm", "group"}},
                                {"rule", {"quy tắc xếp loại", "rule of the rating"}},
                                {"level_floor", {"điểm của mức", "floor of a level"}},
                                {"rating", {"xếp loại theo tổng điểm", "rating at a given total"}},
                                {"points", {"tổng điểm", "total"}},
                                {"level", {"mức xếp loại", "level"}}};
  return kNames[static_cast<std::size_t>(what)];
}

}  // namespace quy::tools

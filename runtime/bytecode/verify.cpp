#include "runtime/bytecode/codec.h"
#include "runtime/bytecode/verify_checks.h"
#include "runtime/bytecode/verify_code.h"

#include <algorithm>
#include <set>

#include "base/limits.h"

namespace quy::bytecode {
namespace {

constexpr int kMostDigits = 18;  // 10^18 is the largest power of ten that fits 64 bits
constexpr std::uint32_t kMostPrintDigits = 34;
constexpr std::size_t kMostStages = 32;  // the reader keeps those it has met in one word

/// What a place in a record may carry, and whether a row of a list may have it.
struct PlaceRule {
  FieldPlace place;
  bool in_lists;
  std::uint32_t kinds;  ///< mask of FieldKind
};

constexpr std::uint32_t mask(std::initializer_list<FieldKind> kinds) {
  std::uint32_t bits = 0;
  for (const FieldKind kind : kinds) bits |= 1U << static_cast<unsigned>(kind);
  return bits;
}

using enum FieldKind;
constexpr std::uint32_t kNumbers = mask({count, number, percentage, points, money, days});
constexpr std::uint32_t kWithBounds = kNumbers | mask({date});
constexpr std::uint32_t kAnyKind = kWithBounds | mask({boolean, FieldKind::text, step, code, level, criterion});

constexpr PlaceRule kPlaceRules[] = {
    {FieldPlace::evidence, true, kAnyKind},
    {FieldPlace::score, false, kNumbers | mask({step, boolean})},
    {FieldPlace::decision, false, kNumbers | mask({level, step, boolean})},
    {FieldPlace::exception, true, mask({boolean})},
    {FieldPlace::maximum, false, kNumbers},
    {FieldPlace::closed, false, mask({boolean})},
    {FieldPlace::period_first, false, mask({date})},
    {FieldPlace::period_last, false, mask({date})},
    {FieldPlace::unit, false, mask({FieldKind::text})},
    {FieldPlace::span_over, false, mask({boolean})},
    {FieldPlace::earlier_in_span, false, kNumbers},
    {FieldPlace::result_total, true, kNumbers},
    {FieldPlace::result_total_divisor, true, kNumbers},
    {FieldPlace::given_total, false, kNumbers},
    {FieldPlace::open_points, false, kNumbers},
};

bool has_kind(const Field& field, std::uint32_t kinds) { return (mask({field.kind}) & kinds) != 0; }

const PlaceRule& rule_of(FieldPlace place) {
  return *std::find_if(std::begin(kPlaceRules), std::end(kPlaceRules),
                       [place](const PlaceRule& rule) { return rule.place == place; });
}

bool fits_int64(const Integer& value) { return value.fits_slong_p(); }

bool is_day(DayNumber day) {
  static const DayNumber first = *day_number(1, 1, 1);
  static const DayNumber last = *day_number(9999, 12, 31);
  return first <= day && day <= last;
}

bool is_hash(const std::string& text) {
  if (text.empty()) return true;
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

template <class Element>
bool rises(const std::vector<Element>& elements) {
  return std::adjacent_find(elements.begin(), elements.end(), std::greater_equal<>()) == elements.end();
}

/// Whether following `next` from any index always ends.
template <class Next>
bool ends_everywhere(std::size_t size, Next next) {
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(size, Mark::fresh);
  for (std::uint32_t start = 0; start < size; ++start) {
    std::uint32_t at = start;
    while (at != kNone && marks[at] == Mark::fresh) {
      marks[at] = Mark::open;
      at = next(at);
    }
    if (at != kNone && marks[at] == Mark::open) return false;
    for (at = start; at != kNone && marks[at] == Mark::open; at = next(at)) marks[at] = Mark::done;
  }
  return true;
}

/// Checks one module, in the order in which later checks may rely on earlier ones.
class ModuleVerifier : Checks {
 public:
  explicit ModuleVerifier(const Module& module) : Checks(module.id), module_(module) {}

  std::optional<Message> run() {
    const Place root{nullptr, "module"};
    header(root);
    each(root, "scales", module_.scales, &ModuleVerifier::scale);
    each(root, "tables", module_.tables, &ModuleVerifier::table);
    calendar({&root, "calendar"});
    each(root, "readings", module_.readings, &ModuleVerifier::reading);
    each(root, "ratings", module_.ratings, &ModuleVerifier::rating);
    names(root, "scales", module_.scales);
    names(root, "tables", module_.tables);
    names(root, "readings", module_.readings);
    names(root, "subjects", module_.subjects);
    distinct({&root, "strings"}, module_.strings);
    each(root, "subjects", module_.subjects, &ModuleVerifier::subject);
    return take_fault();
  }

 private:
  template <class Element>
  void each(const Place& up, std::string_view name, const std::vector<Element>& elements,
            void (ModuleVerifier::*check)(const Place&, const Element&)) {
    for (std::uint32_t i = 0; i < elements.size() && sound(); ++i) (this->*check)({&up, name, i}, elements[i]);
  }

  template <class Element>
  void names(const Place& up, std::string_view name, const std::vector<Element>& elements) {
    std::vector<std::string> ids;
    ids.reserve(elements.size());
    for (const Element& element : elements) ids.push_back(element.id);
    distinct({&up, name}, ids);
  }

  void header(const Place& place) {
    for (std::uint32_t i = 0; i < module_.hashes.size(); ++i) {
      require({&place, "hashes", i}, is_hash(module_.hashes[i]),
              {"không phải mã băm SHA-256", "is not a SHA-256 hash"});
    }
    for (std::uint32_t i = 0; i < module_.documents.size(); ++i) {
      require({&place, "documents", i}, is_day(module_.documents[i].date), kNotADay);
    }
    for (const auto* day : {&module_.in_force_from, &module_.in_force_to}) {
      require({&place, "in_force"}, !*day || is_day(**day), kNotADay);
    }
    const bool ordered =
        !module_.in_force_from || !module_.in_force_to || *module_.in_force_from <= *module_.in_force_to;
    require({&place, "in_force"}, ordered, {"hết hiệu lực trước khi có hiệu lực", "ends before it begins"});
  }

  void scale(const Place& place, const Scale& scale) {
    require(place, !scale.step_ids.empty(), {"thang không có bậc", "the scale has no step"});
    equal_sizes(place, scale.step_ids.size(), scale.step_labels.size());
    distinct({&place, "step_ids"}, scale.step_ids);
  }

  void table(const Place& place, const Table& table) {
    require({&place, "keys"}, rises(table.keys), {"khoá không theo thứ tự tăng", "the keys are not in rising order"});
    require({&place, "keys"}, !table.keys.empty(), {"bảng không có dòng", "the table has no row"});
    equal_sizes(place, table.column_ids.size(), table.columns.size());
    for (const auto& column : table.columns) equal_sizes({&place, "columns"}, column.size(), table.keys.size());
    distinct({&place, "column_ids"}, table.column_ids);
  }

  void calendar(const Place& place) {
    for (const auto* days : {&module_.calendar.holidays, &module_.calendar.extra_workdays}) {
      require(place, rises(*days), {"ngày không theo thứ tự tăng", "the days are not in rising order"});
      require(place, std::all_of(days->begin(), days->end(), is_day), kNotADay);
    }
  }

  void reading(const Place& place, const ReadingInfo& reading) {
    equal_sizes(place, reading.option_ids.size(), reading.option_labels.size());
    distinct({&place, "option_ids"}, reading.option_ids);
    index({&place, "chosen"}, reading.chosen, reading.option_ids.size());
  }

  void rating(const Place& place, const RatingInfo& rating) {
    require({&place, "levels"}, !rating.levels.empty(), {"không có mức xếp loại", "there is no level"});
    limit({&place, "levels"}, rating.levels.size(), limits::levels);
    names(place, "levels", rating.levels);
  }

  // -------------------------------------------------------------- subjects

  void subject(const Place& place, const Subject& subject) {
    subject_ = &subject;
    optional_index({&place, "rating"}, subject.rating, module_.ratings.size());
    limit({&place, "fields"}, subject.fields.size(), limits::fields_per_subject);
    limit({&place, "lists"}, subject.lists.size(), limits::fields_per_subject);
    limit({&place, "stages"}, subject.stages.size(), kMostStages);
    distinct({&place, "stages"}, subject.stages);
    for (std::uint32_t i = 0; i < subject.readings.size(); ++i)
      index({&place, "readings", i}, subject.readings[i], module_.readings.size());
    each(place, "fields", subject.fields, &ModuleVerifier::field);
    field_names(place);
    wholes(place);
    if (sound()) verify_code(*this, place, module_, subject);
    each(place, "requirements", subject.requirements, &ModuleVerifier::requirement);
    each(place, "observables", subject.observables, &ModuleVerifier::observable);
    each(place, "groups", subject.groups, &ModuleVerifier::group);
    each(place, "criteria", subject.criteria, &ModuleVerifier::criterion);
    trees(place);
    outcome(place);
  }

  void field(const Place& place, const Field& field) {
    optional_index({&place, "list"}, field.list, subject_->lists.size());
    optional_index({&place, "at_most_field"}, field.at_most_field, subject_->fields.size());
    const PlaceRule& rule = rule_of(field.place);
    require({&place, "kind"}, has_kind(field, rule.kinds),
            {"kiểu không đi với chỗ của trường", "the kind does not go with the field's place"});
    require({&place, "list"}, field.list == kNone || rule.in_lists,
            {"trường này không nằm trong danh sách được", "this field cannot belong to a list"});
    if (field.kind == FieldKind::step) index({&place, "scale"}, field.scale, module_.scales.size());
    if (field.kind == FieldKind::code) index({&place, "table"}, field.table, module_.tables.size());
    if (field.kind == FieldKind::level) index({&place, "kind"}, subject_->rating, module_.ratings.size());
    if (field.kind == FieldKind::criterion) {
      require({&place, "kind"}, !subject_->criteria.empty(),
              {"đối tượng không có tiêu chí", "the subject has no criterion"});
    }
    if (field.place == FieldPlace::earlier_in_span) earlier(place, field);
    if (field.place == FieldPlace::decision && field.kind == FieldKind::level) outcomes(place, field);
    if (has_kind(field, kWithBounds)) bounds(place, field);
    require({&place, "clause"}, field.place != FieldPlace::decision || !field.clause.empty(),
            {"quyết định không có điều khoản", "a decision has no clause"});
  }

  void earlier(const Place& place, const Field& field) {
    const auto& fields = subject_->fields;
    const bool continues = field.earlier_of < fields.size() && has_kind(fields[field.earlier_of], kNumbers) &&
                           fields[field.earlier_of].list == kNone && fields[field.earlier_of].digits == field.digits;
    require({&place, "earlier_of"}, continues,
            {"không phải trường số cùng số chữ số của hồ sơ", "it is not a numeric field of the record with the same digits"});
  }

  void outcomes(const Place& place, const Field& field) {
    const std::uint32_t all = (std::uint32_t{1} << level_count()) - 1;
    const Bilingual reason{"không cho phép mức nào", "no level is allowed"};
    require({&place, "allowed_levels"}, (field.allowed_levels & all) != 0, reason);
  }

  void bounds(const Place& place, const Field& field) {
    const bool digits_fit = 0 <= field.digits && field.digits <= kMostDigits;
    require({&place, "digits"}, digits_fit,
            {"số chữ số thập phân ngoài 0 đến 18", "the decimal digits are not 0 to 18"});
    if (!digits_fit) return;
    const Rational scale = power_of_ten(field.digits);
    require({&place, "low"}, field.low <= field.high,
            {"cận dưới cao hơn cận trên", "the lower bound is above the upper one"});
    require({&place, "low"}, fits_int64((field.low * scale).floor()), kTooWide);
    require({&place, "high"}, fits_int64((field.high * scale).ceiling()), kTooWide);
    const bool needs_day = field.kind == FieldKind::date;
    require({&place, "digits"}, !needs_day || field.digits == 0,
            {"ngày có chữ số thập phân", "a day has decimal digits"});
    step(place, field, scale);
    presumption(place, field, scale);
  }

  void step(const Place& place, const Field& field, const Rational& scale) {
    if (!field.step) return;
    const std::optional<std::int64_t> scaled = (*field.step * scale).to_int64();
    require({&place, "step"}, scaled && *scaled > 0,
            {"bước không dương hoặc lẻ hơn số chữ số của trường",
             "the step is not positive or finer than the field's digits"});
  }

  void presumption(const Place& place, const Field& field, const Rational& scale) {
    if (!field.presumed) return;
    const bool in_range =
        field.low <= *field.presumed && *field.presumed <= field.high && (*field.presumed * scale).is_integer();
    require(
        {&place, "presumed"}, in_range && field.place == FieldPlace::score,
        {"giá trị suy đoán không phải một điểm chấm được", "the presumed value is not a score that could be given"});
  }

  /// One name for one thing in each JSON object: `evidence`, each list's rows, each stage's scores, maxima, decisions.
  void field_names(const Place& place) {
    std::set<std::tuple<FieldPlace, std::uint32_t, std::string_view>> seen;
    for (std::uint32_t i = 0; i < subject_->lists.size(); ++i) {
      const bool fresh = seen.emplace(FieldPlace::evidence, kNone, subject_->lists[i].id).second;
      if (!fresh) repeated({&place, "lists", i}, subject_->lists[i].id);
    }
    for (std::uint32_t i = 0; i < subject_->fields.size(); ++i) {
      const Field& field = subject_->fields[i];
      const FieldPlace object = field.place == FieldPlace::exception ? FieldPlace::evidence : field.place;
      const std::string_view key = object == FieldPlace::decision ? field.clause : field.id;
      if (!seen.emplace(object, field.list, key).second) repeated({&place, "fields", i}, key);
    }
  }

  void wholes(const Place& place) {
    if (!sound()) return;
    const std::vector<Field>& all = subject_->fields;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (all[i].at_most_field == kNone) continue;
      const Field& whole = all[all[i].at_most_field];
      const bool comparable =
          has_kind(all[i], kWithBounds) && has_kind(whole, kWithBounds) && all[i].list == whole.list;
      require({&place, "fields", i}, comparable,
              {"phần và tổng không so được với nhau", "part and whole cannot be compared"});
    }
    const bool ends = ends_everywhere(all.size(), [&](std::uint32_t i) { return all[i].at_most_field; });
    require({&place, "fields"}, ends, {"phần và tổng nối thành vòng", "parts and wholes form a circle"});
  }

  // -------------------------------------------------------------- what refers to registers

  /// A register of the wanted kind; kNone where that is allowed.
  void reg(const Place& place, Register at, ValueKind kind, std::uint32_t domain) {
    index(place, at, subject_->code.size());
    if (!sound()) return;
    const Instruction& instruction = subject_->code[at];
    require(place, instruction.kind == kind, {"thanh ghi không đúng kiểu", "the register has another kind"});
    require(place, instruction.domain == domain, {"thanh ghi thuộc miền khác", "the register has another domain"});
  }
  void optional_reg(const Place& place, Register at, ValueKind kind, std::uint32_t domain) {
    if (at != kNone) reg(place, at, kind, domain);
  }

  void requirement(const Place& place, const Requirement& requirement) {
    reg({&place, "condition"}, requirement.condition, ValueKind::boolean, 0);
    optional_index({&place, "origin"}, requirement.origin, subject_->origins.size());
  }

  void observable(const Place& place, const Observable& observable) {
    optional_index({&place, "reg"}, observable.reg, subject_->code.size());
    optional_index({&place, "parent"}, observable.parent, subject_->observables.size());
    optional_index({&place, "origin"}, observable.origin, subject_->origins.size());
    optional_index({&place, "level"}, observable.level, level_count());
    if (!sound()) return;
    const std::uint32_t domain = observable.reg == kNone ? 0 : subject_->code[observable.reg].domain;
    optional_reg({&place, "left"}, observable.left, ValueKind::number, domain);
    optional_reg({&place, "right"}, observable.right, ValueKind::number, domain);
    optional_reg({&place, "applies_left_out"}, observable.applies_left_out, ValueKind::boolean, domain);
    optional_reg({&place, "maximum"}, observable.maximum, ValueKind::number, domain);
  }

  void group(const Place& place, const GroupInfo& group) {
    optional_index({&place, "parent"}, group.parent, subject_->groups.size());
    optional_index({&place, "observable"}, group.observable, subject_->observables.size());
    require({&place, "sign"}, group.sign <= 2, {"loại nhóm lạ", "an unknown kind of group"});
  }

  void criterion(const Place& place, const CriterionInfo& criterion) {
    optional_index({&place, "group"}, criterion.group, subject_->groups.size());
    optional_index({&place, "observable"}, criterion.observable, subject_->observables.size());
  }

  void trees(const Place& place) {
    if (!sound()) return;
    const auto& observables = subject_->observables;
    const auto& groups = subject_->groups;
    const Bilingual circle{"quan hệ cha con nối thành vòng", "the parents form a circle"};
    require({&place, "observables"},
            ends_everywhere(observables.size(), [&](std::uint32_t i) { return observables[i].parent; }), circle);
    require({&place, "groups"}, ends_everywhere(groups.size(), [&](std::uint32_t i) { return groups[i].parent; }),
            circle);
    names(place, "criteria", subject_->criteria);
    names(place, "groups", groups);
  }

  void outcome(const Place& place) {
    optional_reg({&place, "total"}, subject_->total, ValueKind::number, 0);
    optional_reg({&place, "levels"}, subject_->levels, ValueKind::levels, 0);
    for (const auto& priorities : subject_->quota_priorities)
      for (const Register priority : priorities) reg({&place, "quota_priorities"}, priority, ValueKind::number, 0);
    optional_index({&place, "given_total_variant"}, subject_->given_total_variant, module_.subjects.size());
    limit({&place, "total_print_digits"}, subject_->total_print_digits, kMostPrintDigits);
  }

  std::size_t level_count() const {
    return subject_->rating < module_.ratings.size() ? module_.ratings[subject_->rating].levels.size() : 0;
  }

  const Bilingual kNotADay{"không phải ngày từ năm 1 đến 9999", "is not a day of the years 1 to 9999"};
  const Bilingual kTooWide{"cận không vừa 64 bit ở số chữ số của trường",
                           "the bound does not fit 64 bits at the field's digits"};
  const Module& module_;
  const Subject* subject_ = nullptr;
};

}  // namespace

std::optional<Message> verify(const Module& module) { return ModuleVerifier(module).run(); }

}  // namespace quy::bytecode

#include "runtime/facts/value_reader.h"

#include <array>

#include "base/text.h"
#include "runtime/facts/decimal.h"
#include "runtime/facts/value_forms.h"

namespace quy::facts {
namespace {

using bytecode::FieldKind;
using bytecode::FieldPlace;
using vm::FieldState;

constexpr std::size_t kShownBytes = 60;

/// By FieldKind: what such a field needs.
const Bilingual& wanted(FieldKind kind) {
  static const Bilingual words[] = {
      {"true hoặc false", "true or false"},
      {"một số đếm", "a count"},
      {"một số", "a number"},
      {"một số phần trăm (90 là 90%)", "a percentage (90 is 90%)"},
      {"một số điểm", "a number of points"},
      {"một số tiền bằng đồng", "an amount in đồng"},
      {"một số ngày", "a number of days"},
      {"một ngày viết như \"2025-12-20\"", "a day written like \"2025-12-20\""},
      {"chữ trong ngoặc kép", "a text in quotes"},
      {"một bậc của thang, trong ngoặc kép", "a step of the scale, in quotes"},
      {"một mã của bảng, trong ngoặc kép", "a code of the table, in quotes"},
      {"một mức xếp loại, trong ngoặc kép", "a rating level, in quotes"},
      {"tên một tiêu chí, trong ngoặc kép", "a criterion's id, in quotes"},
  };
  static_assert(std::size(words) == static_cast<std::size_t>(FieldKind::criterion) + 1);
  return words[static_cast<std::size_t>(kind)];
}

/// What one of the names of a choice is called.
const Bilingual& choice_word(FieldKind kind) {
  static const Bilingual step{"một bậc", "a step"}, code{"một mã", "a code"}, level{"một mức", "a level"},
      criterion{"một tiêu chí", "a criterion"};
  if (kind == FieldKind::step) return step;
  if (kind == FieldKind::code) return code;
  return kind == FieldKind::level ? level : criterion;
}

}  // namespace

const Bilingual* value_word(char first) {
  static const Bilingual object{"một đối tượng", "an object"}, list{"một danh sách", "a list"}, text{"chữ", "a text"},
      truth{"true hoặc false", "true or false"}, nothing{"null", "null"}, number{"một số", "a number"};
  switch (first) {
    case '{': return &object;
    case '[': return &list;
    case '"': return &text;
    case 't':
    case 'f': return &truth;
    case 'n': return &nothing;
    default: return first == '-' || (first >= '0' && first <= '9') ? &number : nullptr;
  }
}

std::string written_value(const FieldPlan& field, const SubjectPlan& plan, FieldState state, std::int64_t scaled) {
  switch (state) {
    case FieldState::missing: return "null";
    case FieldState::excluded: return "na";
    case FieldState::did_not_arise: return "none";
    case FieldState::not_yet_due: return "due";
    case FieldState::value: break;
  }
  const auto named = [&](const NameTable& names) { return names.names()[static_cast<std::size_t>(scaled)]; };
  switch (field.field->kind) {
    case FieldKind::boolean: return scaled != 0 ? "true" : "false";
    case FieldKind::date: return iso_date(static_cast<DayNumber>(scaled));
    case FieldKind::text: return {};
    case FieldKind::step:
    case FieldKind::code: return named(*field.choices);
    case FieldKind::level: return named(plan.levels);
    case FieldKind::criterion: return named(plan.criteria);
    default: return decimal_text(scaled, field.field->digits);
  }
}

std::string shown(std::string_view text) {
  if (text.size() <= kShownBytes) return std::string(text);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

Message not_there(Diag id, std::vector<Argument> arguments, std::string_view name,
                  const std::vector<std::string>& candidates) {
  Message message{id, std::move(arguments), {}};
  if (name.size() <= kShownBytes) message.suggestion = nearest(name, candidates);
  return message;
}

// ---------------------------------------------------------------- forms

bool ValueReader::read(const FieldPlan& field, Value& value, Forms forms) {
  const char first = cursor_.here();
  if (first == '{') return ObjectForms<const FieldPlan, Value>(*this, field, value, forms).read();
  if (first == 'n') return cursor_.literal("null");
  if (!plain(field, value)) return false;
  // A claim without its proof is neither granted nor refused.
  const bool needs_proof = takes_claims(field) && (field.field->needs_reason || field.field->needs_document);
  if (needs_proof && value.scaled == 1) value = {};
  return true;
}

bool ValueReader::read(ListPlan& list, ListValue& value, Forms forms) {
  const char first = cursor_.here();
  if (first == '{') return ObjectForms<ListPlan, ListValue>(*this, list, value, forms).read();
  if (first == 'n') return cursor_.literal("null");
  return plain(list, value);
}

bool ValueReader::wrong_type(std::string_view name, const Bilingual& what) {
  const Bilingual* found = value_word(cursor_.here());
  if (!found) return cursor_.malformed({"cần một giá trị", "a value is expected"});
  return cursor_.fail({Diag::value_wrong_type, {name, what, *found}, {}});
}

bool ValueReader::text_or_null(std::string_view name, std::string_view& text) {
  if (cursor_.here() == 'n') return cursor_.literal("null");
  if (cursor_.here() != '"') return wrong_type(name, wanted(FieldKind::text));
  return cursor_.string(text);
}

bool ValueReader::day_or_null(std::string_view name, std::string_view& text) {
  if (!text_or_null(name, text)) return false;
  if (text.data() == nullptr || parse_iso_date(text)) return true;
  return cursor_.fail({Diag::date_bad, {shown(text)}, {}});
}

bool ValueReader::allows_state(const FieldPlan& field, std::string_view state) {
  return field.field->may_be_left_out || cursor_.fail({Diag::state_not_allowed, {state}, {}});
}

bool ValueReader::allows_state(const ListPlan&, std::string_view state) {
  return cursor_.fail({Diag::list_not_left_out, {state}, {}});
}

// ---------------------------------------------------------------- overrides

void ValueReader::note_override(const FieldPlan& field, std::uint32_t stage, const Value& before, const Value& given) {
  const std::string& id = field.field->id;
  const std::string& of_stage = plan_->subject->stages[stage];
  const std::string list = field.field->list == kNone ? std::string() : plan_->subject->lists[field.field->list].id;
  const std::string row = list.empty() ? std::string() : list + "[" + std::to_string(item_) + "].";
  overrides_.push_back({stage, field.index, "evidence." + row + id + "." + of_stage, id, given.reason, given.source,
                        {of_stage, "evidence." + (list.empty() ? std::string() : list + ".") + id,
                         written_value(field, *plan_, before.state, before.scaled), written_value(field, *plan_, given.state, given.scaled), {}, {}}});
}

void ValueReader::note_override(const ListPlan& list, std::uint32_t stage, const ListValue&, const ListValue& given) {
  const std::string& id = list.list->id;
  const std::string& of_stage = plan_->subject->stages[stage];
  const auto behind_fields = static_cast<std::uint32_t>(plan_->fields.size());
  overrides_.push_back({stage, behind_fields + list.index, "evidence." + id + "." + of_stage, id, given.reason, given.source,
                        {of_stage, "evidence." + id, {}, {}, {}, {}}});
}

// ---------------------------------------------------------------- plain values

bool ValueReader::plain(const FieldPlan& field, Value& value) {
  switch (field.field->kind) {
    case FieldKind::boolean:
      if (cursor_.here() != 't' && cursor_.here() != 'f') break;
      return boolean(value);
    case FieldKind::count:
    case FieldKind::number:
    case FieldKind::percentage:
    case FieldKind::points:
    case FieldKind::money:
    case FieldKind::days: return number(field, value);
    case FieldKind::date:
      if (cursor_.here() != '"') break;
      return date(field, value);
    case FieldKind::text:
      if (cursor_.here() != '"') break;
      return text(field, value);
    case FieldKind::step:
    case FieldKind::code:
    case FieldKind::level:
    case FieldKind::criterion:
      if (cursor_.here() != '"') break;
      return choice(field, value);
  }
  return wrong_type(field.field->id, wanted(field.field->kind));
}

bool ValueReader::boolean(Value& value) {
  value.state = FieldState::value;
  value.scaled = cursor_.here() == 't' ? 1 : 0;
  return cursor_.literal(value.scaled == 1 ? "true" : "false");
}

bool ValueReader::number(const FieldPlan& field, Value& value) {
  const char first = cursor_.here();
  if (first != '-' && (first < '0' || first > '9')) return wrong_type(field.field->id, wanted(field.field->kind));
  const Cursor::Mark before = cursor_.mark();
  const std::string_view token = cursor_.scalar();
  value.state = FieldState::value;
  switch (parse_decimal(token, field.digits, value.scaled)) {
    case DecimalFault::none: break;
    case DecimalFault::malformed:
      cursor_.return_to(before);
      return cursor_.malformed({"số viết sai", "a malformed number"});
    case DecimalFault::too_many_digits:
      return cursor_.fail({Diag::number_too_many_digits, {shown(token), field.field->digits}, {}});
    case DecimalFault::too_large: value.scaled = first == '-' ? INT64_MIN : INT64_MAX; break;
  }
  return in_bounds(field, token, value.scaled);
}

bool ValueReader::in_bounds(const FieldPlan& field, std::string_view token, std::int64_t scaled) {
  if (scaled < field.low || scaled > field.high) return out_of_bounds(field, token, scaled);
  if (field.step == 0 || is_multiple(scaled, field.step)) return true;
  return cursor_.fail({Diag::score_off_step, {shown(token), decimal_text(field.step, field.field->digits)}, {}});
}

bool ValueReader::out_of_bounds(const FieldPlan& field, std::string_view token, std::int64_t scaled) {
  if (scaled < 0 && field.low >= 0 && field.field->kind == FieldKind::count) {
    return cursor_.fail({Diag::count_negative, {shown(token)}, {}});
  }
  const int digits = field.field->digits;
  return cursor_.fail({Diag::number_out_of_range,
                       {shown(token), decimal_text(field.low, digits), decimal_text(field.high, digits)},
                       {}});
}

bool ValueReader::date(const FieldPlan& field, Value& value) {
  std::string_view content;
  if (!cursor_.string(content)) return false;
  const std::optional<DayNumber> day = parse_iso_date(content);
  if (!day) return cursor_.fail({Diag::date_bad, {shown(content)}, {}});
  if (*day < field.low || *day > field.high) {
    const auto low = static_cast<DayNumber>(field.low);
    const auto high = static_cast<DayNumber>(field.high);
    return cursor_.fail({Diag::date_out_of_range, {content, iso_date(low), iso_date(high)}, {}});
  }
  value.state = FieldState::value;
  value.scaled = *day;
  return true;
}

bool ValueReader::text(const FieldPlan& field, Value& value) {
  std::string_view content;
  if (!cursor_.string(content)) return false;
  value.state = FieldState::value;
  value.scaled = field.keep_text ? texts_.intern(content) : no_text_;
  return true;
}

bool ValueReader::choice(const FieldPlan& field, Value& value) {
  std::string_view content;
  if (!cursor_.string(content)) return false;
  const FieldKind kind = field.field->kind;
  const NameTable& names = field.choices ? *field.choices : kind == FieldKind::level ? plan_->levels : plan_->criteria;
  std::uint32_t found = names.find(content);
  // Written with its tone marks, as in the source.
  if (found == kNone && kind != FieldKind::code && content.size() <= kShownBytes) found = names.find(fold_id(content));
  if (found == kNone)
    return cursor_.fail(
        not_there(Diag::choice_unknown, {shown(content), choice_word(kind), field.field->id}, content, names.names()));
  value.state = FieldState::value;
  value.scaled = found;
  return true;
}

// ---------------------------------------------------------------- lists

bool ValueReader::plain(ListPlan& list, ListValue& value) {
  if (cursor_.here() != '[') return wrong_type(list.list->id, {"một danh sách", "a list"});
  value.present = true;
  value.items = 0;
  value.cells.clear();
  return cursor_.array([&] {
    if (value.items == limits::list_items) return cursor_.fail({Diag::list_too_long, {limits::list_items}, {}});
    const std::size_t begin = value.cells.size();
    value.cells.resize(begin + list.fields.size());
    item_ = value.items;
    if (!item(list, value.cells.data() + begin)) {
      cursor_.fault().under("[" + std::to_string(value.items) + "]");
      return false;
    }
    ++value.items;
    return true;
  });
}

bool ValueReader::item(ListPlan& list, Value* cells) {
  if (cursor_.here() == '"' && list.list->of_results) return result_id(list, cells);
  if (cursor_.here() != '{') return wrong_type(list.list->id, {"một đối tượng cho mỗi dòng", "an object a row"});
  return row(list, cells) && parts_fit(list, cells);
}

bool ValueReader::result_id(ListPlan& list, Value* cells) {
  std::string_view id;
  if (!cursor_.string(id)) return false;
  if (id.empty()) return cursor_.fail({Diag::text_empty, {"id"}, {}});
  const std::uint32_t column = list.column[list.id_key];
  if (column != kNone) cells[column] = {FieldState::value, texts_.intern(id), {}, {}, {}};
  return true;
}

bool ValueReader::row(ListPlan& list, Value* cells) {
  bool has_id = !list.list->of_results;
  const bool whole = cursor_.object(list.keys, [&](std::uint32_t key, std::string_view name) {
    has_id = has_id || name == "id";
    if (row_member(list, key, name, cells)) return true;
    cursor_.fault().under(name);
    return false;
  });
  return whole && (has_id || cursor_.fail({Diag::key_missing, {"id"}, {}}));
}

bool ValueReader::row_member(ListPlan& list, std::uint32_t key, std::string_view name, Value* cells) {
  if (key == kNone && list.keys.is_known(name)) return cursor_.fail({Diag::key_repeated, {name}, {}});
  if (key == kNone) {
    if (others_.know_of_list(plan_->subject->id, list.list->id, name)) return cursor_.skip_value();
    const Bilingual what{"trường của danh sách " + list.list->id, "a field of the list " + list.list->id};
    return cursor_.fail(
        not_there(Diag::field_unknown, {shown(name), what, plan_->subject->id}, name, list.keys.names()));
  }
  return cell(list, key, cells);
}

bool ValueReader::cell(ListPlan& list, std::uint32_t key, Value* cells) {
  if (key == list.id_key && cursor_.here() == '"') return result_id(list, cells);
  if (key == list.id_key) return wrong_type("id", wanted(FieldKind::text));
  const std::uint32_t column = list.column[key];
  if (column != kNone) return read(list.fields[column], cells[column], {});
  // A level beside an id that no rule looks at.
  std::string_view ignored;
  return text_or_null("level", ignored);
}

bool ValueReader::parts_fit(const ListPlan& list, const Value* cells) {
  for (const auto& [part, whole] : plan_->list_parts[list.index]) {
    const Value& less = cells[part];
    const Value& more = cells[whole];
    if (less.state != FieldState::value || more.state != FieldState::value) continue;
    if (!above(list.fields[part], less.scaled, list.fields[whole], more.scaled)) continue;
    cursor_.fail(above_message(list.fields[part], less.scaled, list.fields[whole], more.scaled));
    cursor_.fault().under(list.fields[part].field->id);
    return false;
  }
  return true;
}

bool ValueReader::above(const FieldPlan& part, std::int64_t part_value, const FieldPlan& whole,
                        std::int64_t whole_value) {
  __extension__ using Wide = __int128;
  Wide less = part_value, more = whole_value;
  for (int i = part.field->digits; i < whole.field->digits; ++i) less *= 10;
  for (int i = whole.field->digits; i < part.field->digits; ++i) more *= 10;
  return less > more;
}

Message ValueReader::above_message(const FieldPlan& part, std::int64_t part_value, const FieldPlan& whole,
                                   std::int64_t whole_value) {
  const auto text = [](const FieldPlan& plan, std::int64_t value) {
    return plan.field->kind == FieldKind::date ? iso_date(static_cast<DayNumber>(value))
                                               : decimal_text(value, plan.field->digits);
  };
  return {
      Diag::part_above_whole, {part.field->id, text(part, part_value), whole.field->id, text(whole, whole_value)}, {}};
}

}  // namespace quy::facts

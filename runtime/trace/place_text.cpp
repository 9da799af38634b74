#include "runtime/trace/place_text.h"

#include <algorithm>

#include "base/numeric/date.h"
#include "runtime/bytecode/labels.h"
#include "runtime/trace/numbers.h"
#include "runtime/trace/phrases.h"

namespace quy::trace {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::List;
using bytecode::Subject;

struct Place {
  const List* list = nullptr;
  const Field* field = nullptr;   ///< null: the list as a whole
};

bool is_in(const Field& field, std::string_view part) {
  if (part == "scores") return field.place == FieldPlace::score;
  if (part == "maxima") return field.place == FieldPlace::maximum;
  if (part == "decisions") return field.place == FieldPlace::decision;
  return part == "evidence" && (field.place == FieldPlace::evidence || field.place == FieldPlace::exception);
}

Place find(const Subject& subject, std::string_view place) {
  const std::size_t dot = place.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view part = place.substr(0, dot), name = place.substr(dot + 1);
  for (const Field& field : subject.fields) {
    if (!is_in(field, part)) continue;
    const List* list = field.list == kNone ? nullptr : &subject.lists[field.list];
    const std::string id = field.place == FieldPlace::decision ? field.clause : list == nullptr ? field.id : list->id + "." + field.id;
    if (id == name) return {list, &field};
  }
  for (const List& list : subject.lists)
    if (part == "evidence" && list.id == name) return {&list, nullptr};
  return {};
}

std::string step_label(const bytecode::Scale& scale, const std::string& id) {
  for (std::size_t i = 0; i < scale.step_ids.size() && i < scale.step_labels.size(); ++i)
    if (scale.step_ids[i] == id && !scale.step_labels[i].empty()) return scale.step_labels[i];
  return id;
}

std::string level_label(const bytecode::RatingInfo& rating, const std::string& id) {
  for (const bytecode::LevelInfo& level : rating.levels)
    if (level.id == id && !level.label.empty()) return level.label;
  return id;
}

bool is_state(const std::string& written) { return written == "na" || written == "none" || written == "due"; }

}  // namespace

std::string place_label(const Subject& subject, std::string_view place, Language language) {
  const Place found = find(subject, place);
  if (found.field == nullptr) return found.list == nullptr ? std::string(place) : bytecode::list_label(*found.list);
  switch (found.field->place) {
    case FieldPlace::score: return bytecode::criterion_label(subject, *found.field);
    case FieldPlace::maximum: return phrase(Phrase::maximum_of, language, {bytecode::criterion_label(subject, *found.field)});
    case FieldPlace::decision: return phrase(Phrase::decision_under, language, {found.field->clause});
    default: break;
  }
  const std::string label = bytecode::field_label(*found.field);
  return found.list == nullptr ? label : bytecode::list_label(*found.list) + ": " + label;
}

std::string written_value_text(const bytecode::Module& module, const Subject& subject, std::string_view place, const std::string& written,
                               Language language) {
  const Field* field = find(subject, place).field;
  if (field == nullptr || written.empty()) return written;
  if (written == "null") return phrase(Phrase::value_missing, language);
  if (is_state(written) && field->may_be_left_out) return phrase(Phrase::value_left_out, language);
  switch (field->kind) {
    case FieldKind::boolean: return phrase(written == "true" ? Phrase::answer_yes : Phrase::answer_no, language);
    case FieldKind::date: {
      const std::optional<DayNumber> day = parse_iso_date(written);
      return day && language == Language::vi ? vietnamese_date(*day) : written;
    }
    case FieldKind::step: return field->scale < module.scales.size() ? step_label(module.scales[field->scale], written) : written;
    case FieldKind::level: return subject.rating < module.ratings.size() ? level_label(module.ratings[subject.rating], written) : written;
    case FieldKind::text:
    case FieldKind::code:
    case FieldKind::criterion: return written;
    default: break;
  }
  const std::optional<Rational> number = Rational::parse(written);
  return number ? display_number(*number, language, field->digits).text : written;
}

}  // namespace quy::trace

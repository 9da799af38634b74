#include "bench/country/evidence.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace quy::bench {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::Subject;

/// Words in the ids of facts that speak against those whom they are about.
constexpr std::string_view kAdverse[] = {"cham",     "thap",   "sai",    "ton_dong", "keo_dai",  "diem_nong", "tieu_cuc", "khong_", "vi_pham",   "khieu",
                                         "dinh_chi", "mien_",  "that_",  "lang_phi", "khuyet",   "khach_quan", "bat_kha", "mat_",   "phat_sinh", "bi_",
                                         "loi",      "roi_ro", "oan_",   "huy_",     "tham_nhung", "phuc_tap", "qua_han", "nghiem_trong"};

bool is_adverse(const Field& field) {
  return std::any_of(std::begin(kAdverse), std::end(kAdverse), [&](std::string_view word) { return field.id.find(word) != std::string::npos; });
}

std::int64_t power_of_ten(int digits) {
  std::int64_t power = 1;
  for (; digits > 0; --digits) power *= 10;
  return power;
}

/// A number at the field's scale, without zeros at its end.
void append_scaled(std::int64_t scaled, int digits, std::string& out) {
  while (digits > 0 && scaled % 10 == 0) {
    scaled /= 10;
    --digits;
  }
  const std::int64_t power = power_of_ten(digits);
  if (scaled < 0) out += '-';
  out += std::to_string(std::abs(scaled / power));
  if (digits == 0) return;
  const std::string part = std::to_string(std::abs(scaled % power));
  out += '.';
  out.append(static_cast<std::size_t>(digits) - part.size(), '0');
  out += part;
}

std::int64_t scaled_bound(const Rational& bound, int digits) { return (bound * Rational(power_of_ten(digits))).floor().get_si(); }

void append_text(std::string_view text, std::string& out) {
  out += '"';
  out += text;   // ids and words of this program: nothing to be escaped
  out += '"';
}

void append_key(std::string_view key, std::string& out) {
  if (out.back() != '{') out += ',';
  append_text(key, out);
  out += ':';
}

void append_day(Random& random, std::string& out) {
  const auto two = [](std::int32_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  out += "\"2025-" + two(1 + random.up_to(11)) + '-' + two(1 + random.up_to(27)) + '"';
}

/// What a number of this kind usually comes to at most, before its digits.
std::int64_t usual_most(const Field& field) {
  switch (field.kind) {
    case FieldKind::money: return 90'000'000'000;
    case FieldKind::percentage: return 100;
    case FieldKind::days: return 30;
    default: return 40;
  }
}

}  // namespace

EvidenceWriter::Mood EvidenceWriter::mood(Random& random) {
  Mood mood;
  const std::int32_t rank = random.up_to(99);
  mood.good = rank < 20 ? 100 : rank < 80 ? 97 : rank < 97 ? 88 : 60;
  mood.missing = random.chance(94) ? 0 : 1 + random.up_to(8);
  mood.to_be_refused = random.up_to(499) == 0;
  return mood;
}

void EvidenceWriter::append(const Subject& subject, const RecordPlace& place, Random& random, std::string& out) {
  const Mood now = mood(random);
  out += '{';
  append_key("id", out);
  append_text(place.id, out);
  append_key("subject", out);
  append_text(subject.id, out);
  out += ",\"period\":\"2025\"";
  append_key("unit", out);
  append_text(place.unit, out);
  append_key("cohort", out);
  append_text(place.cohort, out);
  append_evidence(subject, place, now, random, out);
  append_scores(subject, now, random, out);
  out += "}\n";
}

void EvidenceWriter::append_evidence(const Subject& subject, const RecordPlace& place, const Mood& mood, Random& random, std::string& out) {
  numbers_.assign(subject.fields.size(), -1);
  append_key("evidence", out);
  out += '{';
  for (std::uint32_t i = 0; i < subject.fields.size(); ++i) {
    const Field& field = subject.fields[i];
    const bool carried = field.place == FieldPlace::evidence || field.place == FieldPlace::exception;
    if (!carried || field.list != kNone || random.chance(mood.missing)) continue;
    append_key(field.id, out);
    append_value(subject, i, place, mood, random, out);
  }
  for (std::uint32_t list = 0; list < subject.lists.size(); ++list) {
    if (random.chance(mood.missing) || subject.lists[list].own != bytecode::OwnResults::none) continue;
    append_key(subject.lists[list].id, out);
    append_list(subject, list, place, mood, random, out);
  }
  if (mood.to_be_refused) out += ",\"khong_khai_bao\":1";
  out += '}';
}

void EvidenceWriter::append_list(const Subject& subject, std::uint32_t list, const RecordPlace& place, const Mood& mood, Random& random,
                                 std::string& out) {
  out += '[';
  const auto separate = [&] {
    if (out.back() != '[') out += ',';
  };
  if (subject.lists[list].of_results) {
    for (const std::string& id : place.charges) {
      separate();
      append_text(id, out);
    }
  } else {
    // Registers are mostly empty: what they would list did not happen.
    std::int32_t rows = random.chance(mood.good) ? 0 : 1 + random.up_to(1);
    for (; rows > 0; --rows) {
      separate();
      out += '{';
      for (std::uint32_t i = 0; i < subject.fields.size(); ++i) {
        const Field& field = subject.fields[i];
        if (field.list != list || field.place != FieldPlace::evidence) continue;
        append_key(field.id, out);
        append_value(subject, i, place, mood, random, out);
      }
      out += '}';
    }
  }
  out += ']';
}

void EvidenceWriter::append_value(const Subject& subject, std::uint32_t index, const RecordPlace& place, const Mood& mood, Random& random,
                                  std::string& out) {
  const Field& field = subject.fields[index];
  if (field.may_be_left_out && random.chance(4)) {
    out += "{\"none\":true}";
    return;
  }
  const auto one_of = [&](const std::vector<std::string>& choices) {
    append_text(choices[static_cast<std::size_t>(random.up_to(static_cast<std::int32_t>(choices.size()) - 1))], out);
  };
  switch (field.kind) {
    case FieldKind::boolean: {
      const bool adverse = field.place == FieldPlace::exception || is_adverse(field);
      const bool good = random.chance(mood.good);
      out += good != adverse ? "true" : "false";
      return;
    }
    case FieldKind::date: return append_day(random, out);
    case FieldKind::text: return append_text(place.unit, out);
    case FieldKind::step: return one_of(module_.scales[field.scale].step_ids);
    case FieldKind::code: return one_of(module_.tables[field.table].keys);
    case FieldKind::level: return append_text(module_.ratings[subject.rating].levels[1].id, out);
    case FieldKind::criterion: return append_text(subject.criteria.front().id, out);
    default: break;
  }
  numbers_[index] = number(subject, index, mood, random);
  append_scaled(numbers_[index], field.digits, out);
}

std::int64_t EvidenceWriter::number(const Subject& subject, std::uint32_t index, const Mood& mood, Random& random) {
  const Field& field = subject.fields[index];
  const std::int64_t power = power_of_ten(field.digits);
  const std::int64_t low = scaled_bound(field.low, field.digits);
  std::int64_t high = std::min(scaled_bound(field.high, field.digits), std::max(low, 0L) + usual_most(field) * power);
  const bool adverse = is_adverse(field);
  if (adverse && random.chance(mood.good)) return std::max<std::int64_t>(low, 0);
  if (field.at_most_field == kNone) return random.between(std::max<std::int64_t>(low, 0), std::max(high, low));
  // Parts are given behind their wholes, which may be missing.
  const std::int64_t whole = numbers_[field.at_most_field];
  if (whole >= 0) high = std::min(high, whole);
  if (!adverse && random.chance(mood.good)) return high;
  return random.between(std::min(std::max<std::int64_t>(low, 0), high), high);
}

/// Scores at the first and the last stage, mostly the same.
void EvidenceWriter::append_scores(const Subject& subject, const Mood& mood, Random& random, std::string& out) {
  const bool any = std::any_of(subject.fields.begin(), subject.fields.end(), [](const Field& field) { return field.place == FieldPlace::score; });
  if (!any) return;
  append_key("scores", out);
  out += '{';
  const std::string& last = subject.stages.back();
  append_key(last, out);
  out += '{';
  for (const Field& field : subject.fields) {
    if (field.place != FieldPlace::score || random.chance(mood.missing)) continue;
    const std::int64_t high = scaled_bound(field.high, field.digits);
    const std::int64_t step = field.step ? std::max<std::int64_t>(1, scaled_bound(*field.step, field.digits)) : power_of_ten(field.digits);
    const std::int64_t most = high / step;
    const std::int64_t short_by = random.chance(mood.good) ? 0 : random.between(0, std::max<std::int64_t>(1, most / 4));
    append_key(field.id, out);
    append_scaled(std::max<std::int64_t>(0, most - short_by) * step, field.digits, out);
  }
  out += "}}";
}

}  // namespace quy::bench

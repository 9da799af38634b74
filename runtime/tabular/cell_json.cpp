#include "runtime/tabular/cell_json.h"

#include <algorithm>
#include <array>

#include "base/numeric/date.h"
#include "base/text.h"
#include "runtime/facts/json_text.h"
#include "runtime/tabular/heading_words.h"
#include "runtime/tabular/stored_number.h"

namespace quy::tabular {
namespace {

using bytecode::FieldKind;
using facts::append_json;

// ---------------------------------------------------------------- numbers

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// With one kind of space, the no-break ones too, and none at the ends.
std::string with_plain_spaces(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    constexpr std::array<std::string_view, 3> kSpaces{" ", "\u00a0", "\u202f"};
    const auto space = std::find_if(kSpaces.begin(), kSpaces.end(), [&](std::string_view s) { return text.substr(at).starts_with(s); });
    if (space != kSpaces.end()) {
      at += space->size();
      if (!out.empty()) out += ' ';
    } else {
      out += text[at++];
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

/// `1.234.567` with marks between groups of three.
bool in_groups(std::string_view text, char mark) {
  constexpr std::size_t kGroup = 3;
  std::size_t end = text.find(mark);
  if (end == std::string_view::npos || end == 0 || end > kGroup || !all_digits(text.substr(0, end))) return false;
  while (end < text.size()) {
    if (text[end] != mark || !all_digits(text.substr(end + 1, kGroup)) || text.size() - end <= kGroup) return false;
    end += 1 + kGroup;
  }
  return end == text.size();
}

std::string without(std::string_view text, char mark) {
  std::string out(text);
  std::erase(out, mark);
  return out;
}

/// The digits of a number without its sign: whole part, then what follows the decimal mark.
std::optional<std::string> plain_decimal(std::string_view text) {
  const std::size_t points = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
  const std::size_t commas = static_cast<std::size_t>(std::count(text.begin(), text.end(), ','));
  if (points + commas == 0) return all_digits(text) ? std::optional(std::string(text)) : std::nullopt;
  if (points > 0 && commas > 0) {
    const char decimal = text.find('.') < text.find(',') ? ',' : '.';
    const char group = decimal == ',' ? '.' : ',';
    const std::size_t at = text.find(decimal);
    if (std::count(text.begin(), text.end(), decimal) != 1 || !in_groups(text.substr(0, at), group) || !all_digits(text.substr(at + 1)))
      return std::nullopt;
    return without(text.substr(0, at), group) + '.' + std::string(text.substr(at + 1));
  }
  const char mark = points > 0 ? '.' : ',';
  if (points + commas > 1) return in_groups(text, mark) ? std::optional(without(text, mark)) : std::nullopt;
  const std::size_t at = text.find(mark);
  const std::string_view whole = text.substr(0, at), part = text.substr(at + 1);
  if (!all_digits(whole) || !all_digits(part) || (in_groups(text, mark) && whole.front() != '0')) return std::nullopt;
  return std::string(whole) + '.' + std::string(part);
}

/// JSON has no leading zeros.
std::string without_leading_zeros(std::string number) {
  const std::size_t whole = std::min(number.find('.'), number.size());
  std::size_t zeros = 0;
  while (zeros + 1 < whole && number[zeros] == '0') ++zeros;
  return number.substr(zeros);
}

// ---------------------------------------------------------------- words

bool is_one_of(const std::string& key, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), key) != words.end();
}

std::optional<bool> truth_of(const std::string& key) {
  if (is_one_of(key, {"co", "dung", "true", "yes"})) return true;
  if (is_one_of(key, {"khong", "sai", "false", "no"})) return false;
  return std::nullopt;
}

/// A day as text has it: d/m/yyyy, d-m-yyyy, d.m.yyyy or yyyy-mm-dd.
std::string iso_day(const std::string& text) {
  std::string slashed = text;
  for (char& c : slashed)
    if (c == '-' || c == '.') c = '/';
  const std::optional<DayNumber> day = parse_vietnamese_date(slashed);
  return day ? iso_date(*day) : text;
}

bool is_number(FieldKind kind) {
  switch (kind) {
    case FieldKind::count:
    case FieldKind::number:
    case FieldKind::percentage:
    case FieldKind::points:
    case FieldKind::money:
    case FieldKind::days: return true;
    default: return false;
  }
}

/// What a number cell holds where a text is needed: its digits, with the zeros that the sheet shows before them.
std::optional<std::string> digits_shown(const Cell& cell) {
  std::string_view digits = cell.text;
  if (digits.ends_with(".0")) digits.remove_suffix(2);
  if (!all_digits(digits)) return std::nullopt;
  const std::size_t fill = cell.zero_fill > digits.size() ? cell.zero_fill - digits.size() : 0;
  return std::string(fill, '0') + std::string(digits);
}

template <typename Ids, typename Labels>
void add_choices(std::unordered_map<std::string, std::string>& choices, const Ids& ids, const Labels& labels) {
  for (std::size_t i = 0; i < ids.size() && i < labels.size(); ++i) {
    const auto [place, fresh] = choices.emplace(word_key(labels[i]), ids[i]);
    if (!fresh && place->second != ids[i]) place->second.clear();  // two of that name: neither
  }
  for (const std::string& id : ids) choices[word_key(id)] = id;
}

template <typename Infos>
void add_infos(std::unordered_map<std::string, std::string>& choices, const Infos& infos) {
  std::vector<std::string> ids, labels;
  for (const auto& info : infos) {
    ids.push_back(info.id);
    labels.push_back(info.label);
  }
  add_choices(choices, ids, labels);
}

}  // namespace

std::string identifier(const Cell& cell) {
  if (cell.kind != Cell::Kind::number) return cell.text;
  return digits_shown(cell).value_or(cell.text);
}

std::optional<std::string> typed_number(std::string_view text) {
  std::string digits = with_plain_spaces(text);
  std::string sign;
  constexpr std::string_view kMinus = "\u2212";
  if (digits.starts_with('-') || digits.starts_with(kMinus)) {
    sign = "-";
    digits.erase(0, digits.front() == '-' ? 1 : kMinus.size());
  }
  if (digits.starts_with(' ')) digits.erase(0, 1);
  // A space is no mark of its own: it stands between groups of three or is a slip of the hand.
  if (const std::string_view whole = std::string_view(digits).substr(0, digits.find_first_of(".,")); whole.find(' ') != std::string_view::npos) {
    if (!in_groups(whole, ' ')) return std::nullopt;
    digits = without(digits, ' ');
  }
  const std::optional<std::string> number = plain_decimal(digits);
  if (!number) return std::nullopt;
  return sign + without_leading_zeros(*number);
}

std::string subject_named(const bytecode::Module& module, const std::string& text) {
  const std::string key = word_key(text);
  const bytecode::Subject* labelled = nullptr;
  for (const bytecode::Subject& subject : module.subjects) {
    if (word_key(subject.id) == key) return subject.id;
    if (word_key(subject.label) == key) labelled = labelled == nullptr ? &subject : nullptr;
  }
  return labelled == nullptr ? text : labelled->id;
}

CellWriter::CellWriter(const bytecode::Module& module, const bytecode::Subject& subject, const Column& column)
    : form_(column.form), takes_states_(column.takes_states) {
  if (column.form == CellForm::subject) add_infos(choices_, module.subjects);
  if (column.field == bytecode::kNone) return;
  field_ = &subject.fields[column.field];
  if (field_->kind == FieldKind::step && field_->scale < module.scales.size())
    add_choices(choices_, module.scales[field_->scale].step_ids, module.scales[field_->scale].step_labels);
  if (field_->kind == FieldKind::level && subject.rating < module.ratings.size()) add_infos(choices_, module.ratings[subject.rating].levels);
  if (field_->kind == FieldKind::criterion) add_infos(choices_, subject.criteria);
}

void CellWriter::append(std::string& out, const Cell& cell) const {
  if (cell.kind == Cell::Kind::failed) {
    // No value of any form: the reader names what stands in the cell.
    out += '{';
    append_json(out, cell.text);
    out += ":null}";
    return;
  }
  switch (form_) {
    case CellForm::text:
    case CellForm::subject: return append_text(out, cell);
    case CellForm::day: return append_day(out, cell);
    case CellForm::value: return append_value(out, cell);
    case CellForm::list_state: return append_list_state(out, cell);
  }
}

void CellWriter::append_text(std::string& out, const Cell& cell) const {
  const auto digits = cell.kind == Cell::Kind::number ? digits_shown(cell) : std::nullopt;
  // How an identifier was written that the sheet made a day or another number of, nobody knows: it stays no text, and is refused.
  if (!digits && (cell.kind == Cell::Kind::number || cell.kind == Cell::Kind::truth)) {
    out += cell.text;
  } else if (cell.kind == Cell::Kind::day) {
    std::copy_if(cell.text.begin(), cell.text.end(), std::back_inserter(out), is_digit);
  } else {
    const auto choice = choices_.find(digits ? std::string() : word_key(cell.text));
    append_json(out, digits ? *digits : choice != choices_.end() && !choice->second.empty() ? choice->second : cell.text);
  }
}

void CellWriter::append_day(std::string& out, const Cell& cell) const {
  if (cell.kind == Cell::Kind::number || cell.kind == Cell::Kind::truth) {
    out += cell.text;
  } else {
    append_json(out, cell.kind == Cell::Kind::day ? cell.text : iso_day(cell.text));
  }
}

void CellWriter::append_value(std::string& out, const Cell& cell) const {
  if (cell.kind == Cell::Kind::text) {
    if (!takes_states_ || !append_state(out, cell.text)) append_words(out, cell.text);
  } else if (field_->kind == FieldKind::date) {
    append_day(out, cell);
  } else if (is_number(field_->kind)) {
    const bool hundredths = field_->kind == FieldKind::percentage && cell.percent;
    if (cell.kind == Cell::Kind::day) {
      append_json(out, cell.text);
    } else {
      out += hundredths ? times_hundred(cell.text) : cell.text;
    }
  } else if (field_->kind == FieldKind::boolean) {
    if (cell.kind == Cell::Kind::day) {
      append_json(out, cell.text);
    } else {
      out += cell.text;
    }
  } else {
    append_text(out, cell);
  }
}

void CellWriter::append_words(std::string& out, const std::string& text) const {
  if (field_->kind == FieldKind::boolean) {
    if (const std::optional<bool> truth = truth_of(word_key(text))) {
      out += *truth ? "true" : "false";
      return;
    }
  }
  if (field_->kind == FieldKind::date) return append_json(out, iso_day(text));
  if (is_number(field_->kind)) {
    std::string_view digits = text;
    if (field_->kind == FieldKind::percentage && digits.ends_with('%')) digits.remove_suffix(1);
    if (const std::optional<std::string> number = typed_number(digits)) {
      out += *number;
      return;
    }
  }
  const auto choice = choices_.empty() ? choices_.end() : choices_.find(word_key(text));
  append_json(out, choice != choices_.end() && !choice->second.empty() ? choice->second : text);
}

void CellWriter::append_list_state(std::string& out, const Cell& cell) const {
  const std::string key = word_key(cell.text);
  if (is_one_of(key, {"khong", "khong_co", "none", "no", "[]"})) {
    out += "[]";
  } else {
    append_json(out, cell.text);
  }
}

/// `không phát sinh`; `không áp dụng: lý do`; `chưa đến hạn: 30/6/2026`.
bool CellWriter::append_state(std::string& out, const std::string& text) const {
  const std::size_t colon = text.find(':');
  const std::string key = word_key(std::string_view(text).substr(0, colon));
  std::string rest = colon == std::string::npos ? std::string() : text.substr(colon + 1);
  rest.erase(0, std::min(rest.find_first_not_of(' '), rest.size()));
  if (is_one_of(key, {"khong_phat_sinh", "did_not_arise", "none"})) {
    out += "{\"none\":";
    if (rest.empty()) {
      out += "true";
    } else {
      append_json(out, rest);
    }
  } else if (is_one_of(key, {"khong_ap_dung", "not_applicable", "na"})) {
    out += "{\"na\":";
    append_json(out, rest);
  } else if (is_one_of(key, {"chua_den_han", "not_yet_due", "due"})) {
    out += "{\"due\":";
    append_json(out, iso_day(rest));
  } else {
    return false;
  }
  out += '}';
  return true;
}

}  // namespace quy::tabular

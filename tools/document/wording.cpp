#include "tools/document/wording.h"

#include <algorithm>
#include <optional>

#include "tools/document/value_words.h"

namespace quy::tools {
namespace {

using bytecode::Instruction;
using bytecode::kNone;
using bytecode::Observable;
using bytecode::Opcode;
using bytecode::Register;
using Form = Wording::Form;

constexpr std::uint32_t kGreaterEqual = 0;  // the sign of `compare`
/// Deeper than people write; a pack from outside may hold anything.
constexpr int kDeepest = 24;
constexpr int kMostSteps = 2000;
/// An open choice without a label stands in texts by its id; one shorter than this could be part of another word.
constexpr std::size_t kShortestName = 5;

/// The text with the option picked in place of each open choice: the choice's label asks and does not say.
std::string with_choices(const trace::SubjectIndex& index, std::string text, Language language) {
  const std::vector<std::uint32_t>& readings = index.subject().readings;
  for (std::size_t place = 0; place < readings.size(); ++place) {
    const bytecode::ReadingInfo& info = index.module().readings[readings[place]];
    const std::string& label = info.label.empty() ? info.id : info.label;
    if (label.size() < kShortestName) continue;
    const std::string& option = info.option_labels[info.chosen];
    const std::string said = (language == Language::vi ? "[cách hiểu " : "[reading ") + std::to_string(place + 1) +
                             ": " + (option.empty() ? info.option_ids[info.chosen] : option) + "]";
    for (std::size_t at = text.find(label); at != std::string::npos; at = text.find(label, at + said.size()))
      text.replace(at, label.size(), said);
  }
  return in_document(std::move(text));
}

/// Which rows of a list a condition is said of.
enum class Rows { some, every, none };

/// Follows a condition's code down to the parts that have words of their own. Every step may find that it has none: then the whole is said
/// in the words of the rule.
class Unfolding {
 public:
  Unfolding(const trace::SubjectIndex& index, std::uint32_t root, Language language)
      : index_(index), values_(index, language), root_(root), language_(language) {}

  std::optional<Wording> of(Register reg, int depth = 0) {
    // Code may be shared many times over, so depth alone bounds nothing.
    if (depth > kDeepest || ++steps_ > kMostSteps) return std::nullopt;
    const Instruction& i = index_.instruction(reg);
    if (std::optional<Wording> parts = taken_apart(i, depth + 1)) return parts;
    const std::uint32_t atom = index_.atom_of(reg, root_);
    return atom == kNone ? std::nullopt : words(atom);
  }

 private:
  const char* say(const char* vi, const char* en) const { return language_ == Language::vi ? vi : en; }

  static Wording sentence(std::string text) {
    Wording whole;
    whole.text = in_document(std::move(text));
    return whole;
  }

  static Wording constant(bool holds) {
    Wording whole;
    whole.form = holds ? Form::always : Form::never;
    return whole;
  }

  std::optional<Wording> words(std::uint32_t atom) const {
    const Observable& o = index_.observable(atom);
    // That an exception is claimed is no condition to read by itself.
    if (o.role == bytecode::Role::exception) return std::nullopt;
    return sentence(with_choices(index_, o.text.in(language_), language_));
  }

  std::optional<Wording> taken_apart(const Instruction& i, int depth) {
    switch (i.opcode) {
      case Opcode::truth: return constant(i.a != 0);
      case Opcode::flag: return fact(i);
      case Opcode::holds:
      case Opcode::spread: return of(i.operands[0], depth);
      case Opcode::conjunction: return conjunction(i, depth);
      case Opcode::disjunction: return joined(Form::any, i, depth);
      case Opcode::negation: return denied(index_.instruction(i.operands[0]), i.operands[0], depth);
      case Opcode::fold_any: return said_of_rows(Rows::some, i, depth);
      case Opcode::fold_every: return said_of_rows(Rows::every, i, depth);
      case Opcode::compare: return compared(i, depth);
      case Opcode::compare_ratio: return share_of_rows(i, depth);
      case Opcode::member: return compared_values(i);
      default: return std::nullopt;
    }
  }

  std::optional<Wording> fact(const Instruction& flag) const {
    Wording whole = sentence(values_.fact(flag));
    whole.form = Form::fact;
    return whole;
  }

  // ---------------------------------------------------------------- parts side by side

  std::optional<Wording> conjunction(const Instruction& i, int depth) {
    if (i.operands.size() == 2) {
      const auto period = values_.within_period(index_.instruction(i.operands[0]), index_.instruction(i.operands[1]));
      if (period) return sentence(*period);
    }
    return joined(Form::all, i, depth);
  }

  std::optional<Wording> joined(Form how, const Instruction& i, int depth) {
    Wording whole;
    whole.form = how;
    const bool every = how == Form::all;
    whole.text = every ? say("Tất cả các điều sau:", "All of these:") : say("Một trong các điều sau:", "One of these:");
    whole.joint = every ? say("có đủ các điều sau", "all of these") : say("có một trong các điều sau", "one of these");
    if (!collect(whole, i, depth)) return std::nullopt;
    return whole.parts.size() > 1 ? whole : alone(std::move(whole), constant(every));
  }

  std::optional<Wording> at_least(const Rational& count, const Instruction& counted, int depth) {
    Wording whole;
    whole.form = Form::outline;
    const std::string least = count.exact_text() + say(" trong các điều sau", " of these");
    whole.text = say("Ít nhất ", "At least ") + least + ":";
    whole.joint = say("có ít nhất ", "at least ") + least;
    if (!collect(whole, counted, depth)) return std::nullopt;
    // One that always holds leaves fewer to find, which no text says.
    const bool settled = !whole.parts.empty() && whole.parts.front().form == Form::always;
    if (settled && count != Rational(1)) return std::nullopt;
    const bool single = count == Rational(1) && whole.parts.size() < 2;
    return single ? alone(std::move(whole), constant(false)) : whole;
  }

  /// The one part that is left, or what is so when none is.
  static Wording alone(Wording whole, Wording none) {
    Wording one = whole.parts.empty() ? std::move(none) : std::move(whole.parts.front());
    one.readings.insert(one.readings.end(), whole.readings.begin(), whole.readings.end());
    return one;
  }

  /// The operands' words, without those that decide nothing: what always holds among all, what never does among some. One that decides
  /// alone is all there is to say. False where an operand has no words.
  bool collect(Wording& whole, const Instruction& i, int depth) {
    const bool every = whole.form == Form::all;
    const Form idle = every ? Form::always : Form::never, deciding = every ? Form::never : Form::always;
    for (const Register operand : i.operands) {
      std::optional<Wording> part = of(operand, depth);
      if (!part) return false;
      if (part->form == deciding) {
        whole.parts = {std::move(*part)};
        whole.readings.clear();
        return true;
      }
      const bool nested = part->form == whole.form && whole.form != Form::outline;
      if (nested || part->form == idle)
        whole.readings.insert(whole.readings.end(), part->readings.begin(), part->readings.end());
      if (nested) {
        std::move(part->parts.begin(), part->parts.end(), std::back_inserter(whole.parts));
      } else if (part->form != idle) {
        whole.parts.push_back(std::move(*part));
      }
    }
    return true;
  }

  // ---------------------------------------------------------------- what must not be

  std::optional<Wording> denied(const Instruction& i, Register reg, int depth) {
    if (i.opcode == Opcode::fold_any) return said_of_rows(Rows::none, i, depth);
    std::optional<Wording> whole = of(reg, depth);
    if (!whole) return whole;
    switch (whole->form) {
      case Form::fact: whole->text += say(": không", ": no"); break;
      case Form::sentence: whole->text = say("Không phải: ", "Not: ") + whole->text; break;
      case Form::all: whole->text = say("Không đồng thời có các điều sau:", "Not all of these:"); break;
      case Form::any: whole->text = say("Không có điều nào trong các điều sau:", "None of these:"); break;
      case Form::always: whole->form = Form::never; return whole;
      case Form::never: whole->form = Form::always; return whole;
      case Form::outline: return std::nullopt;
    }
    whole->form = whole->parts.empty() ? Form::sentence : Form::outline;
    return whole;
  }

  // ---------------------------------------------------------------- rows of lists

  std::string rows_words(Rows rows, std::uint32_t list) const {
    const std::string name = values_.list(list);
    switch (rows) {
      case Rows::some: return name + say(" có trường hợp", " has an entry");
      case Rows::every: return say("Mọi trường hợp trong ", "Every entry of ") + name;
      case Rows::none: return name + say(" không có trường hợp nào", " has no entry");
    }
    return name;
  }

  std::optional<Wording> said_of_rows(Rows rows, const Instruction& fold, int depth) {
    std::optional<Wording> inner = of(fold.operands[0], depth);
    if (!inner) return inner;
    const char* with = rows == Rows::every ? say(" ", " has ") : say(" mà ", " with ");
    return after(rows_words(rows, fold.a), with, std::move(*inner));
  }

  /// What is said of rows, then the condition on one of them.
  Wording after(const std::string& rows, const char* with, Wording inner) const {
    if (inner.form == Form::always)
      inner.text = rows;
    else if (inner.parts.empty())
      inner.text = rows + ": " + inner.text;
    else
      inner.text = rows + with + inner.joint + ":";
    inner.form = inner.parts.empty() ? Form::sentence : Form::outline;
    return inner;
  }

  /// `≥ 5` of rows.
  Wording counted(const std::string& what, const std::string& limit, Wording inner) const {
    const char* counting = say(", tính trường hợp", ", counting those");
    const bool bare = inner.form == Form::always;
    return after(what + " " + limit + (bare ? "" : counting), say(" ", " with "), std::move(inner));
  }

  std::optional<Wording> share_of_rows(const Instruction& i, int depth) {
    const Instruction &above = index_.instruction(i.operands[0]), &below = index_.instruction(i.operands[1]);
    const bool share = above.opcode == Opcode::fold_count && below.opcode == Opcode::fold_applicable;
    if (!share || above.operands != below.operands) return compared_values(i);
    std::optional<Wording> inner = of(above.operands[0], depth);
    if (!inner) return inner;
    const std::string what = say("Tỉ lệ trường hợp trong ", "Share of entries of ") + values_.list(above.a);
    return counted(what, values_.percent_limit(i), std::move(*inner));
  }

  std::optional<Wording> count_of_rows(const Instruction& i, const Instruction& fold, int depth) {
    std::optional<Wording> inner = of(fold.operands[0], depth);
    if (!inner) return inner;
    Instruction settled = i;
    settled.operands[1] = picked(i.operands[1], inner->readings);
    const std::optional<std::string> limit = values_.limit(settled);
    if (!limit) return std::nullopt;
    return counted(say("Số trường hợp trong ", "Number of entries of ") + values_.list(fold.a), *limit,
                   std::move(*inner));
  }

  // ---------------------------------------------------------------- comparisons

  std::optional<Wording> compared_values(const Instruction& i) const {
    // The words of the record's own comparisons are the pack's: they have the period that a number is for.
    if (i.domain == 0 && i.opcode == Opcode::compare) return std::nullopt;
    const std::optional<std::string> text = values_.comparison(i);
    return text ? std::optional(sentence(*text)) : std::nullopt;
  }

  /// `ít nhất N trong các …`, rows counted, and truth values that are held as 1 and 0.
  std::optional<Wording> compared(const Instruction& i, int depth) {
    const Instruction& left = index_.instruction(i.operands[0]);
    if (left.opcode == Opcode::fold_count) return count_of_rows(i, left, depth);
    const std::optional<Rational> limit = constant_of(i.operands[1]);
    if (i.a != kGreaterEqual || !limit) return compared_values(i);
    if (left.opcode == Opcode::count_true) return at_least(*limit, left, depth);
    if (left.opcode == Opcode::pick && *limit == Rational(1)) return number(i.operands[0], depth);
    return compared_values(i);
  }

  std::optional<Rational> constant_of(Register reg) const {
    const Instruction& i = index_.instruction(reg);
    return i.opcode == Opcode::constant ? std::optional(index_.module().constants[i.a]) : std::nullopt;
  }

  /// The condition that a number stands for: 1 where it holds. Of an open choice it is the option chosen.
  std::optional<Wording> number(Register reg, int depth) {
    std::vector<std::size_t> readings;
    const Register settled = picked(reg, readings);
    std::optional<Wording> words = truth(settled, depth);
    if (words) words->readings.insert(words->readings.end(), readings.begin(), readings.end());
    return words;
  }

  std::optional<Wording> truth(Register reg, int depth) {
    if (const std::optional<Rational> value = constant_of(reg)) return constant(*value == Rational(1));
    const Instruction& i = index_.instruction(reg);
    const bool held = i.opcode == Opcode::pick && constant_of(i.operands[1]) == Rational(1) &&
                      constant_of(i.operands[2]) == Rational(0);
    return held ? of(i.operands[0], depth) : std::nullopt;
  }

  /// The number that the readings picked come to, and which they are.
  Register picked(Register reg, std::vector<std::size_t>& readings) const {
    for (int depth = 0; depth < kDeepest; ++depth) {
      const Instruction& i = index_.instruction(reg);
      if (i.opcode != Opcode::pick || index_.instruction(i.operands[0]).opcode != Opcode::reading) break;
      const Instruction& guard = index_.instruction(i.operands[0]);
      const std::vector<std::uint32_t>& all = index_.subject().readings;
      const auto place = static_cast<std::size_t>(std::find(all.begin(), all.end(), guard.a) - all.begin());
      if (std::find(readings.begin(), readings.end(), place) == readings.end()) readings.push_back(place);
      reg = i.operands[index_.module().readings[guard.a].chosen == guard.b ? 1 : 2];
    }
    return reg;
  }

  const trace::SubjectIndex& index_;
  ValueWords values_;
  std::uint32_t root_;
  Language language_;
  int steps_ = 0;
};

/// The register that holds an observable's condition; kNone when none does.
Register condition_of(const trace::SubjectIndex& index, const Observable& o) {
  if (o.reg == kNone || index.instruction(o.reg).kind != bytecode::ValueKind::boolean) return kNone;
  if (o.role != bytecode::Role::hand_over) return o.reg;
  // A hand-over's register says more: its condition, that a rule fired, that none stands, and that there is something to decide.
  constexpr std::size_t kTrigger = 4;
  const Instruction& trigger = index.instruction(o.reg);
  return trigger.opcode == Opcode::conjunction && trigger.operands.size() == kTrigger ? trigger.operands[0] : kNone;
}

/// What no evidence changes under the readings chosen.
std::string settled_by_readings(Form form, Language language) {
  if (form == Form::never)
    return language == Language::vi ? "Không có trường hợp nào, theo cách hiểu đã chọn"
                                    : "Never, by the reading chosen";
  return language == Language::vi ? "Luôn đúng, theo cách hiểu đã chọn" : "Always, by the reading chosen";
}

}  // namespace

Wording wording(const trace::SubjectIndex& index, std::uint32_t observable, Language language) {
  const Observable& o = index.observable(observable);
  const Register condition = condition_of(index, o);
  Wording whole;
  if (condition != kNone) whole = Unfolding(index, observable, language).of(condition).value_or(Wording());
  if (whole.text.empty() && !whole.readings.empty()) whole.text = settled_by_readings(whole.form, language);
  if (whole.text.empty()) whole.text = with_choices(index, o.text.in(language), language);
  whole.clauses = index.clauses(observable);
  return whole;
}

std::string in_document(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  std::erase(text, '`');
  if (text.starts_with("đ")) return "Đ" + text.substr(std::string_view("đ").size());
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace quy::tools

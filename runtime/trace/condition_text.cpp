#include "runtime/trace/condition_text.h"

#include <algorithm>
#include <array>
#include <compare>

#include "runtime/trace/phrases.h"
#include "runtime/trace/values.h"

namespace quy::trace {
namespace {

using bytecode::Instruction;
using bytecode::Observable;
using bytecode::Opcode;
using bytecode::ValueKind;
using vm::Truth;

/// Spellings of each sign, two-letter ones first.
struct Sign {
  std::string_view written, shown;
};
constexpr Sign kSigns[] = {{">=", "≥"}, {"<=", "≤"}, {"!=", "≠"}, {"≥", "≥"}, {"≤", "≤"}, {"≠", "≠"}, {">", ">"}, {"<", "<"}, {"=", "="}};

constexpr std::string_view kApplicability[] = {"(nếu có)", "(phải có)", "(if any)", "(must exist)"};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// Without a closing `(nếu có)`: what is said of a value needs no word on its absence.
std::string_view without_applicability(std::string_view text) {
  text = trimmed(text);
  for (const std::string_view suffix : kApplicability) {
    if (text.ends_with(suffix)) return trimmed(text.substr(0, text.size() - suffix.size()));
  }
  return text;
}

const Sign* sign_at(std::string_view text) {
  const auto* found = std::find_if(std::begin(kSigns), std::end(kSigns), [&](const Sign& s) { return text.starts_with(s.written); });
  return found == std::end(kSigns) ? nullptr : found;
}

/// Goes from a condition down to the atoms that account for its value. The walk keeps its own stack and visits a register once: code may
/// be deep, and shared.
class Deciding {
 public:
  Deciding(const RecordView& view, std::uint32_t root) : view_(view), root_(root), seen_(view.index.subject().code.size()) {}

  std::vector<std::uint32_t> from(Register condition) {
    push(condition);
    while (!stack_.empty()) {
      const Register reg = stack_.back();
      stack_.pop_back();
      step(reg);
    }
    std::sort(atoms_.begin(), atoms_.end());
    return std::move(atoms_);
  }

 private:
  void push(Register reg) {
    const Instruction& i = view_.index.instruction(reg);
    if (seen_[reg] || i.kind == ValueKind::levels || i.domain != 0) return;
    seen_[reg] = true;
    stack_.push_back(reg);
  }

  void step(Register reg) {
    const Instruction& i = view_.index.instruction(reg);
    if (i.kind == ValueKind::number) return step_number(i);
    const std::uint32_t atom = view_.index.atom_of(reg, root_);
    if (atom != kNone) {
      if (says_something(atom)) atoms_.push_back(atom);
    } else if (i.opcode == Opcode::conjunction || i.opcode == Opcode::disjunction) {
      push_like(i, view_.truth(reg));
    } else {
      for (const Register operand : i.operands) push(operand);
    }
  }

  /// Numbers that stand for conditions: a choice by a reading or condition, a count of what holds.
  void step_number(const Instruction& i) {
    if (i.opcode == Opcode::count_true) {
      for (const Register operand : i.operands) push(operand);
    }
    if (i.opcode != Opcode::pick) return;
    const Truth truth = view_.truth(i.operands[0]);
    push(i.operands[0]);
    if (truth != Truth::no) push(i.operands[1]);
    if (truth != Truth::yes) push(i.operands[2]);
  }

  /// An exception that nobody claims is no part of the story.
  bool says_something(std::uint32_t atom) const {
    const Observable& o = view_.index.observable(atom);
    return o.role != Role::exception || view_.truth(o.reg) == Truth::yes || view_.truth(o.reg) == Truth::missing;
  }

  /// A conjunction that fails does so by its failing parts, one that holds by all that hold; a disjunction likewise.
  void push_like(const Instruction& i, Truth truth) {
    for (const Register operand : i.operands) {
      if (view_.truth(operand) == truth && !is_option_not_chosen(operand) && !is_other_force(operand)) push(operand);
    }
  }

  /// What a reading would ask under another option accounts for nothing.
  bool is_option_not_chosen(Register reg) const {
    const Instruction& i = view_.index.instruction(reg);
    if (i.opcode != Opcode::conjunction) return false;
    return std::any_of(i.operands.begin(), i.operands.end(), [&](Register operand) {
      return view_.index.instruction(operand).opcode == Opcode::reading && view_.truth(operand) == Truth::no;
    });
  }

  /// A hand-over acts where its condition holds and no force stands; that none does is not its reason.
  bool is_other_force(Register reg) const {
    const bool hands_over = root_ != kNone && view_.index.observable(root_).role == Role::hand_over;
    return hands_over && view_.index.instruction(reg).opcode == Opcode::negation;
  }

  const RecordView& view_;
  std::uint32_t root_;
  std::vector<bool> seen_;
  std::vector<Register> stack_;
  std::vector<std::uint32_t> atoms_;
};

/// The atom's text with what its value is said to be.
std::string fact_text(const RecordView& view, const Observable& o, Truth truth) {
  const std::string text(without_applicability(o.text.in(view.language)));
  const bool flag = o.reg != kNone && view.index.instruction(o.reg).opcode == Opcode::flag;
  switch (truth) {
    case Truth::yes: return flag ? phrase(Phrase::fact_true, view.language, {text}) : text;
    case Truth::no: return phrase(flag ? Phrase::fact_false : Phrase::fact_fails, view.language, {text});
    case Truth::missing: return phrase(Phrase::fact_missing, view.language, {text});
    case Truth::left_out: return phrase(Phrase::fact_left_out, view.language, {text});
  }
  return text;
}

std::string_view actual_sign(const Rational& left, const Rational& right) {
  const std::strong_ordering order = left <=> right;
  return order < 0 ? "<" : order > 0 ? ">" : "=";
}

bool is_constant(const RecordView& view, Register reg) { return view.index.instruction(reg).opcode == Opcode::constant; }

/// `giao = 100`, or the bare value when the right side is a number of the rule itself.
std::string right_text(const RecordView& view, const Observable& o, const Comparison& parts, std::uint32_t position) {
  std::string value = value_text(view, o.right, position, o.unit, o.left);
  return is_constant(view, o.right) ? value : phrase(Phrase::value_is, view.language, {parts.right, value});
}

/// The comparison with both values. An equality that holds says its value once.
std::string compared_text(const RecordView& view, std::uint32_t atom, std::uint32_t position) {
  const Observable& o = view.index.observable(atom);
  const Truth truth = view.truth(o.reg, position);
  const Comparison& parts = view.index.sides(atom, view.language);
  const vm::Range left = view.number(o.left, position), right = view.number(o.right, position);
  if (!left.known()) return fact_text(view, o, truth);
  const std::string said = phrase(Phrase::value_is, view.language, {parts.left, value_text(view, o.left, position, o.unit, o.right)});
  if (o.right == kNone || parts.sign.empty()) return said;
  if (!right.known()) return fact_text(view, o, truth);
  // Both sides are known, and yet it does not count: its span of time is not over.
  if (truth == Truth::left_out)
    return phrase(Phrase::tracked, view.language, {o.text.in(view.language), value_text(view, o.left, position, o.unit, o.right)});
  const std::string_view sign = truth == Truth::yes ? std::string_view(parts.sign) : actual_sign(left.low, right.low);
  if (truth == Truth::yes && sign == "=" && is_constant(view, o.right)) return said;
  return said + " " + std::string(sign) + " " + right_text(view, o, parts, position);
}

/// Names as people write them: the underscore between the words of a name becomes a space.
std::string plain(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  std::erase(text, '`');
  return text;
}

}  // namespace

Comparison split_comparison(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '{') ++depth;
    if (text[i] == ')' || text[i] == '}') --depth;
    const Sign* sign = depth == 0 ? sign_at(text.substr(i)) : nullptr;
    if (sign == nullptr) continue;
    return {std::string(trimmed(text.substr(0, i))), std::string(sign->shown),
            std::string(without_applicability(text.substr(i + sign->written.size())))};
  }
  return {std::string(without_applicability(text)), {}, {}};
}

std::vector<std::uint32_t> deciding_atoms(const RecordView& view, std::uint32_t observable, Register condition) {
  return view.has(condition, ValueKind::boolean) ? Deciding(view, observable).from(condition) : std::vector<std::uint32_t>{};
}

std::string atom_text(const RecordView& view, std::uint32_t atom, std::uint32_t position) {
  const Observable& o = view.index.observable(atom);
  return written(view, o.left != kNone ? compared_text(view, atom, position) : fact_text(view, o, view.truth(o.reg, position)));
}

std::string written(const RecordView& view, std::string text) { return view.plain_names ? plain(std::move(text)) : text; }

std::string condition_text(const RecordView& view, const Rule& rule) {
  std::string text;
  for (const std::uint32_t atom : deciding_atoms(view, rule.observable, rule.condition)) {
    if (!text.empty()) text += phrase(Phrase::and_also, view.language);
    text += atom_text(view, atom, view.row);
  }
  return text.empty() ? text_of_rule(view, rule.observable) : text;
}

std::string text_of_rule(const RecordView& view, std::uint32_t observable) {
  if (observable == kNone) return {};
  const Observable& o = view.index.observable(observable);
  const std::string& condition = o.text.in(view.language);
  return condition.empty() ? o.label : written(view, condition);
}

}  // namespace quy::trace

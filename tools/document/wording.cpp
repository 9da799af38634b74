#include "tools/document/wording.h"

#include <algorithm>
#include <optional>

#include "runtime/trace/numbers.h"

namespace quy::tools {
namespace {

using bytecode::Instruction;
using bytecode::kNone;
using bytecode::Observable;
using bytecode::Opcode;
using bytecode::Register;
using Joins = Wording::Joins;

constexpr std::uint32_t kGreaterEqual = 0;  // the sign of `compare`
/// Deeper than people write; a pack from outside may hold anything.
constexpr int kDeepest = 24;
constexpr int kMostSteps = 2000;
/// An open choice without a label stands in texts by its id; one shorter than this could be part of another word.
constexpr std::size_t kShortestName = 5;

/// The text with each open choice in it followed by the option that the pack picks: alone, its label asks and does not say.
std::string with_choices(const trace::SubjectIndex& index, std::string text) {
  for (const std::uint32_t reading : index.subject().readings) {
    const bytecode::ReadingInfo& info = index.module().readings[reading];
    const std::string& label = info.label.empty() ? info.id : info.label;
    const std::size_t at = text.find(label);
    if (label.size() < kShortestName || at == std::string::npos) continue;
    const std::string& option = info.option_labels[info.chosen];
    text.replace(at, label.size(), "[" + label + ": " + (option.empty() ? info.option_ids[info.chosen] : option) + "]");
  }
  return in_document(std::move(text));
}

/// Follows a condition's code down to the parts that have words of their own. Every step may find that it has none: then the whole is said
/// in the words of the rule.
class Unfolding {
 public:
  Unfolding(const trace::SubjectIndex& index, std::uint32_t root, Language language)
      : index_(index), root_(root), language_(language) {}

  std::optional<Wording> of(Register reg, int depth = 0) {
    // Code may be shared many times over, so depth alone bounds nothing.
    if (depth > kDeepest || ++steps_ > kMostSteps) return std::nullopt;
    const std::uint32_t atom = index_.atom_of(reg, root_);
    if (atom != kNone) return words(atom);
    const Instruction& i = index_.instruction(reg);
    if (i.domain != 0) return std::nullopt;
    switch (i.opcode) {
      case Opcode::holds: return of(i.operands[0], depth + 1);
      case Opcode::conjunction: return joined(Joins::all, i, depth);
      case Opcode::disjunction: return joined(Joins::any, i, depth);
      case Opcode::compare: return compared(i, depth);
      default: return std::nullopt;
    }
  }

 private:
  std::optional<Wording> words(std::uint32_t atom) const {
    const Observable& o = index_.observable(atom);
    // That an exception is claimed is no condition to read by itself.
    if (o.role == bytecode::Role::exception) return std::nullopt;
    return Wording{Joins::nothing, with_choices(index_, o.text.in(language_)), {}, {}, {}};
  }

  std::optional<Wording> joined(Joins how, const Instruction& i, int depth) {
    Wording whole;
    whole.joins = how;
    for (const Register operand : i.operands) {
      std::optional<Wording> part = of(operand, depth + 1);
      if (!part) return std::nullopt;
      const bool same = part->joins == how && how != Joins::at_least;
      if (same) {
        std::move(part->parts.begin(), part->parts.end(), std::back_inserter(whole.parts));
      } else {
        whole.parts.push_back(std::move(*part));
      }
    }
    return whole;
  }

  std::optional<Rational> constant(Register reg) const {
    const Instruction& i = index_.instruction(reg);
    return i.opcode == Opcode::constant ? std::optional(index_.module().constants[i.a]) : std::nullopt;
  }

  /// `ít nhất N trong các …`, and truth values that are held as 1 and 0.
  std::optional<Wording> compared(const Instruction& i, int depth) {
    const std::optional<Rational> limit = constant(i.operands[1]);
    if (i.a != kGreaterEqual || !limit) return std::nullopt;
    const Instruction& counted = index_.instruction(i.operands[0]);
    if (counted.opcode != Opcode::count_true)
      return *limit == Rational(1) ? number(i.operands[0], depth + 1) : std::nullopt;
    std::optional<Wording> whole = joined(Joins::at_least, counted, depth);
    if (whole) whole->least = limit->exact_text();
    return whole;
  }

  /// The condition that a number stands for: 1 where it holds. Of an open choice it is the option chosen.
  std::optional<Wording> number(Register reg, int depth) {
    const Instruction& i = index_.instruction(reg);
    if (i.opcode != Opcode::pick || depth > kDeepest) return std::nullopt;
    const Instruction& guard = index_.instruction(i.operands[0]);
    if (guard.opcode == Opcode::reading)
      return number(i.operands[index_.module().readings[guard.a].chosen == guard.b ? 1 : 2], depth + 1);
    if (constant(i.operands[1]) == Rational(1) && constant(i.operands[2]) == Rational(0))
      return of(i.operands[0], depth + 1);
    return std::nullopt;
  }

  const trace::SubjectIndex& index_;
  std::uint32_t root_;
  Language language_;
  int steps_ = 0;
};

}  // namespace

Wording wording(const trace::SubjectIndex& index, std::uint32_t observable, Language language) {
  const Observable& o = index.observable(observable);
  Wording whole;
  // A hand-over's register says more than its condition: that some rule fired, too.
  const bool own = o.reg != kNone && o.role != bytecode::Role::hand_over &&
                   index.instruction(o.reg).kind == bytecode::ValueKind::boolean;
  if (std::optional<Wording> parts = own ? Unfolding(index, observable, language).of(o.reg) : std::nullopt)
    whole = std::move(*parts);
  if (whole.joins == Joins::nothing && whole.text.empty()) whole.text = with_choices(index, o.text.in(language));
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

#include "tests/property/harness.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/emit/from_ir.h"
#include "runtime/bytecode/codec.h"
#include "tests/reference/interpreter.h"

namespace quy::property {

using bytecode::Observable;
using bytecode::Role;
using reference::Outcome;
using reference::Result;
using reference::Truth;
using reference::Value;
using sema::ExprId;
using sema::kNone;

std::string describe(Truth truth) { return truth == Truth::yes ? "true" : truth == Truth::no ? "false" : "left out"; }
std::string describe(const Value& value) {
  if (value.left_out) return "left out";
  return value.text.empty() ? value.number.exact_text() : '"' + value.text + '"';
}
std::string describe(const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::level: return fmt::format("level {}", outcome.level);
    case Outcome::Kind::gap: return "gap";
    case Outcome::Kind::not_rated: return "not rated";
    case Outcome::Kind::authority: return "authority";
  }
  return "?";
}
std::string describe(const std::optional<Rational>& number) { return number ? number->exact_text() : "none"; }

Compiled compile(const RandomPack& made) {
  Compiled compiled;
  try {
    const bytecode::Module module = emit::from_typed(made.sources, made.pack, {});
    const std::string bytes = bytecode::encode(module);
    std::variant<bytecode::Module, Message> decoded = bytecode::decode(bytes);
    if (!std::holds_alternative<bytecode::Module>(decoded)) {
      compiled.problem = "the encoded pack is refused";
      return compiled;
    }
    compiled.module = std::move(std::get<bytecode::Module>(decoded));
    if (bytecode::encode(compiled.module) != bytes) compiled.problem = "encoding again gives other bytes";
    if (const std::optional<Message> refused = bytecode::verify(compiled.module)) {
      compiled.problem = "the verifier refuses the pack: " + text(*refused, Language::en);
    }
  } catch (const std::exception& error) {
    compiled.problem = std::string("the compiler throws: ") + error.what();
  }
  return compiled;
}

namespace {

/// One observable beside the formula it shows.
class Comparison {
 public:
  Comparison(const RandomPack& made, const Compiled& compiled, const Result& expected, const Answers& answers)
      : typed_(made.subject()), subject_(compiled.subject()), expected_(expected), answers_(answers) {}

  Difference run() {
    if (subject_.total == kNone && expected_.total) return "no total register";
    if (subject_.total != kNone) {
      const Value total = expected_.total ? Value{false, *expected_.total, {}} : Value{true, {}, {}};
      if (!answers_.number(subject_.total, total)) return differs("total", describe(total), subject_.total);
    }
    for (const Observable& observable : subject_.observables) {
      if (Difference found = compare(observable)) return found;
    }
    if (expected_.outcome && !answers_.outcome(subject_.levels, *expected_.outcome)) {
      return differs("outcome", describe(*expected_.outcome), subject_.levels);
    }
    for (std::size_t i = 0; i < subject_.requirements.size(); ++i) {
      const Truth held = expected_.exprs[typed_.requirements[i].condition].truths.front();
      if (!answers_.truth(subject_.requirements[i].condition, held)) return differs("requirement", describe(held), subject_.requirements[i].condition);
    }
    return std::nullopt;
  }

 private:
  std::string differs(const std::string& what, const std::string& expected, bytecode::Register reg) const {
    return fmt::format("{}: {} expected, {} found", what, expected, answers_.found(reg));
  }

  /// Formulas stand one on each line of the pack's only file.
  std::optional<ExprId> formula(const Observable& observable) const {
    if (observable.origin == kNone || subject_.origins[observable.origin].file.empty()) return std::nullopt;
    const ExprId id = subject_.origins[observable.origin].begin_line - 1;
    return id < typed_.exprs.size() ? std::optional(id) : std::nullopt;
  }

  Difference compare(const Observable& observable) const {
    switch (observable.role) {
      case Role::criterion: return compare_part(observable, false);
      case Role::group: return compare_part(observable, true);
      case Role::atom:
      case Role::criterion_condition:
      case Role::criterion_row:
      case Role::level_need: return compare_truth(observable, false);
      case Role::level_condition:
      case Role::lose_all:
      case Role::bar:
      case Role::lower:
      case Role::force:
      case Role::not_rated: return compare_truth(observable, true);
      case Role::exception: return compare_exception(observable);
      default: return std::nullopt;
    }
  }

  Difference compare_truth(const Observable& observable, bool fires) const {
    const std::optional<ExprId> id = formula(observable);
    if (!id || observable.reg == kNone) return std::nullopt;
    Truth expected = expected_.exprs[*id].truths.front();
    if (fires && expected == Truth::left_out) expected = Truth::no;
    if (!answers_.truth(observable.reg, expected)) {
      return differs(fmt::format("formula {} (role {})", *id, static_cast<int>(observable.role)), describe(expected), observable.reg);
    }
    const sema::Expr& expr = typed_.expr(*id);
    const sema::Expr& compared = expr.op == sema::Op::condition ? typed_.expr(expr.children[0]) : expr;
    if (observable.role != Role::atom || compared.op != sema::Op::compare) return std::nullopt;
    const std::size_t shown = compared.children.size() > 2 ? 2 : 0;   // to date, where it is tracked
    if (Difference left = compare_side(observable.left, compared.children[shown])) return left;
    return compare_side(observable.right, compared.children[1]);
  }

  Difference compare_side(bytecode::Register reg, ExprId id) const {
    if (reg == kNone || expected_.exprs[id].values.empty()) return std::nullopt;
    const Value& expected = expected_.exprs[id].values.front();
    return answers_.number(reg, expected) ? std::nullopt : Difference(differs(fmt::format("value of formula {}", id), describe(expected), reg));
  }

  Difference compare_exception(const Observable& observable) const {
    const std::optional<ExprId> id = formula(observable);
    if (!id || typed_.expr(*id).op != sema::Op::unless) return std::nullopt;
    const Truth claimed = expected_.exprs[typed_.expr(*id).children[1]].truths.front();
    if (answers_.truth(observable.reg, claimed)) return std::nullopt;
    return differs(fmt::format("exception of formula {}", *id), describe(claimed), observable.reg);
  }

  Difference compare_part(const Observable& observable, bool is_group) const {
    std::size_t index = 0;
    const std::size_t count = is_group ? subject_.groups.size() : subject_.criteria.size();
    const auto shown = [&](std::size_t i) { return &subject_.observables[is_group ? subject_.groups[i].observable : subject_.criteria[i].observable]; };
    while (index < count && shown(index) != &observable) ++index;
    const std::string name = fmt::format("{} {}", is_group ? "group" : "criterion", index);
    const reference::Part& part = is_group ? expected_.groups[index] : expected_.criteria[index];
    const Truth left_out = part.applies ? Truth::no : Truth::yes;
    if (!answers_.truth(observable.applies_left_out, left_out)) return differs(name + ": left out", describe(left_out), observable.applies_left_out);
    const Value maximum{false, part.maximum, {}}, points{false, part.points.value_or(Rational(0)), {}};
    if (!answers_.number(observable.maximum, maximum)) return differs(name + ": maximum", describe(maximum), observable.maximum);
    if (!answers_.number(observable.reg, points)) return differs(name + ": points", describe(points), observable.reg);
    return std::nullopt;
  }

  const sema::Subject& typed_;
  const bytecode::Subject& subject_;
  const Result& expected_;
  const Answers& answers_;
};

}  // namespace

Difference compare(const RandomPack& made, const Compiled& compiled, const Result& expected, const Answers& answers) {
  return Comparison(made, compiled, expected, answers).run();
}

Difference compare_lowering(const RandomPack& made, const Compiled& compiled, const reference::Evidence& evidence) {
  const Result expected = reference::evaluate(made.pack, made.subject(), evidence);
  const std::vector<reference::Cells> cells = reference::interpret(compiled.module, compiled.subject(), evidence);
  Answers answers;
  answers.truth = [&](bytecode::Register reg, Truth truth) { return std::get<Truth>(cells[reg].front()) == truth; };
  answers.number = [&](bytecode::Register reg, const Value& value) { return std::get<Value>(cells[reg].front()) == value; };
  answers.outcome = [&](bytecode::Register reg, const Outcome& outcome) { return std::get<Outcome>(cells[reg].front()) == outcome; };
  answers.found = [&](bytecode::Register reg) { return std::visit([](const auto& cell) { return describe(cell); }, cells[reg].front()); };
  if (Difference found = compare(made, compiled, expected, answers)) return "lowering: " + *found;
  return std::nullopt;
}

}  // namespace quy::property

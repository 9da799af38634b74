// The solver's terms beside the reference.

#include <algorithm>
#include <chrono>

#include "analysis/gaps/gaps.h"
#include "analysis/symbolic/encoding.h"
#include "tests/property/harness.h"

namespace quy::property {

using analysis::symbolic::Encoding;
using analysis::symbolic::FieldTerms;
using bytecode::FieldPlace;
using bytecode::Register;
using reference::Datum;
using reference::Outcome;
using reference::Truth;
using reference::Value;
using sema::kNone;

namespace {

constexpr int kYear = 2025;
constexpr int kMostRounds = 2000;

class Fixed {
 public:
  Fixed(const RandomPack& made, const Compiled& compiled)
      : made_(made), subject_(compiled.subject()), evidence_({{&compiled.module, &subject_}}, kYear),
        encoding_(evidence_, compiled.module, subject_, {}, all_registers()), solver_(evidence_.context()) {
    mark_unknown();
  }

  /// False when the record has more kinds of row, or other texts, than symbolic evidence has.
  bool fix(const reference::Evidence& record) {
    for (std::uint32_t field = 0; field < subject_.fields.size(); ++field)
      if (subject_.fields[field].list == kNone && !fix(field, 0, record.fields[field])) return false;
    for (std::uint32_t list = 0; list < record.lists.size(); ++list)
      if (!fix_rows(list, *record.lists[list])) return false;
    return true;
  }

  /// Nothing when the terms have no model with the record.
  std::optional<z3::model> model() {
    for (const z3::expr& assumption : evidence_.assumptions()) solver_.add(assumption);
    for (int round = 0; round < kMostRounds; ++round) {
      if (solver_.check() != z3::sat) return std::nullopt;
      const z3::model found = solver_.get_model();
      bool holds = true;
      for (const auto& deferred : evidence_.deferred())
        if (const auto lemma = deferred(found)) {
          solver_.add(*lemma);
          holds = false;
        }
      if (holds) return found;
    }
    return std::nullopt;
  }

  Answers answers(const z3::model& model) {
    Answers answers;
    answers.truth = [this, &model](Register reg, Truth truth) { return unknown_[reg] || truth_of(model, reg) == truth; };
    answers.number = [this, &model](Register reg, const Value& value) { return unknown_[reg] || agrees(model, reg, value); };
    answers.outcome = [this, &model](Register reg, const Outcome& outcome) {
      return unknown_[reg] || integer_of(model, encoding_.outcome(reg)) == number_of(outcome);
    };
    answers.found = [this, &model](Register reg) { return found(model, reg); };
    return answers;
  }

 private:
  std::vector<Register> all_registers() const {
    std::vector<Register> all;
    for (Register reg = 0; reg < subject_.code.size(); ++reg) all.push_back(reg);
    return all;
  }

  /// Registers that depend on something not analysed may be anything.
  void mark_unknown() {
    unknown_.assign(subject_.code.size(), false);
    for (const auto& each : encoding_.not_analysed()) unknown_[each.reg] = true;
    for (Register reg = 0; reg < subject_.code.size(); ++reg)
      for (const Register operand : subject_.code[reg].operands) unknown_[reg] = unknown_[reg] || unknown_[operand];
  }

  bool fix(std::uint32_t field, std::size_t kind, const Datum& datum) {
    const FieldTerms& terms = evidence_.field(subject_, field, kind);
    if (datum.state == Datum::State::missing) return true;
    const bool left_out = datum.state == Datum::State::left_out;
    solver_.add(terms.left_out == evidence_.context().bool_val(left_out));
    if (left_out) {
      solver_.add(terms.cause == static_cast<int>(datum.cause));
      return true;
    }
    const bytecode::Field& info = subject_.fields[field];
    if (info.kind == bytecode::FieldKind::text) {
      if (!evidence_.knows(datum.text)) return false;
      solver_.add(terms.value == evidence_.text(datum.text));
    } else if (info.kind == bytecode::FieldKind::boolean) {
      solver_.add(terms.value == evidence_.context().bool_val(datum.number != Rational(0)));
    } else {
      solver_.add(terms.value == analysis::symbolic::integer(evidence_.context(), (datum.number * power_of_ten(info.digits)).numerator()));
    }
    return true;
  }

  bool fix_rows(std::uint32_t list, const std::vector<reference::Row>& rows) {
    const bytecode::List& info = subject_.lists[list];
    if (rows.size() > evidence_.row_kinds(info)) return false;
    for (std::size_t kind = 0; kind < evidence_.row_kinds(info); ++kind) {
      solver_.add(evidence_.rows(info, kind) == (kind < rows.size() ? 1 : 0));
      if (kind >= rows.size()) continue;
      std::size_t column = 0;
      for (std::uint32_t field = 0; field < subject_.fields.size(); ++field)
        if (subject_.fields[field].list == list && !fix(field, kind, rows[kind][column++])) return false;
    }
    return true;
  }

  static bool is_true(const z3::model& model, const z3::expr& term) { return model.eval(term, true).is_true(); }
  static Integer integer_of(const z3::model& model, const z3::expr& term) { return Integer(model.eval(term, true).get_decimal_string(0)); }

  static Integer number_of(const Outcome& outcome) {
    switch (outcome.kind) {
      case Outcome::Kind::level: return outcome.level;
      case Outcome::Kind::gap: return vm::kOutcomeGap;
      case Outcome::Kind::not_rated: return vm::kOutcomeNotRated;
      case Outcome::Kind::authority: return vm::kOutcomeAuthority;
    }
    return -1;
  }

  Truth truth_of(const z3::model& model, Register reg) const {
    const auto& truth = encoding_.truth(reg);
    if (is_true(model, truth.left_out)) return Truth::left_out;
    return is_true(model, truth.yes) ? Truth::yes : Truth::no;
  }

  /// Nothing when it is left out.
  std::optional<Rational> value_of(const z3::model& model, Register reg) const {
    const auto& number = encoding_.number(reg);
    if (is_true(model, number.left_out)) return std::nullopt;
    for (const auto& quotient : number.quotients)
      if (is_true(model, quotient.when)) return Rational(integer_of(model, quotient.top), integer_of(model, quotient.bottom));
    return Rational(integer_of(model, number.linear.top), number.linear.divisor);
  }

  bool agrees(const z3::model& model, Register reg, const Value& value) const {
    const std::optional<Rational> found = value_of(model, reg);
    if (value.left_out || !found) return value.left_out == !found;
    if (value.text.empty()) return *found == value.number;
    return *found == Rational(integer_of(model, evidence_.text(value.text)));
  }

  std::string found(const z3::model& model, Register reg) const {
    switch (subject_.code[reg].kind) {
      case bytecode::ValueKind::boolean: return describe(truth_of(model, reg));
      case bytecode::ValueKind::levels: return "outcome " + integer_of(model, encoding_.outcome(reg)).get_str();
      case bytecode::ValueKind::number: return describe(value_of(model, reg));
    }
    return "?";
  }

  const RandomPack& made_;
  const bytecode::Subject& subject_;
  analysis::symbolic::Evidence evidence_;
  Encoding encoding_;
  z3::solver solver_;
  std::vector<bool> unknown_;
};

}  // namespace

void set_head(const bytecode::Subject& subject, reference::Evidence& evidence) {
  for (std::uint32_t i = 0; i < subject.fields.size(); ++i) {
    switch (subject.fields[i].place) {
      case FieldPlace::period_first: evidence.fields[i] = Datum::of(Rational(*day_number(kYear, 1, 1))); break;
      case FieldPlace::period_last: evidence.fields[i] = Datum::of(Rational(*day_number(kYear, 12, 31))); break;
      case FieldPlace::unit: evidence.fields[i] = Datum::of_text(analysis::RecordTexts::kOwnUnit); break;
      case FieldPlace::closed:
      case FieldPlace::earlier_in_span: evidence.fields[i] = Datum::of(Rational(0)); break;
      case FieldPlace::span_over: evidence.fields[i] = Datum::of(Rational(1)); break;
      case FieldPlace::decision: evidence.fields[i] = {}; break;
      default: break;
    }
  }
}

Difference compare_encoding(const RandomPack& made, const Compiled& compiled, reference::Evidence evidence) {
  set_head(compiled.subject(), evidence);
  const reference::Result expected = reference::evaluate(made.pack, made.subject(), evidence);
  if (!expected.meets_requirements) return std::nullopt;   // rejected before it is rated, and assumed away
  try {
    Fixed fixed(made, compiled);
    if (!fixed.fix(evidence)) return std::nullopt;
    const std::optional<z3::model> model = fixed.model();
    if (!model) return "solver: a record that exists, expected to satisfy the terms, does not";
    Difference found = compare(made, compiled, expected, fixed.answers(*model));
    return found ? "solver: " + *found : found;
  } catch (const vm::Unloadable&) {
    return std::nullopt;
  }
}

Difference compare_gaps(const RandomPack& made, const Compiled& compiled, const std::vector<reference::Evidence>& records) {
  if (compiled.subject().levels == kNone) return std::nullopt;
  try {
    analysis::Bench bench(compiled.module, 0, {}, kYear);
    const analysis::Gaps gaps = analysis::find_gaps(bench, std::chrono::seconds(3));
    const auto is_gap = [](const analysis::GapFinding& finding) {
      return finding.cause.kind != analysis::GapCause::Kind::two_conditions && finding.cause.kind != analysis::GapCause::Kind::forced_below;
    };
    if (std::ranges::any_of(gaps.findings, is_gap) || !gaps.lists_cut.empty()) return std::nullopt;
    for (reference::Evidence evidence : records) {
      set_head(compiled.subject(), evidence);
      const reference::Result result = reference::evaluate(made.pack, made.subject(), evidence);
      if (result.meets_requirements && result.outcome && result.outcome->kind == Outcome::Kind::gap)
        return "gaps: no record without a level expected, one found";
    }
    return std::nullopt;
  } catch (const vm::Unloadable&) {
    return std::nullopt;
  }
}

}  // namespace quy::property

// Formulas and conditions: docs/language.md §3 and §4.

#include "tests/reference/evaluator.h"

#include <algorithm>
#include <stdexcept>

#include "tests/reference/evaluation.h"

namespace quy::reference {

using sema::Expr;
using sema::Op;
using syntax::Applicability;
using syntax::Comparison;

namespace {

Truth from_bool(bool holds) { return holds ? Truth::yes : Truth::no; }

Value left_out_value() { return Value{true, {}, {}}; }
Value number_value(Rational number) { return Value{false, std::move(number), {}}; }

/// The table of `và`, over complete evidence: what is left out is passed over.
Truth both(Truth a, Truth b) {
  if (a == Truth::left_out) return b;
  if (b == Truth::left_out) return a;
  return from_bool(a == Truth::yes && b == Truth::yes);
}

/// The table of `hoặc`.
Truth either(Truth a, Truth b) {
  if (a == Truth::left_out) return b;
  if (b == Truth::left_out) return a;
  return from_bool(a == Truth::yes || b == Truth::yes);
}

/// `không`: true and false change places; left out stays.
Truth opposite(Truth a) {
  if (a == Truth::left_out) return a;
  return from_bool(a == Truth::no);
}

bool in_order(std::strong_ordering order, Comparison comparison) {
  switch (comparison) {
    case Comparison::greater_equal: return order >= 0;
    case Comparison::greater: return order > 0;
    case Comparison::less_equal: return order <= 0;
    case Comparison::less: return order < 0;
    case Comparison::equal: return order == 0;
    case Comparison::not_equal: return order != 0;
  }
  throw std::logic_error("comparison");
}

/// How two values of one type stand to each other.
std::strong_ordering order_of(const sema::Type& type, const Value& a, const Value& b) {
  if (type.kind == sema::Type::Kind::text) {
    return a.text == b.text ? std::strong_ordering::equal : std::strong_ordering::less;
  }
  // The levels of a rating are written best first, so the better level, which is the greater one, has the smaller index.
  if (type.kind == sema::Type::Kind::level) return b.number <=> a.number;
  return a.number <=> b.number;
}

Rational smaller(const Rational& a, const Rational& b) { return a < b ? a : b; }
Rational larger(const Rational& a, const Rational& b) { return a < b ? b : a; }

}  // namespace

const Datum& at(const sema::Subject& subject, const Evidence& evidence, Place place) {
  return at(subject, const_cast<Evidence&>(evidence), place);
}

Datum& at(const sema::Subject& subject, Evidence& evidence, Place place) {
  const std::uint32_t list = subject.fields[place.field].info.list;
  if (list == kNone) return evidence.fields[place.field];
  const std::vector<std::uint32_t>& columns = subject.lists[list].fields;
  const auto column = std::find(columns.begin(), columns.end(), place.field) - columns.begin();
  return evidence.lists[list].value()[place.row][static_cast<std::size_t>(column)];
}

const Datum& Evaluation::datum(std::uint32_t field, std::uint32_t row) const {
  return at(subject_, evidence_, Place{field, row});
}

const std::vector<Row>& Evaluation::rows(std::uint32_t list) const {
  if (!evidence_.lists[list]) throw std::logic_error("the reference evaluator rates complete evidence only: a list is missing");
  return *evidence_.lists[list];
}

// ---------------------------------------------------------------- conditions

Truth Evaluation::truth(ExprId id, std::uint32_t row) const {
  const Expr& expr = subject_.expr(id);
  switch (expr.op) {
    case Op::truth: return from_bool(expr.flag);
    case Op::field: {
      const Datum& fact = datum(expr.index, row);
      if (fact.state == Datum::State::missing) throw std::logic_error("the reference evaluator rates complete evidence only");
      if (fact.state == Datum::State::left_out) return Truth::left_out;
      return from_bool(fact.number != Rational(0));
    }
    case Op::reading: return truth(expr.children[pack_.readings[expr.index].info.chosen], row);
    case Op::compare: return compare(expr, row);
    case Op::one_of: {
      const Value value = this->value(expr.children[0], row);
      if (value.left_out) return Truth::left_out;
      for (std::size_t i = 1; i < expr.children.size(); ++i) {
        const Value constant = this->value(expr.children[i], row);
        if (order_of(subject_.expr(expr.children[0]).type, value, constant) == 0) return Truth::yes;
      }
      return Truth::no;
    }
    case Op::between: {
      const Value day = value(expr.children[0], row);
      const Value first = value(expr.children[1], row);
      const Value last = value(expr.children[2], row);
      if (day.left_out || first.left_out || last.left_out) return Truth::left_out;
      return from_bool(first.number <= day.number && day.number <= last.number);
    }
    case Op::logical_and: {
      Truth all = Truth::left_out;
      for (const ExprId child : expr.children) all = both(all, truth(child, row));
      return all;
    }
    case Op::logical_or: {
      Truth any = Truth::left_out;
      for (const ExprId child : expr.children) any = either(any, truth(child, row));
      return any;
    }
    case Op::logical_not: return opposite(truth(expr.children[0], row));
    case Op::at_least_of: {
      Rational holding = 0;
      for (const ExprId child : expr.children) {
        if (truth(child, row) == Truth::yes) holding = holding + Rational(1);
      }
      return from_bool(holding >= expr.value);
    }
    case Op::exists:
    case Op::every: return over_rows(expr);
    case Op::condition: return truth(expr.children[0], row);
    case Op::unless: {
      // §3, exceptions: where the exception is granted the condition is left out, or true if it says `coi là đạt`.
      if (truth(expr.children[1], row) == Truth::yes) return expr.flag ? Truth::yes : Truth::left_out;
      return truth(expr.children[0], row);
    }
    default: throw std::logic_error("not a condition");
  }
}

Truth Evaluation::compare(const Expr& expr, std::uint32_t row) const {
  const sema::Type& type = subject_.expr(expr.children[0]).type;
  if (type.kind == sema::Type::Kind::boolean) {
    const Truth left = truth(expr.children[0], row);
    const Truth right = truth(expr.children[1], row);
    if (left == Truth::left_out || right == Truth::left_out) return Truth::left_out;
    return from_bool((left == right) == (expr.comparison == Comparison::equal));
  }
  const bool tracked = expr.children.size() == 4;
  const Value left = value(expr.children[tracked ? 2 : 0], row);
  const Value right = value(expr.children[1], row);
  if (left.left_out || right.left_out) return Truth::left_out;
  const std::strong_ordering order = order_of(type, left, right);
  const bool counts_when_reached = expr.comparison == Comparison::greater_equal || expr.comparison == Comparison::less;
  // A threshold of a year that is not over counts once the number to date has passed it.
  if (tracked && truth(expr.children[3]) != Truth::yes && !(order > 0 || (order == 0 && counts_when_reached))) return Truth::left_out;
  return from_bool(in_order(order, expr.comparison));
}

Truth Evaluation::over_rows(const Expr& expr) const {
  const std::uint32_t count = static_cast<std::uint32_t>(rows(expr.index).size());
  bool some_true = false, some_false = false;
  for (std::uint32_t row = 0; row < count; ++row) {
    const Truth held = expr.children.empty() ? Truth::yes : truth(expr.children[0], row);
    some_true = some_true || held == Truth::yes;
    some_false = some_false || held == Truth::no;
  }
  // `có` over no rows is false. CORNER: so it is over rows that are all left out.
  if (expr.op == Op::exists) return from_bool(some_true);
  // `mọi` over no rows is left out, rows that are left out being none.
  if (!some_true && !some_false) return Truth::left_out;
  return from_bool(!some_false);
}

// ---------------------------------------------------------------- values

Value Evaluation::value(ExprId id, std::uint32_t row) const {
  const Expr& expr = subject_.expr(id);
  switch (expr.op) {
    case Op::number:
    case Op::date:
    case Op::step:
    case Op::level: return number_value(expr.value);
    case Op::text: return Value{false, {}, expr.text};
    case Op::field: {
      const Datum& fact = datum(expr.index, row);
      if (fact.state == Datum::State::missing) throw std::logic_error("the reference evaluator rates complete evidence only");
      if (fact.state == Datum::State::left_out) return left_out_value();
      if (subject_.fields[expr.index].info.kind == bytecode::FieldKind::text) return Value{false, {}, fact.text};
      return number_value(fact.number);
    }
    case Op::table_column: {
      const Value code = value(expr.children[0], row);
      if (code.left_out) return code;
      const std::uint32_t table = subject_.expr(expr.children[0]).type.scale;
      return number_value(pack_.tables[table].columns[expr.index][code.number.to_int64().value()]);
    }
    case Op::reading: return value(expr.children[pack_.readings[expr.index].info.chosen], row);
    case Op::points_of: {
      // CORNER: a criterion or group left out without points has none, which is 0: §3 names what can leave a comparison out, and points are
      // not among it.
      const Part part = expr.flag ? group_part(expr.index) : criterion_part(expr.index);
      return number_value(part.points.value_or(Rational(0)));
    }
    case Op::total_points: {
      const std::optional<Rational> points = total();
      return points ? number_value(*points) : left_out_value();
    }
    case Op::maximum_of: return number_value(criterion_maximum(expr.index));
    case Op::group_maximum_of: return number_value(group_maximum(expr.index));
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::at_most:
    case Op::at_least: {
      const Value a = value(expr.children[0], row);
      const Value b = value(expr.children[1], row);
      if (a.left_out || b.left_out) return left_out_value();
      if (expr.op == Op::add) return number_value(a.number + b.number);
      if (expr.op == Op::subtract) return number_value(a.number - b.number);
      if (expr.op == Op::multiply) return number_value(a.number * b.number);
      if (expr.op == Op::at_most) return number_value(smaller(a.number, b.number));
      if (expr.op == Op::at_least) return number_value(larger(a.number, b.number));
      if (b.number == Rational(0)) return left_out_value();   // §4: / 0 is left out
      return number_value(a.number / b.number);
    }
    case Op::negate: {
      const Value a = value(expr.children[0], row);
      return a.left_out ? a : number_value(-a.number);
    }
    case Op::round: {
      const Value a = value(expr.children[0], row);
      return a.left_out ? a : number_value(a.number.round_to(expr.value, expr.rounding));
    }
    case Op::working_days: {
      const Value from = value(expr.children[0], row);
      const Value to = value(expr.children[1], row);
      if (from.left_out || to.left_out) return left_out_value();
      const auto day = [](const Value& date) { return static_cast<DayNumber>(date.number.to_int64().value()); };
      return number_value(Rational(pack_.calendar.working_days(day(from), day(to))));
    }
    case Op::share:
    case Op::count:
    case Op::sum:
    case Op::mean:
    case Op::largest:
    case Op::smallest: return of_rows(expr);
    default: throw std::logic_error("not a value");
  }
}

/// The values that a sum, mean, largest or smallest is over: of the rows that the condition keeps, if there is one, those not left out.
std::vector<Value> Evaluation::values_of_rows(const Expr& expr) const {
  std::vector<Value> values;
  const std::uint32_t count = static_cast<std::uint32_t>(rows(expr.index).size());
  for (std::uint32_t row = 0; row < count; ++row) {
    if (expr.children.size() > 1 && truth(expr.children[1], row) != Truth::yes) continue;
    Value one = value(expr.children[0], row);
    if (!one.left_out) values.push_back(std::move(one));
  }
  return values;
}

Value Evaluation::of_rows(const Expr& expr) const {
  if (expr.op == Op::count || expr.op == Op::share) {
    Rational holding = 0, applicable = 0;
    const std::uint32_t count = static_cast<std::uint32_t>(rows(expr.index).size());
    for (std::uint32_t row = 0; row < count; ++row) {
      const Truth held = expr.children.empty() ? Truth::yes : truth(expr.children[0], row);
      if (held == Truth::yes) holding = holding + Rational(1);
      if (held != Truth::left_out) applicable = applicable + Rational(1);
    }
    if (expr.op == Op::count) return number_value(holding);
    // CORNER: a share is of the rows that are not left out; over none it is left out.
    return applicable == Rational(0) ? left_out_value() : number_value(holding / applicable);
  }

  const std::vector<Value> values = values_of_rows(expr);
  if (expr.op == Op::sum || expr.op == Op::mean) {
    Rational sum = 0;
    for (const Value& value : values) sum = sum + value.number;
    if (expr.op == Op::sum) return number_value(sum);
    if (values.empty()) return left_out_value();
    return number_value(sum / Rational(static_cast<std::int64_t>(values.size())));
  }
  if (values.empty()) return left_out_value();
  Value chosen = values.front();
  for (const Value& value : values) {
    const std::strong_ordering order = order_of(subject_.expr(expr.children[0]).type, value, chosen);
    if (expr.op == Op::largest ? order > 0 : order < 0) chosen = value;
  }
  return chosen;
}

// ---------------------------------------------------------------- what a rule reads, and what it needs

void Evaluation::collect_fields(ExprId id, std::set<std::uint32_t>& fields) const {
  const Expr& expr = subject_.expr(id);
  if (expr.op == Op::field) fields.insert(expr.index);
  if (expr.op == Op::reading) {
    // CORNER: of an open choice only the chosen option is a rule.
    collect_fields(expr.children[pack_.readings[expr.index].info.chosen], fields);
    return;
  }
  for (const ExprId child : expr.children) collect_fields(child, fields);
}

std::vector<std::uint32_t> fields_read(const sema::Pack& pack, const sema::Subject& subject, const std::vector<ExprId>& roots) {
  const Evidence none;
  const Evaluation evaluation(pack, subject, none);
  std::set<std::uint32_t> fields;
  for (const ExprId root : roots) evaluation.collect_fields(root, fields);
  return {fields.begin(), fields.end()};
}

bool Evaluation::no_basis(ExprId id) const {
  const Expr& expr = subject_.expr(id);
  if (expr.op == Op::reading) return no_basis(expr.children[pack_.readings[expr.index].info.chosen]);
  // CORNER: a condition that a granted exception puts aside is not asked for its basis.
  if (expr.op == Op::unless && expr.list == kNone && truth(expr.children[1]) == Truth::yes) return false;
  const bool may_lack = expr.op == Op::compare || expr.op == Op::one_of || expr.op == Op::between || expr.op == Op::condition;
  if (may_lack && expr.applicability == Applicability::must_exist) {
    // CORNER: in a row's condition one row without basis is enough.
    const std::uint32_t count = expr.list == kNone ? 1 : static_cast<std::uint32_t>(rows(expr.list).size());
    for (std::uint32_t row = 0; row < count; ++row) {
      if (truth(id, row) == Truth::left_out) return true;
    }
  }
  return std::any_of(expr.children.begin(), expr.children.end(), [&](ExprId child) { return no_basis(child); });
}

// ---------------------------------------------------------------- all of it

Result evaluate(const sema::Pack& pack, const sema::Subject& subject, const Evidence& evidence) {
  const Evaluation evaluation(pack, subject, evidence);
  Result result;
  for (std::uint32_t i = 0; i < subject.criteria.size(); ++i) result.criteria.push_back(evaluation.criterion_part(i));
  for (std::uint32_t i = 0; i < subject.groups.size(); ++i) result.groups.push_back(evaluation.group_part(i));
  result.total = evaluation.total();
  for (const sema::Rule& rule : subject.requirements) {
    if (evaluation.truth(rule.condition) == Truth::no) result.meets_requirements = false;
  }
  for (const ExprId id : evaluation.conditions_of_points()) result.no_basis = result.no_basis || evaluation.no_basis(id);
  for (const ExprId id : evaluation.conditions_of_rating()) result.no_basis = result.no_basis || evaluation.no_basis(id);
  if (subject.rating) result.outcome = evaluation.outcome();

  for (ExprId id = 0; id < subject.exprs.size(); ++id) {
    const Expr& expr = subject.expr(id);
    const std::uint32_t positions = expr.list == kNone ? 1 : static_cast<std::uint32_t>(evaluation.rows(expr.list).size());
    Traced traced;
    for (std::uint32_t position = 0; position < positions; ++position) {
      if (expr.type.kind == sema::Type::Kind::boolean) {
        traced.truths.push_back(evaluation.truth(id, position));
      } else {
        traced.values.push_back(evaluation.value(id, position));
      }
    }
    result.exprs.push_back(std::move(traced));
  }
  return result;
}

}  // namespace quy::reference

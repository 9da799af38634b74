#include "compiler/emit/thresholds.h"

#include <algorithm>
#include <array>

namespace quy::emit {

using sema::Comparison;
using sema::Expr;
using sema::ExprId;
using sema::Op;
using Kind = sema::Type::Kind;

namespace {

bool is_constant(const Expr& e) { return e.op == Op::number || e.op == Op::date || e.op == Op::step || e.op == Op::level; }

bool is_ratio(const Expr& e) { return (e.op == Op::divide || e.op == Op::share) && e.type.unit.empty(); }

Comparison mirrored(Comparison sign) {
  static constexpr std::array<Comparison, 6> table{Comparison::less_equal, Comparison::less,  Comparison::greater_equal,
                                                   Comparison::greater,    Comparison::equal, Comparison::not_equal};
  return table[static_cast<std::size_t>(sign)];
}

Comparison negated(Comparison sign) {
  static constexpr std::array<Comparison, 6> table{Comparison::less,    Comparison::less_equal, Comparison::greater,
                                                   Comparison::greater_equal, Comparison::not_equal,  Comparison::equal};
  return table[static_cast<std::size_t>(sign)];
}

std::string comparator(Comparison sign) {
  static constexpr std::array<const char*, 6> table{">=", ">", "<=", "<", "==", "!="};
  return table[static_cast<std::size_t>(sign)];
}

std::string per_name(sema::Per per) {
  using sema::Per;
  switch (per) {
    case Per::year: return "year";
    case Per::quarter: return "quarter";
    case Per::month: return "month";
    case Per::week: return "week";
    case Per::term: return "term";
    default: return "";
  }
}

class Collector {
 public:
  Collector(const sema::Pack& pack, const sema::Subject& subject, const std::vector<std::string>& clauses, std::vector<bytecode::Threshold>& out)
      : pack_(pack), subject_(subject), clauses_(clauses), out_(out) {}

  void walk(ExprId id, bool negative) {
    const Expr& e = subject_.exprs[id];
    if (e.op == Op::logical_not) return walk(e.children[0], !negative);
    if (e.op == Op::compare) compare(e, negative);
    if (e.op == Op::at_least_of)
      add("", negative ? Comparison::less : Comparison::greater_equal, e.value.exact_text(), "count", e.per);
    if (e.op == Op::reading) return walk(in_force(id), negative);
    for (ExprId child : e.children) walk(child, negative);
  }

 private:
  /// Under a reading only the option in force is a threshold, or the number of one, of the pack.
  ExprId in_force(ExprId id) const {
    const Expr& e = subject_.exprs[id];
    return e.op == Op::reading ? in_force(e.children[pack_.readings[e.index].info.chosen]) : id;
  }

  void compare(const Expr& e, bool negative) {
    ExprId left = in_force(e.children[0]), right = in_force(e.children[1]);
    Comparison sign = e.comparison;
    if (is_constant(subject_.exprs[left])) {
      std::swap(left, right);
      sign = mirrored(sign);
    }
    if (!is_constant(subject_.exprs[right])) return same_as_whole(e, negative);
    if (negative) sign = negated(sign);
    auto [value, unit] = value_and_unit(subject_.exprs[left], subject_.exprs[right]);
    add(formula_in_ids(pack_, subject_, left), sign, value, unit, e.per);
  }

  /// `đạt_cl = giao` is a threshold of 100%.
  void same_as_whole(const Expr& e, bool negative) {
    const Expr &left = subject_.exprs[e.children[0]], &right = subject_.exprs[e.children[1]];
    if (left.op != Op::field || right.op != Op::field || left.list != sema::kNone) return;
    if (subject_.fields[left.index].info.at_most_field != right.index) return;
    add(formula_in_ids(pack_, subject_, e.children[0]) + " / " + formula_in_ids(pack_, subject_, e.children[1]),
        negative ? negated(e.comparison) : e.comparison, "100", "%", e.per);
  }

  std::pair<std::string, std::string> value_and_unit(const Expr& left, const Expr& right) const {
    if (right.op == Op::date) return {iso_date(static_cast<DayNumber>(right.value.numerator().get_si())), "date"};
    if (right.op == Op::step) return {pack_.scales[right.type.scale].step_ids[right.value.numerator().get_ui()], "step"};
    if (right.op == Op::level) return {level_id(right), "level"};
    if (is_ratio(left) || right.type.unit == "%") return ratio_value(left, right);
    return {right.value.exact_text(), unit_of(left)};
  }

  std::pair<std::string, std::string> ratio_value(const Expr& left, const Expr& right) const {
    if (!is_ratio(left)) return {right.value.exact_text(), "%"};
    Rational percent = right.value * Rational(100);
    if (percent.decimal_places(4)) return {percent.exact_text(), "%"};
    return {right.value.exact_text(), "ratio"};
  }

  std::string level_id(const Expr& right) const {
    if (!subject_.rating) return right.value.exact_text();
    return subject_.rating->levels[right.value.numerator().get_ui()].id;
  }

  std::string unit_of(const Expr& left) const {
    if (left.op == Op::count) return "count";
    if (left.op == Op::field && subject_.fields[left.index].info.kind == bytecode::FieldKind::count) return "count";
    static const std::array<std::pair<const char*, const char*>, 3> known{{{"điểm", "points"}, {"đồng", "dong"}, {"ngày", "day"}}};
    for (const auto& [vi, en] : known)
      if (left.type.unit == vi) return en;
    return left.type.unit.empty() ? "number" : left.type.unit == "%" ? "%" : "count";
  }

  void add(const std::string& field, Comparison sign, const std::string& value, const std::string& unit, sema::Per per) {
    if (sign == Comparison::not_equal) return;
    out_.push_back({.clause = clauses_.empty() ? "" : clauses_.front(),
                    .field = field,
                    .comparator = comparator(sign),
                    .value = value,
                    .unit = unit,
                    .per = per_name(per),
                    .exact = true});
  }

  const sema::Pack& pack_;
  const sema::Subject& subject_;
  const std::vector<std::string>& clauses_;
  std::vector<bytecode::Threshold>& out_;
};

bool is_infix(Op op) {
  static constexpr std::array infix{Op::add, Op::subtract, Op::multiply, Op::divide, Op::logical_and, Op::logical_or};
  return std::find(infix.begin(), infix.end(), op) != infix.end();
}

/// a + (b + c) is a + b + c; a - (b - c) is not.
bool keeps_brackets(Op outer, Op inner) {
  const bool associative = outer != Op::subtract && outer != Op::divide;
  return is_infix(inner) && !(associative && outer == inner);
}

std::string joined(const sema::Pack& pack, const sema::Subject& subject, const Expr& e, const std::string& between) {
  std::string text;
  for (ExprId child : e.children) {
    const std::string inner = formula_in_ids(pack, subject, child);
    const bool brackets = keeps_brackets(e.op, subject.exprs[child].op);
    text += (text.empty() ? "" : between) + (brackets ? "(" + inner + ")" : inner);
  }
  return text;
}

std::string call(const sema::Pack& pack, const sema::Subject& subject, const Expr& e, const std::string& name) {
  std::string text = name + "(" + subject.lists[e.index].info.id;
  for (ExprId child : e.children) text += "; " + formula_in_ids(pack, subject, child);
  return text + ")";
}

}  // namespace

std::string formula_in_ids(const sema::Pack& pack, const sema::Subject& subject, ExprId id) {
  const Expr& e = subject.exprs[id];
  auto child = [&](std::size_t i) { return formula_in_ids(pack, subject, e.children[i]); };
  switch (e.op) {
    case Op::field: return subject.fields[e.index].info.id;
    case Op::number: return e.value.exact_text();
    case Op::date: return iso_date(static_cast<DayNumber>(e.value.numerator().get_si()));
    case Op::step: return pack.scales[e.type.scale].step_ids[e.value.numerator().get_ui()];
    case Op::level: return subject.rating ? subject.rating->levels[e.value.numerator().get_ui()].id : e.value.exact_text();
    case Op::text: return "\"" + e.text + "\"";
    case Op::reading: return pack.readings[e.index].info.id;
    case Op::points_of: return "points(" + (e.flag ? subject.groups[e.index].id : subject.criteria[e.index].id) + ")";
    case Op::total_points: return "total";
    case Op::table_column: return child(0) + "." + pack.tables[subject.exprs[e.children[0]].type.scale].column_ids[e.index];
    case Op::add: return joined(pack, subject, e, " + ");
    case Op::subtract: return joined(pack, subject, e, " - ");
    case Op::multiply: return joined(pack, subject, e, " * ");
    case Op::divide: return joined(pack, subject, e, " / ");
    case Op::compare: return child(0) + " " + comparator(e.comparison) + " " + child(1);
    case Op::logical_and: return joined(pack, subject, e, " and ");
    case Op::logical_or: return joined(pack, subject, e, " or ");
    case Op::logical_not: return "not " + child(0);
    case Op::at_most: return "min(" + child(0) + "; " + child(1) + ")";
    case Op::at_least: return "max(" + child(0) + "; " + child(1) + ")";
    case Op::working_days: return "working_days(" + child(0) + "; " + child(1) + ")";
    case Op::exists: return call(pack, subject, e, "some");
    case Op::every: return call(pack, subject, e, "every");
    case Op::share: return call(pack, subject, e, "share");
    case Op::count: return call(pack, subject, e, "count");
    case Op::sum: return call(pack, subject, e, "sum");
    case Op::mean: return call(pack, subject, e, "mean");
    case Op::largest: return call(pack, subject, e, "largest");
    case Op::smallest: return call(pack, subject, e, "smallest");
    default: return e.children.empty() ? "" : child(0);
  }
}

void append_thresholds(const sema::Pack& pack, const sema::Subject& subject, ExprId condition, const std::vector<std::string>& clauses,
                       std::vector<bytecode::Threshold>& out) {
  Collector(pack, subject, clauses, out).walk(condition, false);
}

}  // namespace quy::emit

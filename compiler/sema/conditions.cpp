// Conditions: comparisons and their marks, dates, logic.

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/field_types.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {

using syntax::ExprKind;

namespace {

Type boolean() { return {Type::Kind::boolean, "", kNone}; }

bool is_equality(Comparison comparison) { return comparison == Comparison::equal || comparison == Comparison::not_equal; }

/// Nothing when the bounds leave it open.
std::optional<bool> settled(Comparison comparison, const Bounds& left, const Rational& right) {
  auto below = [&] { return left.high && *left.high < right; };
  auto above = [&] { return left.low && *left.low > right; };
  auto at_most = [&] { return left.high && *left.high <= right; };
  auto at_least = [&] { return left.low && *left.low >= right; };
  switch (comparison) {
    case Comparison::greater_equal: return below() ? std::optional(false) : at_least() ? std::optional(true) : std::nullopt;
    case Comparison::greater: return at_most() ? std::optional(false) : above() ? std::optional(true) : std::nullopt;
    case Comparison::less_equal: return above() ? std::optional(false) : at_most() ? std::optional(true) : std::nullopt;
    case Comparison::less: return at_least() ? std::optional(false) : below() ? std::optional(true) : std::nullopt;
    case Comparison::equal: return below() || above() ? std::optional(false) : std::nullopt;
    case Comparison::not_equal: return below() || above() ? std::optional(true) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

ExprId SubjectChecker::condition(const syntax::Expr& e, const Place& place) {
  Type wanted = boolean();
  ExprId id = check(e, place, &wanted);
  if (id == kNone || expr(id).type.kind == Type::Kind::boolean) return id;
  report_.at(place.context, e.span, Diag::condition_wanted, {type_name(expr(id).type, pack_)});
  return kNone;
}

// ---------------------------------------------------------------- comparisons

ExprId SubjectChecker::check_compare(const syntax::Expr& e, const Place& place) {
  const syntax::Expr &left_ast = *e.children[0], &right_ast = *e.children[1];
  Expr node;
  node.op = Op::compare;
  node.type = boolean();
  node.span = e.span;
  node.comparison = e.comparison;
  node.per = e.per;
  // A name that only the other side's type can explain waits for that side.
  bool right_first = is_constant_name(left_ast, place);
  ExprId first = check(right_first ? right_ast : left_ast, place);
  if (first == kNone) return kNone;
  Type type = expr(first).type;
  ExprId second = check(right_first ? left_ast : right_ast, place, &type);
  if (second == kNone) return kNone;
  node.children = right_first ? std::vector<ExprId>{second, first} : std::vector<ExprId>{first, second};
  const Type &left = expr(node.children[0]).type, &right = expr(node.children[1]).type;
  bool text_and_code = left.kind == Type::Kind::text && right.kind == Type::Kind::code;
  if (left.kind != right.kind || left.scale != right.scale || text_and_code) {
    report_.at(place.context, e.span, Diag::types_differ, {type_name(left, pack_), type_name(right, pack_)});
    return kNone;
  }
  switch (left.kind) {
    case Type::Kind::number: return compare_numbers(std::move(node), e, place);
    case Type::Kind::boolean: return compare_truths(node, e, place);
    case Type::Kind::text:
    case Type::Kind::code:
    case Type::Kind::criterion:
      if (!is_equality(e.comparison)) {
        report_.at(place.context, e.span, Diag::no_order, {type_name(left, pack_)});
        return kNone;
      }
      break;
    case Type::Kind::date:
    case Type::Kind::step:
    case Type::Kind::level: break;
  }
  if (e.per != syntax::Per::none) report_.at(place.context, e.span, Diag::period_on_non_number, {type_name(left, pack_)});
  return marked(std::move(node), e, place);
}

ExprId SubjectChecker::compare_numbers(Expr node, const syntax::Expr& e, const Place& place) {
  bool meant_percent = warn_about_ratio(node, e, place);
  if (!unify(node.children[0], node.children[1], e.span, place)) return kNone;
  check_period(e, node.children[0], place);
  if (!meant_percent) warn_about_range(node, e, place);
  track(node, e.per);
  return marked(std::move(node), e, place);
}

/// A number of a year is not settled by a quarter: what came before is added, and until the year is over only a threshold that has been
/// passed counts. No record is of less than a month; which years make a term no record says, so that there nothing is added.
void SubjectChecker::track(Expr& node, syntax::Per per) {
  const bool adds = per == syntax::Per::quarter || per == syntax::Per::year;
  if (!adds && per != syntax::Per::term) return;
  node.children.push_back(adds ? to_date(node.children[0], per) : node.children[0]);
  node.children.push_back(read_field(span_over_field(per), node.span));
}

ExprId SubjectChecker::to_date(ExprId id, syntax::Per per) {
  Expr node = expr(id);
  if (node.op == Op::field) {
    const bytecode::Field& field = subject_.fields[node.index].info;
    if (!field.adds_up || field.list != kNone) return id;
    ExprId earlier = read_field(earlier_field(node.index, per), node.span);
    return make(Op::add, node.type, node.span, {id, earlier});
  }
  bool changed = false;
  for (ExprId& child : node.children) {
    ExprId with_earlier = to_date(child, per);
    changed |= with_earlier != child;
    child = with_earlier;
  }
  if (!changed) return id;
  NodeNote note;
  note.ratio = notes_[id].ratio;
  return add(std::move(node), note);
}

/// `x = đúng` is x, `x = sai` is not x.
ExprId SubjectChecker::compare_truths(const Expr& node, const syntax::Expr& e, const Place& place) {
  bool constant = expr(node.children[1]).op == Op::truth;
  if (!constant || !is_equality(e.comparison)) {
    report_.at(place.context, e.span, Diag::truths_compared, {});
    return kNone;
  }
  bool wanted = expr(node.children[1]).flag == (e.comparison == Comparison::equal);
  ExprId fact = with_mark(node.children[0], e, place);
  if (fact == kNone || wanted) return fact;
  return make(Op::logical_not, boolean(), e.span, {fact});
}

/// `xong / giao ≥ 90` is nearly always meant as 90%.
bool SubjectChecker::warn_about_ratio(const Expr& node, const syntax::Expr& e, const Place& place) {
  for (int side : {0, 1}) {
    ExprId ratio = node.children[static_cast<std::size_t>(side)], number = node.children[static_cast<std::size_t>(1 - side)];
    bool plain = notes_[number].literal && notes_[number].bare && !notes_[number].percent && expr(number).value > Rational(1);
    if (!plain || !notes_[ratio].ratio || unit(ratio) == kPercentUnit) continue;
    Span where = e.children[static_cast<std::size_t>(1 - side)]->span;
    report_.at(place.context, where, Diag::ratio_against_count, {number_text(expr(number).value)})
        .mend({where.file, where.end, where.end}, "%");
    return true;
  }
  return false;
}

void SubjectChecker::warn_about_range(const Expr& node, const syntax::Expr& e, const Place& place) {
  const Expr& right = expr(node.children[1]);
  if (right.op != Op::number) return;
  auto known = settled(node.comparison, notes_[node.children[0]].bounds, right.value);
  if (!known) return;
  // The other half of the truth (a bound that is met exactly) keeps `= 0` and the like useful; only what cannot change is reported.
  report_.at(place.context, e.span, *known ? Diag::always_holds : Diag::never_holds, {});
}

void SubjectChecker::check_period(const syntax::Expr& e, ExprId left, const Place& place) {
  if (e.per == syntax::Per::none) return;
  std::set<std::uint32_t> fields;
  collect_fields(left, fields);
  for (std::uint32_t index : fields) {
    const bytecode::Field& field = subject_.fields[index].info;
    if (field.per.empty() || field.per == per_id(e.per)) continue;
    report_.at(place.context, e.span, Diag::period_differs, {field.name, per_name(field.per), per_name(std::string(per_id(e.per)))})
        .label(subject_.fields[index].span, {"trường khai báo ở đây", "the field is declared here"});
  }
}

ExprId SubjectChecker::check_one_of(const syntax::Expr& e, const Place& place) {
  ExprId value = check(*e.children[0], place);
  if (value == kNone) return kNone;
  Type type = expr(value).type;
  Expr node;
  node.op = Op::one_of;
  node.type = boolean();
  node.span = e.span;
  node.children = {value};
  for (std::size_t i = 1; i < e.children.size(); ++i) {
    ExprId item = check_set_item(*e.children[i], value, type, place);
    if (item == kNone) return kNone;
    node.children.push_back(item);
  }
  node.children[0] = value;
  return marked(std::move(node), e, place);
}

ExprId SubjectChecker::check_set_item(const syntax::Expr& e, ExprId& value, const Type& type, const Place& place) {
  ExprId item = check(e, place, &type);
  if (item == kNone) return kNone;
  Op op = expr(item).op;
  if (op != Op::number && op != Op::text && op != Op::step && op != Op::level) {
    report_.at(place.context, e.span, Diag::set_item_not_constant, {});
    return kNone;
  }
  if (expr(item).type.kind != type.kind || expr(item).type.scale != type.scale) {
    report_.at(place.context, e.span, Diag::types_differ, {type_name(type, pack_), type_name(expr(item).type, pack_)});
    return kNone;
  }
  if (type.kind == Type::Kind::number && !unify(value, item, e.span, place)) return kNone;
  return item;
}

ExprId SubjectChecker::check_dates(const syntax::Expr& e, const Place& place) {
  using bytecode::FieldKind;
  using bytecode::FieldPlace;
  ExprId day = check(*e.children[0], place);
  if (day == kNone) return kNone;
  if (expr(day).type.kind != Type::Kind::date) {
    report_.at(place.context, e.children[0]->span, Diag::date_wanted, {type_name(expr(day).type, pack_)});
    return kNone;
  }
  Expr node;
  node.type = boolean();
  node.span = e.span;
  node.op = e.kind == ExprKind::before_period ? Op::compare : Op::between;
  node.comparison = Comparison::less;
  std::uint32_t first = e.kind == ExprKind::within_years ? window_field(e.number)
                                                         : pseudo_field(FieldPlace::period_first, "period_first", FieldKind::date);
  node.children = {day, read_field(first, e.span)};
  if (node.op == Op::between)
    node.children.push_back(read_field(pseudo_field(FieldPlace::period_last, "period_last", FieldKind::date), e.span));
  return marked(std::move(node), e, place);
}

// ---------------------------------------------------------------- marks

ExprId SubjectChecker::marked(Expr node, const syntax::Expr& e, const Place& place) {
  node.list = domain_of(node.children);
  bool by_shape = std::any_of(node.children.begin(), node.children.end(), [&](ExprId child) { return notes_[child].may_be_left_out; });
  node.applicability = mark_of(e, by_shape, reads_markable(node.children), place);
  return add(std::move(node), {});
}

/// A fact or `mọi …` as a condition: it needs no comparison, but may carry, or need, a mark.
ExprId SubjectChecker::with_mark(ExprId id, const syntax::Expr& e, const Place& place) {
  bool is_condition = expr(id).type.kind == Type::Kind::boolean;
  if (!is_condition) {
    if (e.applicability == Applicability::unstated) return id;
    report_.at(place.context, e.span, Diag::mark_on_value, {type_name(expr(id).type, pack_)});
    return kNone;
  }
  bool by_shape = notes_[id].may_be_left_out && expr(id).op == Op::every;
  if (e.applicability == Applicability::unstated && !by_shape) return id;
  Expr node;
  node.op = Op::condition;
  node.type = boolean();
  node.span = e.span;
  node.list = expr(id).list;
  node.children = {id};
  node.applicability = mark_of(e, by_shape, reads_markable(node.children), place);
  return add(std::move(node), {});
}

Applicability SubjectChecker::mark_of(const syntax::Expr& e, bool by_shape, bool reads_fields, const Place& place) {
  if (e.applicability != Applicability::unstated) {
    if (!by_shape && !reads_fields) report_.at(place.context, e.span, Diag::mark_without_effect, {});
    return e.applicability;
  }
  if (!by_shape) return Applicability::unstated;
  const auto& standard = place.context.pack->default_applicability;
  if (standard) return standard->applicability;
  bool vietnamese = place.context.pack->language_of(e.span.file) == Language::vi;
  report_.at(place.context, e.span, Diag::mark_needed, {}).mend({e.span.file, e.span.end, e.span.end}, vietnamese ? " (nếu có)" : " (if any)");
  return Applicability::unstated;
}

/// Whether a record could give one of the fields below as left out.
bool SubjectChecker::reads_markable(const std::vector<ExprId>& roots) const {
  std::set<std::uint32_t> fields;
  for (ExprId root : roots) collect_fields(root, fields);
  return std::any_of(fields.begin(), fields.end(), [&](std::uint32_t field) {
    auto place = subject_.fields[field].info.place;
    return place == bytecode::FieldPlace::evidence || place == bytecode::FieldPlace::score;
  });
}

// ---------------------------------------------------------------- logic

ExprId SubjectChecker::check_logic(const syntax::Expr& e, const Place& place) {
  std::vector<ExprId> parts;
  for (const auto& child : e.children) {
    ExprId part = condition(*child, place);
    if (part != kNone) parts.push_back(part);
  }
  if (parts.size() != e.children.size()) return kNone;
  Op op = e.kind == ExprKind::logical_and ? Op::logical_and : e.kind == ExprKind::logical_or ? Op::logical_or : Op::logical_not;
  return make(op, boolean(), e.span, parts);
}

ExprId SubjectChecker::check_at_least_of(const syntax::Expr& e, const Place& place) {
  Expr node;
  node.op = Op::at_least_of;
  node.type = boolean();
  node.span = e.span;
  node.value = e.number;
  for (const auto& child : e.children) {
    ExprId part = condition(*child, place);
    if (part != kNone) node.children.push_back(part);
  }
  if (node.children.size() != e.children.size()) return kNone;
  Rational parts(static_cast<std::int64_t>(e.children.size()));
  if (e.number > parts || e.number.sign() <= 0)
    report_.at(place.context, e.span, Diag::at_least_of_range, {number_text(e.number), e.children.size()});
  node.list = domain_of(node.children);
  return add(std::move(node), {});
}

}  // namespace quy::sema

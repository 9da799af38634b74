// Lists: có, mọi, tỉ lệ, số, tổng, trung bình, lớn nhất, nhỏ nhất.

#include "base/text.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {

using syntax::ExprKind;

namespace {

Op op_of(ExprKind kind) {
  switch (kind) {
    case ExprKind::exists: return Op::exists;
    case ExprKind::every: return Op::every;
    case ExprKind::share: return Op::share;
    case ExprKind::count: return Op::count;
    case ExprKind::sum: return Op::sum;
    case ExprKind::mean: return Op::mean;
    case ExprKind::largest: return Op::largest;
    default: return Op::smallest;
  }
}

bool takes_value(ExprKind kind) {
  return kind == ExprKind::sum || kind == ExprKind::mean || kind == ExprKind::largest || kind == ExprKind::smallest;
}

bool has_order(Type::Kind kind) {
  return kind == Type::Kind::number || kind == Type::Kind::date || kind == Type::Kind::step || kind == Type::Kind::level;
}

}  // namespace

ExprId SubjectChecker::check_aggregate(const syntax::Expr& e, const Place& place) {
  syntax::Name name = name_in(place.context, {e.text, e.text_span});
  std::uint32_t list = find_list(field_id(fold_id(name.text), place.scope));
  if (list == kNone) {
    std::vector<std::string> known;
    for (const List& other : subject_.lists) known.push_back(other.info.name);
    report_.at(place.context, name.span, Diag::unknown_list, {name.text}).suggest(nearest(name.text, known));
    return kNone;
  }
  Place rows = place.in_list(list);
  Expr node;
  node.op = op_of(e.kind);
  node.span = e.span;
  node.index = list;
  NodeNote note;
  bool with_value = takes_value(e.kind);
  if (with_value) {
    ExprId value = check_row_value(*e.children[0], e.kind, rows);
    if (value == kNone) return kNone;
    node.type = expr(value).type;
    node.children.push_back(value);
    note.ratio = notes_[value].ratio;
  } else if (e.kind == ExprKind::exists || e.kind == ExprKind::every) {
    node.type.kind = Type::Kind::boolean;
  } else {
    note.ratio = e.kind == ExprKind::share;
    note.counts_rows = e.kind == ExprKind::count;
  }
  if (e.children.size() > (with_value ? 1U : 0U)) {
    ExprId rule = condition(*e.children.back(), rows);
    if (rule == kNone) return kNone;
    node.children.push_back(rule);
  }
  return add(std::move(node), note);
}

ExprId SubjectChecker::check_row_value(const syntax::Expr& e, ExprKind kind, const Place& rows) {
  bool ordered = kind == ExprKind::largest || kind == ExprKind::smallest;
  ExprId value = ordered ? check(e, rows) : number(e, rows);
  if (value == kNone || !ordered || has_order(expr(value).type.kind)) return value;
  report_.at(rows.context, e.span, Diag::no_order, {type_name(expr(value).type, pack_)});
  return kNone;
}

}  // namespace quy::sema

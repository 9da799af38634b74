// Exceptions: `trừ khi khách_quan "…" cần lý do và văn bản`. Each is a claim in the record, a field of its own.

#include "base/text.h"
#include "compiler/sema/citations.h"
#include "compiler/sema/subject_checker.h"

namespace quy::sema {
namespace {

bool needs_reason(Proof proof) { return proof == Proof::reason || proof == Proof::reason_and_document; }
bool needs_document(Proof proof) { return proof == Proof::document || proof == Proof::reason_and_document; }

}  // namespace

ExprId SubjectChecker::with_exceptions(ExprId rule, const std::vector<syntax::Exception>& exceptions, const Place& place,
                                       const Clauses& clauses) {
  for (const syntax::Exception& exception : exceptions) {
    std::uint32_t field = exception_field(exception, place, clauses);
    if (rule == kNone || field == kNone) continue;
    Expr node;
    node.op = Op::unless;
    node.type.kind = Type::Kind::boolean;
    node.span = exception.span;
    node.flag = exception.counts_as_met;
    node.children = {rule, read_field(field, exception.name.span)};
    rule = add(std::move(node), {});
  }
  return rule;
}

std::uint32_t SubjectChecker::exception_field(const syntax::Exception& exception, const Place& place, const Clauses& clauses) {
  syntax::Name name = name_in(place.context, exception.name);
  std::string id = fold_id(name.text);
  Clauses own = read_clauses(place.context, exception.citations, report_);
  std::uint32_t field = find_field(id, kNone);
  if (field != kNone && exceptions_.contains(field)) {
    check_same_exception(exception, field, place);
    return field;
  }
  if (field != kNone && subject_.fields[field].info.kind != bytecode::FieldKind::boolean) {
    report_.at(place.context, name.span, Diag::exception_not_boolean, {name.text})
        .label(subject_.fields[field].span, {"khai báo ở đây", "declared here"});
    return kNone;
  }
  if (field == kNone) {
    if (!claim_name(kNone, id, name, place.context)) return kNone;
    bytecode::Field info;
    info.id = id;
    info.name = name.text;
    info.kind = bytecode::FieldKind::boolean;
    info.high = 1;
    field = add_field(info, name.span);
    field_names_[{kNone, id}] = field;
  }
  bytecode::Field& info = subject_.fields[field].info;
  info.place = bytecode::FieldPlace::exception;
  if (exception.label) info.label = label_in(place.context, exception.label);
  info.needs_reason = needs_reason(exception.proof);
  info.needs_document = needs_document(exception.proof);
  const Clauses& served = own.ids.empty() ? clauses : own;
  if (!served.ids.empty()) info.clause = served.ids.front();
  exceptions_[field] = {&exception, place.criterion};
  return field;
}

/// One name is one claim: whoever makes it claims it wherever it stands.
void SubjectChecker::check_same_exception(const syntax::Exception& exception, std::uint32_t field, const Place& place) {
  const auto& [first, criterion] = exceptions_.at(field);
  bool same = first->proof == exception.proof && first->counts_as_met == exception.counts_as_met;
  if (!same) {
    report_.at(place.context, exception.name.span, Diag::exception_differs, {exception.name.text})
        .label(first->name.span, {"ngoại lệ kia ở đây", "the other one is here"});
  } else if (criterion != place.criterion) {
    report_.at(place.context, exception.name.span, Diag::exception_shared, {exception.name.text})
        .label(first->name.span, {"đã dùng ở đây", "used here before"});
  }
}

}  // namespace quy::sema

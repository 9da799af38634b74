#pragma once
// The members of every structure of module.h, each listed once, in the order they have in a file. Encoder and decoder both walk these
// lists, so the two cannot drift apart. A change here changes the format: raise kFormatVersion in codec.h.

#include <concepts>
#include <type_traits>

#include "runtime/bytecode/module.h"

namespace quy::bytecode {

/// `T` is `Structure`, const (as the encoder sees it) or not (as the decoder does).
template <class T, class Structure>
concept Is = std::same_as<std::remove_const_t<T>, Structure>;

template <class Visit>
void fields(Visit& visit, Is<Instruction> auto& x) {
  visit(x.opcode, x.a, x.b, x.domain, x.kind, x.operands);
}
template <class Visit>
void fields(Visit& visit, Is<Field> auto& x) {
  visit(x.id, x.name, x.label, x.kind, x.place, x.list, x.digits, x.low, x.high, x.at_most_field, x.scale, x.table,
        x.unit, x.source, x.clause, x.step, x.presumed, x.needs_reason, x.needs_document, x.may_be_left_out, x.adds_up,
        x.per, x.earlier_of, x.previous_id, x.guidance, x.allowed_levels);
}
template <class Visit>
void fields(Visit& visit, Is<List> auto& x) {
  visit(x.id, x.name, x.label, x.of_results, x.own);
}
template <class Visit>
void fields(Visit& visit, Is<Scale> auto& x) {
  visit(x.id, x.label, x.step_ids, x.step_labels);
}
template <class Visit>
void fields(Visit& visit, Is<Table> auto& x) {
  visit(x.id, x.label, x.keys, x.column_ids, x.columns);
}
template <class Visit>
void fields(Visit& visit, Is<Requirement> auto& x) {
  visit(x.condition, x.text, x.origin);
}
template <class Visit>
void fields(Visit& visit, Is<Origin> auto& x) {
  visit(x.file, x.begin_line, x.begin_column, x.end_line, x.end_column, x.clauses);
}
template <class Visit>
void fields(Visit& visit, Is<Bilingual> auto& x) {
  visit(x.vi, x.en);
}
template <class Visit>
void fields(Visit& visit, Is<Observable> auto& x) {
  visit(x.role, x.reg, x.parent, x.origin, x.id, x.label, x.text, x.left, x.right, x.unit, x.level, x.applies_left_out,
        x.maximum);
}
template <class Visit>
void fields(Visit& visit, Is<Threshold> auto& x) {
  visit(x.clause, x.field, x.comparator, x.value, x.unit, x.per, x.exact);
}
template <class Visit>
void fields(Visit& visit, Is<ScoringLine> auto& x) {
  visit(x.text, x.points);
}
template <class Visit>
void fields(Visit& visit, Is<CriterionInfo> auto& x) {
  visit(x.id, x.label, x.citation, x.scoring, x.group, x.points, x.clauses, x.thresholds, x.observable, x.guidance,
        x.lines, x.treatments);
}
template <class Visit>
void fields(Visit& visit, Is<GroupInfo> auto& x) {
  visit(x.id, x.label, x.citation, x.parent, x.max, x.sign, x.observable, x.lines, x.treatments);
}
template <class Visit>
void fields(Visit& visit, Is<LevelInfo> auto& x) {
  visit(x.id, x.label, x.floor, x.clauses);
}
template <class Visit>
void fields(Visit& visit, Is<QuotaInfo> auto& x) {
  visit(x.level, x.base, x.rate, x.raised_to, x.base_and_above, x.cohort, x.surplus, x.clauses,
        x.raised_clauses, x.surplus_reading, x.surplus_by_option);
}
template <class Visit>
void fields(Visit& visit, Is<RatingInfo> auto& x) {
  visit(x.id, x.label, x.levels, x.thresholds, x.quotas, x.clauses);
}
template <class Visit>
void fields(Visit& visit, Is<ReadingInfo> auto& x) {
  visit(x.id, x.label, x.clause, x.option_ids, x.option_labels, x.chosen, x.closed, x.chosen_by);
}
template <class Visit>
void fields(Visit& visit, Is<Subject> auto& x) {
  visit(x.id, x.label, x.citation, x.kind, x.stages, x.fields, x.lists, x.code, x.requirements, x.observables,
        x.origins, x.groups, x.criteria, x.rating, x.total, x.levels, x.quota_priorities,
        x.total_print_digits, x.has_open_points, x.readings, x.acknowledged, x.given_total_variant);
}
template <class Visit>
void fields(Visit& visit, Is<Document> auto& x) {
  visit(x.name, x.symbol, x.replaces, x.date);
}
template <class Visit>
void fields(Visit& visit, Is<Dependency> auto& x) {
  visit(x.id, x.version, x.meaning_sha256);
}
template <class Visit>
void fields(Visit& visit, Is<NotRule> auto& x) {
  visit(x.clause, x.reason);
}
template <class Visit>
void fields(Visit& visit, Is<WorkCalendar> auto& x) {
  visit(x.holidays, x.extra_workdays);
}
template <class Visit>
void fields(Visit& visit, Is<Module> auto& x) {
  visit(x.id, x.version, x.label, x.framework, x.in_force_from, x.in_force_to, x.hashes, x.dependencies, x.documents,
        x.strings, x.constants, x.scales, x.tables, x.calendar, x.readings, x.ratings, x.subjects, x.not_rules,
        x.profile);
}

/// The largest enumerator that a file may hold.
template <class Enumeration>
inline constexpr Enumeration kLast{};
template <>
inline constexpr Opcode kLast<Opcode> = static_cast<Opcode>(static_cast<int>(Opcode::count_) - 1);
template <>
inline constexpr ValueKind kLast<ValueKind> = ValueKind::levels;
template <>
inline constexpr FieldKind kLast<FieldKind> = FieldKind::criterion;
template <>
inline constexpr FieldPlace kLast<FieldPlace> = FieldPlace::open_points;
template <>
inline constexpr OwnResults kLast<OwnResults> = OwnResults::each_year;
template <>
inline constexpr Role kLast<Role> = Role::no_basis;
template <>
inline constexpr Treatment kLast<Treatment> = Treatment::no_total;

/// A number whose text form would be longer than this is refused on reading; far above what any rule needs.
inline constexpr std::uint32_t kMostNumberBytes = 1 << 14;

}  // namespace quy::bytecode

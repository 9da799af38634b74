#pragma once
// The typed program: every name resolved, every indicator expanded, every refinement merged, every formula typed with its unit.
//
// A Pack is complete by itself: a set that refines a framework holds the merged subjects, so the later stages never look at a parent.
// Formulas live in one store per subject and are shared (a named value is one node, used wherever its name stands). Invariants, checked by
// verify(): children precede their parents; types and domains agree with the comments below; every index is in range. A node of a row's
// domain may have children of the record's domain, never the other way about save below a fold over that list.
//
// Percentages. A field of type phần trăm holds 90 for 90% and has the unit "%"; a literal 90% beside it is 90 with that unit, anywhere else
// 9/10 without unit. Where a percentage is multiplied or meets a ratio, a product with 1/100 stands around it, so that "%" never reaches a
// product or a quotient of unlike units.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/numeric/date.h"
#include "base/numeric/rational.h"
#include "base/source.h"
#include "compiler/sema/spellings.h"
#include "compiler/syntax/ast.h"
#include "runtime/bytecode/module.h"

namespace quy::sema {

using ExprId = std::uint32_t;
inline constexpr std::uint32_t kNone = bytecode::kNone;

using syntax::Applicability;
using syntax::Comparison;
using syntax::GapPolicy;
using syntax::NaCause;
using syntax::NaEffect;
using syntax::Per;
using syntax::Proof;

/// What a formula yields. Units: "" for a bare number or ratio, "điểm", "đồng", "ngày" (a number of days), or an author's unit; adding or
/// comparing two different units is an error, a bare literal takes the other side's.
struct Type {
  enum class Kind : std::uint8_t { boolean, number, date, step, text, code, level, criterion } kind = Kind::number;
  std::string unit;
  std::uint32_t scale = kNone;   ///< step: index of Pack::scales; code: index of Pack::tables
  friend bool operator==(const Type&, const Type&) = default;
};

enum class Op : std::uint8_t {
  number,         ///< value; of type code the row of the table, of type criterion the index in Subject::criteria
  truth,          ///< flag
  text,           ///< text
  date,           ///< value is the day number
  step,           ///< value is the index in the scale (0 lowest); type.scale says which
  level,          ///< value is the index of the rating's level (0 the best)
  field,          ///< index: Subject::fields; in a row's domain for a list's field
  table_column,   ///< children[0]: a code; index: column of that table
  reading,        ///< index: Pack::readings; children: one for each option
  points_of,      ///< index: Subject::criteria (flag false) or Subject::groups (flag true)
  total_points,
  maximum_of,     ///< index: Subject::criteria; its maximum, for `tối đa` in a formula
  group_maximum_of,   ///< index: Subject::groups
  add, subtract, multiply, divide, negate,
  at_most, at_least,                    ///< value, bound
  round,                                ///< child; value = step; rounding
  compare,                              ///< two children; comparison, per, applicability. Of levels, greater is better. Numbers of a span
                                        ///< of time have two more: the left side with what earlier periods of the span add, and whether
                                        ///< the span is over
  one_of,                               ///< children[0] one of the constants children[1…]
  between,                              ///< date children: value, first, last, all inclusive (`trong kỳ`, `trong vòng N năm gần nhất`).
                                        ///< For the latter `first` is a field with place period_first and step N: the first day of
                                        ///< the N years that end with the period's last day
  logical_and, logical_or, logical_not,
  at_least_of,                          ///< value = how many of the children
  working_days,                         ///< from, to
  exists, every, share, count,          ///< index: list; child: row condition, if any
  sum, mean, largest, smallest,         ///< index: list; children: row value, row condition (optional). Of levels, largest is the best
  condition,                            ///< a fact used as a condition, or one that says (nếu có)/(phải có): child; applicability
  unless                                ///< children: condition, claim (Boolean field of an exception); flag: counts as met, else left out
};

struct Expr {
  Op op = Op::number;
  Type type;
  Span span;
  std::uint32_t list = kNone;           ///< domain: row of this list, or kNone for the record
  std::uint32_t index = kNone;
  Rational value;
  bool flag = false;
  std::string text;
  Comparison comparison = Comparison::equal;
  Per per = Per::none;
  Applicability applicability = Applicability::unstated;
  Rounding rounding = Rounding::half_up;
  std::vector<ExprId> children;
};

/// Fields are already in the runtime's terms; the span is where the field was declared.
struct Field {
  bytecode::Field info;
  Span span;
  Type type;
};
struct List {
  bytecode::List info;
  Span span;
  std::vector<std::uint32_t> fields;    ///< indexes of Subject::fields
};

struct Clauses {
  std::vector<std::string> ids;         ///< without prefix for the first document of the framework
  Span span;
};

// ---------------------------------------------------------------- points

struct LoseAll {
  std::uint32_t criterion = kNone;      ///< one of the two is set
  std::uint32_t group = kNone;
  ExprId condition = kNone;
  Clauses clauses;
};
/// Points of a row: absolute, or a share of the criterion's maximum.
struct RowPoints {
  Rational value;
  bool share = false;
};
struct Met {
  std::vector<ExprId> conditions;       ///< all required, one threshold each
  std::vector<Clauses> clauses;         ///< beside them
};
struct TableRow {
  ExprId guard = kNone;                 ///< kNone: otherwise. `từ x` has become value ≥ x
  RowPoints points;
  Span span;
};
struct ScoreTable {
  ExprId value = kNone;                 ///< the value the floors compare; what a left-out value means is the treatment's to say
  std::vector<TableRow> rows;           ///< first true; the last is otherwise
  std::optional<Rational> step;         ///< rounding of the points, if any
  Rounding rounding = Rounding::half_up;
};
struct LevelChoice {
  std::uint32_t field = kNone;          ///< a step field with the criterion's id
  std::vector<RowPoints> points;        ///< by step index
};
struct Judged {
  std::uint32_t field = kNone;          ///< FieldPlace::score
  std::optional<Rational> presumed;
  Clauses presumed_clauses;
};
struct PerUnit {
  bool deducts = false;                 ///< from the maximum in a plain group; a positive amount in a group of deductions
  Rational points;
  ExprId times = kNone;
  std::optional<Rational> cap;
};
struct Proportional {
  ExprId share = kNone;                 ///< maximum × share, the share held within 0…1
  std::optional<Rational> step;
  Rounding rounding = Rounding::half_up;
};
struct FormulaScore {
  ExprId value = kNone;                 ///< held within 0…maximum, or 0…may_exceed_to
  std::optional<Rational> may_exceed_to;
};
using Scoring = std::variant<Met, ScoreTable, LevelChoice, Judged, PerUnit, Proportional, FormulaScore>;

struct Treatments {
  /// Indexed by NaCause; own, else inherited from group, subject. `không áp dụng` speaks for causes its place does not name. All empty:
  /// none was declared, and nothing here can be left out. Some declared: the others are no_total.
  std::array<std::optional<NaEffect>, 3> by_cause;
};
struct Criterion {
  std::string id, name, label;
  Clauses clauses;
  Span span;
  std::uint32_t group = kNone;
  std::optional<Rational> maximum;      ///< nothing: open
  std::uint32_t proposed_maximum = kNone;   ///< field, when the rated person proposes it
  Rational coefficient = 1;
  Scoring scoring;
  Treatments treatments;
  std::string guidance;
  Per once_per = Per::none;
  bool may_tighten = true, keep_as_is = false;
  std::string parent_id;                ///< criterion of the refined pack that this one keeps, tightens or splits
  std::string previous_id;
};
struct Group {
  std::string id, name, label;
  Clauses clauses;
  Span span;
  std::uint32_t parent = kNone;
  enum class Sign : std::uint8_t { plain, deductions, bonuses } sign = Sign::plain;
  std::optional<Rational> maximum;      ///< nothing: the sum of what is in it
  ExprId formula = kNone;               ///< points by formula instead of by criteria
  Treatments treatments;                ///< of the formula when it is left out; of a group with nothing left, those declared around it
  std::optional<Rational> least_share;  ///< of its maximum that must be applicable
  bool highest_only = false;
  bool proposed_maxima = false, maxima_need_approval = false;
  std::optional<Rational> each_maximum_from;
  std::optional<int> print_digits;
};

// ---------------------------------------------------------------- rating

struct Rule {
  ExprId condition = kNone;
  Clauses clauses;
  Span span;
};
struct Level {
  std::string id, name, label;
  std::optional<Rational> floor;
  ExprId condition = kNone;             ///< `mức … khi`
  bool otherwise = false;
  Clauses clauses;
};
struct Need { std::uint32_t level = 0; Rule rule; };
struct Force { std::uint32_t level = 0; Rule rule; };
struct Bar { std::uint32_t level = 0; Rule rule; };       ///< not this level nor a better one
struct Lower { std::uint32_t by = 1; Rule rule; };
struct Cap { ExprId level = kNone; Clauses clauses; Span span; };
struct HandOver {
  Rule rule;
  std::vector<std::string> in_place_of;
  std::uint32_t decision = kNone;       ///< field, FieldPlace::decision
  bool outcomes_stated = false;         ///< `được chọn …`: bounded by the points, no longer by the conditions of levels
};
struct GapRule {
  std::uint32_t reading = kNone;        ///< kNone: the policy is fixed
  std::vector<GapPolicy> policies;      ///< by option, or one
  Clauses clauses;
  Span span;
};
/// The rating as it stands for one subject's kind: rules for other kinds are gone.
struct Rating {
  std::uint32_t declared = kNone;       ///< index of Pack::ratings
  std::vector<Level> levels;
  GapRule gap;
  std::vector<Need> needs;
  std::vector<Bar> bars;
  std::vector<Lower> lowers;
  std::vector<Cap> caps;
  std::vector<Force> forces;
  std::vector<HandOver> hand_overs;
  std::vector<Rule> not_rated;
  std::vector<std::vector<ExprId>> quota_priorities;   ///< beside the declared rating's quotas: numbers, the larger goes first
};

struct NamedValue {
  std::string name;
  ExprId value = kNone;
  Span span;
};
/// `thay minh chứng`: a field of a refined subject that this one does not record but computes.
struct ReplacedField {
  std::string id;
  ExprId value = kNone;
};

struct Subject {
  std::string id;                       ///< `qd366.pl2.pho_thu_tuong`; kept by a pack that refines it
  std::string label, kind;
  Clauses clauses;
  Span span;
  std::vector<std::string> stages;      ///< ids
  std::vector<Field> fields;
  std::vector<List> lists;
  std::vector<Expr> exprs;
  std::vector<NamedValue> values;       ///< `tính`
  std::vector<ReplacedField> replaced;
  std::vector<Group> groups;            ///< parents before children
  std::vector<Criterion> criteria;      ///< in the order written
  std::vector<LoseAll> lose_alls;
  std::vector<Rule> requirements;       ///< label in Expr text of the condition's span
  std::vector<std::string> requirement_labels;
  Treatments treatments;
  std::optional<Rating> rating;
  std::vector<std::string> acknowledged;
  std::string refines;                  ///< pack id of the parent, or empty

  const Expr& expr(ExprId at) const { return exprs[at]; }
};

/// A named set of picks; Reading::by_profile holds them.
struct Profile {
  std::string id, label;
};
struct Reading {
  bytecode::ReadingInfo info;
  Clauses clauses;                      ///< all that leave the choice open; info.clause is the first
  std::vector<std::uint32_t> by_profile;   ///< the option that each of Pack::profiles picks; kNone where it picks none
  Span span;
};
struct DeclaredRating {
  bytecode::RatingInfo info;            ///< thresholds are filled by the emitter
  Span span;
};
struct Test {
  const syntax::Test* source = nullptr; ///< facts are bound when the test runs
  std::uint32_t subject = kNone;
};

struct Pack {
  std::string id, version, label;
  Span span;
  bool framework = false;
  std::optional<DayNumber> in_force_from, in_force_to;
  std::string refines;                  ///< id of the refined pack
  std::vector<bytecode::Document> documents;
  std::vector<bytecode::Scale> scales;
  std::vector<bytecode::Table> tables;
  WorkCalendar calendar;
  std::vector<Profile> profiles;        ///< of the refined pack first
  std::vector<Reading> readings;
  std::vector<DeclaredRating> ratings;
  std::vector<Subject> subjects;
  std::vector<bytecode::NotRule> not_rules;
  std::vector<Test> tests;
  std::string profile;                  ///< of a framework evaluated directly
  std::vector<FileId> files;
  Spellings spellings;                  ///< of steps, stages, open choices, profiles and subjects
};

}  // namespace quy::sema

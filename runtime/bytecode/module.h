#pragma once
// A pack in memory: what the compiler hands to the machine, and all that a result or an explanation needs to name.
//
// Code is in SSA form: instruction i defines register i of its subject, operands are earlier registers. There are no widths, jumps or
// loops, so the cost of a record is the sum of the costs of the instructions and of the rows of its lists. A pack is data from outside:
// nothing here is trusted before verify() has accepted it (runtime/bytecode/codec.h).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "base/numeric/date.h"
#include "base/numeric/rational.h"

namespace quy::bytecode {

enum class Opcode : std::uint8_t {
#define QUY_OPCODE(name, operands, result, transfer, monotony, cost, sentence) name,
#include "runtime/bytecode/opcodes.def"
#undef QUY_OPCODE
  count_
};

using Register = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xffffffffU;

enum class ValueKind : std::uint8_t { boolean, number, levels };

struct Instruction {
  Opcode opcode = Opcode::truth;
  std::uint32_t a = 0, b = 0;            ///< immediates; meaning by opcode
  std::uint32_t domain = 0;              ///< 0 the record, k + 1 the rows of list k
  ValueKind kind = ValueKind::boolean;   ///< of the result (spread takes its operand's)
  std::vector<Register> operands;
};

// ---------------------------------------------------------------- evidence

enum class FieldKind : std::uint8_t {
  boolean, count, number, percentage, points, money, days, date, text, step /* of an ordered scale */, code /* row of a table */,
  level /* of the subject's rating */, criterion /* id of a criterion */
};
/// Where a record carries the field.
enum class FieldPlace : std::uint8_t {
  evidence,        ///< evidence.<id>
  score,           ///< scores.<stage>.<id>: points given by people
  decision,        ///< decisions[clause = clause].outcome
  exception,       ///< evidence.<id>: {"claimed", "reason", "document"} or a Boolean
  maximum,         ///< maxima.<id>: a maximum proposed by the rated person
  closed,          ///< true when the record carries "closed" with by and date; false otherwise
  period_first,    ///< the period's first day
  period_last,     ///< the period's last day
  unit,            ///< the record's unit
  span_over,       ///< true when the record's period covers, or ends, the span of time `per` it lies in
  earlier_in_span, ///< what field `earlier_of` came to in the earlier periods of the span `per`; 0 in its first one
  result_total, result_total_divisor,   ///< of a row of results: the other's total is the first divided by the second; never in a record
  given_total,     ///< only in tests of a rating: the total stated by the test
  open_points      ///< never in a record: the maximum of a criterion that a framework leaves open
};
struct Field {
  std::string id;                        ///< folded; the JSON key
  std::string name;                      ///< the author's spelling
  std::string label;
  FieldKind kind = FieldKind::count;
  FieldPlace place = FieldPlace::evidence;
  std::uint32_t list = kNone;            ///< row field of this list
  int digits = 0;                        ///< after the decimal mark; more is "too many digits", never rounded
  Rational low, high;                    ///< enforced when read
  std::uint32_t at_most_field = kNone;   ///< whole of which this is a part, same domain
  std::uint32_t scale = kNone;           ///< step: which scale
  std::uint32_t table = kNone;           ///< code: which table
  std::string unit;
  std::string source;                    ///< document that shows it
  std::string clause;                    ///< decision: the clause that hands over; exception, score: the clause it serves
  std::optional<Rational> step;          ///< score: multiples only
  std::optional<Rational> presumed;      ///< score: taken for one that is missing on a closed record, and listed in the result
  bool needs_reason = false, needs_document = false;   ///< exception, decision
  bool may_be_left_out = false;          ///< every use says what then happens; else {"na"}, {"none"}, {"due"} reject the record
  bool adds_up = false;                  ///< over periods; else a last value
  std::string per;                       ///< year, quarter, month, term or empty
  std::uint32_t earlier_of = kNone;      ///< earlier_in_span: the field whose own period comes after
  std::string previous_id;               ///< `trước là`
  std::string guidance;                  ///< score: for the people who give it
  std::uint32_t allowed_levels = 0xffffffffU;   ///< decision: mask of outcomes
};
/// Whose results a list of results holds when a record does not list them: none; or the record's own, one for each part of its period, or
/// that of the period before.
enum class OwnResults : std::uint8_t { none, previous_period, each_month, each_quarter, each_half_year, each_year };
/// Bounds of the two numbers of which a result's total is the quotient; a total that needs more is known between neighbours within them.
inline constexpr std::int64_t kMostResultTotal = 1'000'000'000'000'000, kMostResultDivisor = 1'000'000'000;
struct List {
  std::string id, name, label;
  bool of_results = false;               ///< rows are results of others: an id, or {"id", "level"}
  OwnResults own = OwnResults::none;
};
struct Scale {
  std::string id, label;
  std::vector<std::string> step_ids;     ///< lowest first
  std::vector<std::string> step_labels;
};
struct Table {
  std::string id, label;
  std::vector<std::string> keys;         ///< sorted; a code field holds the index
  std::vector<std::string> column_ids;
  std::vector<std::vector<Rational>> columns;   ///< columns[c][row]
};
/// A rule on the record itself, checked when it is read; false rejects the record, missing does not.
struct Requirement {
  Register condition = kNone;
  std::string text;
  std::uint32_t origin = kNone;
};

// ---------------------------------------------------------------- where things come from

struct Origin {
  std::string file;
  std::uint32_t begin_line = 0, begin_column = 0, end_line = 0, end_column = 0;
  std::vector<std::string> clauses;      ///< D11.1.2; prefixed when not of the first document
};

/// What an observable register is. The tree of observables (by parent) is what `explain` walks.
enum class Role : std::uint8_t {
  total, group, criterion, criterion_condition /* met when */, criterion_row /* guard of a table row */, lose_all, exception,
  atom /* one comparison or fact inside a condition */, value /* a named computed value, or an atom's left side */,
  band, level_need, level_condition, gap_policy, bar, lower, cap, force, hand_over, not_rated, rating, reading, requirement, no_basis
};
struct Observable {
  Role role = Role::atom;
  Register reg = kNone;
  std::uint32_t parent = kNone;          ///< index into observables; kNone for a root
  std::uint32_t origin = kNone;
  std::string id, label;                 ///< of the criterion, group, level, reading …; a hand-over's label: the clauses it acts in place of
  Bilingual text;                        ///< the condition as written, with keywords of each language; of a reading what the chosen option means
  Register left = kNone, right = kNone;  ///< atom: the compared values (numbers), when there are any
  std::string unit;                      ///< of left and right; "%" prints a ratio as percent, "@date" a day number as a date,
                                         ///< "@step:k" an index as a step of scale k, "@level" one as a level, "@text" a text's identity
  std::uint32_t level = kNone;           ///< index of the level concerned
  Register applies_left_out = kNone;     ///< criterion, group: true when left out
  Register maximum = kNone;              ///< criterion, group: its maximum (a number register)
};

// ---------------------------------------------------------------- description (what `list` prints)

struct Threshold {
  std::string clause, field, comparator, value, unit, per;
  bool exact = true;
};
/// One line of how points are earned, in words: what has to be, and what it brings; without points it is a remark.
struct ScoringLine {
  Bilingual text, points;
};
/// What becomes of a criterion's or group's points when it is left out.
enum class Treatment : std::uint8_t { undeclared, full_points, zero_points, keep_scale, share_in_group, share_in_sheet, no_total };
/// By cause: excluded, did not arise, not yet due.
using Treatments = std::array<Treatment, 3>;
struct CriterionInfo {
  std::string id, label, citation, scoring;   ///< scoring: met, table, choice, judged, deduct, add, proportional, formula
  std::uint32_t group = kNone;
  std::optional<Rational> points;        ///< nothing: open
  std::vector<std::string> clauses;
  std::vector<Threshold> thresholds;
  std::uint32_t observable = kNone;
  std::string guidance = {};             ///< for the people who score, or prepare the evidence
  std::vector<ScoringLine> lines = {};   ///< conditions are not repeated here: they are observables
  Treatments treatments = {};
};
struct GroupInfo {
  std::string id, label, citation;
  std::uint32_t parent = kNone;
  std::optional<Rational> max;
  std::uint32_t sign = 0;                ///< 0 plain, 1 deductions, 2 bonuses
  std::uint32_t observable = kNone;
  std::vector<ScoringLine> lines = {};
  Treatments treatments = {};
};
struct LevelInfo {
  std::string id, label;
  std::optional<Rational> floor;
  std::vector<std::string> clauses;
};
struct QuotaInfo {
  std::string level, base, rate, raised_to;
  bool base_and_above = false;
  std::vector<std::string> cohort;       ///< keys: `don_vi` is the record's unit, any other its cohort
  std::string surplus;                   ///< level of those beyond the quota; empty: no level
  std::vector<std::string> clauses;
  std::vector<std::string> raised_clauses = {};   ///< by which a cohort's decision raises the rate
  std::uint32_t surplus_reading = kNone; ///< the choice that says where the surplus goes, if that is open
  std::vector<std::string> surplus_by_option = {};
};
struct RatingInfo {
  std::string id, label;
  std::vector<LevelInfo> levels;         ///< best first; 16 at most
  std::vector<Threshold> thresholds;
  std::vector<QuotaInfo> quotas;
  std::vector<std::string> clauses;
};
struct ReadingInfo {
  std::string id, label, clause;
  std::vector<std::string> option_ids, option_labels;
  std::uint32_t chosen = 0;
  bool closed = false;                   ///< picked by a completing set
  std::string chosen_by;                 ///< document and date, or the profile's name
};

struct Subject {
  std::string id, label, citation, kind;
  std::vector<std::string> stages;       ///< ids; the last decides
  std::vector<Field> fields;
  std::vector<List> lists;
  std::vector<Instruction> code;
  std::vector<Requirement> requirements;
  std::vector<Observable> observables;
  std::vector<Origin> origins;
  std::vector<GroupInfo> groups;
  std::vector<CriterionInfo> criteria;
  std::uint32_t rating = kNone;          ///< index into Module::ratings
  Register total = kNone;                ///< number; kNone when the subject has none
  Register levels = kNone;               ///< the final outcome
  std::vector<std::vector<Register>> quota_priorities;   ///< by quota of the rating: numbers, the larger goes first
  std::uint32_t total_print_digits = 2;
  bool has_open_points = false;          ///< a framework evaluated directly
  std::vector<std::uint32_t> readings;   ///< those the code reads
  std::vector<std::string> acknowledged; ///< defects of the text that the pack accepts, named in every result
  std::uint32_t given_total_variant = kNone;   ///< index into Module::subjects of the same rating over a stated total (tests only)
};

struct Document {
  std::string name, symbol, replaces;
  DayNumber date = 0;
};
struct Dependency {
  std::string id, version, meaning_sha256;
};
struct NotRule {
  std::string clause, reason;
};

struct Module {
  std::string id, version, label;
  bool framework = false;
  std::optional<DayNumber> in_force_from, in_force_to;
  std::array<std::string, 2> hashes;     ///< meaning, sources (hex SHA-256); the third, of all bytes, is the file's own
  std::vector<Dependency> dependencies;
  std::vector<Document> documents;
  std::vector<std::string> strings;      ///< texts that the code compares with
  std::vector<Rational> constants;
  std::vector<Scale> scales;
  std::vector<Table> tables;
  WorkCalendar calendar;
  std::vector<ReadingInfo> readings;
  std::vector<RatingInfo> ratings;
  std::vector<Subject> subjects;
  std::vector<NotRule> not_rules;
  std::string profile;                   ///< set when a framework was compiled under one
};

}  // namespace quy::bytecode

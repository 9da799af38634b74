#pragma once
// The syntax tree: what a file says, before any name is looked up.
//
// Every node carries a Span. Names keep the author's spelling (NFC, backquotes dropped); they are compared by fold_id() from sema on.
// Numbers are exact already: the builder has read them by the file's language. A tree never refers to another tree.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/language.h"
#include "base/numeric/date.h"
#include "base/numeric/rational.h"
#include "base/source.h"

namespace quy::syntax {

struct Name {
  std::string text;  ///< dotted when it came from a path: `pl2.phó_thủ_tướng`
  Span span;
  bool empty() const { return text.empty(); }
};

/// A label, or the name of an indicator's parameter that stands for one.
struct LabelText {
  std::string text;
  Span span;
  bool is_parameter = false;
};

/// `D11.1.2`, `nd335:D14`, or the name of an indicator's parameter.
struct Citation {
  std::string text;
  Span span;
  bool is_parameter = false;
};
using Citations = std::vector<Citation>;

/// Makes a node movable and not copyable. A vector would otherwise try to copy nodes that hold numbers, because moving a number (GMP's) is not
/// declared free of exceptions.
struct MovedOnly {
  MovedOnly() = default;
  MovedOnly(MovedOnly&&) = default;
  MovedOnly& operator=(MovedOnly&&) = default;
};

enum class Applicability : std::uint8_t { unstated, if_any, must_exist };
enum class Per : std::uint8_t { none, year, quarter, month, week, term };
/// Whose results a list holds: others', or the record's own of the period before or of each part of its period.
enum class OwnResults : std::uint8_t { none, previous_period, each_month, each_quarter, each_half_year, each_year };
enum class Proof : std::uint8_t { none, reason, document, reason_and_document };

// ---------------------------------------------------------------- formulas and conditions

enum class ExprKind : std::uint8_t {
  number,        ///< number, unit in `text`
  date,          ///< day
  string,        ///< text
  truth,         ///< flag
  name,          ///< text: field, computed value, reading, level, scale step, parameter, or row field; dotted for table columns
  this_unit,
  total_points,
  points_of,     ///< text: criterion or group
  maximum,       ///< of the criterion that holds the formula
  row_level,     ///< `mức` of a row in a list of results
  add, subtract, multiply, divide,   ///< two children
  negate,        ///< one child
  compare,       ///< two children, comparison, per
  one_of,        ///< children[0] is the value, the rest the set
  in_period, before_period,          ///< one child
  within_years,  ///< one child, number = years up to the period's last day
  logical_and, logical_or,           ///< two or more children
  logical_not,   ///< one child
  at_least_of,   ///< number = how many; children are conditions
  working_days,  ///< children: from, to
  exists, every, share, count,       ///< text: list; child: row condition or none
  sum, mean, largest, smallest,      ///< text: list; children: row formula, row condition (optional)
  at_most, at_least,                 ///< modifier: value, bound
  round, round_down, round_up,       ///< modifier: value; number = step (`text` when it is a parameter)
  may_exceed,    ///< modifier: value; number
  print_digits,  ///< modifier: value; number = digits after the mark
};

enum class Comparison : std::uint8_t { greater_equal, greater, less_equal, less, equal, not_equal };

struct Expr {
  ExprKind kind = ExprKind::number;
  Span span;
  std::string text;
  Span text_span;
  Rational number;
  std::string unit;          ///< `lượt`, `điểm`, `%`; empty when none was written
  bool percent = false;      ///< number was written with %, and is stored divided by 100
  DayNumber day = 0;
  bool flag = false;
  Comparison comparison = Comparison::equal;
  Per per = Per::none;
  Applicability applicability = Applicability::unstated;
  bool parenthesised = false;
  std::vector<std::unique_ptr<Expr>> children;
};
using ExprPtr = std::unique_ptr<Expr>;
ExprPtr clone(const Expr& expr);

/// A number written out, or the name of an indicator's parameter.
struct NumberText {
  Rational value;
  bool percent = false;  ///< stored divided by 100
  std::string parameter; ///< set when it is a parameter
  Span span;
};

// ---------------------------------------------------------------- evidence

struct EvidenceBlock;
enum class FieldType : std::uint8_t {
  boolean, count, number, percentage, points, money, days, date, text, code_of, criterion_code, results, list, record, scale
};
struct Field {
  Span span;
  bool is_private = false;
  std::vector<Name> names;
  std::optional<LabelText> label;   ///< one string; several names take its parts between `;`
  FieldType type = FieldType::count;
  Name type_name;                   ///< scale, or what the code is of
  Span type_span;
  std::unique_ptr<EvidenceBlock> block;   ///< list, record
  OwnResults own = OwnResults::none;   ///< results
  std::string unit;
  std::optional<int> digits;
  std::optional<Rational> from, to;
  std::optional<Name> at_most_field;
  std::optional<Rational> at_most;
  Span numeric_span;                ///< the first option that only a number can have
  enum class Over : std::uint8_t { unstated, adds_up, last_value } over = Over::unstated;
  Per adds_up_within = Per::none;
  std::string source;
  std::optional<Name> previously;
};
struct Requirement {
  Span span;
  ExprPtr condition;
  std::optional<LabelText> label;
};
struct EvidenceBlock {
  Span span;
  struct ForKinds;
  std::vector<Field> fields;
  std::vector<Requirement> requirements;
  std::vector<ForKinds> for_kinds;
};
struct EvidenceBlock::ForKinds {
  std::vector<Name> kinds;
  EvidenceBlock block;
};

// ---------------------------------------------------------------- subjects

struct Formula {
  Span span;
  ExprPtr value;
};
struct Compute {
  Span span;
  Name name;
  Formula formula;
};
enum class GapPolicy : std::uint8_t { no_level, next_lower, down_to_the_end };
struct Option {
  Span span;
  Name name;
  std::optional<LabelText> label;
  ExprPtr value;                       ///< none: the option's name says it all
  std::optional<GapPolicy> policy;
};
struct OpenChoice {
  Span span;
  Name name;
  std::optional<LabelText> label;
  Citations citations;
  std::vector<Option> options;
};
/// `chọn X = …` or `chọn hồ sơ X` (is_profile).
struct Choice {
  Span span;
  bool is_profile = false;
  Name name;
  Name option;      ///< empty when a value was written
  ExprPtr value;
  Citations citations;
};
enum class NaCause : std::uint8_t { not_applicable, did_not_arise, not_yet_due };
enum class NaEffect : std::uint8_t { full_points, zero_points, keep_scale, share_in_group, share_in_sheet, no_total };
struct Treatment {
  Span span;
  NaCause cause = NaCause::not_applicable;
  NaEffect effect = NaEffect::full_points;
};
struct Exception {
  Span span;
  Name name;
  std::optional<LabelText> label;
  bool counts_as_met = false;   ///< else the condition is left out
  Proof proof = Proof::none;
  Citations citations;
};
struct ScoreValue {
  NumberText number;            ///< points, or a share of the maximum when percent
};
struct LoseAll {
  Name target;                  ///< empty: the criterion itself
  Span span;
};
struct ScoreRow {
  Span span;
  enum class Guard : std::uint8_t { from, when, otherwise } guard = Guard::otherwise;
  NumberText floor;
  ExprPtr condition;
  ScoreValue value;
  std::optional<LoseAll> loses;
};
struct LevelRow {
  Span span;
  Name name;
  std::optional<LabelText> label;
  ScoreValue value;
  std::optional<LoseAll> loses;
};
struct MetWhen {
  Span span;
  ExprPtr condition;
  std::vector<Exception> exceptions;
  Citations citations;
};
struct ScoreTable {
  Span span;
  Formula value;
  std::vector<ScoreRow> rows;
  ExprPtr rounding;             ///< a rounding modifier without child, or none
};
struct LevelChoice {
  Span span;
  std::optional<LabelText> label;
  std::vector<LevelRow> rows;
};
struct Judged {
  Span span;
  std::optional<NumberText> step;
  std::optional<NumberText> presumed;   ///< points that a closed record counts as
  Citations presumed_citations;
};
struct PerUnit {
  Span span;
  bool deducts = false;
  NumberText points;
  ExprPtr times;
  std::optional<NumberText> cap;
};
struct Proportional {
  Span span;
  Formula share;
};
struct ScoreFormula {
  Span span;
  Formula value;
};
using Scoring = std::variant<MetWhen, ScoreTable, LevelChoice, Judged, PerUnit, Proportional, ScoreFormula>;

struct LosesAllWhen {
  Span span;
  Name target;                  ///< empty: the criterion itself
  ExprPtr condition;
  Citations citations;
};
struct MaximumText {
  bool open = false;
  NumberText points;
  Span span;
};
struct Criterion {
  Span span;
  Name name;
  std::optional<LabelText> label;
  std::optional<MaximumText> maximum;
  std::optional<NumberText> coefficient;
  Citations citations;
  std::vector<Scoring> scorings;        ///< sema asks for exactly one; several MetWhen are all required
  std::vector<Treatment> treatments;
  std::vector<LosesAllWhen> loses;
  std::vector<OpenChoice> open_choices;
  std::vector<Compute> computes;
  std::optional<LabelText> guidance;
  Per once_per = Per::none;
  bool may_tighten = false, keep_as_is = false;
  std::optional<Name> previously;
  MovedOnly moved_only;
};
struct Argument {
  Span span;
  std::variant<Citation, LabelText, ExprPtr> value;
};
struct IndicatorUse {
  Span span;
  Name indicator;
  std::vector<Argument> arguments;
};
struct ProposedMaxima {
  Span span;
  bool approved = false;
  std::optional<NumberText> each_from;
};
struct Group;
using GroupItem = std::variant<std::unique_ptr<Group>, Criterion, IndicatorUse>;
struct Group {
  Span span;
  enum class Sign : std::uint8_t { plain, deductions, bonuses } sign = Sign::plain;
  Name name;                            ///< empty for unnamed deductions and bonuses
  std::optional<LabelText> label;
  std::optional<MaximumText> maximum;
  Citations citations;
  std::vector<GroupItem> items;         ///< in the order written
  std::vector<Treatment> treatments;
  std::optional<NumberText> least_share;
  std::optional<ProposedMaxima> proposed_maxima;
  std::vector<OpenChoice> open_choices;
  std::vector<Compute> computes;
  std::optional<Formula> formula;
  bool highest_only = false;
};

struct WhenRule {
  Span span;
  ExprPtr condition;
  std::vector<Exception> exceptions;
  Citations citations;
  std::vector<Name> kinds;              ///< empty: every kind
};
struct Force { Span span; Name level; std::vector<WhenRule> rules; };
struct Bar { Span span; Name level; WhenRule rule; };
struct Lower { Span span; NumberText by; WhenRule rule; };

struct Allocation {
  Span span;
  Citations citations;
  struct Row { Name criterion; NumberText points; };
  std::vector<Row> rows;
};
struct EvidenceMap {
  Span span;
  struct Row { Name field; Formula formula; };
  std::vector<Row> rows;
};
struct Tightening { Span span; Name criterion; Criterion body; };
struct Splitting { Span span; Name criterion; std::vector<Criterion> parts; };
struct SupplementCriterion { Name group; Criterion criterion; };
struct Supplement {
  Span span;
  std::variant<SupplementCriterion, std::unique_ptr<Group>, Force, Bar, Lower> addition;
};

/// Members that a subject and an indicator may hold.
struct SubjectBody {
  std::vector<EvidenceBlock> evidence;
  std::vector<Requirement> requirements;
  std::vector<Compute> computes;
  std::vector<GroupItem> items;
  std::vector<OpenChoice> open_choices;
  std::vector<Choice> choices;
  std::vector<Treatment> treatments;
  std::vector<Name> stages;
  std::vector<Allocation> allocations;
  std::vector<EvidenceMap> evidence_maps;
  std::vector<Tightening> tightenings;
  std::vector<Splitting> splittings;
  std::vector<Supplement> supplements;
};
struct Subject {
  Span span;
  Name path;
  std::optional<LabelText> label;
  std::optional<Name> kind;
  std::optional<Name> modelled_on;
  std::optional<Name> rating;
  Citations citations;
  SubjectBody body;
};
enum class ParameterKind : std::uint8_t { citation, label, name, value };
struct Parameter { Name name; ParameterKind kind = ParameterKind::value; };
struct Indicator {
  Span span;
  Name name;
  std::vector<Parameter> parameters;
  SubjectBody body;
};

// ---------------------------------------------------------------- rating

struct Level {
  Span span;
  Name name;
  std::optional<LabelText> label;
  enum class Guard : std::uint8_t { from, when, otherwise } guard = Guard::otherwise;
  NumberText floor;
  ExprPtr condition;
  Citations citations;
};
struct GapRule {
  Span span;
  std::optional<GapPolicy> policy;
  Name choice;                          ///< an open choice between policies
  Citations citations;
};
struct Need {
  Span span;
  Name level;
  WhenRule rule;                        ///< condition that must hold, exceptions, citations, kinds
};
struct Cap { Span span; Formula level; Citations citations; std::vector<Name> kinds; };
struct HandOver {
  Span span;
  ExprPtr condition;
  Citations in_place_of;
  std::vector<Name> allowed;            ///< empty: bounded by the level reached with those rules off
  Proof proof = Proof::none;
  Citations citations;
  std::vector<Name> kinds;
};
struct NotRated { Span span; ExprPtr condition; Citations citations; std::vector<Name> kinds; };
struct Quota {
  Span span;
  Name level;
  NumberText rate;
  Name base;
  bool base_and_above = false;
  Citations citations;
  std::vector<Name> cohort;
  std::vector<ExprPtr> priority;
  std::optional<OpenChoice> surplus_choice;
  std::optional<Name> surplus_level;    ///< neither set: no level
  std::optional<NumberText> raised_to;
  Citations raised_citations;
  MovedOnly moved_only;
};
struct Rating {
  Span span;
  Name name;                            ///< empty for a pack's only rating
  std::optional<LabelText> label;
  std::vector<Name> kinds;
  Citations citations;
  std::vector<Level> levels;            ///< best first
  std::vector<OpenChoice> open_choices;
  std::optional<GapRule> gap_rule;
  std::vector<Need> needs;
  std::vector<Compute> computes;
  std::vector<Force> forces;
  std::vector<Bar> bars;
  std::vector<Lower> lowers;
  std::vector<Cap> caps;
  std::vector<HandOver> hand_overs;
  std::vector<NotRated> not_rated;
  std::vector<Quota> quotas;
};

// ---------------------------------------------------------------- packs and the rest

struct PackHeader {
  Span span;
  bool framework = false;
  Name path;
  std::optional<LabelText> label;
  std::string version;
  std::optional<Name> refines;
  std::optional<DayNumber> in_force_from, in_force_to;
  Span in_force_to_span;
};
struct LegalBasis {
  Span span;
  Name name;
  std::string document;
  DayNumber date = 0;
  std::string replaces;
};
struct LabelledName { Name name; std::optional<LabelText> label; };
struct SubjectKinds { Span span; std::vector<LabelledName> kinds; };
struct OrderedScale { Span span; Name name; std::optional<LabelText> label; std::vector<LabelledName> steps; };  ///< lowest first
struct Table {
  Span span;
  Name name;
  std::optional<LabelText> label;
  std::string file;
  Span file_span;
  Name key;
  std::vector<Field> columns;
};
struct WorkCalendarDates { Span span; std::vector<DayNumber> holidays, extra_workdays; };
struct Profile {
  Span span;
  Name name;
  LabelText label;
  struct Row { Name choice; Name option; };
  std::vector<Row> rows;
};
struct DefaultApplicability { Span span; Applicability applicability = Applicability::if_any; };
struct Stages { Span span; std::vector<LabelledName> stages; };
struct NotRules {
  Span span;
  struct Row { Citations clauses; std::string reason; };
  std::vector<Row> rows;
};
struct Acceptance { Span span; std::string code; std::string reason; Citations citations; };

// ---------------------------------------------------------------- tests

struct GivenValue;
using GivenRow = std::vector<std::pair<Name, GivenValue>>;
struct GivenValue {
  Span span;
  enum class Kind : std::uint8_t {
    not_applicable, did_not_arise, not_yet_due, not_there_yet, rows, truth, date, string, name, number
  } kind = Kind::number;
  std::string text;
  DayNumber day = 0;
  bool truth = false;
  NumberText number;
  std::vector<GivenRow> rows;           ///< `rỗng` is rows with none
};
struct GivenFact {
  Span span;
  enum class Kind : std::uint8_t { field, total_points, points, maximum, closed, decision, exception } kind = Kind::field;
  Name name;                            ///< field, criterion, stage's criterion, exception
  Name stage;
  Citation clause;
  GivenValue value;
  std::string text;                     ///< who closed; the exception's reason
  DayNumber day = 0;
};
struct Expectation {
  Span span;
  enum class Kind : std::uint8_t { rating, total, points, left_out, undecided, authority, gap, not_rated, missing } kind = Kind::rating;
  Name name;                            ///< level; criterion or group of points and left_out
  NumberText from, to;                  ///< equal when one number was written
  std::vector<Name> names;              ///< missing fields; possible levels, `none` and `not_rated` included as such
  bool lists_possible = false;
  Citations because;
};
struct Test {
  Span span;
  std::string title;
  Name subject;
  std::string period;
  Span period_span;
  std::string unit;
  std::vector<GivenFact> facts;
  enum class Rest : std::uint8_t { not_there_yet, not_applicable } rest = Rest::not_there_yet;
  std::vector<Choice> choices;
  std::vector<Expectation> expectations;
};

using Item = std::variant<PackHeader, LegalBasis, SubjectKinds, OrderedScale, EvidenceBlock, Table, WorkCalendarDates, Indicator, Rating,
                          Subject, OpenChoice, Choice, Profile, DefaultApplicability, Stages, NotRules, Acceptance, Test>;

struct File {
  FileId file = kNoFile;
  Language language = Language::vi;     ///< of its keywords
  std::vector<Item> items;
};

}  // namespace quy::syntax

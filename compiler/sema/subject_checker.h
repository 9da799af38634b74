#pragma once
// Types one subject: from its plan to sema::Subject. One object for each subject; the work is spread over files by construct.
//
// Order: fields and sheet are declared first, so that formulas may name anything in any order; formulas are typed when a rule asks for
// them, named values at most once; what needs the whole subject (treatments, closing of points, fields that may be left out) comes last.
// A formula that fails is reported and becomes kNone; whoever asked for it goes on without.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/sema/plan.h"
#include "compiler/sema/readings.h"

namespace quy::sema {

/// Where a formula stands: what its names may mean.
struct Place {
  Context context;
  std::uint32_t scope = 0;        ///< SubjectPlan::scopes
  std::uint32_t list = kNone;     ///< inside the brackets of this list
  std::uint32_t criterion = kNone, group = kNone;   ///< for `tối đa`

  Place in_list(std::uint32_t index) const;
};

/// Smallest and largest value that a number can take; nothing is no bound.
struct Bounds {
  std::optional<Rational> low, high;
};

/// What is known of a node while its surroundings are typed; beside Subject::exprs.
struct NodeNote {
  bool literal = false;           ///< a number written out
  bool bare = false;              ///< … without a unit: takes the other side's
  bool percent = false;           ///< … with %, held divided by 100
  bool ratio = false;             ///< a quotient of like units, a share, a percentage
  bool counts_rows = false;       ///< may be compared with a number in any author's unit
  bool may_be_left_out = false;   ///< by its shape: a denominator that may be 0, an average over no rows
  Bounds bounds;
};

class SubjectChecker {
 public:
  SubjectChecker(const SubjectPlan& plan, const PackScope& scope, Pack& pack, ReadingRegister& readings, Reporter& report)
      : plan_(plan), scope_(scope), pack_(pack), readings_(readings), report_(report) {}

  Subject run();

 private:
  // --- fields.cpp
  void declare_fields();
  void declare_field(const PlanField& field);
  void declare_one(const syntax::Field& ast, const Context& context, const syntax::Name& name, const std::string& label,
                   const std::string& id, std::uint32_t list, bool shareable);
  void declare_scalar(const syntax::Field& ast, const Context& context, const syntax::Name& name, const std::string& label,
                      const std::string& id, std::uint32_t list, bool shareable);
  void declare_list(const syntax::Field& ast, const Context& context, const syntax::Name& name, const std::string& label,
                    const std::string& id);
  void declare_block(const syntax::EvidenceBlock& block, const Context& context, const std::string& prefix, std::uint32_t list,
                     bool shareable);
  void complete_type(const syntax::Field& ast, const Context& context, bytecode::Field& info);
  void complete_code(const syntax::Field& ast, const Context& context, bytecode::Field& info);
  void check_bounds(const syntax::Field& ast, const Context& context, const bytecode::Field& info);
  void link_parts();
  bool is_replaced(const std::string& id) const;
  std::uint32_t add_field(bytecode::Field info, Span span);
  std::uint32_t pseudo_field(bytecode::FieldPlace place, const std::string& id, bytecode::FieldKind kind);
  std::uint32_t window_field(const Rational& years);
  std::uint32_t find_field(const std::string& id, std::uint32_t list) const;
  std::uint32_t find_list(const std::string& id) const;
  void check_requirements();

  // --- names.cpp
  struct Found {
    enum class Kind { nothing, parameter, field, replaced, value, column, reading, list } kind = Kind::nothing;
    std::uint32_t index = kNone;         ///< field, list
    const Bound* parameter = nullptr;
    const ReplacedField* replaced = nullptr;
    Part<syntax::Compute> compute;
    Part<syntax::OpenChoice> choice;
    std::uint32_t scope = kNone;         ///< where the compute or choice is declared
    std::string column;
  };
  Found look_up(const std::string& name, const Place& place) const;
  Found look_up_field(const std::string& id, const Place& place) const;
  Found look_up_column(const std::string& name, const Place& place) const;
  std::uint32_t code_field_of_table(std::uint32_t table, const Place& place) const;
  std::string field_id(const std::string& id, std::uint32_t scope) const;
  ExprId check_name(const syntax::Expr& e, const Place& place, const Type* expected);
  ExprId read_found(const Found& found, const syntax::Expr& e, const Place& place, const Type* expected);
  ExprId read_field(std::uint32_t field, Span span);
  ExprId read_column(const Found& found, const syntax::Expr& e);
  ExprId read_value(const Found& found, const syntax::Expr& e, const Place& place);
  ExprId read_replaced(const ReplacedField& replaced, const syntax::Expr& e);
  ExprId constant_name(const syntax::Expr& e, const Place& place, const Type* expected);
  ExprId unknown_name(const syntax::Expr& e, const Place& place, const Type* expected);
  std::vector<std::string> visible_names(const Place& place, const Type* expected) const;
  bool is_constant_name(const syntax::Expr& e, const Place& place) const;

  // --- readings.cpp
  ExprId read_choice(const Part<syntax::OpenChoice>& choice, std::uint32_t scope, const syntax::Expr& e, const Place& place,
                     const Type* expected);
  void use_reading(std::uint32_t reading);
  std::uint32_t reading_of(const Part<syntax::OpenChoice>& choice);
  void register_choices();

  // --- formulas.cpp
  ExprId check(const syntax::Expr& e, const Place& place, const Type* expected = nullptr);
  ExprId check_kind(const syntax::Expr& e, const Place& place, const Type* expected);
  ExprId check_number(const syntax::Expr& e, const Place& place);
  ExprId check_formula(const syntax::Formula& formula, const Place& place);
  ExprId number_literal(const Rational& value, const std::string& unit, bool percent, Span span);
  ExprId check_string(const syntax::Expr& e, const Type* expected, const Place& place);
  ExprId check_arithmetic(const syntax::Expr& e, const Place& place);
  ExprId check_sum(Op op, ExprId left, ExprId right, const syntax::Expr& e, const Place& place);
  ExprId check_product(ExprId left, ExprId right, const syntax::Expr& e, const Place& place);
  ExprId check_quotient(ExprId left, ExprId right, const syntax::Expr& e, const Place& place);
  ExprId check_negate(const syntax::Expr& e, const Place& place);
  ExprId check_bounded(const syntax::Expr& e, const Place& place);
  ExprId check_rounding(const syntax::Expr& e, const Place& place);
  ExprId check_working_days(const syntax::Expr& e, const Place& place);
  ExprId check_points_of(const syntax::Expr& e, const Place& place);
  ExprId check_maximum(const syntax::Expr& e, const Place& place);
  ExprId check_row_level(const syntax::Expr& e, const Place& place);
  std::optional<Rational> rounding_step(const syntax::Expr& e, const Place& place);

  // --- units.cpp
  bool unify(ExprId& left, ExprId& right, Span span, const Place& place);
  ExprId adapt(ExprId literal, const std::string& unit);
  ExprId as_ratio(ExprId percent_value);
  const std::string& unit(ExprId id) const { return subject_.exprs[id].type.unit; }

  // --- lists.cpp
  ExprId check_aggregate(const syntax::Expr& e, const Place& place);
  ExprId check_row_condition(const syntax::Expr& e, const Place& rows);

  // --- conditions.cpp
  ExprId condition(const syntax::Expr& e, const Place& place);
  ExprId check_compare(const syntax::Expr& e, const Place& place);
  ExprId compare_numbers(Expr node, const syntax::Expr& e, const Place& place);
  ExprId compare_truths(Expr node, const syntax::Expr& e, const Place& place);
  ExprId compare_equal_only(Expr node, const syntax::Expr& e, const Place& place);
  void warn_about_ratio(const Expr& node, const syntax::Expr& e, const Place& place);
  void warn_about_range(const Expr& node, const syntax::Expr& e, const Place& place);
  void check_period(const syntax::Expr& e, ExprId left, const Place& place);
  ExprId check_one_of(const syntax::Expr& e, const Place& place);
  ExprId check_dates(const syntax::Expr& e, const Place& place);
  ExprId check_logic(const syntax::Expr& e, const Place& place);
  ExprId check_at_least_of(const syntax::Expr& e, const Place& place);
  ExprId marked(Expr node, const syntax::Expr& e, const Place& place);
  ExprId with_mark(ExprId id, const syntax::Expr& e, const Place& place);
  syntax::Applicability mark_of(const syntax::Expr& e, bool may_be_left_out, bool reads_fields, const Place& place);
  bool reads_markable(const std::vector<ExprId>& roots) const;

  // --- exceptions.cpp
  ExprId with_exceptions(ExprId rule, const std::vector<syntax::Exception>& exceptions, const Place& place, const Clauses& clauses);
  std::uint32_t exception_field(const syntax::Exception& exception, const Place& place, const Clauses& clauses);

  // --- sheet.cpp: groups and criteria
  void declare_sheet();
  void declare_group(const PlanGroup& plan);
  void declare_criterion(const PlanCriterion& plan);
  std::optional<Rational> maximum_of(const std::optional<syntax::MaximumText>& maximum, const std::optional<Part<syntax::NumberText>>& allocated,
                                     const Context& context, bool& declared);
  void settle_maximum(std::uint32_t criterion);
  std::optional<Rational> maximum_from_rows(const PlanCriterion& plan);
  std::optional<Rational> plain_number(const std::optional<syntax::NumberText>& number, const Context& context);
  Clauses clauses_or_outer(const Context& context, const syntax::Citations& own, std::uint32_t group, Span name, const std::string& what);
  void check_sheet();
  void check_group_formula(std::uint32_t group);
  bool in_deductions(std::uint32_t criterion) const;
  syntax::Group::Sign sign_of(std::uint32_t group) const;
  Place place_of(std::uint32_t criterion) const;
  Rational cap_for(std::uint32_t criterion) const;

  // --- scoring.cpp
  void check_scoring(std::uint32_t criterion);
  void score(std::uint32_t criterion, const syntax::MetWhen& ast);
  void score(std::uint32_t criterion, const syntax::ScoreTable& ast);
  void score(std::uint32_t criterion, const syntax::LevelChoice& ast);
  void score(std::uint32_t criterion, const syntax::Judged& ast);
  void score(std::uint32_t criterion, const syntax::PerUnit& ast);
  void score(std::uint32_t criterion, const syntax::Proportional& ast);
  void score(std::uint32_t criterion, const syntax::ScoreFormula& ast);
  void declare_level_choice(std::uint32_t criterion, const syntax::LevelChoice& ast);
  void declare_judged(std::uint32_t criterion, const syntax::Judged& ast);
  ExprId table_guard(const syntax::ScoreRow& row, ExprId value, const Place& place);
  void check_table_rows(const syntax::ScoreTable& ast, const ScoreTable& table, const Place& place);
  RowPoints row_points(const syntax::ScoreValue& value, std::uint32_t criterion, const Place& place);
  void table_losses(std::uint32_t criterion, const syntax::ScoreTable& ast, const ScoreTable& table);
  ExprId points_value(const syntax::Expr& e, const Place& place, std::optional<Rational>* may_exceed, std::optional<int>* digits);
  void add_loss(const syntax::Name& target, Span span, ExprId condition, Clauses clauses, std::uint32_t criterion);

  // --- closing.cpp
  void check_closing();
  void close_group(std::uint32_t group);
  void check_bands();
  std::optional<Rational> sheet_maximum() const;
  void report_open_slots();

  // --- treatments.cpp
  Treatments treatments_from(std::uint32_t scope, Span* missing = nullptr) const;
  void settle_treatments();
  void require_treatments();
  bool may_be_left_out(const Criterion& criterion) const;
  bool condition_may_be_left_out(ExprId id) const;
  bool value_may_be_left_out(ExprId id) const;
  void settle_left_out_fields();
  void pin_condition(ExprId id, std::set<std::uint32_t>& pinned) const;
  void pin_all(ExprId id, std::set<std::uint32_t>& pinned) const;
  void pin_points(ExprId id, bool treated, std::set<std::uint32_t>& pinned) const;
  std::set<std::uint32_t> pinned_fields() const;
  std::vector<ExprId> rule_conditions() const;

  // --- usage.cpp
  void warn_about_unused();
  void collect_fields(ExprId id, std::set<std::uint32_t>& fields) const;
  void check_points_cycles();
  std::vector<ExprId> all_roots() const;

  // --- rating.cpp
  void choose_rating();
  void declare_levels();
  void check_rating();
  bool for_this_kind(const std::vector<syntax::Name>& kinds, const Place& place);
  std::uint32_t find_level(const syntax::Name& name, const Place& place);
  Rule check_rule(const syntax::Expr& condition, const std::vector<syntax::Exception>& exceptions, const syntax::Citations& citations,
                  Span span, const Place& place);
  void add_force(const Part<syntax::Force>& force, const Place& place);
  void add_bar(const Part<syntax::Bar>& bar, const Place& place);
  void add_lower(const Part<syntax::Lower>& lower, const Place& place);
  void add_cap(const syntax::Cap& cap, const Place& place);
  void add_hand_over(const syntax::HandOver& rule, const Place& place, const std::vector<std::string>& suspendable);
  std::uint32_t decision_field(const syntax::HandOver& rule, const std::string& clause, const Place& place);
  void settle_gap_rule(const syntax::Rating& ast, const Place& place);
  void check_priorities(const syntax::Rating& ast, const Place& place);
  std::vector<std::string> suspendable_clauses(const Part<syntax::Rating>& ast);

  // --- nodes.cpp
  ExprId add(Expr node, NodeNote note);
  ExprId make(Op op, Type type, Span span, std::vector<ExprId> children);
  std::uint32_t domain_of(const std::vector<ExprId>& children) const;
  Bounds bounds_of(const Expr& node) const;
  bool left_out_by_shape(const Expr& node) const;
  bool part_of(ExprId part, ExprId whole) const;
  Place root_place() const { return {plan_.own.context, 0, kNone, kNone, kNone}; }
  Expr& expr(ExprId id) { return subject_.exprs[id]; }
  const Expr& expr(ExprId id) const { return subject_.exprs[id]; }

  const SubjectPlan& plan_;
  const PackScope& scope_;
  Pack& pack_;
  ReadingRegister& readings_;
  Reporter& report_;
  Subject subject_;
  std::vector<NodeNote> notes_;

  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> field_names_;   ///< (list, id) → field
  std::map<std::pair<std::uint32_t, std::string>, Span> name_spans_;
  std::map<std::string, std::uint32_t> list_names_;
  std::map<std::uint32_t, std::string> list_name_text_;
  struct PartLink {
    std::uint32_t field;
    syntax::Name whole;
    Context context;
    std::uint32_t list;
    std::string prefix;
  };
  std::vector<PartLink> parts_;
  std::map<const void*, ExprId> values_;              ///< named values by their syntax and environment
  std::map<std::pair<const void*, const void*>, ExprId> named_;
  std::set<std::pair<const void*, const void*>> under_way_;
  std::map<std::string, ExprId> replaced_;
  std::map<std::string, std::uint32_t> criterion_index_, group_index_;
  std::map<std::string, std::uint32_t> level_index_;
  std::map<std::uint32_t, std::pair<const syntax::Exception*, std::uint32_t>> exceptions_;   ///< by field: first use, its criterion
  std::uint32_t rating_scope_ = kNone;
  std::optional<Part<syntax::Rating>> rating_ast_;
  std::vector<bool> maximum_declared_;
  std::set<std::uint32_t> used_readings_;
  Rational plain_maximum_;
};

}  // namespace quy::sema

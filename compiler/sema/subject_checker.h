#pragma once
// Types one subject: from its plan to sema::Subject. One object for each subject; the work is spread over files by construct.
//
// Order: fields and sheet are declared first, so that formulas may name anything in any order; formulas are typed when a rule asks for
// them, named values at most once; what needs the whole subject (treatments, closing of points, fields that may be left out) comes last.
// A formula that fails is reported and becomes kNone; whoever asked for it goes on without.

#include <functional>
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
  std::uint32_t scope = 0;        ///< of SubjectChecker::scopes_
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
  // subject_checker.cpp
  void describe();
  void add_stage(const syntax::Name& name, const Context& context);
  void check_named_values();

  // fields.cpp: evidence, and the fields that the runtime gives itself
  void declare_fields();
  void declare_field(const PlanField& field);
  void declare_one(const syntax::Field& ast, const Context& context, const syntax::Name& name, const std::string& label,
                   const std::string& id, std::uint32_t list, bool shareable);
  void declare_scalar(const syntax::Field& ast, const Context& context, const syntax::Name& name, const std::string& label,
                      const std::string& id, std::uint32_t list, bool shareable);
  void declare_list(const syntax::Field& ast, const Context& context, const syntax::Name& name, const std::string& label,
                    const std::string& id);
  void declare_result_columns(std::uint32_t list, Span span);
  void declare_block(const syntax::EvidenceBlock& block, const Context& context, const std::string& prefix, std::uint32_t list,
                     bool shareable);
  void complete_type(const syntax::Field& ast, const Context& context, bytecode::Field& info);
  void complete_code(const syntax::Field& ast, const Context& context, bytecode::Field& info);
  void check_bounds(const syntax::Field& ast, const Context& context, bytecode::Field& info);
  void link_parts();
  bool is_replaced(const std::string& id) const;
  bool claim_name(std::uint32_t list, const std::string& id, const syntax::Name& name, const Context& context);
  std::uint32_t add_field(bytecode::Field info, Span span);
  std::pair<std::uint32_t, std::uint32_t> result_total_fields(std::uint32_t list);
  std::uint32_t pseudo_field(bytecode::FieldPlace place, const std::string& id, bytecode::FieldKind kind);
  std::uint32_t window_field(const Rational& years);
  std::uint32_t span_over_field(syntax::Per per);
  std::uint32_t earlier_field(std::uint32_t field, syntax::Per per);
  std::uint32_t find_field(const std::string& id, std::uint32_t list) const;
  std::uint32_t find_list(const std::string& id) const;
  void check_requirements();
  void require_replaced_wholes();

  // names.cpp: what a name in a formula means
  struct Found {
    enum class Kind { nothing, parameter, field, replaced, value, column, reading, list } kind = Kind::nothing;
    std::uint32_t index = kNone;         ///< field, list
    const Bound* parameter = nullptr;
    const PlanReplacedField* replaced = nullptr;
    Part<syntax::Compute> compute;
    Part<syntax::OpenChoice> choice;
    std::uint32_t scope = kNone;         ///< where the compute or choice is declared
    std::string column;
  };
  Found look_up(const std::string& name, const Place& place) const;
  Found look_up_value(const std::string& id, const Place& place) const;
  Found look_up_field(const std::string& id, const Place& place) const;
  Found look_up_column(const std::string& name, const Place& place) const;
  Found look_up_choice(const std::string& id, const Place& place) const;
  std::uint32_t code_field_of_table(std::uint32_t table, const Place& place) const;
  std::string field_id(const std::string& id, std::uint32_t scope) const;
  ExprId check_name(const syntax::Expr& e, const Place& place, const Type* expected);
  ExprId read_field(std::uint32_t field, Span span);
  ExprId read_column(const Found& found, const syntax::Name& name, const Place& place);
  ExprId named_value(const Part<syntax::Compute>& compute, std::uint32_t scope, const syntax::Name& name, const Place& place);
  ExprId replaced_value(const std::string& id);
  ExprId as_replaced_field(ExprId value, const std::string& id, const PlanReplacedField& row);
  ExprId constant_name(const syntax::Name& name, const Place& place, const Type* expected);
  ExprId step_constant(const syntax::Name& name, const Place& place, const Type& expected);
  ExprId unknown_name(const syntax::Name& name, const Place& place, const Type* expected);
  std::vector<std::string> visible_names(const Place& place, const Type* expected) const;
  std::vector<std::string> sheet_names() const;
  bool is_constant_name(const syntax::Expr& e, const Place& place) const;

  // readings.cpp: open choices in formulas
  ExprId read_choice(const Part<syntax::OpenChoice>& choice, std::uint32_t scope, Span span, const Place& place, const Type* expected);
  std::vector<ExprId> choice_options(const Part<syntax::OpenChoice>& choice, std::uint32_t reading, Span use, const Place& place,
                                     const Type* expected);
  bool unify_options(std::vector<ExprId>& options, const Part<syntax::OpenChoice>& choice, const Type* expected);
  void use_reading(std::uint32_t reading);

  // formulas.cpp
  ExprId check(const syntax::Expr& e, const Place& place, const Type* expected = nullptr);
  ExprId check_kind(const syntax::Expr& e, const Place& place, const Type* expected);
  ExprId check_constant(const syntax::Expr& e, const Type* expected, const Place& place);
  ExprId number(const syntax::Expr& e, const Place& place);
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
  ExprId check_total(const syntax::Expr& e, const Place& place);
  ExprId check_row_level(const syntax::Expr& e, const Place& place);
  std::optional<Rational> rounding_step(const syntax::Expr& e, const Place& place);
  static Rounding rounding_of(syntax::ExprKind kind);

  // units.cpp
  ExprId number_literal(const Rational& value, const std::string& unit, bool percent, Span span);
  ExprId adapt(ExprId literal, const std::string& unit);
  ExprId as_ratio(ExprId percent_value);
  bool unify(ExprId& left, ExprId& right, Span span, const Place& place);
  const std::string& unit(ExprId id) const { return subject_.exprs[id].type.unit; }

  // lists.cpp
  ExprId check_aggregate(const syntax::Expr& e, const Place& place);
  ExprId check_row_value(const syntax::Expr& e, syntax::ExprKind kind, const Place& rows);

  // conditions.cpp
  ExprId condition(const syntax::Expr& e, const Place& place);
  ExprId check_compare(const syntax::Expr& e, const Place& place);
  ExprId compare_numbers(Expr node, const syntax::Expr& e, const Place& place);
  ExprId compare_truths(const Expr& node, const syntax::Expr& e, const Place& place);
  void track(Expr& node, syntax::Per per);
  ExprId to_date(ExprId id, syntax::Per per);
  bool warn_about_ratio(const Expr& node, const syntax::Expr& e, const Place& place);
  void warn_about_range(const Expr& node, const syntax::Expr& e, const Place& place);
  void check_period(const syntax::Expr& e, ExprId left, const Place& place);
  ExprId check_one_of(const syntax::Expr& e, const Place& place);
  ExprId check_set_item(const syntax::Expr& e, ExprId& value, const Type& type, const Place& place);
  ExprId check_dates(const syntax::Expr& e, const Place& place);
  ExprId check_logic(const syntax::Expr& e, const Place& place);
  ExprId check_at_least_of(const syntax::Expr& e, const Place& place);
  ExprId marked(Expr node, const syntax::Expr& e, const Place& place);
  ExprId with_mark(ExprId id, const syntax::Expr& e, const Place& place);
  Applicability mark_of(const syntax::Expr& e, bool by_shape, bool reads_fields, const Place& place);
  bool reads_markable(const std::vector<ExprId>& roots) const;

  // exceptions.cpp
  ExprId with_exceptions(ExprId rule, const std::vector<syntax::Exception>& exceptions, const Place& place, const Clauses& clauses);
  std::uint32_t exception_field(const syntax::Exception& exception, const Place& place, const Clauses& clauses);
  void check_same_exception(const syntax::Exception& exception, std::uint32_t field, const Place& place);

  // sheet.cpp: groups and criteria
  struct Contents {
    bool empty = true;
    Rational sum;                       ///< of the closed ones
    std::vector<std::string> open;      ///< names of those without a maximum
  };
  void declare_sheet();
  void declare_group(const PlanGroup& plan);
  void declare_criterion(const PlanCriterion& plan);
  void claim_sheet_name(const std::string& id, const syntax::Name& name, const Context& context);
  std::optional<Rational> plain_number(const std::optional<syntax::NumberText>& number, const Context& context);
  std::optional<Rational> stated_maximum(const std::optional<syntax::MaximumText>& maximum,
                                         const std::optional<Part<syntax::NumberText>>& allocated, const Context& context);
  Clauses clauses_or_outer(const Context& context, const syntax::Citations& own, std::uint32_t group, const syntax::Name& name);
  void settle_maximum(std::uint32_t criterion);
  void settle_group_maximum(std::uint32_t group);
  std::uint32_t proposed_maximum_field(std::uint32_t criterion);
  std::optional<Rational> maximum_from_rows(std::uint32_t criterion);
  std::optional<Rational> cap_around(std::uint32_t group) const;
  Contents contents_of(std::uint32_t group) const;
  Group::Sign sign_around(std::uint32_t group) const;
  bool has_children(std::uint32_t group) const;
  Place place_of(std::uint32_t criterion) const;
  void check_sheet();
  void check_group_formula(std::uint32_t group);

  // scoring.cpp: one function for each form
  void check_scoring(std::uint32_t criterion);
  void score(std::uint32_t criterion, const syntax::MetWhen& ast);
  void score(std::uint32_t criterion, const syntax::ScoreTable& ast);
  void score(std::uint32_t criterion, const syntax::LevelChoice& ast);
  void score(std::uint32_t criterion, const syntax::Judged& ast);
  void score(std::uint32_t criterion, const syntax::PerUnit& ast);
  void score(std::uint32_t criterion, const syntax::Proportional& ast);
  void score(std::uint32_t criterion, const syntax::ScoreFormula& ast);
  void declare_level_choice(std::uint32_t criterion, const syntax::LevelChoice& ast);
  static bool best_first(const syntax::LevelChoice& ast);
  ExprId level_is_chosen(const LevelChoice& choice, std::size_t step, const syntax::LevelRow& row);
  void declare_judged(std::uint32_t criterion, const syntax::Judged& ast);
  ExprId table_guard(const syntax::ScoreRow& row, ExprId value, const Place& place);
  bool check_table_rows(const syntax::ScoreTable& ast, const ScoreTable& table, const Place& place);
  void table_losses(std::uint32_t criterion, const syntax::ScoreTable& ast, const ScoreTable& table);
  RowPoints row_points(const syntax::ScoreValue& value, std::uint32_t criterion, const Place& place);
  ExprId points_value(const syntax::Expr& e, const Place& place, std::optional<Rational>* may_exceed, std::optional<int>* digits);
  void check_losses(std::uint32_t criterion);
  void add_loss(const syntax::Name& target, const Context& context, ExprId rule, Clauses clauses, std::uint32_t criterion);

  // closing.cpp
  void check_closing();
  void close_group(std::uint32_t group);
  bool filled_by_set(std::uint32_t group) const;
  void check_items_against_cap(std::uint32_t group, Span cap);
  void check_bands();
  std::optional<Rational> sheet_maximum() const;
  void report_open_slots();

  // treatments.cpp
  Treatments treatments_from(std::uint32_t scope) const;
  void settle_treatments();
  void settle_left_out_fields();
  std::set<std::uint32_t> pinned_fields() const;
  void pin_scoring(const Criterion& criterion, std::set<std::uint32_t>& pinned) const;
  void pin_value(ExprId id, bool allowed, bool rows_allowed, std::set<std::uint32_t>& pinned) const;
  void pin_condition(ExprId id, std::set<std::uint32_t>& pinned) const;
  bool guards_value(ExprId guard, ExprId value) const;
  std::vector<ExprId> point_values(const Criterion& criterion) const;
  std::vector<ExprId> rule_conditions() const;
  void require_treatments();
  bool may_be_left_out(const Criterion& criterion) const;
  bool condition_may_be_left_out(ExprId id) const;
  bool value_may_be_left_out(ExprId id) const;

  // usage.cpp
  void walk(ExprId id, const std::function<void(const Expr&)>& visit) const;
  void collect_fields(ExprId id, std::set<std::uint32_t>& fields) const;
  std::vector<ExprId> roots_of(const Criterion& criterion) const;
  std::vector<ExprId> all_roots() const;
  void warn_about_unused();
  bool is_used(const std::string& id, const std::set<std::uint32_t>& fields, const std::set<std::uint32_t>& lists) const;
  void check_points_cycles();

  // rating.cpp
  void choose_rating();
  std::size_t rating_for_kind(const PackScope& home);
  void declare_levels(std::uint32_t rating);
  void check_rating();
  void refuse_supplements();
  void check_level_conditions(const syntax::Rating& ast, const Place& place);
  bool for_this_kind(const std::vector<syntax::Name>& kinds, const Place& place);
  std::uint32_t find_level(const syntax::Name& name, const Place& place);
  Rule check_rule(const syntax::Expr& e, const std::vector<syntax::Exception>& exceptions, const syntax::Citations& citations, Span span,
                  const Place& place);
  void settle_gap_rule(const syntax::Rating& ast, const Place& place);
  void add_need(const syntax::Need& need, const Place& place);
  void add_force(const syntax::Force& force, const Place& place);
  void add_bar(const syntax::Bar& bar, const Place& place);
  void add_lower(const syntax::Lower& lower, const Place& place);
  void add_cap(const syntax::Cap& cap, const Place& place);
  std::vector<std::string> suspendable_clauses(const syntax::Rating& ast);
  void add_hand_over(const syntax::HandOver& ast, const Place& place, const std::vector<std::string>& suspendable);
  std::uint32_t decision_field(const syntax::HandOver& ast, const std::string& clause, const Place& place);
  void check_priorities(const syntax::Rating& ast, const Place& place);

  // nodes.cpp
  ExprId add(Expr node, NodeNote note);
  ExprId make(Op op, Type type, Span span, std::vector<ExprId> children);
  std::uint32_t domain_of(const std::vector<ExprId>& children) const;
  Bounds bounds_of(const Expr& node) const;
  bool left_out_by_shape(const Expr& node) const;
  bool part_of(ExprId part, ExprId whole) const;
  Expr& expr(ExprId id) { return subject_.exprs[id]; }
  const Expr& expr(ExprId id) const { return subject_.exprs[id]; }

  const SubjectPlan& plan_;
  const PackScope& scope_;
  Pack& pack_;
  ReadingRegister& readings_;
  Reporter& report_;
  Subject subject_;
  std::vector<NodeNote> notes_;

  std::vector<PlanScope> scopes_;       ///< the plan's and, behind them, the rating's
  std::uint32_t rating_scope_ = kNone;
  std::map<std::uint32_t, std::pair<std::uint32_t, std::uint32_t>> scope_owners_;   ///< scope → criterion, group
  std::optional<Part<syntax::Rating>> rating_ast_;
  NameTable<int> stages_;

  using ListAndId = std::pair<std::uint32_t, std::string>;
  std::map<ListAndId, std::uint32_t> field_names_;
  std::map<ListAndId, syntax::Name> name_spans_;
  std::map<std::string, std::uint32_t> list_names_;
  std::set<std::uint32_t> shareable_fields_;        ///< declared by an indicator
  std::map<std::string, bytecode::Field> replaced_infos_;
  struct PartLink {                                 ///< `không quá X`, until X is known
    std::uint32_t field;
    syntax::Name whole;
    Context context;
    std::uint32_t list;
    std::string prefix;                             ///< of the record that holds the field
  };
  std::vector<PartLink> parts_;

  using SyntaxKey = std::pair<const void*, const void*>;   ///< a declaration and the indicator's use it stands in
  std::map<SyntaxKey, ExprId> named_;
  std::set<SyntaxKey> under_way_;
  std::map<std::string, ExprId> replaced_;
  std::map<std::string, std::uint32_t> criterion_index_, group_index_, level_index_;
  std::map<std::string, syntax::Name> sheet_spans_;
  std::map<std::uint32_t, std::uint32_t> choice_fields_;   ///< criterion → the field it is chosen or judged in
  std::map<std::uint32_t, std::pair<const syntax::Exception*, std::uint32_t>> exceptions_;   ///< field → first use, its criterion
  std::set<std::uint32_t> used_readings_;
};

}  // namespace quy::sema

#pragma once
// What the lowering files share: one subject on its way from the typed form to the graph.

#include <map>
#include <set>
#include <vector>

#include "compiler/ir/builder.h"
#include "compiler/ir/from_typed.h"
#include "compiler/ir/sentence.h"

namespace quy::ir {

/// A rule's condition, lowered: the condition itself, and whether some part of it marked (phải có) is left out.
struct Condition {
  NodeId node = kNone;
  NodeId no_basis = kNone;   ///< a Boolean, or kNone when no part says (phải có)
};

/// The code of a way of rounding in the instruction `round`.
std::uint32_t rounding_code(Rounding mode);

class Lowering {
 public:
  Lowering(Graph& graph, Options options) : graph_(graph), build_(graph), options_(options) {}
  void run();

 private:
  const sema::Subject& subject() const { return *graph_.subject; }
  const sema::Expr& expr(sema::ExprId id) const { return graph_.subject->exprs[id]; }

  /// Maxima proposed by the rated person must add up to the group's; a record whose do not is rejected.
  void require_maxima_to_close();
  void lower_replaced_fields();
  void lower_quota_priorities();

  /// While it lives, the (phải có) parts of what is lowered are gathered here.
  class Gathering {
   public:
    explicit Gathering(Lowering& self) : self_(self), outer_(self.must_exist_) { self.must_exist_ = &parts_; }
    ~Gathering() { self_.must_exist_ = outer_; }
    Gathering(const Gathering&) = delete;
    Gathering& operator=(const Gathering&) = delete;
    const std::vector<NodeId>& parts() const { return parts_; }
    /// A Boolean: some part lacks its basis; kNone when there is none.
    NodeId no_basis() const { return parts_.empty() ? kNone : self_.build_.any(parts_); }

   private:
    Lowering& self_;
    std::vector<NodeId>* outer_;
    std::vector<NodeId> parts_;
  };
  /// Passes parts on to whoever gathers; `where` (a Boolean, or kNone for always) says where they count.
  void pass_on(const std::vector<NodeId>& parts, NodeId where = kNone);
  void note_for_sheet(NodeId no_basis);

  // lower_expr.cpp
  NodeId number(sema::ExprId id);
  NodeId condition(sema::ExprId id);
  /// Lowers a rule's condition and notes its (phải có) parts.
  Condition rule_condition(sema::ExprId id);
  NodeId lower_number(const sema::Expr& e);
  NodeId lower_condition(const sema::Expr& e);
  NodeId lower_compare(const sema::Expr& e);
  NodeId lower_tracked(const sema::Expr& e);
  /// `left` against the right side of `e`.
  NodeId lower_sides(const sema::Expr& e, sema::ExprId left, sema::Comparison sign);
  NodeId lower_fold(const sema::Expr& e);
  /// Lowers an option of an open choice; its (phải có) parts count only where it is the one in force.
  NodeId under_option(const sema::Expr& e, std::size_t option, NodeId (Lowering::*lower)(sema::ExprId));
  NodeId lower_reading_number(const sema::Expr& e);
  NodeId lower_reading_condition(const sema::Expr& e);
  NodeId lower_one_of(const sema::Expr& e);
  NodeId lower_unless(const sema::Expr& e);
  /// Rows of the list where the row condition holds; `value` is left out elsewhere.
  NodeId row_value(const sema::Expr& e);
  /// n and d when the expression is a ratio that can be compared by cross-multiplication.
  std::optional<std::pair<NodeId, NodeId>> ratio_parts(sema::ExprId id);

  // lower_points.cpp
  void lower_sheet();
  void lower_criterion(std::uint32_t index);
  void lower_group(std::uint32_t index);
  void lower_total();
  /// What the form is scored out of, before the coefficient; and the most that counts, after it.
  NodeId scale_of(std::uint32_t criterion);
  NodeId maximum_of(std::uint32_t criterion);
  NodeId group_maximum_of(std::uint32_t group);
  NodeId open_points(const std::string& id, const Rational& bound);
  NodeId points_of_criterion(std::uint32_t index);
  NodeId points_of_group(std::uint32_t index);
  NodeId raw_points(std::uint32_t index);
  NodeId row_points(const sema::RowPoints& points, NodeId maximum);
  NodeId rounded(NodeId value, const std::optional<Rational>& step, Rounding mode);
  NodeId score_met(const sema::Met& form, std::uint32_t index);
  NodeId score_table(const sema::ScoreTable& form, std::uint32_t index);
  NodeId score_choice(const sema::LevelChoice& form, std::uint32_t index);
  NodeId score_judged(const sema::Judged& form);
  NodeId score_per_unit(const sema::PerUnit& form, std::uint32_t index);
  NodeId score_proportional(const sema::Proportional& form, std::uint32_t index);
  NodeId score_formula(const sema::FormulaScore& form, std::uint32_t index);
  NodeId take_losses(NodeId value, std::uint32_t criterion, std::uint32_t group, std::uint32_t parent);
  /// Booleans of which one holds when the cause is given; "did not arise" is the rest.
  struct Causes {
    std::vector<NodeId> not_yet_due, excluded;
  };
  /// A criterion or group as its group sees it. Booleans are kNone where they never hold.
  struct Item {
    NodeId points = kNone;            ///< never left out; 0 where they are shared out
    NodeId maximum = kNone;
    NodeId left_out = kNone;
    Causes causes;                    ///< of its being left out
    NodeId shared_in_group = kNone, shared_in_sheet = kNone;
    NodeId inside_sheet = kNone;      ///< a group: what of its maximum has gone to the whole sheet from inside; kNone for nothing
  };
  /// Maxima of the items that are shared out in the group, over the sheet, and that stay.
  struct Shares {
    NodeId in_group, in_sheet, rest;
  };
  Item treat(NodeId value, NodeId maximum, NodeId full_points, const sema::Treatments& treatments, Causes causes);
  /// States of the fields that are read, where `chosen` (a Boolean, or kNone for always) holds.
  void collect_states(sema::ExprId id, NodeId chosen, Causes& causes);
  void collect_states_of_field(std::uint32_t field, NodeId chosen, Causes& causes);
  Causes causes_of_scoring(const sema::Scoring& scoring);
  Causes causes_of_members(const std::vector<Item>& items);
  Item treated_formula(std::uint32_t group, std::uint32_t seen);
  Item treated_sum(std::uint32_t group, const std::vector<Item>& items, std::uint32_t seen);
  bool is_zero(NodeId id) const;
  /// points × scale ÷ rest; left out where nothing rests.
  NodeId shared_out(NodeId points, NodeId scale, NodeId rest);
  /// Points never pass their maxima, so this changes no value; it keeps the bounds of what is missing within what is possible.
  NodeId within_sheet(NodeId points, NodeId sheet);
  Shares shares_of(const std::vector<Item>& items);
  /// Maxima of the criteria in the group, at any depth, that are not left out.
  NodeId applicable_maximum(std::uint32_t group);
  NodeId sum_of(const std::vector<Item>& items, bool highest_only);
  std::vector<std::uint32_t> children_groups(std::uint32_t group) const;

  // lower_rating.cpp
  void lower_rating();
  NodeId level_condition(const sema::Level& level);
  NodeId band_levels(const sema::Rating& rating);
  NodeId apply_needs(const sema::Rating& rating, NodeId levels);
  NodeId need_with_policy(const sema::Rating& rating, NodeId levels, const std::vector<NodeId>& conditions);
  NodeId exactly(NodeId levels, std::uint32_t level);
  /// Bars, lowerings, caps and forces; rules in `suspended` act only where their node there is false.
  NodeId apply_effects(const sema::Rating& rating, NodeId levels, const std::map<const sema::Rule*, NodeId>& suspended);
  /// What bounds a decision: the level come to, or the one below the band where none is come to.
  NodeId bound_by_conditions(NodeId band, NodeId after_needs, std::uint32_t last);
  NodeId hand_over(const sema::Rating& rating, NodeId band, NodeId after_needs, NodeId levels);
  void lower_rule(const sema::Rule& rule, Role role, std::uint32_t level);
  void lower_rules(const sema::Rating& rating);

  // observables.cpp
  std::uint32_t observe(Observable observable);
  void observe_atoms(sema::ExprId id, std::uint32_t parent, const std::vector<std::string>& clauses);
  void observe_readings();
  /// What an option of an open choice says, where it says more than its label.
  Bilingual chosen_in_words(std::uint32_t reading, std::uint32_t option) const;

  Graph& graph_;
  Builder build_;
  Options options_;
  struct LoweredNumber {
    NodeId node;
    std::vector<NodeId> must_exist;
  };
  std::map<sema::ExprId, LoweredNumber> lowered_;
  std::vector<NodeId>* must_exist_ = nullptr;      ///< where (phải có) parts are noted while a rule is lowered
  std::vector<NodeId> sheet_no_basis_;             ///< (phải có) parts of points and rules
  std::vector<NodeId> no_total_;                   ///< conditions that leave no total
  std::vector<Item> criterion_items_, group_items_;
  std::vector<NodeId> criterion_points_, group_points_, criterion_scales_, group_maxima_;
  std::vector<NodeId> formula_left_out_;           ///< by group
  bool shares_out_ = false;                        ///< some left-out points are shared out
  std::set<std::uint32_t> criteria_under_way_;
  std::map<const sema::Rule*, NodeId> fired_;
  std::map<const sema::Rule*, std::uint32_t> rule_observables_;
  std::uint32_t rating_observable_ = kNone, total_observable_ = kNone;
};

}  // namespace quy::ir

#pragma once
// What the lowering files share: one subject on its way from the typed form to the graph.

#include <map>
#include <set>
#include <vector>

#include "compiler/ir/builder.h"
#include "compiler/ir/from_typed.h"

namespace quy::ir {

/// A rule's condition, lowered: the condition itself, and whether some part of it marked (phải có) is left out.
struct Condition {
  NodeId node = kNone;
  NodeId no_basis = kNone;   ///< a Boolean, or kNone when no part says (phải có)
};

class Lowering {
 public:
  Lowering(Graph& graph, Options options) : graph_(graph), build_(graph), options_(options) {}
  void run();

 private:
  const sema::Subject& subject() const { return *graph_.subject; }
  const sema::Expr& expr(sema::ExprId id) const { return graph_.subject->exprs[id]; }

  /// Maxima proposed by the rated person must add up to the group's; a record whose do not is rejected.
  void require_maxima_to_close();

  // lower_expr.cpp
  NodeId number(sema::ExprId id);
  NodeId condition(sema::ExprId id);
  /// Lowers a rule's condition and notes its (phải có) parts.
  Condition rule_condition(sema::ExprId id);
  NodeId lower_number(const sema::Expr& e);
  NodeId lower_condition(const sema::Expr& e);
  NodeId lower_compare(const sema::Expr& e);
  NodeId lower_fold(const sema::Expr& e);
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
  /// What a left-out item does, by its treatments; the flags say where its maximum leaves the count.
  struct Item {
    NodeId points = kNone;         ///< never left out
    NodeId maximum = kNone;
    NodeId shared_in_group = kNone;   ///< Boolean: its maximum leaves the group's count; kNone for never
    NodeId leaves_sheet = kNone;      ///< number: how much of the sheet's maximum is shared out; kNone for never
  };
  Item treat(NodeId value, NodeId maximum, const sema::Treatments& treatments, const std::vector<std::uint32_t>& fields);
  std::vector<std::uint32_t> fields_below(NodeId id);
  NodeId sum_of(const std::vector<Item>& items, bool highest_only);
  std::vector<std::uint32_t> children_groups(std::uint32_t group) const;

  // lower_rating.cpp
  struct Guarded {
    Condition condition;
    const sema::Rule* rule = nullptr;
    std::uint32_t amount = 0;      ///< level index, or how many levels
  };
  void lower_rating();
  NodeId band_levels(const sema::Rating& rating);
  NodeId apply_needs(const sema::Rating& rating, NodeId levels);
  NodeId need_with_policy(const sema::Rating& rating, NodeId levels, const std::vector<NodeId>& conditions);
  NodeId exactly(NodeId levels, std::uint32_t level);
  /// Bars, lowerings, caps and forces; rules in `suspended` act only where their node there is false.
  NodeId apply_effects(const sema::Rating& rating, NodeId levels, const std::map<const sema::Rule*, NodeId>& suspended);
  NodeId hand_over(const sema::Rating& rating, NodeId before_effects, NodeId levels);
  NodeId rule_fires(const sema::Rule& rule, Role role, std::uint32_t level);

  // observables.cpp
  std::uint32_t observe(Observable observable);
  void observe_atoms(sema::ExprId id, std::uint32_t parent, const std::vector<std::string>& clauses);
  void observe_readings();

  Graph& graph_;
  Builder build_;
  Options options_;
  std::map<sema::ExprId, NodeId> lowered_;
  std::vector<NodeId>* must_exist_ = nullptr;      ///< where (phải có) parts are noted while a rule is lowered
  std::vector<NodeId> sheet_no_basis_;             ///< (phải có) parts of criteria
  std::vector<NodeId> no_total_;                   ///< conditions that leave no total
  std::vector<Item> criterion_items_, group_items_;
  std::vector<NodeId> criterion_points_, group_points_, criterion_scales_, group_maxima_;
  std::set<std::uint32_t> criteria_under_way_;
  std::map<const sema::Rule*, NodeId> fired_;
  std::map<const sema::Rule*, std::uint32_t> rule_observables_;
  std::uint32_t rating_observable_ = kNone, total_observable_ = kNone;
};

/// A condition or formula in words, both languages, with the labels of its fields.
Bilingual sentence(const sema::Pack& pack, const sema::Subject& subject, sema::ExprId id);

}  // namespace quy::ir

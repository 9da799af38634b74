#pragma once
// Inside the reference evaluator: the three parts of a rating, in the order of docs/language.md §3–§4, §5 and §6.

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "tests/reference/evaluator.h"

namespace quy::reference {

using sema::ExprId;
using sema::kNone;
using syntax::NaCause;
using syntax::NaEffect;

class Evaluation {
 public:
  Evaluation(const sema::Pack& pack, const sema::Subject& subject, const Evidence& evidence)
      : pack_(pack), subject_(subject), evidence_(evidence) {}

  // evaluator.cpp: formulas and conditions. `row` matters only to formulas in the domain of a list.
  Truth truth(ExprId id, std::uint32_t row = kNone) const;
  Value value(ExprId id, std::uint32_t row = kNone) const;
  const std::vector<Row>& rows(std::uint32_t list) const;
  bool holds(ExprId id) const { return truth(id) == Truth::yes; }
  /// Whether a comparison that says (phải có), anywhere in the formula, is left out.
  bool no_basis(ExprId id) const;
  void collect_fields(ExprId id, std::set<std::uint32_t>& fields) const;

  // points.cpp
  Rational criterion_maximum(std::uint32_t criterion) const;
  Rational group_maximum(std::uint32_t group) const;
  Part criterion_part(std::uint32_t criterion) const;
  Part group_part(std::uint32_t group) const;
  std::optional<Rational> total() const;
  std::vector<ExprId> conditions_of_points() const;

  // rating.cpp
  Outcome outcome() const;
  std::vector<ExprId> conditions_of_rating() const;

 private:
  const Datum& datum(std::uint32_t field, std::uint32_t row) const;
  Truth compare(const sema::Expr& expr, std::uint32_t row) const;
  Truth over_rows(const sema::Expr& expr) const;
  Value of_rows(const sema::Expr& expr) const;
  std::vector<Value> values_of_rows(const sema::Expr& expr) const;

  struct Treated {
    Part part;
    std::optional<NaEffect> effect;      ///< how it is treated; nothing when it applies
    bool no_total = false;               ///< it leaves the sheet without a total
    Rational shared_in_sheet;            ///< of a group: maxima that left it for the whole sheet
  };
  struct Sum {
    Rational points, highest;            ///< of the members that stay
    Rational rest;                       ///< their maxima
    Rational shared_in_group, shared_in_sheet;   ///< maxima of those that do not
    bool no_total = false;
    std::optional<NaCause> cause;
  };
  std::vector<ExprId> scoring_exprs(const sema::Scoring& scoring) const;
  std::vector<std::uint32_t> scoring_fields(const sema::Scoring& scoring) const;
  NaCause cause_of(const std::set<std::uint32_t>& fields) const;
  std::optional<Rational> score(std::uint32_t criterion) const;
  Treated treated_criterion(std::uint32_t criterion) const;
  Treated treated_group(std::uint32_t group) const;
  Treated treated_formula(std::uint32_t group) const;
  Treated treated_sum(std::uint32_t group) const;
  Sum sum_of_members(std::uint32_t group) const;
  std::vector<Treated> members(std::uint32_t group) const;
  static Treated treat(Part part, const sema::Treatments& treatments, const Rational& full_points);
  bool loses_all(std::uint32_t criterion, std::uint32_t group) const;
  Rational applicable_maximum(std::uint32_t group) const;

  std::optional<std::uint32_t> band() const;
  std::optional<std::uint32_t> after_conditions(std::optional<std::uint32_t> level) const;
  std::optional<std::uint32_t> limited(std::optional<std::uint32_t> level, const std::vector<std::string>& rules_off) const;
  Outcome rated() const;
  std::optional<std::uint32_t> best_decision(const sema::HandOver& hand_over, const std::vector<std::string>& suspended) const;
  Outcome decision_of(const sema::HandOver& hand_over, std::optional<std::uint32_t> best) const;

  const sema::Pack& pack_;
  const sema::Subject& subject_;
  const Evidence& evidence_;
};

}  // namespace quy::reference

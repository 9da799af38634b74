#pragma once
// One subject as rules look at it: which formulas are the same, what values they can take, where conditions stand.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/sema/typed.h"

namespace quy::lint {

/// The values that a number can take; nothing on a side is no bound.
struct Interval {
  std::optional<Rational> low, high;
};

/// A condition of a rule, with what it belongs to.
struct PlacedCondition {
  sema::ExprId expr = sema::kNone;
  std::uint32_t criterion = sema::kNone;  ///< of a criterion; kNone: of the rating or of a requirement
};

/// A number compared with a constant: `x ≥ 5`, the constant on the right whichever way it was written.
struct Threshold {
  sema::ExprId value = sema::kNone;
  sema::Comparison comparison = sema::Comparison::equal;
  Rational constant;
};

class SubjectView {
 public:
  SubjectView(const sema::Pack& pack, const sema::Subject& subject);

  const sema::Pack& pack() const { return pack_; }
  const sema::Subject& subject() const { return subject_; }
  const sema::Expr& expr(sema::ExprId id) const { return subject_.exprs[id]; }

  /// Equal for formulas that say the same, whatever the order of `và`, `hoặc`, `+`, `×`.
  std::uint32_t key(sema::ExprId id) const { return keys_[id]; }
  const Interval& bounds(sema::ExprId id) const { return bounds_[id]; }
  /// Whether the value can never be above the other: a part declared `không quá` its whole or kept below it by a `yêu cầu`, rows that are counted under a condition.
  bool is_part_of(sema::ExprId part, sema::ExprId whole) const;
  std::optional<Threshold> threshold(sema::ExprId id) const;

  /// Every condition of criteria, of the rating and of requirements, as a whole.
  std::vector<PlacedCondition> conditions() const;
  /// Every node below, shared ones once.
  void visit(sema::ExprId root, const std::function<void(sema::ExprId)>& look) const;
  /// Every formula of the subject: conditions, values of points, priorities.
  std::vector<sema::ExprId> roots() const;
  std::vector<sema::ExprId> roots_of(const sema::Criterion& criterion) const;
  /// Fields that some rule reads, with the wholes that bound them.
  std::set<std::uint32_t> fields_read() const;

 private:
  std::uint32_t make_key(const sema::Expr& expr);
  Interval make_bounds(const sema::Expr& expr) const;
  Interval bounds_of_field(const sema::Expr& expr) const;
  Interval bounds_of_arithmetic(const sema::Expr& expr) const;
  Interval bounds_of_quotient(const sema::Expr& expr) const;

  const sema::Pack& pack_;
  const sema::Subject& subject_;
  void note_requirements();

  std::set<std::pair<std::uint32_t, std::uint32_t>> parts_by_requirement_;  ///< fields: part, whole
  std::vector<std::uint32_t> keys_;
  std::vector<Interval> bounds_;
  std::map<std::string, std::uint32_t> known_;
};

}  // namespace quy::lint

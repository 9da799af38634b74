// A pack and a copy with one rule changed: what refine() proves of all records, beside every record.

#include <fmt/format.h>

#include <algorithm>

#include "analysis/refinement/refinement.h"
#include "runtime/vm/shape.h"
#include "tests/property/harness.h"

namespace quy::property {

using analysis::ClauseVerdict;
using analysis::Relation;
using reference::Outcome;
using reference::Part;
using reference::Result;

namespace {

constexpr int kYear = 2025;
constexpr std::chrono::seconds kLimit{5};

using What = ClauseVerdict::What;

/// A better level than the framework's, a level where it has none, or rated where it is not, or not where it is.
bool breaks(const Outcome& mine, const Outcome& theirs, std::uint32_t last_level) {
  using Kind = Outcome::Kind;
  if ((mine.kind == Kind::not_rated) != (theirs.kind == Kind::not_rated)) return true;
  if (mine.kind != Kind::level) return false;
  return theirs.kind == Kind::level ? mine.level < theirs.level : theirs.kind == Kind::gap && mine.level < last_level;
}

class GridOfRefinement {
 public:
  GridOfRefinement(const RandomPack& framework, const RandomPack& local, const analysis::Refinement& found,
                   GridCounts& counts)
      : framework_(framework),
        local_(local),
        found_(found),
        counts_(counts),
        looser_(framework.subject().criteria.size()) {}

  Difference run(const std::vector<reference::Evidence>& grid) {
    for (const reference::Evidence& record : grid) {
      const Result theirs = reference::evaluate(framework_.pack, framework_.subject(), record);
      const Result mine = reference::evaluate(local_.pack, local_.subject(), record);
      if (!theirs.meets_requirements || !mine.meets_requirements) continue;
      note(mine, theirs);
    }
    return compare();
  }

 private:
  void note(const Result& mine, const Result& theirs) {
    for (std::uint32_t i = 0; i < looser_.size(); ++i)
      if (is_looser(i, mine.criteria[i], theirs.criteria[i])) looser_[i] = true;
    if (!mine.outcome) return;
    const auto last = static_cast<std::uint32_t>(framework_.subject().rating->levels.size() - 1);
    if (breaks(*mine.outcome, *theirs.outcome, last)) breaks_ = true;
  }

  bool deducts(std::uint32_t criterion) const {
    const sema::Subject& subject = framework_.subject();
    for (std::uint32_t group = subject.criteria[criterion].group; group != sema::kNone;
         group = subject.groups[group].parent)
      if (subject.groups[group].sign == sema::Group::Sign::deductions) return true;
    return false;
  }

  bool is_looser(std::uint32_t criterion, const Part& mine, const Part& theirs) const {
    const Rational my_points = mine.points.value_or(Rational(0)), their_points = theirs.points.value_or(Rational(0));
    if (deducts(criterion)) return my_points < their_points;
    const bool full = !mine.applies || my_points >= mine.maximum;
    if (theirs.applies) return my_points > their_points || (full && their_points < theirs.maximum);
    return full && my_points > their_points;
  }

  Difference compare() {
    bool rating_found = false, rating_open = false;
    for (const ClauseVerdict& verdict : found_.verdicts) {
      const bool open = verdict.relation == Relation::not_proved,
                 found = analysis::is_finding(verdict.relation) && !open;
      if (verdict.what == What::criterion) {
        ++(open ? counts_.not_settled : counts_.settled);
        if (!open && found != looser_[verdict.index])
          return fmt::format("refinement: a criterion expected {}, found {}",
                             looser_[verdict.index] ? "looser" : "not looser", found ? "looser" : "not looser");
      } else if (verdict.what == What::rule || verdict.what == What::own_rule || verdict.what == What::rating ||
                 verdict.what == What::level_floor) {
        rating_found = rating_found || found;
        rating_open = rating_open || open;
      }
    }
    ++(rating_open ? counts_.not_settled : counts_.settled);
    if (!rating_open && rating_found != breaks_)
      return fmt::format("refinement: a rating expected {}, found {}", breaks_ ? "broken" : "kept",
                         rating_found ? "broken" : "kept");
    return std::nullopt;
  }

  const RandomPack &framework_, &local_;
  const analysis::Refinement& found_;
  GridCounts& counts_;
  std::vector<bool> looser_;
  bool breaks_ = false;
};

}  // namespace

bool change_one_rule(RandomPack& made, Random& random) {
  std::vector<sema::Expr*> comparisons;
  for (sema::Expr& expr : made.pack.subjects.front().exprs)
    if (expr.op == sema::Op::compare) comparisons.push_back(&expr);
  if (comparisons.empty()) return false;
  sema::Expr& changed = *random.of(comparisons);
  using syntax::Comparison;
  static constexpr Comparison kAll[] = {Comparison::greater_equal, Comparison::greater, Comparison::less_equal,
                                        Comparison::less};
  const bool ordered = std::ranges::find(kAll, changed.comparison) != std::end(kAll);
  if (!ordered) return false;
  changed.comparison = kAll[random.below(4)];
  return true;
}

Difference compare_refinement(const RandomPack& framework, const Compiled& compiled, const RandomPack& local,
                              const Compiled& changed, std::uint64_t most, GridCounts& counts) {
  const auto grid = every_record(framework, compiled, most);
  if (!grid) return std::nullopt;
  analysis::Link link{.local = &changed.module,
                      .framework = &compiled.module,
                      .local_subject = 0,
                      .framework_subject = 0,
                      .local_readings = {},
                      .framework_readings = {},
                      .parts = {},
                      .year = kYear};
  for (std::uint32_t i = 0; i < framework.subject().criteria.size(); ++i) link.parts.push_back({i});
  ++counts.grids;
  counts.records += grid->size();
  try {
    analysis::MonotoneRatings monotone;
    const analysis::Refinement found = analysis::refine(link, kLimit, monotone);
    return GridOfRefinement(framework, local, found, counts).run(*grid);
  } catch (const vm::Unloadable&) {
    return std::nullopt;
  }
}

}  // namespace quy::property

#include "tools/testing/mutants.h"

#include <fmt/format.h>

#include <set>

namespace quy::tools {

using sema::Comparison;
using sema::Expr;
using sema::ExprId;
using sema::kNone;
using sema::Op;
using sema::Subject;

namespace {

struct Sign {
  Comparison from, to;
  const char *from_text, *to_text;
};
constexpr Sign kSigns[] = {
    {Comparison::greater_equal, Comparison::greater, "≥", ">"}, {Comparison::greater, Comparison::greater_equal, ">", "≥"},
    {Comparison::less_equal, Comparison::less, "≤", "<"},       {Comparison::less, Comparison::less_equal, "<", "≤"},
    {Comparison::equal, Comparison::not_equal, "=", "≠"},       {Comparison::not_equal, Comparison::equal, "≠", "="},
};

std::string number_text(const Rational& number) {
  const bool is_percent = number < Rational(1) && number > Rational(-1) && number != Rational(0);
  return is_percent ? (number * Rational(100)).exact_text(',') + "%" : number.exact_text(',');
}

class Maker {
 public:
  Maker(const sema::Pack& pack, const Subject& subject) : pack_(pack), subject_(subject), parents_(subject.exprs.size(), 0) {
    for (const Expr& expr : subject.exprs)
      for (const ExprId child : expr.children) ++parents_[child];
  }

  std::vector<Mutant> run() {
    for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) of_criterion(i);
    owner_ = kNone;
    for (std::uint32_t i = 0; i < subject_.lose_alls.size(); ++i) of_lose_all(i);
    if (subject_.rating) of_rating();
    return std::move(made_);
  }

 private:
  void add(Span span, Bilingual change, std::function<void(Subject&)> apply) {
    made_.push_back({span, std::move(change), owner_, of_rating_, std::move(apply)});
  }

  // ---------------------------------------------------------------- formulas

  /// Every comparison and connective below, each node once.
  void below(ExprId at) {
    if (at == kNone || !met_.insert(at).second) return;
    const Expr& expr = subject_.expr(at);
    if (expr.op == Op::compare) of_comparison(at);
    if (expr.op == Op::logical_and || expr.op == Op::logical_or) of_connective(at);
    if (expr.op == Op::at_least_of) shift_value(at, expr.span);
    if (expr.op == Op::reading) return below(expr.children[pack_.readings[expr.index].info.chosen]);
    for (const ExprId child : expr.children) below(child);
  }

  void of_comparison(ExprId at) {
    const Expr& expr = subject_.expr(at);
    for (const Sign& sign : kSigns)
      if (sign.from == expr.comparison)
        add(expr.span, {fmt::format("{} thành {}", sign.from_text, sign.to_text), fmt::format("{} to {}", sign.from_text, sign.to_text)},
            [at, to = sign.to](Subject& subject) { subject.exprs[at].comparison = to; });
    const ExprId constant = expr.children[1];
    const Op op = subject_.expr(constant).op;
    const bool is_constant = op == Op::number || op == Op::date || op == Op::step;
    const bool alone = parents_[constant] == 1;   // a node shared with another comparison would change that too
    if (is_constant && alone && subject_.expr(constant).type.kind != sema::Type::Kind::code) shift_value(constant, expr.span);
  }

  /// By one; a ratio by one percent. A step of a scale stays within it as far as the machine compares numbers.
  void shift_value(ExprId constant, Span span) {
    const Expr& expr = subject_.expr(constant);
    const bool is_ratio = expr.op == Op::number && expr.type.unit.empty() && !expr.value.is_integer();
    const Rational by = is_ratio ? Rational(1) / Rational(100) : Rational(1);
    for (const Rational& value : {expr.value - by, expr.value + by}) {
      const bool shows_as_number = expr.op == Op::number || expr.op == Op::at_least_of;
      Bilingual change = value < expr.value ? Bilingual{"hạ ngưỡng một bậc", "threshold one step down"} : Bilingual{"nâng ngưỡng một bậc", "threshold one step up"};
      if (shows_as_number)
        change = {fmt::format("{} thành {}", number_text(expr.value), number_text(value)),
                  fmt::format("{} to {}", number_text(expr.value), number_text(value))};
      if (value < Rational(0)) continue;
      add(span, std::move(change), [constant, value](Subject& subject) { subject.exprs[constant].value = value; });
    }
  }

  void of_connective(ExprId at) {
    const Expr& expr = subject_.expr(at);
    for (std::size_t i = 0; i < expr.children.size() && expr.children.size() > 1; ++i)
      add(subject_.expr(expr.children[i]).span, {"bỏ vế này", "this part dropped"}, [at, i](Subject& subject) {
        std::vector<ExprId>& parts = subject.exprs[at].children;
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
      });
  }

  // ---------------------------------------------------------------- criteria

  void of_criterion(std::uint32_t criterion) {
    owner_ = criterion;
    met_.clear();
    const sema::Scoring& scoring = subject_.criteria[criterion].scoring;
    if (const auto* met = std::get_if<sema::Met>(&scoring)) {
      for (std::size_t i = 0; i < met->conditions.size(); ++i) of_condition(criterion, i);
    } else if (const auto* table = std::get_if<sema::ScoreTable>(&scoring)) {
      for (const sema::TableRow& row : table->rows) below(row.guard);
    }
  }

  void of_condition(std::uint32_t criterion, std::size_t index) {
    const auto& conditions = std::get<sema::Met>(subject_.criteria[criterion].scoring).conditions;
    below(conditions[index]);
    if (conditions.size() < 2) return;
    add(subject_.expr(conditions[index]).span, {"bỏ điều kiện này", "this condition dropped"}, [criterion, index](Subject& subject) {
      auto& met = std::get<sema::Met>(subject.criteria[criterion].scoring);
      met.conditions.erase(met.conditions.begin() + static_cast<std::ptrdiff_t>(index));
      met.clauses.erase(met.clauses.begin() + static_cast<std::ptrdiff_t>(index));
    });
  }

  void of_lose_all(std::uint32_t index) {
    const sema::LoseAll& lose = subject_.lose_alls[index];
    owner_ = lose.criterion;
    met_.clear();
    below(lose.condition);
    add(subject_.expr(lose.condition).span, {"bỏ điều kiện mất hết điểm này", "this loss of all points dropped"},
        [index](Subject& subject) { subject.lose_alls.erase(subject.lose_alls.begin() + index); });
  }

  // ---------------------------------------------------------------- ratings

  void of_rating() {
    of_rating_ = true;
    owner_ = kNone;
    met_.clear();
    const sema::Rating& rating = *subject_.rating;
    for (std::size_t i = 0; i < rating.levels.size(); ++i) of_level(i);
    drop(&sema::Rating::needs);
    drop(&sema::Rating::bars);
    drop(&sema::Rating::lowers);
    drop(&sema::Rating::forces);
    drop(&sema::Rating::hand_overs);
    for (std::size_t i = 0; i < rating.not_rated.size(); ++i) {
      below(rating.not_rated[i].condition);
      add(rating.not_rated[i].span, dropped(), [i](Subject& subject) { erase(subject.rating->not_rated, i); });
    }
    for (std::size_t i = 0; i < rating.bars.size(); ++i) swap_level(&sema::Rating::bars, i);
    for (std::size_t i = 0; i < rating.forces.size(); ++i) swap_level(&sema::Rating::forces, i);
  }

  void of_level(std::size_t index) {
    const sema::Level& level = subject_.rating->levels[index];
    below(level.condition);
    if (!level.floor) return;
    for (const Rational& by : {Rational(-1), Rational(1)}) {
      const Rational floor = *level.floor + by;
      add(level.clauses.span, {fmt::format("“{}” từ {} thành {} điểm", level.label, number_text(*level.floor), number_text(floor)),
                               fmt::format("“{}” from {} to {} points", level.label, number_text(*level.floor), number_text(floor))},
          [index, floor](Subject& subject) { subject.rating->levels[index].floor = floor; });
    }
  }

  static Bilingual dropped() { return {"bỏ quy tắc này", "this rule dropped"}; }

  template <class Item>
  static void erase(std::vector<Item>& items, std::size_t index) {
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
  }

  template <class Item>
  void drop(std::vector<Item> sema::Rating::*rules) {
    const std::vector<Item>& all = (*subject_.rating).*rules;
    for (std::size_t i = 0; i < all.size(); ++i) {
      below(all[i].rule.condition);
      add(all[i].rule.span, dropped(), [rules, i](Subject& subject) { erase((*subject.rating).*rules, i); });
    }
  }

  template <class Item>
  void swap_level(std::vector<Item> sema::Rating::*rules, std::size_t index) {
    const auto& levels = subject_.rating->levels;
    const Item& item = ((*subject_.rating).*rules)[index];
    for (const std::uint32_t level : {item.level - 1, item.level + 1}) {
      if (level >= levels.size()) continue;   // also what lies before the best
      add(item.rule.span, {fmt::format("“{}” thành “{}”", levels[item.level].label, levels[level].label),
                           fmt::format("“{}” to “{}”", levels[item.level].label, levels[level].label)},
          [rules, index, level](Subject& subject) { ((*subject.rating).*rules)[index].level = level; });
    }
  }

  const sema::Pack& pack_;
  const Subject& subject_;
  std::vector<std::uint32_t> parents_;   ///< by expression: how many others read it
  std::set<ExprId> met_;
  std::uint32_t owner_ = kNone;
  bool of_rating_ = false;
  std::vector<Mutant> made_;
};

}  // namespace

std::vector<Mutant> mutants(const sema::Pack& pack, const Subject& subject) { return Maker(pack, subject).run(); }

}  // namespace quy::tools

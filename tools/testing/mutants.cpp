#include "tools/testing/mutants.h"

#include <fmt/format.h>

#include <map>
#include <optional>
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
    {Comparison::greater_equal, Comparison::greater, "≥", ">"},
    {Comparison::greater, Comparison::greater_equal, ">", "≥"},
    {Comparison::less_equal, Comparison::less, "≤", "<"},
    {Comparison::less, Comparison::less_equal, "<", "≤"},
    {Comparison::equal, Comparison::not_equal, "=", "≠"},
    {Comparison::not_equal, Comparison::equal, "≠", "="},
};

struct Way {
  Rounding rounding;
  Bilingual words;
};
const Way kWays[] = {{Rounding::half_up, {"làm tròn gần nhất", "rounded to the nearest"}},
                     {Rounding::down, {"làm tròn xuống", "rounded down"}},
                     {Rounding::up, {"làm tròn lên", "rounded up"}}};
const Bilingual kNotRounded{"bỏ làm tròn", "no longer rounded"};

/// A bare number that is no integer is a ratio: authors write it as a percentage.
bool is_written_in_percent(const Expr& expr) {
  return expr.op == Op::number && expr.type.unit.empty() && !expr.value.is_integer();
}

/// `5 thành 6`; `unit` follows each number.
Bilingual from_to(const Rational& from, const Rational& to, const std::string& unit) {
  return {fmt::format("{0}{2} thành {1}{2}", from.exact_text(','), to.exact_text(','), unit),
          fmt::format("{0}{2} to {1}{2}", from.exact_text('.'), to.exact_text('.'), unit)};
}

/// The constant and its successor as an author writes them.
Bilingual from_to(const Expr& constant, const Rational& to) {
  if (!is_written_in_percent(constant)) return from_to(constant.value, to, constant.type.unit == "%" ? "%" : "");
  return from_to(constant.value * Rational(100), to * Rational(100), "%");
}

template <class Item>
void drop_at(std::vector<Item>& items, std::size_t index) {
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
}

class Maker {
 public:
  Maker(const sema::Pack& pack, const Subject& subject)
      : pack_(pack), subject_(subject), parents_(subject.exprs.size(), 0) {
    for (const Expr& expr : subject.exprs)
      for (const ExprId child : expr.children) ++parents_[child];
  }

  std::vector<Mutant> run() {
    noting_ = true;
    walk();
    noting_ = false;
    walk();
    return std::move(made_);
  }

 private:
  /// Twice: first to note which rules share a formula, then to change what they say.
  void walk() {
    met_.clear();
    of_rating_ = false;
    for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) of_criterion(i);
    for (std::uint32_t i = 0; i < subject_.lose_alls.size(); ++i) of_lose_all(i);
    if (subject_.rating) of_rating();
  }

  void begin(std::uint32_t criterion) {
    owner_ = criterion;
    if (noting_) met_.clear();
  }

  void add(Span span, Bilingual change, std::function<void(Subject&)> apply) {
    if (noting_) return;
    // What several rules share changes the sheet as a whole.
    made_.push_back(
        {span, std::move(change), is_shared_ ? kNone : owner_, of_rating_ && !is_shared_, std::move(apply)});
  }

  // ---------------------------------------------------------------- formulas

  /// Everything below that can be changed, each node once however many rules share it.
  void below(ExprId at) {
    if (at == kNone || !met_.insert(at).second) return;
    const Expr& expr = subject_.expr(at);
    if (noting_) ++owners_[at];
    if (expr.op == Op::reading) return below(expr.children[pack_.readings[expr.index].info.chosen]);
    is_shared_ = owners_[at] > 1;
    change(at);
    is_shared_ = false;
    for (const ExprId child : expr.children) below(child);
  }

  void change(ExprId at) {
    const Expr& expr = subject_.expr(at);
    switch (expr.op) {
      case Op::compare: return of_comparison(at);
      case Op::logical_and:
      case Op::logical_or: return of_connective(at);
      case Op::at_least_of: return shift(at, Rational(1), expr.span);
      case Op::unless: return replace_by(at, expr.children[0], {"bỏ ngoại lệ này", "this exception dropped"});
      case Op::round: return of_rounding(at);
      default: return;
    }
  }

  void of_comparison(ExprId at) {
    const Expr& expr = subject_.expr(at);
    for (const Sign& sign : kSigns)
      if (sign.from == expr.comparison)
        add(expr.span,
            {fmt::format("{} thành {}", sign.from_text, sign.to_text),
             fmt::format("{} to {}", sign.from_text, sign.to_text)},
            [at, to = sign.to](Subject& subject) { subject.exprs[at].comparison = to; });
    for (const std::size_t side : {0U, 1U}) of_threshold(expr.children[side], expr.children[1 - side], expr.span);
  }

  void of_threshold(ExprId constant, ExprId beside, Span span) {
    const Expr& expr = subject_.expr(constant);
    const bool is_constant =
        expr.op == Op::number || expr.op == Op::date || expr.op == Op::step || expr.op == Op::level;
    const bool is_shared = parents_[constant] > 1;  // by another comparison, which would change with it
    if (is_constant && !is_shared && expr.type.kind != sema::Type::Kind::code)
      shift(constant, step_of(expr, subject_.expr(beside)), span);
  }

  /// The step of the field beside the constant, or one unit of the last digit written; of a ratio at least a percent is written.
  Rational step_of(const Expr& constant, const Expr& beside) const {
    if (beside.op == Op::field && subject_.fields[beside.index].info.step)
      return *subject_.fields[beside.index].info.step;
    if (constant.op != Op::number) return Rational(1);
    const bool is_ratio = is_written_in_percent(constant);
    const Rational written = is_ratio ? constant.value * Rational(100) : constant.value;
    const Rational unit = Rational(1) / power_of_ten(written.decimal_places().value_or(0));
    return is_ratio ? unit / Rational(100) : unit;
  }

  void shift(ExprId constant, const Rational& by, Span span) {
    const Expr& expr = subject_.expr(constant);
    const bool shows_as_number = expr.op == Op::number || expr.op == Op::at_least_of;
    const std::optional<Rational> end = end_of(expr);
    for (const Rational& value : {expr.value - by, expr.value + by}) {
      if (value < Rational(0) || (end && value >= *end)) continue;
      const bool down = (value < expr.value) != (expr.op == Op::level);  // of levels the first is the best
      const Bilingual step = down ? Bilingual{"hạ ngưỡng một bậc", "threshold one step down"}
                                  : Bilingual{"nâng ngưỡng một bậc", "threshold one step up"};
      add(span, shows_as_number ? from_to(expr, value) : step,
          [constant, value](Subject& subject) { subject.exprs[constant].value = value; });
    }
  }

  /// How many steps or levels there are to shift among.
  std::optional<Rational> end_of(const Expr& constant) const {
    if (constant.op == Op::step)
      return Rational(static_cast<std::int64_t>(pack_.scales[constant.type.scale].step_ids.size()));
    if (constant.op == Op::level)
      return Rational(static_cast<std::int64_t>(subject_.rating ? subject_.rating->levels.size() : 0));
    return std::nullopt;
  }

  void of_connective(ExprId at) {
    const Expr& expr = subject_.expr(at);
    if (expr.children.size() < 2) return;
    const bool all = expr.op == Op::logical_and;
    add(expr.span,
        all ? Bilingual{"`và` thành `hoặc`", "`and` to `or`"} : Bilingual{"`hoặc` thành `và`", "`or` to `and`"},
        [at, to = all ? Op::logical_or : Op::logical_and](Subject& subject) { subject.exprs[at].op = to; });
    for (std::size_t i = 0; i < expr.children.size(); ++i)
      add(subject_.expr(expr.children[i]).span, {"bỏ vế này", "this part dropped"},
          [at, i](Subject& subject) { drop_at(subject.exprs[at].children, i); });
  }

  void of_rounding(ExprId at) {
    const Expr& expr = subject_.expr(at);
    turn_rounding(expr.span, expr.rounding, [at](Subject& subject) -> Rounding& { return subject.exprs[at].rounding; });
    replace_by(at, expr.children[0], kNotRounded);
  }

  /// The other ways of rounding.
  template <class Place>
  void turn_rounding(Span span, Rounding now, Place place) {
    for (const Way& way : kWays)
      if (way.rounding != now)
        add(span, way.words, [place, to = way.rounding](Subject& subject) { place(subject) = to; });
  }

  void replace_by(ExprId at, ExprId by, Bilingual change) {
    add(subject_.expr(at).span, std::move(change), [at, by](Subject& subject) {
      Expr copy = subject.exprs[by];
      subject.exprs[at] = std::move(copy);
    });
  }

  // ---------------------------------------------------------------- criteria

  void of_criterion(std::uint32_t criterion) {
    begin(criterion);
    std::visit([&](const auto& scoring) { of_scoring(criterion, scoring); }, subject_.criteria[criterion].scoring);
  }

  void of_scoring(std::uint32_t criterion, const sema::Met& met) {
    for (std::size_t i = 0; i < met.conditions.size(); ++i) of_condition(criterion, i);
  }
  void of_scoring(std::uint32_t criterion, const sema::ScoreTable& table) {
    for (const sema::TableRow& row : table.rows) below(row.guard);
    below(table.value);
    of_step<sema::ScoreTable>(criterion, table);
  }
  void of_scoring(std::uint32_t criterion, const sema::Proportional& form) {
    below(form.share);
    of_step<sema::Proportional>(criterion, form);
  }
  void of_scoring(std::uint32_t, const sema::PerUnit& form) { below(form.times); }
  void of_scoring(std::uint32_t, const sema::FormulaScore& form) { below(form.value); }
  void of_scoring(std::uint32_t, const sema::LevelChoice&) {}
  void of_scoring(std::uint32_t, const sema::Judged&) {}

  /// The rounding of a criterion's points.
  template <class Form>
  void of_step(std::uint32_t criterion, const Form& form) {
    if (!form.step) return;
    const Span span = subject_.criteria[criterion].span;
    const auto place = [criterion](Subject& subject) -> Form& {
      return std::get<Form>(subject.criteria[criterion].scoring);
    };
    turn_rounding(span, form.rounding, [place](Subject& subject) -> Rounding& { return place(subject).rounding; });
    add(span, kNotRounded, [place](Subject& subject) { place(subject).step.reset(); });
  }

  void of_condition(std::uint32_t criterion, std::size_t index) {
    const auto& conditions = std::get<sema::Met>(subject_.criteria[criterion].scoring).conditions;
    below(conditions[index]);
    if (conditions.size() < 2) return;
    add(subject_.expr(conditions[index]).span, {"bỏ điều kiện này", "this condition dropped"},
        [criterion, index](Subject& subject) {
          auto& met = std::get<sema::Met>(subject.criteria[criterion].scoring);
          drop_at(met.conditions, index);
          drop_at(met.clauses, index);
        });
  }

  void of_lose_all(std::uint32_t index) {
    const sema::LoseAll& lose = subject_.lose_alls[index];
    begin(lose.criterion);
    below(lose.condition);
    add(subject_.expr(lose.condition).span, {"bỏ điều kiện mất hết điểm này", "this loss of all points dropped"},
        [index](Subject& subject) { drop_at(subject.lose_alls, index); });
  }

  // ---------------------------------------------------------------- ratings

  void of_rating() {
    of_rating_ = true;
    begin(kNone);
    const sema::Rating& rating = *subject_.rating;
    for (std::size_t i = 0; i < rating.levels.size(); ++i) of_level(i);
    drop(&sema::Rating::needs);
    drop(&sema::Rating::bars);
    drop(&sema::Rating::lowers);
    drop(&sema::Rating::forces);
    drop(&sema::Rating::hand_overs);
    for (std::size_t i = 0; i < rating.not_rated.size(); ++i) {
      below(rating.not_rated[i].condition);
      add(rating.not_rated[i].span, dropped(), [i](Subject& subject) { drop_at(subject.rating->not_rated, i); });
    }
    for (std::size_t i = 0; i < rating.needs.size(); ++i) swap_level(&sema::Rating::needs, i);
    for (std::size_t i = 0; i < rating.bars.size(); ++i) swap_level(&sema::Rating::bars, i);
    for (std::size_t i = 0; i < rating.forces.size(); ++i) swap_level(&sema::Rating::forces, i);
  }

  void of_level(std::size_t index) {
    const sema::Level& level = subject_.rating->levels[index];
    below(level.condition);
    if (!level.floor) return;
    for (const Rational& by : {Rational(-1), Rational(1)}) {
      const Rational floor = *level.floor + by;
      const Bilingual change = from_to(*level.floor, floor, "");
      add(level.clauses.span,
          {fmt::format("sàn của “{}”: {}", level.label, change.vi),
           fmt::format("floor of “{}”: {}", level.label, change.en)},
          [index, floor](Subject& subject) { subject.rating->levels[index].floor = floor; });
    }
  }

  static Bilingual dropped() { return {"bỏ quy tắc này", "this rule dropped"}; }

  template <class Item>
  void drop(std::vector<Item> sema::Rating::*rules) {
    const std::vector<Item>& all = (*subject_.rating).*rules;
    for (std::size_t i = 0; i < all.size(); ++i) {
      below(all[i].rule.condition);
      add(all[i].rule.span, dropped(), [rules, i](Subject& subject) { drop_at((*subject.rating).*rules, i); });
    }
  }

  template <class Item>
  void swap_level(std::vector<Item> sema::Rating::*rules, std::size_t index) {
    const auto& levels = subject_.rating->levels;
    const Item& item = ((*subject_.rating).*rules)[index];
    for (const std::uint32_t level : {item.level - 1, item.level + 1}) {
      if (level >= levels.size()) continue;  // also what lies before the best
      add(item.rule.span,
          {fmt::format("“{}” thành “{}”", levels[item.level].label, levels[level].label),
           fmt::format("“{}” to “{}”", levels[item.level].label, levels[level].label)},
          [rules, index, level](Subject& subject) { ((*subject.rating).*rules)[index].level = level; });
    }
  }

  const sema::Pack& pack_;
  const Subject& subject_;
  std::vector<std::uint32_t> parents_;  ///< by expression: how many others read it
  std::set<ExprId> met_;
  std::uint32_t owner_ = kNone;
  bool of_rating_ = false, noting_ = false, is_shared_ = false;
  std::map<ExprId, int> owners_;  ///< how many criteria, and the rating, read an expression
  std::vector<Mutant> made_;
};

}  // namespace

std::vector<Mutant> mutants(const sema::Pack& pack, const Subject& subject) { return Maker(pack, subject).run(); }

}  // namespace quy::tools

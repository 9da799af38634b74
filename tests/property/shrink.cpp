#include "tests/property/shrink.h"

#include <fmt/format.h>

#include <algorithm>

namespace quy::property {

using reference::Datum;
using reference::Evidence;
using sema::Expr;
using sema::ExprId;
using sema::kNone;
using sema::Op;
using sema::Subject;
using sema::Type;

namespace {

class Shrinker {
 public:
  Shrinker(RandomPack& made, Evidence& evidence, const std::function<bool()>& fails)
      : made_(made), evidence_(evidence), fails_(fails), subject_(made.pack.subjects.front()) {}

  void run() {
    for (int round = 0; round < 12; ++round) {
      progress_ = false;
      drop_rules();
      simplify_points();
      simplify_formulas();
      simplify_evidence();
      if (!progress_) return;
    }
  }

 private:
  /// Keeps the change when the case still fails.
  void attempt(const std::function<void()>& change) {
    const Subject before = subject_;
    const Evidence evidence_before = evidence_;
    change();
    bool still = false;
    try {
      still = is_valid(made_) && fails_();
    } catch (const std::exception&) {
      still = false;   // a change that makes no sense
    }
    if (still) {
      progress_ = true;
    } else {
      subject_ = before;
      evidence_ = evidence_before;
    }
  }

  template <typename T>
  void drop_each(std::vector<T> sema::Rating::*rules) {
    for (std::size_t i = ((*subject_.rating).*rules).size(); i-- > 0;) {
      attempt([&] {
        auto& list = (*subject_.rating).*rules;
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
      });
    }
  }

  void drop_rules() {
    if (subject_.rating) {
      drop_each(&sema::Rating::needs);
      drop_each(&sema::Rating::bars);
      drop_each(&sema::Rating::lowers);
      drop_each(&sema::Rating::caps);
      drop_each(&sema::Rating::forces);
      drop_each(&sema::Rating::hand_overs);
      drop_each(&sema::Rating::not_rated);
      attempt([&] { subject_.rating.reset(); });
    }
    for (std::size_t i = subject_.lose_alls.size(); i-- > 0;) {
      attempt([&] { subject_.lose_alls.erase(subject_.lose_alls.begin() + static_cast<std::ptrdiff_t>(i)); });
    }
    attempt([&] {
      subject_.requirements.clear();
      subject_.requirement_labels.clear();
    });
  }

  /// In place of the points of something that is gone.
  static Expr one(const Expr& instead_of) {
    Expr made;
    made.span = instead_of.span;
    made.value = 1;
    return made;
  }

  void drop_criterion(std::uint32_t index) {
    subject_.criteria.erase(subject_.criteria.begin() + index);
    std::erase_if(subject_.lose_alls, [&](const sema::LoseAll& loss) { return loss.criterion == index; });
    for (sema::LoseAll& loss : subject_.lose_alls) {
      if (loss.criterion != kNone && loss.criterion > index) --loss.criterion;
    }
    for (Expr& expr : subject_.exprs) {
      if (expr.op != Op::points_of || expr.flag) continue;
      if (expr.index == index) expr = one(expr);
      else if (expr.index > index) --expr.index;
    }
  }

  void drop_group(std::uint32_t index) {
    for (const sema::Criterion& criterion : subject_.criteria) {
      if (criterion.group == index) throw std::logic_error("not empty");
    }
    for (const sema::Group& group : subject_.groups) {
      if (group.parent == index) throw std::logic_error("not empty");
    }
    subject_.groups.erase(subject_.groups.begin() + index);
    std::erase_if(subject_.lose_alls, [&](const sema::LoseAll& loss) { return loss.group == index; });
    const auto shift = [&](std::uint32_t& group) {
      if (group != kNone && group > index) --group;
    };
    for (sema::LoseAll& loss : subject_.lose_alls) shift(loss.group);
    for (sema::Criterion& criterion : subject_.criteria) shift(criterion.group);
    for (sema::Group& group : subject_.groups) shift(group.parent);
    for (Expr& expr : subject_.exprs) {
      if (expr.op != Op::points_of || !expr.flag) continue;
      if (expr.index == index) expr = one(expr);
      else shift(expr.index);
    }
  }

  void simplify_points() {
    for (std::uint32_t i = static_cast<std::uint32_t>(subject_.criteria.size()); i-- > 0;) {
      attempt([&] { drop_criterion(i); });
    }
    for (std::uint32_t i = static_cast<std::uint32_t>(subject_.groups.size()); i-- > 0;) {
      const auto try_drop = [&] {
        const bool used = std::any_of(subject_.criteria.begin(), subject_.criteria.end(), [&](const auto& c) { return c.group == i; }) ||
                          std::any_of(subject_.groups.begin(), subject_.groups.end(), [&](const auto& g) { return g.parent == i; });
        if (!used) drop_group(i);
      };
      attempt(try_drop);
    }
    for (std::size_t i = 0; i < subject_.groups.size(); ++i) {
      if (subject_.groups[i].least_share) attempt([&] { subject_.groups[i].least_share.reset(); });
      if (subject_.groups[i].highest_only) attempt([&] { subject_.groups[i].highest_only = false; });
      if (subject_.groups[i].maximum && subject_.groups[i].formula == kNone) attempt([&] { subject_.groups[i].maximum.reset(); });
    }
    for (std::size_t i = 0; i < subject_.criteria.size(); ++i) {
      if (subject_.criteria[i].coefficient != Rational(1)) attempt([&] { subject_.criteria[i].coefficient = 1; });
      if (auto* met = std::get_if<sema::Met>(&subject_.criteria[i].scoring); met && met->conditions.size() > 1) {
        attempt([&] {
          auto& form = std::get<sema::Met>(subject_.criteria[i].scoring);
          form.conditions.pop_back();
          form.clauses.pop_back();
        });
      }
      if (auto* table = std::get_if<sema::ScoreTable>(&subject_.criteria[i].scoring)) {
        for (std::size_t row = table->rows.size() - 1; row-- > 0;) {
          attempt([&] {
            auto& rows = std::get<sema::ScoreTable>(subject_.criteria[i].scoring).rows;
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(row));
          });
        }
        attempt([&] { std::get<sema::ScoreTable>(subject_.criteria[i].scoring).step.reset(); });
      }
    }
  }

  void simplify_formulas() {
    for (ExprId id = static_cast<ExprId>(subject_.exprs.size()); id-- > 0;) {
      const Expr original = subject_.exprs[id];
      const bool is_condition = original.type.kind == Type::Kind::boolean;
      const auto replace = [&](Expr with) {
        attempt([&] {
          with.span = original.span;
          subject_.exprs[id] = std::move(with);
        });
      };
      const bool constant = original.op == Op::truth || original.op == Op::number || original.op == Op::field;
      if (!constant && (is_condition || original.type.kind == Type::Kind::number)) {
        Expr simple;
        simple.op = is_condition ? Op::truth : Op::number;
        simple.type = original.type;
        simple.flag = true;
        replace(simple);
        simple.flag = false;
        simple.value = 1;
        if (same(subject_.exprs[id], original)) replace(simple);
      }
      for (const ExprId child : original.children) {
        if (!same(subject_.exprs[id], original)) break;
        if (subject_.exprs[child].type == original.type && subject_.exprs[child].list == original.list) replace(subject_.exprs[child]);
      }
      if (same(subject_.exprs[id], original) && original.children.size() > 2 && (original.op == Op::logical_and || original.op == Op::logical_or)) {
        for (std::size_t drop = 0; drop < 3 && same(subject_.exprs[id], original); ++drop) {
          Expr fewer = original;
          fewer.children.erase(fewer.children.begin() + static_cast<std::ptrdiff_t>(drop % fewer.children.size()));
          replace(fewer);
        }
      }
    }
  }

  static bool same(const Expr& a, const Expr& b) { return a.op == b.op && a.children == b.children && a.flag == b.flag && a.value == b.value; }

  void simplify_evidence() {
    for (std::size_t list = 0; list < evidence_.lists.size(); ++list) {
      const std::size_t rows = evidence_.lists[list] ? evidence_.lists[list]->size() : 0;
      for (std::size_t row = rows; row-- > 0;) {
        attempt([&] { evidence_.lists[list]->erase(evidence_.lists[list]->begin() + static_cast<std::ptrdiff_t>(row)); });
      }
    }
    for (std::size_t field = 0; field < evidence_.fields.size(); ++field) {
      const bytecode::Field& info = subject_.fields[field].info;
      if (info.list != kNone || info.kind == bytecode::FieldKind::text) continue;
      const Datum low = Datum::of(info.low);
      if (!(evidence_.fields[field] == low) && info.place != bytecode::FieldPlace::decision) attempt([&] { evidence_.fields[field] = low; });
    }
    for (std::uint32_t field = 0; field < subject_.fields.size(); ++field) {
      const bytecode::Field& info = subject_.fields[field].info;
      const bool is_left_out = info.list != kNone || evidence_.fields[field].state == Datum::State::left_out;
      if (info.may_be_left_out && !is_left_out) attempt([&] { subject_.fields[field].info.may_be_left_out = false; });
    }
  }

  RandomPack& made_;
  Evidence& evidence_;
  const std::function<bool()>& fails_;
  Subject& subject_;
  bool progress_ = false;
};

// ---------------------------------------------------------------- in words

class Shower {
 public:
  Shower(const RandomPack& made, const Evidence& evidence) : pack_(made.pack), subject_(made.subject()), evidence_(evidence) {}

  std::string run() {
    fields();
    points();
    if (subject_.rating) rating();
    for (const sema::Rule& rule : subject_.requirements) out_ += fmt::format("require {}\n", text(rule.condition));
    return out_;
  }

 private:
  static std::string datum(const Datum& datum) {
    static const char* const causes[] = {"excluded", "did not arise", "not yet due"};
    if (datum.state == Datum::State::missing) return "missing";
    if (datum.state == Datum::State::left_out) return causes[static_cast<int>(datum.cause)];
    return datum.text.empty() ? datum.number.exact_text() : datum.text;
  }

  void fields() {
    static const char* const kinds[] = {"boolean", "count", "number", "percentage", "points", "money", "days", "date", "text", "step", "code", "level", "criterion"};
    for (std::size_t i = 0; i < subject_.fields.size(); ++i) {
      const bytecode::Field& info = subject_.fields[i].info;
      out_ += fmt::format("f{} : {} {}..{} digits {}{}{}{}", i, kinds[static_cast<int>(info.kind)], info.low.exact_text(), info.high.exact_text(),
                          info.digits, info.may_be_left_out ? ", may be left out" : "",
                          info.place == bytecode::FieldPlace::evidence ? "" : fmt::format(", place {}", static_cast<int>(info.place)),
                          info.at_most_field == kNone ? "" : fmt::format(", at most f{}", info.at_most_field));
      out_ += info.list == kNone ? " = " + datum(evidence_.fields[i]) + "\n" : fmt::format(" of l{}\n", info.list);
    }
    for (std::size_t i = 0; i < subject_.lists.size(); ++i) {
      out_ += fmt::format("l{} =", i);
      if (!evidence_.lists[i]) out_ += " missing";
      if (evidence_.lists[i]) {
        for (const reference::Row& row : *evidence_.lists[i]) {
          out_ += " {";
          for (std::size_t f = 0; f < row.size(); ++f) out_ += fmt::format(" f{} {}", subject_.lists[i].fields[f], datum(row[f]));
          out_ += " }";
        }
      }
      out_ += "\n";
    }
  }

  std::string text(ExprId id) const {
    if (id == kNone) return "otherwise";
    static const char* const signs[] = {"≥", ">", "≤", "<", "=", "≠"};
    const Expr& e = subject_.expr(id);
    const auto joined = [&](const char* with) {
      std::string all = "(";
      for (std::size_t i = 0; i < e.children.size(); ++i) all += (i == 0 ? "" : with) + text(e.children[i]);
      return all + ")";
    };
    const auto call = [&](const std::string& name) { return name + joined("; "); };
    std::string mark;
    if (e.applicability == sema::Applicability::if_any) mark = " (nếu có)";
    if (e.applicability == sema::Applicability::must_exist) mark = " (phải có)";
    switch (e.op) {
      case Op::number:
      case Op::date: return e.value.exact_text();
      case Op::truth: return e.flag ? "true" : "false";
      case Op::text: return '"' + e.text + '"';
      case Op::step: return "step" + e.value.exact_text();
      case Op::level: return "level" + e.value.exact_text();
      case Op::field: return fmt::format("f{}", e.index);
      case Op::table_column: return call(fmt::format("column{}", e.index));
      case Op::reading: return call(fmt::format("reading{}[{}]", e.index, pack_.readings[e.index].info.chosen));
      case Op::points_of: return fmt::format("points of {}{}", e.flag ? "g" : "c", e.index);
      case Op::total_points: return "total";
      case Op::maximum_of: return fmt::format("maximum of c{}", e.index);
      case Op::group_maximum_of: return fmt::format("maximum of g{}", e.index);
      case Op::add: return joined(" + ");
      case Op::subtract: return joined(" − ");
      case Op::multiply: return joined(" × ");
      case Op::divide: return joined(" / ");
      case Op::negate: return "−" + joined("");
      case Op::at_most: return joined(", at most ");
      case Op::at_least: return joined(", at least ");
      case Op::round: return joined("") + fmt::format(", round({}) {}", static_cast<int>(e.rounding), e.value.exact_text());
      case Op::compare: return joined(fmt::format(" {} ", signs[static_cast<int>(e.comparison)]).c_str()) + mark;
      case Op::one_of: return call("one of") + mark;
      case Op::between: return call("between") + mark;
      case Op::logical_and: return joined(" and ");
      case Op::logical_or: return joined(" or ");
      case Op::logical_not: return "not " + joined("");
      case Op::at_least_of: return call("at least " + e.value.exact_text() + " of");
      case Op::working_days: return call("working days");
      case Op::exists: return call(fmt::format("some l{}", e.index));
      case Op::every: return call(fmt::format("every l{}", e.index));
      case Op::share: return call(fmt::format("share l{}", e.index));
      case Op::count: return call(fmt::format("count l{}", e.index));
      case Op::sum: return call(fmt::format("sum l{}", e.index));
      case Op::mean: return call(fmt::format("mean l{}", e.index));
      case Op::largest: return call(fmt::format("largest l{}", e.index));
      case Op::smallest: return call(fmt::format("smallest l{}", e.index));
      case Op::condition: return joined("") + mark;
      case Op::unless: return joined(e.flag ? " unless, then met, " : " unless, then left out, ");
    }
    return "?";
  }

  static std::string treatments(const sema::Treatments& all) {
    static const char* const causes[] = {"excluded", "did not arise", "not yet due"};
    static const char* const effects[] = {"full", "zero", "keep scale", "share in group", "share in sheet", "no total"};
    std::string words;
    for (std::size_t i = 0; i < 3; ++i) {
      if (all.by_cause[i]) words += fmt::format(" {}: {};", causes[i], effects[static_cast<int>(*all.by_cause[i])]);
    }
    return words;
  }

  static std::string rows(const sema::RowPoints& points) { return points.value.exact_text() + (points.share ? " of the maximum" : ""); }

  std::string scoring(const sema::Scoring& form) const {
    std::string words;
    if (const auto* met = std::get_if<sema::Met>(&form)) {
      for (const ExprId id : met->conditions) words += " met when " + text(id);
    } else if (const auto* table = std::get_if<sema::ScoreTable>(&form)) {
      words = " points by " + text(table->value) + " {";
      for (const sema::TableRow& row : table->rows) words += " " + text(row.guard) + ": " + rows(row.points) + ";";
      words += " }";
      if (table->step) words += " round " + table->step->exact_text();
    } else if (const auto* choice = std::get_if<sema::LevelChoice>(&form)) {
      words = fmt::format(" by step f{} {{", choice->field);
      for (const sema::RowPoints& points : choice->points) words += " " + rows(points);
      words += " }";
    } else if (const auto* judged = std::get_if<sema::Judged>(&form)) {
      words = fmt::format(" judged f{}", judged->field);
    } else if (const auto* per_unit = std::get_if<sema::PerUnit>(&form)) {
      words = fmt::format(" {} {} for each {}", per_unit->deducts ? "deduct" : "add", per_unit->points.exact_text(), text(per_unit->times));
      if (per_unit->cap) words += ", at most " + per_unit->cap->exact_text();
    } else if (const auto* proportional = std::get_if<sema::Proportional>(&form)) {
      words = " proportional to " + text(proportional->share);
      if (proportional->step) words += fmt::format(" round({}) {}", static_cast<int>(proportional->rounding), proportional->step->exact_text());
    } else {
      const auto& formula = std::get<sema::FormulaScore>(form);
      words = " points = " + text(formula.value);
      if (formula.may_exceed_to) words += ", may exceed to " + formula.may_exceed_to->exact_text();
    }
    return words;
  }

  void points() {
    static const char* const signs[] = {"plain", "deductions", "bonuses"};
    out_ += "subject:" + treatments(subject_.treatments) + "\n";
    for (std::size_t i = 0; i < subject_.groups.size(); ++i) {
      const sema::Group& group = subject_.groups[i];
      out_ += fmt::format("g{} {} maximum {}{}{}{}{}{}\n", i, signs[static_cast<int>(group.sign)], group.maximum ? group.maximum->exact_text() : "open",
                          group.parent == kNone ? "" : fmt::format(" in g{}", group.parent), group.highest_only ? " highest only" : "",
                          group.least_share ? " at least " + group.least_share->exact_text() + " applicable" : "",
                          group.formula == kNone ? "" : " points = " + text(group.formula), treatments(group.treatments));
    }
    for (std::size_t i = 0; i < subject_.criteria.size(); ++i) {
      const sema::Criterion& criterion = subject_.criteria[i];
      out_ += fmt::format("c{}{} maximum {}{}{}{}\n", i, criterion.group == kNone ? "" : fmt::format(" in g{}", criterion.group),
                          criterion.maximum->exact_text(), criterion.coefficient == Rational(1) ? "" : " coefficient " + criterion.coefficient.exact_text(),
                          scoring(criterion.scoring), treatments(criterion.treatments));
    }
    for (const sema::LoseAll& loss : subject_.lose_alls) {
      out_ += fmt::format("lose all of {} when {}\n", loss.criterion == kNone ? fmt::format("g{}", loss.group) : fmt::format("c{}", loss.criterion),
                          text(loss.condition));
    }
  }

  static std::string cited(const sema::Clauses& clauses) { return clauses.ids.empty() ? "" : " cites " + clauses.ids.front(); }

  void rating() {
    static const char* const policies[] = {"no level", "next lower", "down to the end"};
    const sema::Rating& rating = *subject_.rating;
    for (std::size_t i = 0; i < rating.levels.size(); ++i) {
      const sema::Level& level = rating.levels[i];
      out_ += fmt::format("level{}{}{}{}\n", i, level.floor ? " from " + level.floor->exact_text() : "",
                          level.condition == kNone ? "" : " when " + text(level.condition), level.otherwise ? " otherwise" : "");
    }
    out_ += "gap policy:";
    for (const syntax::GapPolicy policy : rating.gap.policies) out_ += fmt::format(" {};", policies[static_cast<int>(policy)]);
    if (rating.gap.reading != kNone) out_ += fmt::format(" by reading{}[{}]", rating.gap.reading, pack_.readings[rating.gap.reading].info.chosen);
    out_ += "\n";
    const auto rule = [&](const std::string& what, const sema::Rule& one) { out_ += what + " when " + text(one.condition) + cited(one.clauses) + "\n"; };
    for (const auto& need : rating.needs) rule(fmt::format("level{} needs", need.level), need.rule);
    for (const auto& bar : rating.bars) rule(fmt::format("bar level{}", bar.level), bar.rule);
    for (const auto& lower : rating.lowers) rule(fmt::format("lower by {}", lower.by), lower.rule);
    for (const auto& cap : rating.caps) out_ += "cap " + text(cap.level) + "\n";
    for (const auto& force : rating.forces) rule(fmt::format("force level{}", force.level), force.rule);
    for (const auto& hand_over : rating.hand_overs) {
      rule(fmt::format("hand over f{} in place of {}", hand_over.decision, fmt::join(hand_over.in_place_of, ", ")), hand_over.rule);
    }
    for (const auto& one : rating.not_rated) rule("not rated", one);
  }

  const sema::Pack& pack_;
  const Subject& subject_;
  const Evidence& evidence_;
  std::string out_;
};

}  // namespace

void shrink(RandomPack& made, Evidence& evidence, const std::function<bool()>& fails) { Shrinker(made, evidence, fails).run(); }

std::string show(const RandomPack& made, const Evidence& evidence) { return Shower(made, evidence).run(); }

}  // namespace quy::property

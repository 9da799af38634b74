#include "compiler/sema/verify.h"

#include <algorithm>

namespace quy::sema {
namespace {

bool is_fold(Op op) {
  return op == Op::exists || op == Op::every || op == Op::share || op == Op::count || op == Op::sum || op == Op::mean ||
         op == Op::largest || op == Op::smallest;
}

class SubjectVerifier {
 public:
  SubjectVerifier(const Pack& pack, const Subject& subject, std::vector<std::string>& problems)
      : pack_(pack), subject_(subject), problems_(problems) {}

  void run() {
    for (std::uint32_t i = 0; i < subject_.exprs.size(); ++i) check_expr(i);
    for (const Field& field : subject_.fields) check_field(field);
    for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
      const Group& group = subject_.groups[i];
      require(group.parent == kNone || group.parent < i, "group " + group.id + ": parent does not precede it");
      number(group.formula, "formula of group " + group.id);
    }
    for (const Criterion& criterion : subject_.criteria) check_criterion(criterion);
    for (const LoseAll& loss : subject_.lose_alls) {
      require((loss.criterion == kNone) != (loss.group == kNone), "a loss concerns one criterion or one group");
      require(loss.criterion == kNone || loss.criterion < subject_.criteria.size(), "loss: criterion out of range");
      require(loss.group == kNone || loss.group < subject_.groups.size(), "loss: group out of range");
      condition(loss.condition, "loss");
    }
    for (const Rule& rule : subject_.requirements) condition(rule.condition, "requirement");
    require(subject_.requirements.size() == subject_.requirement_labels.size(), "labels beside requirements");
    if (subject_.rating) check_rating(*subject_.rating);
  }

 private:
  void require(bool holds, const std::string& what) {
    if (!holds) problems_.push_back(subject_.id + ": " + what);
  }

  std::string at(std::uint32_t id) const { return "expression " + std::to_string(id); }
  const Expr& child(const Expr& e, std::size_t index) const { return subject_.exprs[e.children[index]]; }

  void check_expr(std::uint32_t id) {
    const Expr& e = subject_.exprs[id];
    for (ExprId other : e.children) {
      require(other < id, at(id) + ": child does not precede it");
      if (other >= id) return;
    }
    require(e.list == kNone || e.list < subject_.lists.size(), at(id) + ": list out of range");
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      std::uint32_t domain = child(e, i).list;
      std::uint32_t allowed = is_fold(e.op) ? e.index : e.list;
      require(domain == kNone || domain == allowed, at(id) + ": child of another domain");
    }
    check_type_index(id, e);
    check_children(id, e);
  }

  void check_type_index(std::uint32_t id, const Expr& e) {
    if (e.type.kind == Type::Kind::step) require(e.type.scale < pack_.scales.size(), at(id) + ": scale out of range");
    if (e.type.kind == Type::Kind::code) require(e.type.scale < pack_.tables.size(), at(id) + ": table out of range");
    if (e.op == Op::field) require(e.index < subject_.fields.size(), at(id) + ": field out of range");
    if (e.op == Op::reading) require(e.index < pack_.readings.size(), at(id) + ": reading out of range");
    if (is_fold(e.op)) require(e.index < subject_.lists.size(), at(id) + ": list out of range");
    if (e.op == Op::maximum_of) require(e.index < subject_.criteria.size(), at(id) + ": criterion out of range");
    if (e.op == Op::group_maximum_of) require(e.index < subject_.groups.size(), at(id) + ": group out of range");
    if (e.op == Op::points_of)
      require(e.index < (e.flag ? subject_.groups.size() : subject_.criteria.size()), at(id) + ": item out of range");
  }

  void count(std::uint32_t id, const Expr& e, std::size_t least, std::size_t most) {
    require(e.children.size() >= least && e.children.size() <= most, at(id) + ": wrong number of children");
  }

  void check_children(std::uint32_t id, const Expr& e) {
    constexpr std::size_t kAny = static_cast<std::size_t>(-1);
    switch (e.op) {
      case Op::number:
      case Op::truth:
      case Op::text:
      case Op::date:
      case Op::step:
      case Op::level:
      case Op::field:
      case Op::points_of:
      case Op::total_points:
      case Op::maximum_of:
      case Op::group_maximum_of: count(id, e, 0, 0); break;
      case Op::table_column:
      case Op::negate:
      case Op::round:
      case Op::logical_not:
      case Op::condition: count(id, e, 1, 1); break;
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::at_most:
      case Op::at_least:
      case Op::working_days:
      case Op::unless: count(id, e, 2, 2); break;
      case Op::compare:
        count(id, e, 2, 4);
        require(e.children.size() != 3, at(id) + ": a side to date without its span");
        break;
      case Op::between: count(id, e, 3, 3); break;
      case Op::reading:
        count(id, e, 1, kAny);
        require(e.index >= pack_.readings.size() || e.children.size() == pack_.readings[e.index].info.option_ids.size(),
                at(id) + ": options beside children");
        break;
      case Op::one_of:
      case Op::logical_and:
      case Op::logical_or:
      case Op::at_least_of: count(id, e, 1, kAny); break;
      case Op::exists:
      case Op::every:
      case Op::share:
      case Op::count: count(id, e, 0, 1); break;
      case Op::sum:
      case Op::mean:
      case Op::largest:
      case Op::smallest: count(id, e, 1, 2); break;
    }
    check_types(id, e);
  }

  void check_types(std::uint32_t id, const Expr& e) {
    bool logic = e.op == Op::logical_and || e.op == Op::logical_or || e.op == Op::logical_not || e.op == Op::at_least_of ||
                 e.op == Op::condition || e.op == Op::unless;
    for (std::size_t i = 0; logic && i < e.children.size(); ++i)
      require(child(e, i).type.kind == Type::Kind::boolean, at(id) + ": part of a condition is no condition");
    bool comparison = e.op == Op::compare || e.op == Op::one_of || e.op == Op::at_most || e.op == Op::at_least || e.op == Op::reading;
    const std::size_t sides = e.op == Op::compare ? std::min<std::size_t>(e.children.size(), 3) : e.children.size();
    for (std::size_t i = 1; comparison && i < sides; ++i)
      require(child(e, i).type == child(e, 0).type, at(id) + ": sides of different types");
    bool truth = logic || e.op == Op::compare || e.op == Op::one_of || e.op == Op::between || e.op == Op::exists || e.op == Op::every;
    if (truth) require(e.type.kind == Type::Kind::boolean, at(id) + ": a condition of another type");
    if (e.op == Op::round) require(e.value.sign() > 0, at(id) + ": step not positive");
  }

  void check_field(const Field& field) {
    const bytecode::Field& info = field.info;
    require(info.list == kNone || info.list < subject_.lists.size(), "field " + info.id + ": list out of range");
    require(info.at_most_field == kNone || (info.at_most_field < subject_.fields.size() &&
                                            subject_.fields[info.at_most_field].info.list == info.list),
            "field " + info.id + ": whole out of range or of another domain");
    require(info.kind != bytecode::FieldKind::step || info.scale < pack_.scales.size(), "field " + info.id + ": scale out of range");
    require(info.kind != bytecode::FieldKind::code || info.table < pack_.tables.size(), "field " + info.id + ": table out of range");
  }

  void condition(ExprId id, const std::string& what) { expect(id, Type::Kind::boolean, what); }
  void number(ExprId id, const std::string& what) {
    if (id != kNone) expect(id, Type::Kind::number, what);
  }
  void expect(ExprId id, Type::Kind kind, const std::string& what) {
    require(id < subject_.exprs.size(), what + ": expression out of range");
    if (id >= subject_.exprs.size()) return;
    require(subject_.exprs[id].type.kind == kind, what + ": wrong type");
    require(subject_.exprs[id].list == kNone, what + ": not of the record's domain");
  }

  void check_criterion(const Criterion& criterion) {
    require(criterion.group == kNone || criterion.group < subject_.groups.size(), "criterion " + criterion.id + ": group out of range");
    std::visit([&](const auto& form) { check_form(criterion.id, form); }, criterion.scoring);
  }
  void check_form(const std::string& id, const Met& form) {
    require(!form.conditions.empty() && form.conditions.size() == form.clauses.size(), "criterion " + id + ": clauses beside conditions");
    for (ExprId rule : form.conditions) condition(rule, "criterion " + id);
  }
  void check_form(const std::string& id, const ScoreTable& form) {
    expect(form.value, Type::Kind::number, "table of " + id);
    require(!form.rows.empty() && form.rows.back().guard == kNone, "table of " + id + ": last row is not otherwise");
    for (std::size_t i = 0; i + 1 < form.rows.size(); ++i) condition(form.rows[i].guard, "row of " + id);
  }
  void check_form(const std::string& id, const LevelChoice& form) {
    require(form.field < subject_.fields.size(), "choice of " + id + ": field out of range");
    if (form.field >= subject_.fields.size()) return;
    std::uint32_t scale = subject_.fields[form.field].info.scale;
    require(scale < pack_.scales.size() && pack_.scales[scale].step_ids.size() == form.points.size(), "choice of " + id + ": points beside steps");
  }
  void check_form(const std::string& id, const Judged& form) {
    require(form.field < subject_.fields.size() && subject_.fields[form.field].info.place == bytecode::FieldPlace::score,
            "judged " + id + ": no score field");
  }
  void check_form(const std::string& id, const PerUnit& form) { expect(form.times, Type::Kind::number, "per unit of " + id); }
  void check_form(const std::string& id, const Proportional& form) { expect(form.share, Type::Kind::number, "share of " + id); }
  void check_form(const std::string& id, const FormulaScore& form) { expect(form.value, Type::Kind::number, "formula of " + id); }

  void check_rating(const Rating& rating) {
    auto level = [&](std::uint32_t index) { require(index < rating.levels.size(), "level out of range"); };
    require(rating.declared < pack_.ratings.size(), "rating out of range");
    for (const Level& one : rating.levels)
      if (one.condition != kNone) condition(one.condition, "level " + one.id);
    for (const Need& need : rating.needs) level(need.level), condition(need.rule.condition, "need");
    for (const Force& force : rating.forces) level(force.level), condition(force.rule.condition, "force");
    for (const Bar& bar : rating.bars) level(bar.level), condition(bar.rule.condition, "bar");
    for (const Lower& lower : rating.lowers) condition(lower.rule.condition, "lowering");
    for (const Cap& cap : rating.caps) expect(cap.level, Type::Kind::level, "cap");
    for (const HandOver& rule : rating.hand_overs) {
      condition(rule.rule.condition, "hand-over");
      require(rule.decision < subject_.fields.size(), "hand-over: decision out of range");
    }
    for (const Rule& rule : rating.not_rated) condition(rule.condition, "not rated");
    require(rating.needs.empty() || !rating.gap.policies.empty(), "needs without a gap policy");
  }

  const Pack& pack_;
  const Subject& subject_;
  std::vector<std::string>& problems_;
};

}  // namespace

std::vector<std::string> verify(const Pack& pack) {
  std::vector<std::string> problems;
  for (const Subject& subject : pack.subjects) SubjectVerifier(pack, subject, problems).run();
  for (const Test& test : pack.tests)
    if (!test.source || test.subject >= pack.subjects.size()) problems.push_back("test without subject");
  for (const Reading& reading : pack.readings) {
    if (reading.info.chosen >= reading.info.option_ids.size()) problems.push_back("reading " + reading.info.id + ": choice out of range");
    if (reading.by_profile.size() != pack.profiles.size()) problems.push_back("reading " + reading.info.id + ": not beside the profiles");
  }
  return problems;
}

}  // namespace quy::sema

#include "compiler/sema/print.h"

#include <fmt/format.h>

#include "compiler/sema/field_types.h"

namespace quy::sema {
namespace {

std::string_view sign_text(Comparison comparison) {
  switch (comparison) {
    case Comparison::greater_equal: return ">=";
    case Comparison::greater: return ">";
    case Comparison::less_equal: return "<=";
    case Comparison::less: return "<";
    case Comparison::equal: return "=";
    case Comparison::not_equal: return "!=";
  }
  return "?";
}

std::string_view op_text(Op op) {
  switch (op) {
    case Op::number: return "number";
    case Op::truth: return "truth";
    case Op::text: return "text";
    case Op::date: return "date";
    case Op::step: return "step";
    case Op::level: return "level";
    case Op::field: return "field";
    case Op::table_column: return "column";
    case Op::reading: return "reading";
    case Op::points_of: return "points";
    case Op::total_points: return "total";
    case Op::maximum_of: return "maximum";
    case Op::group_maximum_of: return "group_maximum";
    case Op::add: return "+";
    case Op::subtract: return "-";
    case Op::multiply: return "*";
    case Op::divide: return "/";
    case Op::negate: return "negate";
    case Op::at_most: return "at_most";
    case Op::at_least: return "at_least";
    case Op::round: return "round";
    case Op::compare: return "compare";
    case Op::one_of: return "one_of";
    case Op::between: return "between";
    case Op::logical_and: return "and";
    case Op::logical_or: return "or";
    case Op::logical_not: return "not";
    case Op::at_least_of: return "at_least_of";
    case Op::working_days: return "working_days";
    case Op::exists: return "exists";
    case Op::every: return "every";
    case Op::share: return "share";
    case Op::count: return "count";
    case Op::sum: return "sum";
    case Op::mean: return "mean";
    case Op::largest: return "largest";
    case Op::smallest: return "smallest";
    case Op::condition: return "fact";
    case Op::unless: return "unless";
  }
  return "?";
}

std::string_view effect_text(NaEffect effect) {
  switch (effect) {
    case NaEffect::full_points: return "full";
    case NaEffect::zero_points: return "zero";
    case NaEffect::keep_scale: return "keep";
    case NaEffect::share_in_group: return "group";
    case NaEffect::share_in_sheet: return "sheet";
    case NaEffect::no_total: return "no_total";
  }
  return "?";
}

std::string_view kind_text(bytecode::FieldKind kind) {
  using bytecode::FieldKind;
  switch (kind) {
    case FieldKind::boolean: return "boolean";
    case FieldKind::count: return "count";
    case FieldKind::number: return "number";
    case FieldKind::percentage: return "percentage";
    case FieldKind::points: return "points";
    case FieldKind::money: return "money";
    case FieldKind::days: return "days";
    case FieldKind::date: return "date";
    case FieldKind::text: return "text";
    case FieldKind::step: return "step";
    case FieldKind::code: return "code";
    case FieldKind::level: return "level";
    case FieldKind::criterion: return "criterion";
  }
  return "?";
}

std::string_view place_text(bytecode::FieldPlace place) {
  using bytecode::FieldPlace;
  if (place == FieldPlace::evidence) return "";
  if (place == FieldPlace::score) return "score ";
  if (place == FieldPlace::decision) return "decision ";
  if (place == FieldPlace::exception) return "exception ";
  if (place == FieldPlace::maximum) return "maximum ";
  return "given ";
}

std::string_view mark_text(Applicability mark) {
  if (mark == Applicability::if_any) return " (if any)";
  return mark == Applicability::must_exist ? " (must exist)" : "";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string cites(const Clauses& clauses) { return clauses.ids.empty() ? "" : " [" + joined(clauses.ids) + "]"; }

std::string maximum_text(const std::optional<Rational>& maximum) { return maximum ? maximum->exact_text() : "open"; }

class Printer {
 public:
  Printer(const Pack& pack, const Subject& subject) : pack_(pack), subject_(subject) {}

  std::string subject() {
    line("subject {} \"{}\" kind {}{}", subject_.id, subject_.label, subject_.kind.empty() ? "-" : subject_.kind, cites(subject_.clauses));
    if (!subject_.stages.empty()) line("  stages {}", joined(subject_.stages));
    for (const Field& field : subject_.fields) print_field(field.info);
    for (std::size_t i = 0; i < subject_.requirements.size(); ++i)
      line("  require {} \"{}\"", formula(subject_.requirements[i].condition), subject_.requirement_labels[i]);
    for (const NamedValue& value : subject_.values) line("  let {} = {}", value.name, formula(value.value));
    for (const Group& group : subject_.groups) print_group(group);
    for (const Criterion& criterion : subject_.criteria) print_criterion(criterion);
    for (const LoseAll& loss : subject_.lose_alls)
      line("  lose {} when {}{}", loss.criterion != kNone ? subject_.criteria[loss.criterion].id : subject_.groups[loss.group].id,
           formula(loss.condition), cites(loss.clauses));
    if (subject_.rating) print_rating(*subject_.rating);
    for (const std::string& text : subject_.acknowledged) line("  acknowledged {}", text);
    return std::move(out_);
  }

  std::string formula(ExprId id) const {
    if (id == kNone) return "-";
    const Expr& e = subject_.exprs[id];
    switch (e.op) {
      case Op::number: return e.text.empty() ? constant(e) : e.text;
      case Op::truth: return e.flag ? "true" : "false";
      case Op::text: return "\"" + e.text + "\"";
      case Op::date: return iso_date(static_cast<DayNumber>(*e.value.to_int64()));
      case Op::step: return pack_.scales[e.type.scale].step_ids[index(e.value)];
      case Op::level: return subject_.rating->levels[index(e.value)].id;
      case Op::field: return subject_.fields[e.index].info.id;
      case Op::table_column: return formula(e.children[0]) + "." + pack_.tables[subject_.exprs[e.children[0]].type.scale].column_ids[e.index];
      case Op::points_of: return "points " + (e.flag ? subject_.groups[e.index].id : subject_.criteria[e.index].id);
      case Op::total_points: return "total";
      case Op::maximum_of: return "max " + subject_.criteria[e.index].id;
      case Op::group_maximum_of: return "max " + subject_.groups[e.index].id;
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide: return fmt::format("({} {} {})", formula(e.children[0]), op_text(e.op), formula(e.children[1]));
      case Op::compare:
        return fmt::format("({} {} {}{}){}", formula(e.children[0]), sign_text(e.comparison), formula(e.children[1]),
                           e.per == Per::none ? "" : fmt::format(" per {}", per_id(e.per)), mark_text(e.applicability));
      default: return call(e);
    }
  }

 private:
  template <typename... Arguments>
  void line(fmt::format_string<Arguments...> pattern, Arguments&&... arguments) {
    out_ += fmt::format(pattern, std::forward<Arguments>(arguments)...) + "\n";
  }

  static std::size_t index(const Rational& value) { return static_cast<std::size_t>(*value.to_int64()); }

  std::string constant(const Expr& e) const {
    if (e.type.kind == Type::Kind::code) return "\"" + pack_.tables[e.type.scale].keys[index(e.value)] + "\"";
    std::string unit = e.type.unit.empty() || e.type.unit == "%" ? e.type.unit : " " + e.type.unit;
    return e.value.exact_text() + unit;
  }

  std::string call(const Expr& e) const {
    std::string name(op_text(e.op));
    if (e.op == Op::reading) name += " " + pack_.readings[e.index].info.id;
    if (e.op == Op::at_least_of || e.op == Op::round) name += " " + e.value.exact_text();
    if (e.op == Op::unless && e.flag) name += " as met";
    bool fold = e.op >= Op::exists && e.op <= Op::smallest;
    if (fold) name += " " + subject_.lists[e.index].info.id;
    std::string parts;
    for (ExprId child : e.children) parts += (parts.empty() ? "" : ", ") + formula(child);
    return fmt::format("{}({}){}", name, parts, mark_text(e.applicability));
  }

  void print_field(const bytecode::Field& info) {
    std::string range = is_numeric(info.kind) ? fmt::format(" {}..{} digits {}", info.low.exact_text(), info.high.exact_text(), info.digits) : "";
    if (info.kind == bytecode::FieldKind::step) range = " of " + pack_.scales[info.scale].id;
    if (info.kind == bytecode::FieldKind::code) range = " of " + pack_.tables[info.table].id;
    std::string more;
    if (!info.unit.empty()) more += " \"" + info.unit + "\"";
    if (info.at_most_field != kNone) more += " <= " + subject_.fields[info.at_most_field].info.id;
    if (info.adds_up) more += " adds up";
    if (!info.per.empty()) more += " per " + info.per;
    if (info.step) more += " step " + info.step->exact_text();
    if (info.needs_reason) more += " reason";
    if (info.needs_document) more += " document";
    if (info.may_be_left_out) more += " may be left out";
    std::string domain = info.list == kNone ? "" : subject_.lists[info.list].info.id + ".";
    line("  {}field {}{} : {}{}{}", place_text(info.place), domain, info.id, kind_text(info.kind), range, more);
  }

  std::string treatments(const Treatments& treatments) const {
    std::string text;
    for (std::size_t i = 0; i < treatments.by_cause.size(); ++i) {
      constexpr const char* kCauses[] = {"na", "none", "due"};
      if (treatments.by_cause[i]) text += fmt::format(" {}:{}", kCauses[i], effect_text(*treatments.by_cause[i]));
    }
    return text;
  }

  void print_group(const Group& group) {
    constexpr const char* kSigns[] = {"group", "deductions", "bonuses"};
    std::string parent = group.parent == kNone ? "" : " in " + subject_.groups[group.parent].id;
    line("  {} {}{} max {}{}{}{}", kSigns[static_cast<int>(group.sign)], group.id, parent, maximum_text(group.maximum),
         group.highest_only ? " highest only" : "", treatments(group.treatments), cites(group.clauses));
    if (group.formula != kNone) line("    = {}", formula(group.formula));
  }

  void print_criterion(const Criterion& criterion) {
    std::string group = criterion.group == kNone ? "" : " in " + subject_.groups[criterion.group].id;
    std::string coefficient = criterion.coefficient == Rational(1) ? "" : " times " + criterion.coefficient.exact_text();
    std::string maximum = criterion.proposed_maximum != kNone ? "proposed" : maximum_text(criterion.maximum);
    line("  criterion {}{} max {}{}{}{}", criterion.id, group, maximum, coefficient, treatments(criterion.treatments), cites(criterion.clauses));
    std::visit([&](const auto& form) { print_form(form); }, criterion.scoring);
    if (!criterion.guidance.empty()) line("    guidance \"{}\"", criterion.guidance);
  }
  void print_form(const Met& form) {
    for (std::size_t i = 0; i < form.conditions.size(); ++i) line("    met {}{}", formula(form.conditions[i]), cites(form.clauses[i]));
  }
  std::string points(const RowPoints& points) const {
    return points.share ? (points.value * Rational(100)).exact_text() + "%" : points.value.exact_text();
  }
  void print_form(const ScoreTable& form) {
    line("    table {}{}", formula(form.value), form.step ? " round " + form.step->exact_text() : "");
    for (const TableRow& row : form.rows) line("      {}: {}", row.guard == kNone ? "otherwise" : formula(row.guard), points(row.points));
  }
  void print_form(const LevelChoice& form) {
    const auto& scale = pack_.scales[subject_.fields[form.field].info.scale];
    for (std::size_t i = 0; i < form.points.size(); ++i) line("    choice {}: {}", scale.step_ids[i], points(form.points[i]));
  }
  void print_form(const Judged& form) {
    line("    judged{}", form.presumed ? " presumed " + form.presumed->exact_text() + cites(form.presumed_clauses) : "");
  }
  void print_form(const PerUnit& form) {
    line("    {} {} each {}{}", form.deducts ? "deduct" : "add", form.points.exact_text(), formula(form.times),
         form.cap ? " at most " + form.cap->exact_text() : "");
  }
  void print_form(const Proportional& form) {
    line("    share {}{}", formula(form.share), form.step ? " round " + form.step->exact_text() : "");
  }
  void print_form(const FormulaScore& form) {
    line("    = {}{}", formula(form.value), form.may_exceed_to ? " up to " + form.may_exceed_to->exact_text() : "");
  }

  void print_rating(const Rating& rating) {
    line("  rating {}", pack_.ratings[rating.declared].info.id);
    for (const Level& level : rating.levels) {
      std::string guard = level.floor ? "from " + level.floor->exact_text() : level.otherwise ? "otherwise" : "when " + formula(level.condition);
      line("    level {} {}{}", level.id, guard, cites(level.clauses));
    }
    if (!rating.gap.policies.empty()) {
      std::string policies;
      for (GapPolicy policy : rating.gap.policies) policies += std::string(" ") + kPolicies[static_cast<int>(policy)];
      line("    gap{}{}{}", rating.gap.reading == kNone ? "" : " by " + pack_.readings[rating.gap.reading].info.id, policies, cites(rating.gap.clauses));
    }
    auto level = [&](std::uint32_t at) { return rating.levels[at].id; };
    for (const Need& need : rating.needs) rule("need " + level(need.level), need.rule);
    for (const Bar& bar : rating.bars) rule("bar " + level(bar.level), bar.rule);
    for (const Lower& lower : rating.lowers) rule("lower " + std::to_string(lower.by), lower.rule);
    for (const Cap& cap : rating.caps) line("    cap {}{}", formula(cap.level), cites(cap.clauses));
    for (const Force& force : rating.forces) rule("force " + level(force.level), force.rule);
    for (const HandOver& hand_over : rating.hand_overs) rule("hand over " + joined(hand_over.in_place_of), hand_over.rule);
    for (const Rule& not_rated : rating.not_rated) rule("not rated", not_rated);
  }
  void rule(const std::string& what, const Rule& rule) { line("    {} when {}{}", what, formula(rule.condition), cites(rule.clauses)); }

  static constexpr const char* kPolicies[] = {"no_level", "next_lower", "down_to_the_end"};
  const Pack& pack_;
  const Subject& subject_;
  std::string out_;
};

}  // namespace

std::string print(const Pack& pack, const Subject& subject) { return Printer(pack, subject).subject(); }

std::string print(const Pack& pack, const Subject& subject, ExprId id) { return Printer(pack, subject).formula(id); }

std::string print(const Pack& pack) {
  std::string out = fmt::format("{} {} \"{}\" {}{}{}\n", pack.framework ? "framework" : "set", pack.id, pack.label, pack.version,
                                pack.refines.empty() ? "" : " refines " + pack.refines, pack.profile.empty() ? "" : " profile " + pack.profile);
  for (const bytecode::Document& document : pack.documents)
    out += fmt::format("document {} \"{}\" {}\n", document.name, document.symbol, iso_date(document.date));
  for (const bytecode::Scale& scale : pack.scales) out += fmt::format("scale {} {}\n", scale.id, joined(scale.step_ids));
  for (const bytecode::Table& table : pack.tables) out += fmt::format("table {} {} rows: {}\n", table.id, table.keys.size(), joined(table.column_ids));
  for (const Reading& reading : pack.readings)
    out += fmt::format("reading {} [{}] {{{}}} {} {}{}\n", reading.info.id, reading.info.clause, joined(reading.info.option_ids),
                       reading.info.closed ? "closed" : "takes", reading.info.option_ids[reading.info.chosen],
                       reading.info.chosen_by.empty() ? "" : " by " + reading.info.chosen_by);
  for (const DeclaredRating& rating : pack.ratings)
    for (const bytecode::QuotaInfo& quota : rating.info.quotas)
      out += fmt::format("quota {} {} <= {} of {}{} surplus {}{} [{}]\n", rating.info.id, quota.level, quota.rate, quota.base,
                         quota.base_and_above ? "+" : "", quota.surplus.empty() ? "none" : quota.surplus,
                         quota.raised_to.empty() ? "" : " raised to " + quota.raised_to, joined(quota.clauses));
  for (const Subject& subject : pack.subjects) out += print(pack, subject);
  return out;
}

}  // namespace quy::sema

#include "tests/property/random_pack.h"

#include <algorithm>
#include <stdexcept>

namespace quy::property {

using bytecode::FieldKind;
using bytecode::FieldPlace;
using reference::Datum;
using reference::Evidence;
using sema::Expr;
using sema::ExprId;
using sema::Group;
using sema::kNone;
using sema::Op;
using sema::Subject;
using sema::Type;
using syntax::Applicability;
using syntax::Comparison;
using syntax::GapPolicy;
using syntax::NaCause;
using syntax::NaEffect;

std::uint64_t Random::next() {
  // splitmix64
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

bool may_be_left_out(const Subject& subject, ExprId id) {
  const Expr& expr = subject.expr(id);
  const auto some = [&] { return std::any_of(expr.children.begin(), expr.children.end(), [&](ExprId c) { return may_be_left_out(subject, c); }); };
  const auto every = [&] { return std::all_of(expr.children.begin(), expr.children.end(), [&](ExprId c) { return may_be_left_out(subject, c); }); };
  switch (expr.op) {
    case Op::field: return subject.fields[expr.index].info.may_be_left_out;
    case Op::divide:
    case Op::every:
    case Op::share:
    case Op::mean:
    case Op::largest:
    case Op::smallest: return true;
    case Op::exists:
    case Op::count:
    case Op::sum: return false;
    case Op::logical_and:
    case Op::logical_or:
    case Op::at_least_of: return every();
    case Op::unless: return !expr.flag || may_be_left_out(subject, expr.children[0]);
    case Op::total_points: return true;
    case Op::compare: return expr.children.size() > 2 || some();   // tracked
    default: return some();
  }
}

namespace {

constexpr std::uint32_t kMostExprs = 4000;
const NaCause kCauses[] = {NaCause::not_applicable, NaCause::did_not_arise, NaCause::not_yet_due};

Rational half() { return Rational(1) / Rational(2); }

bool never_negative(const Subject& subject, ExprId id) {
  const Expr& e = subject.expr(id);
  const auto all = [&] { return std::all_of(e.children.begin(), e.children.end(), [&](ExprId c) { return never_negative(subject, c); }); };
  switch (e.op) {
    case Op::number: return e.value >= Rational(0);
    case Op::field: return subject.fields[e.index].info.low >= Rational(0);
    case Op::table_column:
    case Op::count:
    case Op::share:
    case Op::maximum_of: return true;
    case Op::add:
    case Op::multiply:
    case Op::divide:
    case Op::at_most:
    case Op::round: return all();
    case Op::at_least: return never_negative(subject, e.children[0]) || never_negative(subject, e.children[1]);
    case Op::sum:
    case Op::mean:
    case Op::largest:
    case Op::smallest: return never_negative(subject, e.children[0]);
    default: return false;
  }
}

class Maker {
 public:
  Maker(Random& random, const Size& size, const Features& features, RandomPack& made)
      : random_(random), size_(size), features_(features), made_(made), pack_(made.pack), subject_(pack_.subjects.emplace_back()) {}

  void run() {
    std::string lines;
    for (std::uint32_t i = 0; i < kMostExprs; ++i) lines += "x\n";
    SourceProblem problem{};
    file_ = made_.sources.add("random.quy", lines, &problem).value();
    pack_.files.push_back(file_);
    pack_.id = "random";
    pack_.version = "1.0.0";
    pack_.label = "Random";
    pack_.documents.push_back({"random", "1", "", 0});
    subject_.id = "random.subject";
    subject_.label = "Subject";
    subject_.kind = "kind";
    subject_.stages = {"decision"};
    make_declarations();
    make_fields();
    make_points();
    make_rating();
    make_requirements();
  }

 private:
  // ---------------------------------------------------------------- declarations

  void make_declarations() {
    pack_.scales.push_back({"scale", "Scale", {"low", "mid", "high"}, {"Low", "Mid", "High"}});
    pack_.tables.push_back({"table", "Table", {"a", "b", "c"}, {"weight", "half"}, {{Rational(0), Rational(1), Rational(2)}, {half(), half(), Rational(1)}}});
    const DayNumber base = 20000;
    pack_.calendar.holidays = {base + 1};
    pack_.calendar.extra_workdays = {base + 2};
    for (std::uint32_t i = random_.between(0, size_.readings); i > 0; --i) {
      sema::Reading reading;
      reading.info.id = "reading" + std::to_string(i);
      reading.info.label = "Reading";
      reading.info.clause = "R" + std::to_string(i);
      for (std::uint32_t option = random_.between(2, 3); option > 0; --option) {
        reading.info.option_ids.push_back("option" + std::to_string(option));
        reading.info.option_labels.push_back("Option");
      }
      reading.info.chosen = random_.below(static_cast<std::uint32_t>(reading.info.option_ids.size()));
      pack_.readings.push_back(std::move(reading));
    }
    level_count_ = random_.between(2, std::max<std::uint32_t>(2, size_.levels));
  }

  // ---------------------------------------------------------------- evidence

  sema::Field& new_field(FieldKind kind, std::uint32_t list = kNone, FieldPlace place = FieldPlace::evidence) {
    sema::Field& field = subject_.fields.emplace_back();
    const std::uint32_t index = static_cast<std::uint32_t>(subject_.fields.size() - 1);
    field.info.id = "f" + std::to_string(index);
    field.info.name = field.info.id;
    field.info.label = "Field " + std::to_string(index);
    field.info.kind = kind;
    field.info.place = place;
    field.info.list = list;
    field.type.kind = Type::Kind::number;
    const auto range = [&](Rational low, std::uint32_t steps) {
      field.info.low = low;
      field.info.high = low + power_of_ten(-field.info.digits) * Rational(static_cast<std::int64_t>(steps));
    };
    switch (kind) {
      case FieldKind::boolean:
        field.type.kind = Type::Kind::boolean;
        range(0, 1);
        break;
      case FieldKind::count:
        range(0, random_.between(1, 4));
        if (wide()) field.info.high = Rational(1'000'000'000);
        break;
      case FieldKind::number:
        field.info.digits = static_cast<int>(random_.below(3));
        range(random_.percent(70) ? Rational(0) : Rational(-1), random_.between(1, 4));
        if (wide()) {
          field.info.low = random_.percent(50) ? Rational(0) : Rational(-1'000'000'000);
          field.info.high = Rational(1'000'000'000);
          field.info.digits = 4;
        }
        break;
      case FieldKind::percentage:
        field.info.digits = static_cast<int>(random_.below(2));
        range(Rational(78), random_.between(1, 4));
        break;
      case FieldKind::points:
        field.info.digits = 1;
        field.type.unit = "điểm";
        range(Rational(0), random_.between(1, 4));
        break;
      case FieldKind::money:
        field.type.unit = "đồng";
        range(Rational(0), random_.between(1, 3));
        if (wide()) field.info.high = Rational(std::int64_t{1'000'000'000'000'000});
        break;
      case FieldKind::days:
        field.type.unit = "ngày";
        range(Rational(-1), random_.between(1, 3));
        break;
      case FieldKind::date:
        field.type.kind = Type::Kind::date;
        range(Rational(19999 + static_cast<int>(random_.below(3))), random_.between(1, 3));
        break;
      case FieldKind::text: field.type.kind = Type::Kind::text; break;
      case FieldKind::step:
        field.type.kind = Type::Kind::step;
        field.type.scale = field.info.scale = 0;
        range(0, 2);
        break;
      case FieldKind::code:
        field.type.kind = Type::Kind::code;
        field.type.scale = field.info.table = 0;
        range(0, 2);
        break;
      case FieldKind::level:
        field.type.kind = Type::Kind::level;
        range(0, level_count_ - 1);
        break;
      case FieldKind::criterion: throw std::logic_error("not generated");
    }
    const bool gives_way = place == FieldPlace::evidence && features_.left_out;
    field.info.may_be_left_out = gives_way && random_.percent(35);
    return field;
  }

  bool wide() { return features_.wide_fields && random_.percent(8); }

  void make_fields() {
    const std::vector<FieldKind> kinds = {FieldKind::boolean, FieldKind::boolean, FieldKind::count,      FieldKind::count, FieldKind::count,
                                          FieldKind::number,  FieldKind::number,  FieldKind::percentage, FieldKind::points, FieldKind::money,
                                          FieldKind::days,    FieldKind::date,    FieldKind::text,       FieldKind::step,  FieldKind::code};
    for (std::uint32_t i = random_.between(2, std::max<std::uint32_t>(2, size_.fields)); i > 0; --i) new_field(random_.of(kinds));
    if (random_.percent(30)) new_field(FieldKind::boolean, kNone, FieldPlace::exception);
    const std::uint32_t lists = random_.between(0, size_.lists);
    for (std::uint32_t list = 0; list < lists; ++list) {
      sema::List made;
      made.info.id = "l" + std::to_string(list);
      made.info.name = made.info.id;
      made.info.label = "List";
      made.info.of_results = random_.percent(25);
      for (std::uint32_t i = random_.between(1, 3); i > 0; --i) {
        new_field(random_.of(kinds), list);
        made.fields.push_back(static_cast<std::uint32_t>(subject_.fields.size() - 1));
      }
      if (made.info.of_results) {
        new_field(FieldKind::level, list).info.may_be_left_out = features_.left_out;   // one who was not rated
        made.fields.push_back(static_cast<std::uint32_t>(subject_.fields.size() - 1));
      }
      subject_.lists.push_back(std::move(made));
    }
    // `không quá`: a count that is a part of another count beside it.
    for (std::uint32_t part = 0; part < subject_.fields.size(); ++part) {
      for (std::uint32_t whole = 0; whole < part; ++whole) {
        bytecode::Field& a = subject_.fields[part].info;
        const bytecode::Field& b = subject_.fields[whole].info;
        if (a.kind == FieldKind::count && b.kind == FieldKind::count && a.list == b.list && random_.percent(40)) a.at_most_field = whole;
      }
    }
  }

  // ---------------------------------------------------------------- formulas

  ExprId add(Expr expr) {
    const ExprId id = static_cast<ExprId>(subject_.exprs.size());
    expr.span = {file_, 2 * id, 2 * id + 1};
    subject_.exprs.push_back(std::move(expr));
    return id;
  }
  const Expr& expr(ExprId id) const { return subject_.exprs[id]; }

  /// The domain of a formula: rows, when one of its parts lives there.
  std::uint32_t domain(const std::vector<ExprId>& children) const {
    for (const ExprId child : children) {
      if (expr(child).list != kNone) return expr(child).list;
    }
    return kNone;
  }

  ExprId node(Op op, Type type, std::vector<ExprId> children) {
    Expr made;
    made.op = op;
    made.type = std::move(type);
    made.list = domain(children);
    made.children = std::move(children);
    return add(std::move(made));
  }
  ExprId number(Rational value) {
    Expr made;
    made.op = Op::number;
    made.value = std::move(value);
    return add(std::move(made));
  }
  ExprId constant(Op op, Type type, Rational value) {
    Expr made;
    made.op = op;
    made.type = std::move(type);
    made.value = std::move(value);
    return add(std::move(made));
  }
  ExprId field(std::uint32_t index) {
    Expr made;
    made.op = Op::field;
    made.type = subject_.fields[index].type;
    made.type.unit.clear();   // units are sema's business; here every number is bare
    made.list = subject_.fields[index].info.list;
    made.index = index;
    return add(std::move(made));
  }
  static Type boolean() { return {Type::Kind::boolean, "", kNone}; }
  static Type bare() { return {}; }

  /// Fields that a formula in the domain may read, of the wanted types.
  std::vector<std::uint32_t> fields(std::uint32_t list, Type::Kind kind) const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
      const sema::Field& f = subject_.fields[i];
      if (f.type.kind != kind || (f.info.list != kNone && f.info.list != list)) continue;
      if (f.info.place != FieldPlace::evidence) continue;
      found.push_back(i);
      if (f.info.list != kNone) found.push_back(i);   // rather the row's own
    }
    return found;
  }

  /// A number worth comparing with: on the bounds of a field, or one step beside.
  Rational constant_near(std::uint32_t list) {
    const std::vector<std::uint32_t> numbers = fields(list, Type::Kind::number);
    if (numbers.empty() || random_.percent(30)) {
      const std::vector<Rational> some = {Rational(0), Rational(1), half(), Rational(4) / Rational(5), Rational(2), Rational(1) / Rational(3), Rational(3)};
      return random_.of(some);
    }
    const bytecode::Field& info = subject_.fields[random_.of(numbers)].info;
    const Rational step = power_of_ten(-info.digits);
    const Rational offset = step * Rational(static_cast<int>(random_.below(3)));
    return random_.percent(50) ? info.low + offset : info.high - offset;
  }

  Applicability applicability(ExprId compared) {
    if (!may_be_left_out(subject_, compared)) return Applicability::unstated;
    const bool here = features_.must_exist && (features_.must_exist_everywhere || (in_rule_ && expr(compared).list == kNone));
    return here && random_.percent(20) ? Applicability::must_exist : Applicability::if_any;
  }

  ExprId leaf_number(std::uint32_t list) {
    const std::vector<std::uint32_t> numbers = fields(list, Type::Kind::number);
    const std::vector<std::uint32_t> codes = fields(list, Type::Kind::code);
    if (!codes.empty() && random_.percent(15)) {
      const ExprId code = field(random_.of(codes));
      const ExprId column = node(Op::table_column, bare(), {code});
      subject_.exprs[column].index = random_.below(2);
      return column;
    }
    if (numbers.empty() || random_.percent(20)) return number(constant_near(list));
    return field(random_.of(numbers));
  }

  ExprId folded_number(std::uint32_t depth) {
    const std::uint32_t list = random_.below(static_cast<std::uint32_t>(subject_.lists.size()));
    const std::vector<Op> ops = {Op::count, Op::share, Op::sum, Op::mean, Op::largest, Op::smallest};
    Expr made;
    made.op = random_.of(ops);
    made.index = list;
    if (made.op == Op::count || made.op == Op::share) {
      if (made.op == Op::share || random_.percent(70)) made.children = {condition(depth - 1, list)};
    } else {
      made.children = {number_formula(depth - 1, list)};
      if (random_.percent(50)) made.children.push_back(condition(depth - 1, list));
    }
    return add(std::move(made));
  }

  ExprId number_formula(std::uint32_t depth, std::uint32_t list) {
    if (depth == 0 || random_.percent(25)) return leaf_number(list);
    switch (random_.below(11)) {
      case 0:
      case 1:
        if (!subject_.lists.empty()) return folded_number(depth);
        return leaf_number(list);
      case 2: return node(Op::add, bare(), two_numbers(depth, list));
      case 3: return node(Op::subtract, bare(), two_numbers(depth, list));
      case 4: return node(Op::multiply, bare(), two_numbers(depth, list));
      case 5:
      case 6: {
        if (!features_.fractions) return leaf_number(list);
        const ExprId above = number_formula(depth - 1, list);
        ExprId below = number_formula(depth - 1, list);
        if (!never_negative(subject_, below)) below = node(Op::at_least, bare(), {below, number(random_.percent(50) ? Rational(0) : Rational(1))});
        return node(Op::divide, bare(), {above, below});
      }
      case 7: return node(random_.percent(50) ? Op::at_most : Op::at_least, bare(), {number_formula(depth - 1, list), number(constant_near(list))});
      case 8: {
        const std::vector<Rational> steps = {Rational(1), half(), Rational(1) / Rational(4), power_of_ten(-1), Rational(1) / Rational(3)};
        const std::vector<Rounding> modes = {Rounding::half_up, Rounding::down, Rounding::up};
        const ExprId made = node(Op::round, bare(), {number_formula(depth - 1, list)});
        subject_.exprs[made].value = random_.of(steps);
        subject_.exprs[made].rounding = random_.of(modes);
        return made;
      }
      case 9: {
        const std::vector<std::uint32_t> days = fields(list, Type::Kind::date);
        if (!days.empty() && random_.percent(60)) return node(Op::working_days, bare(), {field(random_.of(days)), field(random_.of(days))});
        return node(Op::negate, bare(), {number_formula(depth - 1, list)});
      }
      default:
        if (pack_.readings.empty() || list != kNone) return leaf_number(list);
        return reading(bare(), [&] { return number_formula(depth - 1, list); });
    }
  }

  std::vector<ExprId> two_numbers(std::uint32_t depth, std::uint32_t list) {
    const ExprId a = number_formula(depth - 1, list);
    return {a, number_formula(depth - 1, list)};
  }

  template <typename Option>
  ExprId reading(Type type, const Option& option) {
    const std::uint32_t index = random_.below(static_cast<std::uint32_t>(pack_.readings.size()));
    std::vector<ExprId> options;
    for (std::size_t i = 0; i < pack_.readings[index].info.option_ids.size(); ++i) options.push_back(option());
    const ExprId made = node(Op::reading, std::move(type), std::move(options));
    subject_.exprs[made].index = index;
    return made;
  }

  ExprId compare(std::vector<ExprId> sides, bool ordered = true) {
    const bool out = may_be_left_out(subject_, sides[0]) || may_be_left_out(subject_, sides[1]);
    const ExprId made = node(Op::compare, boolean(), std::move(sides));
    subject_.exprs[made].comparison = ordered ? static_cast<Comparison>(random_.below(6))
                                              : (random_.percent(70) ? Comparison::equal : Comparison::not_equal);
    if (out) subject_.exprs[made].applicability = applicability(made);
    return made;
  }

  /// A comparison or a fact.
  ExprId atom(std::uint32_t depth, std::uint32_t list) {
    const std::uint32_t choice = random_.below(12);
    if (choice == 0) {
      const std::vector<std::uint32_t> days = fields(list, Type::Kind::date);
      if (!days.empty()) {
        const ExprId day = field(random_.of(days));
        const ExprId limit = constant(Op::date, {Type::Kind::date, "", kNone}, Rational(19999 + static_cast<int>(random_.below(5))));
        if (random_.percent(50)) return compare({day, limit});
        const ExprId last = constant(Op::date, {Type::Kind::date, "", kNone}, Rational(20001 + static_cast<int>(random_.below(3))));
        const ExprId made = node(Op::between, boolean(), {day, limit, last});
        subject_.exprs[made].applicability = applicability(made);
        return made;
      }
    }
    if (choice == 1) {
      const std::vector<std::uint32_t> texts = fields(list, Type::Kind::text);
      if (!texts.empty()) {
        const ExprId left = field(random_.of(texts));
        const auto text = [&] {
          const ExprId made = constant(Op::text, {Type::Kind::text, "", kNone}, 0);
          subject_.exprs[made].text = random_.percent(50) ? "one" : "two";
          return made;
        };
        if (random_.percent(30)) return compare({left, field(random_.of(texts))}, false);
        if (random_.percent(50)) return compare({left, text()}, false);
        const ExprId made = node(Op::one_of, boolean(), {left, text(), text()});
        subject_.exprs[made].applicability = applicability(made);
        return made;
      }
    }
    if (choice == 2 || choice == 3) {
      const std::vector<std::uint32_t> steps = fields(list, Type::Kind::step);
      if (!steps.empty()) return ordered_atom(random_.of(steps), Op::step, 3);
      if (const ExprId level = depth == 0 ? kNone : best_or_worst_level(); level != kNone) {
        const ExprId limit = constant(Op::level, expr(level).type, Rational(static_cast<int>(random_.below(level_count_))));
        return compare({level, limit});
      }
      const std::vector<std::uint32_t> levels = fields(list, Type::Kind::level);
      if (!levels.empty()) return ordered_atom(random_.of(levels), Op::level, level_count_);
    }
    if (choice <= 6) {
      const std::vector<std::uint32_t> facts = fields(list, Type::Kind::boolean);
      if (!facts.empty()) {
        const ExprId fact = field(random_.of(facts));
        if (!may_be_left_out(subject_, fact)) return fact;
        const ExprId made = node(Op::condition, boolean(), {fact});
        subject_.exprs[made].applicability = applicability(made);
        return made;
      }
    }
    if (depth > 0 && random_.percent(8)) {
      const ExprId value = number_formula(depth - 1, list);
      const ExprId made = node(Op::one_of, boolean(), {value, number(constant_near(list)), number(constant_near(list))});
      subject_.exprs[made].applicability = applicability(made);
      return made;
    }
    if (features_.left_out && random_.percent(8)) {
      if (const ExprId made = tracked_atom(list); made != kNone) return made;
    }
    const ExprId left = number_formula(depth == 0 ? 0 : depth - 1, list);
    const ExprId right = random_.percent(70) ? number(constant_near(list)) : number_formula(depth == 0 ? 0 : depth - 1, list);
    return random_.percent(85) ? compare({left, right}) : compare({right, left});
  }

  /// A threshold of a span of time that may not be over, for a count that earlier periods add to.
  ExprId tracked_atom(std::uint32_t list) {
    std::uint32_t own = kNone, earlier = kNone, over = kNone;
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
      const bytecode::Field& info = subject_.fields[i].info;
      if (info.place == FieldPlace::evidence && info.kind == FieldKind::count && info.list == kNone && (own == kNone || random_.percent(50))) own = i;
      if (info.place == FieldPlace::span_over) over = i;
    }
    if (own == kNone) return kNone;
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i)
      if (subject_.fields[i].info.earlier_of == own) earlier = i;
    const auto pseudo = [&](FieldKind kind, FieldPlace place) {
      bytecode::Field& info = new_field(kind, kNone, place).info;
      info.per = "year";
      return static_cast<std::uint32_t>(subject_.fields.size() - 1);
    };
    if (over == kNone) over = pseudo(FieldKind::boolean, FieldPlace::span_over);
    if (earlier == kNone) subject_.fields[earlier = pseudo(FieldKind::count, FieldPlace::earlier_in_span)].info.earlier_of = own;
    const ExprId left = field(own), right = number(constant_near(list));
    const ExprId to_date = node(Op::add, expr(left).type, {left, field(earlier)});
    return compare({left, right, to_date, field(over)});
  }

  /// `lớn nhất mức của L`, where there is a list of results.
  ExprId best_or_worst_level() {
    for (std::uint32_t index = 0; index < subject_.fields.size(); ++index) {
      const sema::Field& level = subject_.fields[index];
      if (level.info.list == kNone || level.info.kind != FieldKind::level || random_.percent(50)) continue;
      const ExprId row = field(index);
      Expr made;
      made.op = random_.percent(50) ? Op::largest : Op::smallest;
      made.type = expr(row).type;
      made.index = subject_.fields[index].info.list;
      made.children = {row};
      return add(std::move(made));
    }
    return kNone;
  }

  ExprId ordered_atom(std::uint32_t index, Op op, std::uint32_t count) {
    const ExprId left = field(index);
    const auto item = [&] { return constant(op, expr(left).type, Rational(static_cast<int>(random_.below(count)))); };
    if (random_.percent(70)) return compare({left, item()});
    const ExprId made = node(Op::one_of, boolean(), {left, item(), item()});
    subject_.exprs[made].applicability = applicability(made);
    return made;
  }

  ExprId condition(std::uint32_t depth, std::uint32_t list) {
    if (depth == 0 || random_.percent(30)) return atom(depth, list);
    switch (random_.below(8)) {
      case 0:
      case 1: return node(Op::logical_and, boolean(), some_conditions(depth, list));
      case 2:
      case 3: return node(Op::logical_or, boolean(), some_conditions(depth, list));
      case 4: return node(Op::logical_not, boolean(), {condition(depth - 1, list)});
      case 5: {
        if (subject_.lists.empty()) return atom(depth, list);
        Expr made;
        made.op = random_.percent(50) ? Op::exists : Op::every;
        made.type = boolean();
        made.index = random_.below(static_cast<std::uint32_t>(subject_.lists.size()));
        if (made.op == Op::every || random_.percent(80)) made.children = {condition(depth - 1, made.index)};
        const ExprId fold = add(made);
        if (made.op == Op::exists) return fold;
        const ExprId stated = node(Op::condition, boolean(), {fold});
        subject_.exprs[stated].applicability = applicability(stated);
        return stated;
      }
      case 6: {
        if (random_.percent(50)) {
          std::vector<ExprId> parts = some_conditions(depth, list);
          const Rational least(static_cast<int>(random_.between(1, static_cast<std::uint32_t>(parts.size()))));
          const ExprId made = node(Op::at_least_of, boolean(), std::move(parts));
          subject_.exprs[made].value = least;
          return made;
        }
        for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
          if (subject_.fields[i].info.place != FieldPlace::exception) continue;
          const ExprId rule = condition(depth - 1, list);
          const ExprId made = node(Op::unless, boolean(), {rule, field(i)});
          subject_.exprs[made].flag = random_.percent(50);
          return made;
        }
        return atom(depth, list);
      }
      default:
        if (pack_.readings.empty() || list != kNone) return atom(depth, list);
        return reading(boolean(), [&] { return condition(depth - 1, list); });
    }
  }

  std::vector<ExprId> some_conditions(std::uint32_t depth, std::uint32_t list) {
    std::vector<ExprId> parts;
    for (std::uint32_t i = random_.between(2, 3); i > 0; --i) parts.push_back(condition(depth - 1, list));
    return parts;
  }

  // ---------------------------------------------------------------- points

  sema::Treatments treatments(const sema::Treatments& around, const std::vector<NaEffect>& allowed, bool may_stay_open) {
    sema::Treatments own = around;
    if (!features_.mixed_treatments) return own;
    for (const NaCause cause : kCauses) {
      std::optional<NaEffect>& effect = own.by_cause[static_cast<std::size_t>(cause)];
      if (random_.percent(35)) effect = random_.of(allowed);
      if (!effect && !may_stay_open) effect = random_.of(allowed);
      if (effect && std::find(allowed.begin(), allowed.end(), *effect) == allowed.end()) effect = allowed.front();
    }
    return own;
  }

  void make_points() {
    in_rule_ = false;
    if (size_.criteria == 0 || random_.percent(8)) return;   // a rating by conditions alone
    if (features_.left_out) {
      for (const NaCause cause : kCauses) {
        if (random_.percent(90)) subject_.treatments.by_cause[static_cast<std::size_t>(cause)] = random_.of(kPlainEffects);
      }
      if (!features_.mixed_treatments) subject_.treatments.by_cause.fill(random_.of(kPlainEffects));
    }
    const std::uint32_t groups = random_.between(1, std::max<std::uint32_t>(1, size_.groups));
    for (std::uint32_t i = 0; i < groups; ++i) make_group(i);
    const std::uint32_t criteria = random_.between(1, size_.criteria);
    for (std::uint32_t i = 0; i < criteria; ++i) {
      // Each group gets one, then anywhere.
      std::uint32_t group = i < groups ? i : random_.below(groups);
      if (random_.percent(8)) group = kNone;
      make_criterion(group);
    }
    close_groups();
    const std::uint32_t losses = random_.below(3);
    for (std::uint32_t i = 0; i < losses; ++i) {
      sema::LoseAll loss;
      if (random_.percent(60)) {
        loss.criterion = random_.below(static_cast<std::uint32_t>(subject_.criteria.size()));
      } else {
        loss.group = random_.below(static_cast<std::uint32_t>(subject_.groups.size()));
      }
      loss.condition = condition(size_.depth, kNone);
      loss.clauses = clauses(loss.condition);
      subject_.lose_alls.push_back(std::move(loss));
    }
  }

  void make_group(std::uint32_t index) {
    Group group;
    group.id = "g" + std::to_string(index);
    group.name = group.id;
    group.label = "Group " + std::to_string(index);
    if (index > 0 && features_.nested_groups && random_.percent(40)) {
      group.parent = random_.below(index);
      group.sign = subject_.groups[group.parent].sign;
      if (subject_.groups[group.parent].formula != kNone) group.parent = kNone;
    }
    if (index > 0 && group.parent == kNone && random_.percent(35)) {
      group.sign = random_.percent(50) ? Group::Sign::deductions : Group::Sign::bonuses;
    }
    const sema::Treatments around = group.parent == kNone ? subject_.treatments : declared_[group.parent];
    declared_.push_back(treatments(around, group.sign == Group::Sign::plain ? kPlainEffects : kOtherEffects, true));
    group.treatments = around;   // what a group with nothing left does is declared around it
    if (group.sign == Group::Sign::bonuses) group.highest_only = random_.percent(40);
    if (group.sign == Group::Sign::plain && features_.least_shares && random_.percent(15)) group.least_share = half();
    if (group.sign == Group::Sign::plain && random_.percent(10)) {
      group.formula = number_formula(size_.depth, kNone);
      group.treatments = declared_.back();
      group.least_share.reset();
      group.maximum = Rational(static_cast<int>(random_.between(1, 3)));
    }
    group.clauses.ids = {"G" + std::to_string(index)};
    subject_.groups.push_back(std::move(group));
  }

  void make_criterion(std::uint32_t group) {
    if (group != kNone && subject_.groups[group].formula != kNone) group = kNone;
    const Group::Sign sign = group == kNone ? Group::Sign::plain : subject_.groups[group].sign;
    sema::Criterion criterion;
    const std::size_t index = subject_.criteria.size();
    criterion.id = "c" + std::to_string(index);
    criterion.name = criterion.id;
    criterion.label = "Criterion " + std::to_string(index);
    criterion.group = group;
    const std::vector<Rational> maxima = {Rational(1), Rational(2), Rational(3), Rational(4), Rational(5) / Rational(2)};
    criterion.maximum = random_.of(maxima);
    if (features_.coefficients && random_.percent(15)) criterion.coefficient = random_.percent(50) ? Rational(2) : half();
    const sema::Treatments& around = group == kNone ? subject_.treatments : declared_[group];
    criterion.treatments = treatments(around, sign == Group::Sign::plain ? kPlainEffects : kOtherEffects, random_.percent(15));
    criterion.clauses.ids = {"C" + std::to_string(index)};
    criterion.scoring = scoring(*criterion.maximum, criterion.id);
    subject_.criteria.push_back(std::move(criterion));
  }

  sema::RowPoints row_points(const Rational& maximum) {
    const std::vector<Rational> shares = {Rational(0), Rational(1) / Rational(4), half(), Rational(4) / Rational(5), Rational(1)};
    const Rational share = random_.of(shares);
    return random_.percent(50) ? sema::RowPoints{share, true} : sema::RowPoints{share * maximum, false};
  }

  void maybe_round(std::optional<Rational>& step, Rounding& mode) {
    if (!random_.percent(40)) return;
    const std::vector<Rational> steps = {half(), Rational(1) / Rational(4), power_of_ten(-1), power_of_ten(-2)};
    const std::vector<Rounding> modes = {Rounding::half_up, Rounding::down, Rounding::up};
    step = random_.of(steps);
    mode = random_.of(modes);
  }

  sema::Scoring scoring(const Rational& maximum, const std::string& id) {
    switch (random_.below(9)) {
      case 0:
      case 1: {
        sema::Met met;
        for (std::uint32_t i = random_.between(1, 2); i > 0; --i) {
          met.conditions.push_back(condition(size_.depth, kNone));
          met.clauses.push_back(clauses(met.conditions.back()));
        }
        return met;
      }
      case 2:
      case 3: {
        sema::ScoreTable table;
        table.value = number_formula(size_.depth, kNone);
        for (std::uint32_t i = random_.between(1, 3); i > 0; --i) {
          sema::TableRow row;
          if (random_.percent(75)) {
            const ExprId floor = number(constant_near(kNone));
            row.guard = node(Op::compare, boolean(), {table.value, floor});
            subject_.exprs[row.guard].comparison = Comparison::greater_equal;
          } else {
            row.guard = condition(size_.depth, kNone);
          }
          row.points = row_points(maximum);
          row.span = expr(row.guard).span;
          table.rows.push_back(row);
        }
        table.rows.push_back({kNone, row_points(maximum), {}});
        maybe_round(table.step, table.rounding);
        return table;
      }
      case 4: {
        sema::LevelChoice choice;
        sema::Field& chosen = new_field(FieldKind::step);
        chosen.info.id = id;
        choice.field = static_cast<std::uint32_t>(subject_.fields.size() - 1);
        for (int i = 0; i < 3; ++i) choice.points.push_back(row_points(maximum));
        return choice;
      }
      case 5: {
        sema::Judged judged;
        sema::Field& given = new_field(FieldKind::points, kNone, FieldPlace::score);
        given.info.id = id;
        given.info.digits = 2;
        given.info.low = 0;
        given.info.high = maximum;
        given.info.step = half();
        judged.field = static_cast<std::uint32_t>(subject_.fields.size() - 1);
        return judged;
      }
      case 6: {
        sema::PerUnit per_unit;
        per_unit.deducts = random_.percent(60);
        per_unit.points = random_.percent(50) ? half() : Rational(1);
        ExprId times = number_formula(size_.depth, kNone);
        if (!never_negative(subject_, times)) times = node(Op::at_least, bare(), {times, number(0)});
        per_unit.times = times;
        if (random_.percent(50)) per_unit.cap = random_.percent(50) ? Rational(1) : Rational(3) / Rational(2);
        return per_unit;
      }
      case 7: {
        sema::Proportional proportional;
        proportional.share = number_formula(size_.depth, kNone);
        maybe_round(proportional.step, proportional.rounding);
        return proportional;
      }
      default: {
        sema::FormulaScore formula;
        formula.value = number_formula(size_.depth, kNone);
        if (random_.percent(20)) formula.may_exceed_to = maximum + Rational(1);
        return formula;
      }
    }
  }

  /// "The maxima inside add up to the group's."
  void close_groups() {
    std::vector<Rational> sums(subject_.groups.size());
    for (const sema::Criterion& criterion : subject_.criteria) {
      if (criterion.group != kNone) sums[criterion.group] = sums[criterion.group] + *criterion.maximum * criterion.coefficient;
    }
    for (std::size_t i = subject_.groups.size(); i-- > 0;) {
      Group& group = subject_.groups[i];
      if (group.formula != kNone) sums[i] = *group.maximum;
      if (group.parent != kNone) sums[group.parent] = sums[group.parent] + sums[i];
      if (group.formula == kNone && (group.sign != Group::Sign::plain || random_.percent(70))) group.maximum = sums[i];
      // The caps of deductions and bonuses need not be the sum of what is in them.
      if (group.sign != Group::Sign::plain && sums[i] > Rational(1) && random_.percent(50)) group.maximum = sums[i] - half();
      if (group.parent == kNone && group.sign == Group::Sign::plain) sheet_ = sheet_ + sums[i];
    }
    for (const sema::Criterion& criterion : subject_.criteria) {
      if (criterion.group == kNone) sheet_ = sheet_ + *criterion.maximum * criterion.coefficient;
    }
  }

  // ---------------------------------------------------------------- rating

  sema::Clauses clauses(ExprId condition) { return {{"D" + std::to_string(++clause_)}, expr(condition).span}; }

  sema::Rule rule() {
    in_rule_ = true;
    sema::Rule made;
    if (features_.points_in_rules && !subject_.criteria.empty() && random_.percent(15)) {
      Expr points;
      points.op = random_.percent(40) ? Op::total_points : Op::points_of;
      if (points.op == Op::points_of) {
        points.flag = random_.percent(30);
        points.index = random_.below(static_cast<std::uint32_t>(points.flag ? subject_.groups.size() : subject_.criteria.size()));
      }
      const ExprId left = add(std::move(points));
      made.condition = compare({left, number(Rational(static_cast<int>(random_.below(6))) * half())});
    } else {
      made.condition = condition(size_.depth, kNone);
    }
    made.clauses = clauses(made.condition);
    made.span = expr(made.condition).span;
    in_rule_ = false;
    return made;
  }

  void make_rating() {
    sema::Rating rating;
    rating.declared = 0;
    sema::DeclaredRating declared;
    declared.info.id = "rating";
    declared.info.label = "Rating";
    const bool by_points = !subject_.criteria.empty() && random_.percent(80);
    for (std::uint32_t i = 0; i < level_count_; ++i) {
      sema::Level level;
      level.id = "level" + std::to_string(i);
      level.name = level.id;
      level.label = "Level " + std::to_string(i);
      level.clauses.ids = {"L" + std::to_string(i)};
      if (by_points) {
        if (i + 1 == level_count_) {
          level.otherwise = true;
        } else {
          level.floor = (sheet_ * Rational(static_cast<int>(level_count_ - 1 - i)) / Rational(static_cast<int>(level_count_))).round_to(half(), Rounding::half_up);
        }
      } else if (i + 1 == level_count_ && random_.percent(50)) {
        level.otherwise = true;
      } else {
        in_rule_ = features_.must_exist_everywhere;
        level.condition = condition(size_.depth, kNone);
        in_rule_ = false;
        level.clauses.span = expr(level.condition).span;
      }
      bytecode::LevelInfo info;
      info.id = level.id;
      info.label = level.label;
      info.floor = level.floor;
      declared.info.levels.push_back(std::move(info));
      rating.levels.push_back(std::move(level));
    }
    pack_.ratings.push_back(std::move(declared));

    const auto some = [&] { return random_.between(0, size_.rules); };
    for (std::uint32_t i = some(); i > 0; --i) rating.needs.push_back({random_.below(level_count_), rule()});
    for (std::uint32_t i = some() / 2; i > 0; --i) rating.bars.push_back({random_.below(level_count_ - 1), rule()});
    for (std::uint32_t i = some() / 2; i > 0; --i) rating.lowers.push_back({random_.between(1, std::min(2U, level_count_ - 1)), rule()});
    for (std::uint32_t i = some(); i > 0; --i) rating.forces.push_back({random_.percent(60) ? level_count_ - 1 : random_.below(level_count_), rule()});
    if (random_.percent(25)) rating.not_rated.push_back(rule());
    if (random_.percent(20)) {
      const Type level{Type::Kind::level, "", kNone};
      const auto constant_level = [&] { return constant(Op::level, level, Rational(static_cast<int>(random_.below(level_count_)))); };
      const ExprId results = best_or_worst_level();
      const ExprId cap = results != kNone ? results : !pack_.readings.empty() && random_.percent(40) ? reading(level, constant_level) : constant_level();
      rating.caps.push_back({cap, clauses(cap), expr(cap).span});
    }
    const std::vector<GapPolicy> policies = {GapPolicy::no_level, GapPolicy::next_lower, GapPolicy::down_to_the_end};
    rating.gap.policies = {random_.of(policies)};
    if (!pack_.readings.empty() && random_.percent(40)) {
      rating.gap.reading = random_.below(static_cast<std::uint32_t>(pack_.readings.size()));
      rating.gap.policies.clear();
      for (std::size_t i = 0; i < pack_.readings[rating.gap.reading].info.option_ids.size(); ++i) rating.gap.policies.push_back(random_.of(policies));
    }
    if (features_.hand_overs) make_hand_overs(rating);
    subject_.rating = std::move(rating);
  }

  void make_hand_overs(sema::Rating& rating) {
    std::vector<std::string> named;
    for (const sema::Force& force : rating.forces) named.push_back(force.rule.clauses.ids.front());
    for (const sema::Bar& bar : rating.bars) named.push_back(bar.rule.clauses.ids.front());
    for (const sema::Lower& lower : rating.lowers) named.push_back(lower.rule.clauses.ids.front());
    if (named.empty()) return;
    for (std::uint32_t i = random_.below(features_.several_hand_overs ? 3 : 2); i > 0; --i) {
      sema::HandOver hand_over;
      hand_over.rule = rule();
      for (std::uint32_t j = random_.between(1, 2); j > 0; --j) hand_over.in_place_of.push_back(random_.of(named));
      sema::Field& decision = new_field(FieldKind::level, kNone, FieldPlace::decision);
      decision.info.clause = hand_over.rule.clauses.ids.front();
      if (random_.percent(30)) {
        decision.info.allowed_levels = random_.between(1, (1U << level_count_) - 1);
        hand_over.outcomes_stated = true;
      }
      hand_over.decision = static_cast<std::uint32_t>(subject_.fields.size() - 1);
      rating.hand_overs.push_back(std::move(hand_over));
    }
  }

  void make_requirements() {
    if (!random_.percent(15)) return;
    sema::Rule made;
    made.condition = atom(1, kNone);
    made.span = expr(made.condition).span;
    subject_.requirements.push_back(std::move(made));
    subject_.requirement_labels.push_back("Requirement");
  }

  const std::vector<NaEffect> kPlainEffects = {NaEffect::full_points,    NaEffect::zero_points,    NaEffect::keep_scale,
                                               NaEffect::share_in_group, NaEffect::share_in_sheet, NaEffect::share_in_group,
                                               NaEffect::share_in_sheet, NaEffect::no_total};
  const std::vector<NaEffect> kOtherEffects = {NaEffect::zero_points, NaEffect::keep_scale};

  Random& random_;
  const Size& size_;
  const Features& features_;
  RandomPack& made_;
  sema::Pack& pack_;
  Subject& subject_;
  FileId file_ = kNoFile;
  std::uint32_t level_count_ = 2;
  std::uint32_t clause_ = 0;
  std::vector<sema::Treatments> declared_;   ///< in each group or around it
  Rational sheet_;                       ///< maxima of all plain groups
  bool in_rule_ = false;                 ///< inside a rule of the rating
};

}  // namespace

RandomPack random_pack(Random& random, const Size& size, const Features& features) {
  RandomPack made;
  Maker(random, size, features, made).run();
  return made;
}

bool is_valid(const RandomPack& made) {
  const Subject& subject = made.subject();
  for (const Expr& expr : subject.exprs) {
    if (expr.op == Op::divide && !never_negative(subject, expr.children[1])) return false;
  }
  std::vector<Rational> sums(subject.groups.size());
  for (const sema::Criterion& criterion : subject.criteria) {
    const auto* per_unit = std::get_if<sema::PerUnit>(&criterion.scoring);
    if (per_unit && !never_negative(subject, per_unit->times)) return false;
    if (criterion.group != kNone) sums[criterion.group] = sums[criterion.group] + *criterion.maximum * criterion.coefficient;
  }
  for (std::size_t i = subject.groups.size(); i-- > 0;) {
    const Group& group = subject.groups[i];
    if (group.formula != kNone) sums[i] = *group.maximum;
    if (group.parent != kNone) sums[group.parent] = sums[group.parent] + sums[i];
    if (group.sign == Group::Sign::plain && group.maximum && *group.maximum != sums[i]) return false;
  }
  return true;
}

// ---------------------------------------------------------------- evidence

namespace {

Datum random_datum(Random& random, const sema::Field& field, const EvidenceOptions& options) {
  const bytecode::Field& info = field.info;
  if (info.place == FieldPlace::decision) {
    if (random.percent(50)) return Datum::missing();
    if (random.percent(10)) return Datum::of(random.percent(50) ? Rational(16) : Rational(17));   // no level, not rated
  } else if (random.percent(options.missing)) {
    return Datum::missing();
  }
  if (info.may_be_left_out && random.percent(options.left_out)) return Datum::left_out(kCauses[random.below(3)]);
  if (info.kind == FieldKind::text) {
    const std::vector<std::string> texts = {"one", "two", "three"};
    return Datum::of_text(random.of(texts));
  }
  const Rational step = info.step ? *info.step : power_of_ten(-info.digits);
  const Rational steps = (info.high - info.low) / step;
  const std::uint32_t most = static_cast<std::uint32_t>(std::min<std::int64_t>(Rational(steps.floor()).to_int64().value_or(4), 4));
  const Rational offset = step * Rational(static_cast<int>(random.between(0, most)));
  // From both ends, so that wide fields meet their bounds.
  Rational value = random.percent(70) || !steps.is_integer() ? info.low + offset : info.high - offset;
  return Datum::of(std::move(value));
}

void fit_parts(const Subject& subject, Evidence& evidence) {
  for (std::uint32_t field = 0; field < subject.fields.size(); ++field) {
    const bytecode::Field& info = subject.fields[field].info;
    if (info.at_most_field == kNone || (info.list != kNone && !evidence.lists[info.list])) continue;
    const std::uint32_t rows = info.list == kNone ? 1 : static_cast<std::uint32_t>(evidence.lists[info.list]->size());
    for (std::uint32_t row = 0; row < rows; ++row) {
      Datum& part = at(subject, evidence, {field, row});
      if (part.state != Datum::State::value) continue;
      // A whole that is missing still lies within its own whole.
      for (std::uint32_t whole = info.at_most_field; whole != kNone; whole = subject.fields[whole].info.at_most_field) {
        const Datum& limit = at(subject, evidence, {whole, row});
        const Rational& most = limit.state == Datum::State::value ? limit.number : subject.fields[whole].info.high;
        if (part.number > most) part.number = most;
      }
    }
  }
}

}  // namespace

Evidence random_evidence(Random& random, const RandomPack& made, const Size& size, const EvidenceOptions& options) {
  const Subject& subject = made.subject();
  Evidence evidence;
  for (const sema::Field& field : subject.fields) {
    evidence.fields.push_back(field.info.list == kNone ? random_datum(random, field, options) : Datum::missing());
  }
  for (const sema::List& list : subject.lists) {
    std::optional<std::vector<reference::Row>>& rows = evidence.lists.emplace_back();
    if (random.percent(options.missing_lists)) continue;
    rows.emplace();
    for (std::uint32_t row = random.between(0, size.rows); row > 0; --row) {
      reference::Row& made_row = rows->emplace_back();
      for (const std::uint32_t field : list.fields) made_row.push_back(random_datum(random, subject.fields[field], options));
    }
  }
  fit_parts(subject, evidence);
  return evidence;
}

}  // namespace quy::property

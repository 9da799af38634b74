// Rules about conditions: those that cannot hold or fail, say a thing twice, or say it in a roundabout way.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "tools/lint/all_rules.h"
#include "tools/lint/effects.h"
#include "tools/lint/from_check.h"
#include "tools/lint/pack_view.h"
#include "tools/lint/report.h"
#include "tools/lint/words.h"

namespace quy::lint {

using Kind = analysis::NoEffect::Kind;
using sema::Comparison;
using sema::ExprId;
using sema::kNone;
using sema::Op;
using syntax::ExprKind;

namespace {

/// Parts joined by one `và` or `hoặc`, brackets of the same kind taken apart; several `đạt khi` are joined by `và`.
struct Junction {
  bool all = true;
  std::vector<ExprId> parts;
};

void flatten(const SubjectView& view, ExprId id, Op op, std::vector<ExprId>& parts) {
  if (view.expr(id).op != op) {
    parts.push_back(id);
    return;
  }
  for (ExprId child : view.expr(id).children) flatten(view, child, op, parts);
}

std::vector<Junction> junctions(const SubjectView& view) {
  std::vector<Junction> found;
  std::set<ExprId> met_lines;
  for (const sema::Criterion& criterion : view.subject().criteria)
    if (const auto* met = std::get_if<sema::Met>(&criterion.scoring)) {
      Junction whole;
      for (ExprId line : met->conditions) {
        flatten(view, line, Op::logical_and, whole.parts);
        met_lines.insert(line);
      }
      found.push_back(std::move(whole));
    }
  for (ExprId id = 0; id < view.subject().exprs.size(); ++id) {
    const Op op = view.expr(id).op;
    const bool counted = op == Op::logical_and && met_lines.contains(id);
    if (counted || (op != Op::logical_and && op != Op::logical_or && op != Op::at_least_of)) continue;
    Junction here{op == Op::logical_and, {}};
    if (op == Op::at_least_of)
      here.parts = view.expr(id).children;
    else
      flatten(view, id, op, here.parts);
    found.push_back(std::move(here));
  }
  return found;
}

const Bilingual kLookAgain{"kiểm tra con số và dấu so sánh, hoặc phạm vi khai báo của trường",
                           "look at the number and the sign, or at the field's declared range"};
const Bilingual kFirstHere{"lần đầu ở đây", "first written here"};
const Bilingual kOtherHere{"vế kia ở đây", "the other part is here"};

bool is_ratio(const SubjectView& view, ExprId id) {
  const Op op = view.expr(id).op;
  return op == Op::divide || op == Op::share;
}

/// Never, always, or (nothing) sometimes.
std::optional<bool> settled(Comparison comparison, const Interval& left, const Rational& right) {
  const bool below = left.high && *left.high < right, above = left.low && *left.low > right;
  const bool at_most = left.high && *left.high <= right, at_least = left.low && *left.low >= right;
  auto decide = [](bool never, bool always) -> std::optional<bool> {
    if (never) return false;
    if (always) return true;
    return std::nullopt;
  };
  switch (comparison) {
    case Comparison::greater_equal: return decide(below, at_least);
    case Comparison::greater: return decide(at_most, above);
    case Comparison::less_equal: return decide(above, at_most);
    case Comparison::less: return decide(at_least, below);
    case Comparison::equal: return decide(below || above, false);
    case Comparison::not_equal: return decide(false, below || above);
  }
  return std::nullopt;
}

void settled_thresholds(const PackView& view, Report& report, bool wanted) {
  for (const SubjectView& subject : view.subjects())
    for (ExprId id = 0; id < subject.subject().exprs.size(); ++id) {
      const auto threshold = subject.threshold(id);
      if (!threshold || !view.is_own(subject.expr(id).span)) continue;
      const Interval& range = subject.bounds(threshold->value);
      const auto known = settled(threshold->comparison, range, threshold->constant);
      if (!known || *known != wanted) continue;
      const bool percent = is_ratio(subject, threshold->value);
      const Bilingual low = range.low ? number_or_percent(*range.low, percent) : Bilingual{"−∞", "−∞"};
      const Bilingual high = range.high ? number_or_percent(*range.high, percent) : Bilingual{"∞", "∞"};
      report.at(subject.expr(id).span,
                wanted ? say("điều kiện này luôn đúng: giá trị chỉ từ {0} đến {1}",
                             "this condition always holds: the value is within {0} and {1}", low, high)
                       : say("điều kiện này không bao giờ đúng: giá trị chỉ từ {0} đến {1}",
                             "this condition can never hold: the value is within {0} and {1}", low, high),
                kLookAgain);
    }
}

}  // namespace

void threshold_never_holds(const PackView& view, Report& report) {
  repeat_check(view, report, Diag::never_holds);
  settled_thresholds(view, report, false);
  report_effects(view, report, Kind::never_holds, [](const PlacedEffect&) {
    return EffectWords{
        say("không hồ sơ đầy đủ nào làm điều kiện này đúng", "no complete record makes this condition true"),
        kLookAgain};
  });
}

void threshold_always_holds(const PackView& view, Report& report) {
  repeat_check(view, report, Diag::always_holds);
  settled_thresholds(view, report, true);
  report_effects(view, report, Kind::never_fails, [](const PlacedEffect&) {
    return EffectWords{
        say("không hồ sơ đầy đủ nào làm điều kiện này sai", "no complete record makes this condition false"),
        kLookAgain};
  });
}

// ---------------------------------------------------------------- the same thing twice

void identical_conditions(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects())
    for (const Junction& junction : junctions(subject)) {
      std::map<std::uint32_t, ExprId> first;
      for (ExprId part : junction.parts) {
        auto [place, fresh] = first.try_emplace(subject.key(part), part);
        const Span here = subject.expr(part).span, there = subject.expr(place->second).span;
        if (fresh || here == there) continue;
        report
            .at(here,
                say("điều kiện này đã viết rồi trong cùng một quy tắc", "this condition is in the same rule already"),
                say("bỏ một lần; hoặc sửa tên trường hay con số nếu định viết điều khác",
                    "remove one; or mend the field or the number if something else was meant"))
            .label(there, kFirstHere);
      }
    }
}

void condition_of_two_criteria(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects()) {
    std::map<std::vector<std::uint32_t>, const sema::Criterion*> first;
    for (const sema::Criterion& criterion : subject.subject().criteria) {
      const auto* met = std::get_if<sema::Met>(&criterion.scoring);
      if (!met || met->conditions.empty() || !view.is_own(criterion.span)) continue;
      std::vector<std::uint32_t> keys;
      for (ExprId id : met->conditions) keys.push_back(subject.key(id));
      std::sort(keys.begin(), keys.end());
      auto [place, fresh] = first.try_emplace(std::move(keys), &criterion);
      const sema::Criterion& other = *place->second;
      if (fresh || !view.is_own(other.span) || other.span == criterion.span) continue;
      report
          .at(view.name_span(criterion),
              say("`{0}` đạt khi cùng một điều kiện với `{1}`: một việc được tính điểm hai lần",
                  "`{0}` is met by the same condition as `{1}`: one fact earns points twice", criterion.name,
                  other.name),
              say("sửa điều kiện của một trong hai, hoặc gộp hai tiêu chí",
                  "mend the condition of one of them, or make one criterion of both"))
          .label(view.name_span(other), {"tiêu chí kia ở đây", "the other criterion is here"});
    }
  }
  report_effects(view, report, Kind::met_together, [](const PlacedEffect& effect) {
    return EffectWords{
        say("`{0}` và `{1}` luôn cùng đạt hoặc cùng không đạt: một việc được tính điểm hai lần",
            "`{0}` and `{1}` are always met together: one fact earns points twice", effect.name, effect.other_name),
        say("sửa điều kiện của một trong hai, hoặc gộp hai tiêu chí",
            "mend the condition of one of them, or make one criterion of both")};
  });
}

// ---------------------------------------------------------------- thresholds beside each other

namespace {

bool is_lower(Comparison comparison) {
  return comparison == Comparison::greater || comparison == Comparison::greater_equal;
}
bool is_upper(Comparison comparison) { return comparison == Comparison::less || comparison == Comparison::less_equal; }
bool is_strict(Comparison comparison) { return comparison == Comparison::greater || comparison == Comparison::less; }

struct PlacedThreshold {
  ExprId id;
  Threshold threshold;
};

/// Pairs of thresholds on the same value inside one junction.
template <class Look>
void pairs_of(const SubjectView& subject, const Junction& junction, Look look) {
  std::map<std::uint32_t, std::vector<PlacedThreshold>> by_value;
  for (ExprId part : junction.parts)
    if (auto threshold = subject.threshold(part)) by_value[subject.key(threshold->value)].push_back({part, *threshold});
  for (const auto& [key, all] : by_value)
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t k = i + 1; k < all.size(); ++k)
        if (subject.key(all[i].id) != subject.key(all[k].id)) look(all[i], all[k]);
}

/// No value is at least (above) the one and at most (below) the other.
bool is_empty(const Threshold& lower, const Threshold& upper) {
  if (lower.constant > upper.constant) return true;
  return lower.constant == upper.constant && (is_strict(lower.comparison) || is_strict(upper.comparison));
}

bool contradict(const Threshold& a, const Threshold& b) {
  auto outside = [](const Threshold& equal, const Threshold& other) {
    return settled(other.comparison, {equal.constant, equal.constant}, other.constant) == false;
  };
  if (a.comparison == Comparison::equal) return outside(a, b);
  if (b.comparison == Comparison::equal) return outside(b, a);
  if (is_lower(a.comparison) && is_upper(b.comparison)) return is_empty(a, b);
  if (is_upper(a.comparison) && is_lower(b.comparison)) return is_empty(b, a);
  return false;
}

/// Whatever value there is, one of the two holds.
bool cover_everything(const Threshold& a, const Threshold& b) {
  const Threshold& lower = is_lower(a.comparison) ? a : b;
  const Threshold& upper = is_lower(a.comparison) ? b : a;
  if (!is_lower(lower.comparison) || !is_upper(upper.comparison)) return false;
  if (upper.constant > lower.constant) return true;
  return upper.constant == lower.constant && !(is_strict(lower.comparison) && is_strict(upper.comparison));
}

/// Whether every value that passes `a` passes `b` too.
bool implies(const Threshold& a, const Threshold& b) {
  if (a.comparison == Comparison::equal) return settled(b.comparison, {a.constant, a.constant}, b.constant) == true;
  if (is_lower(a.comparison) && is_lower(b.comparison))
    return a.constant > b.constant ||
           (a.constant == b.constant && (is_strict(a.comparison) || !is_strict(b.comparison)));
  if (is_upper(a.comparison) && is_upper(b.comparison))
    return a.constant < b.constant ||
           (a.constant == b.constant && (is_strict(a.comparison) || !is_strict(b.comparison)));
  return false;
}

}  // namespace

void contradictory_thresholds(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects())
    for (const Junction& junction : junctions(subject)) {
      if (!junction.all) continue;
      pairs_of(subject, junction, [&](const PlacedThreshold& a, const PlacedThreshold& b) {
        if (!contradict(a.threshold, b.threshold)) return;
        report
            .at(subject.expr(b.id).span,
                say("hai điều kiện về cùng một số liệu không thể cùng đúng",
                    "two conditions on the same figure can never hold together"),
                say("sửa con số, hoặc dùng `hoặc` thay cho `và`", "mend the number, or write `or` instead of `and`"))
            .label(subject.expr(a.id).span, kOtherHere);
      });
    }
}

void alternatives_cover_everything(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects())
    for (const Junction& junction : junctions(subject)) {
      if (junction.all) continue;
      pairs_of(subject, junction, [&](const PlacedThreshold& a, const PlacedThreshold& b) {
        if (!cover_everything(a.threshold, b.threshold)) return;
        report
            .at(subject.expr(b.id).span,
                say("hai vế của `hoặc` gộp lại thì số nào cũng đúng",
                    "between them the two parts of this `or` hold for every figure"),
                say("sửa con số, hoặc dùng `và` thay cho `hoặc`", "mend the number, or write `and` instead of `or`"))
            .label(subject.expr(a.id).span, kOtherHere);
      });
    }
}

void redundant_threshold(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects())
    for (const Junction& junction : junctions(subject))
      pairs_of(subject, junction, [&](const PlacedThreshold& a, const PlacedThreshold& b) {
        // Of parts that must all hold the looser one says nothing; of alternatives the stricter one.
        const bool a_says_nothing =
            junction.all ? implies(b.threshold, a.threshold) : implies(a.threshold, b.threshold);
        const bool b_says_nothing =
            junction.all ? implies(a.threshold, b.threshold) : implies(b.threshold, a.threshold);
        if (!a_says_nothing && !b_says_nothing) return;
        const PlacedThreshold &idle = b_says_nothing ? b : a, &other = b_says_nothing ? a : b;
        report
            .at(subject.expr(idle.id).span,
                say("điều kiện này thừa: vế kia đã quyết định", "this condition decides nothing: the other part does"),
                say("bỏ nó, hoặc sửa con số", "remove it, or mend the number"))
            .label(subject.expr(other.id).span, kOtherHere);
      });
  report_effects(view, report, Kind::part_decides_nothing, [](const PlacedEffect&) {
    return EffectWords{say("điều kiện này thừa: bỏ nó thì mọi hồ sơ đầy đủ vẫn có kết quả như cũ",
                           "this condition decides nothing: without it every complete record has the same result"),
                       say("bỏ nó, hoặc sửa con số", "remove it, or mend the number")};
  });
}

// ---------------------------------------------------------------- single comparisons

void equality_on_ratio(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects())
    for (ExprId id = 0; id < subject.subject().exprs.size(); ++id) {
      const auto threshold = subject.threshold(id);
      if (!threshold || !view.is_own(subject.expr(id).span) || !is_ratio(subject, threshold->value)) continue;
      const bool exact = threshold->comparison == Comparison::equal || threshold->comparison == Comparison::not_equal;
      const bool end_of_range = threshold->constant == Rational(0) || threshold->constant == Rational(1);
      if (!exact || end_of_range) continue;
      report.at(subject.expr(id).span,
                say("một tỉ lệ được đòi bằng đúng {0}: hiếm khi đúng, vì tỉ lệ tính chính xác, không làm tròn",
                    "a ratio is asked to be exactly {0}: it hardly ever is, because ratios are exact and never rounded",
                    number_or_percent(threshold->constant, true)),
                say("dùng `≥` hoặc `≤`", "write `>=` or `<=`"));
    }
}

namespace {

/// Nodes that belong to an option of an open choice: there another option says the other thing.
std::set<ExprId> inside_options(const SubjectView& subject) {
  std::set<ExprId> inside;
  for (const sema::Expr& expr : subject.subject().exprs)
    if (expr.op == Op::reading)
      for (ExprId option : expr.children) subject.visit(option, [&](ExprId id) { inside.insert(id); });
  return inside;
}

}  // namespace

void exact_level(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects()) {
    if (!subject.subject().rating) continue;
    const auto& levels = subject.subject().rating->levels;
    const std::set<ExprId> options = inside_options(subject);
    for (ExprId id = 0; id < subject.subject().exprs.size(); ++id) {
      const sema::Expr& expr = subject.expr(id);
      if (expr.op != Op::compare || expr.comparison != Comparison::equal || !view.is_own(expr.span) ||
          options.contains(id))
        continue;
      const sema::Expr& constant = subject.expr(expr.children[1]);
      if (constant.op != Op::level) continue;
      const auto level = static_cast<std::size_t>(constant.value.numerator().get_ui());
      // Of the best level there is nothing above, of the last nothing below.
      if (level == 0 || level + 1 >= levels.size()) continue;
      report.at(expr.span,
                say("chỉ đúng mức “{0}” mới tính: mức “{1}” cao hơn thì không",
                    "only level “{0}” itself counts: the better “{1}” does not", levels[level].label,
                    levels[level - 1].label),
                say("“từ {0} trở lên” viết là `≥ {0}`; nếu đúng là chỉ mức ấy thì bỏ qua kèm lý do",
                    "“{0} or better” is `>= {0}`; where that level alone is meant, ignore this with a reason",
                    levels[level].name));
    }
  }
}

void compared_with_itself(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects())
    for (const sema::Expr& expr : subject.subject().exprs) {
      const bool two_sides = expr.op == Op::compare || expr.op == Op::divide || expr.op == Op::subtract;
      if (!two_sides || expr.children.size() != 2 || !view.is_own(expr.span)) continue;
      if (subject.key(expr.children[0]) != subject.key(expr.children[1])) continue;
      report.at(expr.span, say("hai vế của phép này là một", "both sides of this are the same"),
                say("sửa tên trường ở một vế", "mend the field on one side"));
    }
}

void set_of_one(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects())
    for (const sema::Expr& expr : subject.subject().exprs) {
      if (expr.op != Op::one_of || !view.is_own(expr.span)) continue;
      std::set<std::uint32_t> values;
      for (std::size_t i = 1; i < expr.children.size(); ++i) values.insert(subject.key(expr.children[i]));
      if (values.size() == 1 && expr.children.size() == 2)
        report.at(
            expr.span, say("tập hợp này chỉ có một giá trị", "this set holds one value only"),
            say("viết `= giá_trị`, hoặc thêm giá trị còn thiếu", "write `= value`, or add the one that is missing"));
      else if (values.size() + 1 < expr.children.size())
        report.at(expr.span, say("tập hợp này có giá trị lặp lại", "this set holds a value twice"),
                  say("bỏ giá trị lặp lại", "remove the repetition"));
    }
}

void repeated_threshold(const PackView& view, Report& report) {
  constexpr std::size_t kOften = 3;
  for (const SubjectView& subject : view.subjects()) {
    std::map<std::uint32_t, std::vector<Span>> places;
    for (ExprId id = 0; id < subject.subject().exprs.size(); ++id) {
      const auto threshold = subject.threshold(id);
      if (!threshold || threshold->constant == Rational(0) || threshold->constant == Rational(1)) continue;
      std::vector<Span>& known = places[subject.key(id)];
      const Span here = subject.expr(id).span;
      if (view.is_own(here) && std::find(known.begin(), known.end(), here) == known.end()) known.push_back(here);
    }
    for (const auto& [key, spans] : places) {
      if (spans.size() < kOften) continue;
      Finding& finding =
          report.at(spans.front(),
                    say("cùng một ngưỡng được viết {0} lần: sửa một nơi dễ quên nơi khác",
                        "the same threshold is written {0} times: a change in one place is easily forgotten in another",
                        spans.size()),
                    say("đặt tên cho nó một lần bằng `tính tên = …` rồi dùng tên",
                        "name it once with `let name = …` and use the name"));
      for (std::size_t i = 1; i < spans.size(); ++i) finding.label(spans[i], {"và ở đây", "and here"});
    }
  }
}

namespace {

/// Places of the fields that say whether they add up or are last values.
class StatedPeriods : public SyntaxVisitor {
 public:
  void field(const syntax::Field& field, const syntax::EvidenceBlock&) override {
    if (field.over == syntax::Field::Over::unstated) return;
    for (const syntax::Name& name : field.names) places_.emplace(name.span.file, name.span.begin);
  }
  bool contain(Span span) const { return places_.contains({span.file, span.begin}); }

 private:
  std::set<std::pair<FileId, std::uint32_t>> places_;
};

/// A target, as against what was done: it can be exceeded.
bool is_target(const bytecode::Field& field) {
  const std::string words = fold_id(field.label);
  return words.find("ke hoach") != std::string::npos || words.find("chi tieu") != std::string::npos ||
         words.find("target") != std::string::npos;
}

}  // namespace

void period_without_accumulation(const PackView& view, Report& report) {
  StatedPeriods stated;
  view.walk(stated);
  for (const SubjectView& subject : view.subjects())
    for (const sema::Expr& expr : subject.subject().exprs) {
      if (expr.op != Op::compare || expr.per == syntax::Per::none || !view.is_own(expr.span)) continue;
      const sema::Expr& value = subject.expr(expr.children[0]);
      if (value.op != Op::field || value.list != kNone) continue;
      const sema::Field& field = subject.subject().fields[value.index];
      const bool from_record = field.info.place == bytecode::FieldPlace::evidence;
      if (!from_record || stated.contain(field.span) || !view.is_own(field.span)) continue;
      report
          .at(field.span,
              say("`{0}` được so với số của cả một khoảng thời gian nhưng không nói có cộng dồn hay không",
                  "`{0}` is compared with a number for a stretch of time but does not say whether it adds up",
                  field.info.name),
              say("thêm `, cộng dồn` vào trường, hoặc `, cuối kỳ` nếu số của mỗi kỳ đã là số cả năm",
                  "add `, adds up` to the field, or `, last value` where each period's figure is the whole already"))
          .label(expr.span, {"ngưỡng theo thời gian ở đây", "the threshold over time is here"});
    }
}

void share_above_whole(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects()) {
    auto look = [&](ExprId id) {
      const sema::Expr& quotient = subject.expr(id);
      if (quotient.op != Op::divide || !view.is_own(quotient.span)) return;
      const sema::Expr &part = subject.expr(quotient.children[0]), &whole = subject.expr(quotient.children[1]);
      if (part.op != Op::field || whole.op != Op::field || part.list != whole.list) return;
      const auto& fields = subject.subject().fields;
      const bool counts = fields[part.index].info.kind == bytecode::FieldKind::count &&
                          fields[whole.index].info.kind == bytecode::FieldKind::count;
      if (!counts || is_target(fields[whole.index].info) ||
          subject.is_part_of(quotient.children[0], quotient.children[1]))
        return;
      report
          .at(quotient.span,
              say("tỉ lệ này có thể vượt 100%: `{0}` không khai báo là phần của `{1}`",
                  "this share can be above 100%: `{0}` is not declared to be a part of `{1}`",
                  fields[part.index].info.name, fields[whole.index].info.name),
              say("thêm `, không quá {0}` vào trường `{1}`", "add `, at most {0}` to field `{1}`",
                  fields[whole.index].info.name, fields[part.index].info.name))
          .label(fields[part.index].span, {"trường khai báo ở đây", "the field is declared here"});
    };
    for (const sema::Criterion& criterion : subject.subject().criteria)
      if (const auto* form = std::get_if<sema::Proportional>(&criterion.scoring)) look(form->share);
    // Only where a part of a whole is meant: a threshold of at most 100%.
    for (ExprId id = 0; id < subject.subject().exprs.size(); ++id)
      if (auto threshold = subject.threshold(id); threshold && threshold->constant <= Rational(1))
        look(threshold->value);
  }
}

// ---------------------------------------------------------------- roundabout ways, found in the tree

namespace {

class Roundabout : public SyntaxVisitor {
 public:
  Roundabout(const PackView& view, Report& report) : view_(view), report_(report) {}

 protected:
  const PackView& view_;
  Report& report_;
};

class DoubleNegation : public Roundabout {
 public:
  using Roundabout::Roundabout;
  void node(const syntax::Expr& expr) override {
    if (expr.kind != ExprKind::logical_not || expr.children[0]->kind != ExprKind::logical_not) return;
    const std::string plain = view_.text(expr.children[0]->children[0]->span);
    report_
        .at(expr.span, say("hai lần phủ định", "a negation of a negation"),
            say("viết thẳng: `{0}`", "say it plainly: `{0}`", plain))
        .mend(expr.span, plain);
  }
};

const char* opposite(Comparison comparison) {
  switch (comparison) {
    case Comparison::greater_equal: return "<";
    case Comparison::greater: return "≤";
    case Comparison::less_equal: return ">";
    case Comparison::less: return "≥";
    case Comparison::equal: return "≠";
    case Comparison::not_equal: return "=";
  }
  return "=";
}

/// What follows the right side of a bracketed comparison, without the bracket that closes it.
std::string without_closing(std::string rest) {
  int depth = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '(') ++depth;
    if (rest[i] == ')' && depth-- == 0) return rest.erase(i, 1);
  }
  return rest;
}

class NegatedComparison : public Roundabout {
 public:
  using Roundabout::Roundabout;
  void node(const syntax::Expr& expr) override {
    if (expr.kind != ExprKind::logical_not) return;
    const syntax::Expr& inner = *expr.children[0];
    const bool truth = inner.kind == ExprKind::compare &&
                       (inner.children[0]->kind == ExprKind::truth || inner.children[1]->kind == ExprKind::truth);
    if (inner.kind != ExprKind::compare || truth) return;
    const syntax::Expr &left = *inner.children[0], &right = *inner.children[1];
    std::string rest = view_.text({inner.span.file, right.span.end, inner.span.end});
    if (inner.parenthesised) rest = without_closing(rest);
    const std::string plain =
        view_.text(left.span) + " " + opposite(inner.comparison) + " " + view_.text(right.span) + rest;
    report_
        .at(expr.span, say("phủ định một phép so sánh", "a comparison is negated"),
            say("viết thẳng: `{0}`", "say it plainly: `{0}`", plain))
        .mend(expr.span, plain);
  }
};

class ComparisonWithTruth : public Roundabout {
 public:
  using Roundabout::Roundabout;
  void node(const syntax::Expr& expr) override {
    if (expr.kind != ExprKind::compare || expr.children[1]->kind != ExprKind::truth) return;
    const syntax::Expr &fact = *expr.children[0], &truth = *expr.children[1];
    const bool wanted = truth.flag == (expr.comparison == Comparison::equal);
    const std::string denial = wanted ? "" : view_.word(expr.span.file, "không ", "not ");
    Finding& finding = report_.at(
        expr.span,
        say("một câu có/không được so với `đúng` hoặc `sai`", "a yes/no fact is compared with `true` or `false`"),
        say("viết thẳng: `{0}`", "say it plainly: `{0}`", denial + view_.text(fact.span)));
    if (!wanted) finding.mend({fact.span.file, fact.span.begin, fact.span.begin}, denial);
    finding.mend({fact.span.file, fact.span.end, truth.span.end}, "");
  }
};

class LongCondition : public Roundabout {
 public:
  using Roundabout::Roundabout;
  void root(const syntax::Expr& expr) override {
    constexpr std::size_t kMany = 8;
    const std::size_t parts = count(expr);
    if (parts <= kMany) return;
    report_.at(expr.span,
               say("điều kiện này có {0} vế: người kiểm tra khó theo",
                   "this condition has {0} parts: hard to follow for those who check it", parts),
               say("đặt tên cho từng cụm bằng `tính tên = …`, hoặc tách thành nhiều `đạt khi`",
                   "name groups of parts with `let name = …`, or split it into several `met when`"));
  }

 private:
  static std::size_t count(const syntax::Expr& expr) {
    const bool joins = expr.kind == ExprKind::logical_and || expr.kind == ExprKind::logical_or;
    if (expr.kind == ExprKind::logical_not) return count(*expr.children[0]);
    if (!joins) return 1;
    std::size_t sum = 0;
    for (const auto& child : expr.children) sum += count(*child);
    return sum;
  }
};

template <class Visitor>
void run_visitor(const PackView& view, Report& report) {
  Visitor visitor(view, report);
  view.walk(visitor);
}

}  // namespace

void double_negation(const PackView& view, Report& report) { run_visitor<DoubleNegation>(view, report); }
void negated_comparison(const PackView& view, Report& report) { run_visitor<NegatedComparison>(view, report); }
void comparison_with_truth(const PackView& view, Report& report) { run_visitor<ComparisonWithTruth>(view, report); }
void long_condition(const PackView& view, Report& report) { run_visitor<LongCondition>(view, report); }

}  // namespace quy::lint

// Rules about points: sheets whose numbers do not fit together, tables with holes, scoring that leaves something unsaid.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "compiler/sema/type_names.h"
#include "tools/lint/all_rules.h"
#include "tools/lint/effects.h"
#include "tools/lint/from_check.h"
#include "tools/lint/witness.h"
#include "tools/lint/words.h"

namespace quy::lint {

using Kind = analysis::NoEffect::Kind;
using sema::Comparison;
using sema::ExprId;
using sema::kNone;
using sema::Op;

namespace {

using Sign = sema::Group::Sign;

template <class Look>
void each_criterion(const PackView& view, Look look) {
  for (const SubjectView& subject : view.subjects())
    for (const sema::Criterion& criterion : subject.subject().criteria)
      if (view.is_own(criterion.span)) look(subject, criterion);
}

Rational points_of_row(const sema::RowPoints& row, const Rational& maximum) {
  return row.share ? row.value * maximum : row.value;
}

/// The best that a criterion can give, where that is plain to see.
std::optional<Rational> best_points(const sema::Criterion& criterion) {
  if (!criterion.maximum) return std::nullopt;
  if (const auto* table = std::get_if<sema::ScoreTable>(&criterion.scoring)) {
    std::optional<Rational> best;
    for (const sema::TableRow& row : table->rows) {
      const Rational points = points_of_row(row.points, *criterion.maximum);
      if (!best || points > *best) best = points;
    }
    return best;
  }
  if (const auto* choice = std::get_if<sema::LevelChoice>(&criterion.scoring)) {
    std::optional<Rational> best;
    for (const sema::RowPoints& row : choice->points) {
      const Rational points = points_of_row(row, *criterion.maximum);
      if (!best || points > *best) best = points;
    }
    return best;
  }
  if (const auto* form = std::get_if<sema::PerUnit>(&criterion.scoring); form && !form->deducts && form->cap)
    return std::min(*form->cap, *criterion.maximum);
  return std::nullopt;
}

Sign sign_of(const sema::Subject& subject, const sema::Criterion& criterion) {
  for (std::uint32_t at = criterion.group; at != kNone; at = subject.groups[at].parent)
    if (subject.groups[at].sign != Sign::plain) return subject.groups[at].sign;
  return Sign::plain;
}

}  // namespace

void zero_point_criterion(const PackView& view, Report& report) {
  each_criterion(view, [&](const SubjectView&, const sema::Criterion& criterion) {
    if (!criterion.maximum || criterion.maximum->sign() != 0) return;
    report.at(view.name_span(criterion),
              say("`{0}` tối đa 0 điểm: nó không ảnh hưởng tới ai", "`{0}` has at most 0 points: it affects nobody",
                  criterion.name),
              say("cho nó điểm, hoặc chuyển thành điều kiện của xếp loại, hoặc bỏ",
                  "give it points, make it a condition of the rating, or remove it"));
  });
}

void maximum_never_reached(const PackView& view, Report& report) {
  each_criterion(view, [&](const SubjectView& subject, const sema::Criterion& criterion) {
    const auto best = best_points(criterion);
    if (!best || *best >= *criterion.maximum || sign_of(subject.subject(), criterion) == Sign::deductions) return;
    report.at(view.name_span(criterion),
              say("`{0}` tối đa {1} điểm, nhưng cách chấm chỉ cho tới {2}",
                  "`{0}` has at most {1} points, but its scoring gives {2} at best", criterion.name, *criterion.maximum,
                  *best),
              say("sửa điểm tối đa hoặc dòng cao nhất", "mend the maximum or the highest row"));
  });
}

void cap_contradicts(const PackView& view, Report& report) {
  repeat_check(view, report, Diag::item_above_cap);
  each_criterion(view, [&](const SubjectView&, const sema::Criterion& criterion) {
    const auto* form = std::get_if<sema::PerUnit>(&criterion.scoring);
    if (!form || !form->cap || !criterion.maximum || *form->cap <= *criterion.maximum) return;
    report.at(view.name_span(criterion),
              say("`{0}` tối đa {1} điểm, nhưng cách chấm ghi tối đa {2}",
                  "`{0}` has at most {1} points, but its scoring says at most {2}", criterion.name, *criterion.maximum,
                  *form->cap),
              say("để hai con số bằng nhau; con số nhỏ hơn đang quyết định",
                  "make the two numbers equal; the smaller one decides now"));
  });
}

void cap_out_of_reach(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects()) {
    const sema::Subject& typed = subject.subject();
    for (std::uint32_t i = 0; i < typed.groups.size(); ++i) {
      const sema::Group& group = typed.groups[i];
      if (group.sign == Sign::plain || !group.maximum || group.formula != kNone || group.highest_only ||
          !view.is_own(group.span))
        continue;
      Rational sum;
      bool known = true, any = false;
      for (const sema::Criterion& criterion : typed.criteria) {
        if (criterion.group != i) continue;
        any = true;
        known = known && criterion.maximum.has_value();
        if (criterion.maximum) sum = sum + *criterion.maximum * criterion.coefficient;
      }
      for (const sema::Group& inner : typed.groups)
        if (inner.parent == i) known = false;
      if (!known || !any || sum >= *group.maximum) continue;
      report.at(
          view.name_span(group),
          say("trần của nhóm là {0} điểm, nhưng mọi thứ trong nhóm cộng lại chỉ tới {1}",
              "the group's ceiling is {0} points, but all that is in it adds up to {1}", *group.maximum, sum),
          say("hạ trần của nhóm, hoặc nâng các trần bên trong", "lower the group's ceiling, or raise those inside"));
    }
  }
}

void single_criterion_group(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects()) {
    const sema::Subject& typed = subject.subject();
    for (std::uint32_t i = 0; i < typed.groups.size(); ++i) {
      const sema::Group& group = typed.groups[i];
      const bool nested = group.parent != kNone && group.sign == Sign::plain;
      const syntax::Group* tree = view.tree_of(group);
      const bool is_of_the_document = tree && !tree->citations.empty();
      if (!nested || is_of_the_document || group.formula != kNone || !view.is_own(group.span)) continue;
      const auto inside = std::count_if(typed.criteria.begin(), typed.criteria.end(),
                                        [&](const sema::Criterion& c) { return c.group == i; });
      const bool groups_inside =
          std::any_of(typed.groups.begin(), typed.groups.end(), [&](const sema::Group& g) { return g.parent == i; });
      if (inside != 1 || groups_inside) continue;
      report.at(view.name_span(group),
                say("nhóm `{0}` chỉ có một tiêu chí", "group `{0}` holds one criterion only", group.name),
                say("đặt tiêu chí thẳng vào nhóm ngoài, hoặc thêm tiêu chí còn thiếu",
                    "put the criterion into the group around it, or add those that are missing"));
    }
  }
}

void coefficient_of_one(const PackView& view, Report& report) {
  each_criterion(view, [&](const SubjectView&, const sema::Criterion& criterion) {
    const syntax::Criterion* tree = view.tree_of(criterion);
    if (!tree || !tree->coefficient || !tree->coefficient->parameter.empty() || tree->coefficient->value != Rational(1))
      return;
    const Span number = tree->coefficient->span;
    const std::string before = view.text({number.file, tree->span.begin, number.begin});
    const char* word = view.word(number.file, "hệ số", "coefficient");
    Finding& finding =
        report.at(number, say("hệ số 1 không đổi gì", "a coefficient of 1 changes nothing"), say("bỏ nó", "remove it"));
    const std::size_t at = before.rfind(word);
    if (at == std::string::npos) return;
    auto begin = static_cast<std::uint32_t>(tree->span.begin + at);
    while (begin > tree->span.begin && view.text({number.file, begin - 1, begin}) == " ") --begin;
    finding.mend({number.file, begin, number.end}, "");
  });
}

// ---------------------------------------------------------------- rounding

namespace {

bool divides_unrounded(const SubjectView& subject, ExprId id) {
  const sema::Expr& expr = subject.expr(id);
  if (expr.op == Op::round) return false;
  if (expr.op == Op::divide || expr.op == Op::mean || expr.op == Op::share) {
    if (expr.op != Op::divide) return true;
    const sema::Expr& below = subject.expr(expr.children[1]);
    return !(below.op == Op::number && (Rational(1) / below.value).decimal_places(6));
  }
  const bool arithmetic = expr.op == Op::add || expr.op == Op::subtract || expr.op == Op::multiply ||
                          expr.op == Op::negate || expr.op == Op::at_most || expr.op == Op::at_least;
  if (!arithmetic) return false;
  return std::any_of(expr.children.begin(), expr.children.end(),
                     [&](ExprId child) { return divides_unrounded(subject, child); });
}

const Bilingual kSayRounding{
    "thêm `, làm tròn 0,25` (hoặc bước khác); nếu cố ý để chính xác thì bỏ qua kèm lý do",
    "add `, round 0.25` (or another step); if it is meant to stay exact, ignore this with a reason"};

}  // namespace

void division_without_rounding(const PackView& view, Report& report) {
  each_criterion(view, [&](const SubjectView& subject, const sema::Criterion& criterion) {
    bool open = false;
    if (const auto* form = std::get_if<sema::Proportional>(&criterion.scoring))
      open = !form->step && divides_unrounded(subject, form->share);
    if (const auto* form = std::get_if<sema::FormulaScore>(&criterion.scoring))
      open = divides_unrounded(subject, form->value);
    if (!open) return;
    report.at(view.name_span(criterion),
              say("điểm của `{0}` là kết quả một phép chia mà không nói làm tròn thế nào",
                  "the points of `{0}` come from a division, and nothing says how they are rounded", criterion.name),
              kSayRounding);
  });
  for (const SubjectView& subject : view.subjects())
    for (const sema::Group& group : subject.subject().groups)
      if (group.formula != kNone && view.is_own(group.span) && divides_unrounded(subject, group.formula))
        report.at(
            view.name_span(group),
            say("điểm của nhóm `{0}` là kết quả một phép chia mà không nói làm tròn thế nào",
                "the points of group `{0}` come from a division, and nothing says how they are rounded", group.name),
            kSayRounding);
}

void step_does_not_fit(const PackView& view, Report& report) {
  each_criterion(view, [&](const SubjectView& subject, const sema::Criterion& criterion) {
    std::optional<Rational> step;
    if (const auto* judged = std::get_if<sema::Judged>(&criterion.scoring); judged && judged->field != kNone)
      step = subject.subject().fields[judged->field].info.step;
    if (const auto* form = std::get_if<sema::Proportional>(&criterion.scoring)) step = form->step;
    if (!step || step->sign() <= 0 || !criterion.maximum || (*criterion.maximum / *step).is_integer()) return;
    report.at(view.name_span(criterion),
              say("điểm tối đa {0} của `{1}` không phải bội số của bước {2}: không ai được trọn điểm, hoặc được hơn",
                  "the maximum {0} of `{1}` is no multiple of the step {2}: nobody gets just the full points",
                  *criterion.maximum, criterion.name, *step),
              say("đổi bước hoặc điểm tối đa", "change the step or the maximum"));
  });
}

void judged_without_guidance(const PackView& view, Report& report) {
  each_criterion(view, [&](const SubjectView&, const sema::Criterion& criterion) {
    // Guidance is for the sets that complete a framework.
    if (view.pack().framework || !std::holds_alternative<sema::Judged>(criterion.scoring) ||
        !criterion.guidance.empty())
      return;
    report.at(view.name_span(criterion),
              say("`{0}` do người chấm mà không có hướng dẫn: mỗi nơi sẽ chấm một kiểu",
                  "`{0}` is scored by people without guidance: everyone will score it differently", criterion.name),
              say("thêm `hướng dẫn \"…\"` nói thế nào thì trọn điểm, thế nào thì trừ",
                  "add `guidance \"…\"` that says what earns full points and what costs some"));
  });
}

void judged_without_step(const PackView& view, Report& report) {
  each_criterion(view, [&](const SubjectView& subject, const sema::Criterion& criterion) {
    const auto* judged = std::get_if<sema::Judged>(&criterion.scoring);
    // A framework that leaves the points open leaves the step to the sets that close them.
    if (!judged || judged->field == kNone || !criterion.maximum || subject.subject().fields[judged->field].info.step)
      return;
    report.at(
        view.name_span(criterion),
        say("`{0}` do người chấm mà không nói bước điểm", "`{0}` is scored by people and has no step", criterion.name),
        say("thêm bước, như `người chấm bước 0,25 điểm`", "add a step, as `scored by people step 0.25 points`"));
  });
}

// ---------------------------------------------------------------- tables

namespace {

/// The value and the floor of a row `từ x`, and of a row `khi value ≥ x`.
std::optional<Threshold> floor_of(const SubjectView& subject, const sema::TableRow& row) {
  if (row.guard == kNone) return std::nullopt;
  auto threshold = subject.threshold(row.guard);
  if (!threshold) return std::nullopt;
  const bool rises = threshold->comparison == Comparison::greater_equal || threshold->comparison == Comparison::greater;
  return rises ? threshold : std::nullopt;
}

Rational row_points(const sema::TableRow& row, const sema::Criterion& criterion) {
  return points_of_row(row.points, criterion.maximum.value_or(Rational(100)));
}

template <class Look>
void each_table(const PackView& view, Look look) {
  each_criterion(view, [&](const SubjectView& subject, const sema::Criterion& criterion) {
    if (const auto* table = std::get_if<sema::ScoreTable>(&criterion.scoring)) look(subject, criterion, *table);
  });
}

}  // namespace

void row_never_reached(const PackView& view, Report& report) {
  each_table(view, [&](const SubjectView& subject, const sema::Criterion&, const sema::ScoreTable& table) {
    bool closed = false;  // some row above holds for every value
    for (const sema::TableRow& row : table.rows) {
      if (closed) {
        report.at(row.span,
                  say("không bao giờ tới dòng này: các dòng trên đã nhận mọi giá trị",
                      "this row is never reached: those above take every value"),
                  say("bỏ dòng này hoặc dòng trên nó, hoặc sửa con số của dòng trên",
                      "remove this row or the one above, or mend the number above"));
        break;
      }
      const auto floor = floor_of(subject, row);
      if (!floor) continue;
      const Interval& range = subject.bounds(floor->value);
      const bool reaches_all =
          range.low && *range.low >= floor->constant && floor->comparison == Comparison::greater_equal;
      const bool out_of_range = range.high && floor->constant > *range.high;
      closed = closed || reaches_all;
      if (out_of_range)
        report.at(row.span,
                  say("không bao giờ tới dòng này: giá trị không vượt {0}",
                      "this row is never reached: the value is never above {0}",
                      number_or_percent(*range.high, *range.high == Rational(1))),
                  say("sửa con số của dòng, hoặc phạm vi của trường", "mend the row's number, or the field's range"));
    }
  });
  report_effects(view, report, Kind::row_not_reached, [](const PlacedEffect&) {
    return EffectWords{say("không bao giờ tới dòng này: hồ sơ nào đúng ở đây thì một dòng trên đã đúng",
                           "this row is never reached: whatever record it holds for, a row above holds already"),
                       say("bỏ dòng này hoặc dòng trên nó, hoặc sửa con số của dòng trên",
                           "remove this row or the one above, or mend the number above")};
  });
}

void criterion_never_changes(const PackView& view, Report& report) {
  report_effects(view, report, Kind::same_points, [](const PlacedEffect& effect) {
    return EffectWords{say("`{0}` luôn cho một số điểm, minh chứng thế nào cũng vậy",
                           "`{0}` gives the same points whatever the evidence", effect.name),
                       say("xem lại cách chấm: có lẽ quên đọc một trường",
                           "look at its scoring again: a field was probably forgotten")};
  });
}

void points_not_monotone(const PackView& view, Report& report) {
  each_table(view, [&](const SubjectView& subject, const sema::Criterion& criterion, const sema::ScoreTable& table) {
    std::vector<const sema::TableRow*> rows;
    for (const sema::TableRow& row : table.rows) {
      const auto floor = floor_of(subject, row);
      // Rows about something else may well give less.
      if (floor && (table.value == kNone || subject.key(floor->value) == subject.key(table.value)))
        rows.push_back(&row);
    }
    int direction = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const Rational above = row_points(*rows[i - 1], criterion), here = row_points(*rows[i], criterion);
      const int step = here < above ? -1 : here > above ? 1 : 0;
      if (direction != 0 && step != 0 && step != direction) {
        report.at(rows[i]->span,
                  say("điểm lúc tăng lúc giảm theo giá trị: dòng này {0} điểm, dòng trên {1}",
                      "points rise and fall again with the value: {0} here, {1} in the row above", here, above),
                  say("xem lại các con số của bảng", "look at the numbers of the table again"));
        return;
      }
      if (step != 0) direction = step;
    }
  });
}

void rows_with_same_points(const PackView& view, Report& report) {
  each_table(view, [&](const SubjectView& subject, const sema::Criterion& criterion, const sema::ScoreTable& table) {
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
      const sema::TableRow &above = table.rows[i - 1], &here = table.rows[i];
      const auto floor = floor_of(subject, above), next = floor_of(subject, here);
      const bool neighbours =
          floor && (here.guard == kNone || (next && subject.key(next->value) == subject.key(floor->value)));
      if (!neighbours || row_points(above, criterion) != row_points(here, criterion)) continue;
      report
          .at(here.span, say("dòng này cùng số điểm với dòng trên", "this row gives the same points as the one above"),
              say("gộp hai dòng, hoặc sửa điểm của một dòng", "make one row of the two, or mend the points of one"))
          .label(above.span, {"dòng trên ở đây", "the row above is here"});
    }
  });
}

// ---------------------------------------------------------------- bands written with both ends

namespace {

/// The stretch of one value that a condition takes in.
struct Band {
  ExprId value = kNone;
  std::optional<Rational> low, high;
  bool low_closed = true, high_closed = true;
  Span span, low_span, high_span;  ///< of the whole; of the comparison that gives the end
};

void narrow(Band& band, const Threshold& threshold, Span span) {
  switch (threshold.comparison) {
    case Comparison::greater_equal:
    case Comparison::greater:
      band.low = threshold.constant;
      band.low_span = span;
      band.low_closed = threshold.comparison == Comparison::greater_equal;
      break;
    case Comparison::less_equal:
    case Comparison::less:
      band.high = threshold.constant;
      band.high_span = span;
      band.high_closed = threshold.comparison == Comparison::less_equal;
      break;
    case Comparison::equal:
      band.low = band.high = threshold.constant;
      band.low_span = band.high_span = span;
      break;
    case Comparison::not_equal: break;
  }
}

/// `x ≥ 70 và x ≤ 89`, or one half of it; nothing when the condition speaks of anything else.
std::optional<Band> band_of(const SubjectView& subject, ExprId id) {
  if (id == kNone) return std::nullopt;
  std::vector<ExprId> parts{id};
  if (subject.expr(id).op == Op::logical_and) parts = subject.expr(id).children;
  Band band;
  for (ExprId part : parts) {
    const auto threshold = subject.threshold(part);
    if (!threshold || threshold->comparison == Comparison::not_equal) return std::nullopt;
    if (band.value != kNone && subject.key(band.value) != subject.key(threshold->value)) return std::nullopt;
    band.value = threshold->value;
    narrow(band, *threshold, subject.expr(part).span);
  }
  band.span = subject.expr(id).span;
  return band;
}

bool is_whole_number(const SubjectView& subject, ExprId id) {
  const sema::Expr& expr = subject.expr(id);
  if (expr.op == Op::count) return true;
  return expr.op == Op::field && subject.subject().fields[expr.index].info.digits == 0;
}

/// Bands on one value: rows of a criterion's table, or (kNone) levels of the rating.
struct Run {
  std::uint32_t criterion = kNone;
  std::vector<Band> bands;  ///< by rising lower end
};

void add_runs(const SubjectView& subject, std::uint32_t criterion, const std::vector<ExprId>& conditions,
              std::vector<Run>& runs) {
  std::map<std::uint32_t, std::vector<Band>> by_value;
  for (ExprId id : conditions)
    if (auto band = band_of(subject, id)) by_value[subject.key(band->value)].push_back(*band);
  for (auto& [key, bands] : by_value) {
    if (bands.size() < 2) continue;
    std::vector<const Band*> rising;
    for (const Band& band : bands) rising.push_back(&band);
    std::stable_sort(rising.begin(), rising.end(),
                     [](const Band* a, const Band* b) { return b->low && (!a->low || *a->low < *b->low); });
    Run& run = runs.emplace_back(Run{criterion, {}});
    for (const Band* band : rising) run.bands.push_back(*band);
  }
}

std::vector<Run> runs_of_bands(const SubjectView& subject) {
  std::vector<Run> runs;
  for (std::uint32_t i = 0; i < subject.subject().criteria.size(); ++i) {
    const auto* table = std::get_if<sema::ScoreTable>(&subject.subject().criteria[i].scoring);
    if (!table) continue;
    std::vector<ExprId> guards;
    for (const sema::TableRow& row : table->rows) guards.push_back(row.guard);
    add_runs(subject, i, guards, runs);
  }
  if (!subject.subject().rating) return runs;
  std::vector<ExprId> conditions;
  for (const sema::Level& level : subject.subject().rating->levels) conditions.push_back(level.condition);
  add_runs(subject, kNone, conditions, runs);
  return runs;
}

/// Two neighbours, where they stand, and who makes tests of what is between them.
struct Pair {
  const SubjectView& subject;
  const Band &below, &above;
  std::uint32_t criterion;
  Witness witness;
};

template <class Look>
void each_pair_of_bands(const PackView& view, Look look) {
  for (std::uint32_t at = 0; at < view.subjects().size(); ++at) {
    const SubjectView& subject = view.subjects()[at];
    for (const Run& run : runs_of_bands(subject))
      for (std::size_t i = 1; i < run.bands.size(); ++i) {
        const Band &below = run.bands[i - 1], &above = run.bands[i];
        if (view.is_own(above.span) && below.high && above.low)
          look(Pair{subject, below, above, run.criterion, {view, at}});
      }
  }
}

/// The comparisons of both bands, all true.
std::vector<Wanted> inside_both(const Band& below, const Band& above) {
  std::vector<Wanted> wanted;
  for (const Band* band : {&below, &above})
    for (const Span& end : {band->low_span, band->high_span})
      if (end.valid()) wanted.push_back({end, true});
  return wanted;
}

bool shows_percent(const SubjectView& subject, ExprId id) {
  return subject.expr(id).op == Op::divide || subject.expr(id).op == Op::share;
}

}  // namespace

void bands_overlap(const PackView& view, Report& report) {
  each_pair_of_bands(view, [&](const Pair& pair) {
    const Band &below = pair.below, &above = pair.above;
    const bool share_an_end = *below.high == *above.low && below.high_closed && above.low_closed;
    if (!share_an_end && *below.high <= *above.low) return;
    const Bilingual value = number_or_percent(*above.low, shows_percent(pair.subject, above.value));
    report
        .at(above.span,
            say("giá trị {0} thuộc cả khoảng này lẫn khoảng kề nó",
                "the value {0} is in this band and in the one beside it", value),
            say("để một đầu hở: viết `<` thay cho `≤` ở khoảng dưới, hoặc dùng bảng `từ …:`",
                "leave one end open: write `<` instead of `<=` in the lower band, or use a table of `from …:` rows"))
        .label(below.span, {"khoảng kề ở đây", "the other band is here"})
        .tests = pair.witness.where("Thuộc cả hai khoảng kề nhau", pair.criterion, inside_both(below, above));
  });
}

void band_hole(const PackView& view, Report& report) {
  each_pair_of_bands(view, [&](const Pair& pair) {
    const Band &below = pair.below, &above = pair.above;
    if (*below.high > *above.low) return;
    const bool touch = *below.high == *above.low && (below.high_closed || above.low_closed);
    const bool next_whole_number = is_whole_number(pair.subject, above.value) && below.high_closed &&
                                   above.low_closed && *above.low - *below.high <= Rational(1);
    if (touch || next_whole_number) return;
    const bool percent = shows_percent(pair.subject, above.value);
    report
        .at(above.span,
            say("giá trị giữa {0} và {1} không thuộc khoảng nào", "values between {0} and {1} are in no band",
                number_or_percent(*below.high, percent), number_or_percent(*above.low, percent)),
            say("viết `< {0}` ở khoảng dưới, hoặc dùng bảng `từ …:`",
                "write `< {0}` in the lower band, or use a table of `from …:` rows",
                number_or_percent(*above.low, percent)))
        .label(below.span, {"khoảng kề ở đây", "the other band is here"})
        .tests = pair.witness.where("Ở giữa hai khoảng, không thuộc khoảng nào", pair.criterion,
                                    {{below.high_span, false}, {above.low_span, false}});
  });
}

// ---------------------------------------------------------------- denominators

namespace {

/// Whether one of the treatments speaks of what did not arise; `không áp dụng` speaks for every cause that is not named.
bool says_did_not_arise(const std::vector<syntax::Treatment>& treatments) {
  return std::any_of(treatments.begin(), treatments.end(),
                     [](const syntax::Treatment& each) { return each.cause != syntax::NaCause::not_yet_due; });
}

std::vector<const syntax::Subject*> subject_trees(const PackView& view) {
  std::vector<const syntax::Subject*> trees;
  for (const syntax::File* file : view.files())
    for (const syntax::Item& item : file->items)
      if (const auto* tree = std::get_if<syntax::Subject>(&item)) trees.push_back(tree);
  return trees;
}

/// Whether the author said it at the criterion, a group around it, or the subject. What an indicator's use brings along counts as said.
bool is_zero_settled(const PackView& view, const sema::Subject& subject, const sema::Criterion& criterion) {
  const syntax::Criterion* tree = view.tree_of(criterion);
  if (!tree || says_did_not_arise(tree->treatments)) return true;
  for (std::uint32_t at = criterion.group; at != kNone; at = subject.groups[at].parent) {
    const syntax::Group* group = view.tree_of(subject.groups[at]);
    if (!group || says_did_not_arise(group->treatments)) return true;
  }
  const auto trees = subject_trees(view);
  return std::any_of(trees.begin(), trees.end(), [&](const syntax::Subject* each) {
    return each->path.span == subject.span && says_did_not_arise(each->body.treatments);
  });
}

}  // namespace

void zero_denominator_unsaid(const PackView& view, Report& report) {
  each_criterion(view, [&](const SubjectView& subject, const sema::Criterion& criterion) {
    const auto& effect = criterion.treatments.by_cause[static_cast<std::size_t>(sema::NaCause::did_not_arise)];
    const bool no_total = !effect || *effect == sema::NaEffect::no_total;
    const auto& treatments = criterion.treatments.by_cause;
    const bool any =
        std::any_of(treatments.begin(), treatments.end(), [](const auto& each) { return each.has_value(); });
    if (!any || !no_total || is_zero_settled(view, subject.subject(), criterion)) return;
    for (ExprId root : subject.roots_of(criterion))
      subject.visit(root, [&](ExprId id) {
        const sema::Expr& expr = subject.expr(id);
        if (expr.op != Op::divide || !view.is_own(expr.span)) return;
        const Interval& below = subject.bounds(expr.children[1]);
        if (below.low && below.low->sign() > 0) return;
        report.at(expr.span,
                  say("mẫu số có thể bằng 0, mà `{0}` không nói khi đó tính điểm thế nào: phiếu sẽ không có tổng điểm",
                      "the denominator can be zero, and `{0}` does not say what its points are then: the sheet will "
                      "have no total",
                      criterion.name),
                  say("thêm `không phát sinh: …` vào tiêu chí hoặc nhóm",
                      "add `did not arise: …` to the criterion or its group"));
      });
  });
}

}  // namespace quy::lint

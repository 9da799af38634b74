#include "tools/lint/effects.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "tools/lint/words.h"
#include "tools/testing/case_writer.h"

namespace quy::lint {

using analysis::NoEffect;
using bytecode::kNone;

namespace {

using Place = std::tuple<std::string, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>;

/// The spans of one subject's conditions by what a module says of where they come from.
class Spans {
 public:
  Spans(const PackView& view, const sema::Subject& subject) : view_(view) {
    for (const sema::Expr& expr : subject.exprs) add(expr.span);
    for (const sema::Criterion& criterion : subject.criteria)
      if (const auto* table = std::get_if<sema::ScoreTable>(&criterion.scoring))
        for (const sema::TableRow& row : table->rows) add(row.span);
    if (!subject.rating) return;
    for (const sema::Level& level : subject.rating->levels) add(level.clauses.span);
    const auto add_rules = [&](const auto& rules) {
      for (const auto& each : rules) add(each.rule.span);
    };
    add_rules(subject.rating->needs);
    add_rules(subject.rating->bars);
    add_rules(subject.rating->lowers);
    add_rules(subject.rating->forces);
    add_rules(subject.rating->hand_overs);
    for (const sema::Rule& rule : subject.rating->not_rated) add(rule.span);
  }

  /// Nothing for a place in another pack's files.
  std::optional<Span> of(const bytecode::Subject& subject, std::uint32_t observable) const {
    const std::uint32_t origin = subject.observables[observable].origin;
    if (origin == kNone) return std::nullopt;
    const bytecode::Origin& from = subject.origins[origin];
    const auto found = spans_.find({from.file, from.begin_line, from.begin_column, from.end_line, from.end_column});
    return found == spans_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  void add(Span span) {
    if (!span.valid() || !view_.is_own(span)) return;
    const LineColumn begin = view_.sources().line_column(span.file, span.begin),
                     end = view_.sources().line_column(span.file, span.end);
    spans_.try_emplace({view_.sources().name(span.file), begin.line, begin.column, end.line, end.column}, span);
  }

  const PackView& view_;
  std::map<Place, Span> spans_;
};

class Placing {
 public:
  explicit Placing(const PackView& view) : view_(view), year_(tools::test_year(view.pack())) {}

  std::vector<PlacedEffect> run() {
    for (std::uint32_t i = 0; i < view_.subjects().size(); ++i) criteria_of(i);
    for (std::uint32_t rating = 0; rating < view_.pack().ratings.size(); ++rating)
      if (view_.is_own(view_.pack().ratings[rating].span)) conditions_of(rating);
    return std::move(placed_);
  }

 private:
  void criteria_of(std::uint32_t index) {
    const sema::Subject& typed = view_.subjects()[index].subject();
    std::vector<std::uint32_t> own;
    for (std::uint32_t i = 0; i < typed.criteria.size(); ++i)
      if (view_.is_own(typed.criteria[i].span)) own.push_back(i);
    if (own.empty()) return;
    const bytecode::Subject& subject = view_.module().subjects[index];
    const Spans spans(view_, typed);
    for (const NoEffect& effect :
         analysis::criteria_without_effect(view_.module(), subject, own, year_, view_.settings().limit))
      place(effect, subject, typed, spans);
  }

  void place(const NoEffect& effect, const bytecode::Subject& subject, const sema::Subject& typed, const Spans& spans) {
    const sema::Criterion *criterion = criterion_of(effect.observable, subject, typed),
                          *other = criterion_of(effect.other, subject, typed);
    PlacedEffect placed{effect.kind, effect.proved, {}, {}, criterion ? criterion->name : "", other ? other->name : ""};
    const std::optional<Span> span = criterion ? view_.name_span(*criterion) : spans.of(subject, effect.observable);
    if (!span) return;
    placed.span = *span;
    if (other) placed.other = view_.name_span(*other);
    placed_.push_back(std::move(placed));
  }

  static const sema::Criterion* criterion_of(std::uint32_t observable, const bytecode::Subject& subject,
                                             const sema::Subject& typed) {
    for (std::size_t i = 0; i < subject.criteria.size() && observable != kNone; ++i)
      if (subject.criteria[i].observable == observable) return &typed.criteria[i];
    return nullptr;
  }

  /// What no subject so far shows to have an effect; it takes one that does to clear a rule.
  void conditions_of(std::uint32_t rating) {
    using Key = std::tuple<FileId, std::uint32_t, std::uint32_t, NoEffect::Kind>;
    std::optional<std::map<Key, PlacedEffect>> suspects;
    for (std::uint32_t i = 0; i < view_.subjects().size() && !(suspects && suspects->empty()); ++i) {
      const sema::Subject& typed = view_.subjects()[i].subject();
      if (!typed.rating || typed.rating->declared != rating) continue;
      const bytecode::Module& module = view_.module();
      const std::uint32_t variant = module.subjects[i].given_total_variant;
      const bytecode::Subject& rated = module.subjects[variant == kNone ? i : variant];
      const Spans spans(view_, typed);
      std::map<Key, PlacedEffect> here;
      for (const NoEffect& effect :
           analysis::rating_conditions_without_effect(module, rated, year_, view_.settings().limit))
        if (const auto span = spans.of(rated, effect.observable))
          here.try_emplace({span->file, span->begin, span->end, effect.kind},
                           PlacedEffect{effect.kind, effect.proved, *span, {}, {}, {}});
      if (suspects)
        std::erase_if(*suspects, [&](const auto& each) { return !here.contains(each.first); });
      else
        suspects = std::move(here);
    }
    if (suspects)
      for (auto& [key, effect] : *suspects) placed_.push_back(std::move(effect));
  }

  const PackView& view_;
  int year_;
  std::vector<PlacedEffect> placed_;
};

}  // namespace

std::vector<PlacedEffect> place_effects(const PackView& view) { return Placing(view).run(); }

void report_effects(const PackView& view, Report& report, NoEffect::Kind kind,
                    EffectWords (*words)(const PlacedEffect& effect)) {
  for (const PlacedEffect& effect : view.effects()) {
    if (effect.kind != kind) continue;
    EffectWords said = words(effect);
    if (!effect.proved)
      said = {say("chưa xác định trong thời hạn, có thể là: {0}", "not settled within the limit, it may be that {0}",
                  said.message),
              say("tăng thời hạn bằng `--limit`, hoặc tự xem lại",
                  "give more time with `--limit`, or look at it yourself")};
    Finding& finding = report.at(effect.span, std::move(said.message), std::move(said.advice));
    finding.settled = effect.proved;
    if (effect.other.valid()) finding.label(effect.other, {"tiêu chí kia ở đây", "the other criterion is here"});
  }
}

}  // namespace quy::lint

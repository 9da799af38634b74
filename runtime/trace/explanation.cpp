#include "runtime/trace/explanation.h"

#include "runtime/trace/explain_points.h"
#include "runtime/trace/explain_rating.h"
#include "runtime/trace/outcome_ids.h"
#include "runtime/trace/phrases.h"
#include "runtime/trace/stage_lines.h"

namespace quy::trace {
namespace {

using bytecode::FieldPlace;

struct PlaceName {
  FieldPlace place;
  Phrase name;
};
constexpr PlaceName kPlaces[] = {{FieldPlace::evidence, Phrase::place_evidence},
                                 {FieldPlace::score, Phrase::place_score},
                                 {FieldPlace::decision, Phrase::place_decision},
                                 {FieldPlace::exception, Phrase::place_exception},
                                 {FieldPlace::maximum, Phrase::place_maximum},
                                 {FieldPlace::earlier_in_span, Phrase::place_earlier}};

/// Where a record carries what is missing; empty for fields that no record states.
std::string place_name(FieldPlace place, Language language) {
  for (const PlaceName& known : kPlaces) {
    if (known.place == place) return phrase(known.name, language);
  }
  return {};
}

void add_missing(const RecordView& view, const Result& result, ExplanationTree& tree) {
  for (const std::uint32_t field : result.influential) {
    MissingItem item{missing_id(view, field), missing_label(view, field),
                     place_name(view.index.subject().fields[field].place, view.language)};
    const bool known = !tree.missing.empty() && tree.missing.back().id == item.id;
    if (!known) tree.missing.push_back(std::move(item));
  }
}

/// Labels of outcomes that are possible.
std::string labels(const RecordView& view, vm::OutcomeSet outcomes, const std::vector<OutcomeLine>& possible) {
  std::string list;
  for_each_outcome(view.index, outcomes, [&](std::string_view id) {
    for (const OutcomeLine& outcome : possible)
      if (outcome.id == id) list += (list.empty() ? "" : "; ") + outcome.label;
  });
  return list;
}

void add_deciding(const RecordView& view, const Result& result, ExplanationTree& tree) {
  for (const WouldDecide::Item& item : result.would_decide.items) {
    std::string text = missing_label(view, item.field);
    if (item.alone != 0) text = phrase(Phrase::may_decide_alone, view.language, {text, labels(view, item.alone, tree.possible)});
    tree.would_decide.push_back({Mark::missing, "deciding", std::move(text), {}, {}});
  }
  if (!result.would_decide.smallest)
    tree.would_decide.push_back({Mark::none, "deciding", phrase(Phrase::maybe_fewer_decide, view.language), {}, {}});
}

Line plain(std::string_view phase, std::string text, std::vector<std::string> clauses = {}) {
  return {Mark::none, std::string(phase), std::move(text), std::move(clauses), {}};
}

void add_readings(const RecordView& view, ExplanationTree& tree) {
  for (const std::uint32_t reading : view.index.subject().readings) {
    const bytecode::ReadingInfo& info = view.index.module().readings[reading];
    const std::uint32_t chosen = view.index.program().chosen(reading);
    const std::string& option = info.option_labels[chosen].empty() ? info.option_ids[chosen] : info.option_labels[chosen];
    const std::string& name = info.label.empty() ? info.id : info.label;
    // A reading given for this run was picked by nobody's document.
    const bool as_packed = chosen == info.chosen && !info.chosen_by.empty();
    std::string text = as_packed ? phrase(Phrase::reading_chosen_by, view.language, {name, option, info.chosen_by})
                                 : phrase(Phrase::reading_chosen, view.language, {name, option});
    tree.readings.push_back(plain("reading", std::move(text), info.clause.empty() ? std::vector<std::string>{} : std::vector{info.clause}));
  }
}

/// Why another's result is not settled, in words.
Phrase word_of(std::string_view status) {
  constexpr std::pair<std::string_view, Phrase> words[] = {
      {"undecided", Phrase::other_undecided}, {"authority", Phrase::other_authority}, {"gap", Phrase::other_gap},
      {"quota", Phrase::other_quota},         {"rejected", Phrase::other_rejected},   {"not_found", Phrase::other_not_found},
      {"repeated", Phrase::other_repeated}};
  for (const auto& [id, word] : words)
    if (id == status) return word;
  return Phrase::other_scale;
}

void add_notes(const RecordView& view, const Result& result, ExplanationTree& tree) {
  const auto note = [&](Phrase id, std::initializer_list<std::string_view> arguments) {
    tree.notes.push_back(plain("note", phrase(id, view.language, arguments)));
  };
  const facts::RecordHead& head = *result.head;
  constexpr Phrase kSettled[] = {Phrase::note_settled_rating, Phrase::note_settled_total, Phrase::note_settled_both};   // by Settled
  if (result.settled != Settled::no) note(kSettled[static_cast<std::size_t>(result.settled) - 1], {});
  for (const OtherResult& other : result.waits_for) note(Phrase::note_waits_for, {other.id, other.period, phrase(word_of(other.status), view.language)});
  for (const OtherResult& other : result.provisional) note(Phrase::note_provisional, {other.id, other.period});
  if (head.closed) note(Phrase::note_closed, {head.closed_by, head.closed_date});
  for (const std::string& criterion : head.presumed) note(Phrase::note_presumed, {criterion});
  for (const std::string& defect : view.index.subject().acknowledged) note(Phrase::note_acknowledged, {defect});
  if (!view.index.module().profile.empty()) note(Phrase::note_profile, {view.index.module().profile});
  if (view.index.subject().has_open_points) note(Phrase::note_open_points, {});
}

/// What a place under a quota does to the rating; a place that nobody has decided does nothing yet.
Mark mark_of(const QuotaPlace& place) {
  if (place.standing == "within") return Mark::holds;
  if (place.standing == "beyond") return place.decided_by.empty() ? Mark::none : Mark::fails;
  return Mark::missing;
}

void add_quota(const RecordView& view, const Result& result, ExplanationTree& tree) {
  if (!result.quota) return;
  const QuotaPlace& place = *result.quota;
  tree.why.push_back({mark_of(place), "quota", phrase(Phrase::under_quota, view.language, {place.text}), *place.clauses, {}});
}

void fill_head(const RecordView& view, const SubjectConstants& constants, const PackIdentity& pack, const Result& result,
               ExplanationTree& tree) {
  const bytecode::Subject& subject = view.index.subject();
  tree.id = result.head->id;
  tree.subject = subject.id;
  tree.subject_label = subject.label;
  tree.period = result.head->period;
  tree.unit = result.head->unit;
  tree.stage = constants.stage;
  tree.pack = pack;
  tree.pack_label = view.index.module().label;
  tree.status = result.status;
  tree.total = result.total;
  tree.total_range = result.total_range;
  tree.outer = result.outer;
  if (result.level == kNone) return;
  tree.rating = view.index.rating()->levels[result.level].id;
  tree.rating_label = view.index.level_label(result.level);
}

}  // namespace

ExplanationTree build_explanation(const RecordView& view, const SubjectConstants& constants, const PackIdentity& pack, const Result& result) {
  ExplanationTree tree;
  fill_head(view, constants, pack, result, tree);
  tree.possible = outcome_lines(view, result);
  tree.why = why_lines(view, result);
  add_quota(view, result, tree);
  tree.stages = stage_lines(view, result);
  tree.overrides = override_lines(view, result);
  tree.points = points_rows(view, result);
  if (const std::optional<std::uint32_t> next = next_level(view, result)) {
    tree.next_rating = view.index.rating()->levels[*next].id;
    tree.next_label = view.index.level_label(*next);
    tree.why_not = why_not_lines(view, result, *next);
  }
  add_missing(view, result, tree);
  add_deciding(view, result, tree);
  add_readings(view, tree);
  add_notes(view, result, tree);
  return tree;
}

}  // namespace quy::trace

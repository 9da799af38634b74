#include "runtime/trace/stage_lines.h"

#include "runtime/bytecode/labels.h"
#include "runtime/trace/explain_rating.h"
#include "runtime/trace/phrases.h"
#include "runtime/trace/place_text.h"

namespace quy::trace {
namespace {

Line line(std::string_view phase, std::string text) { return {Mark::none, std::string(phase), std::move(text), {}, {}}; }

std::string outcome_text(const RecordView& view, const StageOutcome& of) {
  return of.level == kNone ? phrase(status_phrase(of.status), view.language) : view.index.level_label(of.level);
}

std::string because_text(const RecordView& view, const StageOutcome& of) {
  std::string places;
  for (const std::string& place : of.because)
    places += (places.empty() ? "" : phrase(Phrase::and_also, view.language)) + place_label(view.index.subject(), place, view.language);
  return phrase(of.smallest ? Phrase::stage_because : Phrase::stage_because_some, view.language, {places});
}

}  // namespace

std::vector<Line> stage_lines(const RecordView& view, const Result& result) {
  std::vector<Line> lines;
  for (const StageOutcome& of : result.stages) {
    const std::string stage = bytecode::stage_label(std::string(of.stage)).in(view.language);
    const std::string outcome = outcome_text(view, of);
    const bool pointless = of.total.decimal.empty() && of.total_range.empty();
    lines.push_back(line("stage", pointless ? phrase(Phrase::stage_outcome, view.language, {stage, outcome})
                                            : phrase(Phrase::stage_outcome_points, view.language,
                                                     {stage, points_for_people(of.total, of.total_range, false, view.language), outcome})));
    if (!of.because.empty()) lines.back().parts.push_back(line("because", because_text(view, of)));
  }
  return lines;
}

std::vector<Line> override_lines(const RecordView& view, const Result& result) {
  const bytecode::Module& module = view.index.module();
  const bytecode::Subject& subject = view.index.subject();
  std::vector<Line> lines;
  for (const facts::Override& of : result.head->overrides) {
    const std::string stage = bytecode::stage_label(of.stage).in(view.language), place = place_label(subject, of.place, view.language);
    const auto value = [&](const std::string& written) { return written_value_text(module, subject, of.place, written, view.language); };
    lines.push_back(line("override", of.to.empty() ? phrase(Phrase::override_place, view.language, {stage, place})
                                                   : phrase(Phrase::override_values, view.language, {stage, place, value(of.from), value(of.to)})));
    lines.back().parts.push_back(line("reason", phrase(Phrase::override_reason, view.language, {of.reason})));
    lines.back().parts.push_back(line("document", phrase(Phrase::override_document, view.language, {of.document})));
  }
  return lines;
}

}  // namespace quy::trace

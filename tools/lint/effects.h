#pragma once
// What analysis/effect proves of a pack's rules, at the places where its author wrote them.

#include <vector>

#include "analysis/effect/effect.h"
#include "base/source.h"
#include "tools/lint/pack_view.h"
#include "tools/lint/report.h"

namespace quy::lint {

struct PlacedEffect {
  analysis::NoEffect::Kind kind;
  bool proved = false;
  Span span, other;              ///< other: of the other criterion
  std::string name, other_name;  ///< of criteria
};

/// Of criteria and ratings in the pack's own files. What a rating says is without effect only when it is for every subject that it rates.
std::vector<PlacedEffect> place_effects(const PackView& view);

/// Puts those of one kind into the report. `words` makes a finding's message and advice for people who know the proof is there; where it is
/// not, the finding says so instead.
struct EffectWords {
  Bilingual message, advice;
};
void report_effects(const PackView& view, Report& report, analysis::NoEffect::Kind kind,
                    EffectWords (*words)(const PlacedEffect& effect));

}  // namespace quy::lint

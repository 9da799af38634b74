#pragma once
// What a rule has to say about one place, and what would mend it.

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/language.h"
#include "base/source.h"
#include "tools/lint/rule.h"

namespace quy::lint {

/// A replacement of source text. An empty replacement takes the text out.
struct Edit {
  Span span;
  std::string replacement;
};

struct Finding {
  const Rule* rule = nullptr;
  Span span;
  Bilingual message;               ///< what was found; lower case, no full stop
  Bilingual advice;                ///< what to do
  std::vector<Label> labels;       ///< second places
  std::vector<Edit> edits;         ///< all of them together mend the finding
  bool settled = true;             ///< false: a proof took too long, so this is only a doubt and never more than advice
  std::vector<std::string> tests;  ///< records that show it, as tests in the language; only where they were asked for

  Finding& label(Span where, Bilingual text) {
    labels.push_back({where, std::move(text)});
    return *this;
  }
  Level level() const { return settled ? rule->level : Level::advice; }
  Finding& mend(Span where, std::string replacement) {
    edits.push_back({where, std::move(replacement)});
    return *this;
  }
};

}  // namespace quy::lint

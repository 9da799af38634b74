#pragma once
// The entry that a new version's list of changes would have, the number that it should carry, and what is wrong with the one that it has.

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "tools/diff/report.h"

namespace quy::tools {

/// By what a change does to those who are rated.
enum class ChangelogPart : std::uint8_t { loosened, tightened, either_way, new_evidence, other_set, not_proved, same_meaning, words };

struct Changelog {
  struct Line {
    ChangelogPart part = ChangelogPart::words;
    Bilingual text;
  };
  std::vector<Line> lines;
  std::string proposed;  ///< version; empty when the older one has no number of three parts
  std::vector<Bilingual> warnings;
};

/// The version proposed: the first number rises when somebody may be better off, or when records and results of the older version no longer
/// fit (evidence or subjects gone or of another kind, levels, quotas); the second when it is only tightened or asks for new evidence; the
/// third when no meaning changed.
Changelog changelog(const DiffReport& report, const DiffSide& before, const DiffSide& after);

/// Markdown.
void print_changelog(std::ostream& out, const Context& context, const DiffReport& report, const Changelog& changelog);

}  // namespace quy::tools

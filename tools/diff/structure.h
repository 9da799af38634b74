#pragma once
// What changed in the text of a criteria set, thing by thing: matched by id and by `trước là`, in words, with clause and place in both versions.
//
// Order, layout, comments, keyword language and the division into files are no part of a pack, so they change nothing here.

#include <string>
#include <vector>

#include "analysis/diff/versions.h"
#include "tools/diff/sides.h"

namespace quy::tools {

/// What a change can do.
enum class Reach : std::uint8_t {
  words,    ///< labels, citations, guidance: no rating hangs on it
  rules,    ///< whether it changes a rating is settled by the comparison of meanings
  evidence, ///< what records must, may or must not hold
  set       ///< subjects, levels, quotas, choices: what the set is made of
};

enum class ChangeKind : std::uint8_t { added, removed, moved, renamed, changed };

/// Kinds of things, in the order in which a report lists them.
enum class Thing : std::uint8_t {
  pack, document, reading, not_rule, subject, rating, level, rule, quota, group, criterion, evidence, requirement, value, scale, table, calendar
};

struct Detail {
  Bilingual what;           ///< `điểm`, `điều kiện`
  Bilingual before, after;  ///< empty where a version has none
  Reach reach = Reach::words;
};

struct SideOfChange {
  std::uint32_t index = bytecode::kNone;  ///< of the first subject: criterion, group, field, or the rule's observable
  std::string id;
  Bilingual label;
  std::vector<std::string> clauses;
  std::string place;  ///< `file:line`; empty when the pack does not say
};

struct Change {
  Thing thing = Thing::pack;
  ChangeKind kind = ChangeKind::changed;
  SideOfChange before, after;
  std::vector<Detail> details;
  std::vector<std::string> subjects;  ///< ids, of the newer version where it has them; none for what belongs to the pack
  Reach reach() const;                ///< the furthest of its details; of something added or removed, of the thing
};

/// One subject of both versions, its parts matched.
struct SubjectMatch {
  analysis::Match subject;
  std::vector<analysis::Match> criteria, groups;
  analysis::Renames criteria_renames;
};

std::vector<SubjectMatch> match_subjects(const DiffSide& before, const DiffSide& after);

/// Changes that several subjects share stand once.
std::vector<Change> structural_changes(const DiffSide& before, const DiffSide& after, const std::vector<SubjectMatch>& subjects);

}  // namespace quy::tools

#pragma once
// Two versions of a pack compared: what changed in the text, and what it means.

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tools/diff/structure.h"
#include "tools/diff/words.h"
#include "tools/testing/written_tests.h"

namespace quy::tools {

/// A record on which the versions differ.
struct ShownRecord {
  analysis::Effect effect = analysis::Effect::other;
  Bilingual before, after;       ///< what each version gives
  std::vector<Fact> facts;       ///< those that matter, or that are out of the ordinary
  std::vector<Fact> new_facts;   ///< what only the newer version asks
  bool near_ordinary = false;    ///< everything else is as in a record with everything met
  std::string test, evidence;    ///< for the newer version, in the language and as JSON; empty when it was compiled
};

struct MeaningItem {
  analysis::ItemDiff::What what = analysis::ItemDiff::What::criterion;
  analysis::Standing standing = analysis::Standing::same;
  SideOfChange before, after;
  std::vector<ShownRecord> records;
  std::vector<analysis::Effect> excluded;
  Bilingual reason;

  const SideOfChange& shown() const { return after.index == bytecode::kNone ? before : after; }
  bool excludes(analysis::Effect effect) const;
  bool shows(analysis::Effect effect) const;
};

struct SubjectMeaning {
  std::string id, label;
  std::vector<MeaningItem> items;  ///< those that differ in form; `points` and `level` too
  bool same_requirements = true;
  std::vector<Bilingual> not_analysed;
  analysis::Standing standing() const;
};

struct PackHead {
  std::string given, id, version, label, meaning, sources;
};

struct DiffReport {
  PackHead before, after;
  std::vector<Change> changes;
  std::vector<SubjectMeaning> subjects;  ///< of both versions, where anything differs in form
  std::map<std::string, std::string> subject_labels;  ///< of either version, by id
  Language keywords = Language::vi;      ///< of the newer version
  bool same_hash() const { return before.meaning == after.meaning; }
  analysis::Standing standing() const;
  /// Somebody is better off, or it is not excluded for a subject that changed.
  bool may_be_looser() const;
  bool not_proved() const;
};

/// Each question to the solver has `limit`. `only`, where it is not empty, is the id of the one subject whose meaning is looked at.
DiffReport compare_packs(DiffSide& before, DiffSide& after, const std::string& only, std::chrono::milliseconds limit);

WrittenTests tests_of(const DiffReport& report);

}  // namespace quy::tools

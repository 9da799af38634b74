#pragma once
// Whether two versions of a subject mean the same, item by item and for the rating as a whole.
//
// Both versions run on one record (analysis/joint/joint.h). What has one form in both (normal_form.h) is the same without a proof; the rest is
// asked of the solver over all complete evidence, before quotas. Every record that is shown has been run on each version's own code.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "analysis/diff/versions.h"
#include "analysis/record/record.h"
#include "base/language.h"
#include "runtime/vm/machine.h"

namespace quy::analysis {

enum class Standing : std::uint8_t {
  same,        ///< the same code, or proved for every complete record
  not_proved,  ///< neither a proof nor a record
  changed      ///< with a record that shows it, or for a reason that needs none
};

/// What the newer version is for the person rated.
enum class Effect : std::uint8_t { better, worse, other /* neither: left out, no longer rated, for the authority */ };
inline constexpr Effect kEffects[] = {Effect::better, Effect::worse, Effect::other};

/// What one version says of a record; of a criterion no outcome, of a rule no points.
struct Said {
  vm::Range points;
  bool left_out = false;  ///< of a criterion or group; its treatment may give points nevertheless
  std::optional<vm::Range> maximum;
  vm::OutcomeSet outcomes = 0;
};

/// A record on which the versions differ, in the fields of each.
struct ChangedRecord {
  Effect effect = Effect::other;
  Record before, after;
  Said said_before, said_after;
  /// Of a whole sheet: the ordinary record, in the older version's fields, that `before` lies near.
  Record ordinary;
};

struct ItemDiff {
  enum class What : std::uint8_t {
    criterion,
    group,        ///< a change of its own, not of what is in it
    rule,         ///< of the rating; item: observables of the versions over a stated total
    level_floor,  ///< item: levels
    rating,       ///< over a stated total, what no single rule explains
    points,       ///< the total
    level         ///< status and level with the record's own points
  };
  What what = What::criterion;
  Match item;
  Standing standing = Standing::same;
  std::vector<ChangedRecord> records;  ///< at most one of each effect
  std::vector<Effect> excluded;        ///< effects that no complete record shows
  bool only_points = false;            ///< proved of a criterion or group: it is left out alike, and its maximum is the same
  Bilingual reason;                    ///< why it is not proved, or changed without a record
};

struct SubjectDiff {
  std::vector<ItemDiff> items;      ///< criteria, groups, rules that differ in form; then `points` and `level` wherever the subject has them
  bool same_requirements = true;    ///< rules on the record itself, which reject it
  std::vector<Bilingual> not_analysed;
  bool same() const;
};

/// Each question to the solver has `limit`.
SubjectDiff compare_versions(const Versions& versions, std::chrono::milliseconds limit);

}  // namespace quy::analysis

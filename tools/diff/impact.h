#pragma once
// What the newer version does to records that are there: each is rated by both, and who is rated otherwise is counted and named.
//
// Records come in one order for both versions, so memory holds a few dozen bytes for each record of the first run, and more only for those
// that change.

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/numeric/rational.h"
#include "tools/diff/words.h"

namespace quy::tools {

struct ImpactCount {
  std::uint64_t records = 0, better = 0, worse = 0, otherwise = 0;
  std::uint64_t places_won = 0, places_lost = 0;  ///< of quotas: within them in one version only
  std::uint64_t changed() const { return better + worse + otherwise; }
  bool says_something() const { return changed() + places_won + places_lost > 0; }
};

struct ChangedPerson {
  std::string id, subject, unit;
  std::string before, after;                  ///< outcomes: level id, status, or `rejected`
  std::string total_before, total_after;      ///< decimals as results print them; empty where there is none
  std::string clause_before, clause_after;    ///< of the first reason
  analysis::Effect effect = analysis::Effect::other;
};

/// What a quota has in store for a result.
enum class QuotaStanding : std::uint8_t { none /* not compared */, within, tied, beyond, open };

struct ChangedPlace {
  std::string id, subject, unit, cohort;
  QuotaStanding before = QuotaStanding::none, after = QuotaStanding::none;
  bool won() const { return after == QuotaStanding::within; }
};

struct Impact {
  std::vector<std::string> outcomes;          ///< of either version: levels from the best, then those without a level
  std::map<std::string, std::string> labels;  ///< of outcomes that are levels
  std::map<std::string, std::string> subject_labels;
  std::map<std::pair<std::string, std::string>, std::uint64_t> matrix;
  ImpactCount all;
  std::map<std::string, ImpactCount> by_subject, by_unit, by_cohort;
  std::uint64_t more_points = 0, fewer_points = 0, newly_undecided = 0, newly_rejected = 0, newly_taken = 0;
  Rational gained, lost;                      ///< points of all records together
  std::vector<ChangedPerson> people;          ///< rated otherwise, in input order
  std::vector<ChangedPerson> points_only;     ///< same outcome, other total; the first few
  std::vector<ChangedPlace> places;           ///< won or lost, in input order
};

/// A total of a changed person as the language writes numbers; empty where there is none.
std::string total_text(const std::string& total, Language language);

/// A message when an input cannot be read.
std::variant<Impact, Message> find_impact(const DiffSide& before, const DiffSide& after, const std::vector<std::string>& inputs,
                                          Language language);

}  // namespace quy::tools

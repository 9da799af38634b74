#pragma once
// One result as a report needs it, and the labels for its ids.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "runtime/bytecode/module.h"

namespace quy::tools {

struct ResultRow {
  struct Reason {
    std::string clause, text;
  };
  std::string id, subject, period, unit, cohort, stage, total, total_exact, low, high, rating, status;
  std::vector<std::string> possible, missing, presumed;
  std::vector<Reason> reasons;
  /// With every stage beside the last.
  struct Stage {
    std::string stage, total, low, high, rating, status;
    std::vector<std::string> because;   ///< places of the record
    bool smallest = true;
  };
  std::vector<Stage> stages;
  struct Override {
    std::string stage, place, from, to, reason, document;
  };
  std::vector<Override> overrides;
  bool outer = false;
  /// What a quota is in one cohort.
  struct Quota {
    std::string level, unit, cohort, rate, candidates, places, raised_by, decided_by;
    std::string standing, text;                                ///< of a record
    std::uint64_t within = 0, tied = 0, beyond = 0, open = 0;  ///< of a cohort
  };
  std::vector<Quota> quotas;  ///< of a record at most one
  std::string quota_text() const { return of_cohort || quotas.empty() ? std::string() : quotas.front().text; }
  bool of_cohort = false;  ///< not a record's result but the count of a cohort
};
ResultRow parse_result(std::string_view line);

/// Where a result belongs in a chart: a level, by its rank from the best, or a status without one.
struct Category {
  std::uint32_t rank = 0;
  std::string label;
  friend auto operator<=>(const Category&, const Category&) = default;
};
inline constexpr std::uint32_t kUndecidedRank = 100, kAuthorityRank = 101, kGapRank = 102, kNotRatedRank = 103;
inline constexpr std::uint32_t kWithinRank = 200, kTiedRank = 201, kBeyondRank = 202, kOpenRank = 203;

class Labels {
 public:
  /// Of several versions, the oldest first, the newest that knows an id names it.
  Labels(const std::vector<const bytecode::Module*>& versions, Language language);

  const std::string& subject(const std::string& id) const;
  Category category(const ResultRow& row) const;
  /// What a stage is called, and its outcome.
  std::string stage(const std::string& id) const;
  std::string outcome_of(const std::string& subject, const ResultRow::Stage& stage) const;
  /// What explains that a stage's outcome is not that of the one before; empty when it is.
  std::string because(const std::string& subject, const ResultRow::Stage& stage) const;
  /// A place of the subject's records, and a value that stands there.
  std::string place(const std::string& subject, const std::string& place) const;
  std::string value(const std::string& subject, const std::string& place, const std::string& written) const;
  /// An override in words.
  std::string change(const std::string& subject, const ResultRow::Override& of) const;
  std::string reason_of(const ResultRow::Override& of) const;
  std::string document_of(const ResultRow::Override& of) const;
  /// A level, or `none`, `not_rated`, `authority`.
  std::string outcome(const std::string& subject, const std::string& id) const;
  /// A level that is known by its id alone.
  std::string level(const std::string& id) const;
  /// `Nhiệm vụ được giao (giao)`; a row's field with its list.
  std::string field(const std::string& subject, const std::string& id) const;
  Language language() const { return language_; }
  const char* say(const char* vi, const char* en) const { return language_ == Language::vi ? vi : en; }

 private:
  /// A subject as one version has it.
  struct Known {
    const bytecode::Module* module;
    const bytecode::Subject* subject;
  };
  const std::vector<Known>& find(const std::string& subject) const;
  std::string status(const std::string& id) const;

  Language language_;
  std::vector<const bytecode::Module*> versions_;        ///< the newest first
  std::map<std::string, std::vector<Known>> subjects_;   ///< the newest first
};

}  // namespace quy::tools

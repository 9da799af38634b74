#pragma once
// Packs that are versions of one criteria set, and runs in which each record is rated by the one in force.

#include <iosfwd>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/api/evaluation.h"

namespace quy {

/// Versions of one criteria set: the one in force on the last day of its period rates a record.
class PackVersions {
 public:
  /// The oldest first, however they are given. One alone is always in force; of several, Q0896 when they are of different sets, Q0895 when
  /// two are in force on one day.
  static std::variant<PackVersions, Message> of(std::vector<Pack> packs);

  const std::vector<Pack>& packs() const { return packs_; }
  const Pack& newest() const { return packs_.back(); }

 private:
  explicit PackVersions(std::vector<Pack> packs) : packs_(std::move(packs)) {}

  std::vector<Pack> packs_;
};

/// As evaluate() with one pack. In the summary subjects of one id share a row where their levels are the same.
std::variant<EvaluationSummary, Message> evaluate(const PackVersions& versions, const std::vector<std::string>& inputs,
                                                  const EvaluationOptions& options, std::ostream& results, std::ostream* rejects);

}  // namespace quy

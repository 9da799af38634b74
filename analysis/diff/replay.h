#pragma once
// A record that may show a difference, run on the code of each version.

#include <functional>
#include <optional>

#include "analysis/diff/diff.h"
#include "analysis/joint/joint.h"
#include "analysis/record/bench.h"

namespace quy::analysis {

/// How one version is seen in a row of the machine's run.
using Reads = std::function<Said(const vm::Machine& machine, std::uint32_t row)>;

class Replay {
 public:
  /// The modules must outlive the replay.
  Replay(const Version& before, const Version& after, int year);

  Bench& before() { return before_; }
  Bench& after() { return after_; }

  /// The joint's record in the fields of each version.
  std::pair<Record, Record> apart(const Joint& joint, const Bench& bench, const Record& record) const;
  /// The older version's record as the newer takes it.
  Translation across() const;

  /// What each version says of each record, both lists of one length; nothing of one that the version's reader would reject.
  std::vector<std::optional<Said>> run_before(const std::vector<Record>& records, const Reads& reads);
  std::vector<std::optional<Said>> run_after(const std::vector<Record>& records, const Reads& reads);

  /// The joint's record with what the versions say of it; nothing where a version rejects it or they do not differ so.
  std::optional<ChangedRecord> shown(const Joint& joint, const Bench& bench, const Record& record, const Reads& before,
                                     const Reads& after,
                                     const std::function<std::optional<Effect>(const Said&, const Said&)>& effect);

 private:
  Version of_before_, of_after_;
  Bench before_, after_;
};

}  // namespace quy::analysis

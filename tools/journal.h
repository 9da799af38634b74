#pragma once
// Notes of a run beside its unfinished results, so that after a kill another run can go on instead of beginning anew.
//
// Results grow in `OUT.partial`, rejects in `REJECTS.partial`, and `OUT.partial.json` says how far they are good. All three go away when the
// run ends, by itself or by a signal that it can see; only a kill, or a machine that stops, leaves them.

#include <optional>
#include <string>
#include <vector>

#include "base/file_io.h"
#include "runtime/api/versions.h"
#include "tools/output.h"

namespace quy::tools {

/// Where a run may go on.
struct Resumption {
  Checkpoint checkpoint;
  std::uint64_t results_bytes = 0, rejects_bytes = 0;
};

class Journal {
 public:
  /// The run's files as they are now. `rejects` empty: none is written.
  Journal(const PackVersions& versions, const std::vector<std::string>& inputs, const EvaluationOptions& options, const std::string& results,
          const std::string& rejects);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// Whether a run's results can be gone on with: they go to a file.
  static bool is_possible(const std::string& results);
  /// Where a killed run of the same packs, evidence and options got to; nothing when there is none, or its files are not what it left.
  std::optional<Resumption> resumption() const;
  /// The results are open for writing, and nobody else writes them: from now on the notes are this run's.
  void begin(bool resumed);
  /// Notes the checkpoint when enough has been done since the last one. `rejects` may be null.
  void note(const Checkpoint& checkpoint, Output& results, Output* rejects);

 private:
  bool is_due(const Checkpoint& checkpoint);

  std::string results_, rejects_, path_;
  std::optional<UnfinishedFile> unfinished_;   ///< the notes, since begin()
  std::string run_;                  ///< what must be the same for two runs to give the same bytes, but for the evidence
  std::vector<std::string> evidence_;   ///< by input, what tells that a file has changed; empty for what is no file
  bool reads_all_first_;             ///< results depend on evidence that is still to come
  std::uint64_t input_ = 0, byte_ = 0;  ///< of the last note
};

}  // namespace quy::tools

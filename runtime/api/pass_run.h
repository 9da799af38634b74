#pragma once
// A pass over the evidence by any number of threads, whose output does not depend on their number.
//
// Each thread takes the next block of lines, rates it by itself, and hands its text over; text leaves in the order of the blocks. A thread
// that is far ahead waits, so few blocks are held at a time. An input that cannot be cut into lines is rated by one thread, while the others
// wait.

#include <atomic>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "runtime/api/pass.h"
#include "runtime/tabular/input.h"

namespace quy::api {

class PassRun {
 public:
  /// `names` are shown in rejects, `paths` are read; both by input. What is referred to must outlive the run.
  PassRun(const PassSetup& setup, const std::vector<std::string>& names, const std::vector<std::string>& paths,
          const EvaluationOptions& options, RunOutput& output);

  /// `from`: where in the pass to begin, with the counts up to there. A message when an input could not be read to its end. Ends early,
  /// without a message, when the output fails.
  std::optional<Message> run(Checkpoint from);
  /// Of the whole pass.
  EvaluationSummary take_summary() { return std::move(written_.summary); }

 private:
  /// A block of lines with its place in the run.
  struct Piece {
    facts::LineBlock lines;
    std::uint64_t number = 0;
    std::uint32_t input = 0;
    std::uint64_t first_record = 0;   ///< number of the input's first record
    Checkpoint after;                 ///< without what only the output knows
  };
  struct Rated {
    OutputText text;
    EvaluationSummary counts;
    Checkpoint after;
  };

  void work();
  void work_safely();
  bool take(Piece& piece, Pass& pass);
  bool open_input();
  void place(Piece& piece);
  void end_input();
  void rate_whole(Pass& pass);
  void start_others();
  void hand_over(std::uint64_t number, Rated rated);
  void written_up_to(const Checkpoint& after, EvaluationSummary counts);

  const PassSetup& setup_;
  const std::vector<std::string>& names_;
  const std::vector<std::string>& paths_;
  const EvaluationOptions& options_;
  RunOutput& output_;
  std::atomic<bool> stopped_{false};           ///< nothing more is taken

  // Guarded by `reading_`.
  std::mutex reading_;
  Checkpoint at_;                              ///< where the next piece begins
  std::uint64_t first_record_ = 0;             ///< number of the first record of the input at hand
  std::uint64_t taken_ = 0;                    ///< pieces
  std::optional<tabular::Evidence> evidence_;  ///< the input at hand
  std::optional<facts::LineBlocks> blocks_;    ///< nothing when it cannot be cut
  std::optional<Message> fault_;
  std::vector<std::thread> others_;

  // Guarded by `writing_`.
  std::mutex writing_;
  std::condition_variable progressed_;
  std::uint64_t turn_ = 0;                     ///< number of the piece to be written next
  std::map<std::uint64_t, Rated> waiting_;     ///< rated before their turn
  Checkpoint written_;
  std::exception_ptr thrown_;
};

}  // namespace quy::api

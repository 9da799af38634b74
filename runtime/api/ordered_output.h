#pragma once
// Results and rejects in input order, whatever the order in which subjects' batches are run.
//
// Every record takes a turn when it arrives. What is ready in its turn goes out at once; what is early waits in its slot of a window of
// fixed size, so memory does not grow with the number of records.

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/trace/result_writer.h"

namespace quy::api {

inline constexpr std::size_t kWindowRecords = 4096;

/// Consecutive results, as the writer separates them, and the rejects among them.
struct OutputText {
  std::string results, rejects;
  bool any_result = false;
};

/// The streams of a run: what the writer has before, between and after the results, once for the whole run.
class RunOutput {
 public:
  /// `rejects` may be null. The writer and the streams must outlive the output.
  RunOutput(const trace::ResultWriter& writer, std::ostream& results, std::ostream* rejects);

  void begin();
  /// In place of begin(): the streams hold what an earlier run has written, `any_result` or none.
  void go_on(bool any_result) { any_result_ = any_result; }
  void write(const OutputText& text);
  /// Some result has been written.
  bool any_result() const { return any_result_; }
  /// False once a stream has failed: nothing more can be written.
  bool good() const;
  void finish();

 private:
  const trace::ResultWriter& writer_;
  std::ostream& results_;
  std::ostream* rejects_;
  bool any_result_ = false;
};

class OrderedOutput {
 public:
  explicit OrderedOutput(const trace::ResultWriter& writer);

  /// Where text goes in pieces as it becomes ready; null: it is kept until take().
  void stream_to(RunOutput* run) { run_ = run; }
  /// The text of all that has been settled since the last call; `into` lends its memory.
  void take(OutputText& into);

  /// Turns that may be reserved before the owner of the oldest one must settle it.
  std::size_t room() const { return kWindowRecords - (next_ - oldest_); }
  /// Who took the oldest turn that is not settled.
  std::uint32_t oldest_owner() const { return slot(oldest_).owner; }
  std::uint64_t reserve(std::uint32_t owner);

  /// Where to append a result's text; end() closes it.
  std::string& begin_result(std::uint64_t turn);
  void end_result(std::uint64_t turn);
  void reject(std::uint64_t turn, std::string_view text);

 private:
  enum class State : std::uint8_t { waiting, result, rejected };
  struct Slot {
    State state = State::waiting;
    std::uint32_t owner = 0;
    std::string text;
  };
  Slot& slot(std::uint64_t turn) { return slots_[turn % kWindowRecords]; }
  const Slot& slot(std::uint64_t turn) const { return slots_[turn % kWindowRecords]; }
  void begin_next_result();
  void advance();
  void flush_when(std::size_t bytes);

  const trace::ResultWriter& writer_;
  RunOutput* run_ = nullptr;
  std::vector<Slot> slots_;   ///< kWindowRecords once so many turns have been taken
  std::uint64_t oldest_ = 0, next_ = 0;
  OutputText ready_;
};

}  // namespace quy::api

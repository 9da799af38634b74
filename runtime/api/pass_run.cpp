#include "runtime/api/pass_run.h"

#include <utility>

#include "runtime/api/tally.h"

namespace quy::api {
namespace {

/// Pieces, a thread, that may be taken before the oldest is written.
constexpr std::uint64_t kAhead = 2;

}  // namespace

PassRun::PassRun(const PassSetup& setup, const std::vector<std::string>& names, const std::vector<std::string>& paths,
                 const EvaluationOptions& options, RunOutput& output)
    : setup_(setup), names_(names), paths_(paths), options_(options), output_(output) {}

std::optional<Message> PassRun::run(Checkpoint from) {
  setup_.meter.begin_reading();
  at_ = from;
  at_.summary = {};
  first_record_ = at_.records - at_.input_records;
  written_ = std::move(from);
  work_safely();
  for (std::thread& other : others_) other.join();
  if (thrown_) std::rethrow_exception(thrown_);
  return std::move(fault_);
}

void PassRun::work_safely() {
  try {
    work();
  } catch (...) {
    stopped_ = true;
    const std::lock_guard lock(writing_);
    if (!thrown_) thrown_ = std::current_exception();
    progressed_.notify_all();
  }
}

void PassRun::work() {
  Pass pass(setup_);
  Piece piece;
  while (take(piece, pass)) {
    Rated rated;
    pass.rate(piece.lines, names_[piece.input], piece.first_record, rated.text);
    rated.counts = pass.take_summary();
    rated.after = piece.after;
    hand_over(piece.number, std::move(rated));
  }
}

// ---------------------------------------------------------------- reading

bool PassRun::take(Piece& piece, Pass& pass) {
  const std::lock_guard lock(reading_);
  while (!stopped_ && at_.input < paths_.size()) {
    if (!evidence_ && !open_input()) break;
    if (blocks_ && blocks_->next(piece.lines)) {
      place(piece);
      return true;
    }
    blocks_ ? end_input() : rate_whole(pass);
  }
  return false;
}

bool PassRun::open_input() {
  const std::string& path = paths_[at_.input];
  std::variant<tabular::Evidence, Message> opened = tabular::Evidence::open(setup_.meter.open_file(path), path);
  if (auto* problem = std::get_if<Message>(&opened)) {
    fault_ = std::move(*problem);
    stopped_ = true;
    return false;
  }
  evidence_ = std::get<tabular::Evidence>(std::move(opened));
  if (facts::ByteSource* lines = evidence_->lines()) blocks_.emplace(*lines, facts::LinePosition{at_.byte, at_.line, at_.input_records});
  return true;
}

void PassRun::place(Piece& piece) {
  piece.number = taken_++;
  piece.input = at_.input;
  piece.first_record = first_record_;
  const facts::LinePosition& after = piece.lines.after;
  at_.byte = after.byte;
  at_.line = after.line;
  at_.input_records = after.records;
  at_.records = first_record_ + after.records;
  if (blocks_->at_end()) end_input();
  piece.after = at_;
  if (others_.empty() && at_.input < paths_.size()) start_others();
}

void PassRun::end_input() {
  if (blocks_) fault_ = evidence_->lines()->problem();
  blocks_.reset();
  evidence_.reset();
  if (fault_) {
    stopped_ = true;
    return;
  }
  ++at_.input;
  at_.byte = at_.input_records = 0;
  at_.line = 1;
  first_record_ = at_.records;
}

/// By the thread that would take the next piece, when all before have been written; it keeps the others from taking any.
void PassRun::rate_whole(Pass& pass) {
  std::unique_lock lock(writing_);
  progressed_.wait(lock, [this] { return turn_ == taken_ || thrown_; });
  if (thrown_) return;
  std::uint64_t records = 0;
  const auto read = [this](facts::Reader& reader, facts::Reader::Sink& sink) { return evidence_->read(setup_.some_pack().pack.module(), reader, sink); };
  fault_ = pass.rate_whole(read, names_[at_.input], first_record_, output_, records);
  at_.records += records;
  end_input();
  written_up_to(at_, pass.take_summary());
}

void PassRun::start_others() {
  for (unsigned i = 1; i < options_.threads; ++i) others_.emplace_back([this] { work_safely(); });
}

// ---------------------------------------------------------------- writing

void PassRun::hand_over(std::uint64_t number, Rated rated) {
  std::unique_lock lock(writing_);
  progressed_.wait(lock, [&] { return number < turn_ + kAhead * options_.threads || thrown_; });
  waiting_.emplace(number, std::move(rated));
  for (auto next = waiting_.begin(); next != waiting_.end() && next->first == turn_; next = waiting_.erase(next), ++turn_) {
    output_.write(next->second.text);
    written_up_to(next->second.after, std::move(next->second.counts));
  }
  progressed_.notify_all();
}

void PassRun::written_up_to(const Checkpoint& after, EvaluationSummary counts) {
  EvaluationSummary sum = std::move(written_.summary);
  add(sum, std::move(counts));
  written_ = after;
  written_.any_result = output_.any_result();
  written_.summary = std::move(sum);
  if (!output_.good()) stopped_ = true;
  else if (options_.checkpoint) options_.checkpoint(written_);
}

}  // namespace quy::api

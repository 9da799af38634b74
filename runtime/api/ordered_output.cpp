#include "runtime/api/ordered_output.h"

#include <ostream>
#include <utility>

namespace quy::api {
namespace {

constexpr std::size_t kFlushBytes = 1 << 16;

void put(std::ostream& out, std::string_view text) { out.write(text.data(), static_cast<std::streamsize>(text.size())); }

void clear(OutputText& text) {
  text.results.clear();
  text.rejects.clear();
  text.any_result = false;
}

}  // namespace

RunOutput::RunOutput(const trace::ResultWriter& writer, std::ostream& results, std::ostream* rejects)
    : writer_(writer), results_(results), rejects_(rejects) {}

void RunOutput::begin() { put(results_, writer_.head()); }

void RunOutput::write(const OutputText& text) {
  if (text.any_result && any_result_) put(results_, writer_.between());
  any_result_ = any_result_ || text.any_result;
  put(results_, text.results);
  if (rejects_ != nullptr) put(*rejects_, text.rejects);
}

bool RunOutput::good() const { return results_.good() && (rejects_ == nullptr || rejects_->good()); }

void RunOutput::finish() {
  put(results_, writer_.tail());
  results_.flush();
  if (rejects_ != nullptr) rejects_->flush();
}

OrderedOutput::OrderedOutput(const trace::ResultWriter& writer) : writer_(writer) {}

void OrderedOutput::take(OutputText& into) {
  clear(into);
  std::swap(into, ready_);
}

std::uint64_t OrderedOutput::reserve(std::uint32_t owner) {
  if (next_ < kWindowRecords && next_ == slots_.size()) slots_.emplace_back();
  Slot& taken = slot(next_);
  taken.state = State::waiting;
  taken.owner = owner;
  return next_++;
}

void OrderedOutput::begin_next_result() {
  if (ready_.any_result) ready_.results += writer_.between();
  ready_.any_result = true;
}

std::string& OrderedOutput::begin_result(std::uint64_t turn) {
  if (turn != oldest_) {
    slot(turn).text.clear();
    return slot(turn).text;
  }
  begin_next_result();
  return ready_.results;
}

void OrderedOutput::end_result(std::uint64_t turn) {
  if (turn != oldest_) {
    slot(turn).state = State::result;
    return;
  }
  ++oldest_;
  advance();
}

void OrderedOutput::reject(std::uint64_t turn, std::string_view text) {
  slot(turn).state = State::rejected;
  slot(turn).text = text;
  advance();
}

void OrderedOutput::advance() {
  for (; oldest_ != next_ && slot(oldest_).state != State::waiting; ++oldest_) {
    const Slot& settled = slot(oldest_);
    if (settled.state == State::result) {
      begin_next_result();
      ready_.results += settled.text;
    } else {
      ready_.rejects += settled.text;
    }
    flush_when(kFlushBytes);
  }
  flush_when(kFlushBytes);
}

void OrderedOutput::flush_when(std::size_t bytes) {
  if (run_ == nullptr || ready_.results.size() + ready_.rejects.size() < bytes) return;
  run_->write(ready_);
  clear(ready_);
}

}  // namespace quy::api

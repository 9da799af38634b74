#include "runtime/api/ordered_output.h"

#include <ostream>

namespace quy::api {
namespace {

constexpr std::size_t kFlushBytes = 1 << 16;

}  // namespace

OrderedOutput::OrderedOutput(const trace::ResultWriter& writer, std::ostream& results, std::ostream* rejects)
    : writer_(writer), results_(results), rejects_(rejects), slots_(kWindowRecords) {
  buffer_ = writer_.head();
}

std::uint64_t OrderedOutput::reserve(std::uint32_t owner) {
  Slot& taken = slot(next_);
  taken.state = State::waiting;
  taken.owner = owner;
  return next_++;
}

void OrderedOutput::begin_next_result() {
  if (any_result_) buffer_ += writer_.between();
  any_result_ = true;
}

std::string& OrderedOutput::begin_result(std::uint64_t turn) {
  if (turn != oldest_) {
    slot(turn).text.clear();
    return slot(turn).text;
  }
  begin_next_result();
  return buffer_;
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
    const Slot& ready = slot(oldest_);
    if (ready.state == State::result) {
      begin_next_result();
      buffer_ += ready.text;
    } else if (rejects_ != nullptr) {
      *rejects_ << ready.text;
    }
    flush_when(kFlushBytes);
  }
  flush_when(kFlushBytes);
}

void OrderedOutput::flush_when(std::size_t bytes) {
  if (buffer_.size() < bytes) return;
  results_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

void OrderedOutput::finish() {
  buffer_ += writer_.tail();
  flush_when(0);
  results_.flush();
  if (rejects_ != nullptr) rejects_->flush();
}

}  // namespace quy::api

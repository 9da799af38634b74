#include "runtime/api/ledger.h"

#include <utility>

#include "runtime/trace/rejects.h"

namespace quy::api {
namespace {

constexpr std::uint64_t kMeteredRecords = 1024;

}  // namespace

void Ledger::begin(const std::string& input, std::uint64_t first_record) {
  input_ = input;
  first_record_ = first_record;
  records_ = 0;
}

std::uint32_t Ledger::add_owner(std::function<void()> run) {
  owners_.push_back(std::move(run));
  return static_cast<std::uint32_t>(owners_.size() - 1);
}

std::uint64_t Ledger::take_turn(std::uint32_t owner) {
  ++counts_.records_in;
  if (++unmetered_ == kMeteredRecords) meter_.rated(std::exchange(unmetered_, 0));
  return output_.reserve(owner);
}

void Ledger::reject(const facts::Reject& reject) {
  make_room();
  number_of(reject.sequence);
  // In an early pass a subject without that stage is simply not concerned.
  if (!block_.last && reject.reason.id == Diag::stage_unknown) return;
  refuse(take_turn(kNobody), reject);
}

void Ledger::refuse(std::uint64_t turn, const facts::Reject& reject) {
  ++counts_.rejected;
  ++counts_.rejected_for[std::string(code(reject.reason.id))];
  reject_text_.clear();
  trace::append_reject(reject_text_, reject, settings_.language, input_, settings_.name_stages ? block_.stage : std::string());
  output_.reject(turn, reject_text_);
}

}  // namespace quy::api

#include "runtime/api/pass.h"

#include <algorithm>
#include <utility>

#include "runtime/api/tally.h"

namespace quy::api {
namespace {

/// Texts of so many records are kept.
constexpr std::uint64_t kRecordsWithTexts = std::uint64_t{1} << 16;

}  // namespace

const PackSetup& PassSetup::some_pack() const {
  return **std::find_if(packs.begin(), packs.end(), [](const PackSetup* pack) { return pack != nullptr; });
}

Pass::Pass(const PassSetup& setup)
    : setup_(setup),
      ledger_(*setup.some_pack().writer, setup.some_pack().settings, setup.block, setup.meter),
      reader_(make_reader()) {}

/// Makes the raters too, whose texts the reader needs.
facts::Reader Pass::make_reader() {
  std::vector<vm::TextPool*> texts;
  for (const PackSetup* pack : setup_.packs) {
    raters_.push_back(pack == nullptr ? nullptr : std::make_unique<Rater>(*pack, setup_.block, setup_.early_stages, ledger_));
    texts.push_back(pack == nullptr ? nullptr : &raters_.back()->texts());
  }
  const facts::ReadOptions options{setup_.block.stage, setup_.early_stages};
  if (setup_.versions == nullptr) return {setup_.packs.front()->pack.module(), *texts.front(), options};
  return {*setup_.versions, texts, options};
}

/// One pack takes everything by itself.
facts::Reader::Sink& Pass::sink() { return setup_.versions == nullptr ? static_cast<facts::Reader::Sink&>(*raters_.front()) : *this; }

void Pass::begin(const std::string& input, std::uint64_t first_record) {
  ledger_.begin(input, first_record);
  for (const auto& rater : raters_)
    if (rater) rater->begin();
}

void Pass::finish() {
  for (const auto& rater : raters_)
    if (rater) rater->run_all();
  ledger_.finish();
  records_with_texts_ += ledger_.records();
  if (records_with_texts_ < kRecordsWithTexts) return;
  records_with_texts_ = 0;
  for (const auto& rater : raters_)
    if (rater) rater->forget_texts();
}

void Pass::rate(const facts::LineBlock& block, const std::string& input, std::uint64_t first_record, OutputText& text) {
  begin(input, first_record);
  reader_.read_lines(block.text(), block.first.line, block.first.records, sink());
  finish();
  ledger_.output().take(text);
}

std::optional<Message> Pass::rate_whole(const Read& read, const std::string& input, std::uint64_t first_record, RunOutput& run,
                                        std::uint64_t& records) {
  begin(input, first_record);
  ledger_.output().stream_to(&run);
  std::optional<Message> fault = read(reader_, sink());
  finish();
  ledger_.output().stream_to(nullptr);
  OutputText rest;
  ledger_.output().take(rest);
  run.write(rest);
  records = ledger_.records();
  return fault;
}

EvaluationSummary Pass::take_summary() {
  for (const auto& rater : raters_)
    if (rater) rater->add_counts(ledger_.counts());
  return std::exchange(ledger_.counts(), {});
}

}  // namespace quy::api

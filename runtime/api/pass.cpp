#include "runtime/api/pass.h"

#include <algorithm>

#include "runtime/api/tally.h"
#include "runtime/trace/explanation.h"
#include "runtime/trace/rejects.h"

namespace quy::api {
namespace {

constexpr std::uint32_t kNoLane = 0xffffffffU;
/// Beyond this many subjects at once, whole batches would push each other out of the processor's cache.
constexpr std::size_t kFewLanes = 8;
constexpr std::uint32_t kRowsWhenMany = 256;
constexpr std::uint64_t kMeteredRecords = 1024;
/// Texts of so many records are kept.
constexpr std::uint64_t kRecordsWithTexts = std::uint64_t{1} << 16;

const bytecode::Requirement* broken_requirement(const Lane& lane, std::uint32_t row) {
  for (const bytecode::Requirement& requirement : lane.program.subject().requirements) {
    if (lane.machine.truth(requirement.condition, row) == vm::Truth::no) return &requirement;
  }
  return nullptr;
}

void count_undecided(const Lane& lane, EvaluationSummary& summary) {
  for (std::uint32_t field = 0; field < lane.missing_counts.size(); ++field) {
    if (lane.missing_counts[field] != 0) summary.undecided_for[field_in_summary(lane.program.subject(), field)] += lane.missing_counts[field];
  }
}

}  // namespace

Pass::Pass(const PassSetup& setup)
    : setup_(setup),
      texts_(setup.pack.module()),
      sides_(setup.early_stages.empty() ? nullptr
                                        : std::make_unique<StageSides>(setup.pack.module(), setup.settings.readings, setup.early_stages,
                                                                       setup.settings.language, texts_, setup.links)),
      reader_(setup.pack.module(), texts_, {setup.block.stage, setup.early_stages}),
      output_(setup.writer),
      current_(kNoLane) {
  const std::vector<bytecode::Subject>& subjects = setup.pack.module().subjects;
  lane_of_.resize(subjects.size(), kNoLane);
  for (std::uint32_t i = 0; i < subjects.size(); ++i) subject_of_.emplace(subjects[i].id, i);
}

// ---------------------------------------------------------------- pieces of evidence

void Pass::begin(const std::string& input, std::uint64_t first_record) {
  input_ = input;
  first_record_ = first_record;
  records_read_ = 0;
  current_ = kNoLane;
}

void Pass::finish() {
  run_all();
  setup_.meter.rated(std::exchange(unmetered_, 0));
  records_with_texts_ += records_read_;
  if (records_with_texts_ < kRecordsWithTexts) return;
  records_with_texts_ = 0;
  texts_ = vm::TextPool(setup_.pack.module());
  texts_.intern({});   // the reader knows its number since the first pool, where it came next too
}

void Pass::rate(const facts::LineBlock& block, const std::string& input, std::uint64_t first_record, OutputText& text) {
  begin(input, first_record);
  reader_.read_lines(block.text(), block.first.line, block.first.records, *this);
  finish();
  output_.take(text);
}

std::optional<Message> Pass::rate_whole(const Read& read, const std::string& input, std::uint64_t first_record, RunOutput& run,
                                        std::uint64_t& records) {
  begin(input, first_record);
  output_.stream_to(&run);
  std::optional<Message> fault = read(reader_, *this);
  finish();
  output_.stream_to(nullptr);
  OutputText rest;
  output_.take(rest);
  run.write(rest);
  records = records_read_;
  return fault;
}

EvaluationSummary Pass::take_summary() {
  for (Counted& counted : lanes_) {
    if (!std::exchange(counted.turned_up, false)) continue;
    count_undecided(*counted.lane, summary_);
    counted.lane->missing_counts.assign(counted.lane->missing_counts.size(), 0);
    EvaluationSummary of_lane;
    of_lane.subjects.push_back(std::move(counted.counts));
    add(summary_, std::move(of_lane));
  }
  return std::exchange(summary_, {});
}

// ---------------------------------------------------------------- records

vm::Batch* Pass::batch(std::string_view subject) {
  // Here rather than in row(): a batch must not be run between the storing of a record and its entry in `waiting`.
  make_room();
  if (current_ == kNoLane || current().program.subject().id != subject) {
    const auto found = subject_of_.find(subject);
    if (found == subject_of_.end()) return nullptr;
    current_ = lane_for(found->second);
  }
  return &current().batch;
}

void Pass::row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) {
  const std::uint32_t record = number_of(head.sequence);
  Lane& lane = current();
  if (!takes_part(lane.program.subject(), setup_.block)) return batch.drop_row();
  if (setup_.links != nullptr) {
    facts::Reject refused{head.line, head.sequence, head.id, {}, {}};
    if (std::optional<Message> fault = setup_.links->refused(record, refused.field)) {
      refused.reason = std::move(*fault);
      batch.drop_row();
      return refuse(take_turn(kNoLane), refused);
    }
    setup_.links->fill(record, batch, row, texts_);
  }
  std::vector<trace::StageOutcome> stages;
  if (sides_ != nullptr) stages = sides_->compare(batch, row, head, record);
  lane.waiting.add(head, take_turn(current_), record, std::move(stages));
  if (batch.full() || batch.rows() >= row_limit()) run(lane);
}

void Pass::cohort(facts::CohortRecord record) {
  make_room();
  const std::uint32_t number = number_of(record.head.sequence);
  if (!setup_.block.last) return;
  const std::uint64_t turn = take_turn(kNoLane);
  facts::Reject refused{record.head.line, record.head.sequence, record.head.id, {}, {}};
  if (std::optional<Message> fault = setup_.links->refused(number, refused.field)) {
    refused.reason = std::move(*fault);
    return refuse(turn, refused);
  }
  setup_.writer.append_cohort(record, setup_.links->quota_counts(record.head), output_.begin_result(turn));
  output_.end_result(turn);
  ++summary_.results;
}

void Pass::reject(facts::Reject reject) {
  make_room();
  number_of(reject.sequence);
  // In an early pass a subject without that stage is simply not concerned.
  if (!setup_.block.last && reject.reason.id == Diag::stage_unknown) return;
  refuse(take_turn(kNoLane), reject);
}

// ---------------------------------------------------------------- stored records

static_assert(columns::kGroupRecords <= kWindowRecords, "a group of stored records needs turns for all of them at once");

void Pass::source(const std::string& name) {
  run_all();   // rejects still to come are of the source before
  input_ = name;
}

bool Pass::take(const columns::RowGroup& group) {
  if (sides_ != nullptr) return false;
  while (output_.room() < group.places().size()) run(*lanes_[output_.oldest_owner()].lane);
  std::vector<std::vector<StoredRecord>> records(group.blocks().size());
  for (std::uint32_t i = 0; i < group.places().size(); ++i) enter(group, i, records);
  for (std::size_t block = 0; block < records.size(); ++block) {
    if (records[block].empty()) continue;
    current_ = lane_for(group.blocks()[block].subject);
    add_block(group, group.blocks()[block].rows, records[block]);
  }
  return true;
}

/// Gives a record of a group its turn; one that is not rated is settled.
void Pass::enter(const columns::RowGroup& group, std::uint32_t index, std::vector<std::vector<StoredRecord>>& records) {
  const columns::RowGroup::Place& place = group.places()[index];
  const std::uint64_t sequence = group.first_record() + index;
  if (place.block == columns::kRefused) return reject(group.reject(place, sequence));
  if (place.block == columns::kOfCohort) return cohort(group.cohort(place, sequence));
  const std::uint32_t record = number_of(sequence);
  const std::uint32_t subject = group.blocks()[place.block].subject;
  if (!takes_part(setup_.pack.module().subjects[subject], setup_.block)) return;
  if (setup_.links != nullptr) {
    facts::Reject refused{0, sequence, {}, {}, {}};
    if (std::optional<Message> fault = setup_.links->refused(record, refused.field)) {
      group.head(place, sequence, stored_head_);
      refused.line = stored_head_.line;
      refused.id = stored_head_.id;
      refused.reason = std::move(*fault);
      return refuse(take_turn(kNoLane), refused);
    }
  }
  const std::uint32_t lane = lane_for(subject);
  records[place.block].push_back({place, sequence, take_turn(lane), record});
}

void Pass::add_block(const columns::RowGroup& group, const vm::StoredRows& rows, const std::vector<StoredRecord>& records) {
  Lane& lane = current();
  // Lists of others' results are filled for the last row of a batch, so their records come singly.
  const bool fills = setup_.links != nullptr && !lane.program.subject().lists.empty();
  for (std::size_t next = 0; next < records.size();) {
    const std::uint32_t first = records[next].place.index;
    std::uint32_t count = std::min(lane.batch.room_for(rows, first), row_limit() - std::min(row_limit(), lane.batch.rows()));
    if (count == 0) {
      run(lane);
      continue;
    }
    if (fills) count = 1;
    count = std::min(count, static_cast<std::uint32_t>(records.size() - next));
    while (records[next + count - 1].place.index != first + count - 1) --count;   // some between may have been refused
    const std::uint32_t row = lane.batch.append(rows, first, count);
    if (fills) setup_.links->fill(records[next].record, lane.batch, row, texts_);
    for (; count > 0; --count, ++next) {
      group.head(records[next].place, records[next].sequence, stored_head_);
      lane.waiting.add(stored_head_, records[next].turn, records[next].record, {});
    }
    if (lane.batch.full() || lane.batch.rows() >= row_limit()) run(lane);
  }
}

// ---------------------------------------------------------------- batches

void Pass::run_all() {
  for (const Counted& counted : lanes_) run(*counted.lane);
}

std::uint32_t Pass::row_limit() const { return lanes_.size() > kFewLanes ? kRowsWhenMany : vm::kBatchRows; }

std::uint32_t Pass::lane_for(std::uint32_t subject) {
  std::uint32_t& lane = lane_of_[subject];
  if (lane == kNoLane) {
    lane = static_cast<std::uint32_t>(lanes_.size());
    lanes_.push_back({std::make_unique<Lane>(setup_.pack, subject, setup_.settings, setup_.block, texts_), {}});
  }
  if (!std::exchange(lanes_[lane].turned_up, true)) lanes_[lane].counts = summary_row(setup_.pack.module(), subject);
  return lane;
}

void Pass::make_room() {
  if (output_.full()) run(*lanes_[output_.oldest_owner()].lane);
}

std::uint64_t Pass::take_turn(std::uint32_t owner) {
  ++summary_.records_in;
  if (++unmetered_ == kMeteredRecords) setup_.meter.rated(std::exchange(unmetered_, 0));
  return output_.reserve(owner);
}

void Pass::run(Lane& lane) {
  if (lane.waiting.empty()) return;
  lane.machine.run(lane.batch);
  for (std::uint32_t row = 0; row < lane.waiting.size(); ++row) settle(lane, row);
  lane.batch.clear();
  lane.waiting.clear();
}

void Pass::settle(Lane& lane, std::uint32_t row) {
  const Waiting& record = lane.waiting[row];
  if (const bytecode::Requirement* broken = broken_requirement(lane, row)) {
    return refuse(record.turn, {record.head.line, record.head.sequence, record.head.id, {}, {Diag::requirement_broken, {broken->text}, {}}, record.head.sheet});
  }
  lane.maker.make(lane.machine, lane.batch, row, record.head, result_);
  result_.stages = std::move(lane.waiting[row].stages);
  if (setup_.links != nullptr && setup_.block.last) setup_.links->finish(record.record, lane.batch, result_);
  std::string& text = output_.begin_result(record.turn);
  setup_.writer.append(lane.constants, result_, text);
  if (setup_.settings.explained) append_explanation(lane, row, text);
  output_.end_result(record.turn);
  count_result(summary_, lanes_[lane_of_[lane.subject]].counts, result_);
  if (!result_.influential.empty() && result_.status == trace::Status::undecided) {
    count_missing(lane.missing_counts, lane.program.subject(), result_);
  }
}

void Pass::append_explanation(const Lane& lane, std::uint32_t row, std::string& text) const {
  const trace::RecordView view{lane.maker.index(), lane.machine, lane.batch, row, &texts_, setup_.settings.language, true};
  text += "{\"explanation\":" + trace::explanation_json(trace::build_explanation(view, lane.constants, identity(setup_.pack), result_));
  text.insert(text.size() - 1, "}");  // before the line break
}

void Pass::refuse(std::uint64_t turn, const facts::Reject& reject) {
  ++summary_.rejected;
  ++summary_.rejected_for[std::string(code(reject.reason.id))];
  reject_text_.clear();
  trace::append_reject(reject_text_, reject, setup_.settings.language, input_, setup_.settings.name_stages ? setup_.block.stage : std::string());
  output_.reject(turn, reject_text_);
}

}  // namespace quy::api

#include "runtime/api/rater.h"

#include <algorithm>

#include "runtime/api/tally.h"
#include "runtime/trace/explanation.h"

namespace quy::api {
namespace {

constexpr std::uint32_t kNoLane = 0xffffffffU;
/// Beyond this many subjects at once, whole batches would push each other out of the processor's cache.
constexpr std::size_t kFewLanes = 8;
constexpr std::uint32_t kRowsWhenMany = 256;

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

Rater::Rater(const PackSetup& setup, const StageBlock& block, const std::vector<std::string>& early_stages, Ledger& ledger)
    : setup_(setup),
      block_(block),
      ledger_(ledger),
      texts_(setup.pack.module()),
      sides_(early_stages.empty() ? nullptr
                                  : std::make_unique<StageSides>(setup.pack.module(), setup.settings.readings, early_stages,
                                                                 setup.settings.language, texts_, setup.links.get())),
      current_(kNoLane) {
  const std::vector<bytecode::Subject>& subjects = setup.pack.module().subjects;
  lane_of_.resize(subjects.size(), kNoLane);
  for (std::uint32_t i = 0; i < subjects.size(); ++i) subject_of_.emplace(subjects[i].id, i);
}

void Rater::begin() { current_ = kNoLane; }

void Rater::forget_texts() {
  texts_ = vm::TextPool(setup_.pack.module());
  texts_.intern({});   // the reader knows its number since the first pool, where it came next too
}

void Rater::add_counts(EvaluationSummary& summary) {
  for (Counted& counted : lanes_) {
    if (!std::exchange(counted.turned_up, false)) continue;
    count_undecided(*counted.lane, summary);
    counted.lane->missing_counts.assign(counted.lane->missing_counts.size(), 0);
    EvaluationSummary of_lane;
    of_lane.subjects.push_back(std::move(counted.counts));
    add(summary, std::move(of_lane));
  }
}

// ---------------------------------------------------------------- records

vm::Batch* Rater::batch(std::string_view subject) {
  // Here rather than in row(): a batch must not be run between the storing of a record and its entry in `waiting`.
  ledger_.make_room();
  if (current_ == kNoLane || current().program.subject().id != subject) {
    const auto found = subject_of_.find(subject);
    if (found == subject_of_.end()) return nullptr;
    current_ = lane_for(found->second);
  }
  return &current().batch;
}

void Rater::row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) {
  const std::uint32_t record = ledger_.number_of(head.sequence);
  Lane& lane = current();
  if (!takes_part(lane.program.subject(), block_)) return batch.drop_row();
  if (setup_.links != nullptr) {
    facts::Reject refused{head.line, head.sequence, head.id, {}, {}};
    if (std::optional<Message> fault = setup_.links->refused(record, refused.field)) {
      refused.reason = std::move(*fault);
      batch.drop_row();
      return ledger_.refuse(ledger_.take_turn(Ledger::kNobody), refused);
    }
    setup_.links->fill(record, batch, row, texts_);
  }
  std::vector<trace::StageOutcome> stages;
  if (sides_ != nullptr) stages = sides_->compare(batch, row, head, record);
  lane.waiting.add(head, ledger_.take_turn(lanes_[current_].owner), record, std::move(stages));
  if (batch.full() || batch.rows() >= row_limit()) run(lane);
}

void Rater::cohort(facts::CohortRecord record) {
  ledger_.make_room();
  const std::uint32_t number = ledger_.number_of(record.head.sequence);
  if (!block_.last) return;
  const std::uint64_t turn = ledger_.take_turn(Ledger::kNobody);
  facts::Reject refused{record.head.line, record.head.sequence, record.head.id, {}, {}};
  if (std::optional<Message> fault = setup_.links->refused(number, refused.field)) {
    refused.reason = std::move(*fault);
    return ledger_.refuse(turn, refused);
  }
  setup_.writer->append_cohort(record, setup_.links->quota_counts(record.head), ledger_.output().begin_result(turn));
  ledger_.output().end_result(turn);
  ++ledger_.counts().results;
}

// ---------------------------------------------------------------- stored records

static_assert(columns::kGroupRecords <= kWindowRecords, "a group of stored records needs turns for all of them at once");

void Rater::source(const std::string& name) {
  run_all();   // rejects still to come are of the source before
  ledger_.source(name);
}

bool Rater::take(const columns::RowGroup& group) {
  if (sides_ != nullptr) return false;
  ledger_.make_room(group.places().size());
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
void Rater::enter(const columns::RowGroup& group, std::uint32_t index, std::vector<std::vector<StoredRecord>>& records) {
  const columns::RowGroup::Place& place = group.places()[index];
  const std::uint64_t sequence = group.first_record() + index;
  if (place.block == columns::kRefused) return reject(group.reject(place, sequence));
  if (place.block == columns::kOfCohort) return cohort(group.cohort(place, sequence));
  const std::uint32_t record = ledger_.number_of(sequence);
  const std::uint32_t subject = group.blocks()[place.block].subject;
  if (!takes_part(setup_.pack.module().subjects[subject], block_)) return;
  if (setup_.links != nullptr) {
    facts::Reject refused{0, sequence, {}, {}, {}};
    if (std::optional<Message> fault = setup_.links->refused(record, refused.field)) {
      group.head(place, sequence, stored_head_);
      refused.line = stored_head_.line;
      refused.id = stored_head_.id;
      refused.reason = std::move(*fault);
      return ledger_.refuse(ledger_.take_turn(Ledger::kNobody), refused);
    }
  }
  const std::uint32_t lane = lane_for(subject);
  records[place.block].push_back({place, sequence, ledger_.take_turn(lanes_[lane].owner), record});
}

void Rater::add_block(const columns::RowGroup& group, const vm::StoredRows& rows, const std::vector<StoredRecord>& records) {
  Lane& lane = current();
  // Lists of others' results are filled for the last row of a batch, so their records come singly.
  const bool fills = setup_.links != nullptr && !lane.program.subject().lists.empty();
  const bool counts = setup_.links != nullptr && !fills && waves::counts_to_date(lane.program.subject());
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
    if (counts)
      for (std::uint32_t i = 0; i < count; ++i) setup_.links->fill_counts(records[next + i].record, lane.batch, row + i);
    for (; count > 0; --count, ++next) {
      Waiting& waiting = lane.waiting.add(records[next].turn, records[next].record);
      group.head(records[next].place, records[next].sequence, waiting.head);
    }
    if (lane.batch.full() || lane.batch.rows() >= row_limit()) run(lane);
  }
}

// ---------------------------------------------------------------- batches

void Rater::run_all() {
  for (const Counted& counted : lanes_) run(*counted.lane);
}

std::uint32_t Rater::row_limit() const { return ledger_.owners() > kFewLanes ? kRowsWhenMany : vm::kBatchRows; }

std::uint32_t Rater::lane_for(std::uint32_t subject) {
  std::uint32_t& lane = lane_of_[subject];
  if (lane == kNoLane) {
    lane = static_cast<std::uint32_t>(lanes_.size());
    auto made = std::make_unique<Lane>(setup_.pack, subject, setup_.settings, block_, texts_);
    const std::uint32_t owner = ledger_.add_owner([this, &of = *made] { run(of); });
    lanes_.push_back({std::move(made), owner, {}});
  }
  if (!std::exchange(lanes_[lane].turned_up, true)) {
    lanes_[lane].counts = summary_row(setup_.pack.module(), subject);
    lanes_[lane].counts.subject = setup_.summary_rows[subject];
  }
  return lane;
}

void Rater::run(Lane& lane) {
  if (lane.waiting.empty()) return;
  lane.machine.run(lane.batch);
  for (std::uint32_t row = 0; row < lane.waiting.size(); ++row) settle(lane, row);
  lane.batch.clear();
  lane.waiting.clear();
}

void Rater::settle(Lane& lane, std::uint32_t row) {
  const Waiting& record = lane.waiting[row];
  if (const bytecode::Requirement* broken = broken_requirement(lane, row)) {
    return ledger_.refuse(record.turn, {record.head.line, record.head.sequence, record.head.id, {}, {Diag::requirement_broken, {broken->text}, {}}, record.head.sheet});
  }
  lane.maker.make(lane.machine, lane.batch, row, record.head, result_);
  result_.stages = std::move(lane.waiting[row].stages);
  if (setup_.links != nullptr && block_.last) setup_.links->finish(record.record, lane.batch, result_);
  std::string& text = ledger_.output().begin_result(record.turn);
  setup_.writer->append(lane.constants, result_, text);
  if (setup_.settings.explained) append_explanation(lane, row, text);
  ledger_.output().end_result(record.turn);
  count_result(ledger_.counts(), lanes_[lane_of_[lane.subject]].counts, result_);
  if (!result_.influential.empty() && result_.status == trace::Status::undecided) {
    count_missing(lane.missing_counts, lane.program.subject(), result_);
  }
}

void Rater::append_explanation(const Lane& lane, std::uint32_t row, std::string& text) const {
  const trace::RecordView view{lane.maker.index(), lane.machine, lane.batch, row, &texts_, setup_.settings.language, true};
  text += "{\"explanation\":" + trace::explanation_json(trace::build_explanation(view, lane.constants, identity(setup_.pack), result_));
  text.insert(text.size() - 1, "}");  // before the line break
}

}  // namespace quy::api

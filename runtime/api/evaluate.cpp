// A run: records into the batches of their subjects, batches through the machine, results back into input order.

#include <algorithm>
#include <memory>
#include <ostream>
#include <unordered_map>

#include "runtime/api/evaluation.h"
#include "runtime/api/lane.h"
#include "runtime/api/ordered_output.h"
#include "runtime/api/settings.h"
#include "runtime/api/stage_sides.h"
#include "runtime/api/tally.h"
#include "runtime/columns/row_group.h"
#include "runtime/tabular/input.h"
#include "runtime/trace/explanation.h"
#include "runtime/trace/rejects.h"
#include "runtime/vm/shape.h"
#include "runtime/waves/links.h"
#include "runtime/waves/spool.h"

namespace quy {
namespace api {
namespace {

constexpr std::uint32_t kNoLane = 0xffffffffU;
/// Beyond this many subjects at once, whole batches would push each other out of the processor's cache.
constexpr std::size_t kFewLanes = 8;
constexpr std::uint32_t kRowsWhenMany = 256;
constexpr std::uint64_t kProgressEvery = 8192;

/// One pass over the evidence.
class Pass : public waves::InputSink {
 public:
  Pass(const Pack& pack, const Settings& settings, const StageBlock& block, const trace::ResultWriter& writer, OrderedOutput& output,
       vm::TextPool& texts, const waves::Links* links, StageSides* sides)
      : pack_(pack), settings_(settings), block_(block), writer_(writer), output_(output), texts_(texts), links_(links), sides_(sides) {
    const std::vector<bytecode::Subject>& subjects = pack.module().subjects;
    lane_of_.resize(subjects.size(), kNoLane);
    for (std::uint32_t i = 0; i < subjects.size(); ++i) subject_of_.emplace(subjects[i].id, i);
  }

  void begin_input(const std::string& name) override {
    input_ = name;   // named in rejects
    first_record_ = next_record_;
  }
  void source(const std::string& name) override {
    finish();   // rejects still to come are of the source before
    input_ = name;
  }
  facts::Reader::Sink* at_stage(std::size_t stage) override { return sides_ == nullptr ? nullptr : sides_->at_stage(stage); }
  void end_input() override { finish(); }   // rejects still to come are of this input
  void set_progress(const std::function<void(std::uint64_t)>* progress) { progress_ = progress; }

  vm::Batch* batch(std::string_view subject) override {
    // Here rather than in row(): a batch must not be run between the storing of a record and its entry in `waiting`.
    make_room();
    if (current_ == kNoLane || current().program.subject().id != subject) {
      const auto found = subject_of_.find(subject);
      if (found == subject_of_.end()) return nullptr;
      current_ = lane_for(found->second);
    }
    return &current().batch;
  }

  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) override {
    const std::uint32_t record = number_of(head.sequence);
    Lane& lane = current();
    if (!takes_part(lane.program.subject(), block_)) return batch.drop_row();
    if (links_ != nullptr) {
      facts::Reject refused{head.line, head.sequence, head.id, {}, {}};
      if (std::optional<Message> fault = links_->refused(record, refused.field)) {
        refused.reason = std::move(*fault);
        batch.drop_row();
        return refuse(take_turn(kNoLane), refused);
      }
      links_->fill(record, batch, row, texts_);
    }
    std::vector<trace::StageOutcome> stages;
    if (sides_ != nullptr) stages = sides_->compare(batch, row, head, record);
    lane.waiting.add(head, take_turn(current_), record, std::move(stages));
    if (batch.full() || batch.rows() >= row_limit()) run(lane);
  }

  /// Turns are taken in input order, then each block of columns goes to its lane in as few pieces as batches allow.
  bool take(const columns::RowGroup& group) override {
    if (sides_ != nullptr) return false;
    while (output_.room() < group.places().size()) run(*lanes_[output_.oldest_owner()]);
    std::vector<std::vector<StoredRecord>> records(group.blocks().size());
    for (std::uint32_t i = 0; i < group.places().size(); ++i) enter(group, i, records);
    for (std::size_t block = 0; block < records.size(); ++block) {
      current_ = lane_for(group.blocks()[block].subject);
      add_block(group, group.blocks()[block].rows, records[block]);
    }
    return true;
  }

  void cohort(facts::CohortRecord record) override {
    make_room();
    const std::uint32_t number = number_of(record.head.sequence);
    if (!block_.last) return;
    const std::uint64_t turn = take_turn(kNoLane);
    facts::Reject refused{record.head.line, record.head.sequence, record.head.id, {}, {}};
    if (std::optional<Message> fault = links_->refused(number, refused.field)) {
      refused.reason = std::move(*fault);
      return refuse(turn, refused);
    }
    writer_.append_cohort(record, links_->quota_counts(record.head), output_.begin_result(turn));
    output_.end_result(turn);
    ++summary_.results;
  }

  void reject(facts::Reject reject) override {
    make_room();
    number_of(reject.sequence);
    // In an early pass a subject without that stage is simply not concerned.
    if (!block_.last && reject.reason.id == Diag::stage_unknown) return;
    refuse(take_turn(kNoLane), reject);
  }

  /// Runs what is still waiting.
  void finish() {
    for (const std::unique_ptr<Lane>& lane : lanes_) run(*lane);
  }

  EvaluationSummary take_summary() {
    for (const std::uint32_t lane : lane_of_) {
      if (lane != kNoLane) conclude(lane);
    }
    return std::move(summary_);
  }

 private:
  static_assert(columns::kGroupRecords <= kWindowRecords, "a group of stored records needs turns for all of them at once");

  /// A record of a group that has its turn and waits to be added to its lane's batch.
  struct StoredRecord {
    columns::RowGroup::Place place;
    std::uint64_t sequence, turn;
    std::uint32_t record;
  };

  /// Gives a record of a group its turn; one that is not rated is settled.
  void enter(const columns::RowGroup& group, std::uint32_t index, std::vector<std::vector<StoredRecord>>& records) {
    const columns::RowGroup::Place& place = group.places()[index];
    const std::uint64_t sequence = group.first_record() + index;
    if (place.block == columns::kRefused) return reject(group.reject(place, sequence));
    if (place.block == columns::kOfCohort) return cohort(group.cohort(place, sequence));
    const std::uint32_t record = number_of(sequence);
    const std::uint32_t subject = group.blocks()[place.block].subject;
    if (!takes_part(pack_.module().subjects[subject], block_)) return;
    if (links_ != nullptr) {
      facts::Reject refused{0, sequence, {}, {}, {}};
      if (std::optional<Message> fault = links_->refused(record, refused.field)) {
        group.head(place, sequence, stored_head_);
        refused.line = stored_head_.line;
        refused.id = stored_head_.id;
        refused.reason = std::move(*fault);
        return refuse(take_turn(kNoLane), refused);
      }
    }
    records[place.block].push_back({place, sequence, take_turn(lane_for(subject)), record});
  }

  void add_block(const columns::RowGroup& group, const vm::StoredRows& rows, const std::vector<StoredRecord>& records) {
    Lane& lane = current();
    // Lists of others' results are filled for the last row of a batch, so their records come singly.
    const bool fills = links_ != nullptr && !lane.program.subject().lists.empty();
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
      if (fills) links_->fill(records[next].record, lane.batch, row, texts_);
      for (; count > 0; --count, ++next) {
        group.head(records[next].place, records[next].sequence, stored_head_);
        lane.waiting.add(stored_head_, records[next].turn, records[next].record, {});
      }
      if (lane.batch.full() || lane.batch.rows() >= row_limit()) run(lane);
    }
  }

  Lane& current() { return *lanes_[current_]; }
  std::uint32_t row_limit() const { return lanes_.size() > kFewLanes ? kRowsWhenMany : vm::kBatchRows; }

  std::uint32_t lane_for(std::uint32_t subject) {
    std::uint32_t& lane = lane_of_[subject];
    if (lane == kNoLane) {
      lane = static_cast<std::uint32_t>(lanes_.size());
      lanes_.push_back(std::make_unique<Lane>(pack_, subject, settings_, block_, texts_));
      counts_.push_back(summary_row(pack_.module(), pack_.module().subjects[subject]));
    }
    return lane;
  }

  /// The number of a record among all of the run's.
  std::uint32_t number_of(std::uint64_t sequence) {
    const auto number = static_cast<std::uint32_t>(first_record_ + sequence);
    next_record_ = number + 1;
    return number;
  }

  void make_room() {
    if (output_.full()) run(*lanes_[output_.oldest_owner()]);
  }

  std::uint64_t take_turn(std::uint32_t owner) {
    ++summary_.records_in;
    if (progress_ != nullptr && *progress_ && summary_.records_in % kProgressEvery == 0) (*progress_)(summary_.records_in);
    return output_.reserve(owner);
  }

  void run(Lane& lane) {
    if (lane.waiting.empty()) return;
    lane.machine.run(lane.batch);
    for (std::uint32_t row = 0; row < lane.waiting.size(); ++row) settle(lane, row);
    lane.batch.clear();
    lane.waiting.clear();
  }

  void settle(Lane& lane, std::uint32_t row) {
    const Waiting& record = lane.waiting[row];
    if (const bytecode::Requirement* broken = broken_requirement(lane, row)) {
      return refuse(record.turn, {record.head.line, record.head.sequence, record.head.id, {}, {Diag::requirement_broken, {broken->text}, {}}, record.head.sheet});
    }
    lane.maker.make(lane.machine, lane.batch, row, record.head, result_);
    result_.stages = std::move(lane.waiting[row].stages);
    if (links_ != nullptr && block_.last) links_->finish(record.record, lane.batch, result_);
    std::string& text = output_.begin_result(record.turn);
    writer_.append(lane.constants, result_, text);
    if (settings_.explained) append_explanation(lane, row, text);
    output_.end_result(record.turn);
    count_result(summary_, counts_[lane_of_[lane.subject]], result_);
    if (!result_.influential.empty() && result_.status == trace::Status::undecided) {
      count_missing(lane.missing_counts, lane.program.subject(), result_);
    }
  }

  void append_explanation(const Lane& lane, std::uint32_t row, std::string& text) const {
    const trace::RecordView view{lane.maker.index(), lane.machine, lane.batch, row, &texts_, settings_.language, true};
    text += "{\"explanation\":" + trace::explanation_json(trace::build_explanation(view, lane.constants, identity(pack_), result_));
    text.insert(text.size() - 1, "}");  // before the line break
  }

  static const bytecode::Requirement* broken_requirement(const Lane& lane, std::uint32_t row) {
    for (const bytecode::Requirement& requirement : lane.program.subject().requirements) {
      if (lane.machine.truth(requirement.condition, row) == vm::Truth::no) return &requirement;
    }
    return nullptr;
  }

  void refuse(std::uint64_t turn, const facts::Reject& reject) {
    ++summary_.rejected;
    ++summary_.rejected_for[std::string(code(reject.reason.id))];
    reject_text_.clear();
    trace::append_reject(reject_text_, reject, settings_.language, input_, settings_.name_stages ? block_.stage : std::string());
    output_.reject(turn, reject_text_);
  }

  void conclude(std::uint32_t lane) {
    summary_.subjects.push_back(std::move(counts_[lane]));
    const Lane& l = *lanes_[lane];
    for (std::uint32_t field = 0; field < l.missing_counts.size(); ++field) {
      if (l.missing_counts[field] != 0) summary_.undecided_for[field_in_summary(l.program.subject(), field)] += l.missing_counts[field];
    }
  }

  const Pack& pack_;
  const Settings& settings_;
  const StageBlock& block_;
  const trace::ResultWriter& writer_;
  OrderedOutput& output_;
  vm::TextPool& texts_;
  const waves::Links* links_;   ///< null: records of this pack take nothing from each other
  StageSides* sides_;           ///< null: stages are not compared
  std::uint64_t first_record_ = 0, next_record_ = 0;
  const std::function<void(std::uint64_t)>* progress_ = nullptr;
  std::unordered_map<std::string_view, std::uint32_t> subject_of_;
  std::vector<std::uint32_t> lane_of_;           ///< by subject
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::vector<EvaluationSummary::OfSubject> counts_;   ///< by lane
  std::uint32_t current_ = kNoLane;
  std::string input_, reject_text_;
  facts::RecordHead stored_head_;
  trace::Result result_;
  EvaluationSummary summary_;
};

std::variant<EvaluationSummary, Message> evaluate_with(const Pack& pack, const EvaluationOptions& options, std::ostream& results,
                                                       std::ostream* rejects, const waves::Feed& feed) {
  std::variant<Settings, Message> settled = settle(pack, options);
  if (auto* fault = std::get_if<Message>(&settled)) return std::move(*fault);
  const Settings& settings = std::get<Settings>(settled);
  const std::unique_ptr<trace::ResultWriter> writer = make_writer(pack, settings, options.format);
  std::unique_ptr<waves::Links> links;
  if (waves::may_depend(pack.module())) {
    auto prepared = waves::Links::prepare({pack.module(), settings.readings, settings.language, options.earlier_results}, feed);
    if (auto* fault = std::get_if<Message>(&prepared)) return std::move(*fault);
    links = std::get<std::unique_ptr<waves::Links>>(std::move(prepared));
  }
  OrderedOutput output(*writer, results, rejects);
  std::variant<EvaluationSummary, Message> answer;
  std::vector<std::string> early_stages;
  for (const StageBlock& block : settings.blocks)
    if (!block.last) early_stages.push_back(block.stage);
  for (const StageBlock& block : settings.blocks) {
    vm::TextPool texts(pack.module());
    std::unique_ptr<StageSides> sides;
    if (block.last && !early_stages.empty())
      sides = std::make_unique<StageSides>(pack.module(), settings.readings, early_stages, settings.language, texts, links.get());
    facts::Reader reader(pack.module(), texts, {block.stage, sides ? early_stages : std::vector<std::string>{}});
    Pass pass(pack, settings, block, *writer, output, texts, links.get(), sides.get());
    pass.set_progress(&options.progress);
    std::optional<Message> fault = feed(reader, pass);
    pass.finish();
    if (fault) {
      answer = std::move(*fault);
      break;
    }
    if (block.last) answer = pass.take_summary();
  }
  output.finish();
  return answer;
}

/// A pack that passes every check may still ask for numbers beyond all bounds; that shows when its subject first turns up.
std::variant<EvaluationSummary, Message> evaluate_safely(const Pack& pack, const EvaluationOptions& options, std::ostream& results,
                                                         std::ostream* rejects, const waves::Feed& feed) {
  try {
    return evaluate_with(pack, options, results, rejects, feed);
  } catch (const vm::Unloadable& fault) {
    return Message{Diag::pack_not_runnable, {fault.what()}, {}};
  }
}

bool needs_files(const EvaluationOptions& options, const std::vector<std::string>& inputs) {
  return options.stage == "all" && std::find(inputs.begin(), inputs.end(), "-") != inputs.end();
}

}  // namespace
}  // namespace api

std::variant<EvaluationSummary, Message> evaluate(const Pack& pack, const std::vector<std::string>& inputs, const EvaluationOptions& options,
                                                  std::ostream& results, std::ostream* rejects) {
  if (api::needs_files(options, inputs)) return Message{Diag::stages_need_files, {}, {}};
  waves::Spool spool(inputs, waves::may_depend(pack.module()));
  if (spool.fault()) return *spool.fault();
  return api::evaluate_safely(pack, options, results, rejects, [&](facts::Reader& reader, waves::InputSink& sink) -> std::optional<Message> {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      sink.begin_input(inputs.size() > 1 ? inputs[i] : std::string());
      if (std::optional<Message> fault = tabular::read_evidence(pack.module(), reader, spool.paths()[i], sink)) return fault;
      sink.end_input();
    }
    return std::nullopt;
  });
}

std::variant<EvaluationSummary, Message> evaluate_text(const Pack& pack, std::string_view evidence, const EvaluationOptions& options,
                                                       std::ostream& results, std::ostream* rejects) {
  return api::evaluate_safely(pack, options, results, rejects,
                              [&](facts::Reader& reader, waves::InputSink& sink) {
                                sink.begin_input({});
                                std::optional<Message> fault = reader.read_text(evidence, sink);
                                if (!fault) sink.end_input();
                                return fault;
                              });
}

}  // namespace quy

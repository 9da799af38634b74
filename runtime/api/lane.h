#pragma once
// One subject during a run: its program, the batch that is filling, and the heads of the records in it.

#include <cstdint>
#include <vector>

#include "runtime/api/settings.h"
#include "runtime/facts/facts.h"
#include "runtime/trace/result.h"
#include "runtime/trace/result_writer.h"
#include "runtime/vm/batch.h"
#include "runtime/vm/machine.h"

namespace quy::api {

/// A record that waits for its batch to be run.
struct Waiting {
  facts::RecordHead head;
  std::uint64_t turn = 0;
  std::uint32_t record = 0;   ///< number among all records of the run
  std::vector<trace::StageOutcome> stages = {};
};

/// Records by row of the batch that they wait for. What they are copied into is used again for the next batch.
class WaitingRecords {
 public:
  void add(const facts::RecordHead& head, std::uint64_t turn, std::uint32_t record, std::vector<trace::StageOutcome> stages) {
    Waiting& added = add(turn, record);
    added.head.assign(head);
    added.stages = std::move(stages);
  }
  /// With the head of an earlier record, which is to be written over.
  Waiting& add(std::uint64_t turn, std::uint32_t record) {
    if (count_ == records_.size()) records_.emplace_back();
    Waiting& added = records_[count_++];
    added.turn = turn;
    added.record = record;
    added.stages.clear();
    return added;
  }
  void clear() { count_ = 0; }
  bool empty() const { return count_ == 0; }
  std::uint32_t size() const { return count_; }
  Waiting& operator[](std::uint32_t row) { return records_[row]; }

 private:
  std::vector<Waiting> records_;
  std::uint32_t count_ = 0;
};

struct Lane {
  Lane(const Pack& pack, std::uint32_t subject_index, const Settings& settings, const StageBlock& block, const vm::TextPool& texts)
      : subject(subject_index),
        program(vm::Program::load(pack.module(), subject_index, settings.readings)),
        maker(program, settings.needs, settings.language, &texts),
        constants(trace::subject_constants(maker, identity(pack),
                                           settings.name_stages ? stage_of(program.subject(), block) : std::string())),
        machine(program, maker.needs_registers()),
        batch(program),
        missing_counts(program.subject().fields.size()) {}
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  std::uint32_t subject;
  vm::Program program;
  trace::ResultMaker maker;
  trace::SubjectConstants constants;
  vm::Machine machine;
  vm::Batch batch;
  WaitingRecords waiting;
  std::vector<std::uint64_t> missing_counts;   ///< by field: records that it keeps undecided
};

}  // namespace quy::api

#include "tools/readings/compare_readings.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "runtime/tabular/input.h"
#include "runtime/vm/batch.h"
#include "runtime/vm/completion.h"
#include "runtime/vm/machine.h"
#include "runtime/vm/shape.h"
#include "tools/readings/reading_space.h"

namespace quy::tools {
namespace {

using bytecode::Opcode;
using bytecode::Register;
using vm::Program;

/// Readings that the outcome, or a rule on the record, is computed from.
std::vector<std::uint32_t> readings_reaching_outcome(const bytecode::Subject& subject) {
  std::vector<bool> reached(subject.code.size());
  if (subject.levels != bytecode::kNone) reached[subject.levels] = true;
  for (const bytecode::Requirement& requirement : subject.requirements) reached[requirement.condition] = true;
  std::set<std::uint32_t> readings;
  for (Register i = static_cast<Register>(subject.code.size()); i-- > 0;) {
    if (!reached[i]) continue;
    for (const Register operand : subject.code[i].operands) reached[operand] = true;
    if (subject.code[i].opcode == Opcode::reading) readings.insert(subject.code[i].a);
  }
  return {readings.begin(), readings.end()};
}

struct Waiting {
  std::uint64_t turn = 0, line = 0;
  std::string id, input, sheet;
};

/// Records of one subject, rated together under every choice.
class SubjectRun {
 public:
  SubjectRun(const bytecode::Module& module, std::uint32_t subject, const Program::Readings& fixed)
      : module_(module), fixed_(fixed), program_(Program::load(module, subject, fixed)), batch_(program_) {
    varied_.subject = subject;
    for (const std::uint32_t reading : readings_reaching_outcome(program_.subject())) {
      const std::uint64_t options = module.readings[reading].option_ids.size();
      if (fixed.contains(reading) || options < 2) continue;
      varied_.readings.push_back(reading);
      constexpr std::uint64_t kMost = std::uint64_t{1} << 63;
      varied_.combinations = varied_.combinations > kMost / options ? kMost : varied_.combinations * options;
    }
    varied_.combined = varied_.combinations <= kMostCombinations;
  }

  vm::Batch& batch() { return batch_; }
  void take(Waiting record) { waiting_.push_back(std::move(record)); }
  const VariedSubject& varied() const { return varied_; }

  /// Rates what waits. Records that a rule refuses under the readings chosen go to `refuse`.
  template <class Refuse>
  void run(std::vector<DifferingRecord>& found, Refuse&& refuse) {
    if (waiting_.empty()) return;
    const std::vector<ReadingOutcome> chosen = outcomes({});
    const std::vector<std::uint32_t> combined = varied_.combined ? varied_.readings : changing_alone(chosen);
    if (varied_.combined || size_of(combined) <= kMostCombinations)
      compare_combinations(combined, chosen, found);
    else
      compare_alone(chosen, found);
    if (std::any_of(chosen.begin(), chosen.end(), [](const ReadingOutcome& o) { return o.rejected; }))
      refuse_broken(refuse);
    varied_.records += waiting_.size();
    batch_.clear();
    waiting_.clear();
  }

 private:
  std::uint32_t chosen_option(std::uint32_t reading) const { return program_.chosen(reading); }
  std::uint32_t options(std::uint32_t reading) const {
    return static_cast<std::uint32_t>(module_.readings[reading].option_ids.size());
  }

  /// Of every record that waits, with these options in place of those chosen.
  std::vector<ReadingOutcome> outcomes(const std::vector<ReadingChoice>& choices) const {
    Program::Readings readings = fixed_;
    for (const ReadingChoice& choice : choices) readings[choice.reading] = choice.option;
    const Program program = Program::load(module_, varied_.subject, readings);
    vm::Machine machine(program);
    machine.run(batch_);
    std::vector<ReadingOutcome> all;
    for (std::uint32_t row = 0; row < waiting_.size(); ++row) all.push_back(outcome(program, machine, row));
    return all;
  }

  ReadingOutcome outcome(const Program& program, const vm::Machine& machine, std::uint32_t row) const {
    ReadingOutcome outcome;
    if (refused_by(machine, row) != nullptr) return {.rejected = true};
    if (program.subject().levels == bytecode::kNone) return outcome;
    vm::OutcomeSet possible = machine.outcomes(row);
    if (!trace::only(possible)) {
      const vm::OutcomeSet completed = vm::complete(program, machine, batch_, row).possible;
      if (completed != 0) possible = completed;
    }
    outcome.status = trace::status_of(possible);
    if (outcome.status == trace::Status::decided) outcome.level = *trace::only(possible);
    return outcome;
  }

  const bytecode::Requirement* refused_by(const vm::Machine& machine, std::uint32_t row) const {
    for (const bytecode::Requirement& requirement : program_.subject().requirements)
      if (machine.truth(requirement.condition, row) == vm::Truth::no) return &requirement;
    return nullptr;
  }

  template <class Refuse>
  void refuse_broken(Refuse&& refuse) const {
    vm::Machine machine(program_);
    machine.run(batch_);
    for (std::uint32_t row = 0; row < waiting_.size(); ++row)
      if (const bytecode::Requirement* broken = refused_by(machine, row)) refuse(waiting_[row], *broken);
  }

  std::uint64_t size_of(const std::vector<std::uint32_t>& readings) const {
    std::uint64_t size = 1;
    for (const std::uint32_t reading : readings) size = std::min(size * options(reading), kMostCombinations + 1);
    return size;
  }

  // ---------------------------------------------------------------- one reading at a time

  /// Calls `visit(choice, outcomes)` for each option that is not the chosen one, the other readings as chosen.
  template <class Visit>
  void each_alone(Visit&& visit) const {
    for (const std::uint32_t reading : varied_.readings)
      for (std::uint32_t option = 0; option < options(reading); ++option)
        if (option != chosen_option(reading)) visit(ReadingChoice{reading, option}, outcomes({{reading, option}}));
  }

  std::vector<std::uint32_t> changing_alone(const std::vector<ReadingOutcome>& chosen) const {
    std::set<std::uint32_t> changing;
    each_alone([&](ReadingChoice choice, const std::vector<ReadingOutcome>& outcomes) {
      if (outcomes != chosen) changing.insert(choice.reading);
    });
    return {changing.begin(), changing.end()};
  }

  void compare_alone(const std::vector<ReadingOutcome>& chosen, std::vector<DifferingRecord>& found) const {
    std::vector<std::map<ReadingOutcome, std::vector<std::vector<ReadingChoice>>>> others(chosen.size());
    each_alone([&](ReadingChoice choice, const std::vector<ReadingOutcome>& outcomes) {
      for (std::size_t row = 0; row < chosen.size(); ++row)
        if (outcomes[row] != chosen[row]) others[row][outcomes[row]].push_back({choice});
    });
    for (std::size_t row = 0; row < chosen.size(); ++row) {
      if (others[row].empty() || chosen[row].rejected) continue;
      DifferingRecord& record = found.emplace_back(differing(row, chosen[row]));
      for (auto& [outcome, when] : others[row]) record.others.push_back({outcome, std::move(when)});
    }
  }

  // ---------------------------------------------------------------- all together

  void compare_combinations(const std::vector<std::uint32_t>& readings, const std::vector<ReadingOutcome>& chosen,
                            std::vector<DifferingRecord>& found) const {
    std::vector<std::uint32_t> sizes;
    for (const std::uint32_t reading : readings) sizes.push_back(options(reading));
    const ReadingSpace space(sizes);
    // Outcomes are few: each record's table holds their numbers.
    std::map<ReadingOutcome, std::uint8_t> numbers;
    std::vector<std::vector<std::uint8_t>> tables(chosen.size(), std::vector<std::uint8_t>(space.points()));
    for (std::size_t point = 0; point < space.points(); ++point) {
      std::vector<ReadingChoice> choices;
      for (std::size_t d = 0; d < readings.size(); ++d) choices.push_back({readings[d], space.coordinate(point, d)});
      const std::vector<ReadingOutcome> all = outcomes(choices);
      for (std::size_t row = 0; row < all.size(); ++row)
        tables[row][point] = numbers.try_emplace(all[row], static_cast<std::uint8_t>(numbers.size())).first->second;
    }
    for (std::size_t row = 0; row < chosen.size(); ++row) {
      const std::vector<std::uint8_t>& table = tables[row];
      const bool alike = std::all_of(table.begin(), table.end(), [&](std::uint8_t n) { return n == table.front(); });
      if (alike || chosen[row].rejected) continue;
      DifferingRecord& record = found.emplace_back(differing(row, chosen[row]));
      for (const auto& [outcome, number] : numbers) {
        if (outcome == chosen[row]) continue;
        OutcomeUnderReadings other{outcome, {}};
        for (const ReadingSpace::Cube& cube : space.cubes(table, number))
          other.when.push_back(choices_of(readings, cube));
        if (!other.when.empty()) record.others.push_back(std::move(other));
      }
    }
  }

  static std::vector<ReadingChoice> choices_of(const std::vector<std::uint32_t>& readings,
                                               const ReadingSpace::Cube& cube) {
    std::vector<ReadingChoice> choices;
    for (std::size_t d = 0; d < readings.size(); ++d)
      if (cube[d]) choices.push_back({readings[d], *cube[d]});
    return choices;
  }

  DifferingRecord differing(std::size_t row, const ReadingOutcome& chosen) const {
    const Waiting& record = waiting_[row];
    return {record.turn, record.line, record.id, record.input, varied_.subject, chosen, {}};
  }

  const bytecode::Module& module_;
  const Program::Readings& fixed_;
  Program program_;
  vm::Batch batch_;
  std::vector<Waiting> waiting_;  ///< by row of the batch
  VariedSubject varied_;
};

class Comparing : public facts::Reader::Sink {
 public:
  Comparing(const Pack& pack, const Program::Readings& fixed, const OnReject& on_reject)
      : pack_(pack), fixed_(fixed), on_reject_(on_reject) {}

  /// The file being read, to be named with records; empty when there is only one.
  void set_input(std::string name) { input_ = std::move(name); }

  vm::Batch* batch(std::string_view subject) override {
    const std::optional<std::uint32_t> index = pack_.find_subject(subject);
    if (!index) return nullptr;
    std::unique_ptr<SubjectRun>& run = runs_[*index];
    if (!run) {
      run = std::make_unique<SubjectRun>(pack_.module(), *index, fixed_);
      order_.push_back(*index);
    }
    current_ = run.get();
    return &run->batch();
  }

  void row(vm::Batch& batch, std::uint32_t, const facts::RecordHead& head) override {
    current_->take({comparison_.records_in++, head.line, head.id, input_, head.sheet});
    if (batch.full()) rate(*current_);
  }

  void reject(facts::Reject reject) override {
    ++comparison_.records_in;
    refuse(reject, input_);
  }

  ReadingComparison finish() {
    for (const std::uint32_t subject : order_) {
      rate(*runs_[subject]);
      comparison_.subjects.push_back(runs_[subject]->varied());
    }
    std::sort(comparison_.records.begin(), comparison_.records.end(),
              [](const DifferingRecord& a, const DifferingRecord& b) { return a.turn < b.turn; });
    return std::move(comparison_);
  }

 private:
  void rate(SubjectRun& run) {
    run.run(comparison_.records, [&](const Waiting& record, const bytecode::Requirement& broken) {
      refuse({record.line, record.turn, record.id, {}, {Diag::requirement_broken, {broken.text}, {}}, record.sheet},
             record.input);
    });
  }

  void refuse(const facts::Reject& reject, const std::string& input) {
    ++comparison_.rejected;
    on_reject_(reject, input);
  }

  const Pack& pack_;
  const Program::Readings& fixed_;
  const OnReject& on_reject_;
  std::map<std::uint32_t, std::unique_ptr<SubjectRun>> runs_;
  std::vector<std::uint32_t> order_;
  SubjectRun* current_ = nullptr;
  std::string input_;
  ReadingComparison comparison_;
};

}  // namespace

std::variant<ReadingComparison, Message> compare_readings(const Pack& pack, const std::vector<std::string>& inputs,
                                                          const Program::Readings& fixed, const OnReject& on_reject) {
  try {
    vm::TextPool texts(pack.module());
    facts::Reader reader(pack.module(), texts, {});
    Comparing comparing(pack, fixed, on_reject);
    for (const std::string& input : inputs) {
      if (inputs.size() > 1) comparing.set_input(input);
      if (std::optional<Message> fault = tabular::read_evidence(pack.module(), reader, input, comparing)) return std::move(*fault);
    }
    return comparing.finish();
  } catch (const vm::Unloadable& fault) {
    return Message{Diag::pack_not_runnable, {fault.what()}, {}};
  }
}

}  // namespace quy::tools

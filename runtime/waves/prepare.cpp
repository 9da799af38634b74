// Prepares Links: one reading to see who needs whom, then one a wave. A wave rates the records whose needs are met, without writing anything.

#include <algorithm>

#include "runtime/trace/result.h"
#include "runtime/vm/machine.h"
#include "runtime/waves/links.h"

namespace quy::waves {
namespace {

using trace::Status;

/// The batches of subjects, each made when its first record comes.
class Batches {
 public:
  Batches(const bytecode::Module& module, const vm::Program::Readings& readings) : module_(module), readings_(readings), made_(module.subjects.size()) {
    for (std::uint32_t i = 0; i < module.subjects.size(); ++i) index_.emplace(module.subjects[i].id, i);
  }
  std::uint32_t find(std::string_view subject) const {
    const auto found = index_.find(subject);
    return found == index_.end() ? kNone : found->second;
  }
  vm::Batch& at(std::uint32_t subject) {
    if (!made_[subject]) made_[subject] = std::make_unique<vm::Batch>(vm::Program::load(module_, subject, readings_));
    return *made_[subject];
  }

 private:
  const bytecode::Module& module_;
  const vm::Program::Readings& readings_;
  std::unordered_map<std::string_view, std::uint32_t> index_;
  std::vector<std::unique_ptr<vm::Batch>> made_;
};

/// Reads the module's records, at their last stage.
facts::Reader make_reader(const Setup& setup, vm::TextPool& texts) {
  if (setup.versions == nullptr) return {setup.module, texts, {}};
  std::vector<vm::TextPool*> own(setup.versions->size(), nullptr);
  for (std::uint32_t version = 0; version < own.size(); ++version)
    if (&setup.versions->module(version) == &setup.module) own[version] = &texts;
  return {*setup.versions, own, {}};
}

class Survey : public facts::Reader::Sink {
 public:
  Survey(const Setup& setup, const vm::TextPool& texts, Population& population, CountsToDate& counts)
      : batches_(setup.module, setup.readings), texts_(texts), population_(population), counts_(counts) {}

  vm::Batch* batch(std::string_view subject) override {
    subject_ = batches_.find(subject);
    return subject_ == kNone ? nullptr : &batches_.at(subject_);
  }
  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) override {
    population_.add_record(batches_.find(head.subject), batch, row, texts_, head);
    counts_.add_record(batch, row, head);
    batch.drop_row();
  }
  void reject(facts::Reject) override { population_.add_refused(); }
  void passed_over(std::uint64_t) override { population_.add_refused(); }
  void cohort(facts::CohortRecord record) override { population_.add_cohort(std::move(record)); }

 private:
  Batches batches_;
  const vm::TextPool& texts_;
  Population& population_;
  CountsToDate& counts_;
  std::uint32_t subject_ = kNone;
};

}  // namespace

/// Works out what Links holds.
class Preparation {
 public:
  Preparation(const Setup& setup, const Feed& feed, Links& links) : setup_(setup), feed_(feed), links_(links) {}

  std::optional<Message> run() {
    if (std::optional<Message> fault = survey()) return fault;
    for (const std::string& path : setup_.results_of_run)
      if (std::optional<Message> fault = links_.earlier_.read_of_run(path, links_.population_, links_.counts_)) return fault;
    for (const std::string& path : setup_.earlier_results)
      if (std::optional<Message> fault = links_.earlier_.read(path, links_.population_, links_.counts_)) return fault;
    links_.cohorts_ = std::make_unique<Cohorts>(setup_.module, links_.population_, setup_.readings);
    links_.rated_.resize(links_.population_.size());
    find_needed();
    find_circles();
    plan_waves();
    for (std::uint32_t wave = 0; wave < wave_count_; ++wave)
      if (std::optional<Message> fault = run_wave(wave)) return fault;
    return std::nullopt;
  }

 private:
  class Wave;

  std::optional<Message> survey() {
    vm::TextPool texts(setup_.module);
    facts::Reader reader = make_reader(setup_, texts);
    Survey survey(setup_, texts, links_.population_, links_.counts_);
    std::optional<Message> fault = feed_(reader, survey);
    links_.population_.close();
    return fault;
  }

  /// Records that others take, and members of groups.
  void find_needed() {
    const Population& all = links_.population_;
    node_of_.assign(all.size(), kNoNode);
    for (const Target& target : all.targets())
      for (const RecordNumber record : target.records) need(record);
    for (const Group& group : all.groups())
      for (const RecordNumber member : group.members) need(member);
  }
  void need(RecordNumber record) {
    if (node_of_[record] != kNoNode) return;
    node_of_[record] = static_cast<std::uint32_t>(records_.size());
    records_.push_back(record);
  }

  template <class Visit>
  void for_each_taken_record(RecordNumber record, Visit visit) const {
    const Population& all = links_.population_;
    for (const std::uint32_t* target = all.targets_begin(record); target != all.targets_end(record); ++target)
      for (const RecordNumber other : all.targets()[*target].records) visit(other);
  }

  void find_circles() {
    Graph graph;
    for (const RecordNumber record : records_) {
      for_each_taken_record(record, [&](RecordNumber other) { graph.need(node_of_[other]); });
      graph.end_node();
    }
    const std::vector<std::vector<std::uint32_t>> circles = waves::circles(graph);
    for (std::uint32_t node = 0; node < circles.size(); ++node) {
      if (circles[node].empty()) continue;
      std::vector<RecordNumber>& names = links_.circles_[records_[node]];
      for (const std::uint32_t other : circles[node]) names.push_back(records_[other]);
    }
  }
  bool refused(RecordNumber record) const { return links_.circles_.contains(record); }
  bool reads_totals() const {
    return std::any_of(links_.lists_.begin(), links_.lists_.end(), [](const std::vector<ResultColumns>& lists) {
      return std::any_of(lists.begin(), lists.end(), [](const ResultColumns& columns) { return columns.total != kNone; });
    });
  }

  /// A record that takes another's result waits for the quotas that the other is under, and a quota for all members of its group. Where that
  /// goes in a circle, the other's result is taken as open between the level it earned and the one below the quota.
  Graph graph_with_groups(const std::vector<bool>& waited_for) const {
    const Population& all = links_.population_;
    const auto first_group = static_cast<std::uint32_t>(records_.size());
    Graph graph;
    for (const RecordNumber record : records_) {
      if (!refused(record)) {
        for_each_taken_record(record, [&](RecordNumber other) {
          if (refused(other)) return;
          graph.need(node_of_[other]);
          for (const std::uint32_t group : all.groups_of(other))
            if (waited_for[group]) graph.need(first_group + group);
        });
      }
      graph.end_node();
    }
    for (const Group& group : all.groups()) {
      for (const RecordNumber member : group.members)
        if (!refused(member)) graph.need(node_of_[member]);
      graph.end_node();
    }
    return graph;
  }

  void plan_waves() {
    const std::size_t groups = links_.population_.groups().size();
    std::vector<bool> waited_for(groups, true);
    ranks_ = ranks(graph_with_groups(waited_for));
    const std::size_t first_group = records_.size();
    for (std::uint32_t group = 0; group < groups; ++group) {
      waited_for[group] = ranks_[first_group + group] != kNoNode;
      if (!waited_for[group]) links_.cohorts_->hide(group);
    }
    ranks_ = ranks(graph_with_groups(waited_for));
    for (const std::uint32_t rank : ranks_)
      if (rank != kNoNode) wave_count_ = std::max(wave_count_, rank + 1);
  }

  std::optional<Message> run_wave(std::uint32_t wave);
  void settle_groups(std::uint32_t wave) {
    for (std::uint32_t group = 0; group < links_.population_.groups().size(); ++group)
      if (ranks_[records_.size() + group] == wave)
        links_.cohorts_->settle(group, [this](RecordNumber record) { return links_.earned(record); });
  }

  const Setup& setup_;
  const Feed& feed_;
  Links& links_;
  std::vector<std::uint32_t> node_of_;   ///< by record
  std::vector<RecordNumber> records_;    ///< by node
  std::vector<std::uint32_t> ranks_;     ///< by node, records before groups
  std::uint32_t wave_count_ = 0;
};

/// Rates the records of one wave.
class Preparation::Wave : public facts::Reader::Sink {
 public:
  Wave(Preparation& preparation, std::uint32_t wave, vm::TextPool& texts)
      : preparation_(preparation), wave_(wave), texts_(texts), batches_(preparation.setup_.module, preparation.setup_.readings),
        lanes_(preparation.setup_.module.subjects.size()) {}

  vm::Batch* batch(std::string_view subject) override {
    const std::uint32_t index = batches_.find(subject);
    if (index == kNone) return nullptr;
    vm::Batch& batch = batches_.at(index);
    if (batch.full()) run(index);
    return &batch;
  }
  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) override {
    const RecordNumber record = next_++;
    const std::uint32_t node = preparation_.node_of_[record];
    if (node == kNoNode || preparation_.ranks_[node] != wave_ || preparation_.refused(record)) return batch.drop_row();
    preparation_.links_.fill(record, batch, row, texts_);
    const std::uint32_t subject = preparation_.links_.population_.subject(record);
    lane(subject).waiting.emplace_back(record, head);
    if (batch.full()) run(subject);
  }
  void reject(facts::Reject) override { ++next_; }
  void passed_over(std::uint64_t) override { ++next_; }
  void cohort(facts::CohortRecord) override { ++next_; }

  void finish() {
    for (std::uint32_t subject = 0; subject < lanes_.size(); ++subject)
      if (lanes_[subject]) run(subject);
  }

 private:
  struct Lane {
    Lane(const vm::Program& program, const vm::TextPool& texts, Language language)
        : maker(program, needs_for(program.subject()), language, &texts), machine(program, true) {}
    /// A total that is open matters only where there is no rating to be decided.
    static trace::ResultNeeds needs_for(const bytecode::Subject& subject) {
      return {.reasons = false, .points = false, .range = subject.levels == kNone, .influence = false};
    }
    trace::ResultMaker maker;
    vm::Machine machine;
    std::vector<std::pair<RecordNumber, facts::RecordHead>> waiting;   ///< by row
  };

  Lane& lane(std::uint32_t subject) {
    std::unique_ptr<Lane>& lane = lanes_[subject];
    if (!lane) lane = std::make_unique<Lane>(batches_.at(subject).program(), texts_, preparation_.setup_.language);
    return *lane;
  }

  void run(std::uint32_t subject) {
    Lane& of = lane(subject);
    vm::Batch& batch = batches_.at(subject);
    if (!of.waiting.empty()) of.machine.run(batch);
    for (std::uint32_t row = 0; row < of.waiting.size(); ++row) note(of, batch, row);
    of.waiting.clear();
    batch.clear();
  }

  void note(const Lane& of, const vm::Batch& batch, std::uint32_t row) {
    const bytecode::Subject& subject = batch.program().subject();
    for (const bytecode::Requirement& requirement : subject.requirements)
      if (of.machine.truth(requirement.condition, row) == vm::Truth::no) return;   // the record will be refused
    const auto& [record, head] = of.waiting[row];
    of.maker.make(of.machine, batch, row, head, result_);
    Links& links = preparation_.links_;
    Links::Rated& rated = links.rated_[record];
    rated.done = 1;
    rated.status = static_cast<std::uint32_t>(result_.status) & 0x7f;
    rated.outcomes = outcomes() & 0xffffff;
    if (!links.population_.groups_of(record).empty()) note_priorities(of, batch, record, row);
    note_total(of, subject, record, row);
  }

  vm::OutcomeSet outcomes() const {
    switch (result_.status) {
      case Status::decided: return result_.level == kNone ? 0 : vm::OutcomeSet{1} << result_.level;
      case Status::gap: return vm::OutcomeSet{1} << vm::kOutcomeGap;
      case Status::not_rated: return vm::OutcomeSet{1} << vm::kOutcomeNotRated;
      case Status::authority: return result_.possible != 0 ? result_.possible : vm::OutcomeSet{1} << vm::kOutcomeAuthority;
      case Status::undecided: return result_.possible;
    }
    return 0;
  }

  void note_priorities(const Lane& of, const vm::Batch& batch, RecordNumber record, std::uint32_t row) {
    const bytecode::Subject& subject = batch.program().subject();
    Cohorts& cohorts = *preparation_.links_.cohorts_;
    const Earned earned = *preparation_.links_.earned(record);
    for (std::uint32_t quota = 0; quota < subject.quota_priorities.size(); ++quota) {
      if (!cohorts.may_be_candidate(subject.rating, quota, earned)) continue;
      cohort::Priority priority;
      for (const bytecode::Register reg : subject.quota_priorities[quota]) {
        const vm::Range value = of.machine.number(reg, row);
        if (!value.known()) {
          priority.clear();
          break;
        }
        priority.push_back(value.low);
      }
      // Without any priority all are equal.
      if (subject.quota_priorities[quota].empty()) priority.emplace_back(0);
      cohorts.set_priority(record, quota, std::move(priority));
    }
  }

  /// Others may read the total of a target.
  void note_total(const Lane& of, const bytecode::Subject& subject, RecordNumber record, std::uint32_t row) {
    Links& links = preparation_.links_;
    if (!preparation_.reads_totals() || subject.total == kNone ||
        links.population_.find_target(links.population_.id(record), links.population_.period(record)) == kNone)
      return;
    const vm::Range total = of.machine.number(subject.total, row);
    if (!total.left_out && !total.may_be_left_out) links.totals_.emplace(record, std::pair{total.low, total.high});
  }

  Preparation& preparation_;
  std::uint32_t wave_;
  vm::TextPool& texts_;
  Batches batches_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  RecordNumber next_ = 0;
  trace::Result result_;
};

std::optional<Message> Preparation::run_wave(std::uint32_t wave) {
  const bool rates = std::any_of(ranks_.begin(), ranks_.begin() + static_cast<std::ptrdiff_t>(records_.size()),
                                 [wave](std::uint32_t rank) { return rank == wave; });
  if (rates) {
    vm::TextPool texts(setup_.module);
    facts::Reader reader = make_reader(setup_, texts);
    Wave sink(*this, wave, texts);
    if (std::optional<Message> fault = feed_(reader, sink)) return fault;
    sink.finish();
  }
  settle_groups(wave);
  return std::nullopt;
}

std::variant<std::unique_ptr<Links>, Message> Links::prepare(const Setup& setup, const Feed& feed) {
  std::unique_ptr<Links> links(new Links(setup));
  if (std::optional<Message> fault = Preparation(setup, feed, *links).run()) return std::move(*fault);
  return links;
}

}  // namespace quy::waves

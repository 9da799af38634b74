#include "analysis/cases/difference.h"

#include <bit>

#include "analysis/cases/exploration.h"
#include "analysis/cases/subject_cases.h"
#include "analysis/conditions.h"
#include "analysis/record/slice.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Module;
using bytecode::Observable;
using bytecode::Register;
using bytecode::Subject;
using vm::Truth;

namespace {

/// What one version says of one record.
struct Said {
  vm::Range points;
  vm::OutcomeSet outcome = 0;
  bool known() const { return (points.known() || points.left_out) && std::popcount(outcome) <= 1; }
};

bool differ(const Said& a, const Said& b) {
  if (!a.known() || !b.known()) return false;
  if (a.points.left_out != b.points.left_out || a.outcome != b.outcome) return true;
  return !a.points.left_out && a.points.low != b.points.low;
}

struct Seen {
  std::vector<Truth> truths;  ///< of the first version's conditions
  Said said;
};

/// One version, cut to what is compared.
class Version {
 public:
  Version(const Module& module, const Subject& subject, const Compared& compared, int year)
      : compared_(compared), part_(slice(module, subject, roots(subject))), bench_(part_, 0, {}, year) {}

  std::vector<Register> roots(const Subject& subject) const {
    std::vector<Register> all;
    if (compared_.criterion == kNone) {
      if (subject.total != kNone) all.push_back(subject.total);
      if (subject.levels != kNone) all.push_back(subject.levels);
    } else {
      const Observable& item = subject.observables[subject.criteria[compared_.criterion].observable];
      all.push_back(item.reg);
      if (item.applies_left_out != kNone) all.push_back(item.applies_left_out);
    }
    return all;
  }

  Bench& bench() { return bench_; }

  Said said(const vm::Machine& machine, std::uint32_t row) const {
    const Subject& subject = bench_.subject();
    if (compared_.criterion != kNone)
      return {sheet_points(subject, subject.criteria[compared_.criterion].observable, machine, row), 0};
    Said all;
    all.points.left_out = true;
    if (subject.total != kNone) all.points = machine.number(subject.total, row);
    if (subject.levels != kNone) all.outcome = machine.outcomes(row);
    return all;
  }

 private:
  Compared compared_;
  Module part_;
  Bench bench_;
};

class Search {
 public:
  Search(Version& first, Version& second)
      : first_(first),
        second_(second),
        candidates_(first.bench(), first.roots(first.bench().subject())),
        exploration_(
            candidates_, [this](const std::vector<Record>& records) { return look(records); }, features) {
    const Subject& subject = first.bench().subject();
    for (const Observable& observable : subject.observables)
      if (is_open_condition(subject, observable) && subject.code[observable.reg].domain == 0)
        conditions_.push_back(observable.reg);
  }

  std::optional<Difference> run() {
    std::vector<Record> starts{candidates_.first(), candidates_.nothing()};
    if (first_.bench().subject().total != kNone) starts.push_back(all_met(first_.bench()).record);
    exploration_.run(
        starts, [this] { return found_.has_value(); }, true);
    if (!found_) return std::nullopt;
    shorten();
    return found_;
  }

 private:
  std::vector<std::optional<Seen>> look(const std::vector<Record>& records) {
    std::vector<std::optional<Seen>> all(records.size());
    first_.bench().run(records, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
      Seen& seen = all[record].emplace();
      for (const Register condition : conditions_) seen.truths.push_back(machine.truth(condition, row));
      seen.said = first_.said(machine, row);
    });
    second_.bench().run(records, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
      if (found_ || !all[record] || !differ(all[record]->said, second_.said(machine, row))) return;
      found_ = Difference{records[record], all[record]->said.points, all[record]->said.outcome};
    });
    return all;
  }

  static std::vector<std::vector<int>> features(const Seen& seen) {
    std::vector<int> all{seen.said.points.left_out ? 1 : 0, static_cast<int>(seen.said.outcome)};
    for (const Truth truth : seen.truths) all.push_back(static_cast<int>(truth));
    return {all};
  }

  /// Drops every fact that is not needed, and makes nothing of those that only must be there.
  void shorten() {
    for (const Place& place : candidates_.places()) {
      Record without = found_->record;
      if (place.is_list)
        without.lists.erase(place.index);
      else
        without.fields.erase(place.index);
      std::vector<Record> shorter{without};
      for (Record& changed : candidates_.alternatives(found_->record, place))
        if (is_plain(changed, place)) shorter.push_back(std::move(changed));
      take_first(shorter);
    }
  }

  static bool is_plain(const Record& record, const Place& place) {
    return place.is_list ? record.lists.at(place.index).empty() : record.fields.at(place.index) == Cell{};
  }

  void take_first(const std::vector<Record>& records) {
    for (const Record& record : records) {
      if (record == found_->record) continue;
      const Difference held = *std::exchange(found_, std::nullopt);
      look({record});
      if (found_) return;
      found_ = held;
    }
  }

  Version &first_, &second_;
  Candidates candidates_;
  Exploration<Seen> exploration_;
  std::vector<Register> conditions_;
  std::optional<Difference> found_;
};

}  // namespace

std::optional<Difference> find_difference(const Module& first, const Subject& first_subject, const Module& second,
                                          const Subject& second_subject, const Compared& compared, int year) {
  Version of_first(first, first_subject, compared, year), of_second(second, second_subject, compared, year);
  return Search(of_first, of_second).run();
}

}  // namespace quy::analysis

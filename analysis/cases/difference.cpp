#include "analysis/cases/difference.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "analysis/cases/exploration.h"
#include "analysis/cases/subject_cases.h"
#include "analysis/conditions.h"
#include "analysis/record/join.h"
#include "analysis/record/shorten.h"
#include "analysis/record/slice.h"
#include "analysis/symbolic/encoding.h"
#include "analysis/symbolic/solver.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Module;
using bytecode::Observable;
using bytecode::Register;
using bytecode::Subject;
using symbolic::both;
using symbolic::either;
using symbolic::negated;
using symbolic::Verdict;
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

/// What is compared of one version.
struct Roots {
  Register points = kNone, left_out = kNone, levels = kNone;

  std::vector<Register> all() const {
    std::vector<Register> registers{points, left_out, levels};
    std::erase(registers, kNone);
    return registers;
  }
  friend bool operator==(const Roots&, const Roots&) = default;
};

/// One version, cut to what is compared.
class Version {
 public:
  Version(const Module& module, const Subject& subject, const Compared& compared, int year)
      : compared_(compared), part_(slice(module, subject, roots_of(subject).all())), bench_(part_, 0, {}, year) {}

  Roots roots() const { return roots_of(bench_.subject()); }

  const Module& part() const { return part_; }
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
  Roots roots_of(const Subject& subject) const {
    if (compared_.criterion == kNone) return {subject.total, kNone, subject.levels};
    const Observable& item = subject.observables[subject.criteria[compared_.criterion].observable];
    return {item.reg, item.applies_left_out, kNone};
  }

  Compared compared_;
  Module part_;
  Bench bench_;
};

/// What the solver says: whether some complete record makes the versions differ, and which.
struct Suspicion {
  Verdict verdict = Verdict::not_settled;
  Record record;
};

class Question {
  static constexpr std::uint32_t kNotEqual = 5;  ///< the sign, as in opcodes.def

 public:
  Question(Version& first, const Version& second)
      : first_(first), joined_(join(first.part(), second.part())), roots_(first.roots()) {
    const Roots other = second.roots();
    const auto in_joined = [&](Register reg) { return reg == kNone ? kNone : joined_.second[reg]; };
    other_roots_ = {in_joined(other.points), in_joined(other.left_out), in_joined(other.levels)};
  }

  Suspicion ask(std::chrono::milliseconds limit) {
    if (roots_ == other_roots_) return {Verdict::impossible, {}};
    const Subject& subject = joined_.module.subjects.front();
    symbolic::Evidence evidence({{&joined_.module, &subject}}, first_.bench().year());
    std::vector<Register> all = roots_.all();
    std::ranges::copy(other_roots_.all(), std::back_inserter(all));
    symbolic::Encoding encoding(evidence, joined_.module, subject, {}, all);
    const symbolic::Answer answer = symbolic::ask(evidence, {differ(encoding)}, limit).front();
    // With fewer kinds of row than could matter, nothing found is no proof.
    if (answer.verdict == Verdict::impossible && !evidence.lists_cut().empty()) return {};
    if (answer.verdict != Verdict::possible) return {answer.verdict, {}};
    RecordTexts texts = first_.bench().texts();
    return {Verdict::possible, evidence.record(answer.values, subject, texts)};
  }

 private:
  z3::expr differ(symbolic::Encoding& encoding) const {
    const z3::expr no = encoding.context().bool_val(false);
    const auto left_out = [&](Register reg) { return reg == kNone ? no : encoding.truth(reg).yes; };
    const z3::expr one = left_out(roots_.left_out), other = left_out(other_roots_.left_out);
    z3::expr result = no;
    if (roots_.points != kNone) {
      // As in sheet_points: left out with points, as for full points, is seen by its points.
      const z3::expr with_points = encoding.compared(encoding.number(roots_.points), kNotEqual, Rational(0));
      const z3::expr apart = either(both(one, negated(other)), both(negated(one), other));
      result = either(encoding.differ(roots_.points, other_roots_.points), both(apart, negated(with_points)));
    }
    if (roots_.levels != kNone) result = either(result, encoding.differ(roots_.levels, other_roots_.levels));
    return result;
  }

  Version& first_;
  Joined joined_;
  Roots roots_, other_roots_;
};

class Search {
 public:
  Search(Version& first, Version& second)
      : first_(first),
        second_(second),
        candidates_(first.bench(), first.roots().all()),
        exploration_(
            candidates_, [this](const std::vector<Record>& records) { return look(records); }, features) {
    const Subject& subject = first.bench().subject();
    for (const Observable& observable : subject.observables)
      if (is_open_condition(subject, observable) && subject.code[observable.reg].domain == 0)
        conditions_.push_back(observable.reg);
  }

  /// The difference that the record shows, if it does.
  std::optional<Difference> at(const Record& record) {
    look({record});
    return shortened();
  }

  std::optional<Difference> by_trying() {
    std::vector<Record> starts{candidates_.first(), candidates_.nothing()};
    if (first_.bench().subject().total != kNone) starts.push_back(all_met(first_.bench()).record);
    exploration_.run(
        starts, [this] { return found_.has_value(); }, true);
    return shortened();
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

  std::optional<Difference> shortened() {
    if (!found_) return std::nullopt;
    found_->record = shorten(first_.bench().subject(), found_->record, [this](const Record& record) {
      const Difference held = *std::exchange(found_, std::nullopt);
      look({record});
      if (found_) return true;
      found_ = held;
      return false;
    });
    return found_;
  }

  Version &first_, &second_;
  Candidates candidates_;
  Exploration<Seen> exploration_;
  std::vector<Register> conditions_;
  std::optional<Difference> found_;
};

}  // namespace

Distinction find_difference(const Module& first, const Subject& first_subject, const Module& second,
                            const Subject& second_subject, const Compared& compared, int year,
                            std::chrono::milliseconds limit) {
  Version of_first(first, first_subject, compared, year), of_second(second, second_subject, compared, year);
  const Suspicion suspicion = Question(of_first, of_second).ask(limit);
  if (suspicion.verdict == Verdict::impossible) return {Verdict::impossible, std::nullopt};
  Search search(of_first, of_second);
  std::optional<Difference> found;
  if (suspicion.verdict == Verdict::possible) found = search.at(suspicion.record);
  if (!found) found = search.by_trying();
  return {found ? Verdict::possible : Verdict::not_settled, found};
}

}  // namespace quy::analysis

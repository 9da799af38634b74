#include "analysis/effect/effect.h"

#include <algorithm>
#include <map>
#include <set>

#include "analysis/cases/candidates.h"
#include "analysis/cases/boundary_cases.h"
#include "analysis/conditions.h"
#include "analysis/record/slice.h"
#include "analysis/symbolic/encoding.h"
#include "analysis/symbolic/solver.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Module;
using bytecode::Observable;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::Role;
using bytecode::Subject;
using symbolic::both;
using symbolic::negated;
using symbolic::Verdict;
using vm::Truth;

namespace {

using Kind = NoEffect::Kind;

constexpr std::uint32_t kNotEqual = 5;  ///< the sign, as in opcodes.def

/// Some registers of a subject, with the code below them: tried on the machine, asked of the solver.
class Part {
 public:
  Part(const Module& module, const Subject& subject, const std::vector<Register>& registers, int year)
      : module_(slice(module, subject, registers)), bench_(module_, 0, {}, year) {}

  const Subject& subject() const { return bench_.subject(); }
  Register reg(std::uint32_t observable) const { return subject().observables[observable].reg; }

  /// The records that differ from plain ones in one fact or two.
  void look_at_records(const std::vector<Register>& registers, const Bench::Look& look) {
    const Candidates candidates(bench_, registers);
    for (const Record& start : {candidates.first(), candidates.nothing()}) {
      std::vector<Record> records = candidates.changes(start);
      records.push_back(start);
      bench_.run(records, look);
    }
  }

  /// Whether no complete record satisfies the condition; nothing when that is not settled.
  using Make = std::function<z3::expr(symbolic::Encoding& encoding)>;
  std::optional<bool> excludes(const std::vector<Register>& registers, const Make& make,
                               std::chrono::milliseconds limit) const {
    symbolic::Evidence evidence({{&module_, &subject()}}, bench_.year());
    symbolic::Encoding encoding(evidence, module_, subject(), {}, registers);
    const Verdict verdict = symbolic::ask(evidence, {make(encoding)}, limit).front().verdict;
    if (verdict == Verdict::possible) return false;
    const bool is_proof = verdict == Verdict::impossible && evidence.lists_cut().empty();
    return is_proof ? std::optional(true) : std::nullopt;
  }

 private:
  Module module_;
  Bench bench_;
};

/// Whether some open choice decides over the register.
bool hangs_on_a_reading(const Subject& subject, Register root) {
  std::set<Register> met;
  std::vector<Register> open{root};
  while (!open.empty()) {
    const Register at = open.back();
    open.pop_back();
    if (!met.insert(at).second) continue;
    if (subject.code[at].opcode == Opcode::reading) return true;
    open.insert(open.end(), subject.code[at].operands.begin(), subject.code[at].operands.end());
  }
  return false;
}

/// What records have shown of a condition.
struct Sides {
  bool yes = false, no = false;
  void note(Truth truth) {
    yes = yes || truth == Truth::yes;
    no = no || truth == Truth::no;
  }
};

std::vector<Register> registers_of(const Subject& subject, const std::vector<std::uint32_t>& observables) {
  std::vector<Register> registers;
  for (const std::uint32_t observable : observables) registers.push_back(subject.observables[observable].reg);
  return registers;
}

/// Conditions first, then the comparisons in them.
std::vector<std::uint32_t> all_of(const Targets& targets) {
  std::vector<std::uint32_t> all = targets.conditions;
  all.insert(all.end(), targets.comparisons.begin(), targets.comparisons.end());
  return all;
}

/// Asks for every side of a condition that no record shows.
class Conditions {
 public:
  Conditions(Part& part, std::vector<std::uint32_t> observables, std::chrono::milliseconds limit)
      : part_(part), observables_(std::move(observables)), limit_(limit) {
    std::erase_if(observables_,
                  [&](std::uint32_t each) { return hangs_on_a_reading(part_.subject(), part_.reg(each)); });
  }

  std::vector<NoEffect> run() {
    const std::vector<Register> registers = registers_of(part_.subject(), observables_);
    std::vector<Sides> seen(registers.size());
    part_.look_at_records(registers, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      for (std::size_t i = 0; i < registers.size(); ++i) seen[i].note(machine.truth(registers[i], row));
    });
    for (std::size_t i = 0; i < registers.size(); ++i) {
      if (!seen[i].yes) ask(observables_[i], Kind::never_holds);
      if (!seen[i].no) ask(observables_[i], Kind::never_fails);
    }
    keep_innermost();
    return std::move(found_);
  }

 private:
  void ask(std::uint32_t observable, Kind kind) {
    const Register reg = part_.reg(observable);
    const auto excluded = part_.excludes(
        {reg},
        [&](symbolic::Encoding& encoding) {
          return kind == Kind::never_holds ? encoding.truth(reg).yes : encoding.truth(reg).no();
        },
        limit_);
    if (!excluded || *excluded) found_.push_back({kind, observable, kNone, excluded.has_value()});
  }

  /// A condition that never changes because a part of it does not is no second finding.
  void keep_innermost() {
    std::set<std::uint32_t> inside;
    for (const NoEffect& each : found_)
      for (std::uint32_t at = part_.subject().observables[each.observable].parent; at != kNone;
           at = part_.subject().observables[at].parent)
        inside.insert(at);
    std::erase_if(found_, [&](const NoEffect& each) { return inside.contains(each.observable); });
  }

  Part& part_;
  std::vector<std::uint32_t> observables_;
  std::chrono::milliseconds limit_;
  std::vector<NoEffect> found_;
};

// ---------------------------------------------------------------- parts of one condition

/// The whole of some parts, by the truth tables of docs/language.md.
symbolic::Truth joined(symbolic::Encoding& encoding, const std::vector<Register>& parts, bool all) {
  z3::expr left_out = encoding.context().bool_val(true), kept = left_out, held = encoding.context().bool_val(false);
  for (const Register part : parts) {
    const symbolic::Truth& truth = encoding.truth(part);
    left_out = both(left_out, truth.left_out);
    kept = both(kept, symbolic::either(truth.yes, truth.left_out));
    held = symbolic::either(held, truth.yes);
  }
  return {all ? both(kept, negated(left_out)) : held, left_out};
}

Truth joined(const vm::Machine& machine, std::uint32_t row, const std::vector<Register>& parts, bool all) {
  const Truth stops = all ? Truth::no : Truth::yes;
  bool missing = false, left_out = true;
  for (const Register part : parts) {
    const Truth truth = machine.truth(part, row);
    if (truth == stops) return stops;
    missing = missing || truth == Truth::missing;
    left_out = left_out && truth == Truth::left_out;
  }
  if (missing) return Truth::missing;
  return left_out ? Truth::left_out : all ? Truth::yes : Truth::no;
}

class Parts {
 public:
  Parts(Part& part, std::vector<std::uint32_t> observables, bool all, std::chrono::milliseconds limit)
      : part_(part), observables_(std::move(observables)), all_(all), limit_(limit) {}

  /// From the last part on; one that decides nothing is no longer there when the others are looked at.
  std::vector<NoEffect> run() {
    const std::vector<Register> registers = registers_of(part_.subject(), observables_);
    const bool same_twice = std::set(registers.begin(), registers.end()).size() < registers.size();
    const bool open =
        std::ranges::any_of(registers, [&](Register reg) { return hangs_on_a_reading(part_.subject(), reg); });
    std::vector<NoEffect> found;
    if (same_twice || open) return found;
    for (std::size_t i = observables_.size(); i-- > 0 && observables_.size() > 1;) {
      const std::optional<bool> nothing = decides_nothing(i);
      if (nothing && !*nothing) continue;
      found.push_back({Kind::part_decides_nothing, observables_[i], kNone, nothing.has_value()});
      if (nothing) observables_.erase(observables_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return found;
  }

 private:
  std::optional<bool> decides_nothing(std::size_t index) {
    const std::vector<Register> all = registers_of(part_.subject(), observables_);
    std::vector<Register> rest = all;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(index));
    bool decides = false;
    part_.look_at_records(all, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      const Truth with = joined(machine, row, all, all_), without = joined(machine, row, rest, all_);
      decides = decides || (with != without && with != Truth::missing && without != Truth::missing);
    });
    if (decides) return false;
    return part_.excludes(
        all,
        [&](symbolic::Encoding& encoding) {
          const symbolic::Truth with = joined(encoding, all, all_), without = joined(encoding, rest, all_);
          const auto apart = [](const z3::expr& a, const z3::expr& b) {
            return symbolic::either(both(a, negated(b)), both(negated(a), b));
          };
          return symbolic::either(apart(with.yes, without.yes), apart(with.left_out, without.left_out));
        },
        limit_);
  }

  Part& part_;
  std::vector<std::uint32_t> observables_;
  bool all_;
  std::chrono::milliseconds limit_;
};

// ---------------------------------------------------------------- one criterion

class Criterion {
 public:
  Criterion(const Module& module, const Subject& subject, std::uint32_t criterion, int year,
            std::chrono::milliseconds limit)
      : root_(subject.criteria[criterion].observable),
        targets_(targets_of_line(subject, root_)),
        part_(module, subject, registers(subject), year),
        limit_(limit) {}

  std::vector<NoEffect> run() {
    take(Conditions(part_, all_of(targets_), limit_).run());
    if (found_.empty()) parts();
    if (found_.empty()) rows();
    if (found_.empty()) points();
    return std::move(found_);
  }

 private:
  std::vector<Register> registers(const Subject& subject) const {
    std::vector<Register> all = registers_of(subject, all_of(targets_));
    all.push_back(subject.observables[root_].reg);
    return all;
  }
  void take(std::vector<NoEffect> found) { found_.insert(found_.end(), found.begin(), found.end()); }
  const Subject& subject() const { return part_.subject(); }
  Role role(std::uint32_t observable) const { return subject().observables[observable].role; }

  /// Several `đạt khi` must all hold; inside each, the comparisons that one `và` or `hoặc` joins.
  void parts() {
    std::vector<std::uint32_t> met;
    for (const std::uint32_t condition : targets_.conditions)
      if (role(condition) == Role::criterion_condition) met.push_back(condition);
    if (met.size() > 1) take(Parts(part_, met, true, limit_).run());
    for (const std::uint32_t condition : targets_.conditions) {
      const bytecode::Instruction& made_by = subject().code[part_.reg(condition)];
      const bool all = made_by.opcode == Opcode::conjunction;
      if (!all && made_by.opcode != Opcode::disjunction) continue;
      const std::vector<std::uint32_t> operands = observables_of(made_by.operands, condition);
      if (operands.size() == made_by.operands.size()) take(Parts(part_, operands, all, limit_).run());
    }
  }

  /// Of comparisons and facts inside the condition; fewer than the registers when one of them is something else.
  std::vector<std::uint32_t> observables_of(const std::vector<Register>& registers, std::uint32_t inside) const {
    std::vector<std::uint32_t> all;
    for (const Register reg : registers)
      for (const std::uint32_t comparison : targets_.comparisons)
        if (part_.reg(comparison) == reg && subject().observables[comparison].parent == inside) {
          all.push_back(comparison);
          break;
        }
    return all;
  }

  /// Of a table: a row's guard with no guard above it true.
  void rows() {
    std::vector<std::uint32_t> guards;
    for (const std::uint32_t condition : targets_.conditions)
      if (role(condition) == Role::criterion_row) guards.push_back(condition);
    const std::vector<Register> registers = registers_of(subject(), guards);
    if (std::ranges::any_of(registers, [&](Register reg) { return hangs_on_a_reading(subject(), reg); })) return;
    std::vector<bool> reached(guards.size());
    part_.look_at_records(registers, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      for (std::size_t i = 0; i < registers.size(); ++i) {
        const Truth truth = machine.truth(registers[i], row);
        if (truth == Truth::yes) reached[i] = true;
        if (truth == Truth::yes || truth == Truth::missing) break;
      }
    });
    for (std::size_t i = 1; i < guards.size(); ++i)
      if (!reached[i]) ask_row(guards[i], registers, i);
  }

  void ask_row(std::uint32_t guard, const std::vector<Register>& registers, std::size_t index) {
    const auto excluded = part_.excludes(
        registers,
        [&](symbolic::Encoding& encoding) {
          z3::expr first = encoding.truth(registers[index]).yes;
          for (std::size_t above = 0; above < index; ++above)
            first = both(first, negated(encoding.truth(registers[above]).yes));
          return first;
        },
        limit_);
    if (!excluded || *excluded) found_.push_back({Kind::row_not_reached, guard, kNone, excluded.has_value()});
  }

  void points() {
    const Register reg = part_.reg(root_);
    if (reg == kNone || hangs_on_a_reading(subject(), reg)) return;
    std::set<Rational> seen;
    part_.look_at_records({reg}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      const vm::Range points = sheet_points(subject(), root_, machine, row);
      if (points.known() && seen.size() < 2) seen.insert(points.low);
    });
    if (seen.size() != 1) return;
    const auto excluded = part_.excludes(
        {reg},
        [&](symbolic::Encoding& encoding) { return encoding.compared(encoding.number(reg), kNotEqual, *seen.begin()); },
        limit_);
    if (!excluded || *excluded) found_.push_back({Kind::same_points, root_, kNone, excluded.has_value()});
  }

  std::uint32_t root_;
  Targets targets_;
  Part part_;
  std::chrono::milliseconds limit_;
  std::vector<NoEffect> found_;
};

// ---------------------------------------------------------------- two criteria

/// Fields that a register's code reads.
std::set<std::uint32_t> fields_below(const Subject& subject, Register root) {
  std::set<std::uint32_t> fields;
  std::set<Register> met;
  std::vector<Register> open{root};
  while (!open.empty()) {
    const Register at = open.back();
    open.pop_back();
    if (!met.insert(at).second) continue;
    const bytecode::Instruction& each = subject.code[at];
    if (each.opcode == Opcode::field || each.opcode == Opcode::flag || each.opcode == Opcode::state)
      fields.insert(each.a);
    open.insert(open.end(), each.operands.begin(), each.operands.end());
  }
  return fields;
}

/// Criteria that one condition alone decides, and that condition.
struct MetBy {
  std::uint32_t observable, condition;
};

std::vector<MetBy> met_by_one_condition(const Subject& subject, const std::vector<std::uint32_t>& criteria) {
  std::vector<MetBy> all;
  for (const std::uint32_t index : criteria) {
    const bytecode::CriterionInfo& criterion = subject.criteria[index];
    if (criterion.scoring != "met") continue;
    const Targets targets = targets_of_line(subject, criterion.observable);
    if (targets.conditions.size() == 1 &&
        subject.observables[targets.conditions.front()].role == Role::criterion_condition)
      all.push_back({criterion.observable, targets.conditions.front()});
  }
  return all;
}

std::optional<NoEffect> met_together(const Module& module, const Subject& subject, const MetBy& one, const MetBy& other,
                                     int year, std::chrono::milliseconds limit) {
  Part part(module, subject, {subject.observables[one.condition].reg, subject.observables[other.condition].reg}, year);
  const Register a = part.reg(one.condition), b = part.reg(other.condition);
  if (a == b || hangs_on_a_reading(part.subject(), a) || hangs_on_a_reading(part.subject(), b)) return std::nullopt;
  bool apart = false;
  part.look_at_records({a, b}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
    apart = apart || machine.truth(a, row) != machine.truth(b, row);
  });
  if (apart) return std::nullopt;
  const auto excluded = part.excludes(
      {a, b}, [&](symbolic::Encoding& encoding) { return encoding.differ(a, b); }, limit);
  if (excluded && !*excluded) return std::nullopt;
  return NoEffect{Kind::met_together, other.observable, one.observable, excluded.has_value()};
}

void add_pairs(const Module& module, const Subject& subject, const std::vector<std::uint32_t>& criteria, int year,
               std::chrono::milliseconds limit, std::vector<NoEffect>& found) {
  std::map<std::set<std::uint32_t>, std::vector<MetBy>> by_fields;
  for (const MetBy& each : met_by_one_condition(subject, criteria))
    by_fields[fields_below(subject, subject.observables[each.condition].reg)].push_back(each);
  for (const auto& [fields, alike] : by_fields)
    for (std::size_t i = 0; i < alike.size() && !fields.empty(); ++i)
      for (std::size_t k = i + 1; k < alike.size(); ++k)
        if (const auto pair = met_together(module, subject, alike[i], alike[k], year, limit)) found.push_back(*pair);
}

}  // namespace

std::vector<NoEffect> criteria_without_effect(const Module& module, const Subject& subject,
                                              const std::vector<std::uint32_t>& criteria, int year,
                                              std::chrono::milliseconds limit) {
  std::vector<NoEffect> all;
  for (const std::uint32_t criterion : criteria) {
    const std::vector<NoEffect> found = Criterion(module, subject, criterion, year, limit).run();
    all.insert(all.end(), found.begin(), found.end());
  }
  add_pairs(module, subject, criteria, year, limit, all);
  return all;
}

std::vector<NoEffect> rating_conditions_without_effect(const Module& module, const Subject& subject, int year,
                                                       std::chrono::milliseconds limit) {
  std::vector<std::uint32_t> observables;
  for (std::uint32_t i = 0; i < subject.observables.size(); ++i) {
    const Observable& observable = subject.observables[i];
    if (is_condition_of_rating(observable.role) && is_open_condition(subject, observable) &&
        subject.code[observable.reg].domain == 0)
      observables.push_back(i);
  }
  Part part(module, subject, registers_of(subject, observables), year);
  return Conditions(part, observables, limit).run();
}

}  // namespace quy::analysis

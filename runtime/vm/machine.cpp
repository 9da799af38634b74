#include "runtime/vm/machine.h"

#include <algorithm>
#include <cassert>

#include "runtime/vm/big.h"
#include "runtime/vm/completion/completer.h"
#include "runtime/vm/kernels/table.h"
#include "runtime/vm/plan.h"
#include "runtime/vm/slots.h"

namespace quy::vm {
namespace {

using bytecode::kNone;
using bytecode::Register;

/// Blocks of rationals that kernels convert into: low and high of up to four operands.
constexpr std::size_t kScratchBlocks = 8;

bool has(const std::uint64_t* plane, std::uint32_t row) { return (plane[row / kBlock] >> (row % kBlock)) & 1; }

/// What must stay readable when slots are shared.
std::vector<Register> outcome_registers(const bytecode::Subject& subject) {
  std::vector<Register> registers{subject.total, subject.levels};
  for (const bytecode::Requirement& requirement : subject.requirements) registers.push_back(requirement.condition);
  std::sort(registers.begin(), registers.end());
  registers.erase(std::unique(registers.begin(), registers.end()), registers.end());
  if (!registers.empty() && registers.back() == kNone) registers.pop_back();
  return registers;
}

/// The steps that the wanted registers depend on, fused where that spares others; every step as it is when all registers are wanted.
std::vector<const Step*> needed_steps(const Plan& plan, const std::vector<Register>& wanted, bool all) {
  std::vector<bool> needed(plan.forms.size(), all);
  for (const Register reg : wanted) needed[reg] = true;
  std::vector<const Step*> steps;
  for (auto plain = plan.steps.rbegin(); plain != plan.steps.rend(); ++plain) {
    if (!needed[plain->result]) continue;
    const std::optional<Step>& fused = plan.fused[plain->result];
    const Step& step = fused && !all ? *fused : *plain;
    for (std::uint32_t o = 0; o < step.operand_count; ++o) needed[step.operands[o].reg] = true;
    steps.push_back(&step);
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

Rational element(const void* column, Lane lane, int digits, std::uint32_t row) {
  switch (lane) {
    case Lane::i32: return Rational(static_cast<const std::int32_t*>(column)[row]) * power_of_ten(-digits);
    case Lane::i64: return Rational(static_cast<const std::int64_t*>(column)[row]) * power_of_ten(-digits);
    case Lane::i128: return Rational(to_integer(static_cast<const Int128*>(column)[row])) * power_of_ten(-digits);
    case Lane::fraction64: {
      const Fraction64& value = static_cast<const Fraction64*>(column)[row];
      return {Integer(static_cast<long>(value.n)), Integer(static_cast<long>(value.d))};
    }
    case Lane::big: return static_cast<const Rational*>(column)[row];
    case Lane::none: break;
  }
  return {};
}

}  // namespace

struct Machine::Impl {
  Program program;
  std::vector<const Step*> steps;
  Slots slots;
  std::vector<Extent> domains;
  std::vector<ListView> lists;
  std::vector<Rational> scratch;
  std::vector<OutcomeSet> outcome_rows;   ///< of Subject::levels, by row of the last run
  std::unique_ptr<Completer> completer;

  Impl(const Program& loaded, bool keep_registers)
      : program(loaded),
        steps(needed_steps(program.plan(), outcome_registers(program.subject()), keep_registers)),
        slots(program, steps, outcome_registers(program.subject()), keep_registers),
        domains(program.subject().lists.size() + 1),
        lists(program.subject().lists.size()) {
    const auto& forms = program.plan().forms;
    if (std::any_of(forms.begin(), forms.end(), [](const Form& form) { return form.lane == Lane::big; }))
      scratch.resize(kScratchBlocks * kBlock);
    for (const Step* step : steps) {
      // Operands may be converted into the big lane although no register is in it.
      for (std::uint32_t o = 0; o < step->operand_count && scratch.empty(); ++o) {
        if (step->operands[o].big_factor != nullptr) scratch.resize(kScratchBlocks * kBlock);
      }
    }
  }

  static Extent extent(std::uint32_t rows) { return {rows, (rows + kBlock - 1) / kBlock}; }

  void run(const Batch& batch) {
    domains[0] = extent(batch.rows());
    for (std::uint32_t k = 0; k < lists.size(); ++k) {
      const Batch::ListRows& rows = batch.list(k);
      domains[k + 1] = extent(rows.items);
      lists[k] = {rows.begin.data(), rows.present.data()};
    }
    slots.fit(domains);
    const Frame frame{slots.numbers(), slots.truths(), slots.levels(), domains.data(), lists.data(), &batch, scratch.data()};
    for (const Step* step : steps) step->kernel(frame, *step);
    gather_outcomes();
  }

  Range number(Register reg, std::uint32_t row) const {
    const NumberSlot& slot = slots.number(reg);
    const Form& form = program.plan().forms[reg];
    if (slot.uniform) row = 0;
    Range range;
    const bool known = slot.values || has(slot.known, row), left_out = !slot.values && has(slot.left_out, row);
    range.left_out = known && left_out;
    range.may_be_left_out = !known && left_out;
    if (range.left_out) return range;
    range.low = element(slot.low, form.lane, form.digits, row);
    range.high = known ? range.low : element(slot.high, form.lane, form.digits, row);
    return range;
  }

  OutcomeSet outcomes(Register reg, std::uint32_t row) const {
    const LevelSlot& slot = slots.level(reg);
    const std::uint32_t levels = program.plan().level_count;
    OutcomeSet set = 0;
    for (std::uint32_t o = 0; o < levels + 3; ++o) {
      if (has(slot.planes + std::size_t{o} * slot.stride, row)) set |= OutcomeSet{1} << outcome_number(o);
    }
    return set;
  }

  /// The bit of a plane's outcome.
  std::uint32_t outcome_number(std::uint32_t plane) const {
    const std::uint32_t levels = program.plan().level_count;
    return plane < levels ? plane : kOutcomeGap + plane - levels;
  }

  /// The outcomes that everyone asks for, turned from planes into rows once.
  void gather_outcomes() {
    const Register levels = program.subject().levels;
    if (levels == kNone) return;
    std::uint32_t numbers[kMostOutcomes];
    const std::uint32_t count = program.plan().level_count + 3;
    for (std::uint32_t o = 0; o < count; ++o) numbers[o] = outcome_number(o);
    outcome_rows.resize(std::size_t{domains[0].words} * kBlock);
    kernels().outcome_sets(outcome_rows.data(), slots.level(levels), domains[0].words, numbers, count);
  }
};

Machine::Machine(const Program& program, bool keep_registers) : impl_(std::make_unique<Impl>(program, keep_registers)) {}
Machine::~Machine() = default;
Machine::Machine(Machine&&) noexcept = default;
Machine& Machine::operator=(Machine&&) noexcept = default;

Completer& Machine::completer() const {
  if (!impl_->completer) impl_->completer = std::make_unique<Completer>(impl_->program);
  return *impl_->completer;
}

void Machine::run(const Batch& batch) { impl_->run(batch); }

OutcomeSet Machine::outcomes(std::uint32_t row) const { return impl_->outcome_rows[row]; }

OutcomeSet Machine::outcomes(Register levels, std::uint32_t row) const {
  assert(impl_->slots.readable(levels));
  return impl_->outcomes(levels, row);
}

Truth Machine::truth(Register boolean, std::uint32_t position) const {
  assert(impl_->slots.readable(boolean));
  const TruthSlot& slot = impl_->slots.truth(boolean);
  const bool yes = has(slot.yes, position), no = has(slot.no, position);
  if (yes == no) return yes ? Truth::left_out : Truth::missing;
  return yes ? Truth::yes : Truth::no;
}

Range Machine::number(Register number, std::uint32_t position) const {
  assert(impl_->slots.readable(number));
  return impl_->number(number, position);
}

bool Machine::scaled(Register number, std::uint32_t row, Int128& value, int& digits) const {
  assert(impl_->slots.readable(number));
  const NumberSlot& slot = impl_->slots.number(number);
  const Form& form = impl_->program.plan().forms[number];
  if (!slot.values && (!has(slot.known, row) || has(slot.left_out, row))) return false;
  const std::uint32_t at = slot.uniform ? 0 : row;
  digits = form.digits;
  switch (form.lane) {
    case Lane::i32: value = static_cast<const std::int32_t*>(slot.low)[at]; return true;
    case Lane::i64: value = static_cast<const std::int64_t*>(slot.low)[at]; return true;
    case Lane::i128: value = static_cast<const Int128*>(slot.low)[at]; return true;
    default: return false;
  }
}

}  // namespace quy::vm

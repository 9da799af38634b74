#include "analysis/symbolic/encoding.h"

#include <algorithm>
#include <stdexcept>

namespace quy::analysis::symbolic {

using bytecode::Instruction;
using bytecode::Opcode;
using bytecode::Register;

Encoding::Encode Encoding::encoder(Opcode opcode) {
  switch (opcode) {
    case Opcode::constant: return &Encoding::constant_of;
    case Opcode::truth: return &Encoding::truth_constant;
    case Opcode::text: return &Encoding::text;
    case Opcode::field: return &Encoding::field;
    case Opcode::flag: return &Encoding::flag;
    case Opcode::state: return &Encoding::state;
    case Opcode::reading: return &Encoding::reading;
    case Opcode::add: return &Encoding::add;
    case Opcode::subtract: return &Encoding::subtract;
    case Opcode::multiply: return &Encoding::multiply;
    case Opcode::divide: return &Encoding::divide;
    case Opcode::minimum: return &Encoding::minimum;
    case Opcode::maximum: return &Encoding::maximum;
    case Opcode::round: return &Encoding::round;
    case Opcode::pick: return &Encoding::pick;
    case Opcode::or_else: return &Encoding::or_else;
    case Opcode::keep: return &Encoding::keep;
    case Opcode::column: return &Encoding::column;
    case Opcode::working_days: return &Encoding::working_days;
    case Opcode::count_true: return &Encoding::count_true;
    case Opcode::compare: return &Encoding::compare;
    case Opcode::compare_ratio: return &Encoding::compare_ratio;
    case Opcode::member: return &Encoding::member;
    case Opcode::conjunction: return &Encoding::conjunction;
    case Opcode::disjunction: return &Encoding::disjunction;
    case Opcode::negation: return &Encoding::negation;
    case Opcode::left_out: return &Encoding::left_out;
    case Opcode::holds: return &Encoding::holds;
    case Opcode::spread: return &Encoding::spread;
    case Opcode::fold_count: return &Encoding::fold_count;
    case Opcode::fold_applicable: return &Encoding::fold_applicable;
    case Opcode::fold_any: return &Encoding::fold_any;
    case Opcode::fold_every: return &Encoding::fold_every;
    case Opcode::fold_sum: return &Encoding::fold_sum;
    case Opcode::fold_smallest: return &Encoding::fold_smallest;
    case Opcode::fold_largest: return &Encoding::fold_largest;
    case Opcode::band: return &Encoding::band;
    case Opcode::first_level: return &Encoding::first_level;
    case Opcode::need: return &Encoding::need;
    case Opcode::gap_if: return &Encoding::gap_if;
    case Opcode::bar: return &Encoding::bar;
    case Opcode::lower: return &Encoding::lower;
    case Opcode::cap: return &Encoding::cap;
    case Opcode::force: return &Encoding::force;
    case Opcode::hand_over: return &Encoding::hand_over;
    case Opcode::not_rated_if: return &Encoding::not_rated_if;
    case Opcode::pick_levels: return &Encoding::pick_levels;
    case Opcode::worse_outcome: return &Encoding::worse_outcome;
    case Opcode::reached: return &Encoding::reached_level;
    case Opcode::count_: break;
  }
  throw std::logic_error("an opcode without an encoding");
}

Encoding::Encoding(Evidence& evidence, const bytecode::Module& module, const bytecode::Subject& subject, const vm::Program::Readings& readings,
                   const std::vector<Register>& roots)
    : evidence_(evidence), context_(evidence.context()), module_(module), subject_(subject), readings_(readings),
      shapes_(vm::analyse(module, subject)), values_(subject.code.size()) {
  const std::vector<bool> wanted = reached(roots);
  for (Register reg = 0; reg < subject.code.size(); ++reg)
    if (wanted[reg]) encode(reg);
  // What the reader would reject: a requirement that is false.
  for (const bytecode::Requirement& requirement : subject.requirements) evidence_.assume(negated(truth(requirement.condition).no()));
}

std::vector<bool> Encoding::reached(const std::vector<Register>& roots) const {
  std::vector<bool> all(subject_.code.size());
  for (const Register root : roots)
    if (root != bytecode::kNone) all[root] = true;
  for (const bytecode::Requirement& requirement : subject_.requirements) all[requirement.condition] = true;
  for (Register reg = static_cast<Register>(all.size()); reg-- > 0;)
    if (all[reg])
      for (const Register operand : subject_.code[reg].operands) all[operand] = true;
  return all;
}

std::size_t Encoding::kinds(std::uint32_t domain) const { return domain == 0 ? 1 : evidence_.row_kinds(subject_.lists[domain - 1]); }

void Encoding::encode(Register reg) {
  const Instruction& instruction = subject_.code[reg];
  const Encode encode = encoder(instruction.opcode);
  for (std::size_t kind = 0; kind < kinds(instruction.domain); ++kind) values_[reg].push_back((this->*encode)({reg, &instruction, kind}));
}

const Encoding::Value& Encoding::operand(const At& at, std::size_t i) const {
  const Register reg = at.instruction->operands[i];
  return values_[reg][subject_.code[reg].domain == 0 ? 0 : at.kind];
}

Number Encoding::unknown(const At& at, const z3::expr& left_out, Bilingual reason) {
  if (at.kind == 0) not_analysed_.push_back({at.reg, std::move(reason)});
  const vm::Shape& shape = shapes_[at.reg];
  const Integer divisor = power_of_ten(shape.digits.value_or(2)).numerator();
  const Rational scale(divisor);
  return {{evidence_.fresh("unknown", shape.low * scale, shape.high * scale), divisor}, {}, left_out};
}

}  // namespace quy::analysis::symbolic

#include "analysis/symbolic/row_kinds.h"

#include <algorithm>
#include <set>

#include "runtime/vm/shape.h"

namespace quy::analysis::symbolic {

using bytecode::Instruction;
using bytecode::Opcode;
using bytecode::Register;

namespace {

constexpr std::size_t kMostWaysCounted = 12, kMostKinds = 24;

bool counts(Opcode opcode) { return opcode == Opcode::fold_count || opcode == Opcode::fold_applicable; }
bool is_fold(Opcode opcode) { return opcode >= Opcode::fold_count && opcode <= Opcode::fold_largest; }

}  // namespace

RowKinds row_kinds(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t list) {
  const std::vector<vm::Shape> shapes = vm::analyse(module, subject);
  std::set<std::pair<Opcode, Register>> asked;
  std::set<Register> counted;
  RowKinds kinds;
  for (const Instruction& instruction : subject.code) {
    if (!is_fold(instruction.opcode) || instruction.a != list) continue;
    const Register of = instruction.operands[0];
    if (instruction.opcode == Opcode::fold_sum) kinds.cut = kinds.cut || subject.code[of].opcode != Opcode::constant;
    if (counts(instruction.opcode) || instruction.opcode == Opcode::fold_sum)
      counted.insert(of);
    else
      asked.emplace(instruction.opcode, of);
  }
  std::size_t ways = 1;
  for (const Register of : counted) {
    if (subject.code[of].opcode == Opcode::truth) continue;
    ways *= shapes[of].may_be_left_out ? 3 : 2;
    if (ways > kMostWaysCounted) break;
  }
  kinds.cut = kinds.cut || ways > kMostWaysCounted || asked.size() + ways > kMostKinds;
  kinds.needed = std::min(asked.size() + std::min(ways, kMostWaysCounted), kMostKinds);
  return kinds;
}

}  // namespace quy::analysis::symbolic

#include <array>
#include <cassert>

#include "runtime/bytecode/codec.h"

namespace quy::bytecode {
namespace {

// A result is written as a bare letter in opcodes.def; `x` never is one but for spread, whose result is its operand's.
constexpr OpcodeInfo kOpcodes[] = {
#define QUY_OPCODE(name, operands, result, transfer, monotony, cost, sentence) \
  {#name, operands, sentence, #result[0], #transfer, #monotony, cost},
#include "runtime/bytecode/opcodes.def"
#undef QUY_OPCODE
};
static_assert(std::size(kOpcodes) == static_cast<std::size_t>(Opcode::count_));

}  // namespace

const OpcodeInfo& info(Opcode opcode) {
  assert(opcode < Opcode::count_);
  return kOpcodes[static_cast<std::size_t>(opcode)];
}

std::uint64_t cost(const Subject& subject) {
  std::uint64_t sum = 0;
  for (const Instruction& instruction : subject.code) sum += info(instruction.opcode).cost;
  return sum;
}

}  // namespace quy::bytecode

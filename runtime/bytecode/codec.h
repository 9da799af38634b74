#pragma once
// Module to bytes and back, and the checks that let foreign bytes run.
//
// File: "QPK" + format version byte, 32 bytes SHA-256 of all that follows, the payload's size in four bytes, payload. The payload is one
// flat run of little-endian members in the order of fields.h, which lists them once for both directions. Same module, same bytes.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/diagnostics/diagnostics.h"
#include "runtime/bytecode/module.h"

namespace quy::bytecode {

inline constexpr std::string_view kMagic = "QPK";
inline constexpr std::uint8_t kFormatVersion = 5;

std::string encode(const Module& module);
/// Refuses truncated, damaged, oversized and foreign bytes with a Q09xx message; never crashes. Does not verify the code. `name` is what
/// messages call the pack: its path.
std::variant<Module, Message> decode(std::string_view bytes, std::string_view name = "qpk");
/// Hex SHA-256 of all bytes of an encoded pack: what results carry.
std::string pack_hash(std::string_view bytes);

/// Full check of a decoded module: operand counts and kinds by opcodes.def, SSA order, domains, immediates in range, every index of
/// every table, cost. Nothing when it is safe to run.
std::optional<Message> verify(const Module& module);

/// One line an instruction, as `quy disasm` prints it.
std::string disassemble(const Module& module);
/// Sum of the costs of a subject's instructions, nanoseconds a record at one row a list.
std::uint64_t cost(const Subject& subject);

struct OpcodeInfo {
  std::string_view name, operands, sentence;
  char result;
  std::string_view transfer, monotony;
  std::uint32_t cost;
};
const OpcodeInfo& info(Opcode opcode);

}  // namespace quy::bytecode

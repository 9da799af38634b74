#pragma once
// Runs a program over a batch. Deterministic, bounded, without I/O; one instruction at a time, each over all rows.
//
// What the planes and ranges say of a record with missing evidence is a sound outer bound: an outcome that is decided here is decided for
// good. complete() (completion.h) makes the bound exact for the records that stay open.

#include <cstdint>
#include <memory>
#include <optional>

#include "runtime/vm/batch.h"

namespace quy::vm {

/// Outcomes of a rating as bits: level i is bit i (0 the best).
using OutcomeSet = std::uint32_t;
inline constexpr std::uint32_t kOutcomeGap = 16, kOutcomeNotRated = 17, kOutcomeAuthority = 18;

enum class Truth : std::uint8_t { missing, yes, no, left_out };

/// What is known of a number: left out, or between low and high (equal when known).
struct Range {
  bool left_out = false;
  bool may_be_left_out = false;  ///< missing, and leaving out is possible
  Rational low, high;
  bool known() const { return !left_out && !may_be_left_out && low == high; }
};

class Completer;
struct Completion;
struct CompletionNeeds;

class Machine {
 public:
  /// keep_registers: every register keeps its own slot, as `explain` needs; otherwise slots are shared by liveness and only observables of
  /// the outcome (total, levels, requirements) stay readable.
  explicit Machine(const Program& program, bool keep_registers = false);
  ~Machine();
  Machine(Machine&&) noexcept;
  Machine& operator=(Machine&&) noexcept;

  void run(const Batch& batch);

  OutcomeSet outcomes(std::uint32_t row) const;  ///< of Subject::levels
  OutcomeSet outcomes(bytecode::Register levels, std::uint32_t row) const;
  Truth truth(bytecode::Register boolean, std::uint32_t position) const;
  Range number(bytecode::Register number, std::uint32_t position) const;
  /// Fast path for results: the exact scaled integer of a known number, when its lane is an integer one.
  bool scaled(bytecode::Register number, std::uint32_t row, Int128& value, int& digits) const;

 private:
  friend Completion complete(const Program& program, const Machine& machine, const Batch& batch, std::uint32_t row,
                             CompletionNeeds needs);
  Completer& completer() const;  ///< made when first asked for; lives here because a machine belongs to one thread

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace quy::vm

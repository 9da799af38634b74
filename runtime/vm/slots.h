#pragma once
// Where the registers of a run live: columns and planes, shared between registers that are never needed at the same time.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/vm/kernels/frame.h"
#include "runtime/vm/plan.h"

namespace quy::vm {

class Slots {
 public:
  /// `steps` are those that will run, in order; registers in `pinned` keep their slots to the end. `keep_all`: every register does.
  Slots(const Program& program, const std::vector<const Step*>& steps, const std::vector<bytecode::Register>& pinned, bool keep_all);

  /// Makes room for a run with these domains.
  void fit(const std::vector<Extent>& domains);

  NumberSlot* numbers() { return numbers_.data(); }
  TruthSlot* truths() { return truths_.data(); }
  LevelSlot* levels() { return levels_.data(); }
  const NumberSlot& number(bytecode::Register reg) const { return numbers_[reg]; }
  const TruthSlot& truth(bytecode::Register reg) const { return truths_[reg]; }
  const LevelSlot& level(bytecode::Register reg) const { return levels_[reg]; }
  bool readable(bytecode::Register reg) const { return readable_[reg]; }

 private:
  /// Room of one kind: the rows of a domain in a lane, the planes of a truth, the planes of levels.
  struct Room {
    bytecode::ValueKind kind;
    Lane lane;
    std::uint32_t domain;
    std::uint32_t words = 0;                 ///< it has room for now
    std::vector<std::uint64_t> planes;       ///< number: known, left out; truth: yes, no; levels: one an outcome
    std::vector<std::byte> columns;          ///< low, then high
    std::vector<Rational> rationals;
  };

  void assign(const std::vector<const Step*>& steps, const std::vector<bytecode::Register>& pinned, bool keep_all);
  std::uint32_t take_room(bytecode::Register reg, std::vector<std::uint32_t>& free);
  bool suits(const Room& room, bytecode::Register reg) const;
  void grow(Room& room, std::uint32_t words) const;
  void point(bytecode::Register reg);

  const bytecode::Subject& subject_;
  const Plan& plan_;
  std::vector<NumberSlot> numbers_;
  std::vector<TruthSlot> truths_;
  std::vector<LevelSlot> levels_;
  std::vector<Room> rooms_;
  std::vector<std::uint32_t> room_of_;       ///< by register; kNone for constants and registers that are not computed
  std::vector<bool> readable_;
};

}  // namespace quy::vm

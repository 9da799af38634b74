#include "runtime/vm/slots.h"

#include <algorithm>

#include "runtime/vm/batch.h"

namespace quy::vm {

using bytecode::kNone;
using bytecode::Register;
using bytecode::ValueKind;

Slots::Slots(const Program& program, const std::vector<const Step*>& steps, const std::vector<Register>& pinned, bool keep_all)
    : subject_(program.subject()), plan_(program.plan()) {
  const std::size_t count = subject_.code.size();
  numbers_.resize(count);
  truths_.resize(count);
  levels_.resize(count);
  room_of_.assign(count, kNone);
  readable_.assign(count, keep_all);
  for (const Register reg : pinned) readable_[reg] = true;
  for (Register reg = 0; reg < count; ++reg) {
    const Form& form = plan_.forms[reg];
    if (form.constant == nullptr) continue;
    numbers_[reg].low = numbers_[reg].high = const_cast<void*>(form.constant);  // no kernel writes a constant
    numbers_[reg].uniform = true;
  }
  assign(steps, pinned, keep_all);
}

/// A register's room is free again after the last step that reads it. The result takes its room before that, so that no kernel writes what
/// it reads.
void Slots::assign(const std::vector<const Step*>& steps, const std::vector<Register>& pinned, bool keep_all) {
  std::vector<std::size_t> last_use(subject_.code.size(), 0);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    last_use[steps[i]->result] = i;
    for (std::uint32_t o = 0; o < steps[i]->operand_count; ++o) last_use[steps[i]->operands[o].reg] = i;
  }
  for (const Register reg : pinned) last_use[reg] = steps.size();
  std::vector<std::uint32_t> free;
  const auto release = [&](Register reg, std::size_t at) {
    const std::uint32_t room = room_of_[reg];
    if (!keep_all && room != kNone && last_use[reg] == at && std::find(free.begin(), free.end(), room) == free.end()) free.push_back(room);
  };
  for (std::size_t i = 0; i < steps.size(); ++i) {
    room_of_[steps[i]->result] = take_room(steps[i]->result, free);
    for (std::uint32_t o = 0; o < steps[i]->operand_count; ++o) release(steps[i]->operands[o].reg, i);
    release(steps[i]->result, i);
  }
}

bool Slots::suits(const Room& room, Register reg) const {
  const bytecode::Instruction& x = subject_.code[reg];
  return room.kind == x.kind && room.lane == plan_.forms[reg].lane && room.domain == x.domain;
}

std::uint32_t Slots::take_room(Register reg, std::vector<std::uint32_t>& free) {
  const auto found = std::find_if(free.rbegin(), free.rend(), [&](std::uint32_t room) { return suits(rooms_[room], reg); });
  if (found != free.rend()) {
    const std::uint32_t room = *found;
    free.erase(std::next(found).base());
    return room;
  }
  const bytecode::Instruction& x = subject_.code[reg];
  rooms_.push_back({x.kind, plan_.forms[reg].lane, x.domain, 0, {}, {}, {}});
  return static_cast<std::uint32_t>(rooms_.size() - 1);
}

void Slots::grow(Room& room, std::uint32_t words) const {
  room.words = words;
  const std::size_t planes = room.kind == ValueKind::levels ? plan_.level_count + 3 : 2;
  room.planes.assign(planes * words, 0);
  if (room.kind != ValueKind::number) return;
  const std::size_t elements = 2 * std::size_t{words} * kBlock;
  if (room.lane == Lane::big) {
    room.rationals.resize(elements);
  } else {
    room.columns.assign(elements * element_size(room.lane), std::byte{0});
  }
}

void Slots::fit(const std::vector<Extent>& domains) {
  bool moved = false;
  for (Room& room : rooms_) {
    const std::uint32_t least = kBatchRows / kBlock, words = std::max(domains[room.domain].words, least);
    if (room.words >= words) continue;
    grow(room, room.words == 0 ? words : std::max(words, 2 * room.words));
    moved = true;
  }
  if (!moved) return;
  for (Register reg = 0; reg < room_of_.size(); ++reg) {
    if (room_of_[reg] != kNone) point(reg);
  }
}

/// Lets the register's slot refer to its room.
void Slots::point(Register reg) {
  Room& room = rooms_[room_of_[reg]];
  std::uint64_t *first = room.planes.data(), *second = first + room.words;
  switch (room.kind) {
    case ValueKind::boolean: truths_[reg] = {first, second}; return;
    case ValueKind::levels: levels_[reg] = {first, room.words}; return;
    case ValueKind::number: break;
  }
  const std::size_t half = std::size_t{room.words} * kBlock;
  NumberSlot& slot = numbers_[reg];
  slot.known = first;
  slot.left_out = second;
  if (room.lane == Lane::big) {
    slot.low = room.rationals.data();
    slot.high = room.rationals.data() + half;
  } else {
    slot.low = room.columns.data();
    slot.high = room.columns.data() + half * element_size(room.lane);
  }
  slot.own = slot.low;
}

}  // namespace quy::vm

#pragma once
// One record of a batch that a machine has just run: what every reader of its trace needs at hand.

#include "base/language.h"
#include "runtime/trace/subject_index.h"
#include "runtime/vm/batch.h"
#include "runtime/vm/machine.h"

namespace quy::trace {

struct RecordView {
  const SubjectIndex& index;
  const vm::Machine& machine;
  const vm::Batch& batch;
  std::uint32_t row = 0;
  const vm::TextPool* texts = nullptr;   ///< nothing: texts are not shown
  Language language = Language::vi;
  bool plain_names = false;              ///< `lượt kiểm tra` for the name `lượt_kiểm_tra`, as people write it

  // A pack may give an observable a register of the wrong kind or none; it then has no value, and nothing is said of it.
  bool has(Register reg, bytecode::ValueKind kind) const { return reg != kNone && index.instruction(reg).kind == kind; }

  /// `position`: the record's row, or that of a list's item in its column.
  vm::Truth truth(Register reg, std::uint32_t position) const {
    return has(reg, bytecode::ValueKind::boolean) ? machine.truth(reg, position) : vm::Truth::left_out;
  }
  vm::Range number(Register reg, std::uint32_t position) const {
    return has(reg, bytecode::ValueKind::number) ? machine.number(reg, position) : no_number();
  }
  vm::OutcomeSet outcomes(Register reg) const { return has(reg, bytecode::ValueKind::levels) ? machine.outcomes(reg, row) : 0; }

  static vm::Range no_number() {
    vm::Range range;
    range.left_out = true;
    return range;
  }

  vm::Truth truth(Register reg) const { return is_of_record(reg) ? truth(reg, row) : vm::Truth::left_out; }
  vm::Range number(Register reg) const { return is_of_record(reg) ? number(reg, row) : no_number(); }
  bool is_of_record(Register reg) const { return reg != kNone && index.instruction(reg).domain == 0; }

  bool fired(const Rule& rule) const { return truth(rule.condition) == vm::Truth::yes; }
  bool open(const Rule& rule) const { return truth(rule.condition) == vm::Truth::missing; }
  bool failed(const Rule& rule) const { return truth(rule.condition) == vm::Truth::no; }
};

}  // namespace quy::trace

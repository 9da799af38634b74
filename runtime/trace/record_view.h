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

  vm::Truth truth(Register boolean) const { return machine.truth(boolean, row); }
  vm::Range number(Register reg) const { return machine.number(reg, row); }
  bool fired(const Rule& rule) const { return rule.condition != kNone && truth(rule.condition) == vm::Truth::yes; }
  bool open(const Rule& rule) const { return rule.condition != kNone && truth(rule.condition) == vm::Truth::missing; }
  bool failed(const Rule& rule) const { return rule.condition != kNone && truth(rule.condition) == vm::Truth::no; }
};

}  // namespace quy::trace

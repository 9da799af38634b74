#include "analysis/theorems/sheet.h"

namespace quy::analysis {

using bytecode::FieldPlace;
using bytecode::kNone;

ItemRegisters registers_of(const bytecode::Subject& subject, std::uint32_t criterion) {
  const bytecode::Observable& item = subject.observables[subject.criteria[criterion].observable];
  if (item.applies_left_out == kNone || subject.code[item.applies_left_out].opcode != bytecode::Opcode::left_out)
    return {item.reg, item.applies_left_out, item.reg};
  return {item.reg, item.applies_left_out, subject.code[item.applies_left_out].operands.front()};
}

std::uint32_t sign_of(const bytecode::Subject& subject, std::uint32_t criterion) {
  for (std::uint32_t group = subject.criteria[criterion].group; group != kNone; group = subject.groups[group].parent)
    if (subject.groups[group].sign != 0) return subject.groups[group].sign;
  return 0;
}

bytecode::Module with_maxima_stated(bytecode::Module module) {
  for (bytecode::Subject& subject : module.subjects)
    for (bytecode::Field& field : subject.fields)
      if (field.place == FieldPlace::open_points) field.place = FieldPlace::evidence;
  return module;
}

Record taken(const bytecode::Subject& subject, Record record) {
  std::erase_if(record.fields,
                [&](const auto& entry) { return subject.fields[entry.first].place == FieldPlace::open_points; });
  return record;
}

}  // namespace quy::analysis

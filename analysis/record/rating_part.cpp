#include "analysis/record/rating_part.h"

#include <fmt/format.h>

#include "analysis/record/slice.h"

namespace quy::analysis {

using bytecode::Field;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Opcode;
using bytecode::Register;

namespace {

/// What may be in the field, and what is asked of it.
std::string field_key(const bytecode::Subject& subject, std::uint32_t index) {
  const Field& field = subject.fields[index];
  return fmt::format("{}:{}:{}:{}:{}:{}:{}:{}:{}", field.id, field.clause, static_cast<int>(field.kind),
                     static_cast<int>(field.place), field.digits, field.low.exact_text(), field.high.exact_text(),
                     field.may_be_left_out, field.step ? field.step->exact_text() : "") +
         (field.at_most_field == kNone ? "" : "<" + subject.fields[field.at_most_field].id);
}

}  // namespace

std::string rules_key(const bytecode::Subject& subject) {
  std::string key;
  for (const bytecode::Instruction& each : subject.code) {
    const bool reads_field =
        each.opcode == Opcode::field || each.opcode == Opcode::flag || each.opcode == Opcode::state;
    const bool reads_list = each.opcode >= Opcode::fold_count && each.opcode <= Opcode::fold_largest;
    const std::string what = reads_field  ? field_key(subject, each.a)
                             : reads_list ? subject.lists[each.a].id
                                          : std::to_string(each.a);
    key += fmt::format("{},{},{},{}", static_cast<int>(each.opcode), what, each.b,
                       each.domain == 0 ? "" : subject.lists[each.domain - 1].id);
    for (const Register operand : each.operands) key += fmt::format(".{}", operand);
    key += ';';
  }
  return key;
}

Module rating_part(const Module& module, std::uint32_t subject) {
  const std::uint32_t variant = module.subjects[subject].given_total_variant;
  const bytecode::Subject& rated = module.subjects[variant == kNone ? subject : variant];
  return slice(module, rated, rating_registers(rated));
}

}  // namespace quy::analysis

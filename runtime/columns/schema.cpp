#include "runtime/columns/schema.h"

#include <algorithm>

#include "base/sha256.h"
#include "runtime/bytecode/writer.h"
#include "runtime/vm/constants.h"
#include "runtime/vm/shape.h"

namespace quy::columns {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::Subject;

/// Texts that no rule reads are not kept, only that they are there.
std::vector<bool> read_fields(const Subject& subject) {
  std::vector<bool> read(subject.fields.size(), false);
  for (const bytecode::Instruction& instruction : subject.code)
    if (instruction.opcode == bytecode::Opcode::field) read[instruction.a] = true;
  return read;
}

void write_field(bytecode::Writer& writer, const Field& field, bool read) {
  writer(field.id, field.name, field.label, field.kind, field.place, field.list, field.digits, field.low, field.high, field.at_most_field,
         field.scale, field.table, field.unit, field.clause, field.step, field.presumed, field.needs_reason, field.needs_document,
         field.may_be_left_out, field.previous_id, field.allowed_levels);
  writer(read && field.kind == FieldKind::text);
}

void write_subject(bytecode::Writer& writer, const Subject& subject) {
  writer(subject.id, subject.label, subject.stages, subject.rating, subject.lists, static_cast<std::uint32_t>(subject.fields.size()));
  const std::vector<bool> read = read_fields(subject);
  for (std::size_t i = 0; i < subject.fields.size(); ++i) write_field(writer, subject.fields[i], read[i]);
  for (const bytecode::CriterionInfo& criterion : subject.criteria) writer(criterion.id, criterion.label);
}

void write_rating(bytecode::Writer& writer, const bytecode::RatingInfo& rating) {
  writer(rating.id, static_cast<std::uint32_t>(rating.levels.size()));
  for (const bytecode::LevelInfo& level : rating.levels) writer(level.id, level.label);
  for (const bytecode::QuotaInfo& quota : rating.quotas) writer(quota.clauses, quota.raised_clauses);
}

}  // namespace

std::string schema_hash(const bytecode::Module& module) {
  bytecode::Writer writer;
  for (const bytecode::Scale& scale : module.scales) writer(scale);
  for (const bytecode::Table& table : module.tables) writer(table.id, table.label, table.keys);
  for (const bytecode::RatingInfo& rating : module.ratings) write_rating(writer, rating);
  for (const Subject& subject : module.subjects) write_subject(writer, subject);
  return sha256_hex(writer.take());
}

std::vector<std::vector<std::string>> stage_readings(const bytecode::Module& module) {
  std::vector<std::string> stages;
  for (const Subject& subject : module.subjects)
    for (const std::string& stage : subject.stages)
      if (std::find(stages.begin(), stages.end(), stage) == stages.end()) stages.push_back(stage);
  const auto ends_all = [&](const std::string& stage) {
    return std::all_of(module.subjects.begin(), module.subjects.end(),
                       [&](const Subject& subject) { return !subject.stages.empty() && subject.stages.back() == stage; });
  };
  std::vector<std::vector<std::string>> readings{{std::string()}};
  for (const std::string& stage : stages) {
    if (ends_all(stage)) readings.front().push_back(stage);
    else readings.push_back({stage});
  }
  return readings;
}

std::vector<FieldForm> field_forms(const bytecode::Module& module, const Subject& subject) {
  std::vector<FieldForm> forms;
  for (const Field& field : subject.fields) {
    FieldForm& made = forms.emplace_back();
    made.list = field.list;
    const vm::Shape shape = vm::field_shape(module, subject, field);
    const Rational scale = power_of_ten(*shape.digits);
    made.low = (shape.low * scale).ceiling().get_si();
    made.high = (shape.high * scale).floor().get_si();
    if (field.kind == FieldKind::boolean) made.form = ColumnForm::truth;
    else if (field.kind == FieldKind::text) made.form = ColumnForm::text;
    else made.form = vm::integer_lane(shape.magnitude(*shape.digits)) == vm::Lane::i32 ? ColumnForm::narrow : ColumnForm::wide;
  }
  return forms;
}

}  // namespace quy::columns

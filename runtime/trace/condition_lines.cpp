#include "runtime/trace/condition_lines.h"

#include <algorithm>

#include "runtime/trace/condition_text.h"
#include "runtime/trace/phrases.h"
#include "runtime/trace/values.h"

namespace quy::trace {
namespace {

using bytecode::Instruction;
using bytecode::Observable;
using bytecode::Opcode;
using vm::Truth;

constexpr std::size_t kMostRows = 5;
constexpr std::size_t kMostFields = 6;

bool folds_booleans(Opcode opcode) {
  return opcode == Opcode::fold_any || opcode == Opcode::fold_every || opcode == Opcode::fold_count;
}

/// The fold behind an atom: itself, or the count that it compares.
const Instruction* fold_of(const RecordView& view, const Observable& o) {
  for (const Register reg : {o.reg, o.left}) {
    if (reg == kNone) continue;
    const Instruction& i = view.index.instruction(reg);
    if (folds_booleans(i.opcode)) return &i;
    // A share is a quotient of counts.
    if (i.opcode == Opcode::divide && view.index.instruction(i.operands[0]).opcode == Opcode::fold_count) {
      return &view.index.instruction(i.operands[0]);
    }
  }
  return nullptr;
}

/// What the row holds in the fields that the list's condition reads.
std::string row_fields(const RecordView& view, const Instruction& fold, std::uint32_t position) {
  std::string text;
  std::size_t shown = 0;
  for (const std::uint32_t index : view.index.fields_read(fold.operands[0])) {
    const bytecode::Field& field = view.index.subject().fields[index];
    const bool left_out = view.batch.state(index, field.list == fold.a ? position : view.row) != vm::FieldState::value;
    if (field.list != fold.a || left_out || shown++ == kMostFields) continue;
    if (!text.empty()) text += phrase(Phrase::and_also, view.language);
    text += phrase(Phrase::value_is, view.language, {field.label.empty() ? field.name : field.label, field_text(view, index, position)});
  }
  return text;
}

/// What a row says: the atoms written for rows below the list's condition.
std::string row_text(const RecordView& view, std::uint32_t atom, std::uint32_t position) {
  std::string text;
  for (const std::uint32_t child : view.index.children(atom)) {
    const Observable& o = view.index.observable(child);
    if (o.role != Role::atom || o.reg == kNone || view.index.instruction(o.reg).domain == 0) continue;
    if (!text.empty()) text += phrase(Phrase::and_also, view.language);
    text += atom_text(view, child, position);
  }
  return text;
}

Line row_line(const RecordView& view, std::uint32_t atom, const Instruction& fold, std::uint32_t position) {
  const std::uint32_t number = position - view.batch.list_begin(fold.a, view.row) + 1;
  std::string text = phrase(Phrase::list_row, view.language, {std::to_string(number)});
  std::string said = row_text(view, atom, position);
  if (said.empty()) said = row_fields(view, fold, position);
  if (!said.empty()) text = phrase(Phrase::with_text, view.language, {text, said});
  return {Mark::none, "row", std::move(text), {}, {}};
}

/// Rows that account for a list's condition: those that fail `mọi`, those that hold otherwise.
std::vector<Line> matching_rows(const RecordView& view, std::uint32_t atom) {
  std::vector<Line> lines;
  const Instruction* fold = fold_of(view, view.index.observable(atom));
  if (fold == nullptr || !view.batch.list_present(fold->a, view.row)) return lines;
  const Truth wanted = fold->opcode == Opcode::fold_every ? Truth::no : Truth::yes;
  const std::uint32_t begin = view.batch.list_begin(fold->a, view.row), end = view.batch.list_end(fold->a, view.row);
  std::size_t more = 0;
  for (std::uint32_t position = begin; position < end; ++position) {
    if (view.truth(fold->operands[0], position) != wanted) continue;
    if (lines.size() < kMostRows) {
      lines.push_back(row_line(view, atom, *fold, position));
    } else {
      ++more;
    }
  }
  if (more != 0) lines.push_back({Mark::none, "row", phrase(Phrase::list_rows_more, view.language, {std::to_string(more)}), {}, {}});
  return lines;
}

}  // namespace

Mark mark_of(Truth truth) {
  switch (truth) {
    case Truth::yes: return Mark::holds;
    case Truth::no: return Mark::fails;
    case Truth::missing: return Mark::missing;
    case Truth::left_out: return Mark::left_out;
  }
  return Mark::none;
}

Mark mark_against(Truth truth) {
  if (truth == Truth::yes) return Mark::fails;
  return truth == Truth::no ? Mark::holds : mark_of(truth);
}

std::vector<Line> atom_lines(const RecordView& view, std::uint32_t observable, Register condition) {
  std::vector<Line> lines;
  for (const std::uint32_t atom : deciding_atoms(view, observable, condition)) {
    const Observable& o = view.index.observable(atom);
    lines.push_back({mark_of(view.truth(o.reg)), "atom", atom_text(view, atom, view.row), view.index.clauses(atom), matching_rows(view, atom)});
  }
  return lines;
}

Line rule_line(const RecordView& view, const Rule& rule, std::string_view phase, std::string heading, Mark mark) {
  Line line{mark, std::string(phase), std::move(heading), view.index.clauses(rule.observable), atom_lines(view, rule.observable, rule.condition)};
  if (line.parts.empty()) {
    line.text = phrase(Phrase::with_text, view.language, {line.text, condition_text(view, rule)});
  } else if (line.parts.size() == 1) {
    line.text = phrase(Phrase::with_text, view.language, {line.text, line.parts.front().text});
    std::vector<Line> rows = std::move(line.parts.front().parts);
    line.parts = std::move(rows);
  }
  return line;
}

}  // namespace quy::trace

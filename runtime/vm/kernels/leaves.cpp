// Evidence, constants of truth, days and counts.

#include <algorithm>
#include <bit>

#include "base/numeric/date.h"
#include "runtime/vm/batch.h"
#include "runtime/vm/kernels/blocks.h"
#include "runtime/vm/kernels/planes.h"
#include "runtime/vm/kernels/round.h"

namespace quy::vm {
namespace {

using bytecode::Opcode;

void truth(const Frame& frame, const Step& step) {
  const TruthSlot& out = frame.truths[step.result];
  const std::uint64_t yes = step.a != 0 ? kAllRows : 0;
  for (std::uint32_t w = 0; w < frame.domains[step.domain].words; ++w) {
    out.yes[w] = yes;
    out.no[w] = ~yes;
  }
}

/// Whether every row has a value.
bool all_values(const Batch::Column& column, const Extent& extent) {
  const std::uint32_t whole = extent.rows / kBlock;
  std::uint64_t plain = kAllRows;
  for (std::uint32_t w = 0; w < whole; ++w) plain &= column.known[w] & ~column.left_out[w];
  if (whole < extent.words) plain &= (column.known[whole] & ~column.left_out[whole]) | ~row_mask(extent, whole);
  return plain == kAllRows;
}

/// Planes of a field with padding as values.
void field_planes(NumberSlot& out, const Batch::Column& column, const Extent& extent) {
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint64_t counted = row_mask(extent, w);
    out.known[w] = column.known[w] | ~counted;
    out.left_out[w] = column.left_out[w] & counted;
  }
}

/// The batch holds the least number of the range where a row has no value, so its column is read in place; only the high ends of blocks with
/// missing rows are made here.
template <class T>
void field_column(NumberSlot& out, const T* column, const Step& step, const Extent& extent) {
  out.low = const_cast<T*>(column);  // no kernel writes its operands
  out.borrowed = true;
  if (out.values) return;
  const T* bound = static_cast<const T*>(step.high_bound);
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    if (out.known[w] != kAllRows) select(block_of<T>(out.high, w), out.known[w], column + std::size_t{w} * kBlock, bound, kBlock);
  }
}

/// Missing rows that are surely a value, within bounds of their own.
template <class T>
void bounded_rows(NumberSlot& out, const Batch::Column& column, const Extent& extent) {
  for (std::uint32_t w = 0; w < extent.words && w < column.bounded.size(); ++w) {
    out.left_out[w] &= ~column.bounded[w];
    for (std::uint64_t rows = column.bounded[w] & ~out.known[w]; rows != 0; rows &= rows - 1) {
      const std::size_t row = std::size_t{w} * kBlock + static_cast<unsigned>(std::countr_zero(rows));
      static_cast<T*>(out.high)[row] = static_cast<T>(column.most[row]);
    }
  }
}

template <class T>
void field_of(const Frame& frame, const Step& step, const T* values) {
  const Batch::Column& column = frame.batch->column(step.a);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  out.values = all_values(column, extent);
  if (!out.values) field_planes(out, column, extent);
  if (frame.batch->program().subject().fields[step.a].may_be_left_out && !out.values) {
    for (std::uint32_t w = 0; w < extent.words; ++w) out.left_out[w] |= ~out.known[w];
  }
  field_column(out, values, step, extent);
  if (!column.bounded.empty()) bounded_rows<T>(out, column, extent);
}

/// Asks for the beginning of a column that will be read soon: a column is about a page, and at page ends hardware stops looking ahead.
void prefetch(const Batch& batch, std::uint32_t field) {
  constexpr std::size_t kLine = 64, kLines = 16;
  if (field >= batch.program().subject().fields.size()) return;
  const Batch::Column& column = batch.column(field);
  const auto* bytes = column.narrow != nullptr ? reinterpret_cast<const std::byte*>(column.narrow) : reinterpret_cast<const std::byte*>(column.wide);
  for (std::size_t line = 0; bytes != nullptr && line < kLines; ++line) __builtin_prefetch(bytes + line * kLine);
}
constexpr std::uint32_t kColumnsAhead = 2;

void field(const Frame& frame, const Step& step) {
  const Batch::Column& column = frame.batch->column(step.a);
  prefetch(*frame.batch, step.a + kColumnsAhead);
  column.narrow == nullptr ? field_of(frame, step, column.wide) : field_of(frame, step, column.narrow);
}

void flag(const Frame& frame, const Step& step) {
  const Batch::Column& column = frame.batch->column(step.a);
  const TruthSlot& out = frame.truths[step.result];
  const Extent& extent = frame.domains[step.domain];
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint64_t padding = ~row_mask(extent, w);
    out.yes[w] = column.truth[w] | column.left_out[w];
    out.no[w] = (column.known[w] & ~column.truth[w]) | padding;
  }
}

constexpr FieldState kCauses[] = {FieldState::excluded, FieldState::did_not_arise, FieldState::not_yet_due};

void state(const Frame& frame, const Step& step) {
  const Batch::Column& column = frame.batch->column(step.a);
  const TruthSlot& out = frame.truths[step.result];
  const Extent& extent = frame.domains[step.domain];
  const auto cause = static_cast<std::uint8_t>(kCauses[step.b]);
  // A field that is never left out is not, missing or not.
  const std::uint64_t never = frame.batch->program().subject().fields[step.a].may_be_left_out ? 0 : kAllRows;
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    std::uint64_t yes = 0;
    for (std::uint64_t gone = column.left_out[w] & row_mask(extent, w); gone != 0; gone &= gone - 1) {
      const auto i = static_cast<unsigned>(std::countr_zero(gone));
      if (column.cause[std::size_t{w} * kBlock + i] == cause) yes |= bit(i);
    }
    out.yes[w] = yes;
    out.no[w] = (column.known[w] | never | ~row_mask(extent, w)) & ~yes;
  }
}

/// Days farther than this are taken as this: no calendar reaches them (shape.cpp bounds the result in the same way).
constexpr std::int64_t kFarthestDay = 100'000'000;

std::int32_t working_days_between(const WorkCalendar& calendar, std::int64_t from, std::int64_t to) {
  const auto day = [](std::int64_t value) { return static_cast<DayNumber>(std::clamp(value, -kFarthestDay, kFarthestDay)); };
  return calendar.working_days(day(from), day(to));
}

/// Later ends give more days, later beginnings fewer.
void working_days(const Frame& frame, const Step& step) {
  Input<std::int64_t> from(frame, step.operands[0], 0), to(frame, step.operands[1], 1);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  const WorkCalendar& calendar = frame.batch->program().module().calendar;
  out.values = from.values() && to.values();
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const StrictPlanes planes = strict(from, to, w);
    if (!out.values) {
      out.known[w] = planes.known;
      out.left_out[w] = planes.left_out;
    }
    std::int32_t* low = block_of<std::int32_t>(out.low, w);
    const std::int64_t *first = from.high(w, kBlock), *last = to.low(w, kBlock);
    const std::uint32_t rows = std::min(kBlock, extent.rows - w * kBlock);
    for (std::uint32_t i = 0; i < rows; ++i) low[i] = working_days_between(calendar, first[i], last[i]);
    for (std::uint32_t i = rows; i < kBlock; ++i) low[i] = *static_cast<const std::int32_t*>(step.low_bound);
    if (planes.known == kAllRows) continue;
    std::int32_t* high = block_of<std::int32_t>(out.high, w);
    const std::int64_t *earliest = from.low(w, kBlock), *latest = to.high(w, kBlock);
    for (std::uint32_t i = 0; i < kBlock; ++i) {
      high[i] = (planes.known >> i) & 1 ? low[i] : working_days_between(calendar, earliest[i], latest[i]);
    }
  }
}

void count_true(const Frame& frame, const Step& step) {
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  out.values = true;
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    std::int32_t* low = block_of<std::int32_t>(out.low, w);
    std::int32_t* high = block_of<std::int32_t>(out.high, w);
    std::fill_n(low, kBlock, 0);
    std::uint64_t open = 0;
    for (std::uint32_t o = 0; o < step.operand_count; ++o) {
      const TruthWord c = truth_word(frame.truths[step.operands[o].reg], w);
      for (unsigned i = 0; i < kBlock; ++i) low[i] += static_cast<std::int32_t>((c.yes >> i) & 1);
      open |= c.missing;
    }
    out.known[w] = ~open;
    out.left_out[w] = 0;
    if (open == 0) continue;
    out.values = false;
    std::copy_n(low, kBlock, high);
    for (std::uint32_t o = 0; o < step.operand_count; ++o) {
      const TruthWord c = truth_word(frame.truths[step.operands[o].reg], w);
      for (unsigned i = 0; i < kBlock; ++i) high[i] += static_cast<std::int32_t>((c.missing >> i) & 1);
    }
  }
}

}  // namespace

Kernel leaf_kernel(Opcode opcode) {
  switch (opcode) {
    case Opcode::truth:
    case Opcode::reading: return &truth;  // a reading is chosen when the program is loaded
    case Opcode::field: return &field;
    case Opcode::flag: return &flag;
    case Opcode::state: return &state;
    case Opcode::working_days: return &working_days;
    case Opcode::count_true: return &count_true;
    default: return nullptr;
  }
}

}  // namespace quy::vm

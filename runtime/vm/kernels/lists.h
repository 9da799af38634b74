#pragma once
// Numbers across domains: a record's value beside its list rows, and sums and extremes over them. Included by each kernel file (see blocks.h).

#include "runtime/vm/kernels/blocks.h"
#include "runtime/vm/kernels/table.h"

namespace quy::vm {
namespace {

inline bool has_bit(const std::uint64_t* plane, std::uint32_t row) { return (plane[row / kBlock] >> (row % kBlock)) & 1; }

inline void put_bit(std::uint64_t* plane, std::uint32_t row, bool value) {
  const std::uint64_t mask = bit(row % kBlock);
  plane[row / kBlock] = (plane[row / kBlock] & ~mask) | (value ? mask : 0);
}

/// Planes and padding of a result that is written row by row: every row a value, padding within the register's range.
template <class T>
void begin_rows(NumberSlot& out, const Step& step, const Extent& extent) {
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    out.known[w] = kAllRows;
    out.left_out[w] = 0;
  }
  if constexpr (!kOnHeap<T>) {
    const T inside = *static_cast<const T*>(step.low_bound);
    for (std::uint32_t row = extent.rows; row < extent.words * kBlock; ++row) static_cast<T*>(out.low)[row] = inside;
  }
}

/// Blocks that hold a missing row need `high` in all of their rows.
template <class T>
void finish_rows(NumberSlot& out, const Extent& extent) {
  std::uint64_t plain = kAllRows;
  T *low = static_cast<T*>(out.low), *high = static_cast<T*>(out.high);
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    plain &= out.known[w] & ~out.left_out[w];
    if (out.known[w] == kAllRows) continue;
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    for (std::uint32_t i = 0; i < rows; ++i)
      if ((out.known[w] >> i) & 1) high[w * kBlock + i] = low[w * kBlock + i];
  }
  out.values = plain == kAllRows;
}

/// The state of one row of a number, as kernels that go row by row read it. Only for registers that are read in their own lane.
template <class T>
class Rows {
 public:
  Rows(const Frame& frame, const Operand& operand)
      : slot_(frame.numbers[operand.reg]), constant_(static_cast<const T*>(operand.constant)) {}
  bool values() const { return constant_ != nullptr || slot_.values; }
  bool known(std::uint32_t row) const { return values() || has_bit(slot_.known, row); }
  bool left_out(std::uint32_t row) const { return !values() && has_bit(slot_.left_out, row); }
  const T& low(std::uint32_t row) const { return constant_ != nullptr ? *constant_ : static_cast<const T*>(slot_.low)[row]; }
  const T& high(std::uint32_t row) const { return known(row) ? low(row) : static_cast<const T*>(slot_.high)[row]; }

 private:
  const NumberSlot& slot_;
  const T* constant_;
};

template <class T>
void spread(const Frame& frame, const Step& step) {
  const Rows<T> in(frame, step.operands[0]);
  NumberSlot& out = frame.numbers[step.result];
  const ListView& list = frame.lists[step.a];
  const Extent &extent = frame.domains[step.domain], &records = frame.domains[step.operand_domain];
  T *low = static_cast<T*>(out.low), *high = static_cast<T*>(out.high);
  begin_rows<T>(out, step, extent);
  for (std::uint32_t record = 0; record < records.rows; ++record) {
    const T& value = in.low(record);
    const bool known = in.known(record), left_out = in.left_out(record);
    for (std::uint32_t row = list.begin[record]; row < list.begin[record + 1]; ++row) {
      low[row] = value;
      if (known && !left_out) continue;
      put_bit(out.known, row, known);
      put_bit(out.left_out, row, left_out);
      if (!known) high[row] = in.high(record);
    }
  }
  finish_rows<T>(out, extent);
}

/// What a fold over one record's rows comes to.
template <class T>
struct Folded {
  T low, high;
  bool known, left_out;
};

template <class T>
void put_folded(NumberSlot& out, std::uint32_t row, const Folded<T>& folded) {
  static_cast<T*>(out.low)[row] = folded.low;
  if (folded.known && !folded.left_out) return;
  put_bit(out.known, row, folded.known);
  put_bit(out.left_out, row, folded.left_out);
  if (!folded.known) static_cast<T*>(out.high)[row] = folded.high;
}

struct Smallest {
  template <class T> static const T& better(const T& a, const T& b) { return smaller_of(a, b); }
  template <class T> static Folded<T> folded(const T& best, const T& worst) { return {best, worst, false, false}; }
  template <class T> static const T& best_end(const Rows<T>& in, std::uint32_t row) { return in.low(row); }
  template <class T> static const T& worst_end(const Rows<T>& in, std::uint32_t row) { return in.high(row); }
};
struct Largest {
  template <class T> static const T& better(const T& a, const T& b) { return larger_of(a, b); }
  template <class T> static Folded<T> folded(const T& best, const T& worst) { return {worst, best, false, false}; }
  template <class T> static const T& best_end(const Rows<T>& in, std::uint32_t row) { return in.high(row); }
  template <class T> static const T& worst_end(const Rows<T>& in, std::uint32_t row) { return in.low(row); }
};

/// The extreme over rows that may be left out. Its best end is the best over all rows that may count; its worst end is the best of the worst
/// ends over rows that surely count, and where none surely does, the worst over those that may.
template <class T, class Side>
Folded<T> extreme_of(const Rows<T>& in, std::uint32_t begin, std::uint32_t end, const Folded<T>& nothing) {
  const T *best = nullptr, *sure = nullptr, *worst = nullptr;
  bool all_known = true;
  for (std::uint32_t row = begin; row < end; ++row) {
    const bool known = in.known(row), left_out = in.left_out(row);
    if (known && left_out) continue;
    all_known = all_known && known;
    const T &near = Side::best_end(in, row), &far = Side::worst_end(in, row);
    best = best == nullptr ? &near : &Side::better(*best, near);
    if (!left_out) sure = sure == nullptr ? &far : &Side::better(*sure, far);
    worst = worst == nullptr || &Side::better(far, *worst) != &far ? &far : worst;
  }
  if (best == nullptr) return {nothing.low, nothing.high, true, true};
  Folded<T> folded = Side::folded(*best, sure != nullptr ? *sure : *worst);
  folded.known = all_known;
  folded.left_out = sure == nullptr;
  return folded;
}

template <class T, class Side>
void fold_extreme(const Frame& frame, const Step& step) {
  const Rows<T> in(frame, step.operands[0]);
  NumberSlot& out = frame.numbers[step.result];
  const ListView& list = frame.lists[step.a];
  const Extent& extent = frame.domains[step.domain];
  // A list that is not there could be anything, an empty one included.
  const Folded<T> unknown{*static_cast<const T*>(step.low_bound), *static_cast<const T*>(step.high_bound), false, true};
  begin_rows<T>(out, step, extent);
  for (std::uint32_t record = 0; record < extent.rows; ++record) {
    const bool present = has_bit(list.present, record);
    put_folded(out, record, present ? extreme_of<T, Side>(in, list.begin[record], list.begin[record + 1], unknown) : unknown);
  }
  finish_rows<T>(out, extent);
}

/// Row values widen to the type of the sum.
template <class T, class Sum>
struct Widen {
  explicit Widen(const Operand&) {}
  Sum operator()(const T& value) const { return static_cast<Sum>(value); }
};

template <class T, class Sum>
Folded<Sum> sum_of(const Rows<T>& in, const Widen<T, Sum>& widen, std::uint32_t begin, std::uint32_t end) {
  Folded<Sum> sum{Sum(0), Sum(0), true, false};
  if (in.values()) {
    for (std::uint32_t row = begin; row < end; ++row) sum.low += widen(in.low(row));
    return sum;
  }
  const Sum zero(0);
  for (std::uint32_t row = begin; row < end; ++row) {
    const bool known = in.known(row), left_out = in.left_out(row);
    if (known && left_out) continue;
    sum.known = sum.known && known;
    const Sum low = widen(in.low(row)), high = widen(in.high(row));
    sum.low += left_out ? smaller_of(low, zero) : low;
    sum.high += left_out ? larger_of(high, zero) : high;
  }
  return sum;
}

template <class T, class Sum>
void fold_sum(const Frame& frame, const Step& step) {
  const Rows<T> in(frame, step.operands[0]);
  const Widen<T, Sum> widen(step.operands[0]);
  NumberSlot& out = frame.numbers[step.result];
  const ListView& list = frame.lists[step.a];
  const Extent& extent = frame.domains[step.domain];
  const Folded<Sum> unknown{*static_cast<const Sum*>(step.low_bound), *static_cast<const Sum*>(step.high_bound), false, false};
  begin_rows<Sum>(out, step, extent);
  for (std::uint32_t record = 0; record < extent.rows; ++record) {
    const bool present = has_bit(list.present, record);
    put_folded(out, record, present ? sum_of<T, Sum>(in, widen, list.begin[record], list.begin[record + 1]) : unknown);
  }
  finish_rows<Sum>(out, extent);
}

// ---------------------------------------------------------------- registration

template <class T>
void add_lists(Kernels& table, Lane lane) {
  const auto at = static_cast<unsigned>(lane);
  table.spread[at] = &spread<T>;
  table.fold_smallest[at] = &fold_extreme<T, Smallest>;
  table.fold_largest[at] = &fold_extreme<T, Largest>;
}

template <class T, class Sum>
void add_sum(Kernels& table, Lane lane, Lane sum) {
  table.fold_sum[static_cast<unsigned>(lane)][static_cast<unsigned>(sum)] = &fold_sum<T, Sum>;
}

}  // namespace
}  // namespace quy::vm

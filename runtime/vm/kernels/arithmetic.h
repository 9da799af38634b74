#pragma once
// Numbers from numbers: sums, products, quotients, choices. Included by each kernel file (see blocks.h).

#include "runtime/vm/kernels/blocks.h"
#include "runtime/vm/kernels/table.h"

namespace quy::vm {
namespace {

// ---------------------------------------------------------------- two operands

/// An operation with the ends of its range. A rising operand raises `add`, `minimum`, `maximum`; of a product nothing is known but that its
/// ends are among the products of ends.
struct Add {
  template <class T> static T at(const T& a, const T& b) { return T(a + b); }
  template <class T> static T low(const T& al, const T&, const T& bl, const T&) { return T(al + bl); }
  template <class T> static T high(const T&, const T& ah, const T&, const T& bh) { return T(ah + bh); }
};
struct Subtract {
  template <class T> static T at(const T& a, const T& b) { return T(a - b); }
  template <class T> static T low(const T& al, const T&, const T&, const T& bh) { return T(al - bh); }
  template <class T> static T high(const T&, const T& ah, const T& bl, const T&) { return T(ah - bl); }
};
struct Multiply {
  template <class T> static T at(const T& a, const T& b) { return T(a * b); }
  template <class T> static T low(const T& al, const T& ah, const T& bl, const T& bh) {
    const T one = T(al * bl), two = T(al * bh), three = T(ah * bl), four = T(ah * bh);
    return smaller_of(smaller_of(one, two), smaller_of(three, four));
  }
  template <class T> static T high(const T& al, const T& ah, const T& bl, const T& bh) {
    const T one = T(al * bl), two = T(al * bh), three = T(ah * bl), four = T(ah * bh);
    return larger_of(larger_of(one, two), larger_of(three, four));
  }
};
struct Minimum {
  template <class T> static T at(const T& a, const T& b) { return smaller_of(a, b); }
  template <class T> static T low(const T& al, const T&, const T& bl, const T&) { return smaller_of(al, bl); }
  template <class T> static T high(const T&, const T& ah, const T&, const T& bh) { return smaller_of(ah, bh); }
};
struct Maximum {
  template <class T> static T at(const T& a, const T& b) { return larger_of(a, b); }
  template <class T> static T low(const T& al, const T&, const T& bl, const T&) { return larger_of(al, bl); }
  template <class T> static T high(const T&, const T& ah, const T&, const T& bh) { return larger_of(ah, bh); }
};

template <class T, class Operation>
void binary_block(NumberSlot& out, Input<T>& a, Input<T>& b, std::uint32_t word, std::uint32_t rows) {
  T* __restrict low = block_of<T>(out.low, word);
  const T *al = a.low(word, rows), *bl = b.low(word, rows);
  if (known_word(out, word) == kAllRows) {
    for (std::uint32_t i = 0; i < rows; ++i) low[i] = Operation::at(al[i], bl[i]);
    return;
  }
  T* __restrict high = block_of<T>(out.high, word);
  const T *ah = a.high(word, rows), *bh = b.high(word, rows);
  for (std::uint32_t i = 0; i < rows; ++i) {
    low[i] = Operation::low(al[i], ah[i], bl[i], bh[i]);
    high[i] = Operation::high(al[i], ah[i], bl[i], bh[i]);
  }
}

// ---------------------------------------------------------------- sums

template <class T>
inline void add_block(T* __restrict sums, const T* numbers) {
  for (unsigned i = 0; i < kBlock; ++i) sums[i] += numbers[i];
}

/// One end of the sums of a block: conditions count where their bit in `counted` is set.
template <class T, class Numbers, class Counted>
void sum_block(T* sums, const SumParameters& p, std::uint32_t conditions, Numbers numbers, Counted counted) {
  alignas(64) T block[kBlock];
  const T* base = static_cast<const T*>(p.base);
  for (unsigned i = 0; i < kBlock; ++i) block[i] = base[i];
  for (std::uint32_t o = 0; o < p.numbers; ++o) numbers(o, block);
  const T* points = static_cast<const T*>(p.points);
  for (std::uint32_t c = 0; c < conditions; ++c) {
    const std::uint64_t rows = counted(c, points[c]);
    add_where(block, static_cast<std::uint32_t>(rows), points[c]);
    add_where(block + 32, static_cast<std::uint32_t>(rows >> 32), points[c]);
  }
  for (unsigned i = 0; i < kBlock; ++i) sums[i] = block[i];
}

/// What a chain of additions gives, some of them of points for a condition that holds.
template <class T>
void sum(const Frame& frame, const Step& step) {
  NumberSlot& out = frame.numbers[step.result];
  const auto& p = *static_cast<const SumParameters*>(step.parameters);
  const std::uint32_t conditions = step.operand_count - p.numbers;
  const Operand* condition = step.operands + p.numbers;
  std::uint64_t plain = kAllRows;
  for (std::uint32_t w = 0; w < frame.domains[step.domain].words; ++w) {
    std::uint64_t known = kAllRows, gone = 0, left_out = 0;
    for (std::uint32_t o = 0; o < p.numbers; ++o) {
      const NumberSlot& slot = frame.numbers[step.operands[o].reg];
      known &= known_word(slot, w);
      gone |= known_word(slot, w) & left_out_word(slot, w);
      left_out |= left_out_word(slot, w);
    }
    for (std::uint32_t c = 0; c < conditions; ++c) {
      const TruthWord truth = truth_word(frame.truths[condition[c].reg], w);
      known &= ~truth.missing;
      gone |= truth.left_out;
      left_out |= truth.left_out | (p.may_be_left_out[c] ? truth.missing : 0);
    }
    out.known[w] = known | gone;
    out.left_out[w] = left_out;
    plain &= out.known[w] & ~left_out;
    const auto low = [&](std::uint32_t o, T* block) { add_block(block, Input<T>(frame, step.operands[o], 0).low(w, kBlock)); };
    const auto high = [&](std::uint32_t o, T* block) { add_block(block, Input<T>(frame, step.operands[o], 0).high(w, kBlock)); };
    // A missing condition counts at the end that its points move.
    const auto least = [&](std::uint32_t c, T points) {
      const TruthWord truth = truth_word(frame.truths[condition[c].reg], w);
      return points < 0 ? truth.yes | truth.missing : truth.yes;
    };
    const auto most = [&](std::uint32_t c, T points) {
      const TruthWord truth = truth_word(frame.truths[condition[c].reg], w);
      return points < 0 ? truth.yes : truth.yes | truth.missing;
    };
    sum_block(block_of<T>(out.low, w), p, conditions, low, least);
    if (out.known[w] != kAllRows) sum_block(block_of<T>(out.high, w), p, conditions, high, most);
  }
  out.values = plain == kAllRows;
}

/// Sets the planes of a result that is left out when an operand is.
template <class T>
void strict_planes(NumberSlot& out, const Input<T>& a, const Input<T>& b, std::uint32_t words) {
  out.values = a.values() && b.values();
  if (out.values) return;
  for (std::uint32_t w = 0; w < words; ++w) {
    const StrictPlanes planes = strict(a, b, w);
    out.known[w] = planes.known;
    out.left_out[w] = planes.left_out;
  }
}

template <class T, class Operation>
void binary(const Frame& frame, const Step& step) {
  Input<T> a(frame, step.operands[0], 0), b(frame, step.operands[1], 1);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  strict_planes(out, a, b, extent.words);
  for (std::uint32_t w = 0; w < extent.words; ++w) binary_block<T, Operation>(out, a, b, w, rows_in_block<T>(extent, w));
}

// ---------------------------------------------------------------- quotients

/// R is the type of a quotient of two T; the divisor is positive.
template <class T>
struct Quotient;
template <>
struct Quotient<std::int64_t> {
  using Type = Fraction64;
  static Fraction64 of(std::int64_t n, std::int64_t d) { return {n, d}; }
  static bool negative(std::int64_t n) { return n < 0; }
};

/// Where the divisor is 0 the quotient is left out and the lane holds n ÷ (the least positive divisor), which is within its range.
template <class T>
void divide_block(NumberSlot& out, Input<T>& n, Input<T>& d, const T& least, std::uint32_t word, std::uint32_t rows) {
  using R = typename Quotient<T>::Type;
  R* __restrict low = block_of<R>(out.low, word);
  const T *nl = n.low(word, rows), *dl = d.low(word, rows);
  if (out.known[word] == kAllRows) {
    for (std::uint32_t i = 0; i < rows; ++i) low[i] = Quotient<T>::of(nl[i], larger_of(dl[i], least));
    return;
  }
  R* __restrict high = block_of<R>(out.high, word);
  const T *nh = n.high(word, rows), *dh = d.high(word, rows);
  for (std::uint32_t i = 0; i < rows; ++i) {
    const T &small = larger_of(dl[i], least), &large = larger_of(dh[i], least);
    low[i] = Quotient<T>::of(nl[i], Quotient<T>::negative(nl[i]) ? small : large);
    high[i] = Quotient<T>::of(nh[i], Quotient<T>::negative(nh[i]) ? large : small);
  }
}

template <class T>
void divide(const Frame& frame, const Step& step) {
  Input<T> n(frame, step.operands[0], 0), d(frame, step.operands[1], 1);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  const T& least = *static_cast<const T*>(step.parameters);
  std::uint64_t plain = kAllRows;  // rows of every block that have a value
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    const StrictPlanes planes = strict(n, d, w);
    const std::uint64_t counted = row_mask(extent, w);
    const std::uint64_t surely_zero = below(d.high(w, rows), least, rows) & counted;
    const std::uint64_t perhaps_zero = below(d.low(w, rows), least, rows) & counted;
    out.known[w] = planes.known | surely_zero;
    out.left_out[w] = planes.left_out | perhaps_zero;
    plain &= out.known[w] & ~out.left_out[w];
    divide_block(out, n, d, least, w, rows);
  }
  out.values = plain == kAllRows;
}

// ---------------------------------------------------------------- choices

/// Rows that take operand a, operand b, or lie between both.
struct Choice {
  std::uint64_t first, second, between;
};

/// A branch that is surely left out lends no values to the range between both.
inline Choice settle(Choice choice, std::uint64_t first_gone, std::uint64_t second_gone) {
  const std::uint64_t between = choice.between & ~first_gone & ~second_gone;
  const std::uint64_t second = choice.second | (choice.between & first_gone);
  return {~second & ~between, second, between};
}

template <class T>
void choose_block(NumberSlot& out, Input<T>& a, Input<T>& b, Choice choice, std::uint32_t word, std::uint32_t rows) {
  T* low = block_of<T>(out.low, word);
  const T *al = a.low(word, rows), *bl = b.low(word, rows);
  select(low, choice.first, al, bl, rows);
  if (known_word(out, word) == kAllRows) return;
  T* high = block_of<T>(out.high, word);
  const T *ah = a.high(word, rows), *bh = b.high(word, rows);
  select(high, choice.first, ah, bh, rows);
  for (std::uint64_t open = choice.between; open != 0; open &= open - 1) {
    const auto i = static_cast<unsigned>(__builtin_ctzll(open));
    if (kOnHeap<T> && i >= rows) break;
    low[i] = smaller_of(al[i], bl[i]);
    high[i] = larger_of(ah[i], bh[i]);
  }
}

template <class T>
void pick(const Frame& frame, const Step& step) {
  const TruthSlot& condition = frame.truths[step.operands[0].reg];
  Input<T> a(frame, step.operands[1], 0), b(frame, step.operands[2], 1);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  const std::uint64_t condition_may_go = step.condition_may_be_left_out ? kAllRows : 0;
  out.values = false;
  std::uint64_t plain = kAllRows;
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    const TruthWord c = truth_word(condition, w);
    const std::uint64_t a_gone = a.known(w) & a.left_out(w), b_gone = b.known(w) & b.left_out(w);
    out.known[w] = (c.yes & a.known(w)) | (c.no & b.known(w)) | c.left_out | (c.missing & a_gone & b_gone);
    out.left_out[w] = (c.yes & a.left_out(w)) | (c.no & b.left_out(w)) | c.left_out |
                      (c.missing & (a.left_out(w) | b.left_out(w) | condition_may_go));
    plain &= out.known[w] & ~out.left_out[w];
    choose_block(out, a, b, settle({c.yes, c.no | c.left_out, c.missing}, a_gone, b_gone), w, rows);
  }
  out.values = plain == kAllRows;
}

/// Lends `out` the column of an operand that needs no other one, when that column is there to stay.
inline bool lend(NumberSlot& out, const NumberSlot& from, const Operand& operand) {
  out.low = out.own;
  out.borrowed = from.values && from.borrowed && operand.convert == nullptr;
  if (!out.borrowed) return false;
  out.low = from.low;
  out.values = true;
  return true;
}

template <class T>
void or_else(const Frame& frame, const Step& step) {
  Input<T> a(frame, step.operands[0], 0), b(frame, step.operands[1], 1);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  if (lend(out, frame.numbers[step.operands[0].reg], step.operands[0])) return;
  out.values = false;
  std::uint64_t plain = kAllRows;
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    const std::uint64_t gone = a.known(w) & a.left_out(w), open = ~a.known(w) & a.left_out(w);
    out.known[w] = (a.known(w) & ~gone) | (gone & b.known(w));
    out.left_out[w] = (gone | open) & b.left_out(w);
    plain &= out.known[w] & ~out.left_out[w];
    choose_block(out, a, b, settle({~gone & ~open, gone, open}, 0, b.known(w) & b.left_out(w)), w, rows);
  }
  out.values = plain == kAllRows;
}

template <class T>
void copy_block(NumberSlot& out, Input<T>& a, std::uint32_t word, std::uint32_t rows) {
  T* low = block_of<T>(out.low, word);
  const T* al = a.low(word, rows);
  for (std::uint32_t i = 0; i < rows; ++i) low[i] = al[i];
  if (known_word(out, word) == kAllRows) return;
  T* high = block_of<T>(out.high, word);
  const T* ah = a.high(word, rows);
  for (std::uint32_t i = 0; i < rows; ++i) high[i] = ah[i];
}

template <class T>
void keep(const Frame& frame, const Step& step) {
  Input<T> a(frame, step.operands[0], 0);
  const TruthSlot& condition = frame.truths[step.operands[1].reg];
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  out.values = false;
  std::uint64_t plain = kAllRows;
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const TruthWord c = truth_word(condition, w);
    const std::uint64_t off = c.no | c.left_out, gone = a.known(w) & a.left_out(w);
    out.known[w] = off | (c.yes & a.known(w)) | gone;
    out.left_out[w] = off | a.left_out(w) | c.missing;
    plain &= out.known[w] & ~out.left_out[w];
    copy_block(out, a, w, rows_in_block<T>(extent, w));
  }
  out.values = plain == kAllRows;
}

// ---------------------------------------------------------------- table rows

/// The ends over the table rows that a missing index may still name.
template <class T>
void column_range(T& low, T& high, const ColumnParameters& table, std::int32_t first, std::int32_t last) {
  const T* values = static_cast<const T*>(table.values);
  low = high = values[first];
  for (std::int32_t row = first + 1; row <= last; ++row) {
    low = smaller_of(low, values[row]);
    high = larger_of(high, values[row]);
  }
}

template <class T>
void column(const Frame& frame, const Step& step) {
  Input<std::int32_t> index(frame, step.operands[0], 0);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  const auto& table = *static_cast<const ColumnParameters*>(step.parameters);
  const T* values = static_cast<const T*>(table.values);
  out.values = index.values();
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    T* low = block_of<T>(out.low, w);
    const std::int32_t* first = index.low(w, kBlock);
    for (std::uint32_t i = 0; i < rows; ++i) low[i] = values[first[i]];
    if (out.values) continue;
    out.known[w] = index.known(w);
    out.left_out[w] = index.left_out(w);
    if (out.known[w] == kAllRows) continue;
    T* high = block_of<T>(out.high, w);
    const std::int32_t* last = index.high(w, kBlock);
    for (std::uint32_t i = 0; i < rows; ++i) column_range(low[i], high[i], table, first[i], last[i]);
  }
}

// ---------------------------------------------------------------- registration

template <class T>
void add_arithmetic(Kernels& table, Lane lane) {
  const auto at = static_cast<unsigned>(lane);
  table.add[at] = &binary<T, Add>;
  table.subtract[at] = &binary<T, Subtract>;
  table.multiply[at] = &binary<T, Multiply>;
  table.minimum[at] = &binary<T, Minimum>;
  table.maximum[at] = &binary<T, Maximum>;
  table.pick[at] = &pick<T>;
  table.or_else[at] = &or_else<T>;
  table.keep[at] = &keep<T>;
  if constexpr (kVectorised<T>) table.sum[at] = &sum<T>;
  table.column[at] = &column<T>;
}

}  // namespace
}  // namespace quy::vm

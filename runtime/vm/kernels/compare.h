#pragma once
// Truths from numbers. Included by each kernel file (see blocks.h).

#include "runtime/vm/kernels/blocks.h"
#include "runtime/vm/kernels/table.h"

namespace quy::vm {
namespace {

/// The ends of both sides in one block.
template <class T>
struct Ends {
  const T *al, *ah, *bl, *bh;
  std::uint32_t rows;
};

/// Rows where the comparison holds, and where it fails, for all numbers between the ends.
struct Decided {
  std::uint64_t yes, no;
};

// Signs, in the order of opcodes.def. `at` is for known numbers only.
struct AtLeast {
  template <class T> static std::uint64_t at(const T* a, const T* b, std::uint32_t rows) { return at_least(a, b, rows); }
  template <class T> static Decided between(const Ends<T>& e) {
    return {at_least(e.al, e.bh, e.rows), ~at_least(e.ah, e.bl, e.rows)};
  }
};
struct Above {
  template <class T> static std::uint64_t at(const T* a, const T* b, std::uint32_t rows) { return ~at_least(b, a, rows); }
  template <class T> static Decided between(const Ends<T>& e) {
    return {~at_least(e.bh, e.al, e.rows), at_least(e.bl, e.ah, e.rows)};
  }
};
struct AtMost {
  template <class T> static std::uint64_t at(const T* a, const T* b, std::uint32_t rows) { return at_least(b, a, rows); }
  template <class T> static Decided between(const Ends<T>& e) {
    return {at_least(e.bl, e.ah, e.rows), ~at_least(e.bh, e.al, e.rows)};
  }
};
struct Below {
  template <class T> static std::uint64_t at(const T* a, const T* b, std::uint32_t rows) { return ~at_least(a, b, rows); }
  template <class T> static Decided between(const Ends<T>& e) {
    return {~at_least(e.ah, e.bl, e.rows), at_least(e.al, e.bh, e.rows)};
  }
};
struct Equal {
  template <class T> static std::uint64_t at(const T* a, const T* b, std::uint32_t rows) { return equals(a, b, rows); }
  template <class T> static Decided between(const Ends<T>& e) {
    return {at_least(e.al, e.bh, e.rows) & at_least(e.bl, e.ah, e.rows),
            ~at_least(e.ah, e.bl, e.rows) | ~at_least(e.bh, e.al, e.rows)};
  }
};
struct Unequal {
  template <class T> static std::uint64_t at(const T* a, const T* b, std::uint32_t rows) { return ~equals(a, b, rows); }
  template <class T> static Decided between(const Ends<T>& e) {
    const Decided equal = Equal::between(e);
    return {equal.no, equal.yes};
  }
};

template <class T, class Sign>
void compare(const Frame& frame, const Step& step) {
  Input<T> a(frame, step.operands[0], 0), b(frame, step.operands[1], 1);
  const TruthSlot& out = frame.truths[step.result];
  const Extent& extent = frame.domains[step.domain];
  const bool values = a.values() && b.values();
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    const StrictPlanes planes = values ? StrictPlanes{kAllRows, 0} : strict(a, b, w);
    Decided decided;
    if (planes.known == kAllRows) {
      decided.yes = Sign::at(a.low(w, rows), b.low(w, rows), rows);
      decided.no = ~decided.yes;
    } else {
      decided = Sign::between(Ends<T>{a.low(w, rows), a.high(w, rows), b.low(w, rows), b.high(w, rows), rows});
    }
    put_truth(out, w, planes, decided.yes, decided.no);
  }
}

/// x[i] × factor[i], for the cross-multiplication. Narrow factors of a wide product are multiplied as what they are, which vectors can do.
template <class S, class T>
inline void scale(T* __restrict out, const S* x, const S* factor, std::uint32_t rows) {
  for (std::uint32_t i = 0; i < rows; ++i) out[i] = T(T(x[i]) * T(factor[i]));
}

/// n ÷ d against a constant: n × its denominator against d × its numerator, d > 0. S: the type of n, d and the factors, T: of the products.
template <class S, class T, class Sign>
void compare_ratio(const Frame& frame, const Step& step) {
  Input<S> n(frame, step.operands[0], 0), d(frame, step.operands[1], 1);
  const TruthSlot& out = frame.truths[step.result];
  const Extent& extent = frame.domains[step.domain];
  const auto& ratio = *static_cast<const RatioParameters*>(step.parameters);
  const S* n_factor = static_cast<const S*>(ratio.numerator_factor);
  const S* d_factor = static_cast<const S*>(ratio.denominator_factor);
  const S& least = *static_cast<const S*>(ratio.least_divisor);
  Scratch<T> left(frame, 2), right(frame, 3);
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    const std::uint64_t counted = row_mask(extent, w);
    StrictPlanes planes = strict(n, d, w);
    const S *nl = n.low(w, rows), *dl = d.low(w, rows);
    scale(left.low, nl, n_factor, rows);
    scale(right.low, dl, d_factor, rows);
    std::uint64_t perhaps_zero = below(dl, least, rows) & counted, surely_zero = perhaps_zero;
    Decided decided;
    if (planes.known == kAllRows) {
      decided.yes = Sign::at(left.low, right.low, rows);
      decided.no = ~decided.yes;
    } else {
      const S *nh = n.high(w, rows), *dh = d.high(w, rows);
      scale(left.high, nh, n_factor, rows);
      scale(right.high, dh, d_factor, rows);
      surely_zero = below(dh, least, rows) & counted;
      const T *rl = ratio.negative ? right.high : right.low, *rh = ratio.negative ? right.low : right.high;
      decided = Sign::between(Ends<T>{left.low, left.high, rl, rh, rows});
    }
    planes.known |= surely_zero;
    planes.left_out |= perhaps_zero;
    put_truth(out, w, planes, decided.yes, decided.no);
  }
}

template <class T>
void member(const Frame& frame, const Step& step) {
  Input<T> x(frame, step.operands[0], 0);
  const TruthSlot& out = frame.truths[step.result];
  const Extent& extent = frame.domains[step.domain];
  const auto& set = *static_cast<const ConstantBlocks*>(step.parameters);
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    const bool known = x.known(w) == kAllRows;
    const T *low = x.low(w, rows), *high = x.high(w, rows);
    std::uint64_t is_one = 0, may_be_one = 0;
    for (std::uint32_t c = 0; c < set.count; ++c) {
      const T* constant = static_cast<const T*>(set.blocks[c]);
      if (known) {
        is_one |= equals(low, constant, rows);
      } else {
        const std::uint64_t reaches = at_least(high, constant, rows), starts = at_least(constant, low, rows);
        may_be_one |= reaches & starts;
        is_one |= at_least(low, constant, rows) & at_least(constant, high, rows);
      }
    }
    put_truth(out, w, {x.known(w), x.left_out(w)}, is_one, known ? ~is_one : ~may_be_one);
  }
}

// ---------------------------------------------------------------- bands

/// Level i is possible when the number can reach its floor and can stay below every better level's; floors that a better level's
/// covers have no block and are never the first.
template <class T>
void band(const Frame& frame, const Step& step) {
  Input<T> x(frame, step.operands[0], 0);
  const LevelSlot& out = frame.levels[step.result];
  const Extent& extent = frame.domains[step.domain];
  const auto& floors = *static_cast<const ConstantBlocks*>(step.parameters);
  const std::uint32_t last = step.level_count - 1, gap = step.level_count;
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    const T *low = x.low(w, rows), *high = x.high(w, rows);
    const std::uint64_t gone = x.known(w) & x.left_out(w);
    for (std::uint32_t o = 0; o < step.level_count + 3; ++o) out.planes[o * out.stride + w] = 0;
    std::uint64_t stays_below = ~gone;
    for (std::uint32_t level = 0; level < floors.count; ++level) {
      if (floors.blocks[level] == nullptr) continue;
      const T* floor = static_cast<const T*>(floors.blocks[level]);
      out.planes[level * out.stride + w] |= stays_below & at_least(high, floor, rows);
      stays_below &= ~at_least(low, floor, rows);
    }
    out.planes[last * out.stride + w] |= stays_below;
    out.planes[gap * out.stride + w] = x.left_out(w);
  }
}

// ---------------------------------------------------------------- outcomes by row

inline void outcome_sets(std::uint32_t* sets, const LevelSlot& slot, std::uint32_t words, const std::uint32_t* numbers, std::uint32_t count) {
  alignas(64) std::int32_t block[kBlock];
  for (std::uint32_t w = 0; w < words; ++w) {
    for (unsigned i = 0; i < kBlock; ++i) block[i] = 0;
    for (std::uint32_t o = 0; o < count; ++o) {
      const std::uint64_t rows = slot.planes[std::size_t{o} * slot.stride + w];
      const auto outcome = static_cast<std::int32_t>(std::uint32_t{1} << numbers[o]);
      if (rows == 0) continue;
      add_where(block, static_cast<std::uint32_t>(rows), outcome);
      add_where(block + 32, static_cast<std::uint32_t>(rows >> 32), outcome);
    }
    for (unsigned i = 0; i < kBlock; ++i) sets[std::size_t{w} * kBlock + i] = static_cast<std::uint32_t>(block[i]);
  }
}

// ---------------------------------------------------------------- registration

template <class S, class T>
void add_ratios(ByLane (&table)[6], Lane lane) {
  const Kernel kernels[] = {&compare_ratio<S, T, AtLeast>, &compare_ratio<S, T, Above>, &compare_ratio<S, T, AtMost>,
                            &compare_ratio<S, T, Below>,   &compare_ratio<S, T, Equal>, &compare_ratio<S, T, Unequal>};
  for (unsigned sign = 0; sign < 6; ++sign) table[sign][static_cast<unsigned>(lane)] = kernels[sign];
}

template <class T>
void add_compares(Kernel (&table)[6]) {
  const Kernel kernels[] = {&compare<T, AtLeast>, &compare<T, Above>, &compare<T, AtMost>,
                            &compare<T, Below>,   &compare<T, Equal>, &compare<T, Unequal>};
  for (unsigned sign = 0; sign < 6; ++sign) table[sign] = kernels[sign];
}

template <class T>
void add_comparisons(Kernels& table, Lane lane) {
  const auto at = static_cast<unsigned>(lane);
  add_compares<T>(table.compare[at]);
  add_ratios<T, T>(table.compare_ratio, lane);
  table.member[at] = &member<T>;
  table.band[at] = &band<T>;
}

inline void add_small_fractions(Kernels& table) {
  add_compares<SmallFraction>(table.compare_small_fraction);
  table.band_small_fraction = &band<SmallFraction>;
}

}  // namespace
}  // namespace quy::vm

#pragma once
// Blocks of 64 rows: how kernels read operands, move planes and turn comparisons into bits.
//
// Included by one file for each instruction set; everything is in an anonymous namespace and no standard header is used, so that no function
// compiled for AVX can be picked by the linker for a machine without it.

#include <cstddef>
#include <cstdint>

#include "runtime/vm/kernels/frame.h"

namespace quy::vm {
namespace {

/// Elements that live on a heap: blocks are worked on up to the last row only, while plain ones are always whole (and vectorised).
template <class T>
inline constexpr bool kOnHeap = false;

template <class T>
inline std::uint32_t rows_in_block(const Extent& extent, std::uint32_t word) {
  if constexpr (kOnHeap<T>) {
    const std::uint32_t left = extent.rows - word * kBlock;
    return left < kBlock ? left : kBlock;
  } else {
    return kBlock;
  }
}

/// The rows of a block that are not padding.
inline std::uint64_t row_mask(const Extent& extent, std::uint32_t word) {
  const std::uint32_t left = extent.rows - word * kBlock;
  return left < kBlock ? (std::uint64_t{1} << left) - 1 : kAllRows;
}

/// Room for one converted block of low and one of high ends.
template <class T>
struct Scratch {
  alignas(64) T low[kBlock];
  alignas(64) T high[kBlock];
  Scratch(const Frame&, unsigned) {}  // left unset on purpose: 64 rows of plain integers, written before they are read
};

inline std::uint64_t known_word(const NumberSlot& slot, std::uint32_t word) { return slot.values ? kAllRows : slot.known[word]; }
inline std::uint64_t left_out_word(const NumberSlot& slot, std::uint32_t word) { return slot.values ? 0 : slot.left_out[word]; }

/// An operand of element type T. `index` tells operands of one kernel apart.
template <class T>
class Input {
 public:
  Input(const Frame& frame, const Operand& operand, unsigned index)
      : operand_(operand), slot_(frame.numbers[operand.reg]), scratch_(frame, index) {}

  bool values() const { return slot_.values; }
  std::uint64_t known(std::uint32_t word) const { return known_word(slot_, word); }
  std::uint64_t left_out(std::uint32_t word) const { return left_out_word(slot_, word); }

  const T* low(std::uint32_t word, std::uint32_t rows) { return block(slot_.low, scratch_.low, word, rows); }
  const T* high(std::uint32_t word, std::uint32_t rows) {
    return known(word) == kAllRows ? low(word, rows) : block(slot_.high, scratch_.high, word, rows);
  }

 private:
  const T* block(const void* column, T* room, std::uint32_t word, std::uint32_t rows) const {
    if (operand_.constant != nullptr) return static_cast<const T*>(operand_.constant);
    const char* at = static_cast<const char*>(column) + (slot_.uniform ? 0 : std::size_t{word} * operand_.block_bytes);
    if (operand_.convert == nullptr) return reinterpret_cast<const T*>(at);
    operand_.convert(room, at, operand_, rows);
    return room;
  }

  const Operand& operand_;
  const NumberSlot& slot_;
  Scratch<T> scratch_;
};

template <class T>
inline T* block_of(void* column, std::uint32_t word) {
  return static_cast<T*>(column) + std::size_t{word} * kBlock;
}

// ---------------------------------------------------------------- planes

/// Rows of a Boolean by what is known of them.
struct TruthWord {
  std::uint64_t yes, no, left_out, missing;
};

inline TruthWord truth_word(const TruthSlot& slot, std::uint32_t word) {
  const std::uint64_t t = slot.yes[word], f = slot.no[word];
  return {t & ~f, f & ~t, t & f, ~t & ~f};
}

/// Left out when any operand is, whatever is missing beside it; known when all are.
struct StrictPlanes {
  std::uint64_t known, left_out;
};

template <class T>
inline StrictPlanes strict(const Input<T>& a, const Input<T>& b, std::uint32_t word) {
  const std::uint64_t gone = (a.known(word) & a.left_out(word)) | (b.known(word) & b.left_out(word));
  return {(a.known(word) & b.known(word)) | gone, a.left_out(word) | b.left_out(word)};
}

/// Writes the truth of a comparison: `yes` and `no` are what the ends of the ranges decide; where an operand may be left out nothing is.
inline void put_truth(const TruthSlot& out, std::uint32_t word, StrictPlanes planes, std::uint64_t yes, std::uint64_t no) {
  const std::uint64_t gone = planes.known & planes.left_out;
  out.yes[word] = (yes & ~planes.left_out) | gone;
  out.no[word] = (no & ~planes.left_out) | gone;
}

// ---------------------------------------------------------------- elements

inline constexpr std::uint64_t bit(unsigned row) { return std::uint64_t{1} << row; }

/// Bytes that are 0 or 0xff, as bits.
inline std::uint64_t pack_bytes(const std::uint8_t (&bytes)[kBlock]) {
  std::uint64_t bits = 0;
#ifdef __SSE2__
  typedef char Vector __attribute__((vector_size(16), may_alias));
  for (unsigned i = 0; i < 4; ++i) {
    const auto part = static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<const Vector*>(bytes)[i]));
    bits |= std::uint64_t{part} << (16 * i);
  }
#else
  for (unsigned i = 0; i < kBlock; ++i) bits |= std::uint64_t{bytes[i] & 1U} << i;
#endif
  return bits;
}

/// A fraction whose products crosswise, with whatever it is compared with, are proved to fit 64 bits; laid out as Fraction64.
struct SmallFraction {
  std::int64_t n, d;
  friend bool operator<(const SmallFraction& a, const SmallFraction& b) { return a.n * b.d < b.n * a.d; }
  friend bool operator>=(const SmallFraction& a, const SmallFraction& b) { return a.n * b.d >= b.n * a.d; }
  friend bool operator==(const SmallFraction& a, const SmallFraction& b) { return a.n * b.d == b.n * a.d; }
};

template <class T>
inline constexpr bool kVectorised = false;
template <>
inline constexpr bool kVectorised<SmallFraction> = true;
template <>
inline constexpr bool kVectorised<std::int32_t> = true;
template <>
inline constexpr bool kVectorised<std::int64_t> = true;

/// Bit i tells whether holds(i). Plain integers go through bytes, which the compiler turns into vector compares and packs.
template <class T, class Holds>
inline std::uint64_t bits_where(std::uint32_t rows, Holds holds) {
  if constexpr (kVectorised<T>) {
    alignas(64) std::uint8_t bytes[kBlock];
    for (unsigned i = 0; i < kBlock; ++i) bytes[i] = holds(i) ? 0xff : 0;
    return pack_bytes(bytes);
  } else {
    std::uint64_t bits = 0;
    for (std::uint32_t i = 0; i < rows; ++i) bits |= std::uint64_t{holds(i)} << i;
    return bits;
  }
}

/// Bit i tells whether a[i] ≥ b[i].
template <class T>
inline std::uint64_t at_least(const T* a, const T* b, std::uint32_t rows) {
  return bits_where<T>(rows, [=](std::uint32_t i) { return a[i] >= b[i]; });
}

template <class T>
inline std::uint64_t equals(const T* a, const T* b, std::uint32_t rows) {
  if constexpr (kVectorised<T>) return bits_where<T>(rows, [=](std::uint32_t i) { return a[i] == b[i]; });
  else return at_least(a, b, rows) & at_least(b, a, rows);
}

/// Bit i tells whether x[i] < least: for a divisor, whether it is 0.
template <class T>
inline std::uint64_t below(const T* x, const T& least, std::uint32_t rows) {
  return bits_where<T>(rows, [=, &least](std::uint32_t i) { return x[i] < least; });
}

/// One bit in each element, to tell rows of a half word apart without shifts by variable amounts.
template <class T>
struct RowBits {
  alignas(64) T at[32];
};
template <class T>
constexpr RowBits<T> row_bits() {
  RowBits<T> bits{};
  for (unsigned i = 0; i < 32; ++i) bits.at[i] = static_cast<T>(std::uint32_t{1} << i);
  return bits;
}

#if defined(__AVX512F__)
inline constexpr unsigned kVectorBytes = 64;
#elif defined(__AVX2__)
inline constexpr unsigned kVectorBytes = 32;
#else
inline constexpr unsigned kVectorBytes = 16;
#endif

/// out[i] = a[i] where bit i of `take` is set, else b[i]. `out` may be a or b. In explicit vectors, since compilers do not load what they
/// might not need.
template <class T>
inline void select(T* out, std::uint64_t take, const T* a, const T* b, std::uint32_t rows) {
  if constexpr (kVectorised<T>) {
    typedef T Vector __attribute__((vector_size(kVectorBytes), aligned(alignof(T)), may_alias));
    static constexpr RowBits<T> kBits = row_bits<T>();
    for (unsigned half = 0; half < kBlock; half += 32) {
      const Vector word = Vector{} + static_cast<T>(static_cast<std::uint32_t>(take >> half));
      for (unsigned i = 0; i < 32; i += kVectorBytes / sizeof(T)) {
        const auto takes = (word & *reinterpret_cast<const Vector*>(kBits.at + i)) != 0;
        const Vector first = *reinterpret_cast<const Vector*>(a + half + i), second = *reinterpret_cast<const Vector*>(b + half + i);
        *reinterpret_cast<Vector*>(out + half + i) = takes ? first : second;
      }
    }
  } else {
    for (std::uint32_t i = 0; i < rows; ++i) out[i] = (take >> i) & 1 ? a[i] : b[i];
  }
}

/// Adds `points` to those of 32 rows whose bit is set.
template <class T>
inline void add_where(T* sums, std::uint32_t bits, T points) {
  typedef T Vector __attribute__((vector_size(kVectorBytes), aligned(alignof(T)), may_alias));
  static constexpr RowBits<T> kBits = row_bits<T>();
  const Vector word = Vector{} + static_cast<T>(bits), add = Vector{} + points;
  for (unsigned i = 0; i < 32; i += kVectorBytes / sizeof(T)) {
    Vector& sum = *reinterpret_cast<Vector*>(sums + i);
    sum += (word & *reinterpret_cast<const Vector*>(kBits.at + i)) != 0 ? add : Vector{};
  }
}

template <class T>
inline const T& smaller_of(const T& a, const T& b) {
  return b < a ? b : a;
}
template <class T>
inline const T& larger_of(const T& a, const T& b) {
  return a < b ? b : a;
}

}  // namespace
}  // namespace quy::vm

#pragma once
// Arithmetic of the fraction lane: exact, not in lowest terms, within 64 bits as range analysis has proved. Not for the files of one
// instruction set (see blocks.h).

#include "runtime/vm/kernels/frame.h"

namespace quy::vm {

inline Fraction64 fraction(Int128 n, Int128 d) { return {static_cast<std::int64_t>(n), static_cast<std::int64_t>(d)}; }

inline Fraction64 operator+(const Fraction64& a, const Fraction64& b) {
  return fraction(Int128{a.n} * b.d + Int128{b.n} * a.d, Int128{a.d} * b.d);
}
inline Fraction64 operator-(const Fraction64& a, const Fraction64& b) {
  return fraction(Int128{a.n} * b.d - Int128{b.n} * a.d, Int128{a.d} * b.d);
}
inline Fraction64 operator*(const Fraction64& a, const Fraction64& b) { return fraction(Int128{a.n} * b.n, Int128{a.d} * b.d); }
/// b > 0.
inline Fraction64 operator/(const Fraction64& a, const Fraction64& b) { return fraction(Int128{a.n} * b.d, Int128{a.d} * b.n); }

inline bool operator<(const Fraction64& a, const Fraction64& b) { return Int128{a.n} * b.d < Int128{b.n} * a.d; }
inline bool operator>=(const Fraction64& a, const Fraction64& b) { return !(a < b); }

}  // namespace quy::vm

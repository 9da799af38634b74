#pragma once
// Arithmetic of the fraction lane: exact, not in lowest terms, within 64 bits as range analysis has proved. Not for the files of one
// instruction set (see blocks.h).

#include "runtime/vm/kernels/frame.h"

namespace quy::vm {

// Range analysis bounds numerator and denominator of every result, hence each of the products below.
inline Fraction64 operator+(const Fraction64& a, const Fraction64& b) { return {a.n * b.d + b.n * a.d, a.d * b.d}; }
inline Fraction64 operator-(const Fraction64& a, const Fraction64& b) { return {a.n * b.d - b.n * a.d, a.d * b.d}; }
inline Fraction64 operator*(const Fraction64& a, const Fraction64& b) { return {a.n * b.n, a.d * b.d}; }
/// b > 0.
inline Fraction64 operator/(const Fraction64& a, const Fraction64& b) { return {a.n * b.d, a.d * b.n}; }

// Comparisons multiply crosswise, whatever the two sides are.
inline bool operator<(const Fraction64& a, const Fraction64& b) { return Int128{a.n} * b.d < Int128{b.n} * a.d; }
inline bool operator>=(const Fraction64& a, const Fraction64& b) { return !(a < b); }

}  // namespace quy::vm

#pragma once
// The kernels that a program chooses from, by lane; filled once at start for the machine at hand (table.cpp). Plain data, as frame.h.

#include "runtime/vm/kernels/frame.h"
#include "runtime/vm/lane.h"

namespace quy::vm {

using ByLane = Kernel[kLanes];

struct Kernels {
  // By the lane that the kernel computes in.
  ByLane add, subtract, multiply, divide, minimum, maximum;
  ByLane pick, or_else, keep, column;
  ByLane sum;                              ///< of 32 and 64 bits
  ByLane compare_ratio[6], member, band;   ///< [sign]
  Kernel compare[kLanes][6];               ///< [lane][sign]
  Kernel compare_small_fraction[6], band_small_fraction;   ///< products crosswise fit 64 bits
  ByLane compare_ratio_widening[6];   ///< products twice as wide as the operands, whose lane this is
  ByLane round_quotient;              ///< by the lane of dividend and divisor; the result is of 32 bits
  ByLane spread, fold_smallest, fold_largest;
  ByLane round[kLanes];      ///< [of the operand][of the result], intermediates of 64 bits …
  ByLane round_wide[kLanes]; ///< … and of 128
  ByLane fold_sum[kLanes];   ///< [of the rows][of the sum]
  Convert convert[kLanes][kLanes];  ///< [from][to]
  /// The outcomes of each row as bits: plane o is bit numbers[o]. Whole words of rows are written.
  void (*outcome_sets)(std::uint32_t* sets, const LevelSlot& slot, std::uint32_t words, const std::uint32_t* numbers, std::uint32_t count);
};

// One for each instruction set (32- and 64-bit integers) and one for the wide lanes; each fills its part.
void add_narrow_sse2(Kernels& table);
void add_narrow_avx2(Kernels& table);
void add_narrow_avx512(Kernels& table);
void add_wide(Kernels& table);

const Kernels& kernels();

}  // namespace quy::vm

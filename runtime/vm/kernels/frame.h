#pragma once
// What kernels see of a run: plain data only, since this header is compiled for several instruction sets and an inline function here could
// be kept in its AVX form by the linker.
//
// Rows are worked on in blocks of 64, one word of each plane. A number register has, for each row:
//
//   known left_out   meaning
//     1      0       a value, in `low`
//     1      1       left out
//     0      0       missing, between `low` and `high`
//     0      1       missing, between `low` and `high` or left out
//
// Whatever the planes say, `low` (and `high` where it is filled) holds a number of the register's range, in rows past the last one too:
// so no lane can overflow and kernels need no branch for rows that do not count.

#include <cstdint>

#include "runtime/vm/lane.h"

namespace quy::vm {

class Batch;

inline constexpr std::uint32_t kBlock = 64;
inline constexpr std::uint64_t kAllRows = ~std::uint64_t{0};
inline constexpr std::uint32_t kMostOutcomes = 19;  ///< 16 levels, gap, not rated, authority

/// An element of the fraction lane; d > 0, not in lowest terms.
struct Fraction64 {
  std::int64_t n;
  std::int64_t d;
};

struct NumberSlot {
  void* low = nullptr;
  void* high = nullptr;           ///< filled only in blocks whose `known` word is not full; elsewhere `low` stands for both
  std::uint64_t* known = nullptr;
  std::uint64_t* left_out = nullptr;
  bool values = true;             ///< every row has a value: planes and `high` are not filled
  bool uniform = false;           ///< a constant: one block stands for all
  bool borrowed = false;          ///< `low` is a column of the batch, which outlives the run
  void* own = nullptr;            ///< the register's own column, for kernels that may lend another one's to `low`
};

/// (1,0) true, (0,1) false, (0,0) missing, (1,1) left out.
struct TruthSlot {
  std::uint64_t* yes = nullptr;
  std::uint64_t* no = nullptr;
};

/// One plane an outcome: the rows where it is still possible. Plane o begins at planes + o * stride.
struct LevelSlot {
  std::uint64_t* planes = nullptr;
  std::uint32_t stride = 0;
};

struct Extent {
  std::uint32_t rows = 0;
  std::uint32_t words = 0;        ///< rows in blocks of 64, the last one padded
};

struct ListView {
  const std::uint32_t* begin = nullptr;    ///< one more than there are records
  const std::uint64_t* present = nullptr;
};

struct Frame {
  NumberSlot* numbers = nullptr;  ///< by register, as the next two
  TruthSlot* truths = nullptr;
  LevelSlot* levels = nullptr;
  const Extent* domains = nullptr;
  const ListView* lists = nullptr;
  const Batch* batch = nullptr;
  void* scratch = nullptr;        ///< blocks of rationals, for conversions into the big lane
};

struct Operand;
/// Converts one block; `rows` matters to elements on the heap only.
using Convert = void (*)(void* out, const void* in, const Operand& operand, std::uint32_t rows);

/// A register as a kernel reads it: its column as it is, converted block by block to the kernel's lane and scale, or a constant.
struct Operand {
  std::uint32_t reg = 0;
  Convert convert = nullptr;
  const void* constant = nullptr;      ///< one block in the kernel's lane
  std::uint32_t block_bytes = 0;       ///< of the register's own column
  Int128 factor = 1;                   ///< integers and numerators: multiplied by this
  std::int64_t denominator = 1;        ///< into the fraction lane: over this
  const void* big_factor = nullptr;    ///< into and out of the big lane: multiplied by this rational
  Int128 least = 0, most = 0;          ///< out of the big lane: the range, which rows that pad a block are put into
};

struct Step;
using Kernel = void (*)(const Frame& frame, const Step& step);

struct Step {
  Kernel kernel = nullptr;
  std::uint32_t result = 0;            ///< register
  std::uint32_t domain = 0;
  std::uint32_t operand_domain = 0;    ///< of the rows that a fold goes over
  std::uint32_t a = 0, b = 0;          ///< immediates of the instruction
  const Operand* operands = nullptr;
  std::uint32_t operand_count = 0;
  const void* low_bound = nullptr;     ///< the result's range, one block each in its lane
  const void* high_bound = nullptr;
  const void* parameters = nullptr;    ///< whatever else the kernel needs; its type is the kernel's
  std::uint32_t level_count = 0;
  bool condition_may_be_left_out = false;   ///< of a missing Boolean operand
};

/// compare_ratio: n × numerator_factor against d × denominator_factor, in the kernel's lane.
struct RatioParameters {
  const void* numerator_factor = nullptr;     ///< one block
  const void* denominator_factor = nullptr;
  const void* least_divisor = nullptr;        ///< no positive divisor is smaller
  bool negative = false;                      ///< denominator_factor < 0
};

/// round of n/d (d = 1 for integers): the result is q × step with the sign of n, where
/// q = (|n| × multiplier + d × bias + offset) ÷ (d × divisor), cut off. The mode is in these numbers.
struct RoundParameters {
  Int128 multiplier = 1, bias = 0, offset = 0, divisor = 1, step = 1;
  const void* big_step = nullptr;   ///< in the big lane: the step itself, and the result's units in it
  const void* big_units = nullptr;
  std::uint32_t mode = 0;
};

/// round_quotient of n ÷ d, from `least` to `most`, in whole steps: (n × multiplier + d × bias + offset) ÷ (d × divisor), cut off, times `units`.
/// All of it whole numbers below 2^53, which doubles hold exactly.
struct RoundQuotientParameters {
  double multiplier = 1, bias = 0, offset = 0, divisor = 1;
  double least = 0, most = 0;
  std::int32_t units = 1;
};

/// sum: the first `numbers` operands, and for each operand after them, a condition, its points where it is true; all above `base`.
/// Elements are of the result's lane.
struct SumParameters {
  std::uint32_t numbers = 0;
  const void* points = nullptr;
  const std::uint8_t* may_be_left_out = nullptr;   ///< by condition, 1: missing, it may turn out to be left out
  const void* base = nullptr;              ///< one block
};

struct ColumnParameters {
  const void* values = nullptr;   ///< of the result's lane, one a table row
  std::uint32_t rows = 0;
};

/// member, band: constants of the operand's lane, one block each.
struct ConstantBlocks {
  const void* const* blocks = nullptr;
  std::uint32_t count = 0;
};

/// force: conditions of the whole chain of forces, worst level first; the operand is the outcome before any of them.
struct ForceChain {
  const std::uint32_t* levels = nullptr;
  const std::uint32_t* conditions = nullptr;   ///< registers
  std::uint32_t count = 0;
};

}  // namespace quy::vm

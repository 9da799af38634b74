// Truths of list rows: spread from the record, counted, joined.

#include <algorithm>
#include <bit>

#include "base/limits.h"
#include "runtime/vm/kernels/blocks.h"
#include "runtime/vm/kernels/lists.h"
#include "runtime/vm/kernels/planes.h"

namespace quy::vm {
namespace {

using bytecode::Opcode;

/// How many bits of rows [begin, end) are set in the words that `word` gives.
template <class Word>
std::uint32_t count_bits(std::uint32_t begin, std::uint32_t end, Word word) {
  int count = 0;
  for (std::uint32_t row = begin; row < end;) {
    const std::uint32_t offset = row % kBlock, taken = std::min(kBlock - offset, end - row);
    const std::uint64_t mask = (taken == kBlock ? kAllRows : bit(taken) - 1) << offset;
    count += std::popcount(word(row / kBlock) & mask);
    row += taken;
  }
  return static_cast<std::uint32_t>(count);
}

void spread_truth(const Frame& frame, const Step& step) {
  const TruthSlot &out = frame.truths[step.result], &in = frame.truths[step.operands[0].reg];
  const ListView& list = frame.lists[step.a];
  const Extent &extent = frame.domains[step.domain], &records = frame.domains[step.operand_domain];
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    out.yes[w] = 0;
    out.no[w] = ~row_mask(extent, w);
  }
  for (std::uint32_t record = 0; record < records.rows; ++record) {
    const bool yes = has_bit(in.yes, record), no = has_bit(in.no, record);
    for (std::uint32_t row = list.begin[record]; row < list.begin[record + 1]; ++row) {
      put_bit(out.yes, row, yes);
      put_bit(out.no, row, no);
    }
  }
}

/// Rows surely counted, and rows that may be.
struct Counted {
  std::uint64_t surely, perhaps;
};

struct WhereTrue {
  const TruthSlot& in;
  WhereTrue(const Frame& frame, const Step& step) : in(frame.truths[step.operands[0].reg]) {}
  Counted operator()(std::uint32_t w) const { return {in.yes[w] & ~in.no[w], ~in.no[w]}; }
};
struct WhereTruthApplies {
  const TruthSlot& in;
  std::uint64_t never_left_out;
  WhereTruthApplies(const Frame& frame, const Step& step)
      : in(frame.truths[step.operands[0].reg]), never_left_out(step.condition_may_be_left_out ? 0 : kAllRows) {}
  Counted operator()(std::uint32_t w) const {
    const TruthWord c = truth_word(in, w);
    return {c.yes | c.no | (c.missing & never_left_out), ~c.left_out};
  }
};
struct WhereNumberApplies {
  const NumberSlot& in;
  WhereNumberApplies(const Frame& frame, const Step& step) : in(frame.numbers[step.operands[0].reg]) {}
  Counted operator()(std::uint32_t w) const { return {~left_out_word(in, w), ~(known_word(in, w) & left_out_word(in, w))}; }
};

template <class Where>
void fold_count(const Frame& frame, const Step& step) {
  const Where where(frame, step);
  NumberSlot& out = frame.numbers[step.result];
  const ListView& list = frame.lists[step.a];
  const Extent& extent = frame.domains[step.domain];
  const auto most = static_cast<std::int32_t>(limits::list_items);
  begin_rows<std::int32_t>(out, step, extent);
  for (std::uint32_t record = 0; record < extent.rows; ++record) {
    const std::uint32_t begin = list.begin[record], end = list.begin[record + 1];
    const bool present = has_bit(list.present, record);
    const auto low = static_cast<std::int32_t>(count_bits(begin, end, [&](std::uint32_t w) { return where(w).surely; }));
    const auto high = static_cast<std::int32_t>(count_bits(begin, end, [&](std::uint32_t w) { return where(w).perhaps; }));
    put_folded<std::int32_t>(out, record, {present ? low : 0, present ? high : most, present && low == high, false});
  }
  finish_rows<std::int32_t>(out, extent);
}

/// How many rows of a record are true, false and missing; the rest is left out.
struct Tally {
  std::uint32_t yes, no, missing;
};

Tally tally(const TruthSlot& in, std::uint32_t begin, std::uint32_t end) {
  return {count_bits(begin, end, [&](std::uint32_t w) { return truth_word(in, w).yes; }),
          count_bits(begin, end, [&](std::uint32_t w) { return truth_word(in, w).no; }),
          count_bits(begin, end, [&](std::uint32_t w) { return truth_word(in, w).missing; })};
}

/// The two planes of one truth.
struct Bits {
  bool yes, no;
};
constexpr Bits kTrue{true, false}, kFalse{false, true}, kMissing{false, false}, kLeftOut{true, true};

Bits any_of(const Tally& rows) { return rows.yes != 0 ? kTrue : rows.missing != 0 ? kMissing : kFalse; }

Bits every_of(const Tally& rows) {
  if (rows.no != 0) return kFalse;
  if (rows.missing != 0) return kMissing;
  return rows.yes != 0 ? kTrue : kLeftOut;
}

template <Bits (*Of)(const Tally&)>
Bits folded_truth(const TruthSlot& in, const ListView& list, std::uint32_t record) {
  const std::uint32_t begin = list.begin[record], end = list.begin[record + 1];
  if (begin != end) return Of(tally(in, begin, end));
  return has_bit(list.present, record) ? Of(Tally{0, 0, 0}) : kMissing;
}

template <Bits (*Of)(const Tally&)>
void fold_truth(const Frame& frame, const Step& step) {
  const TruthSlot &out = frame.truths[step.result], &in = frame.truths[step.operands[0].reg];
  const ListView& list = frame.lists[step.a];
  const Extent& extent = frame.domains[step.domain];
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t first = w * kBlock, rows = std::min(kBlock, extent.rows - first);
    std::uint64_t yes = 0, no = ~row_mask(extent, w);
    for (std::uint32_t i = 0; i < rows; ++i) {
      const Bits result = folded_truth<Of>(in, list, first + i);
      yes |= std::uint64_t{result.yes} << i;
      no |= std::uint64_t{result.no} << i;
    }
    out.yes[w] = yes;
    out.no[w] = no;
  }
}

}  // namespace

Kernel fold_kernel(Opcode opcode, bool number) {
  switch (opcode) {
    case Opcode::spread: return number ? nullptr : &spread_truth;
    case Opcode::fold_count: return &fold_count<WhereTrue>;
    case Opcode::fold_applicable: return number ? &fold_count<WhereNumberApplies> : &fold_count<WhereTruthApplies>;
    case Opcode::fold_any: return &fold_truth<any_of>;
    case Opcode::fold_every: return &fold_truth<every_of>;
    default: return nullptr;
  }
}

}  // namespace quy::vm

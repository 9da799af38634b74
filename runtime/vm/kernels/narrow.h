#pragma once
// Everything that a kernel file of one instruction set registers: 32- and 64-bit integers.

#include "runtime/vm/kernels/arithmetic.h"
#include "runtime/vm/kernels/compare.h"
#include "runtime/vm/kernels/lists.h"
#include "runtime/vm/kernels/round.h"

namespace quy::vm {
namespace {

void add_narrow(Kernels& table) {
  add_arithmetic<std::int32_t>(table, Lane::i32);
  add_arithmetic<std::int64_t>(table, Lane::i64);
  table.outcome_sets = &outcome_sets;
  table.divide[static_cast<unsigned>(Lane::i64)] = &divide<std::int64_t>;
  add_comparisons<std::int32_t>(table, Lane::i32);
  add_comparisons<std::int64_t>(table, Lane::i64);
  add_ratios<std::int32_t, std::int64_t>(table.compare_ratio_widening, Lane::i32);
  add_small_fractions(table);
  add_lists<std::int32_t>(table, Lane::i32);
  add_lists<std::int64_t>(table, Lane::i64);
  add_sum<std::int32_t, std::int32_t>(table, Lane::i32, Lane::i32);
  add_sum<std::int32_t, std::int64_t>(table, Lane::i32, Lane::i64);
  add_sum<std::int64_t, std::int64_t>(table, Lane::i64, Lane::i64);
  add_round<std::int32_t, std::int32_t>(table, Lane::i32, Lane::i32);
  add_round<std::int32_t, std::int64_t>(table, Lane::i32, Lane::i64);
  add_round<std::int64_t, std::int32_t>(table, Lane::i64, Lane::i32);
  add_round<std::int64_t, std::int64_t>(table, Lane::i64, Lane::i64);
  add_round_quotient<std::int32_t>(table, Lane::i32);
  add_round_quotient<std::int64_t>(table, Lane::i64);
  add_convert<std::int32_t, std::int32_t>(table, Lane::i32, Lane::i32);
  add_convert<std::int32_t, std::int64_t>(table, Lane::i32, Lane::i64);
  add_convert<std::int64_t, std::int32_t>(table, Lane::i64, Lane::i32);
  add_convert<std::int64_t, std::int64_t>(table, Lane::i64, Lane::i64);
}

}  // namespace
}  // namespace quy::vm

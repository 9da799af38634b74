#pragma once
// How the program does with many records: more threads, keys in any order, memory.

#include "runtime/api/evaluation.h"

namespace quy::bench {

struct ScaleFigures {
  double two_threads_over_one = 0;   ///< throughput
  double shuffled_over_ordered = 0;  ///< time
  double cached_records_per_s = 0;   ///< columns to result lines, one thread
  double peak_mb = 0;                ///< of a whole run
  double peak_mb_10x_over_1x = 0;
};

/// `pack` is compiled from the workload's rules, `pack_path` a file of the same; records are written into files of the folder `scratch`.
ScaleFigures measure_scale(const Pack& pack, const std::string& pack_path, const std::string& scratch);

/// `quy_bench --peak PROGRAM ARGUMENT…` says how many megabytes a run of the program takes.
inline constexpr const char* kPeakOption = "--peak";
int peak_of_child(char** argv);

}  // namespace quy::bench

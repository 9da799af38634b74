#pragma once
// How the program does with many records: more threads, keys in any order, memory.

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/api/evaluation.h"

namespace quy::bench {

inline constexpr std::size_t kScaleRecords = 200'000;

/// By round. Seconds of kScaleRecords from a file to short lines; megabytes at the peak of a whole run of the program.
struct ScaleFigures {
  std::vector<double> one_thread, two_threads;
  std::vector<double> shuffled;     ///< one thread, keys in another order in every record
  std::vector<double> cached;       ///< one thread, from columns
  std::vector<double> peak_few, peak_many;   ///< the latter with ten times the records
};

/// `pack` is compiled from the workload's rules, `pack_path` a file of the same; records are written into files of the folder `scratch`.
ScaleFigures measure_scale(const Pack& pack, const std::string& pack_path, const std::string& scratch);

/// `quy_bench --peak PROGRAM ARGUMENT…` says how many megabytes a run of the program takes.
inline constexpr const char* kPeakOption = "--peak";
int peak_of_child(char** argv);

}  // namespace quy::bench

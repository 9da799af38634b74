#pragma once
// The gaps and overlaps of a pack's ratings, one line a cause however many subjects share it.

#include <set>
#include <string>
#include <vector>

#include "analysis/gaps/gaps.h"
#include "compiler/sema/typed.h"

namespace quy::tools {

/// What a witness gets when one reading is another than the chosen one.
struct OtherReading {
  std::string reading, reading_label, option, option_label;
  std::uint32_t outcome = 0;   ///< as in vm/machine.h
};

struct GapLine {
  analysis::GapCause cause;
  bool settled = true;
  Bilingual condition;                    ///< of the rule; of two conditions, the first
  std::vector<std::string> clauses;
  std::set<std::string> kinds;            ///< of the subjects concerned
  std::string subject;                    ///< id of the one that the witness is about
  std::string test;                       ///< in the language
  std::string evidence;                   ///< JSON record
  std::uint32_t outcome = 0;              ///< of the witness
  std::vector<OtherReading> other_readings;
};

struct RatingGaps {
  std::string id, label;
  std::vector<std::string> level_ids, level_labels;
  std::size_t subjects = 0;               ///< of this rating
  std::size_t excluded = 0;               ///< causes proved impossible
  std::vector<GapLine> lines;             ///< without a level first, then with two
  std::set<std::string> not_analysed_vi, not_analysed_en;
};

/// Each cause is given `limit`. `module` is the pack's, with variants over stated totals.
std::vector<RatingGaps> find_gaps(const bytecode::Module& module, const sema::Pack& pack, const vm::Program::Readings& readings,
                                  std::chrono::milliseconds limit);

}  // namespace quy::tools

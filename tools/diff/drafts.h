#pragma once
// Two drafts of one set: where both change the same thing, and whether their merge means what both meant.

#include <nlohmann/json.hpp>

#include <ostream>

#include "tools/diff/report.h"

namespace quy::tools {

struct DraftsReport {
  DiffReport ours, theirs;  ///< each against the base
  struct Both {
    Change ours, theirs;
    bool same = false;      ///< they say the same
  };
  std::vector<Both> both;   ///< what both drafts change
  std::vector<std::string> conflicts;  ///< files in which both changed the same lines
  bool compiles = false;               ///< the merge, where there are no conflicts
  std::vector<std::string> lost;       ///< things whose meaning in the merge is not that of the draft which changed them
  bool good() const;
};

/// All three must be sources. Problems of the merge are printed.
DraftsReport compare_drafts(const Context& context, DiffSide& base, DiffSide& ours, DiffSide& theirs, const std::string& pack,
                            std::chrono::milliseconds limit);

void print_drafts(std::ostream& out, const Context& context, const DraftsReport& report);
nlohmann::ordered_json json_of(const Context& context, const DraftsReport& report);

}  // namespace quy::tools

#pragma once
// Options that `eval` and `explain` share.

#include <CLI/CLI.hpp>

#include "tools/context.h"

namespace quy::tools {

struct SharedEvaluationOptions {
  std::string stage;
  std::vector<std::string> readings;   ///< NAME=R
  std::vector<std::string> results, history;   ///< files of results
  std::string fields;                  ///< comma-separated
  bool detail = false;
};

void add_shared_options(CLI::App& command, const Context& context, SharedEvaluationOptions& options);
/// False after a message when an option is malformed.
bool fill(const Context& context, const SharedEvaluationOptions& options, EvaluationOptions& out);

}  // namespace quy::tools

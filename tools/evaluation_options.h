#pragma once
// Options that commands over evidence share.

#include <CLI/CLI.hpp>

#include "runtime/vm/program.h"
#include "tools/context.h"

namespace quy::tools {

struct SharedEvaluationOptions {
  std::string stage;
  std::vector<std::string> readings;   ///< NAME=R
  std::string fields;                  ///< comma-separated
  bool detail = false;
};

void add_shared_options(CLI::App& command, const Context& context, SharedEvaluationOptions& options);
/// False after a message when an option is malformed.
bool fill(const Context& context, const SharedEvaluationOptions& options, EvaluationOptions& out);

/// `NAME=R` each, into module indexes. False after a message when one is malformed or unknown.
bool choose_readings(const Context& context, const bytecode::Module& module, const std::vector<std::string>& choices,
                     vm::Program::Readings& readings);

}  // namespace quy::tools

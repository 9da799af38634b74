#pragma once
// Options that the commands with a solver share.

#include <CLI/CLI.hpp>

#include "runtime/vm/program.h"
#include "tools/context.h"

namespace quy::tools {

struct AnalysisOptions {
  std::vector<std::string> paths;
  std::vector<std::string> readings;  ///< NAME=R
  std::string format = "text";
  std::string write_test;
  unsigned limit_ms = 3000;  ///< for one question
};

void add_analysis_options(CLI::App& command, const Context& context, AnalysisOptions& options);
/// False after a message.
bool choose_readings(const Context& context, const bytecode::Module& module, const std::vector<std::string>& wanted,
                     vm::Program::Readings& readings);
}  // namespace quy::tools

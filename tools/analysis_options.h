#pragma once
// Options that the commands with a solver share.

#include <CLI/CLI.hpp>

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
}  // namespace quy::tools

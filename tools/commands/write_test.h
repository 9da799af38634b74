#pragma once
// `--write-test FILE`, the same for every command that finds records worth keeping.

#include <CLI/CLI.hpp>

#include <string>

#include "tools/context.h"
#include "tools/testing/written_tests.h"

namespace quy::tools {

CLI::Option* add_write_test(CLI::App& command, const Context& context, std::string& path);

/// kDone, or what to end with after a message. Nothing is done without a path.
int write_tests(const Context& context, const std::string& path, const WrittenTests& tests);

}  // namespace quy::tools

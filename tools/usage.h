#pragma once
// The words of the command line itself, in the language of the run.

#include <CLI/CLI.hpp>
#include <string>

#include "tools/context.h"

namespace quy::tools {

/// Headings and marks of help texts; before options and commands are added.
void name_parts_of_help(const Context& context, CLI::App& app);

/// What is wrong with the arguments.
std::string usage_fault(const Context& context, const CLI::ParseError& error);

}  // namespace quy::tools

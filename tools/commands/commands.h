#pragma once
// One file a command. Each adds its own subcommand and says what to run when it was chosen.

#include <CLI/CLI.hpp>

#include "tools/context.h"

namespace quy::tools {

/// Set by the chosen subcommand's callback; main() returns it.
using Status = int;

void add_init(CLI::App& app, Context& context, Status& status);
void add_check(CLI::App& app, Context& context, Status& status);
void add_lint(CLI::App& app, Context& context, Status& status);
void add_build(CLI::App& app, Context& context, Status& status);
void add_eval(CLI::App& app, Context& context, Status& status);
void add_ingest(CLI::App& app, Context& context, Status& status);
void add_replay(CLI::App& app, Context& context, Status& status);
void add_explain(CLI::App& app, Context& context, Status& status);
void add_list(CLI::App& app, Context& context, Status& status);
void add_coverage(CLI::App& app, Context& context, Status& status);
void add_readings(CLI::App& app, Context& context, Status& status);
void add_doc(CLI::App& app, Context& context, Status& status);
void add_form(CLI::App& app, Context& context, Status& status);
void add_schema(CLI::App& app, Context& context, Status& status);
void add_test(CLI::App& app, Context& context, Status& status);
void add_refine(CLI::App& app, Context& context, Status& status);
void add_diff(CLI::App& app, Context& context, Status& status);
void add_gaps(CLI::App& app, Context& context, Status& status);
void add_theorems(CLI::App& app, Context& context, Status& status);
void add_fmt(CLI::App& app, Context& context, Status& status);
void add_disasm(CLI::App& app, Context& context, Status& status);

}  // namespace quy::tools

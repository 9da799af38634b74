#pragma once
// What a long run does when it is stopped from outside.

#include "tools/context.h"

namespace quy::tools {

/// From now on SIGINT, SIGTERM and SIGHUP remove the unfinished files, say so in one line and end the program with kUnreadable; and writing
/// to a pipe that nobody reads any more fails instead of killing the program.
void end_cleanly_when_interrupted(const Context& context);

}  // namespace quy::tools

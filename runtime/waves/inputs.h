#pragma once
// A run's evidence, which may be read more than once.

#include <functional>
#include <optional>

#include "runtime/facts/facts.h"

namespace quy::waves {

/// Reads all inputs once, in order; returns why one could not be read.
using Feed = std::function<std::optional<Message>(facts::Reader&, facts::Reader::Sink&)>;

}  // namespace quy::waves

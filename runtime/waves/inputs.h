#pragma once
// A run's evidence, which may be read more than once.

#include <functional>
#include <optional>
#include <string>

#include "runtime/facts/facts.h"

namespace quy::waves {

/// Who reads the evidence of a run: told where each input begins and ends.
class InputSink : public facts::Reader::Sink {
 public:
  /// `name` is shown where records are refused; empty when there is only one input.
  virtual void begin_input(const std::string& name) = 0;
  virtual void end_input() = 0;
};

/// Reads all inputs once, in order; returns why one could not be read.
using Feed = std::function<std::optional<Message>(facts::Reader&, InputSink&)>;

}  // namespace quy::waves

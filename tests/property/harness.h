#pragma once
// The engines beside the reference: one random pack compiled, and what each engine says of a record compared with it.

#include <functional>
#include <optional>
#include <string>

#include "runtime/bytecode/module.h"
#include "tests/property/random_pack.h"
#include "tests/reference/completions.h"
#include "tests/reference/evaluator.h"

namespace quy::property {

/// A difference in words, or nothing.
using Difference = std::optional<std::string>;

/// The pack as a module that has gone through bytes and the verifier; or why it did not get there.
struct Compiled {
  bytecode::Module module;
  Difference problem;
  const bytecode::Subject& subject() const { return module.subjects.front(); }
};
Compiled compile(const RandomPack& made);

/// One engine's answers about one complete record.
struct Answers {
  std::function<reference::Truth(bytecode::Register)> truth;
  std::function<reference::Value(bytecode::Register)> number;
  std::function<reference::Outcome(bytecode::Register)> outcome;
};

/// Total, outcome, and every observable, compared with the reference.
Difference compare(const RandomPack& made, const Compiled& compiled, const reference::Result& expected, const Answers& answers);

/// The code read by the sentences of opcodes.def.
Difference compare_lowering(const RandomPack& made, const Compiled& compiled, const reference::Evidence& evidence);

std::string describe(reference::Truth truth);
std::string describe(const reference::Value& value);
std::string describe(const reference::Outcome& outcome);
std::string describe(const std::optional<Rational>& number);

}  // namespace quy::property

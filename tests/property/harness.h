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

/// What one engine says of one record: whether an expected value agrees with it, and its own words for the difference. An engine that knows
/// everything agrees with one value; one that knows bounds agrees with all within them.
struct Answers {
  std::function<bool(bytecode::Register, reference::Truth)> truth;
  std::function<bool(bytecode::Register, const reference::Value&)> number;
  std::function<bool(bytecode::Register, const reference::Outcome&)> outcome;
  std::function<std::string(bytecode::Register)> found;
};

/// Total, outcome, requirements, and every observable, compared with the reference.
Difference compare(const RandomPack& made, const Compiled& compiled, const reference::Result& expected, const Answers& answers);

/// The code read by the sentences of opcodes.def.
Difference compare_lowering(const RandomPack& made, const Compiled& compiled, const reference::Evidence& evidence);

/// The machine, with registers shared and not, over several complete records at once; with the readings given, or the pack's own.
Difference compare_machine(const RandomPack& made, const Compiled& compiled, const std::vector<reference::Evidence>& records);

/// The code as solver terms, with the evidence fixed to one complete record: some model agrees with it, and gives every register that is
/// analysed the value of the reference. What the head of a record says is replaced by what symbolic evidence has there.
Difference compare_encoding(const RandomPack& made, const Compiled& compiled, reference::Evidence evidence);

/// find_gaps() beside records that are tried: what it proves impossible is met by none of them.
Difference compare_gaps(const RandomPack& made, const Compiled& compiled, const std::vector<reference::Evidence>& records);

/// How much a comparison over whole grids has seen.
struct GridCounts {
  std::size_t grids = 0, records = 0, settled = 0, not_settled = 0;
};
/// find_gaps() and the theorems beside every complete record of a pack that has no lists and at most so many records: what is possible is shown
/// by some of them, what is proved impossible by none.
Difference compare_grid(const RandomPack& made, const Compiled& compiled, std::uint64_t most, GridCounts& counts);

/// Every complete record of a pack without lists; nothing when there are more.
std::optional<std::vector<reference::Evidence>> every_record(const RandomPack& made, const Compiled& compiled, std::uint64_t most);

/// Turns one comparison of the pack around; false when it has none.
bool change_one_rule(RandomPack& made, Random& random);

/// refine() of a changed pack against the pack it came from, beside every complete record.
Difference compare_refinement(const RandomPack& framework, const Compiled& compiled, const RandomPack& local, const Compiled& changed, std::uint64_t most,
                              GridCounts& counts);

/// compare_versions() of a pack and a changed copy, beside every complete record.
Difference compare_diff(const RandomPack& before, const Compiled& compiled, const RandomPack& after, const Compiled& changed, std::uint64_t most,
                        GridCounts& counts);

/// Gives the record the head that symbolic evidence has.
void set_head(const bytecode::Subject& subject, reference::Evidence& evidence);

struct CompletionLimits {
  std::uint64_t product = 200;           ///< completions that are all tried
  std::uint32_t samples = 20;            ///< else so many of them
};
/// Incomplete evidence: what the machine and vm::complete() say of it against its completions.
Difference compare_bounds(const RandomPack& made, const Compiled& compiled, const reference::Evidence& evidence, const CompletionLimits& limits,
                          Random& random);

std::string describe(reference::Truth truth);
std::string describe(const reference::Value& value);
std::string describe(const reference::Outcome& outcome);
std::string describe(const std::optional<Rational>& number);

}  // namespace quy::property

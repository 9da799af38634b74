#pragma once
// The host's door to the runtime: load a pack, rate records, explain one.
//
// A host needs this header and the libraries below it; nothing of the compiler. tests/link/runtime_only.cpp is the proof.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/language.h"
#include "runtime/bytecode/module.h"

namespace quy {

/// A verified pack.
class Pack {
 public:
  /// From the bytes of a .qpk file: decoded and verified, or the reason why not.
  static std::variant<Pack, Message> from_bytes(std::string_view bytes);
  /// From a module that the compiler has just made.
  static std::variant<Pack, Message> from_module(bytecode::Module module);

  const bytecode::Module& module() const { return *module_; }
  const std::string& sha256() const { return sha256_; }
  std::optional<std::uint32_t> find_subject(std::string_view id) const;

 private:
  static std::variant<Pack, Message> make(bytecode::Module module, std::string sha256);

  std::shared_ptr<const bytecode::Module> module_;
  std::string sha256_;
};

enum class ResultFormat { ndjson, json, csv };

/// What a run did; in = results + rejected, always.
struct EvaluationSummary {
  std::uint64_t records_in = 0, results = 0, rejected = 0;
  /// By subject id, in the pack's order.
  struct OfSubject {
    std::uint32_t subject = 0;   ///< index in the pack
    std::string id, label;
    std::vector<std::string> level_ids, level_labels;
    std::vector<std::uint64_t> by_level;
    std::uint64_t results = 0;
    std::uint64_t undecided = 0, authority = 0, gap = 0, not_rated = 0;
  };
  std::vector<OfSubject> subjects;
  std::map<std::string, std::uint64_t> undecided_for;  ///< missing field, `label (id)` → records
  std::map<std::string, std::uint64_t> handed_over_by; ///< clause → records
  std::map<std::string, std::uint64_t> rejected_for;   ///< code of the message → records
  std::vector<Message> warnings;                       ///< of the whole run: what the evidence says to no effect
};

/// How far a run is, for who watches it.
struct Progress {
  std::uint64_t records = 0;   ///< rated or refused so far
  std::uint64_t bytes = 0;     ///< of the inputs, as they are on disk, in this reading
  std::uint32_t reading = 1;   ///< records that depend on each other are read several times, and those of every stage
};

/// Where a run stands between two pieces of its evidence: everything before has been written, nothing after. A run with the same pack,
/// evidence and options that goes on from here writes the rest to the byte.
struct Checkpoint {
  std::uint32_t pass = 0;        ///< of those over all evidence that write results: one a stage with `all`
  std::uint32_t input = 0;       ///< index of the input that comes next, or is being read
  std::uint64_t byte = 0, line = 1, input_records = 0;   ///< place in it; always 0, 1, 0 for inputs that cannot be cut
  std::uint64_t records = 0;     ///< of this pass
  bool any_result = false;       ///< of the whole run
  EvaluationSummary summary;     ///< of this pass
};

struct EvaluationOptions {
  // Every member has an initialiser, so that a host may name only those it sets.
  std::string stage = {};                              ///< empty: the last; `all`: one result block a stage
  std::map<std::string, std::string> readings = {};    ///< --reading NAME=R
  ResultFormat format = ResultFormat::ndjson;
  std::vector<std::string> fields = {};                ///< keys to keep, in this order; empty: all
  bool detail = false;                                 ///< groups and criteria too
  std::vector<std::string> earlier_results = {};       ///< --results, --history: files of results that records of this run take
  bool explained = false;                              ///< NDJSON only: behind the line of each result a line with its explanation, as `explain` has it
  Language language = Language::vi;
  unsigned threads = 1;                                ///< at most; whatever their number, the run writes the same bytes
  std::function<void(const Progress&)> progress = {};  ///< called now and then, by one thread at a time
  /// Called now and then, by one thread at a time, when everything before the checkpoint has gone to the streams.
  std::function<void(const Checkpoint&)> checkpoint = {};
  std::optional<Checkpoint> go_on_from = {};           ///< the streams already hold what comes before
};

/// Rates every record of the inputs ("-" is standard input), results in input order. An input that cannot be read ends the run with a
/// message; what came before is not lost. So does a stream that fails, without a message: who owns the stream sees why.
std::variant<EvaluationSummary, Message> evaluate(const Pack& pack, const std::vector<std::string>& inputs, const EvaluationOptions& options,
                                                  std::ostream& results, std::ostream* rejects);
/// The same over text in memory.
std::variant<EvaluationSummary, Message> evaluate_text(const Pack& pack, std::string_view evidence, const EvaluationOptions& options,
                                                       std::ostream& results, std::ostream* rejects);

/// The table that a committee reads first: subjects by level, undecided and why, for the authority, rejected.
void write_summary(std::ostream& out, const EvaluationSummary& summary, Language language);

/// Why this rating, clause by clause, and why not the level above; or why there is none to explain.
struct Explanation {
  bool found = false;                                  ///< some record has this id, even if it was rejected
  std::optional<Message> problem;                      ///< not found, rejected, input unreadable, wrong options; text and json are then empty
  std::string text;                                    ///< for people
  std::string json;                                    ///< the same tree for tools
};
Explanation explain(const Pack& pack, const std::vector<std::string>& inputs, const std::string& id, const EvaluationOptions& options);

}  // namespace quy

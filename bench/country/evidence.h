#pragma once
// Invented evidence for any subject of a pack, made from what the pack itself says of its fields.

#include <cstdint>
#include <string>
#include <vector>

#include "bench/random.h"
#include "runtime/bytecode/module.h"

namespace quy::bench {

/// What a record says of itself besides its evidence.
struct RecordPlace {
  std::string id, unit, cohort;
  std::vector<std::string> charges;   ///< ids whose results it takes
};

class EvidenceWriter {
 public:
  explicit EvidenceWriter(const bytecode::Module& module) : module_(module) {}

  /// Appends one line of NDJSON for the year 2025. Most records are complete and good; some lack facts, a few are to be refused.
  void append(const bytecode::Subject& subject, const RecordPlace& place, Random& random, std::string& out);

 private:
  /// How well the subject did, and what is wrong with the record.
  struct Mood {
    std::int32_t good = 0;        ///< per cent of the facts that speak for it
    std::int32_t missing = 0;     ///< per cent of the facts that are not there yet
    bool to_be_refused = false;
  };
  static Mood mood(Random& random);
  void append_evidence(const bytecode::Subject& subject, const RecordPlace& place, const Mood& mood, Random& random, std::string& out);
  void append_list(const bytecode::Subject& subject, std::uint32_t list, const RecordPlace& place, const Mood& mood, Random& random, std::string& out);
  void append_value(const bytecode::Subject& subject, std::uint32_t field, const RecordPlace& place, const Mood& mood, Random& random, std::string& out);
  void append_scores(const bytecode::Subject& subject, const Mood& mood, Random& random, std::string& out);
  std::int64_t number(const bytecode::Subject& subject, std::uint32_t field, const Mood& mood, Random& random);

  const bytecode::Module& module_;
  std::vector<std::int64_t> numbers_;   ///< by field: what this record says, for the parts of a whole; -1: nothing
};

}  // namespace quy::bench

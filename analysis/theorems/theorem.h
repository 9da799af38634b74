#pragma once
// Statements about one subject that anyone expects to hold, each proved or refuted.

#include <chrono>
#include <vector>

#include "analysis/direction.h"
#include "analysis/record/record.h"
#include "runtime/vm/program.h"

namespace quy::analysis {

enum class Theorem : std::uint8_t {
  level_reachable,        ///< some record gets the level
  criterion_counts,       ///< two records that differ only in the criterion's own evidence differ in the total
  more_never_lowers,      ///< while a number rises, the points of a criterion do not both rise and fall
  no_evidence_no_points,  ///< a record with no evidence is not granted any point of the criterion
  neutral                 ///< a text has no influence, or only by being the record's own unit
};

enum class Standing : std::uint8_t {
  proved,
  excepted,  ///< it does not hold, where it is not meant to: a whole of which the criterion reads a part
  refuted,
  not_settled
};

/// By what a statement is settled.
enum class Proof : std::uint8_t {
  witness,   ///< records run on the machine
  solver,    ///< no complete record says otherwise
  form,      ///< the code can do nothing else
  not_read,  ///< no code reads it
  own_unit   ///< code only asks whether it is the record's own unit
};

struct Statement {
  Theorem theorem = Theorem::level_reachable;
  Standing standing = Standing::not_settled;
  Proof proof = Proof::witness;
  std::uint32_t level = bytecode::kNone, criterion = bytecode::kNone,
                field = bytecode::kNone;  ///< what it is about, by theorem
  Direction direction = Direction::none;  ///< more_never_lowers
  /// Records of the subject, run on the machine. A level: one. Pairs otherwise, the number or text changed second: one that shows an effect;
  /// of points that rise and fall, one that falls and one that rises; of a criterion that does not count, its points change and the total not.
  std::vector<Record> witness;
  bool over_stated_total = false;       ///< the witness belongs to the subject's variant over a stated total
  std::vector<Bilingual> not_analysed;  ///< why it is not settled, beyond time
};

/// Whose theorems, and how long a question may take.
struct Inquiry {
  const bytecode::Module& module;  ///< with variants over stated totals
  std::uint32_t subject;
  const vm::Program::Readings& readings;
  int year;  ///< of the records
  std::chrono::milliseconds limit;

  const bytecode::Subject& of() const { return module.subjects[subject]; }
};

}  // namespace quy::analysis

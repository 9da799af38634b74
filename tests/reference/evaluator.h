#pragma once
// What docs/language.md says a record's points and rating are, written down once more, slowly and obviously, over the typed program.
//
// It exists to disagree with compiler/ir and runtime/vm: it shares no lowering, no planes, no ranges and no floating point with them. It
// only rates complete evidence. What missing evidence could still change is found by trying every completion (completions.h).
//
// Corners that docs/language.md leaves open are decided here by the most natural reading; each is marked "CORNER".

#include <optional>
#include <vector>

#include "compiler/sema/typed.h"
#include "tests/reference/evidence.h"

namespace quy::reference {

/// A condition over complete evidence. The fourth value, missing, belongs to completions.
enum class Truth : std::uint8_t { no, yes, left_out };

/// Anything that is not a condition.
struct Value {
  bool left_out = false;
  Rational number;                       ///< a number, day, index of a step, table row, level or criterion
  std::string text;
  friend bool operator==(const Value&, const Value&) = default;
};

/// Points of a criterion or group as they enter the sum around them.
struct Part {
  /// Nothing when left out and the treatment gives no points.
  std::optional<Rational> points;
  Rational maximum;                      ///< weight in the scale around it, coefficient included
  bool applies = true;                   ///< false: left out, whatever the treatment gives; a group: nothing is left in it
  std::optional<syntax::NaCause> cause;  ///< when left out
};

struct Outcome {
  enum class Kind : std::uint8_t { level, gap, not_rated, authority } kind = Kind::gap;
  std::uint32_t level = 0;               ///< 0 the best
  friend bool operator==(const Outcome&, const Outcome&) = default;
  friend auto operator<=>(const Outcome&, const Outcome&) = default;
};

/// The value of a formula of the record (one entry), or in each row of its list.
struct Traced {
  std::vector<Truth> truths;
  std::vector<Value> values;
};

struct Result {
  std::optional<Rational> total;
  std::vector<Part> criteria, groups;
  std::optional<Outcome> outcome;        ///< nothing when the subject has no rating
  std::vector<Traced> exprs;             ///< beside Subject::exprs
  bool no_basis = false;                 ///< a comparison with (phải có) is left out
  bool meets_requirements = true;        ///< false: such a record is rejected before it is rated
};

/// `evidence` must hold nothing missing but decisions that were not given. Readings are taken as the pack has chosen them.
Result evaluate(const sema::Pack& pack, const sema::Subject& subject, const Evidence& evidence);

/// Every field a rule reads, by index, sorted; readings by their chosen option only.
std::vector<std::uint32_t> fields_read(const sema::Pack& pack, const sema::Subject& subject, const std::vector<sema::ExprId>& roots);

}  // namespace quy::reference

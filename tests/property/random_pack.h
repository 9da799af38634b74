#pragma once
// Random packs of one subject, straight in the typed form, and random evidence for them.
//
// Everything follows from a seed and a size, on every machine alike. Ranges are small and constants lie on their bounds, so that cases meet
// thresholds often and every completion of missing evidence can be tried.

#include <cstdint>
#include <memory>

#include "base/source.h"
#include "compiler/sema/typed.h"
#include "tests/reference/evidence.h"

namespace quy::property {

/// A small generator with the same numbers everywhere; the distributions of the standard library differ from one to the next.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 0x2545f4914f6cdd1dULL) {}
  std::uint64_t next();
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(next() % bound); }
  std::uint32_t between(std::uint32_t low, std::uint32_t high) { return low + below(high - low + 1); }
  bool percent(std::uint32_t chance) { return below(100) < chance; }
  template <typename T>
  const T& of(const std::vector<T>& items) {
    return items[below(static_cast<std::uint32_t>(items.size()))];
  }

 private:
  std::uint64_t state_;
};

/// How much of everything a pack holds at most.
struct Size {
  std::uint32_t fields = 6, lists = 2, rows = 3, depth = 3, groups = 4, criteria = 5, rules = 3, levels = 4, readings = 2;
};

/// What a pack may hold. All of it by default; a test turns off what is known to be open.
struct Features {
  bool left_out = true;                  ///< fields that may be left out
  bool must_exist = true;                ///< (phải có)
  bool must_exist_everywhere = true;     ///< also in conditions on rows, formulas of points and conditions of levels
  bool coefficients = true;
  bool nested_groups = true;
  bool mixed_treatments = true;          ///< else one treatment for the whole sheet
  bool least_shares = true;
  bool points_in_rules = true;           ///< `điểm X`, `tổng điểm`
  bool hand_overs = true;
  bool several_hand_overs = false;       ///< OPEN: what two clauses in force do together
  bool wide_fields = true;               ///< fields with ranges that cannot be tried
  bool fractions = true;                 ///< quotients of fields
};

struct RandomPack {
  SourceMap sources;                     ///< one file, one line for each formula: line i + 1 is formula i
  sema::Pack pack;
  const sema::Subject& subject() const { return pack.subjects.front(); }
};

RandomPack random_pack(Random& random, const Size& size, const Features& features = {});

struct EvidenceOptions {
  std::uint32_t missing = 0;             ///< percent of fields that are missing
  std::uint32_t missing_lists = 0;
  std::uint32_t left_out = 25;           ///< percent of the fields that may be
};
reference::Evidence random_evidence(Random& random, const RandomPack& made, const Size& size, const EvidenceOptions& options);

/// Whether the pack is one that sema could have made, as far as random packs and what is left of them after shrinking can go wrong: no divisor
/// and no number of times can be negative, and groups close.
bool is_valid(const RandomPack& made);

/// Whether a formula can be left out, as far as its form tells.
bool may_be_left_out(const sema::Subject& subject, sema::ExprId id);

}  // namespace quy::property

#pragma once
// What results and explanations look up about one subject, worked out once a run: its observables as a tree, its rating rules by phase.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/vm/machine.h"
#include "runtime/vm/program.h"

namespace quy::trace {

using bytecode::kNone;
using bytecode::Register;
using bytecode::Role;

/// One rule of a rating: the Boolean that makes it act, and the level it speaks of (of a bar: the best level that it still allows).
struct Rule {
  std::uint32_t observable = kNone;        ///< kNone: a rule that the pack says nothing of
  Register condition = kNone;              ///< of a cap: the number of the best level that it allows
  std::uint32_t level = kNone;
  std::vector<std::uint32_t> fields;       ///< evidence that the condition reads
};

/// A comparison as written, split at its sign: `vượt_mức / giao`, `≥`, `30%`. The sign is empty when there is none outside brackets.
struct Comparison {
  std::string left, sign, right;
};
Comparison split_comparison(std::string_view text);

/// A hand-over, with what bounds the authority's choice.
struct HandOver {
  Rule rule;
  vm::OutcomeSet allowed = 0;        ///< mask of levels
  Register bound = kNone;            ///< levels: not better than this outcome
  std::uint32_t decision = kNone;    ///< field that carries the decision
};

/// Rules of the rating in the order in which the phases run.
struct Phases {
  std::uint32_t root = kNone;
  Register band = kNone;             ///< levels by points alone; kNone when levels have conditions instead
  std::vector<Rule> not_rated, level_conditions, needs, no_basis, bars, lowers, caps, forces;
  std::vector<HandOver> hand_overs;
};

class SubjectIndex {
 public:
  /// The program must outlive the index.
  explicit SubjectIndex(const vm::Program& program);

  const vm::Program& program() const { return *program_; }
  const bytecode::Module& module() const { return program_->module(); }
  const bytecode::Subject& subject() const { return program_->subject(); }
  const bytecode::Observable& observable(std::uint32_t index) const { return subject().observables[index]; }
  const bytecode::Instruction& instruction(Register reg) const { return subject().code[reg]; }

  const std::vector<std::uint32_t>& children(std::uint32_t observable) const { return children_[observable]; }
  const Phases& phases() const { return phases_; }
  /// Nothing for a subject without a rating.
  const bytecode::RatingInfo* rating() const { return rating_; }
  std::size_t level_count() const { return rating_ == nullptr ? 0 : rating_->levels.size(); }
  /// Label of a level; its id when it has none.
  const std::string& level_label(std::uint32_t level) const;
  const std::vector<std::string>& clauses(std::uint32_t observable) const;
  bool is_within(std::uint32_t observable, std::uint32_t ancestor) const;

  /// The atom or exception below `ancestor` (kNone: anywhere) that `reg` computes; kNone when there is none.
  std::uint32_t atom_of(Register reg, std::uint32_t ancestor) const;
  /// The sides of an atom's text, which is taken apart only once.
  const Comparison& sides(std::uint32_t atom, Language language) const { return sides_[atom][static_cast<std::size_t>(language)]; }
  /// Evidence fields that a register depends on, in field order.
  std::vector<std::uint32_t> fields_read(Register reg) const;

 private:
  void link_children();
  void collect_phases();
  void collect(std::uint32_t observable);
  void collect_unseen_caps();
  HandOver hand_over(const Rule& rule) const;
  Rule rule(std::uint32_t observable) const;
  /// Guards against a pack whose rule names a level that the rating does not have.
  bool speaks_of_a_level(Role role, std::uint32_t level) const;
  std::uint32_t best_allowed(Register condition, std::uint32_t barred) const;

  const vm::Program* program_;
  const bytecode::RatingInfo* rating_ = nullptr;
  std::vector<std::vector<std::uint32_t>> children_;
  std::vector<std::pair<Register, std::uint32_t>> atoms_;   ///< sorted by register
  std::vector<std::array<Comparison, 2>> sides_;   ///< by observable, then language
  Phases phases_;
};

}  // namespace quy::trace

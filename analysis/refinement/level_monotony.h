#pragma once
// Whether more points may ever cost a level: two totals beside the same evidence.

#include <chrono>
#include <optional>

#include "analysis/record/pair.h"
#include "analysis/refinement/questions.h"

namespace quy::analysis {

/// Whether the subject rates a total that the record states.
bool states_total(const bytecode::Subject& subject);

class LevelMonotony {
 public:
  /// `rating`: one subject, a slice that rates a stated total; records lie in `year`.
  LevelMonotony(const bytecode::Module& rating, int year);

  /// Both questions, each within `limit`.
  void answer(std::chrono::milliseconds limit) { questions_.answer(limit); }
  bool settled() const { return questions_.verdict(falls_) != symbolic::Verdict::not_settled; }
  /// Proved: the higher total never has the worse level, nor none.
  bool never_falls() const { return questions_.impossible(falls_); }
  /// Proved: not rated, and for the authority, it is whatever the total.
  bool keeps_kind() const { return questions_.impossible(turns_); }

  struct Fall {
    Record record;  ///< with the higher total
    vm::OutcomeSet with_more = 0, with_less = 0;
    vm::Range more, less;
  };
  /// A record in which the level falls; nothing when none was found.
  std::optional<Fall> fall();

 private:
  Pair two_;
  bytecode::Register lower_, higher_, lower_total_, higher_total_, rises_;
  std::uint32_t levels_;
  Questions questions_;
  std::size_t falls_, turns_;
};

}  // namespace quy::analysis

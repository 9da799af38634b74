#pragma once
// Finds what the completions of a record come to, with proof.
//
// Two things are kept: what completions were found to give (each a row that was run), and boxes that together hold all completions, with the
// machine's outer bound of each. A box is settled when its bound holds nothing that was not found. When all are settled the answer is
// exact. Else a box is split, at a cut of one place (cuts.h) or in its middle, and the corners of its parts are tried. Nothing depends on the
// cuts being right: with bad ones the budget runs out, and the answer is what was found and what the open boxes still allow.

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/vm/completion/trials.h"

namespace quy::vm {

/// What completions were found to give.
struct Found {
  OutcomeSet outcomes = 0;
  std::optional<Rational> low, high;
  std::map<OutcomeSet, Box> by_outcome;   ///< a completion of each outcome
  bool any = false;                       ///< some completion is allowed at all

  bool holds(const Verdict& verdict) const;
};

enum class Proof : std::uint8_t { yes, no, open };   ///< open: not settled within the budget

class Search {
 public:
  Search(Trials& trials, const Places& places);

  /// Tries corners and neighbours; no cuts are needed for that.
  void probe();
  /// Splits until everything is settled or the budget is spent. Places have their cuts by now.
  void refine();

  bool settled() const { return open_.empty(); }
  const Found& found() const { return found_; }
  /// Joined with the bounds of what is not settled.
  OutcomeSet possible() const;
  std::optional<Rational> total_low() const;
  std::optional<Rational> total_high() const;
  /// By place: it was seen, or could not be excluded, to change the outcome.
  std::vector<bool> influential();
  /// By place, after influential(): named without having been seen to matter.
  const std::vector<bool>& influence_unproved() const { return influence_unproved_; }

  /// Whether completions that agree in the places that are `kept` agree in their outcome.
  Proof decides(const std::vector<bool>& kept);
  /// Outcomes to which some value of these places leads, whatever the others are.
  OutcomeSet decided_alone_by(const std::vector<std::size_t>& places);
  /// The most by which the place was seen to move the total alone.
  const Rational& moves(std::size_t place) const { return moves_[place]; }

 private:
  struct Open {
    Box box;
    Verdict verdict;
  };

  /// Runs boxes, learns from those that are completions.
  std::vector<Verdict> run(const std::vector<Box>& boxes);
  void learn(const Box& box, const Verdict& verdict);
  void keep_open(std::vector<Open> boxes);
  void drop_settled();
  /// From a completion, one place changed at a time.
  std::vector<Box> neighbours(const Box& base, std::vector<std::size_t>* places) const;
  void probe_around(const Box& base);
  /// From completions beside which another has another outcome: there a place that moves the total a little is seen to matter.
  void probe_edges();
  std::pair<Box, Box> edge_between(Box before, Box after, std::size_t place);
  void note_directions(const Verdict& base, const std::vector<std::size_t>& places, const std::vector<Box>& boxes,
                       const std::vector<Verdict>& verdicts);
  void note_influence(const Verdict& base, const std::vector<std::size_t>& places, const std::vector<Verdict>& verdicts);
  void note_moves(const Verdict& base, const std::vector<std::size_t>& places, const std::vector<Verdict>& verdicts);
  std::vector<Box> corners(const Box& box) const;

  /// The cells of all places, when they are few enough to be run at once.
  bool run_all_cells();
  std::vector<Box> cells(const Box& box, std::size_t limit, const std::function<bool(std::size_t)>& of) const;
  std::vector<Box> all_parts(const Box& box, std::size_t place) const;
  bool split_one();
  std::size_t best_split(const std::vector<std::vector<Open>>& splits) const;
  // Influence of one place, settled by splitting the others.
  bool decide_influence(std::size_t place);
  enum class Influence : std::uint8_t { none, some, open };
  Influence influence_at(const Box& box, std::size_t place);
  bool matters_at_corners(const Box& box, std::size_t place);
  std::vector<Box> split_others(const Box& box, std::size_t place) const;
  std::vector<Box> split_at(const Box& box, std::size_t place) const;
  // A set of places that decides.
  bool others_matter_at_corners(const Box& box, const std::vector<bool>& kept);
  bool holds_a_completion(const Box& box);
  std::vector<Box> split_kept_first(const Box& box, const std::vector<bool>& kept) const;

  Trials& trials_;
  const Places& places_;
  Found found_;
  std::vector<Open> open_;
  std::vector<bool> rises_;          ///< by place: a high value is likelier to raise the total
  std::vector<bool> seen_to_matter_, influence_unproved_;
  std::vector<Rational> moves_;      ///< by place
  std::size_t budget_;
};

}  // namespace quy::vm

#include "runtime/vm/completion/deciding.h"

#include <algorithm>
#include <map>

#include "base/limits.h"

namespace quy::vm {
namespace {

class DecidingSearch {
 public:
  DecidingSearch(Search& search, const Places& places, const Reach& reach, const std::vector<bool>& influential)
      : search_(search), places_(places), reach_(reach), influential_(influential) {
    gather_items();
  }

  DecidingSet find() {
    std::vector<std::size_t> chosen, tied;
    for (std::size_t item = 0; item < items_.size(); ++item) {
      if (is_influential(item)) chosen.push_back(item);
      else if (is_tied(item)) tied.push_back(item);
    }
    bool smallest = std::none_of(chosen.begin(), chosen.end(), [&](std::size_t item) { return is_unproved(item); });
    if (!tied.empty() && search_.decides(kept(chosen)) != Proof::yes) smallest = extend(chosen, tied) && smallest;
    return ordered(chosen, smallest);
  }

 private:
  /// Places of one field are one item, whichever rows lack it.
  void gather_items() {
    std::map<std::uint32_t, std::size_t> of_field;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const Place& place = places_[i];
      if (place.is_list()) {
        items_.push_back({i});
        continue;
      }
      const auto [found, fresh] = of_field.emplace(place.field, items_.size());
      if (fresh) items_.emplace_back();
      items_[found->second].push_back(i);
    }
  }

  template <typename Of>
  bool any_place(std::size_t item, Of of) const {
    return std::any_of(items_[item].begin(), items_[item].end(), of);
  }
  bool is_influential(std::size_t item) const {
    return any_place(item, [&](std::size_t place) { return influential_[place]; });
  }
  /// Called influential for no better reason than that the contrary was not proved.
  bool is_unproved(std::size_t item) const {
    return !any_place(item, [&](std::size_t place) { return influential_[place] && !search_.influence_unproved()[place]; });
  }
  /// Whether what other places hold bounds what this one may hold.
  bool is_tied(std::size_t item) const {
    return any_place(item, [&](std::size_t i) {
      const Place& place = places_[i];
      if (place.is_list()) return reach_.list_in_requirement[place.list];
      const bool is_whole = std::any_of(places_.all().begin(), places_.all().end(), [i](const Place& part) { return part.whole == i; });
      return place.whole != bytecode::kNone || is_whole || reach_.in_requirement[place.field];
    });
  }

  std::vector<bool> kept(const std::vector<std::size_t>& items) const {
    std::vector<bool> places(places_.size(), false);
    for (const std::size_t item : items)
      for (const std::size_t place : items_[item]) places[place] = true;
    return places;
  }

  /// Adds to `chosen` as few of `tied` as do; false when fewer might.
  bool extend(std::vector<std::size_t>& chosen, const std::vector<std::size_t>& tied) {
    std::size_t tries = limits::deciding_sets;   // each with a budget of rows of its own
    bool all_refuted = true;
    for (std::size_t size = 1; size <= tied.size() && tries > 0; ++size) {
      std::vector<bool> take(tied.size(), false);
      std::fill(take.begin(), take.begin() + static_cast<std::ptrdiff_t>(size), true);
      do {
        std::vector<std::size_t> set = chosen;
        for (std::size_t i = 0; i < tied.size(); ++i)
          if (take[i]) set.push_back(tied[i]);
        // Everything that is tied, and everything that matters: nothing is left to prove.
        const Proof proof = size == tied.size() ? Proof::yes : search_.decides(kept(set));
        if (proof == Proof::yes) {
          chosen = std::move(set);
          return all_refuted;
        }
        all_refuted = all_refuted && proof == Proof::no;
      } while (--tries > 0 && std::prev_permutation(take.begin(), take.end()));
    }
    leave_away(chosen, tied);
    return false;
  }

  /// All of `tied`, but for those without which it still decides.
  void leave_away(std::vector<std::size_t>& chosen, const std::vector<std::size_t>& tied) {
    chosen.insert(chosen.end(), tied.begin(), tied.end());
    for (const std::size_t item : tied) {
      std::vector<std::size_t> without = chosen;
      std::erase(without, item);
      if (search_.decides(kept(without)) == Proof::yes) chosen = std::move(without);
    }
  }

  DecidingSet ordered(const std::vector<std::size_t>& chosen, bool smallest) {
    struct Weight {
      std::size_t item;
      OutcomeSet alone;
      Rational moves;
    };
    std::vector<Weight> weights;
    for (const std::size_t item : chosen) {
      Weight weight{item, search_.decided_alone_by(items_[item]), {}};
      for (const std::size_t place : items_[item]) weight.moves = weight.moves + search_.moves(place);
      weights.push_back(std::move(weight));
    }
    std::stable_sort(weights.begin(), weights.end(), [](const Weight& a, const Weight& b) {
      const int alone_a = __builtin_popcount(a.alone), alone_b = __builtin_popcount(b.alone);
      if (alone_a != alone_b) return alone_a > alone_b;
      if (a.moves != b.moves) return b.moves < a.moves;
      return a.item < b.item;
    });
    DecidingSet set;
    set.smallest = smallest;
    for (const Weight& weight : weights) {
      set.items.push_back(items_[weight.item]);
      set.alone.push_back(weight.alone);
    }
    return set;
  }

  Search& search_;
  const Places& places_;
  const Reach& reach_;
  const std::vector<bool>& influential_;
  std::vector<std::vector<std::size_t>> items_;
};

}  // namespace

DecidingSet find_deciding(Search& search, const Places& places, const Reach& reach, const std::vector<bool>& influential) {
  return DecidingSearch(search, places, reach, influential).find();
}

}  // namespace quy::vm

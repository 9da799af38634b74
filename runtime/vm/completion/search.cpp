#include "runtime/vm/completion/search.h"

#include <algorithm>

#include "base/limits.h"

namespace quy::vm {
namespace {

constexpr std::size_t kNoPlace = static_cast<std::size_t>(-1);
/// Places whose split is tried out before one is chosen.
constexpr std::size_t kMostTriedSplits = 12;
/// Rows spent at most on showing that one place has no influence, and boxes whose corners are tried for it.
constexpr std::size_t kInfluenceRows = 2048;
constexpr std::size_t kMostCorners = 8;
/// Bases from which neighbours are tried when looking for influence.
constexpr std::size_t kMostBases = 6;
/// Edges between outcomes that are looked for, and values of a place that are tried at once to find one.
constexpr std::size_t kMostEdges = 4;
constexpr int kTriedValues = 16;

bool is_point(const Box& box) {
  return std::all_of(box.begin(), box.end(), [](const Cell& cell) { return cell.is_point(); });
}

bool one_outcome(OutcomeSet set) { return (set & (set - 1)) == 0; }

bool differ(const Verdict& a, const Verdict& b) { return a.allowed && b.allowed && a.outcomes != b.outcomes; }

}  // namespace

bool Found::holds(const Verdict& verdict) const {
  if (!verdict.allowed) return true;
  if ((verdict.outcomes & ~outcomes) != 0) return false;
  return !verdict.has_total || (low && *low <= verdict.total_low && verdict.total_high <= *high);
}

Search::Search(Trials& trials, const Places& places)
    : trials_(trials), places_(places), rises_(places.size(), true), seen_to_matter_(places.size(), false),
      influence_unproved_(places.size(), false), moves_(places.size()), budget_(limits::completions) {}

// ---------------------------------------------------------------- running

std::vector<Verdict> Search::run(const std::vector<Box>& boxes) {
  budget_ -= std::min(budget_, boxes.size());
  std::vector<Verdict> verdicts = trials_.run(places_, boxes);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!is_point(boxes[i])) continue;
    if (!places_.fits(boxes[i])) verdicts[i].allowed = false;
    learn(boxes[i], verdicts[i]);
  }
  return verdicts;
}

void Search::learn(const Box& box, const Verdict& verdict) {
  if (!verdict.allowed) return;
  found_.any = true;
  found_.outcomes |= verdict.outcomes;
  found_.by_outcome.try_emplace(verdict.outcomes, box);
  if (!verdict.has_total) return;
  if (!found_.low || verdict.total_low < *found_.low) found_.low = verdict.total_low;
  if (!found_.high || *found_.high < verdict.total_high) found_.high = verdict.total_high;
}

void Search::keep_open(std::vector<Open> boxes) {
  for (Open& open : boxes)
    if (!found_.holds(open.verdict)) open_.push_back(std::move(open));
}

void Search::drop_settled() {
  std::erase_if(open_, [&](const Open& open) { return found_.holds(open.verdict); });
}

// ---------------------------------------------------------------- probing

std::vector<Box> Search::neighbours(const Box& base, std::vector<std::size_t>* places) const {
  std::vector<Box> boxes;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    for (const Cell& sample : places_[i].samples()) {
      if (sample == base[i]) continue;
      Box& changed = boxes.emplace_back(base);
      changed[i] = sample;
      places_.make_fit(changed, i);
      places->push_back(i);
    }
  }
  return boxes;
}

/// Whether raising a place raised the total.
void Search::note_directions(const Verdict& base, const std::vector<std::size_t>& places, const std::vector<Box>& boxes,
                             const std::vector<Verdict>& verdicts) {
  if (!base.has_total) return;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const Cell& cell = boxes[i][places[i]];
    if (cell.kind != Cell::Kind::between || !verdicts[i].has_total || verdicts[i].total_low == base.total_low) continue;
    const bool raised = cell.low != places_[places[i]].low;
    if (raised) rises_[places[i]] = base.total_low < verdicts[i].total_low;
  }
}

void Search::note_influence(const Verdict& base, const std::vector<std::size_t>& places, const std::vector<Verdict>& verdicts) {
  if (!base.allowed) return;
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    if (verdicts[i].allowed && verdicts[i].outcomes != base.outcomes) seen_to_matter_[places[i]] = true;
}

void Search::note_moves(const Verdict& base, const std::vector<std::size_t>& places, const std::vector<Verdict>& verdicts) {
  if (!base.allowed || !base.has_total) return;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (!verdicts[i].allowed || !verdicts[i].has_total) continue;
    const Rational up = verdicts[i].total_low - base.total_low;
    const Rational moved = up < Rational(0) ? Rational(0) - up : up;
    if (moves_[places[i]] < moved) moves_[places[i]] = moved;
  }
}

void Search::probe_around(const Box& base) {
  std::vector<std::size_t> places;
  std::vector<Box> boxes = neighbours(base, &places);
  if (boxes.size() > budget_ / 2) {
    boxes.resize(budget_ / 2);
    places.resize(boxes.size());
  }
  boxes.push_back(base);
  const std::vector<Verdict> verdicts = run(boxes);
  boxes.pop_back();
  note_directions(verdicts.back(), places, boxes, {verdicts.begin(), verdicts.end() - 1});
  // A neighbour whose parts were made to fit differs in more than one place; influence is only seen where nothing else moved.
  std::vector<std::size_t> alone;
  std::vector<Verdict> of_alone;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    std::size_t moved = 0;
    for (std::size_t p = 0; p < base.size(); ++p) moved += boxes[i][p] != base[p];
    if (moved != 1) continue;
    alone.push_back(places[i]);
    of_alone.push_back(verdicts[i]);
  }
  note_influence(verdicts.back(), alone, of_alone);
  note_moves(verdicts.back(), alone, of_alone);
}

/// The place goes from the one to the other, in which the outcome differs, until the two are as near as its grid allows.
std::pair<Box, Box> Search::edge_between(Box before, Box after, std::size_t place) {
  const auto is_value = [place](const Box& box) { return box[place].kind == Cell::Kind::between; };
  while (budget_ > 0 && is_value(before) && is_value(after)) {
    const std::int64_t from = before[place].low, to = after[place].low;
    std::vector<Box> boxes{before};
    for (int i = 1; i <= kTriedValues; ++i) {
      const auto value = static_cast<std::int64_t>(from + (Int128{to} - from) * i / (kTriedValues + 1));
      const Cell tried = exactly(places_[place].on_grid_to(value));
      if (tried == boxes.back()[place] || tried == after[place]) continue;
      Box& box = boxes.emplace_back(before);
      box[place] = tried;
      places_.make_fit(box, place);
    }
    if (boxes.size() == 1) break;
    boxes.push_back(after);
    const std::vector<Verdict> verdicts = run(boxes);
    std::size_t turn = 1;
    while (turn < boxes.size() - 1 && !differ(verdicts[0], verdicts[turn])) ++turn;
    before = boxes[turn - 1];
    after = boxes[turn];
  }
  return {std::move(before), std::move(after)};
}

void Search::probe_edges() {
  Box all = places_.everything();
  if (!places_.tighten(all)) return;
  const std::vector<Box> ends = corners(all);
  std::vector<Box> path{ends[1]};
  std::vector<std::size_t> moved;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (path.back()[i] == ends[0][i]) continue;
    Box next = path.back();
    next[i] = ends[0][i];
    places_.make_fit(next, i);
    path.push_back(std::move(next));
    moved.push_back(i);
  }
  budget_ = kInfluenceRows;
  const std::vector<Verdict> verdicts = run(path);
  for (std::size_t i = 0, edges = 0; i < moved.size() && edges < kMostEdges; ++i) {
    if (!differ(verdicts[i], verdicts[i + 1])) continue;
    ++edges;
    const auto [before, after] = edge_between(path[i], path[i + 1], moved[i]);
    probe_around(before);
    probe_around(after);
  }
}

std::vector<Box> Search::corners(const Box& box) const {
  std::vector<bool> falls(rises_.size());
  for (std::size_t i = 0; i < falls.size(); ++i) falls[i] = !rises_[i];
  return {places_.corner(box, rises_), places_.corner(box, falls)};
}

void Search::probe() {
  Box all = places_.everything();
  if (!places_.tighten(all)) return;
  const std::vector<bool> low(places_.size(), false), high(places_.size(), true);
  const std::vector<Verdict> root = run({all});
  probe_around(places_.corner(all, low));
  keep_open({{all, root[0]}});
  if (settled()) return;
  probe_around(places_.corner(all, high));
  run(corners(all));
  drop_settled();
}

// ---------------------------------------------------------------- splitting

std::vector<Box> Search::cells(const Box& box, std::size_t limit, const std::function<bool(std::size_t)>& of) const {
  std::vector<Box> boxes{box};
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (!of(i)) continue;
    for (std::size_t b = 0; b < boxes.size();) {
      if (!places_[i].has_start_inside(boxes[b][i])) {
        ++b;
        continue;
      }
      const std::vector<Cell> parts = places_[i].split(boxes[b][i]);
      if (boxes.size() + parts.size() > limit) return {};
      for (std::size_t p = 1; p < parts.size(); ++p) {
        boxes.push_back(boxes[b]);
        boxes.back()[i] = parts[p];
      }
      boxes[b][i] = parts[0];
      if (parts.size() == 1) ++b;
    }
  }
  std::erase_if(boxes, [&](Box& one) { return !places_.tighten(one); });
  return boxes;
}

bool Search::run_all_cells() {
  // Each cell is run with two of its corners.
  std::vector<Box> boxes;
  for (const Open& open : open_) {
    std::vector<Box> of_one = cells(open.box, budget_ / 4 + 1, [](std::size_t) { return true; });
    if (of_one.empty() || boxes.size() + of_one.size() > budget_ / 4) return false;
    boxes.insert(boxes.end(), of_one.begin(), of_one.end());
  }
  std::vector<Box> points;
  for (const Box& box : boxes)
    for (Box& corner : corners(box)) points.push_back(std::move(corner));
  run(points);
  const std::vector<Verdict> verdicts = run(boxes);
  open_.clear();
  std::vector<Open> opened;
  for (std::size_t i = 0; i < boxes.size(); ++i) opened.push_back({boxes[i], verdicts[i]});
  keep_open(std::move(opened));
  return true;
}

/// The place whose parts leave the least open: settled parts, then narrow totals.
std::size_t Search::best_split(const std::vector<std::vector<Open>>& splits) const {
  std::size_t best = kNoPlace, least_open = 0;
  Rational least_width;
  for (std::size_t i = 0; i < splits.size(); ++i) {
    if (splits[i].empty()) continue;
    std::size_t open = 0;
    Rational width;
    for (const Open& part : splits[i]) {
      if (found_.holds(part.verdict)) continue;
      open += 1 + static_cast<std::size_t>(__builtin_popcount(part.verdict.outcomes & ~found_.outcomes));
      if (part.verdict.has_total) width = width + part.verdict.total_high - part.verdict.total_low;
    }
    if (best == kNoPlace || open < least_open || (open == least_open && width < least_width)) {
      best = i;
      least_open = open;
      least_width = width;
    }
  }
  return best;
}

/// Splits the first open box at the best of its places; false when none can be split.
bool Search::split_one() {
  const Open open = std::move(open_.front());
  open_.erase(open_.begin());
  std::vector<std::size_t> order;
  for (const bool with_start : {true, false})
    for (std::size_t i = 0; i < places_.size() && order.size() < kMostTriedSplits; ++i)
      if (places_[i].has_start_inside(open.box[i]) == with_start && places_[i].split(open.box[i]).size() > 1) order.push_back(i);
  std::vector<Box> boxes;
  std::vector<std::size_t> of_place;
  for (const std::size_t i : order) {
    for (const Cell& part : places_[i].split(open.box[i])) {
      Box& box = boxes.emplace_back(open.box);
      box[i] = part;
      of_place.push_back(i);
      if (!places_.tighten(box)) {
        boxes.pop_back();
        of_place.pop_back();
      }
    }
  }
  if (boxes.empty() || boxes.size() >= budget_) {
    open_.push_back(open);
    return false;
  }
  const std::vector<Verdict> verdicts = run(boxes);
  std::vector<std::vector<Open>> splits(places_.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) splits[of_place[i]].push_back({boxes[i], verdicts[i]});
  std::vector<Open>& chosen = splits[best_split(splits)];
  std::vector<Box> points;
  for (const Open& part : chosen)
    for (Box& corner : corners(part.box)) points.push_back(std::move(corner));
  run(points);
  keep_open(std::move(chosen));
  drop_settled();
  return true;
}

void Search::refine() {
  if (settled()) return;
  const std::map<OutcomeSet, Box> bases = found_.by_outcome;
  std::size_t tried = 0;
  for (const auto& [outcome, base] : bases)
    if (tried++ < kMostBases) probe_around(base);
  run(corners(places_.everything()));
  drop_settled();
  if (settled()) return;
  if (run_all_cells() && settled()) return;
  while (!settled() && split_one()) {
  }
}

// ---------------------------------------------------------------- answers

OutcomeSet Search::possible() const {
  OutcomeSet set = found_.outcomes;
  for (const Open& open : open_) set |= open.verdict.outcomes;
  return set;
}

std::optional<Rational> Search::total_low() const {
  std::optional<Rational> low = found_.low;
  for (const Open& open : open_)
    if (open.verdict.has_total && (!low || open.verdict.total_low < *low)) low = open.verdict.total_low;
  return low;
}

std::optional<Rational> Search::total_high() const {
  std::optional<Rational> high = found_.high;
  for (const Open& open : open_)
    if (open.verdict.has_total && (!high || *high < open.verdict.total_high)) high = open.verdict.total_high;
  return high;
}

/// The other places are points: whether this one alone makes a difference.
Search::Influence Search::influence_at(const Box& box, std::size_t place) {
  std::vector<Box> boxes;
  for (const Cell& sample : places_[place].samples()) {
    boxes.push_back(box);
    boxes.back()[place] = sample;
  }
  OutcomeSet seen = 0;
  for (const Verdict& verdict : run(boxes))
    if (verdict.allowed) seen |= verdict.outcomes;
  if (!one_outcome(seen)) return Influence::some;
  for (const Verdict& verdict : run(all_parts(box, place)))
    if (verdict.allowed && !one_outcome(verdict.outcomes | seen)) return Influence::open;
  return Influence::none;
}

/// The box with each part of one place.
std::vector<Box> Search::all_parts(const Box& box, std::size_t place) const {
  std::vector<Box> parts = cells(box, budget_, [place](std::size_t i) { return i == place; });
  return parts.empty() ? std::vector<Box>{box} : parts;
}

/// Parts of the box by one of the other places: at a cut if there is one, else in a middle.
std::vector<Box> Search::split_others(const Box& box, std::size_t place) const {
  for (const bool with_start : {true, false}) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (i == place || places_[i].has_start_inside(box[i]) != with_start) continue;
      if (places_[i].split(box[i]).size() > 1) return split_at(box, i);
    }
  }
  return {};
}

std::vector<Box> Search::split_at(const Box& box, std::size_t place) const {
  std::vector<Box> boxes;
  for (const Cell& part : places_[place].split(box[place])) {
    Box& one = boxes.emplace_back(box);
    one[place] = part;
    if (!places_.tighten(one)) boxes.pop_back();
  }
  return boxes;
}

/// Whether the place makes a difference at a corner of the others: where one shows first.
bool Search::matters_at_corners(const Box& box, std::size_t place) {
  for (Box corner : corners(box)) {
    corner[place] = box[place];
    if (influence_at(corner, place) == Influence::some) return true;
  }
  return false;
}

/// Whether a place changes the outcome for some values of the others; true too when the budget does not suffice to exclude it, which is then
/// noted.
bool Search::decide_influence(std::size_t place) {
  const auto not_excluded = [&] {
    influence_unproved_[place] = true;
    return true;
  };
  std::vector<Box> boxes{places_.everything()};
  if (!places_.tighten(boxes[0])) return false;
  std::size_t corners_tried = 0;
  for (budget_ = kInfluenceRows; !boxes.empty();) {
    if (budget_ <= boxes.size()) return not_excluded();
    const std::vector<Verdict> verdicts = run(boxes);
    std::vector<Box> next;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      if (!verdicts[i].allowed || one_outcome(verdicts[i].outcomes)) continue;
      if (corners_tried++ < kMostCorners && matters_at_corners(boxes[i], place)) return true;
      std::vector<Box> parts = split_others(boxes[i], place);
      if (parts.empty()) {
        const Influence influence = influence_at(boxes[i], place);
        if (influence == Influence::some) return true;
        if (influence == Influence::open) return not_excluded();
      }
      std::move(parts.begin(), parts.end(), std::back_inserter(next));
    }
    boxes = std::move(next);
  }
  return false;
}

std::vector<bool> Search::influential() {
  if (one_outcome(possible())) return std::vector<bool>(places_.size(), false);
  const auto all_seen = [this] { return std::find(seen_to_matter_.begin(), seen_to_matter_.end(), false) == seen_to_matter_.end(); };
  std::size_t tried = 0;
  const std::map<OutcomeSet, Box> bases = found_.by_outcome;
  for (const auto& [outcome, base] : bases)
    if (!all_seen() && tried++ < kMostBases) probe_around(base);
  if (!all_seen()) probe_edges();
  std::vector<bool> result = seen_to_matter_;
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (!result[i]) result[i] = decide_influence(i);
  return result;
}

// ---------------------------------------------------------------- what decides

/// Whether two completions of the box with the same values of what is kept have different outcomes.
bool Search::others_matter_at_corners(const Box& box, const std::vector<bool>& kept) {
  for (const Box& corner : corners(box)) {
    std::vector<Box> boxes{corner};
    for (const bool high : {false, true}) {
      Box& moved = boxes.emplace_back(places_.corner(box, std::vector<bool>(places_.size(), high)));
      for (std::size_t i = 0; i < moved.size(); ++i)
        if (kept[i]) moved[i] = corner[i];
    }
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (kept[i]) continue;
      for (const Cell& sample : places_[i].samples()) {
        boxes.push_back(corner);
        boxes.back()[i] = sample;
      }
    }
    OutcomeSet seen = 0;
    for (const Verdict& verdict : run(boxes))
      if (verdict.allowed) seen |= verdict.outcomes;
    if (!one_outcome(seen)) return true;
  }
  return false;
}

/// What a bound allows may yet break a requirement everywhere; true when a corner is seen not to.
bool Search::holds_a_completion(const Box& box) {
  const std::vector<Verdict> some = run(corners(box));
  return std::any_of(some.begin(), some.end(), [](const Verdict& verdict) { return verdict.allowed; });
}

/// Parts of the box: by what is kept at a cut, then in a middle; then by the others.
std::vector<Box> Search::split_kept_first(const Box& box, const std::vector<bool>& kept) const {
  for (const bool of_kept : {true, false}) {
    for (const bool with_start : {true, false}) {
      for (std::size_t i = 0; i < places_.size(); ++i) {
        if (kept[i] != of_kept || places_[i].has_start_inside(box[i]) != with_start) continue;
        if (places_[i].split(box[i]).size() > 1) return split_at(box, i);
      }
    }
  }
  return {};
}

Proof Search::decides(const std::vector<bool>& kept) {
  struct Group {
    std::vector<Box> boxes;   ///< alike in what is kept, which are points when there is more than one
    OutcomeSet seen = 0;
  };
  const auto points_kept = [&](const Box& box) {
    for (std::size_t i = 0; i < box.size(); ++i)
      if (kept[i] && !box[i].is_point()) return false;
    return true;
  };
  std::vector<Group> groups(1);
  groups[0].boxes.push_back(places_.everything());
  if (!places_.tighten(groups[0].boxes[0])) return Proof::yes;
  for (budget_ = limits::completions; !groups.empty();) {
    Group group = std::move(groups.back());
    groups.pop_back();
    if (budget_ <= group.boxes.size()) return Proof::open;
    const std::vector<Verdict> verdicts = run(group.boxes);
    std::vector<Box> parts;
    for (std::size_t i = 0; i < group.boxes.size(); ++i) {
      const Box& box = group.boxes[i];
      if (!verdicts[i].allowed) continue;
      // One box alone needs one outcome; boxes beside each other must have the same.
      if (is_point(box)) {
        if (places_.fits(box)) group.seen |= verdicts[i].outcomes;
        continue;
      }
      if (one_outcome(verdicts[i].outcomes)) {
        const bool alone = group.boxes.size() == 1 && group.seen == 0;
        if (alone || (verdicts[i].outcomes & ~group.seen) == 0) continue;
        if (holds_a_completion(box)) {
          group.seen |= verdicts[i].outcomes;
          continue;
        }
      }
      if (others_matter_at_corners(box, kept)) return Proof::no;
      std::vector<Box> of_box = split_kept_first(box, kept);
      if (of_box.empty()) return Proof::open;
      if (points_kept(box)) {
        std::move(of_box.begin(), of_box.end(), std::back_inserter(parts));
      } else {
        for (Box& part : of_box) groups.push_back({{std::move(part)}, 0});
      }
    }
    if (!one_outcome(group.seen)) return Proof::no;
    if (!parts.empty()) groups.push_back({std::move(parts), group.seen});
  }
  return Proof::yes;
}

OutcomeSet Search::decided_alone_by(const std::vector<std::size_t>& places) {
  const Box all = places_.everything();
  std::vector<Box> boxes;
  const auto add = [&](Box box) {
    if (places_.tighten(box)) boxes.push_back(std::move(box));
  };
  if (places.size() == 1) {
    for (const Cell& sample : places_[places[0]].samples()) {
      Box box = all;
      box[places[0]] = sample;
      add(std::move(box));
    }
  } else {
    for (const bool high : {false, true}) {
      const Box corner = places_.corner(all, std::vector<bool>(places_.size(), high));
      Box box = all;
      for (const std::size_t place : places) box[place] = corner[place];
      add(std::move(box));
    }
  }
  budget_ = limits::completions;
  const std::vector<Verdict> verdicts = run(boxes);
  OutcomeSet alone = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!verdicts[i].allowed || !one_outcome(verdicts[i].outcomes)) continue;
    if (holds_a_completion(boxes[i])) alone |= verdicts[i].outcomes;
  }
  return alone;
}

}  // namespace quy::vm

#include "analysis/diff/sheet.h"

#include <algorithm>

#include "analysis/cases/subject_cases.h"
#include "analysis/diff/effects.h"
#include "analysis/diff/one_way.h"
#include "analysis/refinement/questions.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Register;
using bytecode::Subject;
using symbolic::both;
using symbolic::either;
using symbolic::negated;
using What = ItemDiff::What;

namespace {

constexpr std::uint32_t kGreater = 1, kLess = 3;  // signs of `compare`
constexpr std::size_t kMostStarts = 12;

/// One record as each version takes it.
struct BothRecords {
  Record before, after;
};

void overlay(Record& record, const Record& facts, std::size_t fields) {
  for (const auto& [field, cell] : facts.fields)
    if (field < fields) record.fields[field] = cell;  // a stated total is no fact of the record
  for (const auto& [list, rows] : facts.lists) {
    std::vector<Cells>& own = record.lists[list];
    // A witness names only the columns that matter: the others are taken from an ordinary row, where there is one.
    const Cells ordinary = own.empty() ? Cells{} : own.front();
    own = rows;
    for (Cells& row : own) row.insert(ordinary.begin(), ordinary.end());
  }
}

class SheetComparison {
 public:
  SheetComparison(const Versions& versions, Replay& replay, const NormalForm& form, const Joint& joint,
                  std::chrono::milliseconds limit)
      : versions_(versions), replay_(replay), form_(form), limit_(limit), before_(versions.before.of()), after_(versions.after.of()),
        across_(replay.across()) {
    points_.what = What::points;
    level_.what = What::level;
    has_points_ = before_.total != kNone && after_.total != kNone;
    has_level_ = before_.levels != kNone && after_.levels != kNone;
    if (has_level_)
      outcomes_.emplace(versions.before.module->ratings[before_.rating], versions.after.module->ratings[after_.rating]);
    same_points_ = has_points_ && form.same(joint.first[before_.total], joint.second[after_.total]);
    const bool comparable = has_level_ && outcomes_->same_levels();
    same_level_ = comparable && form.same(joint.first[before_.levels], joint.second[after_.levels]);
  }

  std::vector<ItemDiff> run(const Joint& joint, const std::vector<ItemDiff>& items, std::vector<Bilingual>& not_analysed) {
    if ((has_points_ && !same_points_) || (has_level_ && !same_level_)) {
      try_records(items);
      exclude(joint, items);
      if (joint_settles() && some_open()) ask(not_analysed);
    }
    std::vector<ItemDiff> all;
    if (has_points_) all.push_back(settled(std::move(points_), same_points_));
    if (has_level_) all.push_back(settled(std::move(level_), same_level_));
    return all;
  }

 private:
  // ---------------------------------------------------------------- records

  Said said(const Subject& subject, const vm::Machine& machine, std::uint32_t row) const {
    Said said;
    if (subject.total != kNone) said.points = machine.number(subject.total, row);
    if (subject.levels != kNone) said.outcomes = machine.outcomes(row);
    return said;
  }
  Reads reads(const Subject& subject) const {
    return [this, &subject](const vm::Machine& machine, std::uint32_t row) { return said(subject, machine, row); };
  }

  /// The older version's record, and what the newer asks besides from its own ordinary record.
  BothRecords taken(const Record& before, const Record& ordinary_after) const {
    BothRecords made{before, ordinary_after};
    Record moved = across_.record(before);
    for (const auto& [field, cell] : moved.fields) made.after.fields[field] = cell;
    for (auto& [list, rows] : moved.lists) made.after.lists[list] = rows;
    return made;
  }

  /// The ordinary record, everything met.
  BothRecords ordinary_record() {
    ordinary_ = all_met(replay_.before()).record;
    const BothRecords same{ordinary_, across_.record(ordinary_)};
    const auto was = replay_.run_before({same.before}, reads(before_)).front(), is = replay_.run_after({same.after}, reads(after_)).front();
    const bool met_in_both = was && is && is->points.known() && is->points.low == was->points.low && is->outcomes == was->outcomes;
    return met_in_both ? same : taken(ordinary_, all_met(replay_.after()).record);
  }

  /// From `met` on one fact after another as badly as may be; each time beginning with another fact, so that the total passes most of its
  /// values on the way down.
  std::vector<BothRecords> falling_records(const BothRecords& met) {
    const Candidates candidates(replay_.before(), roots(before_));
    const Record nothing = candidates.nothing();
    const std::vector<Place> places = lowering(candidates.places(), met.before, nothing);
    std::vector<BothRecords> all{met};
    const std::size_t starts = std::min(places.size(), kMostStarts);
    for (std::size_t start = 0; start < starts; ++start) {
      Record falling = met.before;
      for (std::size_t i = 0; i < places.size(); ++i) {
        spoil(falling, places[(start * places.size() / starts + i) % places.size()], nothing);
        all.push_back(taken(falling, met.after));
      }
    }
    return all;
  }

  static void spoil(Record& record, const Place& place, const Record& nothing) {
    if (place.is_list)
      record.lists[place.index] = nothing.lists.at(place.index);
    else
      record.fields[place.index] = nothing.fields.at(place.index);
  }

  /// The places where nothing at all costs points; those that cost the level at once only where there are no others.
  std::vector<Place> lowering(const std::vector<Place>& places, const Record& met, const Record& nothing) {
    std::vector<Record> spoiled{met};
    for (const Place& place : places) spoil(spoiled.emplace_back(met), place, nothing);
    const auto said = replay_.run_before(spoiled, reads(before_));
    std::vector<Place> mild, grave;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const auto& one = said[i + 1];
      if (!said.front() || !one || !one->points.known() || one->points.low >= said.front()->points.low) continue;
      (one->outcomes == said.front()->outcomes ? mild : grave).push_back(places[i]);
    }
    return mild.empty() ? grave : mild;
  }

  static std::vector<Register> roots(const Subject& subject) {
    std::vector<Register> all;
    for (const Register reg : {subject.total, subject.levels})
      if (reg != kNone) all.push_back(reg);
    return all;
  }

  void try_records(const std::vector<ItemDiff>& items) {
    if (before_.total == kNone || after_.total == kNone) return;
    const std::vector<BothRecords> ordinary = falling_records(ordinary_record());
    try_all(ordinary);
    for (const ItemDiff& item : items)
      for (const ChangedRecord& found : item.records) {
        std::vector<BothRecords> all = ordinary;
        for (BothRecords& each : all) {
          overlay(each.before, found.before, before_.fields.size());
          overlay(each.after, found.after, after_.fields.size());
        }
        try_all(all);
      }
    for (ItemDiff* item : {&points_, &level_})
      for (ChangedRecord& record : item->records) bring_near(*item, record);
  }

  void try_all(const std::vector<BothRecords>& records) {
    std::vector<Record> first, second;
    for (const BothRecords& each : records) {
      first.push_back(each.before);
      second.push_back(each.after);
    }
    const auto was = replay_.run_before(first, reads(before_)), is = replay_.run_after(second, reads(after_));
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (!was[i] || !is[i]) continue;
      note(points_, has_points_ && !same_points_, effect(points_, *was[i], *is[i]), records[i], *was[i], *is[i]);
      note(level_, has_level_ && !same_level_, effect(level_, *was[i], *is[i]), records[i], *was[i], *is[i]);
    }
  }

  std::optional<Effect> effect(const ItemDiff& item, const Said& was, const Said& is) const {
    if (item.what == What::points) return has_points_ ? effect_of_points(was, is, false) : std::nullopt;
    return has_level_ ? outcomes_->effect(was, is) : std::nullopt;
  }

  void note(ItemDiff& item, bool wanted, const std::optional<Effect>& effect, const BothRecords& records, const Said& was,
            const Said& is) const {
    if (!wanted || !effect || has(item, *effect)) return;
    item.records.push_back({*effect, records.before, records.after, was, is, ordinary_});
  }

  static bool has(const ItemDiff& item, Effect effect) {
    return std::ranges::any_of(item.records, [&](const ChangedRecord& each) { return each.effect == effect; });
  }

  /// Takes facts back to the ordinary ones as long as the record shows the same effect.
  void bring_near(const ItemDiff& item, ChangedRecord& record) {
    const auto take = [&](Record before, Record after) {
      const auto was = replay_.run_before({before}, reads(before_)).front(), is = replay_.run_after({after}, reads(after_)).front();
      if (!was || !is || effect(item, *was, *is) != record.effect) return;
      record = {record.effect, std::move(before), std::move(after), *was, *is, record.ordinary};
    };
    for (const auto& [field, cell] : Cells(record.before.fields)) {
      const auto usual = record.ordinary.fields.find(field);
      if (usual == record.ordinary.fields.end() || usual->second == cell) continue;
      Record before = record.before;
      before.fields[field] = usual->second;
      take(before, carried(before, record.after));
    }
    for (const auto& [list, rows] : std::map(record.before.lists)) {
      const auto usual = record.ordinary.lists.find(list);
      if (usual == record.ordinary.lists.end() || usual->second == rows) continue;
      Record before = record.before;
      before.lists[list] = usual->second;
      take(before, carried(before, record.after));
    }
  }

  /// What the newer version has of its own stays.
  Record carried(const Record& before, Record after) const {
    Record moved = across_.record(before);
    for (const auto& [field, cell] : moved.fields) after.fields[field] = cell;
    for (auto& [list, rows] : moved.lists) after.lists[list] = rows;
    return after;
  }

  // ---------------------------------------------------------------- the solver

  bool joint_settles() const { return !has_level_ || same_level_ || outcomes_->same_levels() || (has_points_ && !same_points_); }

  void ask(std::vector<Bilingual>& not_analysed) {
    const bool ask_points = has_points_ && !same_points_, ask_level = has_level_ && !same_level_ && outcomes_->same_levels();
    Joint joint = form_.rewritten();
    std::vector<Register> asked;
    if (ask_points) asked.insert(asked.end(), {joint.first[before_.total], joint.second[after_.total]});
    if (ask_level) asked.insert(asked.end(), {joint.first[before_.levels], joint.second[after_.levels]});
    if (ask_points)
      asked.insert(asked.end(), {joint.compare(asked[1], kGreater, asked[0]), joint.compare(asked[1], kLess, asked[0])});
    Questions questions(joint.module, versions_.year, asked);
    if (ask_points) {
      const z3::expr rises = questions.encoding().truth(asked[asked.size() - 2]).yes,
                     falls = questions.encoding().truth(asked.back()).yes;
      ask_each(questions, points_,
               {rises, falls, both(questions.encoding().differ(asked[0], asked[1]), negated(either(rises, falls)))});
    }
    if (ask_level) {
      const std::size_t at = ask_points ? 2 : 0;
      std::vector<z3::expr> conditions;
      for (const Effect effect : kEffects) conditions.push_back(changes(questions, asked[at], asked[at + 1], effect));
      ask_each(questions, level_, conditions);
    }
    questions.answer(limit_);
    for (const auto& each : questions.not_analysed()) not_analysed.push_back(each.reason);
    for (ItemDiff* item : {&points_, &level_}) take_answers(questions, joint, *item);
  }

  z3::expr changes(const Questions& questions, Register first, Register second, Effect effect) const {
    const z3::expr was = questions.encoding().outcome(first), is = questions.encoding().outcome(second);
    z3::expr result = questions.context().bool_val(false);
    for (const std::uint32_t a : outcomes_->all())
      for (const std::uint32_t b : outcomes_->all())
        if (a != b && outcomes_->effect(a, b) == effect)
          result = either(result, both(was == static_cast<int>(a), is == static_cast<int>(b)));
    return result;
  }

  void exclude(const Joint& joint, const std::vector<ItemDiff>& items) {
    std::vector<Effect> of_points;
    if (same_points_)
      of_points.assign(std::begin(kEffects), std::end(kEffects));
    else if (has_points_)
      of_points = excluded_of_points(versions_, joint, form_, items);
    if (!same_points_) points_.excluded = of_points;
    if (has_level_ && !same_level_ && outcomes_->same_levels()) level_.excluded = excluded_of_level(versions_, items, of_points, limit_);
  }

  bool is_settled(const ItemDiff& item, Effect effect) const {
    return has(item, effect) || std::ranges::find(item.excluded, effect) != item.excluded.end();
  }
  bool some_open() const {
    const auto open = [&](const ItemDiff& item) {
      return std::ranges::any_of(kEffects, [&](Effect effect) { return !is_settled(item, effect); });
    };
    return (has_points_ && !same_points_ && open(points_)) || (has_level_ && !same_level_ && open(level_));
  }

  /// What a record has shown already, or what follows from the parts, is not asked.
  void ask_each(Questions& questions, const ItemDiff& item, const std::vector<z3::expr>& conditions) {
    for (const Effect effect : kEffects)
      if (!is_settled(item, effect))
        asked_.push_back({item.what, effect, questions.ask(conditions[static_cast<std::size_t>(effect)])});
  }

  void take_answers(Questions& questions, const Joint& joint, ItemDiff& item) {
    for (const auto& [what, effect, number] : asked_) {
      if (what != item.what) continue;
      if (questions.impossible(number))
        item.excluded.push_back(effect);
      else if (auto record = find(questions, joint, item, effect, number))
        item.records.push_back(std::move(*record));
    }
  }

  std::optional<ChangedRecord> find(Questions& questions, const Joint& joint, const ItemDiff& item, Effect wanted,
                                    std::size_t number) {
    const auto same_effect = [&](const Said& was, const Said& is) {
      const auto found = effect(item, was, is);
      return found == wanted ? found : std::nullopt;
    };
    const Reads before = reads(before_), after = reads(after_);
    const auto record = questions.witness(number, [&](const Record& each) {
      return replay_.shown(joint, questions.bench(), each, before, after, same_effect).has_value();
    });
    return record ? replay_.shown(joint, questions.bench(), *record, before, after, same_effect) : std::nullopt;
  }

  ItemDiff settled(ItemDiff item, bool same) const {
    if (same || item.excluded.size() == std::size(kEffects)) return item;
    item.standing = item.records.empty() ? Standing::not_proved : Standing::changed;
    if (item.records.empty())
      item.reason = {"chưa tìm được hồ sơ nào khác nhau, cũng chưa chứng minh được là không có",
                     "no record that differs was found, nor was it proved that there is none"};
    return item;
  }

  struct Asked {
    What what;
    Effect effect;
    std::size_t number;
  };

  const Versions& versions_;
  Replay& replay_;
  const NormalForm& form_;
  std::chrono::milliseconds limit_;
  const Subject &before_, &after_;
  Translation across_;
  std::optional<Outcomes> outcomes_;
  bool has_points_ = false, has_level_ = false, same_points_ = false, same_level_ = false;
  Record ordinary_;
  ItemDiff points_, level_;
  std::vector<Asked> asked_;
};

}  // namespace

std::vector<ItemDiff> compare_sheets(const Versions& versions, Replay& replay, const NormalForm& form, const Joint& joint,
                                     const std::vector<ItemDiff>& items, std::chrono::milliseconds limit,
                                     std::vector<Bilingual>& not_analysed) {
  return SheetComparison(versions, replay, form, joint, limit).run(joint, items, not_analysed);
}

}  // namespace quy::analysis

#include "analysis/diff/sheet.h"

#include <algorithm>

#include "analysis/cases/subject_cases.h"
#include "analysis/diff/effects.h"
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

  std::vector<ItemDiff> run(const std::vector<ItemDiff>& items, std::vector<Bilingual>& not_analysed) {
    if ((has_points_ && !same_points_) || (has_level_ && !same_level_)) {
      try_records(items);
      if (joint_settles()) ask(not_analysed);
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

  /// Ordinary records: everything met, and from there on one fact after another as badly as may be.
  std::vector<BothRecords> ordinary_records() {
    const Record met = all_met(replay_.before()).record, met_after = all_met(replay_.after()).record;
    ordinary_ = met;
    std::vector<BothRecords> all{taken(met, met_after)};
    const Candidates candidates(replay_.before(), roots(before_));
    const Record nothing = candidates.nothing();
    std::vector<Place> places = candidates.places();
    for (int way = 0; way < 2; ++way) {
      Record falling = met;
      for (const Place& place : places) {
        if (place.is_list)
          falling.lists[place.index] = nothing.lists.at(place.index);
        else
          falling.fields[place.index] = nothing.fields.at(place.index);
        all.push_back(taken(falling, met_after));
      }
      std::ranges::reverse(places);
    }
    return all;
  }

  static std::vector<Register> roots(const Subject& subject) {
    std::vector<Register> all;
    for (const Register reg : {subject.total, subject.levels})
      if (reg != kNone) all.push_back(reg);
    return all;
  }

  void try_records(const std::vector<ItemDiff>& items) {
    if (before_.total == kNone || after_.total == kNone) return;
    const std::vector<BothRecords> ordinary = ordinary_records();
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

  /// What a record has shown already is not asked.
  void ask_each(Questions& questions, const ItemDiff& item, const std::vector<z3::expr>& conditions) {
    for (const Effect effect : kEffects)
      if (!has(item, effect))
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
  return SheetComparison(versions, replay, form, joint, limit).run(items, not_analysed);
}

}  // namespace quy::analysis

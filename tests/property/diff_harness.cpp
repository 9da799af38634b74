// A pack and a copy with one rule changed: what compare_versions() says of all records, beside every record.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/diff/diff.h"
#include "runtime/vm/shape.h"
#include "tests/property/harness.h"

namespace quy::property {

using analysis::Effect;
using analysis::ItemDiff;
using analysis::kEffects;
using analysis::Standing;
using reference::Outcome;
using reference::Part;
using reference::Result;
using What = ItemDiff::What;

namespace {

constexpr int kYear = 2025;
constexpr std::chrono::seconds kLimit{5};

/// What the records show of one thing.
struct Seen {
  std::array<bool, std::size(kEffects)> effects{};
  bool left_out_turns = false;  ///< left out in one version only: whose advantage that is depends on its treatment
  void add(Effect effect) { effects[static_cast<std::size_t>(effect)] = true; }
  bool has(Effect effect) const { return effects[static_cast<std::size_t>(effect)]; }
  bool any() const { return left_out_turns || std::ranges::find(effects, true) != effects.end(); }
};

const char* name_of(Effect effect) {
  static constexpr const char* kNames[] = {"better", "worse", "other"};
  return kNames[static_cast<std::size_t>(effect)];
}

class GridOfVersions {
 public:
  GridOfVersions(const RandomPack& before, const RandomPack& after, const analysis::SubjectDiff& found, GridCounts& counts)
      : before_(before), after_(after), found_(found), counts_(counts), criteria_(before.subject().criteria.size()) {}

  Difference run(const std::vector<reference::Evidence>& grid) {
    for (const reference::Evidence& record : grid) {
      const Result was = reference::evaluate(before_.pack, before_.subject(), record);
      const Result is = reference::evaluate(after_.pack, after_.subject(), record);
      if (was.meets_requirements && is.meets_requirements) note(was, is);
    }
    return compare();
  }

 private:
  void note(const Result& was, const Result& is) {
    for (std::size_t i = 0; i < criteria_.size(); ++i) note(criteria_[i], deducts(i), was.criteria[i], is.criteria[i]);
    if (was.total.has_value() != is.total.has_value())
      total_.add(Effect::other);
    else if (was.total && *was.total != *is.total)
      total_.add(*is.total > *was.total ? Effect::better : Effect::worse);
    if (was.outcome && is.outcome && *was.outcome != *is.outcome) level_.add(effect(*was.outcome, *is.outcome));
  }

  static void note(Seen& seen, bool fewer_is_better, const Part& was, const Part& is) {
    if (was.applies != is.applies || was.points.has_value() != is.points.has_value()) {
      seen.left_out_turns = true;
    } else if (was.points && *was.points != *is.points) {
      seen.add((*is.points > *was.points) != fewer_is_better ? Effect::better : Effect::worse);
    } else if (was.maximum != is.maximum) {
      seen.add(Effect::other);
    }
  }

  static Effect effect(const Outcome& was, const Outcome& is) {
    using Kind = Outcome::Kind;
    if (was.kind == Kind::level && is.kind == Kind::level) return is.level < was.level ? Effect::better : Effect::worse;
    if (was.kind == Kind::level && is.kind == Kind::gap) return Effect::worse;
    if (was.kind == Kind::gap && is.kind == Kind::level) return Effect::better;
    return Effect::other;
  }

  bool deducts(std::size_t criterion) const {
    const sema::Subject& subject = before_.subject();
    for (std::uint32_t group = subject.criteria[criterion].group; group != sema::kNone; group = subject.groups[group].parent)
      if (subject.groups[group].sign == sema::Group::Sign::deductions) return true;
    return false;
  }

  /// Of items that are not listed the versions have one form.
  Difference compare() {
    for (std::uint32_t i = 0; i < criteria_.size(); ++i)
      if (const Difference wrong = compare(fmt::format("criterion {}", i), find(What::criterion, i), criteria_[i])) return wrong;
    if (const Difference wrong = compare("the total", find(What::points, 0), total_)) return wrong;
    return compare("the level", find(What::level, 0), level_);
  }

  const ItemDiff* find(What what, std::uint32_t index) const {
    const auto item = std::ranges::find_if(found_.items, [&](const ItemDiff& each) {
      return each.what == what && (what != What::criterion || each.item.before == index);
    });
    return item == found_.items.end() ? nullptr : &*item;
  }

  Difference compare(const std::string& thing, const ItemDiff* item, const Seen& seen) {
    if (item == nullptr || item->standing == Standing::same) {
      ++counts_.settled;
      return seen.any() ? Difference(fmt::format("diff: {} is called the same, but records differ", thing)) : std::nullopt;
    }
    ++(item->standing == Standing::not_proved ? counts_.not_settled : counts_.settled);
    for (const Effect effect : item->excluded)
      if (seen.has(effect)) return fmt::format("diff: {}: {} is excluded, but a record shows it", thing, name_of(effect));
    for (const analysis::ChangedRecord& record : item->records)
      if (!seen.has(record.effect) && !seen.left_out_turns)
        return fmt::format("diff: {}: a record shows {}, but no record is so", thing, name_of(record.effect));
    return std::nullopt;
  }

  const RandomPack &before_, &after_;
  const analysis::SubjectDiff& found_;
  GridCounts& counts_;
  std::vector<Seen> criteria_;
  Seen total_, level_;
};

std::vector<analysis::Match> one_by_one(std::size_t count) {
  std::vector<analysis::Match> all;
  for (std::uint32_t i = 0; i < count; ++i) all.push_back({i, i});
  return all;
}

}  // namespace

Difference compare_diff(const RandomPack& before, const Compiled& compiled, const RandomPack& after, const Compiled& changed, std::uint64_t most,
                        GridCounts& counts) {
  const auto grid = every_record(before, compiled, most);
  if (!grid) return std::nullopt;
  const analysis::Versions versions{{&compiled.module, 0},
                                    {&changed.module, 0},
                                    one_by_one(before.subject().criteria.size()),
                                    one_by_one(before.subject().groups.size()),
                                    kYear};
  ++counts.grids;
  counts.records += grid->size();
  try {
    const analysis::SubjectDiff found = analysis::compare_versions(versions, kLimit);
    return GridOfVersions(before, after, found, counts).run(*grid);
  } catch (const vm::Unloadable&) {
    return std::nullopt;
  }
}

}  // namespace quy::property

#include "analysis/diff/diff.h"

#include <algorithm>
#include <optional>
#include <set>

#include "analysis/diff/effects.h"
#include "analysis/diff/items.h"
#include "analysis/diff/rating.h"
#include "analysis/diff/sheet.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Register;
using bytecode::Subject;
using What = ItemDiff::What;

namespace {

using Pairs = RegisterPairs;

class VersionComparison {
 public:
  VersionComparison(const Versions& versions, std::chrono::milliseconds limit)
      : versions_(versions),
        limit_(limit),
        before_(versions.before.of()),
        after_(versions.after.of()),
        rated_(before_.rating != kNone && after_.rating != kNone),
        same_levels_(rated_ && Outcomes(versions.before.module->ratings[before_.rating],
                                        versions.after.module->ratings[after_.rating])
                                   .same_levels()),
        joint_(join(side(versions.before), side(versions.after), {})),
        form_(joint_) {}

  SubjectDiff run() {
    made_.same_requirements = requirements(joint_.first, before_) == requirements(joint_.second, after_);
    for (const Match& criterion : versions_.criteria) compare(What::criterion, criterion);
    if (!is_sheet_same()) {
      const NormalForm proved = form_;
      suppose_same();
      for (auto group = versions_.groups.rbegin(); group != versions_.groups.rend(); ++group) {  // what is in a group first
        if (!keeps_its_criteria(*group)) continue;
        compare(What::group, *group);
        suppose_same();
      }
      form_ = proved;
      for (const ItemDiff& item : made_.items)
        if (item.standing == Standing::same) form_.equate(pairs(item.what, item.item));
    }
    if (same_levels_) std::ranges::move(compare_ratings(versions_, limit_, reasons_), std::back_inserter(made_.items));
    for (ItemDiff& sheet : compare_sheets(versions_, replay(), form_, joint_, made_.items, limit_, reasons_))
      made_.items.push_back(std::move(sheet));
    list_reasons();
    return std::move(made_);
  }

 private:
  JointSide side(const Version& version) const {
    const Subject& subject = version.of();
    JointSide made{version.module, &subject, {}, {}};
    for (std::uint32_t i = 0; i < subject.criteria.size(); ++i) add(made, subject, What::criterion, i);
    for (std::uint32_t i = 0; i < subject.groups.size(); ++i) add(made, subject, What::group, i);
    if (subject.total != kNone) made.registers.push_back(subject.total);
    if (same_levels_) made.registers.push_back(subject.levels);
    for (const bytecode::Requirement& requirement : subject.requirements) made.registers.push_back(requirement.condition);
    return made;
  }

  static void add(JointSide& side, const Subject& subject, What what, std::uint32_t index) {
    const std::uint32_t observable = observable_of(subject, what, index);
    if (observable == kNone) return;
    for (const Register reg : item_registers(subject, observable)) side.registers.push_back(reg);
  }

  std::set<Register> requirements(const std::vector<Register>& side, const Subject& subject) const {
    std::set<Register> all;
    for (const bytecode::Requirement& requirement : subject.requirements)
      all.insert(form_.of(side[requirement.condition]));
    return all;
  }

  Pairs pairs(What what, const Match& item) const { return joint_registers(versions_, joint_, what, item); }

  bool is_same_form(const Pairs& pairs) const {
    return std::ranges::all_of(pairs, [&](const auto& pair) { return form_.of(pair.first) == form_.of(pair.second); });
  }

  void compare(What what, const Match& item) {
    const Pairs registers = pairs(what, item);
    if (is_same_form(registers)) return;
    ItemDiff diff = compare_items(versions_, replay(), what, item, limit_, reasons_);
    if (diff.standing == Standing::same) form_.equate(registers);
    made_.items.push_back(std::move(diff));
  }

  /// A criterion that only one version has changes its group by itself.
  bool keeps_its_criteria(const Match& group) const {
    return std::ranges::all_of(versions_.criteria, [&](const Match& criterion) {
      return criterion.in_both() || (!holds(before_, group.before, criterion.before) && !holds(after_, group.after, criterion.after));
    });
  }
  static bool holds(const Subject& subject, std::uint32_t group, std::uint32_t criterion) {
    if (criterion == kNone || group == kNone) return false;
    std::uint32_t each = subject.criteria[criterion].group;
    while (each != kNone && each != group) each = subject.groups[each].parent;
    return each == group;
  }

  bool is_sheet_same() const {
    if (before_.total == kNone || after_.total == kNone) return true;
    return form_.same(joint_.first[before_.total], joint_.second[after_.total]);
  }

  /// What then still differs in a group is the group's own.
  void suppose_same() {
    Pairs all;
    for (const ItemDiff& item : made_.items) {
      const Pairs own = pairs(item.what, item.item);
      all.insert(all.end(), own.begin(), own.end());
    }
    form_.equate(all);
  }

  Replay& replay() {
    if (!replay_) replay_.emplace(versions_.before, versions_.after, versions_.year);
    return *replay_;
  }

  void list_reasons() {
    for (const Bilingual& reason : reasons_)
      if (std::ranges::find(made_.not_analysed, reason) == made_.not_analysed.end()) made_.not_analysed.push_back(reason);
  }

  const Versions& versions_;
  std::chrono::milliseconds limit_;
  const Subject &before_, &after_;
  bool rated_, same_levels_;
  Joint joint_;
  NormalForm form_;
  std::optional<Replay> replay_;
  std::vector<Bilingual> reasons_;
  SubjectDiff made_;
};

}  // namespace

bool SubjectDiff::same() const {
  return same_requirements &&
         std::ranges::all_of(items, [](const ItemDiff& item) { return item.standing == Standing::same; });
}

SubjectDiff compare_versions(const Versions& versions, std::chrono::milliseconds limit) {
  return VersionComparison(versions, limit).run();
}

}  // namespace quy::analysis

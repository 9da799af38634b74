#include "analysis/diff/one_way.h"

#include <algorithm>

#include "analysis/diff/items.h"
#include "analysis/diff/rating.h"
#include "analysis/direction.h"
#include "analysis/refinement/level_monotony.h"
#include "runtime/bytecode/given_total.h"
#include "runtime/vm/shape.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Register;
using bytecode::Subject;
using What = ItemDiff::What;

namespace {

bool has(const std::vector<Effect>& effects, Effect effect) { return std::ranges::find(effects, effect) != effects.end(); }

bool makes_points(const ItemDiff& item) { return item.what == What::criterion || item.what == What::group; }

/// The points of an item in either version, in the version's own registers.
std::pair<Register, Register> points_of(const Versions& versions, const ItemDiff& item) {
  const auto points = [&](const Version& version, std::uint32_t index) {
    return index == kNone ? kNone : item_registers(version.of(), observable_of(version.of(), item.what, index)).front();
  };
  return {points(versions.before, item.item.before), points(versions.after, item.item.after)};
}

/// The older version with the points of what changed stated in the record.
class StatedPoints {
 public:
  explicit StatedPoints(const Version& version)
      : module_(*version.module), subject_(version.of()), shapes_(vm::analyse(module_, version.of())) {}

  void state(Register points, bool fewer_is_better) {
    bytecode::Field field = bytecode::given_total_field();
    field.low = shapes_[points].low;
    field.high = shapes_[points].high;
    field.may_be_left_out = shapes_[points].may_be_left_out;
    bytecode::Instruction& instruction = subject_.code[points];
    instruction.opcode = bytecode::Opcode::field;
    instruction.a = static_cast<std::uint32_t>(subject_.fields.size());
    instruction.b = 0;
    instruction.operands.clear();
    subject_.fields.push_back(std::move(field));
    better_.push_back(fewer_is_better ? Direction::down : Direction::up);
  }

  /// How the total moves when every stated number moves towards what is better.
  Move total() const {
    const std::size_t first = subject_.fields.size() - better_.size();
    return moves_by_form(module_, subject_, [&](std::uint32_t field) {
      return field < first ? Direction::none : better_[field - first];
    })[subject_.total];
  }

 private:
  const bytecode::Module& module_;
  Subject subject_;
  std::vector<vm::Shape> shapes_;
  std::vector<Direction> better_;
};

}  // namespace

std::vector<Effect> excluded_of_points(const Versions& versions, const Joint& joint, const NormalForm& form,
                                       const std::vector<ItemDiff>& items) {
  NormalForm equated = form;
  StatedPoints stated(versions.before);
  bool no_better = true, no_worse = true, some = false;
  for (const ItemDiff& item : items) {
    if (!makes_points(item) || item.standing == Standing::same) continue;
    const auto [was, is] = points_of(versions, item);
    if (!item.only_points || was == kNone || is == kNone) return {};
    equated.equate(joint_registers(versions, joint, item.what, item.item));
    stated.state(was, deducts(versions.before.of(), item.what, item.item.before));
    no_better = no_better && has(item.excluded, Effect::better);
    no_worse = no_worse && has(item.excluded, Effect::worse);
    some = true;
  }
  const Subject &before = versions.before.of(), &after = versions.after.of();
  if (!some || !equated.same(joint.first[before.total], joint.second[after.total])) return {};
  const Move total = stated.total();
  if (!never_falls(total.direction)) return {};
  std::vector<Effect> excluded;
  if (no_better) excluded.push_back(Effect::better);
  if (no_worse) excluded.push_back(Effect::worse);
  if (!total.comes_and_goes) excluded.push_back(Effect::other);
  return excluded;
}

std::vector<Effect> excluded_of_level(const Versions& versions, const std::vector<ItemDiff>& items, const std::vector<Effect>& of_points,
                                      std::chrono::milliseconds limit) {
  const bool rated_alike = std::ranges::all_of(items, [](const ItemDiff& item) { return makes_points(item) || item.standing == Standing::same; });
  const bool one_way = has(of_points, Effect::better) || has(of_points, Effect::worse);
  if (!rated_alike || !one_way || !has(of_points, Effect::other) || versions.before.of().total == kNone) return {};
  const bytecode::Module rating = over_stated_total(versions.before);
  LevelMonotony monotony(rating, versions.year);
  monotony.answer(limit);
  std::vector<Effect> excluded;
  if (monotony.never_falls())
    for (const Effect effect : {Effect::better, Effect::worse})
      if (has(of_points, effect)) excluded.push_back(effect);
  if (monotony.keeps_kind()) excluded.push_back(Effect::other);
  return excluded;
}

}  // namespace quy::analysis

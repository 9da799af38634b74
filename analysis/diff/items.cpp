#include "analysis/diff/items.h"

#include "analysis/diff/effects.h"
#include "analysis/diff/settle.h"
#include "analysis/joint/normal_form.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Register;
using bytecode::Subject;
using symbolic::both;
using symbolic::either;
using symbolic::negated;

namespace {

constexpr std::uint32_t kGreater = 1, kLess = 3;  // signs of `compare`

class ItemComparison {
 public:
  ItemComparison(const Versions& versions, Replay& replay, ItemDiff::What what, const Match& item,
                 std::chrono::milliseconds limit)
      : versions_(versions),
        replay_(replay),
        limit_(limit),
        observable_before_(observable_of(versions.before.of(), what, item.before)),
        observable_after_(observable_of(versions.after.of(), what, item.after)),
        fewer_is_better_(deducts(versions.before.of(), what, item.before)) {
    made_.what = what;
    made_.item = item;
  }

  ItemDiff run(std::vector<Bilingual>& not_analysed) {
    const auto before = item_registers(versions_.before.of(), observable_before_),
               after = item_registers(versions_.after.of(), observable_after_);
    const Joint plain = join({versions_.before.module, &versions_.before.of(), {}, before},
                             {versions_.after.module, &versions_.after.of(), {}, after}, {});
    if (!plain.incompatible.empty()) {
      note_other_evidence(made_);
      return std::move(made_);
    }
    joint_ = NormalForm(plain).rewritten();
    for (std::size_t i = 0; i < before.size(); ++i) {
      first_.push_back(before[i] == kNone ? kNone : joint_.first[before[i]]);
      second_.push_back(after[i] == kNone ? kNone : joint_.second[after[i]]);
    }
    if (first_ != second_) ask(not_analysed);
    return std::move(made_);
  }

 private:
  z3::expr differ(Questions& questions, std::size_t part) const {
    const bool one = first_[part] == kNone, other = second_[part] == kNone;
    if (one || other) return questions.context().bool_val(one != other);
    if (first_[part] == second_[part]) return questions.context().bool_val(false);
    return questions.encoding().differ(first_[part], second_[part]);
  }

  void ask(std::vector<Bilingual>& not_analysed) {
    const Register more = joint_.compare(second_[0], kGreater, first_[0]),
                   fewer = joint_.compare(second_[0], kLess, first_[0]);
    std::vector<Register> roots{more, fewer};
    for (const auto* side : {&first_, &second_})
      for (const Register reg : *side)
        if (reg != kNone) roots.push_back(reg);
    Questions questions(joint_.module, versions_.year, roots);
    const z3::expr rises = questions.encoding().truth(more).yes, falls = questions.encoding().truth(fewer).yes;
    const z3::expr any = either(differ(questions, 0), either(differ(questions, 1), differ(questions, 2)));
    const z3::expr better = fewer_is_better_ ? falls : rises, worse = fewer_is_better_ ? rises : falls;
    const std::size_t numbers[] = {questions.ask(better), questions.ask(worse),
                                   questions.ask(both(any, negated(either(better, worse))))};
    const std::size_t besides = questions.ask(either(differ(questions, 1), differ(questions, 2)));
    questions.answer(limit_);
    made_.only_points = questions.impossible(besides);
    for (const auto& each : questions.not_analysed()) not_analysed.push_back(each.reason);
    settle(made_, questions, numbers,
           [&](std::size_t number, Effect effect) { return find(questions, number, effect); });
  }

  Reads reads(const Version& version, std::uint32_t observable) const {
    const Subject& subject = version.of();
    return [&subject, observable](const vm::Machine& machine, std::uint32_t row) {
      Said said;
      const bytecode::Observable& item = subject.observables[observable];
      said.points = machine.number(item.reg, row);
      said.left_out = item.applies_left_out != kNone && machine.truth(item.applies_left_out, row) == vm::Truth::yes;
      if (item.maximum != kNone) said.maximum = machine.number(item.maximum, row);
      return said;
    };
  }

  std::optional<ChangedRecord> find(Questions& questions, std::size_t number, Effect wanted) {
    const auto effect = [&](const Said& before, const Said& after) {
      const auto found = effect_of_points(before, after, fewer_is_better_);
      return found == wanted ? found : std::nullopt;
    };
    const Reads before = reads(versions_.before, observable_before_), after = reads(versions_.after, observable_after_);
    const auto record = questions.witness(number, [&](const Record& each) {
      return replay_.shown(joint_, questions.bench(), each, before, after, effect).has_value();
    });
    return record ? replay_.shown(joint_, questions.bench(), *record, before, after, effect) : std::nullopt;
  }

  const Versions& versions_;
  Replay& replay_;
  std::chrono::milliseconds limit_;
  std::uint32_t observable_before_, observable_after_;
  bool fewer_is_better_;
  Joint joint_;
  std::vector<Register> first_, second_;
  ItemDiff made_;
};

}  // namespace

std::vector<Register> item_registers(const Subject& subject, std::uint32_t observable) {
  const bytecode::Observable& item = subject.observables[observable];
  return {item.reg, item.applies_left_out, item.maximum};
}

std::uint32_t observable_of(const Subject& subject, ItemDiff::What what, std::uint32_t index) {
  return what == ItemDiff::What::group ? subject.groups[index].observable : subject.criteria[index].observable;
}

bool deducts(const Subject& subject, ItemDiff::What what, std::uint32_t index) {
  constexpr std::uint32_t kDeductions = 1;
  std::uint32_t group = what == ItemDiff::What::group ? index : subject.criteria[index].group;
  for (; group != kNone; group = subject.groups[group].parent)
    if (subject.groups[group].sign == kDeductions) return true;
  return false;
}

RegisterPairs joint_registers(const Versions& versions, const Joint& joint, ItemDiff::What what, const Match& item) {
  RegisterPairs all;
  if (!item.in_both()) return all;
  const Subject &before = versions.before.of(), &after = versions.after.of();
  const std::uint32_t was = observable_of(before, what, item.before), is = observable_of(after, what, item.after);
  if (was == kNone || is == kNone) return all;
  const auto first = item_registers(before, was), second = item_registers(after, is);
  for (std::size_t i = 0; i < first.size(); ++i)
    all.emplace_back(first[i] == kNone ? kNone : joint.first[first[i]], second[i] == kNone ? kNone : joint.second[second[i]]);
  return all;
}

ItemDiff compare_items(const Versions& versions, Replay& replay, ItemDiff::What what, const Match& item,
                       std::chrono::milliseconds limit, std::vector<Bilingual>& not_analysed) {
  return ItemComparison(versions, replay, what, item, limit).run(not_analysed);
}

}  // namespace quy::analysis

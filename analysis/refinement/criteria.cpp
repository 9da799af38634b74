#include "analysis/refinement/criteria.h"

#include <algorithm>
#include <set>

#include "analysis/direction.h"
#include "analysis/record/slice.h"
#include "analysis/refinement/questions.h"
#include "runtime/vm/shape.h"

namespace quy::analysis {

using bytecode::CriterionInfo;
using bytecode::kNone;
using bytecode::Observable;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::Subject;
using symbolic::Verdict;
using What = ClauseVerdict::What;

namespace {

enum Sign : std::uint32_t { at_least, greater, at_most, less };

constexpr std::size_t kMostParts = 6;  ///< the sums of so many are tried one by one
constexpr int kSteps = 20;             ///< points that are not all or nothing are tried in steps too

const Subject& local_of(const Link& link) { return link.local->subjects[link.local_subject]; }
const Subject& framework_of(const Link& link) { return link.framework->subjects[link.framework_subject]; }
const Observable& seen(const Subject& subject, std::uint32_t criterion) {
  return subject.observables[subject.criteria[criterion].observable];
}

Rational points_given(const Subject& subject, const std::vector<std::uint32_t>& criteria) {
  Rational sum;
  for (const std::uint32_t each : criteria) sum = sum + subject.criteria[each].points.value_or(Rational(0));
  return sum;
}

/// A framework that refines another may leave points open too; proposed maxima are evidence.
bool any_open(const Subject& subject, const std::vector<std::uint32_t>& criteria) {
  return std::ranges::any_of(criteria, [&](std::uint32_t each) { return !subject.criteria[each].points; });
}

/// Of the plain groups together.
Rational sheet_maximum(const Subject& subject) {
  Rational sum;
  for (const bytecode::GroupInfo& group : subject.groups)
    if (group.parent == kNone && group.sign == 0) sum = sum + group.max.value_or(Rational(0));
  return sum;
}

/// Points of a deduction are taken away: there, fewer are looser.
bool deducts(const Subject& subject, const CriterionInfo& criterion) {
  constexpr std::uint32_t kDeductions = 1;
  for (std::uint32_t group = criterion.group; group != kNone; group = subject.groups[group].parent)
    if (subject.groups[group].sign == kDeductions) return true;
  return false;
}

bool is_judged(const CriterionInfo& criterion) { return criterion.scoring == "judged"; }

/// The registers of a criterion as the joint holds it.
struct Item {
  Register points, left_out, maximum;
};

Item item(const Observable& observable, const std::vector<Register>& side) {
  return {side[observable.reg], side[observable.applies_left_out], side[observable.maximum]};
}

std::vector<Register> registers(const Observable& observable) {
  return {observable.reg, observable.applies_left_out, observable.maximum};
}

/// One criterion of the framework beside what stands for it.
class Comparison {
 public:
  Comparison(const Link& link, std::uint32_t criterion, std::chrono::milliseconds limit)
      : link_(link),
        criterion_(criterion),
        parts_(link.parts[criterion]),
        limit_(limit),
        info_(framework_of(link).criteria[criterion]),
        joint_(make_joint()),
        framework_(item(seen(framework_of(link), criterion), joint_.second)) {
    for (const std::uint32_t part : parts_) local_.push_back(item(seen(local_of(link), part), joint_.first));
  }

  ClauseVerdict run(std::vector<symbolic::NotAnalysed>& not_analysed) {
    most_unmet_ = 0;
    if (!joint_.incompatible.empty())
      return not_proved(
          {"minh chứng khai báo khác kiểu ở hai bên", "the sides declare its evidence with different types"});
    if (falls_with_others())
      return not_proved(
          {"nơi khác xếp loại cao hơn mà ở đây lại mất điểm", "points may fall when the ratings of others rise"});
    if (asks_for_less_proof()) return with_less_proof();
    if (is_same()) {
      if (info_.scoring != "met" && !is_judged(info_)) most_unmet_ = points_given(local_of(link_), parts_);
      return verdict(Relation::same);
    }
    if (is_judged(info_) && points_exceed()) return too_many_points();
    prepare();
    questions_->answer(limit_);
    not_analysed.insert(not_analysed.end(), questions_->not_analysed().begin(), questions_->not_analysed().end());
    for (const auto& [points, question] : unmet_with_)
      if (!questions_->impossible(question)) most_unmet_ = std::max(most_unmet_, points);
    return settle();
  }

  /// The most points that the parts can have while the framework's criterion is not met: not less than that.
  const Rational& most_unmet() const { return most_unmet_; }

 private:
  Joint make_joint() const {
    JointSide local{link_.local, &local_of(link_), link_.local_readings, {}};
    for (const std::uint32_t part : parts_)
      for (const Register reg : registers(seen(local_of(link_), part))) local.registers.push_back(reg);
    JointSide framework{link_.framework, &framework_of(link_), link_.framework_readings,
                        registers(seen(framework_of(link_), criterion_))};
    for (const Register loss : losses()) framework.registers.push_back(loss);
    JointFields fields{.replaced = true, .open_points = {}};
    if (!info_.points && !any_open(local_of(link_), parts_))
      fields.open_points["open_points." + info_.id] = points_given(local_of(link_), parts_);
    return join(local, framework, fields);
  }

  /// What takes all points of the framework's criterion.
  std::vector<Register> losses() const {
    std::vector<Register> all;
    for (const Observable& each : framework_of(link_).observables)
      if (each.role == bytecode::Role::lose_all && each.parent == info_.observable) all.push_back(each.reg);
    return all;
  }

  ClauseVerdict verdict(Relation relation) const {
    return {.what = What::criterion, .index = criterion_, .relation = relation, .reason = {}, .witness = {}};
  }
  ClauseVerdict not_proved(Bilingual reason) const {
    ClauseVerdict made = verdict(Relation::not_proved);
    made.reason = std::move(reason);
    return made;
  }

  bool is_same() const {
    return local_.size() == 1 && local_.front().points == framework_.points &&
           local_.front().left_out == framework_.left_out;
  }

  bool falls_with_others() const {
    const std::vector<Direction> all = directions_with_others(joint_.module, joint_.subject());
    return std::ranges::any_of(local_, [&](const Item& part) { return !never_falls(all[part.points]); });
  }

  /// An exception that the framework grants only with a reason or a document is granted here without.
  bool asks_for_less_proof() const {
    const Subject& framework = framework_of(link_);
    const std::vector<Register> asked = registers(seen(framework, criterion_));
    for (const std::uint32_t index : fields_read(framework, reached(framework, asked))) {
      const bytecode::Field& theirs = framework.fields[index];
      if (theirs.place != bytecode::FieldPlace::exception) continue;
      for (const bytecode::Field& mine : local_of(link_).fields)
        if (mine.place == theirs.place && mine.id == theirs.id &&
            ((theirs.needs_reason && !mine.needs_reason) || (theirs.needs_document && !mine.needs_document)))
          return true;
    }
    return false;
  }

  ClauseVerdict with_less_proof() const {
    ClauseVerdict made = verdict(Relation::looser);
    made.reason = {"ngoại lệ đòi ít giấy tờ hơn khung", "an exception asks for less proof than the framework's"};
    return made;
  }

  bool points_exceed() const { return info_.points && points_given(local_of(link_), parts_) > *info_.points; }

  /// People weigh it in the framework: what the local set makes of it has no condition to be held against.
  ClauseVerdict judged() const {
    ClauseVerdict made = verdict(Relation::free);
    made.reason = {"khung để người chấm cân nhắc", "the framework leaves it to people's judgement"};
    return made;
  }

  ClauseVerdict too_many_points() const {
    ClauseVerdict made = verdict(Relation::looser);
    made.reason = {"điểm tối đa cao hơn khung", "a higher maximum than the framework's"};
    return made;
  }

  // ---------------------------------------------------------------- questions

  void prepare() {
    std::vector<Register> points;
    for (const Item& part : local_) points.push_back(part.points);
    sum_ = joint_.sum(points);
    if (deducts(framework_of(link_), info_)) {
      ways_.push_back(
          {joint_.compare(sum_, less, framework_.points), {"trừ ít hơn khung", "deducts less than the framework"}});
      met_but_not_full_ = joint_.compare(sum_, greater, framework_.points);
    } else {
      prepare_earned();
    }
    ask();
  }

  void prepare_earned() {
    const Register applies = joint_.fails(framework_.left_out);
    if (!is_judged(info_)) prepare_met(applies);
    std::vector<Register> lost;
    for (const Register loss : losses()) lost.push_back(joint_.second[loss]);
    if (!lost.empty())
      ways_.push_back({joint_.all({joint_.any(lost), joint_.compare(sum_, greater, framework_.points)}),
                       {"điều làm mất hết điểm ở khung không làm mất hết ở đây",
                        "what takes all points in the framework does not take all here"}});
    if (may_exceed_maximum())
      ways_.push_back(
          {joint_.compare(sum_, greater, framework_.maximum), {"điểm vượt mức tối đa", "points above the maximum"}});
  }

  /// By the bounds of the evidence alone.
  bool may_exceed_maximum() const {
    const std::vector<vm::Shape> shapes = vm::analyse(joint_.module, joint_.subject());
    return std::ranges::any_of(local_,
                               [&](const Item& part) { return shapes[part.points].high > shapes[part.maximum].low; });
  }

  void prepare_met(Register applies) {
    std::vector<Register> full;
    for (const Item& part : local_)
      full.push_back(joint_.any({part.left_out, joint_.compare(part.points, at_least, part.maximum)}));
    const Register met = joint_.compare(framework_.points, at_least, framework_.maximum), local_full = joint_.all(full);
    full_but_unmet_ = joint_.all({local_full, applies, joint_.fails(met)});
    met_but_not_full_ = joint_.all({applies, met, joint_.fails(local_full)});
    both_ = joint_.all({applies, met, local_full});
    ways_.push_back({full_but_unmet_, {}});
    ask_for_dilution(joint_.all({applies, joint_.fails(met)}));
    if (info_.points)
      ways_.push_back({joint_.all({applies, joint_.compare(sum_, greater, framework_.points)}),
                       {"cho nhiều điểm hơn khung", "gives more points than the framework"}});
    // Where only some parts are left out, the others have evidence of their own, of which the framework says nothing.
    std::vector<Register> apply;
    for (const Item& part : local_) apply.push_back(joint_.fails(part.left_out));
    const Register all_or_none =
        joint_.any({joint_.all(left_out_parts()), joint_.all({joint_.all(apply), local_full})});
    ways_.push_back({joint_.all({framework_.left_out, all_or_none, joint_.compare(sum_, greater, framework_.points)}),
                     {"khung không tính mà vẫn cho điểm", "gives points where the framework leaves it out"}});
  }

  void ask() {
    std::vector<Register> roots;
    for (const Way& way : ways_) roots.push_back(way.root);
    for (const Register root : {met_but_not_full_, both_})
      if (root != kNone) roots.push_back(root);
    std::vector<Register> encoded = roots;
    for (const auto& [points, root] : unmet_roots_) encoded.push_back(root);
    questions_.emplace(joint_.module, link_.year, encoded);
    for (const Register root : roots) asked_.emplace_back(root, questions_->ask(root));
    for (const auto& [points, root] : unmet_roots_) unmet_with_.emplace_back(points, questions_->ask(root));
  }

  /// Totals of the parts at which the framework's criterion may still be unmet: each stands for those up to itself.
  std::vector<std::pair<Rational, Rational>> steps_of_points() const {
    const Subject& local = local_of(link_);
    std::set<Rational> sums{Rational(0)};
    if (parts_.size() <= kMostParts)
      for (const std::uint32_t part : parts_)
        for (const Rational& sum : std::set(sums)) sums.insert(sum + local.criteria[part].points.value_or(Rational(0)));
    const bool all_or_nothing =
        std::ranges::all_of(parts_, [&](std::uint32_t part) { return local.criteria[part].scoring == "met"; });
    if (!all_or_nothing || parts_.size() > kMostParts) {
      for (int i = 1; i <= kSteps; ++i) sums.insert(points_given(local, parts_) * Rational(i) / Rational(kSteps));
    }
    std::vector<std::pair<Rational, Rational>> steps;  // more than the first, at most the second
    for (auto sum = std::next(sums.begin()); sum != sums.end(); ++sum) steps.emplace_back(*std::prev(sum), *sum);
    return steps;
  }

  void ask_for_dilution(Register unmet) {
    if (info_.points) return;
    for (const auto& [more_than, points] : steps_of_points())
      unmet_roots_.emplace_back(points, joint_.all({unmet, joint_.compare(sum_, greater, joint_.number(more_than))}));
  }

  std::vector<Register> left_out_parts() const {
    std::vector<Register> all;
    for (const Item& part : local_) all.push_back(part.left_out);
    return all;
  }

  std::size_t question(Register root) const {
    return std::ranges::find(asked_, root, &std::pair<Register, std::size_t>::first)->second;
  }

  // ---------------------------------------------------------------- answers

  ClauseVerdict settle() {
    for (const Way& way : ways_)
      if (questions_->verdict(question(way.root)) == Verdict::possible)
        if (auto witness = find_witness(way.root)) return loosened(way.root, way.reason, std::move(*witness));
    for (const Way& way : ways_)
      if (!questions_->impossible(question(way.root))) return not_proved(why_not_settled(way.root));
    if (is_judged(info_)) return judged();
    return verdict(questions_->impossible(question(met_but_not_full_)) ? Relation::same : Relation::tighter);
  }

  ClauseVerdict loosened(Register root, const Bilingual& reason, Witness witness) const {
    const bool never_together = root == full_but_unmet_ && questions_->impossible(question(both_));
    ClauseVerdict made = verdict(never_together ? Relation::contradicts : Relation::looser);
    made.reason = reason;
    made.witness = std::move(witness);
    return made;
  }

  Bilingual why_not_settled(Register root) const {
    if (questions_->verdict(question(root)) == Verdict::not_settled)
      return {"bộ giải không trả lời trong thời hạn", "the solver did not answer in time"};
    return {"phụ thuộc vào phần không phân tích được chính xác", "it depends on what is not analysed exactly"};
  }

  std::optional<Witness> find_witness(Register root) {
    const Shows shown = [root](const vm::Machine& machine, std::uint32_t row) {
      return machine.truth(root, row) == vm::Truth::yes;
    };
    const std::optional<Record> record = questions_->witness(question(root), shown);
    if (!record) return std::nullopt;
    Witness witness{of_first_side(joint_, questions_->bench(), *record, *link_.local), 0, 0, {}, {}};
    questions_->bench().run({*record}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      witness.local_points = machine.number(sum_, row);
      witness.framework_points = machine.number(framework_.points, row);
      witness.framework_points.left_out = machine.truth(framework_.left_out, row) == vm::Truth::yes;
    });
    return witness;
  }

  const Link& link_;
  std::uint32_t criterion_;
  const std::vector<std::uint32_t>& parts_;
  std::chrono::milliseconds limit_;
  const CriterionInfo& info_;
  Joint joint_;
  Item framework_;
  std::vector<Item> local_;
  /// How the local set can be looser: the register that is true where it is.
  struct Way {
    Register root;
    Bilingual reason;
  };
  std::vector<Way> ways_;
  Register full_but_unmet_ = kNone, met_but_not_full_ = kNone, both_ = kNone, sum_ = kNone;
  std::vector<std::pair<Register, std::size_t>> asked_;
  std::vector<std::pair<Rational, Register>> unmet_roots_;
  std::vector<std::pair<Rational, std::size_t>> unmet_with_;  ///< points, question
  Rational most_unmet_;
  std::optional<Questions> questions_;
};

/// A record in which the framework's criterion earns nothing.
std::optional<Witness> unmet(const Link& link, std::uint32_t criterion, std::chrono::milliseconds limit) {
  const JointSide framework{link.framework, &framework_of(link), link.framework_readings,
                            registers(seen(framework_of(link), criterion))};
  Joint joint =
      join({link.local, &local_of(link), link.local_readings, {}}, framework, {.replaced = true, .open_points = {}});
  const Item item = analysis::item(seen(framework_of(link), criterion), joint.second);
  const Register none = joint.all({joint.fails(item.left_out), joint.compare(item.points, at_most, joint.number(0))});
  Questions questions(joint.module, link.year, {none});
  const std::size_t question = questions.ask(none);
  questions.answer(limit);
  const auto record = questions.witness(question, [&](const vm::Machine& machine, std::uint32_t row) {
    return machine.truth(none, row) == vm::Truth::yes;
  });
  if (!record) return std::nullopt;
  Witness witness{of_first_side(joint, questions.bench(), *record, *link.local), 0, 0, {}, {}};
  witness.local_points.left_out = true;
  return witness;
}

/// Adds the verdict, and with open points the dilution.
void compare_criterion(const Link& link, std::uint32_t criterion, std::chrono::milliseconds limit,
                       Refinement& refinement) {
  const std::vector<std::uint32_t>& parts = link.parts[criterion];
  const Rational points = points_given(local_of(link), parts);
  const bool open = any_open(local_of(link), parts);
  if (parts.empty() || (points.sign() <= 0 && !open)) {
    ClauseVerdict made{.what = What::criterion,
                       .index = criterion,
                       .relation = Relation::missing,
                       .reason = {},
                       .witness = unmet(link, criterion, limit)};
    if (!parts.empty()) made.reason = {"không còn điểm nào", "no points are left"};
    refinement.verdicts.push_back(std::move(made));
    return;
  }
  Comparison comparison(link, criterion, limit);
  refinement.verdicts.push_back(comparison.run(refinement.not_analysed));
  if (!framework_of(link).criteria[criterion].points && !open)
    refinement.dilution.push_back({criterion, sheet_maximum(local_of(link)) - points + comparison.most_unmet()});
}

/// Bonuses beyond the framework's, deductions capped below them.
void compare_signed_groups(const Link& link, Refinement& refinement) {
  constexpr std::uint32_t kDeductions = 1, kBonus = 2;
  const auto& theirs = framework_of(link).groups;
  const auto& mine = local_of(link).groups;
  const auto same_group = [](const auto& groups, const bytecode::GroupInfo& wanted) {
    const auto found = std::ranges::find_if(
        groups, [&](const auto& group) { return group.id == wanted.id && group.sign == wanted.sign; });
    return found == groups.end() ? nullptr : &*found;
  };
  const auto add = [&](std::uint32_t index, Bilingual reason) {
    refinement.verdicts.push_back({.what = What::signed_group,
                                   .index = index,
                                   .relation = Relation::looser,
                                   .reason = std::move(reason),
                                   .witness = {}});
  };
  for (std::uint32_t i = 0; i < mine.size(); ++i) {
    const bytecode::GroupInfo* known = same_group(theirs, mine[i]);
    if (mine[i].sign == kBonus && (known == nullptr || (known->max && (!mine[i].max || *mine[i].max > *known->max))))
      add(i, {"điểm thưởng làm tổng điểm vượt phần khung cho phép",
              "a bonus lifts the total above what the framework allows"});
    if (mine[i].sign == kDeductions && known != nullptr && mine[i].max && (!known->max || *mine[i].max < *known->max))
      add(i, {"mức trừ tối đa thấp hơn khung", "less can be deducted than in the framework"});
  }
}

/// Presumed points for what the framework wants scored.
void find_presumptions(const Link& link, Refinement& refinement) {
  const auto presumed = [](const Subject& subject, std::uint32_t criterion) {
    return std::ranges::any_of(subject.fields, [&](const bytecode::Field& field) {
      return field.place == bytecode::FieldPlace::score && field.id == subject.criteria[criterion].id && field.presumed;
    });
  };
  for (std::uint32_t criterion = 0; criterion < link.parts.size(); ++criterion)
    for (const std::uint32_t part : link.parts[criterion])
      if (presumed(local_of(link), part) && !presumed(framework_of(link), criterion))
        refinement.verdicts.push_back(
            {.what = What::presumption,
             .index = part,
             .relation = Relation::looser,
             .reason = {"coi là có điểm khi chưa ai chấm, điều khung không nói",
                        "presumes points that nobody has given, which the framework does not"},
             .witness = {}});
}

}  // namespace

void compare_criteria(const Link& link, std::chrono::milliseconds limit, Refinement& refinement) {
  for (std::uint32_t criterion = 0; criterion < link.parts.size(); ++criterion)
    compare_criterion(link, criterion, limit, refinement);
  if (!refinement.dilution.empty()) {
    const Rational sheet = sheet_maximum(local_of(link));
    Rational lost;
    for (const Dilution& each : refinement.dilution) lost = lost + (sheet - each.total);
    refinement.all_unmet = sheet - lost;
  }
  compare_signed_groups(link, refinement);
  find_presumptions(link, refinement);
}

}  // namespace quy::analysis

#include "runtime/trace/subject_index.h"

#include <algorithm>

namespace quy::trace {
namespace {

using bytecode::Instruction;
using bytecode::Observable;
using bytecode::Opcode;
using bytecode::ValueKind;

/// Where the rules of a role are kept.
struct PhaseOfRole {
  Role role;
  std::vector<Rule> Phases::*rules;
};
constexpr PhaseOfRole kPhases[] = {
    {Role::not_rated, &Phases::not_rated}, {Role::level_condition, &Phases::level_conditions},
    {Role::level_need, &Phases::needs},    {Role::no_basis, &Phases::no_basis},
    {Role::bar, &Phases::bars},            {Role::lower, &Phases::lowers},
    {Role::cap, &Phases::caps},            {Role::force, &Phases::forces},
};

/// Which operand of a level instruction makes it act; -1 for none.
int acting_operand(Opcode opcode) {
  switch (opcode) {
    case Opcode::gap_if:
    case Opcode::bar:
    case Opcode::lower:
    case Opcode::force:
    case Opcode::cap:
    case Opcode::not_rated_if: return 1;
    case Opcode::hand_over: return 2;
    default: return -1;
  }
}

Register acting_register(const Instruction& i) {
  const int operand = acting_operand(i.opcode);
  return operand < 0 ? kNone : i.operands[static_cast<std::size_t>(operand)];
}

constexpr std::size_t kBound = 1, kDecision = 3;  // operands of hand_over

/// Marks what `reg` depends on. Operands are earlier registers, so one pass downwards is enough.
std::vector<bool> reached_from(const std::vector<Instruction>& code, Register reg) {
  std::vector<bool> reached(reg + std::size_t{1});
  reached[reg] = true;
  for (Register i = reg + 1; i-- > 0;) {
    if (!reached[i]) continue;
    for (const Register operand : code[i].operands) reached[operand] = true;
  }
  return reached;
}

bool reads_field(Opcode opcode) { return opcode == Opcode::field || opcode == Opcode::flag || opcode == Opcode::state; }

}  // namespace

SubjectIndex::SubjectIndex(const vm::Program& program) : program_(&program) {
  if (subject().rating != kNone) rating_ = &module().ratings[subject().rating];
  link_children();
  collect_phases();
}

void SubjectIndex::link_children() {
  const std::vector<Observable>& all = subject().observables;
  children_.resize(all.size());
  sides_.resize(all.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (all[i].parent != kNone) children_[all[i].parent].push_back(i);
    if (all[i].role == Role::atom || all[i].role == Role::exception) atoms_.emplace_back(all[i].reg, i);
    sides_[i] = {split_comparison(all[i].text.vi), split_comparison(all[i].text.en)};
  }
  std::sort(atoms_.begin(), atoms_.end());
}

void SubjectIndex::collect_phases() {
  const std::vector<Observable>& all = subject().observables;
  if (rating_ == nullptr) return;
  const auto root = std::find_if(all.begin(), all.end(), [](const Observable& o) { return o.role == Role::rating; });
  if (root == all.end()) return;
  phases_.root = static_cast<std::uint32_t>(root - all.begin());
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (is_within(i, phases_.root)) collect(i);
  }
  collect_unseen_caps();
}

void SubjectIndex::collect(std::uint32_t observable) {
  const Observable& o = this->observable(observable);
  const Rule rule = this->rule(observable);
  if (o.role == Role::band && o.reg != kNone && instruction(o.reg).opcode == Opcode::band) phases_.band = o.reg;
  if (o.role == Role::hand_over) phases_.hand_overs.push_back(hand_over(rule));
  for (const PhaseOfRole& phase : kPhases) {
    if (phase.role == o.role && speaks_of_a_level(o.role, rule.level)) (phases_.*phase.rules).push_back(rule);
  }
}

/// A cap lowers levels whether or not it is observable; a result must not blame the points for it.
void SubjectIndex::collect_unseen_caps() {
  const auto seen = [&](Register level) {
    return std::any_of(phases_.caps.begin(), phases_.caps.end(), [&](const Rule& rule) { return rule.condition == level; });
  };
  for (const Instruction& i : subject().code) {
    if (i.opcode == Opcode::cap && !seen(i.operands[1])) phases_.caps.push_back({kNone, i.operands[1], kNone, fields_read(i.operands[1])});
  }
}

bool SubjectIndex::speaks_of_a_level(Role role, std::uint32_t level) const {
  switch (role) {
    case Role::level_condition:
    case Role::level_need:
    case Role::force: return level < level_count();
    // Of a bar it is the best level still allowed: the level barred is the one before.
    case Role::bar: return level > 0 && level <= level_count();
    default: return true;
  }
}

Rule SubjectIndex::rule(std::uint32_t observable) const {
  const Observable& o = this->observable(observable);
  Rule rule{observable, o.reg, o.level, {}};
  if (o.reg == kNone) return rule;
  if (instruction(o.reg).kind == ValueKind::levels) rule.condition = acting_register(instruction(o.reg));
  if (rule.condition == kNone) return rule;
  rule.fields = fields_read(rule.condition);
  if (o.role == Role::bar) rule.level = best_allowed(rule.condition, o.level);
  return rule;
}

std::uint32_t SubjectIndex::best_allowed(Register condition, std::uint32_t barred) const {
  for (const Instruction& i : subject().code) {
    if (i.opcode == Opcode::bar && i.operands[1] == condition) return i.a;
  }
  return barred + 1;
}

HandOver SubjectIndex::hand_over(const Rule& rule) const {
  HandOver result{rule, 0, kNone, kNone};
  for (const Instruction& i : subject().code) {
    if (i.opcode != Opcode::hand_over || i.operands[2] != rule.condition) continue;
    result.allowed = i.a;
    result.bound = i.operands[kBound];
    const Instruction& decision = instruction(i.operands[kDecision]);
    if (decision.opcode == Opcode::field) result.decision = decision.a;
  }
  return result;
}

const std::string& SubjectIndex::level_label(std::uint32_t level) const {
  const bytecode::LevelInfo& info = rating_->levels[level];
  return info.label.empty() ? info.id : info.label;
}

const std::vector<std::string>& SubjectIndex::clauses(std::uint32_t observable) const {
  static const std::vector<std::string> kNoClauses;
  const std::uint32_t origin = observable == kNone ? kNone : this->observable(observable).origin;
  return origin == kNone ? kNoClauses : subject().origins[origin].clauses;
}

bool SubjectIndex::is_within(std::uint32_t observable, std::uint32_t ancestor) const {
  for (std::uint32_t i = observable; i != kNone; i = this->observable(i).parent) {
    if (i == ancestor) return true;
  }
  return false;
}

std::uint32_t SubjectIndex::atom_of(Register reg, std::uint32_t ancestor) const {
  const auto first = std::lower_bound(atoms_.begin(), atoms_.end(), std::pair{reg, std::uint32_t{0}});
  for (auto it = first; it != atoms_.end() && it->first == reg; ++it) {
    if (ancestor == kNone || is_within(it->second, ancestor)) return it->second;
  }
  return kNone;
}

std::vector<std::uint32_t> SubjectIndex::fields_read(Register reg) const {
  std::vector<std::uint32_t> fields;
  const std::vector<bool> reached = reached_from(subject().code, reg);
  for (Register i = 0; i < reached.size(); ++i) {
    if (reached[i] && reads_field(instruction(i).opcode)) fields.push_back(instruction(i).a);
  }
  std::sort(fields.begin(), fields.end());
  fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
  return fields;
}

}  // namespace quy::trace

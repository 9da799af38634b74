#include "analysis/conditions.h"

#include <set>

namespace quy::analysis {

using bytecode::Role;

bool is_condition_of_criterion(Role role) {
  return role == Role::criterion_condition || role == Role::criterion_row || role == Role::lose_all ||
         role == Role::exception;
}

bool is_condition_of_rating(Role role) {
  static const std::set<Role> roles{Role::level_need, Role::level_condition, Role::bar,      Role::lower,
                                    Role::force,      Role::hand_over,       Role::not_rated};
  return roles.contains(role);
}

bool is_within_rating(const bytecode::Subject& subject, std::uint32_t observable) {
  while (observable != bytecode::kNone && !is_condition_of_rating(subject.observables[observable].role))
    observable = subject.observables[observable].parent;
  return observable != bytecode::kNone;
}

std::uint32_t line_around(const bytecode::Subject& subject, std::uint32_t observable) {
  const auto is_line = [&](Role role) { return role == Role::criterion || role == Role::group; };
  while (observable != bytecode::kNone && !is_line(subject.observables[observable].role))
    observable = subject.observables[observable].parent;
  return observable;
}

bool is_open_condition(const bytecode::Subject& subject, const bytecode::Observable& observable) {
  if (!is_condition_of_criterion(observable.role) && !is_condition_of_rating(observable.role)) return false;
  return observable.reg != bytecode::kNone && subject.code[observable.reg].opcode != bytecode::Opcode::truth;
}

}  // namespace quy::analysis

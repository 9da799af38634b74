// The record's own unit and texts have no influence, or only by being one and the same.

#include <algorithm>

#include "analysis/record/rating_part.h"
#include "analysis/record/slice.h"
#include "analysis/record/pair.h"
#include "analysis/theorems/settle.h"
#include "analysis/theorems/sheet.h"
#include "analysis/theorems/theorems.h"
#include "runtime/trace/outcome.h"

namespace quy::analysis {

using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::Instruction;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Opcode;
using bytecode::Register;
using symbolic::Verdict;

namespace {

constexpr std::uint32_t kEqual = 4, kNotEqual = 5;  ///< signs of comparisons, as in opcodes.def

std::vector<bool> registers_of_field(const bytecode::Subject& subject, std::uint32_t field) {
  std::vector<bool> all(subject.code.size());
  for (Register reg = 0; reg < all.size(); ++reg) {
    const Instruction& each = subject.code[reg];
    all[reg] =
        (each.opcode == Opcode::field && each.a == field) || (each.opcode == Opcode::spread && all[each.operands[0]]);
  }
  return all;
}

enum class Use : std::uint8_t { none, compared_with_others, other };

/// What the code does with the text, where it may be compared for equality with one of the `others`.
Use use_of(const bytecode::Subject& subject, std::uint32_t field, const std::vector<bool>& others) {
  const std::vector<bool> own = registers_of_field(subject, field);
  Use use = Use::none;
  for (const Instruction& each : subject.code) {
    for (std::size_t i = 0; i < each.operands.size(); ++i) {
      if (!own[each.operands[i]] || each.opcode == Opcode::spread) continue;
      const bool is_equality = each.opcode == Opcode::compare && (each.a == kEqual || each.a == kNotEqual);
      if (!is_equality || !others[each.operands[1 - i]]) return Use::other;
      use = Use::compared_with_others;
    }
  }
  return use;
}

/// Registers that hold the record's own unit, or a text that a record states.
std::vector<bool> registers_of_texts(const bytecode::Subject& subject, bool of_unit) {
  std::vector<bool> all(subject.code.size());
  for (std::uint32_t field = 0; field < subject.fields.size(); ++field) {
    if (subject.fields[field].kind != FieldKind::text || (subject.fields[field].place == FieldPlace::unit) != of_unit)
      continue;
    const std::vector<bool> of_field = registers_of_field(subject, field);
    for (Register reg = 0; reg < all.size(); ++reg) all[reg] = all[reg] || of_field[reg];
  }
  return all;
}

/// Points of the criteria, and of the groups that a rule can take all points from.
std::vector<Register> points_of(const bytecode::Subject& subject) {
  std::vector<Register> points;
  for (std::uint32_t criterion = 0; criterion < subject.criteria.size(); ++criterion)
    points.push_back(registers_of(subject, criterion).points);
  for (const bytecode::Observable& rule : subject.observables) {
    if (rule.role != bytecode::Role::lose_all || rule.parent == kNone) continue;
    const bytecode::Observable& of = subject.observables[rule.parent];
    if (of.role == bytecode::Role::group) points.push_back(of.reg);
  }
  return points;
}

class TextSearch {
 public:
  TextSearch(const Inquiry& inquiry, std::uint32_t field) : inquiry_(inquiry), subject_(inquiry.of()), field_(field) {}

  Statement run() {
    statement_.theorem = Theorem::neutral;
    statement_.field = field_;
    const bool is_unit = subject_.fields[field_].place == FieldPlace::unit;
    const Use use = use_of(subject_, field_, registers_of_texts(subject_, !is_unit));
    if (use != Use::other) {
      statement_.standing = Standing::proved;
      statement_.proof = use == Use::none ? Proof::not_read : Proof::own_unit;
      return statement_;
    }
    ask_of_points();
    if (statement_.standing == Standing::proved && subject_.levels != kNone) ask_of_rating();
    return statement_;
  }

 private:
  void ask_of_points() {
    const Module part = with_maxima_stated(slice(inquiry_.module, subject_, points_of(subject_)));
    Pair pair(part, {.fields = {field_}, .lists = {}});
    std::vector<Register> differ;
    for (const Register one : points_of(part.subjects.front())) {
      const Register other = pair.second(one);
      if (one != other) differ.push_back(pair.compare(one, kNotEqual, other));
    }
    if (differ.empty()) return settled(Standing::proved, Proof::not_read);
    const Register some = pair.any(differ);
    conclude(pair, settle(inquiry_, pair.module(), {some}, {is_true(some)}).front());
    for (Record& record : statement_.witness) record = taken(subject_, std::move(record));
  }

  /// The variant over a stated total has fields of its own.
  std::uint32_t field_in(const bytecode::Subject& rated) const {
    const bytecode::Field& wanted = subject_.fields[field_];
    const auto is_wanted = [&](const bytecode::Field& field) {
      const bool in_same_list =
          wanted.list == kNone ? field.list == kNone
                               : field.list != kNone && rated.lists[field.list].id == subject_.lists[wanted.list].id;
      return field.id == wanted.id && field.place == wanted.place && in_same_list;
    };
    return static_cast<std::uint32_t>(std::ranges::find_if(rated.fields, is_wanted) - rated.fields.begin());
  }

  void ask_of_rating() {
    const Module part = rating_part(inquiry_.module, inquiry_.subject);
    const Pair pair(part, {.fields = {field_in(part.subjects.front())}, .lists = {}});
    const Register one = part.subjects.front().levels, other = pair.second(one);
    if (one == other) return;
    const Question differ{
        [=](const symbolic::Encoding& encoding) { return encoding.outcome(one) != encoding.outcome(other); },
        [=](const vm::Machine& machine, std::uint32_t row) {
          const vm::OutcomeSet a = machine.outcomes(one, row), b = machine.outcomes(other, row);
          return a != b && trace::only(a) && trace::only(b);
        }};
    statement_.over_stated_total = subject_.given_total_variant != kNone;
    conclude(pair, settle(inquiry_, pair.module(), {one, other}, {differ}).front());
  }

  void settled(Standing standing, Proof proof) {
    statement_.standing = standing;
    statement_.proof = proof;
  }

  void conclude(const Pair& pair, const Reply& reply) {
    statement_.not_analysed = reply.not_analysed;
    if (reply.verdict == Verdict::not_settled) return settled(Standing::not_settled, Proof::solver);
    if (reply.verdict == Verdict::impossible) return settled(Standing::proved, Proof::solver);
    settled(Standing::refuted, Proof::witness);
    statement_.witness = {pair.first(reply.record), pair.second(reply.record)};
  }

  const Inquiry& inquiry_;
  const bytecode::Subject& subject_;
  std::uint32_t field_;
  Statement statement_;
};

}  // namespace

std::vector<Statement> neutral_texts(const Inquiry& inquiry) {
  const bytecode::Subject& subject = inquiry.of();
  std::vector<Statement> all(1);
  all.front().theorem = Theorem::neutral;
  all.front().standing = Standing::proved;
  all.front().proof = Proof::not_read;
  for (std::uint32_t field = 0; field < subject.fields.size(); ++field)
    if (subject.fields[field].kind == FieldKind::text) all.push_back(TextSearch(inquiry, field).run());
  return all;
}

}  // namespace quy::analysis

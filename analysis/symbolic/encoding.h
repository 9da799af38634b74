#pragma once
// One subject's code over symbolic evidence: the same rule graph that the machine runs, once, as solver terms.
//
// The terms say exactly what the machine says of complete evidence, or they allow more: an instruction that cannot be said with linear
// constraints becomes an unknown within its range and is listed. So what the solver excludes is excluded; what it finds is replayed.

#include <variant>

#include "analysis/symbolic/evidence.h"
#include "analysis/symbolic/number.h"
#include "analysis/symbolic/verdict.h"
#include "runtime/vm/program.h"
#include "runtime/vm/shape.h"

namespace quy::analysis::symbolic {

class Encoding {
 public:
  /// Encodes what `roots` and the subject's requirements depend on; the requirements become assumptions of the evidence, which was made
  /// for this subject. All must outlive the encoding.
  Encoding(Evidence& evidence, const bytecode::Module& module, const bytecode::Subject& subject,
           const vm::Program::Readings& readings, const std::vector<bytecode::Register>& roots);

  const bytecode::Subject& subject() const { return subject_; }
  z3::context& context() const { return context_; }
  bool has(bytecode::Register reg) const { return reg < values_.size() && !values_[reg].empty(); }

  bool is_truth(bytecode::Register reg) const { return std::holds_alternative<Truth>(values_[reg].front()); }

  /// Of registers of the record's domain.
  const Truth& truth(bytecode::Register reg) const { return std::get<Truth>(values_[reg].front()); }
  const Number& number(bytecode::Register reg) const { return std::get<Number>(values_[reg].front()); }
  z3::expr outcome(bytecode::Register reg) const { return std::get<Outcome>(values_[reg].front()).value; }
  z3::expr outcome_is(bytecode::Register reg, std::uint32_t outcome) const {
    return this->outcome(reg) == static_cast<int>(outcome);
  }
  /// `number` compared with a constant; false where it is left out. Signs as in opcodes.def.
  z3::expr compared(const Number& number, std::uint32_t sign, const Rational& constant);
  /// Of two registers of one kind: the one is left out and the other is not, or both are there and not the same.
  z3::expr differ(bytecode::Register one, bytecode::Register other);

  const std::vector<NotAnalysed>& not_analysed() const { return not_analysed_; }

 private:
  using Value = std::variant<Truth, Number, Outcome>;
  /// The instruction being encoded, for one kind of row.
  struct At {
    bytecode::Register reg;
    const bytecode::Instruction* instruction;
    std::size_t kind;
  };
  using Encode = Value (Encoding::*)(const At&);
  static Encode encoder(bytecode::Opcode opcode);

  std::vector<bool> reached(const std::vector<bytecode::Register>& roots) const;
  void encode(bytecode::Register reg);
  std::size_t kinds(std::uint32_t domain) const;
  const Value& operand(const At& at, std::size_t i) const;
  const Truth& truth_operand(const At& at, std::size_t i) const { return std::get<Truth>(operand(at, i)); }
  const Number& number_operand(const At& at, std::size_t i) const { return std::get<Number>(operand(at, i)); }
  z3::expr outcome_operand(const At& at, std::size_t i) const { return std::get<Outcome>(operand(at, i)).value; }

  z3::expr yes() const { return context_.bool_val(true); }
  z3::expr no() const { return context_.bool_val(false); }
  Number constant(const Rational& value) const { return {linear(context_, value), {}, no()}; }
  Truth truth_of(z3::expr yes, z3::expr left_out) const { return {both(yes, negated(left_out)), left_out}; }
  /// An unknown within the register's range.
  Number unknown(const At& at, const z3::expr& left_out, Bilingual reason);

  // encode_leaves.cpp
  Value constant_of(const At& at);
  Value truth_constant(const At& at);
  Value text(const At& at);
  Value field(const At& at);
  Value flag(const At& at);
  Value state(const At& at);
  Value reading(const At& at);
  Value column(const At& at);
  Value working_days(const At& at);

  // encode_numbers.cpp
  Value add(const At& at);
  Value subtract(const At& at);
  Value multiply(const At& at);
  Value divide(const At& at);
  Value minimum(const At& at);
  Value maximum(const At& at);
  Value round(const At& at);
  Value pick(const At& at);
  Value or_else(const At& at);
  Value keep(const At& at);
  Value count_true(const At& at);
  Number sum(const At& at, const Number& a, const Number& b, bool subtracted);
  Number smaller(const At& at, const Number& a, const Number& b, bool larger);
  Number chosen(const z3::expr& condition, const Number& a, const Number& b) const;
  z3::expr rounded_quotient(const Quotient& quotient, const Rational& step, std::uint32_t mode, const vm::Shape& shape);
  /// The product of two integer terms: linear when one is a constant, otherwise an unknown that lemmas pin down.
  z3::expr product(const z3::expr& a, const z3::expr& b);

  // encode_conditions.cpp
  Value compare(const At& at);
  Value compare_ratio(const At& at);
  Value member(const At& at);
  Value conjunction(const At& at);
  Value disjunction(const At& at);
  Value negation(const At& at);
  Value left_out(const At& at);
  Value holds(const At& at);
  z3::expr comparison(const Number& a, const Number& b, std::uint32_t sign);

  // encode_lists.cpp
  Value spread(const At& at);
  Value fold_count(const At& at);
  Value fold_applicable(const At& at);
  Value fold_any(const At& at);
  Value fold_every(const At& at);
  Value fold_sum(const At& at);
  Value fold_smallest(const At& at);
  Value fold_largest(const At& at);
  Value extreme(const At& at, bool largest);
  const Value& row(const At& at, std::size_t kind) const { return values_[at.instruction->operands[0]][kind]; }
  const z3::expr& rows(const At& at, std::size_t kind) const {
    return evidence_.rows(subject_.lists[at.instruction->a], kind);
  }
  z3::expr row_left_out(const At& at, std::size_t kind) const;
  Linear counted(const At& at, const std::function<z3::expr(std::size_t kind)>& condition) const;

  // encode_levels.cpp
  Value band(const At& at);
  Value first_level(const At& at);
  Value need(const At& at);
  Value gap_if(const At& at);
  Value bar(const At& at);
  Value lower(const At& at);
  Value cap(const At& at);
  Value force(const At& at);
  Value hand_over(const At& at);
  Value not_rated_if(const At& at);
  Value pick_levels(const At& at);
  Value worse_outcome(const At& at);
  Value reached_level(const At& at);
  z3::expr level(std::uint32_t outcome) const { return context_.int_val(static_cast<int>(outcome)); }
  Value outcome_value(const z3::expr& value) const { return Outcome{value, context_.int_val(-1)}; }
  std::uint32_t level_count() const;

  Evidence& evidence_;
  z3::context& context_;
  const bytecode::Module& module_;
  const bytecode::Subject& subject_;
  vm::Program::Readings readings_;
  std::vector<vm::Shape> shapes_;
  std::vector<std::vector<Value>> values_;  ///< by register: one, or one for each kind of row
  std::vector<NotAnalysed> not_analysed_;
};

}  // namespace quy::analysis::symbolic

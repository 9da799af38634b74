#pragma once
// Works out a plan (runtime/vm/plan.h), one instruction after the other: the lane in which a kernel can compute without overflow, conversions of
// its operands, its parameters. One file for each family of instructions.

#include <initializer_list>
#include <vector>

#include "runtime/vm/kernels/table.h"
#include "runtime/vm/plan.h"

namespace quy::vm {

inline bool is_integer(Lane lane) { return lane == Lane::i32 || lane == Lane::i64 || lane == Lane::i128; }

/// A lane for a kernel and the scale of its integers.
struct Width {
  Lane lane = Lane::big;
  int digits = 0;
};

class Planner {
 public:
  Planner(const Program& program, Plan& plan);
  void run();

 private:
  using Instruction = bytecode::Instruction;
  using Register = bytecode::Register;
  using Opcode = bytecode::Opcode;

  // Widths
  const Shape& shape(Register reg) const { return plan_.shapes[reg]; }
  FieldPlan field_plan(const bytecode::Field& field) const;
  /// The narrowest lane in which all of these can be held side by side, at one scale.
  static Width common_width(std::initializer_list<const Shape*> shapes);
  static Lane fraction_or_big(std::initializer_list<const Shape*> shapes);

  // Operands
  bool is_constant(Register reg) const { return plan_.forms[reg].constant != nullptr; }
  Operand operand(Register reg, Width to);
  void convert(Operand& result, const Form& from, Width to);
  Operand own(Register reg) { return operand(reg, {plan_.forms[reg].lane, plan_.forms[reg].digits}); }
  /// A Boolean or levels: read by register alone.
  static Operand plain(Register reg);
  /// An operand that numbers something: whole, and within 32 bits.
  Operand index(Register reg);

  // Steps
  void set_form(Register reg, Width width);
  Step make_step(Register reg, Kernel kernel, std::vector<Operand> operands);
  Step& step(Register reg, Kernel kernel, std::vector<Operand> operands);
  static Kernel at(const ByLane& family, Lane lane) { return family[static_cast<unsigned>(lane)]; }
  const ByLane& family(Opcode opcode) const;

  // Numbers: plan_numbers.cpp
  void constant(Register reg, const Instruction& x);
  void field(Register reg, const Instruction& x);
  void binary(Register reg, const Instruction& x);
  void multiply(Register reg, const Instruction& x);
  void divide(Register reg, const Instruction& x);
  void pick(Register reg, const Instruction& x);
  void same_form(Register reg, const Instruction& x);
  void spread(Register reg, const Instruction& x);
  void column(Register reg, const Instruction& x);
  void working_days(Register reg, const Instruction& x);
  void fold_sum(Register reg, const Instruction& x);
  void count(Register reg, const Instruction& x);
  /// A factor: a register, or a constant in its place.
  struct Factor {
    Register reg;
    Shape shape;
    bool constant;
  };
  Factor own_or_constant(Register reg) const { return {reg, shape(reg), is_constant(reg)}; }
  Factor inverse(Register divisor) const;
  Operand factor_operand(const Factor& factor, Width width);
  void product(Register reg, const Factor& a, const Factor& b);
  static Width divide_width(const Shape& n, const Shape& d, const Shape& quotient);

  // Rounding: plan_round.cpp
  void round(Register reg, const Instruction& x);
  bool round_narrow(Register reg, const Instruction& x);
  void round_big(Register reg, const Instruction& x);
  struct ScaledQuotient;
  bool quotient_below(Register reg, ScaledQuotient& found) const;
  void fuse_quotient(Register reg, const Instruction& x);

  // Sums: plan_sums.cpp
  struct Addends;
  void collect(Register reg, std::uint32_t domain, Addends& into) const;
  bool is_points(const Instruction& x) const;
  void fuse_sum(Register reg, const Instruction& x);

  // Truths and levels: plan_truths.cpp
  void reading(Register reg, const Instruction& x);
  void planes(Register reg, const Instruction& x);
  void compare(Register reg, const Instruction& x);
  void compare_ratio(Register reg, const Instruction& x);
  void member(Register reg, const Instruction& x);
  void band(Register reg, const Instruction& x);
  void cap(Register reg, const Instruction& x);
  void hand_over(Register reg, const Instruction& x);
  void force(Register reg, const Instruction& x);
  struct CrossMultiplied;
  CrossMultiplied cross_multiplied(const Shape& n, const Shape& d, const Rational& q) const;
  /// The lane of a register that is compared with constants, wide enough for them; integer lanes hold any that matters.
  Width width_with_constants(Register reg, const Instruction& x) const;
  static bool products_are_small(const Shape& a, const Shape& b);
  void constant_blocks(Step& made, std::vector<const void*> blocks);

  using Member = void (Planner::*)(Register, const Instruction&);
  struct Row {
    Opcode opcode;
    Member plan;
  };
  static const Row kRows[];

  const Program& program_;
  const bytecode::Module& module_;
  const bytecode::Subject& subject_;
  Plan& plan_;
  const Kernels& kernels_;
};

}  // namespace quy::vm

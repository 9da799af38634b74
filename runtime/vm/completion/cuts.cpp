#include "runtime/vm/completion/cuts.h"

#include <algorithm>
#include <array>
#include <set>

#include "runtime/vm/plan.h"

namespace quy::vm {
namespace {

using bytecode::Instruction;
using bytecode::kNone;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::Subject;
using bytecode::ValueKind;

/// (a x + b) ÷ (c x + d)
struct Form {
  Rational a, b, c, d;
};

/// More forms than this of one register say too little to be worth their time.
constexpr std::size_t kMostForms = 6;
/// Likewise cuts of one place.
constexpr std::size_t kMostStarts = 64;

Form constant(const Rational& value) { return {0, value, 0, 1}; }
bool is_constant(const Form& f) { return f.a.sign() == 0 && f.c.sign() == 0 && f.d.sign() != 0; }
Rational value_of(const Form& f) { return f.b / f.d; }

using Forms = std::vector<Form>;

/// Whether the sum of the two is again such a quotient: when one is a constant, or both have one denominator.
bool add_up(const Form& x, const Form& y, Form& sum) {
  if (is_constant(y)) {
    const Rational k = value_of(y);
    sum = {x.a + k * x.c, x.b + k * x.d, x.c, x.d};
    return true;
  }
  if (is_constant(x)) return add_up(y, x, sum);
  if (x.c != y.c || x.d != y.d) return false;
  sum = {x.a + y.a, x.b + y.b, x.c, x.d};
  return true;
}

bool multiply(const Form& x, const Form& y, Form& product) {
  if (is_constant(x) && !is_constant(y)) return multiply(y, x, product);
  if (!is_constant(y)) return false;
  const Rational k = value_of(y);
  product = {x.a * k, x.b * k, x.c, x.d};
  return true;
}

bool divide(const Form& x, const Form& y, Form& quotient) {
  // Both over the same denominator, or one of them a constant.
  if (is_constant(y)) {
    if (y.b.sign() == 0) return false;
    const Rational k = value_of(y);
    quotient = {x.a, x.b, x.c * k, x.d * k};
    return true;
  }
  if (is_constant(x)) {
    const Rational k = value_of(x);
    quotient = {k * y.c, k * y.d, y.a, y.b};
    return true;
  }
  if (x.c != y.c || x.d != y.d) return false;
  quotient = {x.a, x.b, y.a, y.b};
  return true;
}

Form negated(const Form& x) { return {-x.a, -x.b, x.c, x.d}; }

bool subtract(const Form& x, const Form& y, Form& difference) { return add_up(x, negated(y), difference); }

using Combine = bool (*)(const Form&, const Form&, Form&);

Forms combined(const Forms& left, const Forms& right, Combine combine) {
  Forms result;
  for (const Form& x : left) {
    for (const Form& y : right) {
      Form form;
      if (result.size() < kMostForms && combine(x, y, form)) result.push_back(std::move(form));
    }
  }
  return result;
}

Forms joined(Forms first, const Forms& second) {
  for (const Form& form : second)
    if (first.size() < kMostForms) first.push_back(form);
  return first;
}

/// Walks the code for one place.
class CutFinder {
 public:
  CutFinder(const Program& program, const Machine& machine, const Batch& batch, const Place& place)
      : program_(program), subject_(program.subject()), machine_(machine), batch_(batch), place_(place), forms_(subject_.code.size()),
        depends_(subject_.code.size(), false) {
    const Shape shape = field_shape(program.module(), subject_, subject_.fields[place.field]);
    scale_ = power_of_ten(shape.digits.value_or(0));
  }

  std::vector<std::int64_t> run() {
    for (Register reg = 0; reg < subject_.code.size(); ++reg) visit(reg, subject_.code[reg]);
    return {starts_.begin(), starts_.end()};
  }

 private:
  /// Rows of a missing list have no registers to read.
  bool in_supposed_row(const Instruction& x) const {
    return x.domain != 0 && !batch_.list_present(x.domain - 1, 0);
  }
  bool in_other_list(const Instruction& x) const { return x.domain != 0 && x.domain - 1 != place_.list; }
  std::uint32_t position(const Instruction& x) const { return x.domain == 0 ? 0 : batch_.list_begin(x.domain - 1, 0) + place_.item; }

  /// What a register that does not depend on the place comes to: its value, or both ends of its range.
  Forms ends(Register reg) const {
    const Instruction& x = subject_.code[reg];
    if (x.opcode == Opcode::constant) return {constant(program_.module().constants[x.a])};
    if (x.opcode == Opcode::text) return {constant(Rational(std::int64_t{x.a}))};
    if (in_supposed_row(x)) return x.opcode == Opcode::spread ? ends(x.operands[0]) : Forms{};
    const Range range = machine_.number(reg, position(x));
    if (range.left_out) return {};
    if (range.low == range.high) return {constant(range.low)};
    return {constant(range.low), constant(range.high)};
  }

  const Forms& forms(Register reg) {
    if (!depends_[reg] && forms_[reg].empty()) forms_[reg] = ends(reg);
    return forms_[reg];
  }

  bool any_depends(const Instruction& x) const {
    return std::any_of(x.operands.begin(), x.operands.end(), [&](Register in) { return depends_[in]; });
  }

  void visit(Register reg, const Instruction& x) {
    if (x.opcode == Opcode::field && x.a == place_.field) {
      depends_[reg] = true;
      forms_[reg] = {Form{Rational(1), 0, 0, Rational(1)}};
      return;
    }
    const bool fold = !x.operands.empty() && x.domain == 0 && subject_.code[x.operands[0]].domain != 0;
    if (!any_depends(x) || in_other_list(x)) return;
    if (x.kind == ValueKind::number && fold) return folded(reg, x);
    if (x.kind == ValueKind::number) return number(reg, x);
    cut(x);
  }

  /// A number from numbers of which one at least depends on the place. What depends on it only through truths lies between ends() as the
  /// machine has them.
  void number(Register reg, const Instruction& x) {
    Forms result;
    switch (x.opcode) {
      case Opcode::add: result = combined(forms(x.operands[0]), forms(x.operands[1]), add_up); break;
      case Opcode::subtract: result = combined(forms(x.operands[0]), forms(x.operands[1]), subtract); break;
      case Opcode::multiply: result = combined(forms(x.operands[0]), forms(x.operands[1]), multiply); break;
      case Opcode::divide:
        meet(forms(x.operands[1]), {constant(0)});
        result = combined(forms(x.operands[0]), forms(x.operands[1]), divide);
        break;
      case Opcode::minimum:
      case Opcode::maximum: meet(forms(x.operands[0]), forms(x.operands[1])); [[fallthrough]];
      case Opcode::or_else: result = joined(forms(x.operands[0]), forms(x.operands[1])); break;
      case Opcode::pick: result = joined(forms(x.operands[1]), forms(x.operands[2])); break;
      case Opcode::keep:
      case Opcode::spread: result = forms(x.operands[0]); break;
      case Opcode::round: result = rounded(forms(x.operands[0]), program_.module().constants[x.a]); break;
      case Opcode::column: every_value(); break;
      default: break;
    }
    depends_[reg] = true;
    forms_[reg] = std::move(result);
  }

  /// A rounded value passes a bound where the value itself is up to a step away from it.
  static Forms rounded(const Forms& in, const Rational& step) {
    Forms result;
    for (const Form& form : in) {
      for (const Rational& shift : {Rational(0), step * Rational(Integer(1), Integer(2)), -step * Rational(Integer(1), Integer(2)), step, -step}) {
        Form moved;
        if (result.size() < 2 * kMostForms && add_up(form, constant(shift), moved)) result.push_back(std::move(moved));
      }
    }
    return result;
  }

  /// Sums and extremes over the rows of a list that is there.
  void folded(Register reg, const Instruction& x) {
    depends_[reg] = true;
    const Register rows = x.operands[0];
    if (!batch_.list_present(x.a, 0)) return;
    if (x.opcode == Opcode::fold_smallest || x.opcode == Opcode::fold_largest) forms_[reg] = forms(rows);
    if (x.opcode == Opcode::fold_sum) forms_[reg] = combined(forms(rows), others(rows, x.a), add_up);
  }

  Forms others(Register rows, std::uint32_t list) const {
    Rational low(0), high(0);
    const std::uint32_t begin = batch_.list_begin(list, 0);
    for (std::uint32_t at = begin; at < batch_.list_end(list, 0); ++at) {
      const Range range = machine_.number(rows, at);
      if (at == begin + place_.item || range.left_out) continue;
      low = low + range.low;
      high = high + range.high;
    }
    return low == high ? Forms{constant(low)} : Forms{constant(low), constant(high)};
  }

  /// Truths and levels: where they may change.
  void cut(const Instruction& x) {
    switch (x.opcode) {
      case Opcode::compare: meet(forms(x.operands[0]), forms(x.operands[1])); break;
      case Opcode::compare_ratio:
        meet(forms(x.operands[0]), combined(forms(x.operands[1]), {constant(program_.module().constants[x.b])}, multiply));
        meet(forms(x.operands[1]), {constant(0)});
        break;
      case Opcode::member:
      case Opcode::band:
        for (std::uint32_t i = 0; i < x.a; ++i) meet(forms(x.operands[0]), {constant(program_.module().constants[x.b + i])});
        break;
      case Opcode::cap:
      case Opcode::hand_over: every_value(); break;
      default: break;
    }
  }

  void meet(const Forms& left, const Forms& right) {
    for (const Form& x : left)
      for (const Form& y : right) meet(x, y);
  }

  /// (a x + b)(c' x + d') = (a' x + b')(c x + d), where that is linear in x.
  void meet(const Form& l, const Form& r) {
    if ((l.a * r.c - r.a * l.c).sign() != 0) return;
    const Rational slope = l.a * r.d + l.b * r.c - r.a * l.d - r.b * l.c, rest = r.b * l.d - l.b * r.d;
    if (slope.sign() == 0) return;
    const Rational at = rest / slope * scale_;
    start(at.ceiling());
    start(at.floor() + 1);
  }

  void start(const Integer& scaled) {
    if (starts_.size() >= kMostStarts || !scaled.fits_slong_p()) return;
    const std::int64_t value = place_.on_grid_from(scaled.get_si());
    if (place_.low < value && value <= place_.high) starts_.insert(value);
  }

  /// Indexes: each value is a case of its own, as far as there are few.
  void every_value() {
    if (place_.high - place_.low >= static_cast<std::int64_t>(kMostStarts)) return;
    for (std::int64_t value = place_.low + 1; value <= place_.high; ++value) starts_.insert(value);
  }

  const Program& program_;
  const Subject& subject_;
  const Machine& machine_;
  const Batch& batch_;
  const Place& place_;
  Rational scale_;
  std::vector<Forms> forms_;
  std::vector<bool> depends_;
  std::set<std::int64_t> starts_;
};

}  // namespace

std::vector<std::int64_t> cuts_of(const Program& program, const Machine& machine, const Batch& batch, const Place& place) {
  return place.boolean ? std::vector<std::int64_t>{} : CutFinder(program, machine, batch, place).run();
}

void find_cuts(const Program& program, const Machine& machine, const Batch& batch, Places& places) {
  for (Place& place : places.all())
    if (!place.is_list()) place.starts = cuts_of(program, machine, batch, place);
}

}  // namespace quy::vm

// Constants, fields, readings, tables, days.

#include "analysis/symbolic/encoding.h"

namespace quy::analysis::symbolic {

namespace {

constexpr std::size_t kMostTableRows = 400;   ///< a table in one term; a longer one is not analysed

}  // namespace

Encoding::Value Encoding::constant_of(const At& at) { return constant(module_.constants[at.instruction->a]); }

Encoding::Value Encoding::truth_constant(const At& at) { return Truth{context_.bool_val(at.instruction->a == 1), no()}; }

Encoding::Value Encoding::text(const At& at) { return Number{{evidence_.text(module_.strings[at.instruction->a]), 1}, {}, no()}; }

Encoding::Value Encoding::field(const At& at) {
  const FieldTerms& terms = evidence_.field(subject_, at.instruction->a, at.kind);
  return Number{{terms.value, power_of_ten(terms.digits).numerator()}, {}, terms.left_out};
}

Encoding::Value Encoding::flag(const At& at) {
  const FieldTerms& terms = evidence_.field(subject_, at.instruction->a, at.kind);
  return truth_of(terms.value, terms.left_out);
}

Encoding::Value Encoding::state(const At& at) {
  const FieldTerms& terms = evidence_.field(subject_, at.instruction->a, at.kind);
  return Truth{both(terms.left_out, terms.cause == static_cast<int>(at.instruction->b)), no()};
}

Encoding::Value Encoding::reading(const At& at) {
  const auto picked = readings_.find(at.instruction->a);
  const std::uint32_t option = picked != readings_.end() ? picked->second : module_.readings[at.instruction->a].chosen;
  return Truth{context_.bool_val(option == at.instruction->b), no()};
}

Encoding::Value Encoding::column(const At& at) {
  const std::vector<Rational>& column = module_.tables[at.instruction->a].columns[at.instruction->b];
  const Number& row = number_operand(at, 0);
  if (column.size() > kMostTableRows || !row.is_linear())
    return unknown(at, row.left_out, {"bảng quá dài để phân tích", "a table too long to analyse"});
  Linear value = linear(context_, column.empty() ? Rational(0) : column.back());
  for (std::size_t i = column.size(); i-- > 0;)
    value = choose(row.linear.top == context_.int_val(static_cast<std::int64_t>(i)), linear(context_, column[i]), value);
  return Number{value, {}, row.left_out};
}

Encoding::Value Encoding::working_days(const At& at) {
  return unknown(at, either(number_operand(at, 0).left_out, number_operand(at, 1).left_out),
                 {"số ngày làm việc (lịch nghỉ) không phân tích", "working days (the calendar) are not analysed"});
}

}  // namespace quy::analysis::symbolic

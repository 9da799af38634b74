#pragma once
// What a program means on one record where nothing is missing: slow and obvious, with rationals, one value at a time.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/bytecode/module.h"
#include "runtime/vm/batch.h"
#include "runtime/vm/machine.h"

namespace quy::test {

/// A field's place in a record: a state and, for a value, its scaled integer.
struct Datum {
  vm::FieldState state = vm::FieldState::missing;
  std::int64_t scaled = 0;
};
/// A record with its lists; a list that is absent is missing.
struct Record {
  std::vector<Datum> fields;                                       ///< of the record; those of lists stay missing here
  std::vector<std::optional<std::vector<std::vector<Datum>>>> lists;   ///< [list][row][field]
};

/// Appends the record; returns its row.
inline std::uint32_t add_record(vm::Batch& batch, const bytecode::Subject& subject, const Record& record) {
  const auto put = [&](std::uint32_t field, std::uint32_t position, const Datum& datum) {
    if (datum.state == vm::FieldState::value) batch.set_value(field, position, datum.scaled);
    if (datum.state > vm::FieldState::value) batch.set_left_out(field, position, datum.state);
  };
  const std::uint32_t row = batch.add_row();
  for (std::uint32_t f = 0; f < subject.fields.size(); ++f)
    if (subject.fields[f].list == bytecode::kNone) put(f, row, record.fields[f]);
  for (std::uint32_t k = 0; k < subject.lists.size(); ++k) {
    if (!record.lists[k]) continue;
    batch.open_list(k);
    for (const auto& item : *record.lists[k]) {
      const std::uint32_t position = batch.add_item(k);
      for (std::uint32_t f = 0; f < subject.fields.size(); ++f)
        if (subject.fields[f].list == k) put(f, position, item[f]);
    }
  }
  return row;
}

/// A value of one register: a number, a truth or an outcome (numbered as in machine.h); nothing when left out.
struct Value {
  std::optional<Rational> number;
  std::optional<bool> truth;
  std::uint32_t outcome = 0;
};

class Oracle {
 public:
  /// Values of all registers: one for the record, or one a list row.
  using Registers = std::vector<std::vector<Value>>;

  Oracle(const bytecode::Module& module, const bytecode::Subject& subject) : module_(module), subject_(subject) {}

  Registers run(const Record& record) {
    record_ = &record;
    registers_.clear();
    for (const bytecode::Instruction& x : subject_.code) {
      std::vector<Value> column;
      const std::size_t rows = x.domain == 0 ? 1 : record.lists[x.domain - 1]->size();
      for (std::size_t row = 0; row < rows; ++row) column.push_back(evaluate(x, row));
      registers_.push_back(std::move(column));
    }
    return registers_;
  }

 private:
  using Opcode = bytecode::Opcode;

  static Value number(std::optional<Rational> value) { return {std::move(value), {}, 0}; }
  static Value truth(std::optional<bool> value) { return {{}, value, 0}; }
  static Value outcome(std::uint32_t value) { return {{}, {}, value}; }

  const Datum& datum(std::uint32_t field, std::size_t row) const {
    const std::uint32_t list = subject_.fields[field].list;
    return list == bytecode::kNone ? record_->fields[field] : (*record_->lists[list])[row][field];
  }

  const Value& in(const bytecode::Instruction& x, std::size_t operand, std::size_t row) const {
    return registers_[x.operands[operand]][row];
  }

  std::uint32_t last_level() const { return static_cast<std::uint32_t>(module_.ratings[subject_.rating].levels.size()) - 1; }

  static bool compares(std::uint32_t sign, const Rational& a, const Rational& b) {
    switch (sign) {
      case 0: return a >= b;
      case 1: return a > b;
      case 2: return a <= b;
      case 3: return a < b;
      case 4: return a == b;
      default: return a != b;
    }
  }

  /// All, with parts that are left out passed over; with `any`, its mirror.
  static std::optional<bool> joined(const std::vector<std::optional<bool>>& parts, bool any) {
    std::optional<bool> result;
    for (const auto& part : parts)
      if (part) result = !result ? *part : any ? *result || *part : *result && *part;
    return result;
  }

  Value evaluate(const bytecode::Instruction& x, std::size_t row) {
    using vm::FieldState;
    switch (x.opcode) {
      case Opcode::constant: return number(module_.constants[x.a]);
      case Opcode::text: return number(Rational(std::int64_t{x.a}));
      case Opcode::truth: return truth(x.a == 1);
      case Opcode::reading: return truth(module_.readings[x.a].chosen == x.b);
      case Opcode::field: {
        const Datum& d = datum(x.a, row);
        if (d.state != FieldState::value) return number({});
        return number(Rational(d.scaled) * power_of_ten(-subject_.fields[x.a].digits));
      }
      case Opcode::flag: {
        const Datum& d = datum(x.a, row);
        return d.state == FieldState::value ? truth(d.scaled != 0) : truth({});
      }
      case Opcode::state: {
        constexpr FieldState kCauses[] = {FieldState::excluded, FieldState::did_not_arise, FieldState::not_yet_due};
        return truth(datum(x.a, row).state == kCauses[x.b]);
      }
      case Opcode::spread: return in(x, 0, 0);
      case Opcode::fold_count:
      case Opcode::fold_applicable:
      case Opcode::fold_any:
      case Opcode::fold_every:
      case Opcode::fold_sum:
      case Opcode::fold_smallest:
      case Opcode::fold_largest: return fold(x);
      default: break;
    }
    if (x.kind == bytecode::ValueKind::number) return number(numeric(x, row));
    if (x.kind == bytecode::ValueKind::boolean) return truth(logical(x, row));
    return outcome(level(x, row));
  }

  std::optional<Rational> numeric(const bytecode::Instruction& x, std::size_t row) {
    const auto a = [&]() -> const std::optional<Rational>& { return in(x, 0, row).number; };
    const auto b = [&]() -> const std::optional<Rational>& { return in(x, 1, row).number; };
    switch (x.opcode) {
      case Opcode::pick: {
        const auto condition = in(x, 0, row).truth;
        if (!condition) return {};
        return in(x, *condition ? 1 : 2, row).number;
      }
      case Opcode::or_else: return a() ? a() : b();
      case Opcode::keep: return in(x, 1, row).truth == true ? a() : std::nullopt;
      case Opcode::count_true: {
        int count = 0;
        for (std::size_t i = 0; i < x.operands.size(); ++i) count += in(x, i, row).truth == true;
        return Rational(count);
      }
      default: break;
    }
    if (!a()) return {};
    if (x.opcode == Opcode::round) {
      constexpr Rounding kModes[] = {Rounding::half_up, Rounding::down, Rounding::up};
      return a()->round_to(module_.constants[x.a], kModes[x.b]);
    }
    if (x.opcode == Opcode::column) return module_.tables[x.a].columns[x.b][static_cast<std::size_t>(*a()->to_int64())];
    if (!b()) return {};
    switch (x.opcode) {
      case Opcode::add: return *a() + *b();
      case Opcode::subtract: return *a() - *b();
      case Opcode::multiply: return *a() * *b();
      case Opcode::divide: return b()->sign() > 0 ? std::optional(*a() / *b()) : std::nullopt;
      case Opcode::minimum: return std::min(*a(), *b());
      case Opcode::maximum: return std::max(*a(), *b());
      case Opcode::working_days:
        return Rational(module_.calendar.working_days(static_cast<DayNumber>(*a()->to_int64()), static_cast<DayNumber>(*b()->to_int64())));
      default: return {};
    }
  }

  std::optional<bool> logical(const bytecode::Instruction& x, std::size_t row) {
    const auto truths = [&] {
      std::vector<std::optional<bool>> parts;
      for (std::size_t i = 0; i < x.operands.size(); ++i) parts.push_back(in(x, i, row).truth);
      return parts;
    };
    switch (x.opcode) {
      case Opcode::conjunction: return joined(truths(), false);
      case Opcode::disjunction: return joined(truths(), true);
      case Opcode::negation: {
        const auto part = in(x, 0, row).truth;
        return part ? std::optional(!*part) : std::nullopt;
      }
      case Opcode::holds: return in(x, 0, row).truth == true;
      case Opcode::left_out: {
        const bool is_number = subject_.code[x.operands[0]].kind == bytecode::ValueKind::number;
        return is_number ? !in(x, 0, row).number : !in(x, 0, row).truth;
      }
      case Opcode::reached: return in(x, 0, row).outcome <= x.a;
      default: break;
    }
    const std::optional<Rational> a = in(x, 0, row).number;
    if (!a) return {};
    if (x.opcode == Opcode::member) {
      const auto first = module_.constants.begin() + x.b;
      return std::find(first, first + x.a, *a) != first + x.a;
    }
    const std::optional<Rational> b = in(x, 1, row).number;
    if (!b) return {};
    if (x.opcode == Opcode::compare) return compares(x.a, *a, *b);
    if (b->sign() <= 0) return {};
    return compares(x.a, *a / *b, module_.constants[x.b]);
  }

  Value fold(const bytecode::Instruction& x) {
    const std::vector<Value>& rows = registers_[x.operands[0]];
    const bool is_number = subject_.code[x.operands[0]].kind == bytecode::ValueKind::number;
    std::vector<Rational> numbers;
    std::vector<std::optional<bool>> truths;
    for (const Value& value : rows) {
      if (is_number && value.number) numbers.push_back(*value.number);
      if (!is_number && value.truth) truths.push_back(value.truth);
    }
    const auto trues = std::count(truths.begin(), truths.end(), std::optional(true));
    switch (x.opcode) {
      case Opcode::fold_count: return number(Rational(static_cast<std::int64_t>(trues)));
      case Opcode::fold_applicable: return number(Rational(static_cast<std::int64_t>(is_number ? numbers.size() : truths.size())));
      case Opcode::fold_any: return truth(trues > 0);
      case Opcode::fold_every: return truth(truths.empty() ? std::nullopt : std::optional(trues == static_cast<std::ptrdiff_t>(truths.size())));
      case Opcode::fold_sum: {
        Rational sum(0);
        for (const Rational& value : numbers) sum = sum + value;
        return number(sum);
      }
      default: break;
    }
    if (numbers.empty()) return number({});
    return number(x.opcode == Opcode::fold_smallest ? *std::min_element(numbers.begin(), numbers.end())
                                                    : *std::max_element(numbers.begin(), numbers.end()));
  }

  static constexpr std::uint32_t kGap = vm::kOutcomeGap;

  std::uint32_t level(const bytecode::Instruction& x, std::size_t row) {
    const auto fires = [&](std::size_t operand) { return in(x, operand, row).truth == true; };
    switch (x.opcode) {
      case Opcode::band: {
        const auto total = in(x, 0, row).number;
        if (!total) return kGap;
        for (std::uint32_t i = 0; i < x.a; ++i)
          if (*total >= module_.constants[x.b + i]) return i;
        return last_level();
      }
      case Opcode::first_level: return first_level(x, row);
      case Opcode::hand_over: return hand_over(x, row);
      case Opcode::pick_levels: return in(x, fires(0) ? 1 : 2, row).outcome;
      case Opcode::force: return force(x, row);
      case Opcode::worse_outcome: return std::max(in(x, 0, row).outcome, in(x, 1, row).outcome);
      default: break;
    }
    const std::uint32_t now = in(x, 0, row).outcome;
    const bool is_level = now <= last_level();
    switch (x.opcode) {
      case Opcode::gap_if: return fires(1) ? kGap : now;
      case Opcode::not_rated_if: return fires(1) ? vm::kOutcomeNotRated : now;
      case Opcode::bar: return fires(1) && is_level ? std::max(now, x.a) : now;
      case Opcode::lower: return fires(1) && is_level ? std::min(now + x.a, last_level()) : now;
      case Opcode::cap: {
        const auto to = in(x, 1, row).number;
        if (!to || !is_level) return now;
        const std::int64_t bound = std::clamp<std::int64_t>(*to->to_int64(), 0, last_level());
        return std::max(now, static_cast<std::uint32_t>(bound));
      }
      case Opcode::need: return is_level ? need(x, row, now) : now;
      default: return now;
    }
  }

  std::uint32_t first_level(const bytecode::Instruction& x, std::size_t row) {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < x.operands.size(); ++i)
      if (in(x, i, row).truth == true) found.push_back(i);
    if (found.empty()) return x.b == 1 ? last_level() : kGap;
    return x.a == 1 || found.size() == 1 ? found[0] : kGap;
  }

  std::uint32_t need(const bytecode::Instruction& x, std::size_t row, std::uint32_t now) {
    const auto holds = [&](std::uint32_t i) { return i + 1 >= x.operands.size() || in(x, i + 1, row).truth != false; };
    if (holds(now)) return now;
    if (x.a == 0) return kGap;
    if (x.a == 1) return now < last_level() && holds(now + 1) ? now + 1 : kGap;
    while (now < last_level() && !holds(now)) ++now;
    return now;
  }

  std::uint32_t force(const bytecode::Instruction& x, std::size_t row) {
    std::optional<std::uint32_t> forced;
    const bytecode::Instruction* link = &x;
    for (;;) {
      if (in(*link, 1, row).truth == true) forced = std::max(forced.value_or(0), link->a);
      const bytecode::Instruction& below = subject_.code[link->operands[0]];
      if (below.opcode != Opcode::force) break;
      link = &below;
    }
    return forced ? *forced : in(*link, 0, row).outcome;
  }

  std::uint32_t hand_over(const bytecode::Instruction& x, std::size_t row) {
    if (in(x, 2, row).truth != true) return in(x, 0, row).outcome;
    const auto decided = in(x, 3, row).number;
    if (!decided) return vm::kOutcomeAuthority;
    const std::int64_t chosen = *decided->to_int64();
    const bool is_level = chosen >= 0 && chosen <= last_level();
    const bool is_outcome = is_level || (chosen >= kGap && chosen <= vm::kOutcomeAuthority);
    if (!is_outcome || ((x.a >> chosen) & 1) == 0) return vm::kOutcomeAuthority;
    const std::uint32_t bound = in(x, 1, row).outcome;
    const bool better = is_level && bound <= last_level() && static_cast<std::uint32_t>(chosen) < bound;
    return better ? vm::kOutcomeAuthority : static_cast<std::uint32_t>(chosen);
  }

  const bytecode::Module& module_;
  const bytecode::Subject& subject_;
  const Record* record_ = nullptr;
  Registers registers_;
};

}  // namespace quy::test

#include "runtime/bytecode/verify_code.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "runtime/bytecode/codec.h"

namespace quy::bytecode {
namespace {

/// Registers take memory in every run; far above what a subject with the most fields needs.
constexpr std::size_t kMostInstructions = 1U << 17;

/// What an immediate is checked against.
enum class Immediate : std::uint8_t {
  unused,
  flag01,
  up_to_2,
  sign,
  constant,
  positive_constant,
  run_of_constants /* b, with a as the length */,
  string,
  number_field,
  boolean_field,
  any_field,
  reading,
  option /* b, of reading a */,
  table,
  column /* b, of table a */,
  list,
  level,
  level_count,
  any
};

/// How the domains of operands and result go together.
enum class DomainRule : std::uint8_t { same, free, of_field, record, spread, fold };

struct Rule {
  Opcode opcode;
  Immediate a, b;
  DomainRule domains;
};

using enum Immediate;
constexpr Rule kRules[] = {
    {Opcode::constant, Immediate::constant, unused, DomainRule::free},
    {Opcode::truth, flag01, unused, DomainRule::free},
    {Opcode::text, string, unused, DomainRule::free},
    {Opcode::field, number_field, unused, DomainRule::of_field},
    {Opcode::flag, boolean_field, unused, DomainRule::of_field},
    {Opcode::state, any_field, up_to_2, DomainRule::of_field},
    {Opcode::reading, Immediate::reading, option, DomainRule::free},
    {Opcode::add, unused, unused, DomainRule::same},
    {Opcode::subtract, unused, unused, DomainRule::same},
    {Opcode::multiply, unused, unused, DomainRule::same},
    {Opcode::divide, unused, unused, DomainRule::same},
    {Opcode::minimum, unused, unused, DomainRule::same},
    {Opcode::maximum, unused, unused, DomainRule::same},
    {Opcode::round, positive_constant, up_to_2, DomainRule::same},
    {Opcode::pick, unused, unused, DomainRule::same},
    {Opcode::or_else, unused, unused, DomainRule::same},
    {Opcode::keep, unused, unused, DomainRule::same},
    {Opcode::column, table, Immediate::column, DomainRule::same},
    {Opcode::working_days, unused, unused, DomainRule::same},
    {Opcode::count_true, unused, unused, DomainRule::same},
    {Opcode::compare, sign, unused, DomainRule::same},
    {Opcode::compare_ratio, sign, Immediate::constant, DomainRule::same},
    {Opcode::member, any, run_of_constants, DomainRule::same},
    {Opcode::conjunction, unused, unused, DomainRule::same},
    {Opcode::disjunction, unused, unused, DomainRule::same},
    {Opcode::negation, unused, unused, DomainRule::same},
    {Opcode::left_out, unused, unused, DomainRule::same},
    {Opcode::holds, unused, unused, DomainRule::same},
    {Opcode::spread, list, unused, DomainRule::spread},
    {Opcode::fold_count, list, unused, DomainRule::fold},
    {Opcode::fold_applicable, list, unused, DomainRule::fold},
    {Opcode::fold_any, list, unused, DomainRule::fold},
    {Opcode::fold_every, list, unused, DomainRule::fold},
    {Opcode::fold_sum, list, unused, DomainRule::fold},
    {Opcode::fold_smallest, list, unused, DomainRule::fold},
    {Opcode::fold_largest, list, unused, DomainRule::fold},
    {Opcode::band, level_count, run_of_constants, DomainRule::record},
    {Opcode::first_level, flag01, flag01, DomainRule::record},
    {Opcode::need, up_to_2, unused, DomainRule::record},
    {Opcode::gap_if, unused, unused, DomainRule::record},
    {Opcode::bar, level, unused, DomainRule::record},
    {Opcode::lower, level_count, unused, DomainRule::record},
    {Opcode::cap, unused, unused, DomainRule::record},
    {Opcode::force, level, unused, DomainRule::record},
    {Opcode::hand_over, any, unused, DomainRule::record},
    {Opcode::not_rated_if, unused, unused, DomainRule::record},
    {Opcode::pick_levels, unused, unused, DomainRule::record},
    {Opcode::worse_outcome, unused, unused, DomainRule::record},
    {Opcode::reached, level, unused, DomainRule::record},
};
static_assert(std::size(kRules) == static_cast<std::size_t>(Opcode::count_));
static_assert(
    [] {
      for (std::size_t i = 0; i < std::size(kRules); ++i) {
        if (static_cast<std::size_t>(kRules[i].opcode) != i) return false;
      }
      return true;
    }(),
    "a row for each opcode, in the order of opcodes.def");

/// What a number stands for, where that matters: a row of one table, a text, or a plain number.
constexpr std::uint32_t kPlain = kNone;
constexpr std::uint32_t kText = kNone - 1;

class CodeVerifier {
 public:
  CodeVerifier(Checks& checks, const Place& up, const Module& module, const Subject& subject)
      : checks_(checks), up_(up), module_(module), subject_(subject), code_(subject.code) {
    if (subject.rating != kNone) levels_ = module.ratings[subject.rating].levels.size();
  }

  void run() {
    checks_.limit({&up_, "code"}, code_.size(), kMostInstructions);
    meanings_.reserve(code_.size());
    for (Register i = 0; i < code_.size() && checks_.sound(); ++i) instruction({&up_, "code", i}, i);
  }

 private:
  void instruction(const Place& place, Register at) {
    const Instruction& x = code_[at];
    const Rule& rule = kRules[static_cast<std::size_t>(x.opcode)];
    checks_.limit({&place, "domain"}, x.domain, subject_.lists.size());
    for (std::uint32_t i = 0; i < x.operands.size(); ++i) checks_.index({&place, "operands", i}, x.operands[i], at);
    if (!checks_.sound()) return;
    operand_kinds(place, x);
    immediate({&place, "a"}, rule.a, x, x.a);
    immediate({&place, "b"}, rule.b, x, x.b);
    if (!checks_.sound()) return;
    domains(place, rule.domains, x);
    levels(place, x);
    meanings_.push_back(meaning(place, x));
  }

  static char letter(ValueKind kind) {
    return kind == ValueKind::boolean ? 'b' : kind == ValueKind::number ? 'n' : 'l';
  }

  /// The letter that opcodes.def asks of each operand; a starred letter stands for the rest.
  void operand_kinds(const Place& place, const Instruction& x) {
    const OpcodeInfo& row = info(x.opcode);
    const bool starred = row.operands.ends_with('*');
    const std::size_t named = row.operands.size() - (starred ? 1 : 0);
    const bool count_fits = starred ? x.operands.size() >= named : x.operands.size() == named;
    checks_.require({&place, "operands"}, count_fits, {"số toán hạng sai", "the number of operands is wrong"});
    if (!checks_.sound()) return;
    for (std::uint32_t i = 0; i < x.operands.size(); ++i) {
      const char wanted = row.operands[std::min<std::size_t>(i, named - 1)];
      const char found = letter(code_[x.operands[i]].kind);
      const bool fits = wanted == found || (wanted == 'x' && found != 'l');
      checks_.require({&place, "operands", i}, fits, {"toán hạng sai kiểu", "the operand has the wrong kind"});
    }
    const char result = row.result == 'x' ? letter(code_[x.operands[0]].kind) : row.result;
    checks_.require({&place, "kind"}, letter(x.kind) == result,
                    {"kiểu của kết quả sai", "the kind of the result is wrong"});
  }

  void immediate(const Place& place, Immediate rule, const Instruction& x, std::uint32_t value) {
    switch (rule) {
      case unused: return checks_.require(place, value == 0, {"số không dùng phải là 0", "an unused number must be 0"});
      case flag01: return checks_.index(place, value, 2);
      case up_to_2: return checks_.index(place, value, 3);
      case sign: return checks_.index(place, value, 6);
      case Immediate::constant: return checks_.index(place, value, module_.constants.size());
      case positive_constant: return positive(place, value);
      case run_of_constants: return run_of(place, value, x.a);
      case string: return checks_.index(place, value, module_.strings.size());
      case number_field: return field_of_kind(place, value, false);
      case boolean_field: return field_of_kind(place, value, true);
      case any_field: return checks_.index(place, value, subject_.fields.size());
      case Immediate::reading: return checks_.index(place, value, module_.readings.size());
      case option: return option_of(place, value, x.a);
      case table: return checks_.index(place, value, module_.tables.size());
      case Immediate::column: return column_of(place, value, x.a);
      case list: return checks_.index(place, value, subject_.lists.size());
      case level: return checks_.index(place, value, levels_);
      case level_count: return checks_.limit(place, value, levels_);
      case any: return;
    }
  }

  void positive(const Place& place, std::uint32_t value) {
    checks_.index(place, value, module_.constants.size());
    if (!checks_.sound()) return;
    checks_.require(place, module_.constants[value].sign() > 0,
                    {"bước làm tròn không dương", "the rounding step is not positive"});
  }

  void run_of(const Place& place, std::uint32_t begin, std::uint32_t length) {
    checks_.limit(place, static_cast<std::size_t>(begin) + length, module_.constants.size());
  }

  void field_of_kind(const Place& place, std::uint32_t value, bool boolean) {
    checks_.index(place, value, subject_.fields.size());
    if (!checks_.sound()) return;
    const bool found = subject_.fields[value].kind == FieldKind::boolean;
    checks_.require(place, found == boolean, {"trường sai kiểu", "the field has the wrong kind"});
  }

  void option_of(const Place& place, std::uint32_t value, std::uint32_t reading) {
    if (checks_.sound()) checks_.index(place, value, module_.readings[reading].option_ids.size());
  }

  void column_of(const Place& place, std::uint32_t value, std::uint32_t table_index) {
    if (checks_.sound()) checks_.index(place, value, module_.tables[table_index].columns.size());
  }

  void domains(const Place& place, DomainRule rule, const Instruction& x) {
    switch (rule) {
      case DomainRule::free: return;
      case DomainRule::same: return operand_domains(place, x, x.domain);
      case DomainRule::of_field: return domain_is(place, x, domain_of(subject_.fields[x.a]));
      case DomainRule::record: domain_is(place, x, 0); return operand_domains(place, x, 0);
      case DomainRule::spread: domain_is(place, x, x.a + 1); return operand_domains(place, x, 0);
      case DomainRule::fold: domain_is(place, x, 0); return operand_domains(place, x, x.a + 1);
    }
  }

  static std::uint32_t domain_of(const Field& field) { return field.list == kNone ? 0 : field.list + 1; }

  void domain_is(const Place& place, const Instruction& x, std::uint32_t wanted) {
    checks_.require({&place, "domain"}, x.domain == wanted,
                    {"miền của kết quả sai", "the domain of the result is wrong"});
  }

  void operand_domains(const Place& place, const Instruction& x, std::uint32_t wanted) {
    for (std::uint32_t i = 0; i < x.operands.size(); ++i) {
      const bool fits = code_[x.operands[i]].domain == wanted;
      checks_.require({&place, "operands", i}, fits, {"toán hạng thuộc miền khác", "the operand has another domain"});
    }
  }

  /// Whatever touches levels needs a rating, and no more conditions than it has levels.
  void levels(const Place& place, const Instruction& x) {
    const bool makes = x.kind == ValueKind::levels;
    checks_.require(place, !makes || levels_ != 0, {"đối tượng không có xếp loại", "the subject has no rating"});
    if (x.opcode == Opcode::first_level) checks_.limit({&place, "operands"}, x.operands.size(), levels_);
    if (x.opcode == Opcode::need) checks_.limit({&place, "operands"}, x.operands.size(), levels_ + 1);
  }

  std::uint32_t meaning_of_operand(const Instruction& x, std::size_t i) const {
    return code_[x.operands[i]].kind == ValueKind::number ? meanings_[x.operands[i]] : kPlain;
  }

  static std::uint32_t meaning_of_field(const Field& field) {
    if (field.kind == FieldKind::text) return kText;
    return field.kind == FieldKind::code ? field.table : kPlain;
  }

  /// What the result stands for; refuses texts in arithmetic and row numbers of one table in another.
  std::uint32_t meaning(const Place& place, const Instruction& x) {
    switch (x.opcode) {
      case Opcode::text: return kText;
      case Opcode::field: return meaning_of_field(subject_.fields[x.a]);
      case Opcode::spread:
      case Opcode::keep: return meaning_of_operand(x, 0);
      case Opcode::pick: return joined(place, x, 1, 2);
      case Opcode::or_else: return joined(place, x, 0, 1);
      case Opcode::compare: compared(place, x); return kPlain;
      case Opcode::column:
        checks_.require(place, meaning_of_operand(x, 0) == x.a,
                        {"toán hạng không phải một dòng của bảng này", "the operand is no row of this table"});
        return kPlain;
      case Opcode::left_out:
      case Opcode::fold_applicable: return kPlain;
      default: no_texts(place, x); return kPlain;
    }
  }

  std::uint32_t joined(const Place& place, const Instruction& x, std::size_t first, std::size_t second) {
    const std::uint32_t one = meaning_of_operand(x, first);
    const std::uint32_t other = meaning_of_operand(x, second);
    checks_.require(place, (one == kText) == (other == kText), kMixed);
    return one == other ? one : kPlain;
  }

  void compared(const Place& place, const Instruction& x) {
    const bool text = meaning_of_operand(x, 0) == kText;
    checks_.require(place, text == (meaning_of_operand(x, 1) == kText), kMixed);
    checks_.require(place, !text || x.a >= 4, {"chữ chỉ so bằng hay khác", "texts compare for equality only"});
  }

  void no_texts(const Place& place, const Instruction& x) {
    for (std::size_t i = 0; i < x.operands.size(); ++i) {
      checks_.require(place, meaning_of_operand(x, i) != kText, {"phép tính trên chữ", "arithmetic on a text"});
    }
  }

  const Bilingual kMixed{"trộn chữ với số", "a text is mixed with a number"};
  Checks& checks_;
  const Place& up_;
  const Module& module_;
  const Subject& subject_;
  const std::vector<Instruction>& code_;
  std::size_t levels_ = 0;
  std::vector<std::uint32_t> meanings_;
};

}  // namespace

void verify_code(Checks& checks, const Place& subject_place, const Module& module, const Subject& subject) {
  CodeVerifier(checks, subject_place, module, subject).run();
}

}  // namespace quy::bytecode

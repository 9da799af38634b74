#include "analysis/joint/joint.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/record/slice.h"

namespace quy::analysis {

using bytecode::Field;
using bytecode::FieldPlace;
using bytecode::Instruction;
using bytecode::kNone;
using bytecode::List;
using bytecode::Module;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::Subject;
using bytecode::Table;

namespace {

constexpr std::uint32_t kDidNotArise = 1;  ///< cause of `state`: what a value that cannot be worked out counts as

std::string field_key(const Subject& subject, const Field& field) {
  return fmt::format("{}.{}.{}.{}", static_cast<int>(field.place),
                     field.list == kNone ? "" : subject.lists[field.list].id, field.id, field.clause);
}

template <class T>
std::uint32_t find_or_add(std::vector<T>& all, const T& wanted, const auto& same) {
  const auto found = std::ranges::find_if(all, [&](const T& each) { return same(each, wanted); });
  if (found != all.end()) return static_cast<std::uint32_t>(found - all.begin());
  all.push_back(wanted);
  return static_cast<std::uint32_t>(all.size() - 1);
}

class Joining {
 public:
  Joining(const JointSide& first, const JointSide& second, const JointFields& fields)
      : first_(first), second_(second), fields_(fields) {
    module_.id = first.module->id;
    module_.calendar = first.module->calendar;
    module_.ratings = first.module->ratings;
    made_.id = first.subject->id;
    made_.kind = first.subject->kind;
    made_.stages = first.subject->stages;
    made_.rating = first.subject->rating;
  }

  Joint run() {
    Joint joint;
    JointSide first = first_;
    const std::vector<StandIn> stand_ins = this->stand_ins();
    for (const StandIn& each : stand_ins) first.registers.push_back(each.value);
    joint.first = Side(*this, first, {}, false).run(&joint);
    std::map<std::string, Register> replaced;
    for (const StandIn& each : stand_ins) replaced[each.field] = joint.first[each.value];
    joint.second = Side(*this, second_, std::move(replaced), true).run(nullptr);
    joint.fields.resize(made_.fields.size(), kNone);
    joint.lists.resize(made_.lists.size(), kNone);
    module_.subjects.push_back(std::move(made_));
    joint.module = std::move(module_);
    joint.incompatible = std::move(incompatible_);
    return joint;
  }

 private:
  struct StandIn {
    std::string field;
    Register value;
  };
  /// Of the first side's stand-ins for fields, those that the second side reads.
  std::vector<StandIn> stand_ins() const {
    std::vector<StandIn> needed;
    if (!fields_.replaced) return needed;
    std::vector<Register> roots = second_.registers;
    for (const bytecode::Requirement& requirement : related_requirements(*second_.subject, roots))
      roots.push_back(requirement.condition);
    std::set<std::string> read;
    for (const std::uint32_t field : fields_read(*second_.subject, reached(*second_.subject, roots)))
      read.insert(second_.subject->fields[field].id);
    for (const bytecode::Observable& each : first_.subject->observables)
      if (each.role == bytecode::Role::value && each.parent == kNone && read.contains(each.id))
        needed.push_back({each.id, each.reg});
    return needed;
  }

  /// One side on its way into the joint.
  class Side {
   public:
    Side(Joining& joining, const JointSide& side, std::map<std::string, Register> replaced, bool is_second)
        : joining_(joining),
          module_(*side.module),
          subject_(*side.subject),
          side_(side),
          replaced_(std::move(replaced)),
          is_second_(is_second),
          fields_(subject_.fields.size(), kNone),
          registers_(subject_.code.size(), kNone) {}

    /// Notes in `origins` which of the side's fields and lists the joint's are.
    std::vector<Register> run(Joint* origins) {
      std::vector<Register> roots = side_.registers;
      const std::vector<bytecode::Requirement> requirements = related_requirements(subject_, roots);
      for (const bytecode::Requirement& requirement : requirements) roots.push_back(requirement.condition);
      const std::vector<bool> wanted = reached(subject_, roots);
      for (const std::uint32_t index : fields_read(subject_, wanted)) add_field(index);
      for (Register reg = 0; reg < subject_.code.size(); ++reg)
        if (wanted[reg]) registers_[reg] = add(subject_.code[reg]);
      for (const bytecode::Requirement& requirement : requirements) require(requirement);
      if (origins) note_origins(*origins);
      return std::move(registers_);
    }

   private:
    void note_origins(Joint& joint) const {
      joint.fields.resize(joining_.made_.fields.size(), kNone);
      for (std::uint32_t i = 0; i < fields_.size(); ++i)
        if (fields_[i] != kNone) joint.fields[fields_[i]] = i;
      for (const List& list : joining_.made_.lists)
        for (std::uint32_t i = 0; i < subject_.lists.size(); ++i)
          if (subject_.lists[i].id == list.id) joint.lists.push_back(i);
    }

    bool is_replaced(const Field& field) const {
      return field.list == kNone && field.place == FieldPlace::evidence && replaced_.contains(field.id);
    }
    bool is_closed(const Field& field) const {
      return is_second_ && field.place == FieldPlace::open_points && joining_.fields_.open_points.contains(field.id);
    }

    void require(const bytecode::Requirement& requirement) {
      const Register condition = registers_[requirement.condition];
      auto& all = joining_.made_.requirements;
      const bool known = std::ranges::any_of(all, [&](const auto& each) { return each.condition == condition; });
      if (!known) all.push_back({condition, requirement.text, kNone});
    }

    std::uint32_t add_list(std::uint32_t list) {
      return find_or_add(joining_.made_.lists, subject_.lists[list],
                         [](const List& a, const List& b) { return a.id == b.id; });
    }

    // -------------------------------------------------------------- fields

    std::uint32_t add_field(std::uint32_t index) {
      const Field& field = subject_.fields[index];
      if (fields_[index] != kNone || is_replaced(field) || is_closed(field)) return fields_[index];
      Field made = field;
      if (field.list != kNone) made.list = add_list(field.list);
      if (field.scale != kNone) made.scale = add_scale(field.scale);
      if (field.table != kNone) made.table = add_table(field.table);
      made.at_most_field = kNone;
      const std::uint32_t known = is_second_ ? joining_.shared(made) : kNone;
      if (known != kNone) {
        narrow(joining_.made_.fields[known], field);
        fields_[index] = known;
      } else {
        if (is_second_) made.id += joining_.kSecond;
        joining_.made_.fields.push_back(std::move(made));
        fields_[index] = static_cast<std::uint32_t>(joining_.made_.fields.size() - 1);
      }
      if (field.at_most_field != kNone) {
        const std::uint32_t whole = add_field(field.at_most_field);
        std::uint32_t& at_most = joining_.made_.fields[fields_[index]].at_most_field;
        if (at_most == kNone) at_most = whole;
      }
      return fields_[index];
    }

    /// Only evidence that both sides take is compared.
    static void narrow(Field& shared, const Field& other) {
      shared.low = std::max(shared.low, other.low);
      shared.high = std::min(shared.high, other.high);
    }

    std::uint32_t add_scale(std::uint32_t scale) {
      return find_or_add(
          joining_.module_.scales, module_.scales[scale],
          [](const bytecode::Scale& a, const bytecode::Scale& b) { return a.id == b.id && a.step_ids == b.step_ids; });
    }

    std::uint32_t add_table(std::uint32_t table) {
      return find_or_add(joining_.module_.tables, module_.tables[table], [](const Table& a, const Table& b) {
        return a.id == b.id && a.keys == b.keys && a.columns == b.columns;
      });
    }

    // -------------------------------------------------------------- code

    Register add(const Instruction& instruction) {
      if (instruction.opcode == Opcode::reading)
        return joining_.intern(truth(chosen(instruction.a) == instruction.b, instruction.domain));
      if (reads_field(instruction.opcode)) {
        const Field& field = subject_.fields[instruction.a];
        if (is_replaced(field)) return read_replaced(instruction, replaced_.at(field.id));
        if (is_closed(field)) return joining_.intern(constant(joining_.fields_.open_points.at(field.id)));
      }
      Instruction made = instruction;
      if (made.domain != 0) made.domain = add_list(made.domain - 1) + 1;
      for (Register& operand : made.operands) operand = registers_[operand];
      place_immediates(made);
      return joining_.intern(std::move(made));
    }

    std::uint32_t chosen(std::uint32_t reading) const {
      const auto picked = side_.readings.find(reading);
      return picked != side_.readings.end() ? picked->second : module_.readings[reading].chosen;
    }

    static Instruction truth(bool value, std::uint32_t domain) {
      return {.opcode = Opcode::truth,
              .a = value ? 1U : 0U,
              .b = 0,
              .domain = domain,
              .kind = bytecode::ValueKind::boolean,
              .operands = {}};
    }
    Instruction constant(const Rational& value) const {
      return {.opcode = Opcode::constant,
              .a = joining_.constants({value}),
              .b = 0,
              .domain = 0,
              .kind = bytecode::ValueKind::number,
              .operands = {}};
    }

    Register read_replaced(const Instruction& instruction, Register value) const {
      if (instruction.opcode != Opcode::state) return value;
      if (instruction.b != kDidNotArise) return joining_.intern(truth(false, 0));
      return joining_.intern({.opcode = Opcode::left_out,
                              .a = 0,
                              .b = 0,
                              .domain = 0,
                              .kind = bytecode::ValueKind::boolean,
                              .operands = {value}});
    }

    void place_immediates(Instruction& made) {
      switch (made.opcode) {
        case Opcode::constant:
        case Opcode::round: made.a = joining_.constants({module_.constants[made.a]}); break;
        case Opcode::compare_ratio: made.b = joining_.constants({module_.constants[made.b]}); break;
        case Opcode::member:
        case Opcode::band: {
          const auto begin = module_.constants.begin() + made.b;
          made.b = joining_.constants({begin, begin + made.a});
          break;
        }
        case Opcode::text: made.a = joining_.text(module_.strings[made.a]); break;
        case Opcode::field:
        case Opcode::flag:
        case Opcode::state: made.a = fields_[made.a]; break;
        case Opcode::column: made.a = add_table(made.a); break;
        case Opcode::spread:
        case Opcode::fold_count:
        case Opcode::fold_applicable:
        case Opcode::fold_any:
        case Opcode::fold_every:
        case Opcode::fold_sum:
        case Opcode::fold_smallest:
        case Opcode::fold_largest: made.a = add_list(made.a); break;
        default: break;
      }
    }

    Joining& joining_;
    const Module& module_;
    const Subject& subject_;
    const JointSide& side_;
    std::map<std::string, Register> replaced_;
    bool is_second_;
    std::vector<std::uint32_t> fields_;
    std::vector<Register> registers_;
  };

  static constexpr const char* kSecond = "'";  ///< marks the second side's own evidence; no author's id holds it

  /// The first side's field that `wanted` names, when the two agree on what it is.
  std::uint32_t shared(const Field& wanted) {
    const std::string key = field_key(made_, wanted);
    for (std::uint32_t i = 0; i < made_.fields.size(); ++i) {
      const Field& field = made_.fields[i];
      if (field_key(made_, field) != key) continue;
      if (field.kind == wanted.kind && field.scale == wanted.scale && field.table == wanted.table &&
          field.digits == wanted.digits)
        return i;
      incompatible_.push_back(field.label.empty() ? field.id : field.label);
      return kNone;
    }
    return kNone;
  }

  Register intern(Instruction instruction) {
    std::string key = fmt::format("{},{},{},{},{}", static_cast<int>(instruction.opcode), instruction.a, instruction.b,
                                  instruction.domain, static_cast<int>(instruction.kind));
    for (const Register operand : instruction.operands) key += fmt::format(".{}", operand);
    const auto [place, fresh] = known_.try_emplace(std::move(key), static_cast<Register>(made_.code.size()));
    if (fresh) made_.code.push_back(std::move(instruction));
    return place->second;
  }

  std::uint32_t constants(const std::vector<Rational>& run) {
    std::string key;
    for (const Rational& value : run) key += value.exact_text() + ' ';
    const auto [place, fresh] =
        constants_.try_emplace(std::move(key), static_cast<std::uint32_t>(module_.constants.size()));
    if (fresh) module_.constants.insert(module_.constants.end(), run.begin(), run.end());
    return place->second;
  }

  std::uint32_t text(const std::string& value) { return find_or_add(module_.strings, value, std::equal_to<>()); }

  const JointSide &first_, &second_;
  const JointFields& fields_;
  Module module_;
  Subject made_;
  std::map<std::string, Register> known_;
  std::map<std::string, std::uint32_t> constants_;
  std::vector<std::string> incompatible_;
};

}  // namespace

Register Joint::make(Opcode opcode, std::vector<Register> operands, std::uint32_t a, std::uint32_t b) {
  const bool is_number = opcode == Opcode::constant || opcode == Opcode::add;
  module.subjects.front().code.push_back(
      {.opcode = opcode,
       .a = a,
       .b = b,
       .domain = 0,
       .kind = is_number ? bytecode::ValueKind::number : bytecode::ValueKind::boolean,
       .operands = std::move(operands)});
  return static_cast<Register>(subject().code.size() - 1);
}

Register Joint::number(const Rational& value) {
  module.constants.push_back(value);
  return make(Opcode::constant, {}, static_cast<std::uint32_t>(module.constants.size() - 1));
}

Register Joint::sum(const std::vector<Register>& parts) {
  Register result = kNone;
  for (const Register part : parts) result = result == kNone ? part : make(Opcode::add, {result, part});
  return result == kNone ? number(0) : result;
}

Register Joint::all(const std::vector<Register>& parts) {
  return parts.empty()       ? make(Opcode::truth, {}, 1)
         : parts.size() == 1 ? parts.front()
                             : make(Opcode::conjunction, parts);
}

Register Joint::any(const std::vector<Register>& parts) {
  return parts.empty()       ? make(Opcode::truth, {}, 0)
         : parts.size() == 1 ? parts.front()
                             : make(Opcode::disjunction, parts);
}

Register Joint::fails(Register condition) { return make(Opcode::negation, {make(Opcode::holds, {condition})}); }

Joint join(const JointSide& first, const JointSide& second, const JointFields& fields) {
  return Joining(first, second, fields).run();
}

}  // namespace quy::analysis

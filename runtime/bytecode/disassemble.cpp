#include <array>

#include "runtime/bytecode/codec.h"

namespace quy::bytecode {
namespace {

constexpr std::string_view kSigns[] = {"≥", ">", "≤", "<", "=", "≠"};
constexpr std::string_view kCauses[] = {"excluded", "did_not_arise", "not_yet_due"};
constexpr std::string_view kRoundings[] = {"half_up", "down", "up"};

/// The element's name, or its bare number when the pack has no such element: a pack may be printed before it is verified.
template <class Elements>
std::string named(const Elements& elements, std::uint32_t index) {
  if (index >= std::size(elements)) return "#" + std::to_string(index);
  if constexpr (requires { elements[index].id; }) {
    return elements[index].id;
  } else {
    return std::string(elements[index]);
  }
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

/// One instruction's immediates, by the names of what they point to.
class Immediates {
 public:
  Immediates(const Module& module, const Subject& subject) : module_(module), subject_(subject) {}

  std::string text(const Instruction& x) const {
    switch (x.opcode) {
      case Opcode::constant: return number(x.a);
      case Opcode::truth: return x.a == 0 ? "false" : "true";
      case Opcode::text: return quoted(named(module_.strings, x.a));
      case Opcode::field:
      case Opcode::flag: return named(subject_.fields, x.a);
      case Opcode::state: return named(subject_.fields, x.a) + " " + named(kCauses, x.b);
      case Opcode::reading: return named(module_.readings, x.a) + " = " + option(x.a, x.b);
      case Opcode::round: return "to " + number(x.a) + " " + named(kRoundings, x.b);
      case Opcode::column: return column(x.a, x.b);
      case Opcode::compare: return named(kSigns, x.a);
      case Opcode::compare_ratio: return named(kSigns, x.a) + " " + number(x.b);
      case Opcode::member: return "{" + numbers(x.b, x.a) + "}";
      case Opcode::band: return "[" + numbers(x.b, x.a) + "]";
      case Opcode::bar:
      case Opcode::force:
      case Opcode::reached: return level(x.a);
      case Opcode::first_level:
      case Opcode::need:
      case Opcode::lower: return std::to_string(x.a) + (x.b == 0 ? "" : " " + std::to_string(x.b));
      case Opcode::hand_over: return "outcomes " + (x.a == kNone ? "any" : std::to_string(x.a));
      default:
        return info(x.opcode).name.starts_with("fold_") || x.opcode == Opcode::spread ? named(subject_.lists, x.a) : "";
    }
  }

 private:
  std::string number(std::uint32_t index) const {
    return index < module_.constants.size() ? module_.constants[index].exact_text() : "#" + std::to_string(index);
  }
  std::string numbers(std::uint32_t begin, std::uint32_t count) const {
    std::string all;
    for (std::uint32_t i = 0; i < count && begin + i < module_.constants.size(); ++i)
      all += (i ? "; " : "") + number(begin + i);
    return all;
  }
  std::string option(std::uint32_t reading, std::uint32_t index) const {
    return reading < module_.readings.size() ? named(module_.readings[reading].option_ids, index)
                                             : "#" + std::to_string(index);
  }
  std::string column(std::uint32_t table, std::uint32_t index) const {
    const std::string name =
        table < module_.tables.size() ? named(module_.tables[table].column_ids, index) : "#" + std::to_string(index);
    return named(module_.tables, table) + "." + name;
  }
  std::string level(std::uint32_t index) const {
    return subject_.rating < module_.ratings.size() ? named(module_.ratings[subject_.rating].levels, index)
                                                    : "#" + std::to_string(index);
  }

  const Module& module_;
  const Subject& subject_;
};

void pad(std::string& line, std::size_t width) {
  if (line.size() < width) line.append(width - line.size(), ' ');
}

std::string line_of(const Instruction& x, Register at, const Subject& subject, const Immediates& immediates) {
  std::string line = "  %" + std::to_string(at);
  pad(line, 9);
  line += "bnl"[static_cast<std::size_t>(x.kind)];
  if (x.domain != 0) line += "@" + named(subject.lists, x.domain - 1);
  pad(line, 12);
  line += " " + std::string(info(x.opcode).name);
  for (const Register operand : x.operands) line += " %" + std::to_string(operand);
  const std::string rest = immediates.text(x);
  if (!rest.empty()) line += "  " + rest;
  return line + "\n";
}

std::string clauses_of(const Observable& observable, const Subject& subject) {
  std::string all;
  if (observable.origin >= subject.origins.size()) return all;
  for (const std::string& clause : subject.origins[observable.origin].clauses) all += " " + clause;
  return all;
}

void write_subject(std::string& out, const Module& module, const Subject& subject) {
  out += "subject " + subject.id + "  registers " + std::to_string(subject.code.size()) + "  cost " +
         std::to_string(cost(subject)) + " ns\n";
  const Immediates immediates(module, subject);
  for (Register i = 0; i < subject.code.size(); ++i) out += line_of(subject.code[i], i, subject, immediates);
  for (const Observable& observable : subject.observables) {
    if (observable.reg == kNone) continue;
    out += "  observe %" + std::to_string(observable.reg);
    if (!observable.id.empty()) out += " " + observable.id;
    out += clauses_of(observable, subject) + "\n";
  }
}

}  // namespace

std::string disassemble(const Module& module) {
  std::string out = "pack " + module.id + " " + module.version + "  format " + std::to_string(kFormatVersion) + "\n";
  for (const Subject& subject : module.subjects) write_subject(out, module, subject);
  return out;
}

}  // namespace quy::bytecode

#pragma once
// Two records of one subject side by side in one: what differs is there twice, everything else is shared.
//
// The doubled code is code as any other, so that the solver and the machine need to know nothing of pairs, and a question about two records
// is one about a register.

#include <set>

#include "analysis/record/record.h"

namespace quy::analysis {

/// In what the second record may differ from the first. Of a list that may differ, everything.
struct Differs {
  std::set<std::uint32_t> fields, lists;
};

class Pair {
 public:
  /// Of the only subject of the module. The first record keeps its fields, lists and registers.
  Pair(bytecode::Module single, const Differs& differs);

  const bytecode::Module& module() const { return module_; }
  const bytecode::Subject& subject() const { return module_.subjects.front(); }
  /// What the register is of the second record; itself where it depends on nothing that differs.
  bytecode::Register second(bytecode::Register first) const { return second_register_[first]; }
  std::uint32_t second_field(std::uint32_t field) const { return second_field_[field]; }

  /// Code that asks something of both.
  bytecode::Register add(bytecode::Instruction instruction);
  bytecode::Register field(std::uint32_t field);
  /// False where either is left out.
  bytecode::Register compare(bytecode::Register a, std::uint32_t sign, bytecode::Register b);
  bytecode::Register all(std::vector<bytecode::Register> conditions);
  bytecode::Register any(std::vector<bytecode::Register> conditions);
  bytecode::Register negation(bytecode::Register condition);
  bytecode::Register left_out(bytecode::Register value);
  /// Both conditions hold or neither does.
  bytecode::Register same(bytecode::Register a, bytecode::Register b);
  /// Over the rows of the list where `condition` is one on rows; else the condition.
  bytecode::Register every_row(bytecode::Register condition);
  bytecode::Register some_row(bytecode::Register condition);

  Record first(const Record& both) const;
  Record second(const Record& both) const;

 private:
  bytecode::Subject& made() { return module_.subjects.front(); }
  void double_lists(const Differs& differs);
  void double_fields(const Differs& differs);
  void double_code();
  void double_requirements();
  bool reads_what_differs(const bytecode::Instruction& instruction) const;
  bytecode::Register comparison(bytecode::Register a, std::uint32_t sign, bytecode::Register b);
  bytecode::Register unary(bytecode::Opcode opcode, bytecode::Register of);
  Cells second_cells(const Cells& cells, std::uint32_t list) const;

  bytecode::Module module_;
  std::vector<std::uint32_t> second_field_, second_list_;  ///< itself where it is shared
  std::vector<bytecode::Register> second_register_;
};

/// The fields that registers read which a record may state as it likes, and the lists: not what its head says.
Differs evidence_read(const bytecode::Subject& subject, const std::vector<bytecode::Register>& registers);

}  // namespace quy::analysis

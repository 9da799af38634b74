#pragma once
// Which registers of a joint have one form: parts of a sum, of `và`, of a chain of rules in another order, a comparison turned round.
//
// Two registers of one form are equal for every complete record, without a proof. What has been proved elsewhere can be added.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/joint/joint.h"

namespace quy::analysis {

class NormalForm {
 public:
  /// The joint must outlive it.
  explicit NormalForm(const Joint& joint) : joint_(&joint) { compute(); }

  /// The first register of the same form; kNone for kNone.
  bytecode::Register of(bytecode::Register reg) const { return reg == bytecode::kNone ? reg : first_[reg]; }
  bool same(bytecode::Register a, bytecode::Register b) const { return of(a) == of(b); }

  /// From now on the pairs count as one register each, and with them what is made of them.
  void equate(const std::vector<std::pair<bytecode::Register, bytecode::Register>>& pairs);

  /// The joint with each register read in place of those of its form.
  Joint rewritten() const;

 private:
  void compute();
  bytecode::Register find(bytecode::Register reg);
  std::string key(bytecode::Register reg, const bytecode::Instruction& instruction);
  std::string comparison_key(const bytecode::Instruction& comparison, bool negated) const;
  /// What a chain of one associative instruction joins, in order; of several equal parts one where a second changes nothing.
  const std::vector<std::string>& parts(bytecode::Register reg, const bytecode::Instruction& instruction);

  const Joint* joint_;
  std::vector<bytecode::Register> first_;
  std::vector<std::vector<std::string>> parts_;  ///< by register; empty where it is no chain
  std::map<std::string, bytecode::Register> known_;
  std::map<bytecode::Register, bytecode::Register> equal_;  ///< the later of a pair: the earlier
};

}  // namespace quy::analysis

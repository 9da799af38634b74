#pragma once
// A subject's code made ready to run: ranges recomputed from the field bounds, widths and kernels chosen, slots assigned.
//
// Nothing about widths comes from the pack. Each number register gets a lane: 32-, 64- or 128-bit integers at a decimal scale, 64-bit
// fractions, or rationals without bound, whichever range analysis (shape.h) proves sufficient, so nothing can overflow at run time.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "runtime/bytecode/module.h"
#include "runtime/vm/lane.h"

namespace quy::vm {

/// Identity of texts during a run. Ids of a module's own strings are their indexes; others are given as they come, and a run keeps them.
class TextPool {
 public:
  explicit TextPool(const bytecode::Module& module);
  std::int64_t intern(std::string_view text);
  std::string_view text(std::int64_t id) const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

struct Plan;  // runtime/vm/plan.h: kernels and slots

class Program {
 public:
  /// Which option each reading has: module index → option. Those not named keep the pack's.
  using Readings = std::map<std::uint32_t, std::uint32_t>;

  /// `module` must have passed verify() and must outlive the program.
  static Program load(const bytecode::Module& module, std::uint32_t subject, const Readings& readings = {});

  const bytecode::Module& module() const { return *module_; }
  const bytecode::Subject& subject() const { return module_->subjects[subject_]; }
  std::uint32_t subject_index() const { return subject_; }
  std::uint32_t chosen(std::uint32_t reading) const;
  /// The lane of a number register; what `quy check` and `quy disasm` report.
  Lane lane(bytecode::Register reg) const;
  const Plan& plan() const { return *plan_; }

 private:
  const bytecode::Module* module_ = nullptr;
  std::uint32_t subject_ = 0;
  Readings readings_;
  std::shared_ptr<const Plan> plan_;
};

}  // namespace quy::vm

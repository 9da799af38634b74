#pragma once
// What a machine keeps for completing records: made at the first record that needs it.

#include <optional>

#include "runtime/vm/completion.h"
#include "runtime/vm/completion/search.h"

namespace quy::vm {

class Completer {
 public:
  explicit Completer(const Program& program);
  Completion complete(const Batch& batch, std::uint32_t row, CompletionNeeds needs);

 private:
  void look_closer(const Batch& batch, std::uint32_t row, Places& places);
  void add_fields(const Place& place, std::vector<std::uint32_t>& fields) const;

  Program program_;
  Reach reach_;
  Trials trials_;
  Batch single_;                 ///< the record alone
  std::optional<Machine> kept_;  ///< runs it with all registers kept
};

}  // namespace quy::vm

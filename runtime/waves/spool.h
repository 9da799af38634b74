#pragma once
// Standard input for a run that must read its evidence more than once: copied into a file without a name.

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"

namespace quy::waves {

class Spool {
 public:
  /// Copies standard input, where `inputs` names it (`-`), when it will be `read_again`.
  Spool(const std::vector<std::string>& inputs, bool read_again);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Why standard input could not be copied.
  const std::optional<Message>& fault() const { return fault_; }
  /// By input: the path to read it from, as long as the spool lives.
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  std::string copy();

  std::vector<std::string> paths_;
  std::optional<Message> fault_;
  std::FILE* file_ = nullptr;
};

}  // namespace quy::waves

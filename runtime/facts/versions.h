#pragma once
// Versions of one criteria set, of which each record is read by the one in force on the last day of its period.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/numeric/date.h"
#include "runtime/bytecode/module.h"

namespace quy::facts {

class Versions {
 public:
  /// Which of two came into force first; one that says no first day has always been.
  static bool before(const bytecode::Module& one, const bytecode::Module& other);

  /// The oldest first, which must outlive the versions.
  explicit Versions(std::vector<const bytecode::Module*> modules);

  /// Why they cannot stand side by side: another criteria set is among them, or two are in force on one day.
  std::optional<Message> fault() const;

  std::uint32_t size() const { return static_cast<std::uint32_t>(modules_.size()); }
  const bytecode::Module& module(std::uint32_t version) const { return *modules_[version]; }
  /// kNone when none is.
  std::uint32_t in_force(DayNumber day) const;
  /// What a record is refused with when none is in force on the last day of its period.
  Message none_in_force(std::string_view period, DayNumber last) const;

 private:
  /// A version that states no last day is in force until the day before the next one begins.
  std::optional<DayNumber> last_day(std::uint32_t version) const;
  std::optional<Message> overlap(std::uint32_t version) const;
  std::string listed(Language language) const;

  std::vector<const bytecode::Module*> modules_;
};

}  // namespace quy::facts

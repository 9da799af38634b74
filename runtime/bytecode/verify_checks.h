#pragma once
// The questions that verify() asks, and the first answer that was no.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "runtime/bytecode/module.h"

namespace quy::bytecode {

/// Where in a module a check stands; written out only when it fails: `subjects[2].code[17].a`.
struct Place {
  const Place* up = nullptr;
  std::string_view name;
  std::uint32_t index = kNone;

  std::string text() const {
    std::string own(name);
    if (index != kNone) own += "[" + std::to_string(index) + "]";
    return up && up->up ? up->text() + "." + own : own;
  }
};

/// Keeps the first fault; every check after it does nothing.
class Checks {
 public:
  explicit Checks(std::string_view pack) : pack_(pack) {}

  bool sound() const { return !fault_; }

  void require(const Place& place, bool holds, const Bilingual& reason) {
    if (sound() && !holds) fault_ = Message{Diag::pack_value_bad, {pack_, place.text(), reason}, {}};
  }
  void index(const Place& place, std::uint64_t found, std::size_t size) {
    if (sound() && found >= size) fault_ = Message{Diag::pack_index_bad, {pack_, place.text(), found, size}, {}};
  }
  void optional_index(const Place& place, std::uint32_t found, std::size_t size) {
    if (found != kNone) index(place, found, size);
  }
  void limit(const Place& place, std::size_t found, std::size_t most) {
    if (sound() && found > most) fault_ = Message{Diag::pack_over_limit, {pack_, place.text(), found, most}, {}};
  }
  void equal_sizes(const Place& place, std::size_t found, std::size_t wanted) {
    if (sound() && found != wanted) fault_ = Message{Diag::pack_sizes_differ, {pack_, place.text(), found, wanted}, {}};
  }
  void repeated(const Place& place, std::string_view name) {
    if (sound()) fault_ = Message{Diag::pack_name_repeated, {pack_, place.text(), name}, {}};
  }
  void distinct(const Place& place, const std::vector<std::string>& names) {
    std::unordered_set<std::string_view> seen;
    for (const std::string& name : names) {
      if (!seen.insert(name).second) repeated(place, name);
    }
  }

  std::optional<Message> take_fault() { return std::move(fault_); }

 private:
  std::string_view pack_;
  std::optional<Message> fault_;
};

}  // namespace quy::bytecode

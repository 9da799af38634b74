#pragma once
// The limits of limits.def as constants: `quy::limits::nesting_depth`.

#include <cstddef>
#include <span>
#include <string_view>

namespace quy {

namespace limits {
#define QUY_LIMIT(name, value, vi, en) inline constexpr std::size_t name = value;
#include "base/limits.def"
#undef QUY_LIMIT
}  // namespace limits

/// A row of the table, for the page that documents it.
struct Limit {
  std::string_view name;
  std::size_t value;
  std::string_view vi;
  std::string_view en;
};

inline constexpr Limit kLimits[] = {
#define QUY_LIMIT(name, value, vi, en) {#name, value, vi, en},
#include "base/limits.def"
#undef QUY_LIMIT
};

}  // namespace quy

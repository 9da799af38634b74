#pragma once
// Which keys a run writes, in which order.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/trace/result.h"

namespace quy::trace {

enum class ResultKey : std::uint8_t {
#define QUY_RESULT_KEY(name) name,
#include "runtime/trace/result_keys.def"
#undef QUY_RESULT_KEY
  count_
};

std::string_view key_name(ResultKey key);
std::optional<ResultKey> find_key(std::string_view name);
std::vector<std::string> key_names();   ///< all of them, for "did you mean"

/// Every key but the detailed ones, which `detail` adds.
std::vector<ResultKey> default_keys(bool detail);
/// What must be worked out for these keys.
ResultNeeds needs_of(const std::vector<ResultKey>& keys);

}  // namespace quy::trace

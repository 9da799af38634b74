#include "runtime/trace/result_keys.h"

#include <algorithm>

namespace quy::trace {
namespace {

constexpr std::string_view kNames[] = {
#define QUY_RESULT_KEY(name) #name,
#include "runtime/trace/result_keys.def"
#undef QUY_RESULT_KEY
};

bool is_detail(ResultKey key) { return key == ResultKey::groups || key == ResultKey::criteria; }

}  // namespace

std::string_view key_name(ResultKey key) { return kNames[static_cast<std::size_t>(key)]; }

std::optional<ResultKey> find_key(std::string_view name) {
  const auto* found = std::find(std::begin(kNames), std::end(kNames), name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<ResultKey>(found - std::begin(kNames));
}

std::vector<std::string> key_names() { return {std::begin(kNames), std::end(kNames)}; }

std::vector<ResultKey> default_keys(bool detail) {
  std::vector<ResultKey> keys;
  for (std::size_t i = 0; i < static_cast<std::size_t>(ResultKey::count_); ++i) {
    const auto key = static_cast<ResultKey>(i);
    if (detail || !is_detail(key)) keys.push_back(key);
  }
  return keys;
}

ResultNeeds needs_of(const std::vector<ResultKey>& keys) {
  const auto has = [&](ResultKey key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  return {.reasons = has(ResultKey::reasons),
          .points = has(ResultKey::groups) || has(ResultKey::criteria),
          .range = has(ResultKey::total_range) || has(ResultKey::settled),
          .deciding = has(ResultKey::would_decide),
          .settled = has(ResultKey::settled)};
}

}  // namespace quy::trace

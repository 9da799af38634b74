#pragma once
// The rules of `quy lint`: one table (rules.cpp) says of each its id, level, words and function.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/language.h"

namespace quy::lint {

class PackView;
class Report;

enum class Level : std::uint8_t {
  error,    ///< the set does not say what its author means
  warning,  ///< very likely a mistake
  advice    ///< would make the set easier to read, use or check; never fails a run
};

/// What an automatic fix of the rule changes.
enum class FixKind : std::uint8_t {
  none,
  keeps_meaning,  ///< the compiled pack stays the same: its meaning hash is equal before and after
  rewrites  ///< the same result for every record by the truth tables, but other instructions; only done when asked for
};

/// What a rule looks at; the sections of the list of rules.
enum class Topic : std::uint8_t { evidence, conditions, points, rating, citations, labels, tests, structure, ignores };

struct Rule {
  std::string id;
  Topic topic;
  Level level;
  FixKind fix;
  Bilingual title;
  Bilingual why;   ///< why it matters, in full sentences
  Bilingual what;  ///< what to do about it, in full sentences
  void (*run)(const PackView&, Report&) = nullptr;
};

/// All rules, by topic.
std::span<const Rule> rules();
const Rule* find_rule(std::string_view id);
Level level_of(std::string_view word);
std::string_view level_word(Level level);  ///< the same in both languages, because tools match on it
const Bilingual& topic_title(Topic topic);

}  // namespace quy::lint

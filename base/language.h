#pragma once
// The two languages that every keyword, message and report exists in.

#include <string>
#include <string_view>

namespace quy {

enum class Language { vi, en };

/// A short text in both languages.
struct Bilingual {
  std::string vi;
  std::string en;
  const std::string& in(Language language) const { return language == Language::vi ? vi : en; }
  friend bool operator==(const Bilingual&, const Bilingual&) = default;
};

}  // namespace quy

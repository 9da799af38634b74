#pragma once
// Texts of findings in both languages at once.

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/language.h"
#include "base/numeric/rational.h"

namespace quy::lint {

/// An argument of say() in one language.
inline const std::string& in(const Bilingual& text, Language language) { return text.in(language); }
inline const std::string& in(const std::string& text, Language) { return text; }
inline std::size_t in(std::size_t number, Language) { return number; }
inline std::string in(const Rational& number, Language language) { return number.exact_text(language == Language::vi ? ',' : '.'); }

/// One sentence in two languages, with the same arguments.
template <class... Arguments>
Bilingual say(const char* vi, const char* en, const Arguments&... arguments) {
  return {fmt::format(fmt::runtime(vi), in(arguments, Language::vi)...), fmt::format(fmt::runtime(en), in(arguments, Language::en)...)};
}

/// `95%` for 0,95 that was written, or is meant, as a percentage; else the number.
inline Bilingual number_or_percent(const Rational& value, bool percent) {
  if (!percent) return {in(value, Language::vi), in(value, Language::en)};
  const Rational hundredfold = value * Rational(100);
  return {in(hundredfold, Language::vi) + "%", in(hundredfold, Language::en) + "%"};
}

}  // namespace quy::lint

#pragma once
// Every phrase of a result or report, declared once in phrases.def.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/language.h"

namespace quy::trace {

enum class Phrase : std::uint8_t {
#define QUY_PHRASE(name, vi, en) name,
#include "runtime/trace/phrases.def"
#undef QUY_PHRASE
  count_
};

/// The phrase with its arguments filled in.
std::string phrase(Phrase id, Language language, std::initializer_list<std::string_view> arguments = {});

}  // namespace quy::trace

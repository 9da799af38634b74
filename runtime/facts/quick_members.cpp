#include "runtime/facts/quick_members.h"

namespace quy::facts {
namespace {

const char* parse_choice(const char* text, const NameTable& choices, std::int64_t& scaled) {
  constexpr std::size_t kLongest = 30;
  if (*text != '"') return nullptr;
  const std::size_t size = bytes_before_quote<32>(text + 1);
  const std::uint32_t found = size >= kLongest ? kNone : choices.find({text + 1, size});
  scaled = found;
  return found == kNone ? nullptr : text + size + 2;
}

}  // namespace

const char* parse_other(const QuickField& field, const char* text, std::int64_t& scaled) {
  switch (field.form) {
    case QuickField::Form::choice: return parse_choice(text, *field.choices, scaled);
    case QuickField::Form::list: return text[0] == '[' && text[1] == ']' ? text + 2 : nullptr;   // most lists are empty
    default: return nullptr;
  }
}

}  // namespace quy::facts

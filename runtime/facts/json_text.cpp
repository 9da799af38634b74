#include "runtime/facts/json_text.h"

namespace quy::facts {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20) {
    out += c;
    return;
  }
  out += "\\u00";
  out += kHexDigits[byte >> 4];
  out += kHexDigits[byte & 0xf];
}

}  // namespace

JsonText& JsonText::string(std::string_view value) {
  separate();
  text_ += '"';
  for (const char c : value) append_escaped(text_, c);
  text_ += '"';
  return *this;
}

}  // namespace quy::facts

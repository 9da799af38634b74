#pragma once
// How a criteria document looks, on screens of any width and on A4.

#include <string_view>

namespace quy::tools {

extern const std::string_view kStyle;

}  // namespace quy::tools

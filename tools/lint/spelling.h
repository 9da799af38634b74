#pragma once
// The spelling of party documents: uỷ, hoá, khoá (the tone on the second letter), tỉ lệ, quý, kỳ, lý do.

#include <string>
#include <string_view>

namespace quy::lint {

/// The text as party documents spell it; the same text when there is nothing to change.
std::string party_spelling(std::string_view text);

}  // namespace quy::lint

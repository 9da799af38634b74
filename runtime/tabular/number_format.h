#pragma once
// What a spreadsheet's number format says of the number it shows.

#include <cstdint>
#include <string_view>

namespace quy::tabular {

struct NumberFormat {
  bool day = false;
  bool percent = false;
  std::uint8_t zero_fill = 0;  ///< of a format of zeros alone: 0000
};

/// One of the formats that have a number and no code in the file.
NumberFormat built_in_format(unsigned id);
NumberFormat format_of_code(std::string_view code);

}  // namespace quy::tabular

#include "runtime/tabular/table.h"

namespace quy::tabular {

std::string column_letters(std::size_t column) {
  constexpr std::size_t kLetters = 26;
  std::string name;
  for (std::size_t left = column + 1; left > 0; left = (left - 1) / kLetters)
    name.insert(name.begin(), static_cast<char>('A' + (left - 1) % kLetters));
  return name;
}

}  // namespace quy::tabular

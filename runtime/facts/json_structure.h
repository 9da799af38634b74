#pragma once
// Where the tokens of JSON text begin, found 64 bytes at a time by simdjson's first stage.

#include <cstdint>
#include <memory>
#include <string_view>

namespace quy::facts {

enum class StructureFault : std::uint8_t { none, not_utf8, control_character, open_string };

/// Finds the tokens of one text at a time. A token is a bracket, brace, colon, comma, opening quote, or the first byte of any other run
/// without white space. The text may hold several records; what they are is for the cursor to say. A text without a fault is UTF-8, its
/// quotes pair up, and no string in it holds a control character, so no string crosses a line break.
class JsonStructure {
 public:
  JsonStructure();
  ~JsonStructure();
  JsonStructure(JsonStructure&&) noexcept;
  JsonStructure& operator=(JsonStructure&&) noexcept;

  StructureFault find(std::string_view text);
  /// Offsets in rising order, valid until the next find(); two entries of text.size() follow the last one.
  const std::uint32_t* tokens() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace quy::facts

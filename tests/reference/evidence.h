#pragma once
// One record's evidence, as plain as it can be.

#include <optional>
#include <string>
#include <vector>

#include "compiler/sema/typed.h"

namespace quy::reference {

/// The state of one field: docs/language.md §2.
struct Datum {
  enum class State : std::uint8_t { missing, value, left_out } state = State::missing;
  Rational number;                       ///< value: numbers; a day; the index of a step, table row, level or criterion; 0 or 1
  std::string text;                      ///< value of a text field
  syntax::NaCause cause = syntax::NaCause::did_not_arise;   ///< left_out

  static Datum missing() { return {}; }
  static Datum of(Rational number) { return {State::value, std::move(number), {}, {}}; }
  static Datum of_text(std::string text) { return {State::value, {}, std::move(text), {}}; }
  static Datum left_out(syntax::NaCause cause) { return {State::left_out, {}, {}, cause}; }
  friend bool operator==(const Datum&, const Datum&) = default;
};

using Row = std::vector<Datum>;          ///< beside sema::List::fields

struct Evidence {
  std::vector<Datum> fields;             ///< beside Subject::fields; the places of row fields are not used
  std::vector<std::optional<std::vector<Row>>> lists;   ///< beside Subject::lists; nothing: the list is missing
};

/// A place in a record that holds a datum: a field, or a field of one row of a list.
struct Place {
  std::uint32_t field = sema::kNone;
  std::uint32_t row = sema::kNone;       ///< kNone: a field of the record
};
const Datum& at(const sema::Subject& subject, const Evidence& evidence, Place place);
Datum& at(const sema::Subject& subject, Evidence& evidence, Place place);

}  // namespace quy::reference

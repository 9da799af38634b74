#pragma once
// What instructions compare, in words: a field by its label, a constant as its field writes it.

#include <optional>
#include <string>

#include "runtime/trace/subject_index.h"

namespace quy::tools {

class ValueWords {
 public:
  ValueWords(const trace::SubjectIndex& index, Language language) : index_(index), language_(language) {}

  /// A fact: the label of a Boolean field.
  std::string fact(const bytecode::Instruction& flag) const;
  /// A comparison or membership; nothing where a side has no short name.
  std::optional<std::string> comparison(const bytecode::Instruction& i) const;
  /// `Ngày A trong kỳ`, of a day at or after the first and at or before the second.
  std::optional<std::string> within_period(const bytecode::Instruction& first,
                                           const bytecode::Instruction& second) const;
  /// `≥ 5`, of a comparison with a constant or a field.
  std::optional<std::string> limit(const bytecode::Instruction& comparison) const;
  /// `≥ 90%`, of a comparison of a ratio.
  std::string percent_limit(const bytecode::Instruction& ratio) const;
  std::string list(std::uint32_t index) const;

 private:
  const char* say(const char* vi, const char* en) const { return language_ == Language::vi ? vi : en; }
  /// The field that a register holds, as it is or beside each row of a list.
  const bytecode::Field* field(bytecode::Register reg) const;
  std::optional<Rational> constant(bytecode::Register reg) const;
  std::optional<std::string> value(bytecode::Register reg, const bytecode::Field* beside) const;
  std::optional<std::string> member(const bytecode::Instruction& i) const;
  std::optional<std::string> ratio(const bytecode::Instruction& i) const;
  std::string label(const bytecode::Field& field) const;
  std::string constant_words(const Rational& value, const bytecode::Field* field) const;

  const trace::SubjectIndex& index_;
  Language language_;
};

}  // namespace quy::tools

#pragma once
// What all parts of a criteria document share: where it is written, the subject it is about, and how numbers and clauses look.

#include <optional>
#include <string>
#include <vector>

#include "runtime/trace/subject_index.h"
#include "tools/document/html.h"
#include "tools/document/wording.h"

namespace quy::tools {

struct Sheet {
  Html& html;
  const trace::SubjectIndex& index;
  Language language;

  const char* say(const char* vi, const char* en) const { return language == Language::vi ? vi : en; }
  const bytecode::Module& module() const { return index.module(); }
  const bytecode::Subject& subject() const { return index.subject(); }

  std::string number(const Rational& value) const;
  /// `5 điểm`, `1 point`.
  std::string points(const Rational& value) const;
  std::string date(DayNumber day) const;

  /// The maximum of a criterion or group; nothing where it is open or proposed by the rated person.
  std::optional<Rational> maximum(std::uint32_t observable, const std::optional<Rational>& declared) const;
  /// Whether records can leave a criterion or group out.
  bool may_be_left_out(std::uint32_t observable) const;

  /// Clause ids, small.
  void clauses(const std::vector<std::string>& ids) const;
  /// A condition as words, or as a list of what has to hold.
  void condition(const Wording& wording) const;
  /// A section's heading.
  void heading(const char* vi, const char* en) const { html.leaf("h2", say(vi, en)); }
  /// Which open choices a condition turns on, as the section on readings numbers them.
  void reading_marks(const Wording& wording) const;
  void table_head(std::initializer_list<std::pair<std::string_view, std::string_view>> columns) const;
};

/// Label of an item; its id when it has none.
template <typename Item>
std::string label_of(const Item& item) {
  return item.label.empty() ? item.id : item.label;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between = ", ");

}  // namespace quy::tools

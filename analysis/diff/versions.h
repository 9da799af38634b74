#pragma once
// Two versions of one subject, and which of their parts are the same thing.

#include <map>
#include <string>
#include <vector>

#include "analysis/record/bench.h"

namespace quy::analysis {

struct Version {
  const bytecode::Module* module = nullptr;
  std::uint32_t subject = 0;
  const bytecode::Subject& of() const { return module->subjects[subject]; }
};

/// An item of the older version and the one of the newer that it has become; kNone where a version has none.
struct Match {
  std::uint32_t before = bytecode::kNone, after = bytecode::kNone;
  bool in_both() const { return before != bytecode::kNone && after != bytecode::kNone; }
};

struct Versions {
  Version before, after;               ///< the newer with the older's ids of evidence (with_ids_of)
  std::vector<Match> criteria, groups;  ///< every one of either version once
  int year = 0;                        ///< that made-up records lie in
};

/// Ids of the newer version → ids that the same things had in the older.
using Renames = std::map<std::string, std::string>;

/// Gives renamed evidence of `after` the ids of `before`: fields that say what they were called (`trước là`), and scores and maxima of
/// renamed criteria. Code and numbering stay.
void take_ids_of(const bytecode::Subject& before, const Renames& criteria, bytecode::Subject& after);

/// Items of one id, or renamed to it.
template <class Item>
std::vector<Match> match_items(const std::vector<Item>& before, const std::vector<Item>& after, const Renames& renames) {
  std::vector<Match> all;
  std::vector<bool> taken(after.size());
  const auto find = [&](const std::string& id) {
    for (std::uint32_t i = 0; i < after.size(); ++i) {
      const auto renamed = renames.find(after[i].id);
      if (!taken[i] && (renamed == renames.end() ? after[i].id : renamed->second) == id) return i;
    }
    return bytecode::kNone;
  };
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    all.push_back({i, find(before[i].id)});
    if (all.back().after != bytecode::kNone) taken[all.back().after] = true;
  }
  for (std::uint32_t i = 0; i < after.size(); ++i)
    if (!taken[i]) all.push_back({bytecode::kNone, i});
  return all;
}

/// Puts records of one subject into the fields of another, by what the fields are. Where the other has no such field, or no such value, the
/// fact is left away.
class Translation {
 public:
  /// `mark` ends the ids of fields of `from` that are not the first side's (a joint's).
  Translation(const bytecode::Module& from_module, const bytecode::Subject& from, const RecordTexts& from_texts,
              const bytecode::Module& to_module, const bytecode::Subject& to, const RecordTexts& to_texts,
              bool of_second_side = false);

  Record record(const Record& record) const;
  /// kNone where the other has none.
  std::uint32_t field(std::uint32_t from) const { return fields_[from]; }

 private:
  Cells cells(const Cells& cells) const;
  std::optional<Cell> cell(std::uint32_t from, const Cell& cell) const;
  std::optional<std::int64_t> index(const bytecode::Field& from, const bytecode::Field& to, std::size_t value) const;

  const bytecode::Module &from_module_, &to_module_;
  const bytecode::Subject &from_, &to_;
  vm::TextPool from_texts_;
  mutable vm::TextPool to_texts_;
  std::vector<std::uint32_t> fields_, lists_;
};

}  // namespace quy::analysis

#pragma once
// A subject's fields as the reader needs them: keys by object, bounds as scaled integers, names to indexes. Built once a subject.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/bytecode/module.h"
#include "runtime/facts/names.h"
#include "runtime/facts/quick_members.h"
#include "runtime/facts/record_pattern.h"
#include "runtime/facts/spans.h"

namespace quy::facts {

/// A field's bounds are integers at its decimal scale, as values are stored.
struct FieldPlan {
  const bytecode::Field* field = nullptr;
  std::uint32_t index = kNone;  ///< of Subject::fields
  std::int64_t low = 0, high = 0;
  std::int64_t step = 0;  ///< 0: none
  int digits = 0;
  std::optional<std::int64_t> presumed;
  const NameTable* choices = nullptr;  ///< steps or codes; levels and criteria are the subject's
  bool keep_text = false;              ///< something reads the text; otherwise only its presence matters
};

struct ListPlan {
  const bytecode::List* list = nullptr;
  std::uint32_t index = kNone;  ///< of Subject::lists
  std::vector<FieldPlan> fields;
  KeySet keys;
  std::vector<std::uint32_t> column;  ///< by key: index into `fields`; kNone: checked and not kept
  std::uint32_t id_key = kNone;       ///< of results: the key of the other record's id
  std::uint32_t level_key = kNone;    ///< of results: the key of a level given beside it
};

/// Parts and wholes, both indexes into the same vector of FieldPlans.
using Parts = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

struct SubjectPlan {
  const bytecode::Subject* subject = nullptr;
  std::uint32_t index = kNone;    ///< of Module::subjects
  std::vector<FieldPlan> fields;  ///< by index of Subject::fields
  std::vector<ListPlan> lists;    ///< by index of Subject::lists
  std::vector<Parts> list_parts;  ///< by list: indexes into ListPlan::fields
  Parts parts;

  KeySet evidence;
  struct Entry {
    bool is_list;
    std::uint32_t index;
  };
  std::vector<Entry> entries;  ///< by key of `evidence`
  std::vector<QuickField> quick_evidence, quick_scores;   ///< by key of `evidence`, of `scores`
  KeySet scores;
  std::vector<std::uint32_t> score_fields;  ///< by key of `scores`
  KeySet maxima;
  std::vector<std::uint32_t> maximum_fields;
  KeySet clauses;  ///< of decisions
  std::vector<std::uint32_t> decision_fields;
  std::vector<std::uint32_t> closed_fields, first_day_fields, last_day_fields, unit_fields, presumed_fields;
  std::vector<std::pair<std::uint32_t, Span>> span_over_fields, earlier_fields;
  NameTable levels, criteria;
  std::uint32_t stage = kNone;  ///< the one that counts; kNone: none declared
  bool lacks_stage = false;     ///< the stage asked for is not declared

  RecordPattern pattern;        ///< of a record from its subject's closing quote on
  std::uint64_t pattern_opening = 0;   ///< it goes with this opening of the reader; 0: with none
  std::string pattern_period;   ///< the period that stands in one of them

  std::uint32_t find_stage(std::string_view id) const;
};

/// Plans for all subjects of a module, each made when its first record comes.
class Plans {
 public:
  Plans(const bytecode::Module& module, std::string stage);

  /// nullptr: the module has no such subject.
  SubjectPlan* find(std::string_view subject);
  const NameTable& subjects() const { return subjects_; }
  SubjectPlan make(std::uint32_t subject);

 private:
  const NameTable& scale(std::uint32_t index);
  const NameTable& table(std::uint32_t index);
  FieldPlan field_plan(const bytecode::Subject& subject, std::uint32_t index);
  void add_keys(SubjectPlan& plan);
  void add_list(SubjectPlan& plan, std::uint32_t index);
  void choose_stage(SubjectPlan& plan) const;

  const bytecode::Module& module_;
  std::string stage_;
  NameTable subjects_;
  std::vector<std::unique_ptr<SubjectPlan>> plans_;
  SubjectPlan* last_ = nullptr;   ///< found last; most records follow one of their own subject
  std::vector<std::unique_ptr<NameTable>> scales_, tables_;
};

}  // namespace quy::facts

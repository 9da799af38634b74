#pragma once
// One value of a record, in any of the forms that docs/evidence.md gives: plain, a state, {"value"…}, one a stage, a claim, a list.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/facts/decimal.h"
#include "runtime/facts/facts.h"
#include "runtime/facts/json_cursor.h"
#include "runtime/facts/other_versions.h"
#include "runtime/facts/subject_plan.h"
#include "runtime/vm/batch.h"

namespace quy::facts {

struct Value {
  vm::FieldState state = vm::FieldState::missing;
  std::int64_t scaled = 0;
  std::string_view by, source, reason;  ///< of {"value", "source", "by", "reason"}
  bool given() const { return state != vm::FieldState::missing; }
  bool same_as(const Value& other) const { return state == other.state && scaled == other.scaled; }
};

struct ListValue {
  bool present = false;
  std::uint32_t items = 0;
  std::vector<Value> cells;  ///< row after row, a cell for each of ListPlan::fields
  std::string_view by, source, reason;
  bool given() const { return present; }
  bool same_as(const ListValue& other) const {
    return std::equal(cells.begin(), cells.end(), other.cells.begin(), other.cells.end(),
                      [](const Value& a, const Value& b) { return a.same_as(b); });
  }
};

/// An override as it is read, before it is known whether the record justifies it.
struct ReadOverride {
  std::uint32_t stage = 0;        ///< of Subject::stages
  std::uint32_t order = 0;        ///< among those of one stage
  std::string path;               ///< of the value, as a reject names it
  std::string_view name;          ///< of the field or list
  std::string_view reason, document;
  Override change;                ///< without reason and document
};
/// As a record writes the value, or the key of the state; empty for a text.
std::string written_value(const FieldPlan& field, const SubjectPlan& plan, vm::FieldState state, std::int64_t scaled);

/// Which forms a value may still take; each is used once on the way in, so forms do not nest without end.
struct Forms {
  bool wrapped = true;  ///< {"value": …}
  bool staged = true;   ///< {"self": …, "appraisal": …}
};

class ValueReader {
 public:
  ValueReader(Cursor& cursor, vm::TextPool& texts, OtherVersions& others)
      : cursor_(cursor), texts_(texts), others_(others), no_text_(texts.intern("")) {}

  void use(const SubjectPlan& plan) { plan_ = &plan; }
  /// Of the facts read since they were forgotten.
  std::vector<ReadOverride>& overrides() { return overrides_; }

  bool read(const FieldPlan& field, Value& value, Forms forms);
  bool read(ListPlan& list, ListValue& value, Forms forms);
  /// Without any of the forms, and not null.
  bool plain(const FieldPlan& field, Value& value);

  /// What is here is not what belongs here.
  bool wrong_type(std::string_view name, const Bilingual& wanted);
  /// A string, or nothing for null.
  bool text_or_null(std::string_view name, std::string_view& text);
  bool day_or_null(std::string_view name, std::string_view& text);

  /// The part is above its whole when both are known.
  static bool above(const FieldPlan& part, std::int64_t part_value, const FieldPlan& whole, std::int64_t whole_value);
  static Message above_message(const FieldPlan& part, std::int64_t part_value, const FieldPlan& whole,
                               std::int64_t whole_value);

 private:
  template <class Plan, class Out>
  class ObjectForms;

  bool plain(ListPlan& list, ListValue& value);
  bool boolean(Value& value);
  bool number(const FieldPlan& field, Value& value);
  bool in_bounds(const FieldPlan& field, std::string_view token, std::int64_t scaled);
  bool out_of_bounds(const FieldPlan& field, std::string_view token, std::int64_t scaled);
  bool date(const FieldPlan& field, Value& value);
  bool text(const FieldPlan& field, Value& value);
  bool choice(const FieldPlan& field, Value& value);

  void note_override(const FieldPlan& field, std::uint32_t stage, const Value& before, const Value& given);
  void note_override(const ListPlan& list, std::uint32_t stage, const ListValue& before, const ListValue& given);

  bool item(ListPlan& list, Value* cells);
  bool row(ListPlan& list, Value* cells);
  bool row_member(ListPlan& list, std::uint32_t key, std::string_view name, Value* cells);
  bool cell(ListPlan& list, std::uint32_t key, Value* cells);
  bool result_id(ListPlan& list, Value* cells);
  bool parts_fit(const ListPlan& list, const Value* cells);

  bool allows_state(const FieldPlan& field, std::string_view state);
  bool allows_state(const ListPlan& list, std::string_view state);
  static const std::string& name_of(const FieldPlan& field) { return field.field->id; }
  static const std::string& name_of(const ListPlan& list) { return list.list->id; }
  bool takes_claims(const FieldPlan& field) const { return field.field->place == bytecode::FieldPlace::exception; }
  bool takes_claims(const ListPlan&) const { return false; }

  Cursor& cursor_;
  vm::TextPool& texts_;
  OtherVersions& others_;
  std::int64_t no_text_;
  const SubjectPlan* plan_ = nullptr;
  std::uint32_t item_ = 0;               ///< of the list being read
  std::vector<ReadOverride> overrides_;
};

/// What a value that begins with this byte is called; nullptr when no value begins with it.
const Bilingual* value_word(char first);

/// Text from a record, short enough for a message.
std::string shown(std::string_view text);

/// A message about a name that is not there, with the nearest one that is.
Message not_there(Diag id, std::vector<Argument> arguments, std::string_view name,
                  const std::vector<std::string>& candidates);

}  // namespace quy::facts

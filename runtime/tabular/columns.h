#pragma once
// What the columns of a subject's table can be: the catalogue that a blank form is written from and that headings are matched against.

#include <cstdint>
#include <string>
#include <vector>

#include "base/language.h"
#include "runtime/bytecode/module.h"

namespace quy::tabular {

/// How a cell's content becomes JSON.
enum class CellForm : std::uint8_t {
  text,
  day,
  subject,     ///< id or label of a subject
  value,       ///< by the kind of the field
  list_state,  ///< whether a list is there: "không có" is an empty one
};

struct Column {
  std::string heading;             ///< id: `giao`, `scores.self.pham_chat`, `decisions.D11.4.3.p1.outcome`
  Bilingual label;
  std::vector<std::string> path;   ///< keys from the record's top, or from a list's item: evidence, giao
  CellForm form = CellForm::text;
  std::uint32_t field = bytecode::kNone;  ///< of Subject::fields, when the form is `value`
  std::uint32_t list = bytecode::kNone;   ///< of Subject::lists, when the form is `list_state`
  bool takes_states = false;              ///< not applicable, did not arise, not yet due
  std::size_t stage_at = kNoStage;        ///< where in the path of a fact the stage stands at which it is given
  bool of_changes = false;                ///< of a later stage's change of one fact or score: a blank form has it only when asked to

  static constexpr std::size_t kNoStage = static_cast<std::size_t>(-1);
};

/// In the order in which a form has them: head, evidence, scores, maxima, decisions, who closed the record.
std::vector<Column> columns_of(const bytecode::Subject& subject);
/// Of the sheet of a list: the record (and, where one has several, its period), then the list's own columns.
std::vector<Column> list_columns(const bytecode::Subject& subject, std::uint32_t list);

/// Keys of the columns that tell which record a row of a list belongs to.
inline constexpr const char* kRecordHeading = "record";
inline constexpr const char* kRecordPeriodHeading = "record_period";

}  // namespace quy::tabular

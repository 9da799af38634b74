#include "runtime/bytecode/labels.h"

#include <algorithm>

namespace quy::bytecode {
namespace {

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace

Bilingual stage_label(const std::string& stage) {
  if (stage == "self") return {"tự đánh giá", "self-assessment"};
  if (stage == "appraisal") return {"thẩm định", "appraisal"};
  if (stage == "decision") return {"quyết định", "decision"};
  return {stage, stage};
}

std::string field_label(const Field& field) { return field.label.empty() ? spaced(field.name.empty() ? field.id : field.name) : field.label; }

std::string list_label(const List& list) { return list.label.empty() ? spaced(list.name) : list.label; }

std::string criterion_label(const Subject& subject, const Field& field) {
  for (const CriterionInfo& criterion : subject.criteria)
    if (criterion.id == field.id && !criterion.label.empty()) return criterion.label;
  return field_label(field);
}

}  // namespace quy::bytecode

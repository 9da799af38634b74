#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

EvidenceBlock Builder::evidence_block(P::EvidenceBlockContext* context) {
  EvidenceBlock block;
  block.span = span(context);
  for (P::EvidenceMemberContext* member : context->evidenceMember()) evidence_member(member, block);
  return block;
}

void Builder::evidence_member(P::EvidenceMemberContext* context, EvidenceBlock& block) {
  if (context->field() != nullptr) {
    block.fields.push_back(field(context->field()));
  } else if (context->requirement() != nullptr) {
    block.requirements.push_back(requirement(context->requirement()));
  } else {
    EvidenceBlock::ForKinds& inner = block.for_kinds.emplace_back();
    inner.kinds = names(context->names());
    inner.block.span = span(context);
    for (P::EvidenceMemberContext* member : context->evidenceMember()) evidence_member(member, inner.block);
  }
}

bool Builder::is_for_numbers(P::FieldOptionContext* option) {
  const bool unit = option->STRING() != nullptr && option->SOURCE() == nullptr;
  return unit || option->DIGITS() != nullptr || option->FROM() != nullptr || option->AT_LEAST() != nullptr || option->AT_MOST() != nullptr;
}

Field Builder::field(P::FieldContext* context) {
  Field field;
  field.span = span(context);
  field.is_private = context->PRIVATE() != nullptr;
  field.names = names(context->names());
  field.label = optional_label(context->label());
  field_type(context->fieldType(), field);
  for (P::FieldOptionContext* option : context->fieldOption()) {
    field_option(option, field);
    if (!field.numeric_span.valid() && is_for_numbers(option)) field.numeric_span = span(option);
  }
  return field;
}

OwnResults Builder::own_results(P::OwnResultsContext* context) {
  if (context->PER_MONTH() != nullptr) return OwnResults::each_month;
  if (context->PER_QUARTER() != nullptr) return OwnResults::each_quarter;
  if (context->PER_HALF_YEAR() != nullptr) return OwnResults::each_half_year;
  return context->PER_YEAR() != nullptr ? OwnResults::each_year : OwnResults::previous_period;
}

void Builder::field_type(P::FieldTypeContext* context, Field& field) {
  field.type_span = span(context);
  if (context->ownResults() != nullptr) field.own = own_results(context->ownResults());
  if (context->evidenceBlock() != nullptr) {
    field.type = context->LIST() != nullptr ? FieldType::list : FieldType::record;
    field.type_span = span(context->LIST() != nullptr ? context->LIST() : context->RECORD());
    field.block = std::make_unique<EvidenceBlock>(evidence_block(context->evidenceBlock()));
    return;
  }
  if (context->name() != nullptr) field.type_name = name(context->name());
  if (context->scaleName() != nullptr) field.type_name = name(context->scaleName());
  switch (tokens_[context->getStart()->getTokenIndex()].type) {
    case P::BOOLEAN: field.type = FieldType::boolean; return;
    case P::NUMBER_OF: field.type = FieldType::number; return;
    case P::PERCENTAGE: field.type = FieldType::percentage; return;
    case P::POINTS: field.type = FieldType::points; return;
    case P::CODE_OF: field.type = FieldType::code_of; return;
    case P::CRITERION_CODE: field.type = FieldType::criterion_code; return;
    case P::LIST_OF_RESULTS: field.type = FieldType::results; return;
    case P::COUNT: field.type = FieldType::count; return;
    case P::MONEY: field.type = FieldType::money; return;
    case P::DAYS: field.type = FieldType::days; return;
    case P::DATED: field.type = FieldType::date; return;
    case P::TEXT: field.type = FieldType::text; return;
    default: field.type = FieldType::scale; return;
  }
}

void Builder::field_option(P::FieldOptionContext* context, Field& field) {
  const Span where = span(context);
  if (context->SOURCE() != nullptr) {
    only_once(!field.source.empty(), where);
    field.source = string(context->STRING());
  } else if (context->STRING() != nullptr) {
    only_once(!field.unit.empty(), where);
    field.unit = string(context->STRING());
  } else if (context->DIGITS() != nullptr) {
    only_once(field.digits.has_value(), where);
    field.digits = small_integer(context->NUMBER());
  } else if (context->FROM() != nullptr) {
    only_once(field.from.has_value(), where);
    field.from = signed_number(context->signedNumber(0)).value;
    if (context->TO() != nullptr) {
      only_once(field.to.has_value(), where);
      field.to = signed_number(context->signedNumber(1)).value;
    }
  } else if (context->AT_LEAST() != nullptr) {
    only_once(field.from.has_value(), where);
    field.from = signed_number(context->signedNumber(0)).value;
  } else if (context->AT_MOST() != nullptr && context->name() != nullptr) {
    only_once(field.at_most_field.has_value(), where);
    field.at_most_field = name(context->name());
  } else if (context->AT_MOST() != nullptr) {
    only_once(field.at_most.has_value(), where);
    field.at_most = signed_number(context->signedNumber(0)).value;
  } else if (context->PREVIOUSLY() != nullptr) {
    only_once(field.previously.has_value(), where);
    field.previously = name(context->name());
  } else {
    only_once(field.over != Field::Over::unstated, where);
    field.over = context->LAST_VALUE() != nullptr ? Field::Over::last_value : Field::Over::adds_up;
    if (context->calendarSpan() != nullptr) field.adds_up_within = calendar_span(context->calendarSpan());
  }
}

Requirement Builder::requirement(P::RequirementContext* context) {
  Requirement requirement;
  requirement.span = span(context);
  requirement.condition = expression(context->expression());
  if (context->STRING() != nullptr) requirement.label = string_label(context->STRING());
  return requirement;
}

Table Builder::table(P::TableContext* context) {
  Table table;
  table.span = span(context);
  table.name = name(context->name(0));
  table.label = optional_label(context->label());
  table.file = string(context->STRING());
  table.file_span = span(context->STRING());
  table.key = name(context->name(1));
  for (P::FieldContext* column : context->field()) table.columns.push_back(field(column));
  return table;
}

WorkCalendarDates Builder::work_calendar(P::WorkCalendarContext* context) {
  WorkCalendarDates dates;
  dates.span = span(context);
  for (P::CalendarDaysContext* days : context->calendarDays()) {
    std::vector<DayNumber>& list = days->HOLIDAY() != nullptr ? dates.holidays : dates.extra_workdays;
    for (antlr4::tree::TerminalNode* day : days->DATE()) list.push_back(date(day));
  }
  return dates;
}

}  // namespace quy::syntax

#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

Allocation Builder::allocation(P::AllocationContext* context) {
  Allocation allocation;
  allocation.span = span(context);
  allocation.citations = citations(context->citations());
  for (P::AllocationRowContext* row : context->allocationRow()) {
    allocation.rows.push_back({name(row->name()), number_text(row->number())});
  }
  return allocation;
}

EvidenceMap Builder::evidence_map(P::EvidenceMapContext* context) {
  EvidenceMap map;
  map.span = span(context);
  for (P::EvidenceMapRowContext* row : context->evidenceMapRow()) {
    map.rows.push_back({name(row->name()), formula(row->formula())});
  }
  return map;
}

Tightening Builder::tightening(P::TighteningContext* context) {
  Tightening tightening;
  tightening.span = span(context);
  tightening.criterion = name(context->name());
  tightening.body.span = tightening.span;
  tightening.body.name = tightening.criterion;
  for (P::CriterionMemberContext* member : context->criterionMember()) criterion_member(member, tightening.body);
  return tightening;
}

Splitting Builder::splitting(P::SplittingContext* context) {
  Splitting splitting;
  splitting.span = span(context);
  splitting.criterion = name(context->name());
  for (P::CriterionContext* part : context->criterion()) splitting.parts.push_back(criterion(part));
  return splitting;
}

Supplement Builder::supplement(P::SupplementContext* context) {
  Supplement supplement;
  supplement.span = span(context);
  if (context->criterion() != nullptr) {
    supplement.addition = SupplementCriterion{name(context->name()), criterion(context->criterion())};
  } else if (context->group() != nullptr) {
    supplement.addition = std::make_unique<Group>(group(context->group()));
  } else if (context->force() != nullptr) {
    supplement.addition = force(context->force(), {});
  } else if (context->bar() != nullptr) {
    supplement.addition = bar(context->bar(), {});
  } else {
    supplement.addition = lower(context->lower(), {});
  }
  return supplement;
}

}  // namespace quy::syntax

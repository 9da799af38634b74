#pragma once
// Every theorem but what needs the reader of evidence (no_evidence_no_points), of one subject.

#include "analysis/theorems/theorem.h"

namespace quy::analysis {

/// A subject that leaves points open is asked over a stated total.
std::vector<Statement> reachable_levels(const Inquiry& inquiry);
/// Of a subject that leaves points open: that the criterion's own points can change.
std::vector<Statement> criteria_that_count(const Inquiry& inquiry);
/// One statement for each number that a criterion reads, of the record or of the rows of a list. A pair in which the criterion is left out on
/// one side is no pair: what is left out has no fewer points, it has a treatment.
std::vector<Statement> directions_of_points(const Inquiry& inquiry);
/// First one without a field, for the parts of a record's head of which no field can hold anything (docs/evidence.md: `id`, `cohort`, `meta`;
/// `unit` too where the subject has no field for it); then one for the record's own unit, where a rule reads it, and for each text.
std::vector<Statement> neutral_texts(const Inquiry& inquiry);

}  // namespace quy::analysis

#pragma once
// Words of a comparison, in both languages.

#include <optional>
#include <string>
#include <vector>

#include "analysis/diff/diff.h"
#include "tools/diff/structure.h"

namespace quy::tools {

Bilingual same_in_both(const std::string& text);
/// With each language's decimal mark; one that does not end is rounded to two places and says so.
Bilingual number_text(const Rational& value);
Bilingual points_text(const Rational& value);
/// Left open: so it says.
Bilingual points_text(const std::optional<Rational>& value);
Bilingual points_text(const vm::Range& points);
Bilingual day_text(DayNumber day);
Bilingual day_text(const std::optional<DayNumber>& day);
Bilingual days_text(const std::vector<DayNumber>& days);
Bilingual yes_no(bool value);

Bilingual kind_text(bytecode::FieldKind kind);
Bilingual bounds_text(const bytecode::Field& field);
Bilingual period_text(const bytecode::Field& field);
Bilingual proof_text(const bytecode::Field& field);
Bilingual treatment_text(bytecode::Treatment treatment);
Bilingual sign_text(std::uint32_t sign);
Bilingual quota_text(const bytecode::RatingInfo& rating, const bytecode::QuotaInfo& quota);

/// What goes before a condition of a criterion: nothing for `đạt khi`.
Bilingual role_text(bytecode::Role role);
bool is_rating_rule(bytecode::Role role);
/// A rule of a rating as a sentence.
Bilingual rule_text(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t observable);
Bilingual outcome_text(const bytecode::Module& module, const bytecode::Subject& subject, vm::OutcomeSet outcomes);
Bilingual said_text(const bytecode::Module& module, const bytecode::Subject& subject, const analysis::Said& said,
                    analysis::ItemDiff::What what);

/// One fact of a record, `Số nhiệm vụ được giao: 100`; rows of a list after one another.
struct Fact {
  Bilingual label, value;
};
/// Facts of the record, those of `ordinary` that are the same left away.
std::vector<Fact> facts_of(const analysis::Version& version, const analysis::RecordTexts& texts, const analysis::Record& record,
                           const analysis::Record& ordinary);

struct Name {
  const char* id;
  Bilingual text;
};
const Name& name_of(Thing thing);
const Name& name_of(ChangeKind kind);
const Name& name_of(analysis::Effect effect);
const Name& name_of(analysis::Standing standing);
const Name& name_of(analysis::ItemDiff::What what);

}  // namespace quy::tools

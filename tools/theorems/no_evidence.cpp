#include "tools/theorems/no_evidence.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "analysis/theorems/sheet.h"
#include "tools/testing/one_record.h"

namespace quy::tools {

using analysis::Standing;
using analysis::Statement;

namespace {

constexpr std::uint32_t kDeductions = 1;  ///< bytecode::GroupInfo::sign

}  // namespace

std::vector<Statement> points_without_evidence(const analysis::Inquiry& inquiry) {
  const bytecode::Subject& subject = inquiry.of();
  OneRecord record(inquiry.module, inquiry.subject, inquiry.readings, Language::vi);
  const nlohmann::json head{{"id", "1"}, {"subject", subject.id}, {"period", std::to_string(inquiry.year)}};
  if (const auto rejected = record.run(head.dump(), std::nullopt))
    throw std::logic_error("an empty record is rejected: " + *rejected);
  std::vector<Statement> all;
  for (std::uint32_t criterion = 0; criterion < subject.criteria.size(); ++criterion) {
    if (analysis::sign_of(subject, criterion) == kDeductions) continue;
    Statement statement;
    statement.theorem = analysis::Theorem::no_evidence_no_points;
    statement.criterion = criterion;
    const vm::Range points = record.machine().number(analysis::registers_of(subject, criterion).points, 0);
    const bool has_points = !points.left_out && points.low > Rational(0);
    statement.standing = has_points ? Standing::refuted : Standing::proved;
    if (has_points) statement.witness.emplace_back();
    all.push_back(std::move(statement));
  }
  return all;
}

}  // namespace quy::tools

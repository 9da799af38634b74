#pragma once
// Made-up records as tests of one subject of a checked pack: names as the author wrote them, and what the test expects in words.

#include <string>

#include "analysis/record/bench.h"
#include "analysis/record/test_text.h"
#include "compiler/sema/typed.h"

namespace quy::tools {

/// The year that made-up tests of the pack are set in.
int test_year(const sema::Pack& pack);

class CaseWriter {
 public:
  /// `subject` is the module's subject for `source`, or its variant over a stated total. All must outlive the writer.
  CaseWriter(const bytecode::Module& module, const bytecode::Subject& subject, const sema::Pack& pack,
             const sema::Subject& source);

  CaseWriter(const CaseWriter&) = delete;
  CaseWriter& operator=(const CaseWriter&) = delete;

  /// The test in canonical layout.
  std::string text(const analysis::TestCase& test) const;

  /// `điểm x = 5`, `điểm x từ 3,33 đến 3,34` where decimals do not end, `điểm x không áp dụng`.
  std::string criterion_points(std::uint32_t criterion, const vm::Range& points) const;
  std::string group_points(std::uint32_t group, const vm::Range& points) const;
  std::string total_points(const vm::Range& points) const;
  /// `outcome` is one of a vm::OutcomeSet.
  std::string outcome(std::uint32_t outcome) const;

 private:
  analysis::TestWriter::Names names() const;
  std::string spelling(const std::string& id) const;

  const sema::Pack& pack_;
  const sema::Subject& source_;
  analysis::RecordTexts texts_;
  analysis::TestWriter writer_;
};

}  // namespace quy::tools

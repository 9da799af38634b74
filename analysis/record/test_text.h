#pragma once
// A made-up record as a test in the language, so that a witness or a boundary case can be read, kept and run.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/record/record.h"

namespace quy::analysis {

struct TestCase {
  std::string title;
  Record record;
  std::vector<std::string> expectations;  ///< what follows `chờ`, such as `điểm kế_hoạch = 5`
};

class TestWriter {
 public:
  struct Names {
    std::string subject;  ///< its path as authors write it
    std::function<std::string(const std::string& id)>
        spell;                                           ///< of ids that a pack keeps without a name: steps, levels
    std::function<std::string_view(std::int64_t)> text;  ///< of the texts in records
  };
  /// `module` must outlive the writer. Tests are set in `year` and in `unit`, unless the record has another.
  TestWriter(const bytecode::Module& module, const bytecode::Subject& subject, Names names, int year, std::string unit);

  /// The test with Vietnamese keywords, not yet in canonical layout (syntax::format).
  std::string text(const TestCase& test) const;

 private:
  std::string fact(std::uint32_t field, const Cell& cell) const;
  std::string list(std::uint32_t list, const std::vector<Cells>& rows) const;
  std::string value(const bytecode::Field& field, const Cell& cell) const;
  std::string known_value(const bytecode::Field& field, std::int64_t value) const;

  const bytecode::Module& module_;
  const bytecode::Subject& subject_;
  Names names_;
  int year_;
  std::string unit_;
};

/// A name as its author wrote it, where that is what the id is made from; names of an indicator's own parts are told by their id.
std::string written_name(const std::string& id, const std::string& name);

}  // namespace quy::analysis

#pragma once
// What a number that adds up had come to in the earlier periods of its quarter or year: from the run's own records, else from
// the `to_date` of results of earlier runs.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <nlohmann/json_fwd.hpp>

#include "base/numeric/rational.h"
#include "runtime/facts/facts.h"
#include "runtime/facts/spans.h"
#include "runtime/vm/batch.h"

namespace quy::waves {

/// Whether some record of the subject, of the module, may need a number of earlier periods.
bool counts_to_date(const bytecode::Subject& subject);
bool counts_to_date(const bytecode::Module& module);

class CountsToDate {
 public:
  /// A record of the run, as stored in `batch`. Those whose period covers the spans are not kept.
  void add_record(const vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head);
  /// One line of a file of results; of several with one id and period the last counts, as stages stand one after the other.
  void add_result(const std::string& id, const std::string& period, const nlohmann::json& line) { add(id, period, line, earlier_); }
  /// The same of this run's records of other versions, whose results come before those of files.
  void add_result_of_run(const std::string& id, const std::string& period, const nlohmann::json& line) { add(id, period, line, earlier_of_run_); }
  /// Gives the last row, or any, of a batch what its earlier periods came to, where all of them are known.
  void fill(std::string_view id, std::string_view period, vm::Batch& batch, std::uint32_t row) const;

 private:
  /// Of one field and span; nothing where it is not known: the fact is missing, or several records of one id and period differ.
  using Number = std::optional<Rational>;
  using Numbers = std::unordered_map<std::string, Number>;
  static void add(const std::string& id, const std::string& period, const nlohmann::json& line, Numbers& numbers);
  static std::string key(std::string_view id, std::string_view period, std::string_view field, std::string_view span);
  Number to_date(std::string_view id, std::string_view period, std::string_view field, std::string_view span) const;

  Numbers own_;                        ///< of the run's records: of their own period
  Numbers earlier_of_run_, earlier_;   ///< of results: to date
};

}  // namespace quy::waves

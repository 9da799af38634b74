#pragma once
// Results as text: NDJSON, one JSON array, CSV. A writer appends one record to a string; who calls it puts the records in order.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/trace/result.h"
#include "runtime/trace/result_keys.h"

namespace quy::trace {

/// What every result of a run says of its pack.
struct PackIdentity {
  std::string id, version, sha256;
};

/// Parts of a result that are the same for all records of a subject, written once.
struct SubjectConstants {
  const SubjectIndex* index = nullptr;
  std::string stage;                                        ///< empty: not named in results
  std::vector<std::pair<std::string, std::string>> readings;   ///< id → option
  std::string pack_json, readings_json, acknowledged_json;  ///< values, ready to be copied; empty when there is nothing to say
  std::vector<std::string> band_reasons_json;               ///< by level: reached by points alone
  std::vector<std::string> level_json;                      ///< by level: its id in quotes
};
SubjectConstants subject_constants(const ResultMaker& maker, const PackIdentity& pack, std::string stage);

class ResultWriter {
 public:
  virtual ~ResultWriter() = default;
  /// Before the first record, between two, and after the last.
  virtual std::string_view head() const { return {}; }
  virtual std::string_view between() const { return {}; }
  virtual std::string_view tail() const { return {}; }
  virtual void append(const SubjectConstants& subject, const Result& result, std::string& out) const = 0;
  /// The result of a record about a cohort: what each of its quotas comes to.
  virtual void append_cohort(const facts::CohortRecord& cohort, const std::vector<QuotaCount>& counts, std::string& out) const = 0;
};

std::unique_ptr<ResultWriter> ndjson_writer(std::vector<ResultKey> keys);
std::unique_ptr<ResultWriter> json_writer(std::vector<ResultKey> keys);
/// Lists of a record become one cell, parts of it columns of their own (`pack.id`, `criteria.<id>`); the columns of all subjects of
/// the modules are in the head, and of `stages`, where results have those side by side.
std::unique_ptr<ResultWriter> csv_writer(std::vector<ResultKey> keys, const std::vector<const bytecode::Module*>& modules, const PackIdentity& pack,
                                         std::vector<std::string> stages);

}  // namespace quy::trace

#pragma once
// Quotas and how each cohort uses its places.

#include <map>
#include <string>
#include <tuple>

#include "tools/document/html.h"
#include "tools/report/result_row.h"

namespace quy::tools {

class QuotaUse {
 public:
  /// A record's place, or the count of a cohort, which says more than the places of its records.
  void add(const ResultRow& row, const Labels& labels);
  bool empty() const { return uses_.empty(); }
  /// A chart of those who reached the level, and a table of all numbers.
  void write(Html& html, const Labels& labels) const;

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string>;  ///< period, unit, cohort, level
  struct Use {
    ResultRow::Quota quota;
    std::string level;  ///< label
    bool counted = false;
  };
  std::string name(const Key& key, const Labels& labels) const;
  void write_table(Html& html, const Labels& labels) const;
  void write_row(Html& html, const Labels& labels, const Key& key, const Use& use) const;

  std::map<Key, Use> uses_;
};

}  // namespace quy::tools

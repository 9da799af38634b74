#pragma once
// Results that a run needs again itself, in a file without a name.

#include <cstdio>
#include <ostream>
#include <string>

namespace quy::api {

class KeptResults {
 public:
  KeptResults();
  ~KeptResults();
  KeptResults(const KeptResults&) = delete;
  KeptResults& operator=(const KeptResults&) = delete;

  /// Where to read them, as long as this lives; not there when no file could be made.
  const std::string& path() const { return path_; }

 private:
  std::FILE* file_;
  std::string path_;
};

}  // namespace quy::api

#include "runtime/api/kept_results.h"

namespace quy::api {

KeptResults::KeptResults() : file_(std::tmpfile()), path_("/dev/fd/" + std::to_string(file_ == nullptr ? -1 : ::fileno(file_))) {}

KeptResults::~KeptResults() {
  if (file_ != nullptr) std::fclose(file_);
}

}  // namespace quy::api

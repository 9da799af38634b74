#include "runtime/waves/spool.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "base/file_io.h"

namespace quy::waves {

Spool::Spool(const std::vector<std::string>& inputs, bool read_again) : paths_(inputs) {
  if (!read_again) return;
  for (std::string& path : paths_)
    if (path == "-") path = copy();
}

Spool::~Spool() {
  if (file_ != nullptr) std::fclose(file_);
}

std::string Spool::copy() {
  if (file_ == nullptr) file_ = std::tmpfile();
  const auto failed = [&] {
    fault_ = Message{Diag::evidence_unreadable, {"-", system_error_text(errno)}, {}};
    return std::string("-");
  };
  if (file_ == nullptr) return failed();
  std::array<char, 1 << 16> block;
  while (true) {
    const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed();
    if (count == 0) break;
    if (std::fwrite(block.data(), 1, static_cast<std::size_t>(count), file_) != static_cast<std::size_t>(count)) return failed();
  }
  if (std::fflush(file_) != 0) return failed();
  return "/dev/fd/" + std::to_string(::fileno(file_));
}

}  // namespace quy::waves

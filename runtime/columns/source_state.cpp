#include "runtime/columns/source_state.h"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "base/file_io.h"
#include "base/sha256.h"

namespace quy::columns {
namespace {

constexpr std::int64_t kNanoseconds = 1'000'000'000;

std::string hash_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  Sha256 hash;
  std::array<char, 1 << 16> piece;
  while (file.read(piece.data(), piece.size()) || file.gcount() > 0) hash.update({piece.data(), static_cast<std::size_t>(file.gcount())});
  return file.eof() ? hex(hash.finish()) : std::string();
}

}  // namespace

std::variant<Source, Message> source_now(const std::string& name) {
  struct stat status {};
  if (::stat(name.c_str(), &status) != 0) return Message{Diag::evidence_unreadable, {name, system_error_text(errno)}, {}};
  Source source;
  source.name = name;
  source.path = std::filesystem::absolute(name).lexically_normal().string();
  source.bytes = static_cast<std::uint64_t>(status.st_size);
  source.modified = static_cast<std::int64_t>(status.st_mtim.tv_sec) * kNanoseconds + status.st_mtim.tv_nsec;
  return source;
}

std::optional<Bilingual> source_change(const Source& source) {
  const std::variant<Source, Message> now = source_now(source.path);
  const auto* found = std::get_if<Source>(&now);
  if (found == nullptr) return Bilingual{"không còn `" + source.name + "`", "`" + source.name + "` is gone"};
  if (found->bytes == source.bytes && found->modified == source.modified) return std::nullopt;
  if (found->bytes == source.bytes && hash_of(source.path) == source.sha256) return std::nullopt;
  return Bilingual{"`" + source.name + "` đã thay đổi", "`" + source.name + "` has changed"};
}

}  // namespace quy::columns

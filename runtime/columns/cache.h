#pragma once
// A .qev file as it is read: checked group by group, and given to whoever takes records, as if its sources were read again.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/buffer.h"
#include "base/file_io.h"
#include "runtime/columns/cache_writer.h"
#include "runtime/columns/row_group.h"

namespace quy::columns {

/// Whether the file at `path` begins like a cache; false for what cannot be read, and for what is no regular file.
bool is_cache(const std::string& path);

class Cache {
 public:
  /// A Q087x message when the file is damaged or of another version, Q0832 when it cannot be read.
  static std::variant<std::unique_ptr<Cache>, Message> open(const std::string& path);

  const std::vector<Source>& sources() const { return sources_; }
  /// Why the cache may not stand for its sources under this pack: another schema, or a source that is gone or has changed.
  std::optional<Bilingual> stale(const bytecode::Module& module) const;

  /// Gives all records to `sink`, at the stages of `options`; their texts go to `pool`. A message when the file turns out to be damaged.
  std::optional<Message> read(const bytecode::Module& module, const facts::ReadOptions& options, vm::TextPool& pool, facts::Reader::Sink& sink) const;

 private:
  struct GroupEntry {
    std::uint64_t offset = 0, size = 0, checksum = 0;
  };
  struct Reading {
    std::vector<std::string> names;
    std::vector<GroupEntry> groups;
  };

  explicit Cache(std::string path) : path_(std::move(path)), file_(path_) {}
  std::optional<Message> parse();
  bool parse_directory(std::string_view directory);
  bool groups_fill(std::uint64_t end) const;
  Message damaged(const Bilingual& what) const;
  const Reading* find_reading(const std::string& stage) const;
  /// `size` bytes of the file from `offset` on; a message when they are not there.
  std::optional<Message> bring_in(std::uint64_t offset, std::uint64_t size, Buffer& into) const;
  Message unreadable(const FileError& error) const;

  std::string path_;
  RandomAccessFile file_;
  std::string schema_;
  std::vector<Source> sources_;
  std::vector<Reading> readings_;
  std::uint64_t records_ = 0;
};

}  // namespace quy::columns

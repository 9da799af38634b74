#pragma once
// A .qev file as it is written: every input read once, at all stages at the same time.

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "runtime/columns/group_writer.h"

namespace quy::columns {

/// An input of the cache, as it was when it was read.
struct Source {
  std::string name;                  ///< as it was given; what messages call it
  std::string path;                  ///< absolute
  std::uint64_t bytes = 0;
  std::int64_t modified = 0;         ///< nanoseconds since 1970
  std::string sha256;                ///< hexadecimal
  std::uint64_t first_record = 0;    ///< place of its first record among all
};

class CacheWriter {
 public:
  /// What is referred to must outlive the writer. `texts` is the pool of the reader. The stream's own state tells whether it took everything.
  CacheWriter(const bytecode::Module& module, const vm::TextPool& texts, std::ostream& out);
  ~CacheWriter();

  /// How the reader must read: at the last stage, and at these too.
  facts::ReadOptions options() const;
  /// Takes the records of one input after the other.
  facts::Reader::Sink& sink();
  /// Ends the records of an input.
  void end_source(Source source);
  void finish();

  std::uint64_t records() const;
  std::uint64_t rejects() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace quy::columns

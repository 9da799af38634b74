#pragma once
// NDJSON cut into blocks of whole lines, which may then be read in any order and by several threads.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/buffer.h"
#include "runtime/facts/byte_source.h"

namespace quy::facts {

/// A place between two lines of an input.
struct LinePosition {
  std::uint64_t byte = 0;     ///< of the text, decompressed
  std::uint64_t line = 1;     ///< number of the line that begins here
  std::uint64_t records = 0;  ///< lines before it that are not blank
};

struct LineBlock {
  std::string_view text() const { return bytes.view(begin, end); }

  LinePosition first, after;
  Buffer bytes;   ///< kept for its memory; the lines are a part of it
  std::size_t begin = 0, end = 0;
};

/// Cuts the same bytes always in the same way. Holds no more than one line besides the block that it fills; of a line above the limit
/// (limits::record_bytes) a block of its own holds one byte more than the limit, and the rest is passed over.
class LineBlocks {
 public:
  /// `source` must outlive the cutter. Begins at `from`, which an earlier cutting of the same bytes gave.
  LineBlocks(ByteSource& source, LinePosition from);

  /// Fills the next block. False at the end, and after a problem of the source, whose last line is then not given.
  bool next(LineBlock& block);
  /// Nothing follows the blocks given so far.
  bool at_end() const { return ended_ && carried_.empty(); }

 private:
  void skip(std::uint64_t bytes);
  bool fill(LineBlock& block);
  void pass_over_line();
  std::size_t read(char* into, std::size_t size);

  ByteSource& source_;
  LinePosition at_;
  std::string carried_;   ///< the beginning of the line that the next block begins with
  bool ended_ = false;
};

}  // namespace quy::facts

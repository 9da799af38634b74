#pragma once
// From a stream of bytes to the records in it: lines of NDJSON, or the elements of one JSON array.
//
// Bytes are pushed in pieces; what cannot be settled yet is asked for again with more behind it. No more than one record and one piece is
// ever held, and of a record above the limit nothing.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/diagnostics/diagnostics.h"

namespace quy::facts {

/// Takes what a Framer finds.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  /// Whole lines, the last perhaps without its line break; some may be blank or too long. Returns how many line breaks there are.
  virtual std::uint64_t lines(std::string_view text, std::uint64_t first_line) = 0;
  /// One element of an array, without white space around it; perhaps nothing at all.
  virtual void element(std::string_view text, std::uint64_t line) = 0;
  /// A record above the limit, which was not kept.
  virtual void too_long(std::uint64_t line) = 0;
};

class Framing {
 public:
  virtual ~Framing() = default;
  /// Takes `bytes` from the stream, which begin where the last call left off; `last`: nothing follows. Returns how many it is done with.
  virtual std::size_t take(std::string_view bytes, bool last, RecordSink& sink) = 0;
  /// After the last bytes: why the input as a whole is not what it began as.
  virtual std::optional<Message> problem() const { return std::nullopt; }
};

/// Looks at the first byte that is not white space, and goes on as lines or as an array.
std::unique_ptr<Framing> make_framing();
/// Lines, the first of them numbered `line`; for a part of an input that is known to be NDJSON.
std::unique_ptr<Framing> make_line_framing(std::uint64_t line);

}  // namespace quy::facts

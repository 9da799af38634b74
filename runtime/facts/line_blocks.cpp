#include "runtime/facts/line_blocks.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"

namespace quy::facts {
namespace {

/// Large enough for the batches of many subjects to fill, small enough to be read while it lies in a processor's cache.
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// Moves `at` behind the lines of `text`.
void count_lines(std::string_view text, LinePosition& at) {
  const char* next = text.data();
  const char* const end = next + text.size();
  while (next < end) {
    const char* first = next;
    while (first < end && is_blank(*first)) ++first;
    if (first < end && *first != '\n') ++at.records;
    const void* const found = std::memchr(first, '\n', static_cast<std::size_t>(end - first));
    if (found == nullptr) break;
    ++at.line;
    next = static_cast<const char*>(found) + 1;
  }
  at.byte += text.size();
}

}  // namespace

LineBlocks::LineBlocks(ByteSource& source, LinePosition from) : source_(source) {
  skip(from.byte);
  at_ = from;
}

std::size_t LineBlocks::read(char* into, std::size_t size) {
  std::size_t filled = 0;
  while (filled < size && !ended_) {
    const std::size_t count = source_.read(into + filled, size - filled);
    ended_ = count == 0;
    filled += count;
  }
  return filled;
}

void LineBlocks::skip(std::uint64_t bytes) {
  std::string passed(bytes == 0 ? 0 : std::size_t{1} << 18, '\0');
  while (bytes > 0 && !ended_) bytes -= read(passed.data(), static_cast<std::size_t>(std::min<std::uint64_t>(bytes, passed.size())));
}

/// Bytes of whole lines, perhaps a last one without its break, or one that is too long; what begins behind them is carried over.
bool LineBlocks::fill(LineBlock& block) {
  constexpr std::size_t kMostBytes = limits::record_bytes + 1;
  std::size_t filled = carried_.size();
  std::size_t wanted = std::max(kBlockBytes, filled);
  block.begin = 0;
  block.bytes.grow(wanted, 0);
  std::copy(carried_.begin(), carried_.end(), block.bytes.data());
  while (true) {
    filled += read(block.bytes.data() + filled, wanted - filled);
    const std::string_view text = block.bytes.view(0, filled);
    const std::size_t last_break = text.rfind('\n');
    const bool whole = ended_ && !source_.problem();
    if (ended_ || last_break != std::string_view::npos || filled == kMostBytes) {
      const bool too_long = filled == kMostBytes && last_break == std::string_view::npos;
      block.end = whole || too_long ? filled : last_break + 1;
      carried_ = ended_ ? std::string_view() : text.substr(block.end);
      return block.end > 0;
    }
    wanted = std::min(wanted * 2, kMostBytes);
    block.bytes.grow(wanted, filled);
  }
}

/// The rest of a line that is too long, its break included; nothing of it has been carried over.
void LineBlocks::pass_over_line() {
  do {
    carried_.resize(std::size_t{1} << 18);
    carried_.resize(read(carried_.data(), carried_.size()));
    if (const std::size_t end = carried_.find('\n'); end != std::string::npos) {
      at_.byte += end + 1;
      ++at_.line;
      carried_.erase(0, end + 1);
      return;
    }
    at_.byte += carried_.size();
  } while (!carried_.empty());
}

bool LineBlocks::next(LineBlock& block) {
  if (at_end() || !fill(block)) return false;
  if (at_.byte == 0 && block.text().starts_with(kByteOrderMark)) {
    block.begin = kByteOrderMark.size();
    at_.byte = block.begin;
  }
  block.first = at_;
  count_lines(block.text(), at_);
  if (block.end - block.begin > limits::record_bytes && block.text().back() != '\n') pass_over_line();
  block.after = at_;
  return true;
}

}  // namespace quy::facts

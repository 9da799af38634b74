#include "tools/progress.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <ostream>

namespace quy::tools {
namespace {

constexpr std::chrono::milliseconds kSilence{2000}, kBetween{200};
constexpr std::size_t kBarCells = 20;
/// Back to the beginning of the line, which is emptied.
constexpr const char* kEmptyLine = "\r\033[K";

/// Digits in threes, as the language writes them.
std::string grouped(std::uint64_t number, Language language) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, language == Language::vi ? "." : ",");
  return digits;
}

std::string clock_text(std::uint64_t seconds) {
  if (seconds >= 3600) return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

}  // namespace

std::optional<std::uint64_t> total_size(const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    struct stat status {};
    if (path == "-" || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    total += static_cast<std::uint64_t>(status.st_size);
  }
  return total;
}

ProgressLine::ProgressLine(const Context& context, std::ostream& out, std::optional<std::uint64_t> total, std::function<Clock::time_point()> now)
    : context_(context), out_(out), total_(total), now_(std::move(now)), begun_(now_()), reading_begun_(begun_), shown_at_(begun_) {}

ProgressLine::~ProgressLine() {
  if (shown_) out_ << kEmptyLine << std::flush;
}

void ProgressLine::show(const Progress& progress) {
  const Clock::time_point now = now_();
  if (progress.reading != reading_) {
    reading_ = progress.reading;
    reading_begun_ = now;
    records_before_ = progress.records;
  }
  if (now - begun_ < kSilence || (shown_ && now - shown_at_ < kBetween)) return;
  shown_at_ = now;
  shown_ = true;
  out_ << kEmptyLine << text(progress, std::chrono::duration<double>(now - reading_begun_).count()) << std::flush;
}

std::string ProgressLine::text(const Progress& progress, double seconds) const {
  std::string line;
  if (total_ && *total_ > 0) {
    const std::uint64_t done = std::min(progress.bytes, *total_);
    const auto cells = static_cast<std::size_t>(done * kBarCells / *total_);
    line = "[" + std::string(cells, '#') + std::string(kBarCells - cells, '.') + fmt::format("] {:3}%  ", done * 100 / *total_);
  }
  if (progress.reading > 1) line += fmt::format("{} {}  ", context_.say("lượt đọc", "reading"), progress.reading);
  const std::uint64_t records = progress.records - records_before_;
  if (records > 0) {
    line += grouped(progress.records, context_.language) + context_.say(" bản ghi", " records");
    if (seconds > 0)
      line += "  " + grouped(static_cast<std::uint64_t>(static_cast<double>(records) / seconds), context_.language) + context_.say("/giây", "/s");
  }
  return line + time_left(progress, seconds);
}

std::string ProgressLine::time_left(const Progress& progress, double seconds) const {
  if (!total_ || progress.bytes == 0 || progress.bytes > *total_) return {};
  const double left = seconds * static_cast<double>(*total_ - progress.bytes) / static_cast<double>(progress.bytes);
  return fmt::format("  {} {}", context_.say("còn", "left"), clock_text(static_cast<std::uint64_t>(left + 0.5)));
}

}  // namespace quy::tools

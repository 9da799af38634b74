#include "tools/spreadsheet.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/text.h"

namespace quy::tools {
namespace {

constexpr std::size_t kSheetNameLetters = 31, kCellLetters = 32'767;
/// 2026-01-01: the same form comes out the same, byte by byte, whenever it is written.
constexpr time_t kCreated = 1'767'225'600;

/// The first letters of a text, none cut through.
std::string first_letters(std::string_view text, std::size_t letters) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < letters;) {
    // What a spreadsheet counts are UTF-16 units: two for what takes four bytes here.
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    count += bytes == 4 ? 2 : 1;
    if (count > letters) break;
    at += bytes;
  }
  return std::string(text.substr(0, std::min(at, text.size())));
}

std::string lower(const std::string& name) { return fold_id(name); }

std::string trimmed(std::string name) {
  while (!name.empty() && (name.back() == ' ' || name.back() == '\'')) name.pop_back();
  name.erase(0, std::min(name.find_first_not_of(" '"), name.size()));
  return name;
}

}  // namespace

std::string cell_text(std::string_view text) {
  std::string plain(text);
  for (char& c : plain)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') c = ' ';
  return first_letters(plain, kCellLetters);
}

Spreadsheet::Spreadsheet(bool streamed) {
  memory_ = memfd_create("quy", MFD_CLOEXEC);
  if (memory_ < 0) {
    error_ = errno;
    return;
  }
  lxw_workbook_options options{};
  options.constant_memory = streamed ? LXW_TRUE : LXW_FALSE;
  book_ = xlsx().workbook_new_opt(("/proc/self/fd/" + std::to_string(memory_)).c_str(), &options);
  lxw_doc_properties properties{};
  properties.created = kCreated;
  xlsx().workbook_set_properties(book_, &properties);
}

Spreadsheet::~Spreadsheet() {
  if (book_ != nullptr) xlsx().workbook_close(book_);
  if (memory_ >= 0) ::close(memory_);
}

lxw_worksheet* Spreadsheet::sheet(std::string_view name) {
  std::string plain(name);
  for (char& c : plain)
    if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = ' ';
  plain = trimmed(first_letters(cell_text(plain), kSheetNameLetters));
  if (plain.empty()) plain = "1";
  last_name_ = plain;
  for (int number = 2; !names_.insert(lower(last_name_)).second; ++number) {
    const std::string mark = " " + std::to_string(number);
    last_name_ = trimmed(first_letters(plain, kSheetNameLetters - mark.size())) + mark;
  }
  return xlsx().workbook_add_worksheet(book_, last_name_.c_str());
}

std::optional<std::string> Spreadsheet::finish() {
  if (book_ == nullptr) return std::nullopt;
  errno = 0;
  const lxw_error status = xlsx().workbook_close(book_);
  book_ = nullptr;
  if (status != LXW_NO_ERROR) {
    error_ = errno != 0 ? errno : EIO;
    return std::nullopt;
  }
  return read_back();
}

std::optional<std::string> Spreadsheet::read_back() {
  const off_t size = ::lseek(memory_, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(std::max<off_t>(size, 0)), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::pread(memory_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (count <= 0) {
      error_ = count < 0 ? errno : EIO;
      return std::nullopt;
    }
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

}  // namespace quy::tools

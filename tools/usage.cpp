#include "tools/usage.h"

#include <string_view>
#include <utility>

namespace quy::tools {
namespace {

/// What stands before or behind `mark`; all of it where there is no mark.
std::string before(const std::string& text, std::string_view mark) { return text.substr(0, text.find(mark)); }
std::string behind(const std::string& text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return at == std::string::npos ? text : text.substr(at + mark.size());
}

/// CLI11 words its errors in English only; what they are about is taken from them.
std::string in_vietnamese(CLI::ExitCodes kind, const std::string& text) {
  switch (kind) {
    case CLI::ExitCodes::RequiredError:
      return "thiếu " + (text.starts_with("A subcommand") ? std::string("LỆNH") : before(text, " is required"));
    case CLI::ExitCodes::ExtrasError: return "không hiểu: " + behind(text, "expected: ");
    case CLI::ExitCodes::ConversionError: return "không đọc được giá trị: " + behind(text, "convert: ");
    case CLI::ExitCodes::ArgumentMismatch: return "số giá trị không đúng: " + before(text, ": ");
    case CLI::ExitCodes::ValidationError: return "giá trị không dùng được: " + text;
    default: return text;
  }
}

}  // namespace

void name_parts_of_help(const Context& context, CLI::App& app) {
  if (context.language != Language::vi) return;
  const std::pair<const char*, const char*> words[] = {{"Usage", "Cách dùng"}, {"OPTIONS", "TUỲ CHỌN"}, {"SUBCOMMAND", "LỆNH"}, {"Positionals", "Đối số"},
                                                       {"REQUIRED", "(bắt buộc)"}, {"TEXT", "CHỮ"}, {"UINT", "SỐ"}};
  for (const auto& [word, own] : words) app.get_formatter()->label(word, own);
  app.option_defaults()->group("Tuỳ chọn");
}

std::string usage_fault(const Context& context, const CLI::ParseError& error) {
  return context.language == Language::vi ? in_vietnamese(static_cast<CLI::ExitCodes>(error.get_exit_code()), error.what()) : error.what();
}

}  // namespace quy::tools

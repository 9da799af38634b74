// The pack's header, the document it cites, and every open choice with its options.

#include <fmt/ranges.h>

#include "tools/skeleton/parts.h"

namespace quy::tools {
namespace {

std::string sample_date(const sema::Pack& framework) {
  CivilDate date =
      framework.in_force_from ? civil_date(*framework.in_force_from) : CivilDate{sample_year(framework), 1, 1};
  return fmt::format("{}/{}/{}", date.day, date.month, date.year);
}

/// The profiles of the framework that pick this option, as ` [nguyên_văn, thông_lệ]`.
std::string picked_by(const sema::Pack& framework, const sema::Reading& reading, std::uint32_t option) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < framework.profiles.size(); ++i)
    if (reading.by_profile[i] == option) names.push_back(framework.spellings.of(framework.profiles[i].id));
  return names.empty() ? "" : fmt::format("  [{}]", fmt::join(names, ", "));
}

std::string choice_text(const sema::Pack& framework, const sema::Reading& reading) {
  const auto& spellings = framework.spellings;
  std::string text = fmt::format("\n# {} ({})\n", reading.info.label, clauses_text(reading.clauses));
  for (std::uint32_t i = 0; i < reading.info.option_ids.size(); ++i)
    text += fmt::format("#   {}: {}{}\n", spellings.of(reading.info.option_ids[i]), reading.info.option_labels[i],
                        picked_by(framework, reading, i));
  return text + fmt::format("# chọn {} = {} theo {}:D1\n", spelled(spellings.of(reading.info.id)),
                            spelled(spellings.of(reading.info.option_ids[sample_option(framework, reading)])),
                            kSampleDocument);
}

std::string profile_remark(const sema::Pack& framework) {
  if (!keeps_levels(framework, sample_profile(framework))) return "";
  return "# Theo hồ sơ này, thêm điểm thì mức không bao giờ thấp đi.\n";
}

}  // namespace

std::string header_text(const SkeletonRequest& request) {
  const sema::Pack& framework = *request.framework;
  std::string text = fmt::format(
      "# MẪU để bắt đầu, do `quy init` viết ra: điểm chia đều, văn bản không có thật. Sửa thành của mình rồi bỏ các "
      "chữ “mẫu”.\n"
      "\n"
      "bộ tiêu chí {} {} phiên bản 0.1.0 cụ thể hoá {}\n"
      "\n"
      "# Thay bằng văn bản thật, và số điều khoản thật sau mỗi `theo {}:…`.\n"
      "căn cứ {} = \"…-QĐ/… (MẪU, không phải văn bản có thật)\" ngày {}\n",
      spelled(request.id), quoted(request.label), framework.id, kSampleDocument, kSampleDocument,
      sample_date(framework));
  std::vector<std::uint32_t> readings = readings_of(framework, request.subjects);
  if (readings.empty()) return text;
  text += fmt::format(
      "\n"
      "# ---------------------------------------------------------------- {} chỗ khung để mở\n"
      "\n"
      "# Một dòng chọn tất cả, theo một hồ sơ của khung. Tên hồ sơ trong ngoặc vuông đứng sau lựa chọn của nó.\n"
      "{}"
      "chọn hồ sơ {} theo {}:D1\n"
      "\n"
      "# Muốn chọn riêng chỗ nào: bỏ dấu # ở dòng `chọn` của chỗ ấy, ghi lựa chọn của mình; dòng ấy đứng trên hồ sơ.\n",
      readings.size(), profile_remark(framework),
      spelled(framework.spellings.of(framework.profiles[sample_profile(framework)].id)), kSampleDocument);
  for (std::uint32_t reading : readings) text += choice_text(framework, framework.readings[reading]);
  return text;
}

}  // namespace quy::tools

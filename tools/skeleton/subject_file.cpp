// One subject with all its open points allocated.

#include <fmt/ranges.h>

#include "tools/skeleton/allocation.h"
#include "tools/skeleton/parts.h"

namespace quy::tools {
namespace {

/// How many criteria share what, and where the remainder went.
std::string sharing_text(const sema::Subject& subject, const SharedPoints& shared) {
  const sema::Group& group = subject.groups[shared.group];
  std::string text = fmt::format("{}: {} điểm cho {} tiêu chí", group.label, points_text(shared.points), shared.criteria.size());
  if (shared.remainder().sign() == 0)
    return text + (shared.criteria.size() == 1 ? "" : fmt::format(", mỗi tiêu chí {}; không dư", points_text(shared.share)));
  return text + fmt::format(", mỗi tiêu chí {}; dư {} dồn vào tiêu chí cuối, thành {}", points_text(shared.share),
                            points_text(shared.remainder()), points_text(shared.last));
}

/// Rows of one group; a comment wherever a group inside it begins or ends.
std::string allocation_rows(const sema::Subject& subject, const SharedPoints& shared) {
  std::string text = fmt::format("    # {}.\n", sharing_text(subject, shared));
  std::uint32_t inner = shared.group;
  for (std::uint32_t index : shared.criteria) {
    const sema::Criterion& criterion = subject.criteria[index];
    const sema::Group& group = subject.groups[criterion.group];
    if (criterion.group != inner)
      text += fmt::format("    # {} ({}){}\n", group.label, clauses_text(group.clauses), criterion.group == shared.group ? ", tiếp" : "");
    inner = criterion.group;
    text += fmt::format("    {} {} điểm  # {}, {}\n", spelled(criterion.name),
                        points_text(index == shared.criteria.back() ? shared.last : shared.share), clauses_text(criterion.clauses),
                        criterion.label);
  }
  return text;
}

std::string readings_line(const sema::Pack& framework, const sema::Subject& subject) {
  std::vector<std::string> names;
  for (std::uint32_t reading : readings_of(framework, {&subject})) names.push_back(framework.spellings.of(framework.readings[reading].info.id));
  return names.empty() ? "" : fmt::format("# Chỗ để mở ảnh hưởng đến kết quả: {}.\n", fmt::join(names, ", "));
}

}  // namespace

std::string subject_text(const SkeletonRequest& request, const sema::Subject& subject) {
  std::string text = fmt::format(
      "# MẪU: {} ({}). Điểm chia đều trong từng nhóm, chỉ để có chỗ bắt đầu; tổng của mỗi nhóm do khung định.\n"
      "{}"
      "\n"
      "đối tượng {} {} {{\n"
      "  giao điểm theo {}:D2 {{\n",
      subject.label, clauses_text(subject.clauses), readings_line(*request.framework, subject),
      subject_path(*request.framework, subject), quoted(subject.label + " (mẫu)"), kSampleDocument);
  std::string separator;
  for (const SharedPoints& shared : sample_allocation(subject)) {
    text += separator + allocation_rows(subject, shared);
    separator = "\n";
  }
  return text + "  }\n}\n";
}

}  // namespace quy::tools

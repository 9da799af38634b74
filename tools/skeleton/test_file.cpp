// A test that knows nothing yet, with every fact of the subject as a comment to be filled in.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "tools/skeleton/allocation.h"
#include "tools/skeleton/parts.h"

namespace quy::tools {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;

/// Points of every criterion in the sample, by id.
std::map<std::string, Rational> sample_maxima(const sema::Subject& subject) {
  std::map<std::string, Rational> maxima;
  for (const sema::Criterion& criterion : subject.criteria)
    if (criterion.maximum) maxima[criterion.id] = *criterion.maximum;
  for (const SharedPoints& shared : sample_allocation(subject))
    for (std::uint32_t criterion : shared.criteria)
      maxima[subject.criteria[criterion].id] = criterion == shared.criteria.back() ? shared.last : shared.share;
  return maxima;
}

/// Lines `# biết …`, each of which is right as it stands when its first mark is removed.
class FactLister {
 public:
  FactLister(const sema::Pack& framework, const sema::Subject& subject)
      : framework_(framework), subject_(subject), maxima_(sample_maxima(subject)) {}

  std::string run() const {
    return section("Minh chứng", FieldPlace::evidence) + list_lines() + section("Ngoại lệ được viện dẫn", FieldPlace::exception) +
           section("Điểm tối đa tự đề xuất", FieldPlace::maximum) +
           section("Điểm do người chấm, ở đây là điểm tối đa", FieldPlace::score) +
           section("Quyết định của cấp có thẩm quyền, nơi điều khoản giao cho họ", FieldPlace::decision);
  }

 private:
  std::string section(const char* title, FieldPlace place) const {
    std::string lines;
    for (const sema::Field& field : subject_.fields)
      if (field.info.place == place && field.info.list == sema::kNone) lines += fact_line(field.info);
    return lines.empty() ? "" : fmt::format("\n  # {}\n{}", title, lines);
  }

  std::string list_lines() const {
    std::string text;
    for (std::uint32_t i = 0; i < subject_.lists.size(); ++i) {
      const bytecode::List& list = subject_.lists[i].info;
      text += fmt::format("  # biết {0} = {{ {1} }}  # {2}; không có dòng nào: `{0} rỗng`\n", spelled(written_name(list.id, list.name)),
                          cells(i), list.label);
    }
    return text;
  }

  std::string cells(std::uint32_t list) const {
    std::vector<std::string> all;
    for (const sema::Field& field : subject_.fields) {
      if (field.info.list != list) continue;
      bool own_code = subject_.lists[list].info.of_results && field.info.kind != FieldKind::level;   // a test need not say whose result
      bool is_level = subject_.lists[list].info.of_results && field.info.kind == FieldKind::level;
      if (own_code) continue;
      all.push_back(fmt::format("{} = {}", is_level ? field.info.name : spelled(written_name(field.info.id, field.info.name)),
                                sample_value(field.info)));
    }
    return fmt::format("{}", fmt::join(all, "; "));
  }

  std::string fact_line(const Field& field) const {
    std::string name = spelled(written_name(field.id, field.name)), label = field.label;
    switch (field.place) {
      case FieldPlace::exception: return fmt::format("  # biết trừ khi {} vì \"…\"  # {}\n", name, label);
      case FieldPlace::maximum: return fmt::format("  # biết tối đa {} = {}  # {}\n", name, points_text(field.low), label);
      case FieldPlace::score: return fmt::format("  # biết điểm {} = {}  # {}\n", name, points_text(maxima_.at(field.id)), label);
      case FieldPlace::decision: return fmt::format("  # biết quyết định {} = {}\n", field.clause, allowed_level(field));
      default: return fmt::format("  # biết {} = {}  # {}{}\n", name, sample_value(field), label, unit_of(field));
    }
  }

  static std::string unit_of(const Field& field) { return field.unit.empty() ? "" : " (" + field.unit + ")"; }

  /// A name of an indicator's own, or inside a record, is told by its id.
  static std::string written_name(const std::string& id, const std::string& name) { return fold_id(name) == id ? name : id; }

  /// Some value of the field's type and range; people replace it.
  std::string sample_value(const Field& field) const {
    switch (field.kind) {
      case FieldKind::boolean: return "đúng";
      case FieldKind::date: return fmt::format("1/6/{}", sample_year(framework_));
      case FieldKind::text: return "\"…\"";
      case FieldKind::step: return spelled(framework_.spellings.of(framework_.scales[field.scale].step_ids.front()));
      case FieldKind::code: return quoted(framework_.tables[field.table].keys.front());
      case FieldKind::level: return spelled(subject_.rating->levels.front().name);
      case FieldKind::criterion: return spelled(subject_.criteria.front().name);
      default: return points_text(std::clamp(Rational(0), field.low, field.high));
    }
  }

  /// The worst outcome that the authority may choose.
  std::string allowed_level(const Field& field) const {
    const auto& levels = subject_.rating->levels;
    for (std::size_t i = levels.size(); i-- > 0;)
      if (((field.allowed_levels >> i) & 1U) != 0) return spelled(levels[i].name);
    return spelled(levels.back().name);
  }

  const sema::Pack& framework_;
  const sema::Subject& subject_;
  std::map<std::string, Rational> maxima_;
};

}  // namespace

std::string test_text(const SkeletonRequest& request, const sema::Subject& subject) {
  const sema::Pack& framework = *request.framework;
  return fmt::format(
      "# MẪU: kiểm thử còn trống của {0}.\n"
      "# Bỏ dấu # đứng đầu dòng nào thì dữ kiện ấy được biết; thay giá trị bằng của một hồ sơ thật, rồi sửa dòng `chờ` thành kết quả mà hồ sơ ấy\n"
      "# phải có. Không nêu thì là thiếu, không phải là 0.\n"
      "\n"
      "kiểm thử {1} cho {2} kỳ {3} đơn vị \"MẪU\" {{\n"
      "  chờ chưa xác định\n"
      "{4}"
      "}}\n",
      subject.label, quoted("mẫu: " + subject.label + ", chưa biết gì thì chưa xác định"), subject_path(framework, subject),
      sample_year(framework), FactLister(framework, subject).run());
}

}  // namespace quy::tools

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "tools/lint/all_rules.h"
#include "tools/lint/rule.h"

namespace quy::lint {

// Rules about ignores are found by whoever applies the ignores, after all others have run.
void ignore_without_reason(const PackView&, Report&) {}
void ignore_of_unknown_rule(const PackView&, Report&) {}
void ignore_of_nothing(const PackView&, Report&) {}

namespace {

std::string id_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::vector<Rule> all_rules() {
  return {
#define QUY_LINT(name, topic, level, fix, title_vi, title_en, why_vi, why_en, what_vi, what_en) \
  {id_of(#name),         Topic::topic,     Level::level,       FixKind::fix,                    \
   {title_vi, title_en}, {why_vi, why_en}, {what_vi, what_en}, &name},
#include "tools/lint/rules.def"
#undef QUY_LINT
  };
}

}  // namespace

std::span<const Rule> rules() {
  static const std::vector<Rule> all = all_rules();
  return all;
}

const Rule* find_rule(std::string_view id) {
  const auto found = std::find_if(rules().begin(), rules().end(), [&](const Rule& rule) { return rule.id == id; });
  return found == rules().end() ? nullptr : &*found;
}

namespace {
constexpr std::string_view kLevelWords[] = {"error", "warning", "advice"};
}

Level level_of(std::string_view word) {
  return static_cast<Level>(std::find(std::begin(kLevelWords), std::end(kLevelWords) - 1, word) -
                            std::begin(kLevelWords));
}

std::string_view level_word(Level level) { return kLevelWords[static_cast<std::size_t>(level)]; }

const Bilingual& topic_title(Topic topic) {
  static const Bilingual titles[] = {{"Minh chứng", "Evidence"}, {"Điều kiện", "Conditions"},
                                     {"Điểm", "Points"},         {"Xếp loại và chỗ để mở", "Ratings and open choices"},
                                     {"Trích dẫn", "Citations"}, {"Nhãn và tên", "Labels and names"},
                                     {"Kiểm thử", "Tests"},      {"Cả gói", "The pack as a whole"},
                                     {"Dòng bỏ qua", "Ignores"}};
  return titles[static_cast<std::size_t>(topic)];
}

}  // namespace quy::lint

#include "tools/report/charts.h"

#include <set>

namespace quy::tools {
namespace {

constexpr std::uint64_t kWidth = 600, kHeight = 22;
/// Narrower than this a number does not fit on its part.
constexpr std::uint64_t kNumberWidth = 26;

std::uint64_t total_of(const Counts& counts) {
  std::uint64_t total = 0;
  for (const auto& [category, count] : counts) total += count;
  return total;
}

void write_bar(Html& html, const Bar& bar) {
  const std::uint64_t total = total_of(bar.counts);
  const std::string box = "0 0 " + std::to_string(kWidth) + " " + std::to_string(kHeight);
  const Html::Element svg = html.open("svg", {{"viewBox", box}, {"role", "img"}, {"aria-label", bar.name}, {"xmlns", "http://www.w3.org/2000/svg"}});
  std::uint64_t before = 0;
  for (const auto& [category, count] : bar.counts) {
    const std::uint64_t from = before * kWidth / total, to = (before + count) * kWidth / total;
    before += count;
    const Html::Element part = html.open("g");
    html.leaf("title", category.label + ": " + std::to_string(count) + "/" + std::to_string(total));
    html.empty("rect", {{"class", category_class(category)}, {"x", std::to_string(from)}, {"y", "0"},
                        {"width", std::to_string(to - from)}, {"height", std::to_string(kHeight)}});
    if (to - from >= kNumberWidth)
      html.leaf("text", std::to_string(count), {{"class", "on-" + category_class(category)}, {"x", std::to_string((from + to) / 2)}, {"y", "16"}});
  }
}

void write_legend(Html& html, const std::vector<Bar>& bars) {
  std::set<Category> categories;
  for (const Bar& bar : bars)
    for (const auto& [category, count] : bar.counts) categories.insert(category);
  const Html::Element legend = html.open("p", {{"class", "legend"}});
  for (const Category& category : categories) {
    const Html::Element entry = html.open("span");
    html.leaf("span", "", {{"class", "key " + category_class(category)}});
    html.text(" " + category.label);
  }
}

}  // namespace

std::string category_class(const Category& category) {
  constexpr std::uint32_t kColours = 6;
  switch (category.rank) {
    case kUndecidedRank: return "undecided";
    case kAuthorityRank: return "authority";
    case kGapRank: return "gap";
    case kNotRatedRank: return "not-rated";
    default: return "level-" + std::to_string(std::min(category.rank, kColours - 1));
  }
}

void write_bars(Html& html, const Labels& labels, const std::string& heading, const std::vector<Bar>& bars) {
  write_legend(html, bars);
  const Html::Element table = html.open("table", {{"class", "bars"}});
  {
    const Html::Element head = html.open("thead");
    const Html::Element row = html.open("tr");
    html.leaf("th", heading, {{"class", "name"}});
    html.leaf("th", labels.say("Tỉ lệ các mức", "Share of each level"));
    html.leaf("th", labels.say("Số hồ sơ", "Records"), {{"class", "count"}});
  }
  const Html::Element body = html.open("tbody");
  for (const Bar& bar : bars) {
    const Html::Element row = html.open("tr");
    html.leaf("th", bar.name.empty() ? "—" : bar.name, {{"class", "name"}, {"scope", "row"}});
    {
      const Html::Element cell = html.open("td");
      write_bar(html, bar);
    }
    html.leaf("td", std::to_string(total_of(bar.counts)), {{"class", "count"}});
  }
}

}  // namespace quy::tools

#include "tools/report/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace quy::tools {
namespace {

/// A bar on paper is about this many pixels wide; that decides which numbers fit on their parts.
constexpr std::uint64_t kPaperWidth = 300, kDigitWidth = 7, kRoomAround = 4;

std::uint64_t total_of(const Counts& counts) {
  std::uint64_t total = 0;
  for (const auto& [category, count] : counts) total += count;
  return total;
}

std::string percent(std::uint64_t part, std::uint64_t total) {
  const std::uint64_t hundredths = part * 10'000 / total;
  return fmt::format("{}.{:02}%", hundredths / 100, hundredths % 100);
}

bool number_fits(std::uint64_t count, std::uint64_t total) {
  return count * kPaperWidth >= total * (std::to_string(count).size() * kDigitWidth + kRoomAround);
}

std::string in_words(const Category& category, std::uint64_t count) {
  return fmt::format("{}: {}", category.label, count);
}

std::string in_words(const Counts& counts) {
  std::vector<std::string> words;
  for (const auto& [category, count] : counts) words.push_back(in_words(category, count));
  return fmt::format("{}", fmt::join(words, "; "));
}

/// Numbers that do not fit on their parts.
void write_narrow(Html& html, const Counts& counts) {
  const std::uint64_t total = total_of(counts);
  if (std::ranges::all_of(counts, [&](const auto& part) { return number_fits(part.second, total); })) return;
  const Html::Element line = html.open("p", {{"class", "narrow"}});
  for (const auto& [category, count] : counts)
    if (!number_fits(count, total)) html.leaf("span", in_words(category, count));
}

void write_part(Html& html, const Category& category, std::uint64_t before, std::uint64_t count, std::uint64_t total) {
  const Html::Element part = html.open("g");
  html.leaf("title", fmt::format("{}: {}/{}", category.label, count, total));
  html.empty("rect", {{"class", category_class(category)},
                      {"x", percent(before, total)},
                      {"y", "0"},
                      {"width", percent(count, total)},
                      {"height", "100%"}});
  if (number_fits(count, total))
    html.leaf(
        "text", std::to_string(count),
        {{"class", "on-" + category_class(category)}, {"x", percent(2 * before + count, 2 * total)}, {"y", "50%"}});
}

void write_bar(Html& html, const Bar& bar) {
  const std::uint64_t total = total_of(bar.counts);
  {
    const Html::Element svg = html.open(
        "svg", {{"role", "img"}, {"aria-label", in_words(bar.counts)}, {"xmlns", "http://www.w3.org/2000/svg"}});
    std::uint64_t before = 0;
    for (const auto& [category, count] : bar.counts) {
      if (count != 0) write_part(html, category, before, count, total);
      before += count;
    }
  }
  write_narrow(html, bar.counts);
}

/// Levels of one rank have one colour, whichever scale they belong to; so have all from the last colour on.
void write_legend(Html& html, const std::vector<Bar>& bars) {
  std::set<Category> categories;
  for (const Bar& bar : bars)
    for (const auto& [category, count] : bar.counts) categories.insert(category);
  std::vector<std::pair<std::string, std::vector<std::string>>> keys;
  for (const Category& category : categories) {
    if (keys.empty() || keys.back().first != category_class(category)) keys.push_back({category_class(category), {}});
    if (std::ranges::find(keys.back().second, category.label) == keys.back().second.end())
      keys.back().second.push_back(category.label);
  }
  const Html::Element legend = html.open("p", {{"class", "legend"}});
  for (const auto& [key, labels] : keys) {
    const Html::Element entry = html.open("span");
    html.leaf("span", "", {{"class", "key " + key}});
    html.text(fmt::format(" {}", fmt::join(labels, " / ")));
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
    case kWithinRank: return "within";
    case kTiedRank: return "tied";
    case kBeyondRank: return "beyond";
    case kOpenRank: return "open";
    default: return "level-" + std::to_string(std::min(category.rank, kColours - 1));
  }
}

void write_bars(Html& html, const BarHeadings& headings, const std::vector<Bar>& bars) {
  write_legend(html, bars);
  const Html::Element table = html.open("table", {{"class", "bars"}});
  {
    const Html::Element head = html.open("thead");
    const Html::Element row = html.open("tr");
    html.leaf("th", headings.name, {{"class", "name"}});
    html.leaf("th", headings.parts);
    html.leaf("th", headings.total, {{"class", "count"}});
  }
  const Html::Element body = html.open("tbody");
  for (const Bar& bar : bars) {
    const Html::Element row = html.open("tr");
    html.leaf("th", bar.name.empty() ? "—" : bar.name, {{"class", "name"}, {"scope", "row"}});
    {
      const Html::Element cell = html.open("td");
      write_bar(html, bar);
    }
    html.leaf("td", std::to_string(total_of(bar.counts)), {{"class", "count"}, {"data-label", headings.total}});
  }
}

}  // namespace quy::tools

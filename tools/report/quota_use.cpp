#include "tools/report/quota_use.h"

#include <fmt/format.h>

#include <set>

#include "base/numeric/rational.h"
#include "runtime/trace/numbers.h"
#include "tools/report/charts.h"

namespace quy::tools {
namespace {

constexpr const char* kWithin[] = {"Trong tỉ lệ", "Within"};
constexpr const char* kTied[] = {"Bằng nhau ở suất cuối", "Equal at the last place"};
constexpr const char* kBeyond[] = {"Vượt tỉ lệ", "Beyond"};
constexpr const char* kOpen[] = {"Chưa rõ", "Open"};

const char* say(const Labels& labels, const char* const (&text)[2]) { return labels.say(text[0], text[1]); }

Counts counts_of(const ResultRow::Quota& quota, const Labels& labels) {
  Counts counts;
  const auto count = [&](std::uint32_t rank, const char* const(&text)[2], std::uint64_t of) {
    if (of != 0) counts[{rank, say(labels, text)}] = of;
  };
  count(kWithinRank, kWithin, quota.within);
  count(kTiedRank, kTied, quota.tied);
  count(kBeyondRank, kBeyond, quota.beyond);
  count(kOpenRank, kOpen, quota.open);
  return counts;
}

std::string percent(const std::string& rate, Language language) {
  const std::optional<Rational> value = Rational::parse(rate);
  return value ? trace::display_number(*value * Rational(100), language).text + "%" : rate;
}

}  // namespace

void QuotaUse::add(const ResultRow& row, const Labels& labels) {
  for (const ResultRow::Quota& quota : row.quotas) {
    Use& use = uses_[{row.period, quota.unit, quota.cohort, quota.level}];
    if (row.of_cohort) {
      use = {quota, use.level.empty() ? labels.level(quota.level) : use.level, true};
      continue;
    }
    use.level = labels.outcome(row.subject, quota.level);
    if (use.counted) continue;
    if (use.quota.level.empty()) use.quota = quota;
    if (row.status == "undecided") continue;  // it may yet reach the level, but has not
    use.quota.within += quota.standing == "within";
    use.quota.tied += quota.standing == "tied";
    use.quota.beyond += quota.standing == "beyond";
    use.quota.open += quota.standing == "open";
  }
}

std::string QuotaUse::name(const Key& key, const Labels& labels) const {
  const auto& [period, unit, cohort, level] = key;
  std::set<std::string> periods, levels;
  for (const auto& [other, use] : uses_) {
    periods.insert(std::get<0>(other));
    levels.insert(std::get<3>(other));
  }
  std::string name = unit;
  for (const std::string& part :
       {cohort, periods.size() > 1 ? period : std::string(), levels.size() > 1 ? uses_.at(key).level : std::string()})
    if (!part.empty()) name += (name.empty() ? "" : ", ") + part;
  return name.empty() ? labels.say("tất cả", "all") : name;
}

void QuotaUse::write(Html& html, const Labels& labels) const {
  std::vector<Bar> bars;
  for (const auto& [key, use] : uses_)
    if (Counts counts = counts_of(use.quota, labels); !counts.empty())
      bars.push_back({name(key, labels), std::move(counts)});
  if (!bars.empty())
    write_bars(html,
               {labels.say("Nhóm", "Cohort"),
                labels.say("Hồ sơ đạt mức có tỉ lệ khống chế", "Records that reached the level of the quota"),
                labels.say("Đạt mức", "Reached")},
               bars);
  write_table(html, labels);
}

void QuotaUse::write_table(Html& html, const Labels& labels) const {
  const Html::Element table = html.open("table", {{"class", "quotas"}});
  {
    const Html::Element head = html.open("thead");
    const Html::Element row = html.open("tr");
    for (const char* column : {labels.say("Nhóm", "Cohort"), labels.say("Mức", "Level"), labels.say("Tỉ lệ", "Rate"),
                               labels.say("Số suất", "Places"), labels.say("Đạt mức", "Reached"), say(labels, kWithin),
                               say(labels, kTied), say(labels, kBeyond), say(labels, kOpen)})
      html.leaf("th", column);
  }
  const Html::Element body = html.open("tbody");
  for (const auto& [key, use] : uses_) write_row(html, labels, key, use);
}

void QuotaUse::write_row(Html& html, const Labels& labels, const Key& key, const Use& use) const {
  const Html::Element row = html.open("tr");
  {
    const Html::Element cell = html.open("th", {{"scope", "row"}});
    html.text(name(key, labels));
    const auto document = [&](const char* what, const std::string& named) {
      if (!named.empty()) html.leaf("p", std::string(what) + named, {{"class", "note"}});
    };
    document(labels.say("nâng theo ", "raised by "), use.quota.raised_by);
    document(labels.say("quyết định: ", "decided by "), use.quota.decided_by);
  }
  html.leaf("td", use.level, {{"data-label", labels.say("Mức", "Level")}});
  const auto number = [&](const char* column, const std::string& value) {
    html.leaf("td", value, {{"class", "number"}, {"data-label", column}});
  };
  number(labels.say("Tỉ lệ", "Rate"), percent(use.quota.rate, labels.language()));
  number(labels.say("Số suất", "Places"), use.quota.places);
  number(labels.say("Đạt mức", "Reached"), use.quota.candidates);
  number(say(labels, kWithin), std::to_string(use.quota.within));
  number(say(labels, kTied), std::to_string(use.quota.tied));
  number(say(labels, kBeyond), std::to_string(use.quota.beyond));
  number(say(labels, kOpen), std::to_string(use.quota.open));
}

}  // namespace quy::tools

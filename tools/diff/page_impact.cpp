#include "tools/diff/page_impact.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/trace/numbers.h"
#include "tools/diff/impact_print.h"

namespace quy::tools {

using analysis::Effect;

namespace {

constexpr std::size_t kMostShown = 60;

class Section {
 public:
  Section(Html& html, const Context& context, const Impact& impact) : html_(html), context_(context), impact_(impact) {}

  void run() {
    html_.leaf("h2", say("Tác động tới các hồ sơ", "Effect on the records"));
    points();
    levels();
    matrix();
    bars(say("Theo đối tượng", "By subject"), say("Đối tượng", "Subject"), impact_.by_subject);
    bars(say("Theo nhóm tương đồng", "By cohort"), say("Nhóm", "Cohort"), impact_.by_cohort);
    bars(say("Theo đơn vị", "By unit"), say("Đơn vị", "Unit"), impact_.by_unit);
    people();
    quota_places();
  }

 private:
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }
  const std::string& in(const Bilingual& text) const { return text.in(context_.language); }
  std::string label(const std::string& outcome) const { return outcome_label(context_, impact_, outcome); }

  void points() {
    const auto number = [&](const Rational& value) { return trace::display_number(value, context_.language, 2).text; };
    html_.leaf("p", fmt::format(fmt::runtime(say("{} hồ sơ tăng điểm (tổng cộng {}), {} hồ sơ giảm điểm (tổng cộng "
                                                 "{}); {} nay chưa xác định, {} nay bị từ chối, {} nay được nhận.",
                                                 "{} records gain points ({} in all), {} lose points ({} in all); {} "
                                                 "newly undecided, {} newly rejected, {} newly taken.")),
                                impact_.more_points, number(impact_.gained), impact_.fewer_points, number(impact_.lost),
                                impact_.newly_undecided, impact_.newly_rejected, impact_.newly_taken));
    const ImpactCount& all = impact_.all;
    if (all.places_won + all.places_lost > 0)
      html_.leaf("p", fmt::format(fmt::runtime(say("Suất theo tỉ lệ khống chế: {} hồ sơ được thêm, {} hồ sơ mất.",
                                                   "Places of quotas: {} won, {} lost.")),
                                  all.places_won, all.places_lost));
  }

  /// How many records have each level in the older version and in the newer, as bars of one scale.
  void levels() {
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> counts;
    std::uint64_t largest = 1;
    for (const auto& [cell, count] : impact_.matrix) {
      counts[cell.first].first += count;
      counts[cell.second].second += count;
    }
    for (const auto& [outcome, count] : counts) largest = std::max({largest, count.first, count.second});
    html_.leaf("h3", say("Số hồ sơ theo mức", "Records by level"));
    const Html::Element table = html_.open("table", {{"class", "levels"}});
    const Html::Element body = html_.open("tbody");
    for (const std::string& outcome : impact_.outcomes) {
      const auto count = counts.find(outcome);
      if (count == counts.end()) continue;
      const Html::Element row = html_.open("tr");
      html_.leaf("th", label(outcome));
      const Html::Element cell = html_.open("td");
      one_level(say("trước", "before"), "was", count->second.first, largest);
      one_level(say("nay", "now"), "is", count->second.second, largest);
    }
  }

  void one_level(const char* side, const char* kind, std::uint64_t count, std::uint64_t largest) {
    const Html::Element line = html_.open("p");
    html_.leaf("span", side, {{"class", "what side"}});
    bar(kind, count, largest);
    html_.text(fmt::format(" {}", count));
  }

  void matrix() {
    constexpr std::size_t kMostUpright = 6;
    std::vector<std::string> rows, columns;
    for (const std::string& outcome : impact_.outcomes) {
      const auto occurs = [&](auto side) {
        return std::ranges::any_of(impact_.matrix, [&](const auto& cell) { return cell.first.*side == outcome; });
      };
      if (occurs(&std::pair<std::string, std::string>::first)) rows.push_back(outcome);
      if (occurs(&std::pair<std::string, std::string>::second)) columns.push_back(outcome);
    }
    html_.leaf("h3", say("Mức cũ (hàng) và mức mới (cột)", "Old level (rows) and new level (columns)"));
    const Html::Element table =
        html_.open("table", {{"class", columns.size() > kMostUpright ? "matrix turned" : "matrix"}});
    {
      const Html::Element head = html_.open("thead");
      const Html::Element row = html_.open("tr");
      html_.leaf("th", say("trước ↓ nay →", "before ↓ now →"));
      for (const std::string& column : columns) {
        const Html::Element cell = html_.open("th", {{"scope", "col"}});
        html_.leaf("span", label(column));
      }
    }
    const Html::Element body = html_.open("tbody");
    for (const std::string& each : rows) {
      const Html::Element row = html_.open("tr");
      html_.leaf("th", label(each), {{"scope", "row"}});
      for (const std::string& column : columns) {
        const auto cell = impact_.matrix.find({each, column});
        html_.leaf("td", cell == impact_.matrix.end() ? "·" : std::to_string(cell->second),
                   {{"class", each == column ? "stays" : "moves"}, {"data-label", label(column)}});
      }
    }
  }

  /// For each place how many of its records are better, worse or otherwise rated, as bars of one scale.
  void bars(const char* title, const char* names, const std::map<std::string, ImpactCount>& counts) {
    constexpr std::size_t kMost = 15;
    std::vector<std::pair<std::string, ImpactCount>> changed;
    for (const auto& each : counts)
      if (each.second.says_something()) changed.push_back(each);
    if (changed.empty()) return;
    std::ranges::stable_sort(changed,
                             [](const auto& a, const auto& b) { return a.second.changed() > b.second.changed(); });
    const std::uint64_t largest = std::max<std::uint64_t>(changed.front().second.changed(), 1);
    html_.leaf("h3", title);
    {
      const Html::Element table = html_.open("table", {{"class", "effects"}});
      columns({{"name", names}, {"count", say("Đổi / tất cả", "Changed / all")}, {"effect", say("Đổi ra sao", "How")}});
      const Html::Element body = html_.open("tbody");
      for (std::size_t i = 0; i < std::min(changed.size(), kMost); ++i)
        effect(changed[i].first, changed[i].second, largest);
    }
    if (changed.size() > kMost)
      html_.leaf("p", fmt::format(fmt::runtime(say("và {} nơi khác", "and {} more")), changed.size() - kMost),
                 {{"class", "note"}});
  }

  void effect(const std::string& name, const ImpactCount& count, std::uint64_t largest) {
    const Html::Element row = html_.open("tr");
    const auto label = impact_.subject_labels.find(name);
    html_.leaf("th",
               name.empty()                                                     ? "—"
               : label == impact_.subject_labels.end() || label->second.empty() ? name
                                                                                : label->second,
               {{"scope", "row"}});
    html_.leaf("td", fmt::format("{}/{}", count.changed(), count.records),
               {{"data-label", say("Đổi / tất cả", "Changed / all")}});
    const Html::Element cell = html_.open("td");
    bar("better", count.better, largest);
    bar("worse", count.worse, largest);
    bar("other", count.otherwise, largest);
    html_.text(fmt::format(" {} {}, {} {}", count.better, in(name_of(Effect::better).text), count.worse,
                           in(name_of(Effect::worse).text)));
    if (count.otherwise > 0) html_.text(fmt::format(", {} {}", count.otherwise, in(name_of(Effect::other).text)));
    if (count.places_won + count.places_lost > 0)
      html_.leaf("span", fmt::format("; {} +{} −{}", say("suất", "places"), count.places_won, count.places_lost),
                 {{"class", "what"}});
  }

  void bar(const char* kind, std::uint64_t count, std::uint64_t largest) {
    constexpr std::uint64_t kWidest = 90;  // hundredths of an em times ten
    if (count == 0) return;
    const std::uint64_t tenths = std::max<std::uint64_t>(count * kWidest / largest, 1);
    html_.leaf(
        "span", "",
        {{"class", std::string("bar ") + kind}, {"style", fmt::format("width: {}.{}em", tenths / 10, tenths % 10)}});
  }

  void people() {
    if (impact_.people.empty()) return;
    html_.leaf("h3", say("Hồ sơ đổi kết quả", "Records rated otherwise"));
    {
      const Html::Element table = html_.open("table", {{"class", "people"}});
      columns({{"id", say("Hồ sơ", "Record")}, {"old", say("Bản trước", "Before")}, {"new", say("Bản này", "Now")}});
      const Html::Element body = html_.open("tbody");
      for (std::size_t i = 0; i < std::min(impact_.people.size(), kMostShown); ++i) {
        const ChangedPerson& each = impact_.people[i];
        const Html::Element row = html_.open("tr");
        html_.leaf("td", named(each.id, each.unit));
        person(say("Bản trước", "Before"), each.before, each.total_before, each.clause_before);
        person(say("Bản này", "Now"), each.after, each.total_after, each.clause_after);
      }
    }
    more(impact_.people.size());
  }

  void person(const char* column, const std::string& outcome, const std::string& total, const std::string& clause) {
    const Html::Element cell = html_.open("td", {{"class", "outcome"}, {"data-label", column}});
    html_.text(label(outcome) + (total.empty() ? "" : fmt::format(", {} {}", total_text(total, context_.language), say("điểm", "points"))) +
               " ");
    if (!clause.empty()) html_.leaf("span", clause, {{"class", "clause"}});
  }

  void quota_places() {
    if (impact_.places.empty()) return;
    html_.leaf("h3", say("Suất theo tỉ lệ khống chế", "Places of quotas"));
    {
      const Html::Element table = html_.open("table", {{"class", "people"}});
      columns({{"id", say("Hồ sơ", "Record")}, {"old", say("Bản trước", "Before")}, {"new", say("Bản này", "Now")}});
      const Html::Element body = html_.open("tbody");
      for (std::size_t i = 0; i < std::min(impact_.places.size(), kMostShown); ++i) {
        const ChangedPlace& each = impact_.places[i];
        const Html::Element row = html_.open("tr");
        html_.leaf("td", named(each.id, each.unit));
        html_.leaf("td", in(name_of(each.before).text), {{"data-label", say("Bản trước", "Before")}});
        html_.leaf("td", in(name_of(each.after).text), {{"data-label", say("Bản này", "Now")}});
      }
    }
    more(impact_.places.size());
  }

  void columns(std::initializer_list<std::pair<std::string_view, std::string_view>> all) {
    const Html::Element head = html_.open("thead");
    const Html::Element row = html_.open("tr");
    for (const auto& [name, text] : all) html_.leaf("th", text, {{"class", name}});
  }

  static std::string named(const std::string& id, const std::string& unit) {
    return unit.empty() ? id : id + " (" + unit + ")";
  }

  void more(std::size_t all) {
    if (all > kMostShown)
      html_.leaf("p", fmt::format(fmt::runtime(say("và {} hồ sơ khác", "and {} more")), all - kMostShown),
                 {{"class", "note"}});
  }

  Html& html_;
  const Context& context_;
  const Impact& impact_;
};

}  // namespace

void write_impact(Html& html, const Context& context, const Impact& impact) { Section(html, context, impact).run(); }

}  // namespace quy::tools

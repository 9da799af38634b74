#include "tools/diff/impact_print.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>

#include "base/text.h"
#include "runtime/trace/numbers.h"

namespace quy::tools {

namespace {

constexpr std::size_t kMostPeople = 20, kMostPlaces = 10;

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::size_t own = display_width(text);
  const std::string space(width > own ? width - own : 0, ' ');
  return right ? space + text : text + space;
}

/// Counts of subjects by `label (id)`.
std::map<std::string, ImpactCount> by_label(const Impact& impact, const std::map<std::string, ImpactCount>& by_subject) {
  std::map<std::string, ImpactCount> all;
  for (const auto& [id, count] : by_subject) {
    const auto label = impact.subject_labels.find(id);
    all[label == impact.subject_labels.end() || label->second.empty() ? id : fmt::format("{} ({})", label->second, id)] = count;
  }
  return all;
}

class Printer {
 public:
  Printer(std::ostream& out, const Context& context, const Impact& impact) : out_(out), context_(context), impact_(impact) {}

  void run() {
    fmt::print(out_, "\n{}\n", say("Tác động tới các hồ sơ", "Effect on the records"));
    counts();
    matrix();
    places(say("Theo đối tượng", "By subject"), by_label(impact_, impact_.by_subject));
    places(say("Theo nhóm tương đồng", "By cohort"), impact_.by_cohort);
    places(say("Theo đơn vị", "By unit"), impact_.by_unit);
    people();
    quota_places();
  }

 private:
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }

  void counts() {
    const ImpactCount& all = impact_.all;
    fmt::print(out_, "  {}: {}; {}: {} ({} {}, {} {}, {} {})\n", say("hồ sơ cả hai bản đều xếp", "records rated by both"), all.records,
               say("đổi kết quả", "rated otherwise"), all.changed(), all.better, say("có lợi hơn", "better"), all.worse,
               say("bất lợi hơn", "worse"), all.otherwise, say("khác đi", "otherwise"));
    const auto number = [&](const Rational& value) { return trace::display_number(value, context_.language, 2).text; };
    fmt::print(out_, "  {}: {} {} (+{}), {} {} (−{})\n", say("điểm", "points"), impact_.more_points, say("hồ sơ tăng", "records gain"),
               number(impact_.gained), impact_.fewer_points, say("hồ sơ giảm", "records lose"), number(impact_.lost));
    fmt::print(out_, "  {}: {}; {}: {}; {}: {}\n", say("nay chưa xác định", "newly undecided"), impact_.newly_undecided,
               say("nay bị từ chối", "newly rejected"), impact_.newly_rejected, say("nay được nhận", "newly taken"), impact_.newly_taken);
    if (all.places_won + all.places_lost > 0)
      fmt::print(out_, "  {}: {} {}, {} {}\n", say("suất theo tỉ lệ khống chế", "places of quotas"), all.places_won, say("được thêm", "won"),
                 all.places_lost, say("mất", "lost"));
  }

  /// Old level in rows, new in columns; what nobody has is left away.
  void matrix() {
    std::vector<std::string> rows, columns;
    for (const std::string& outcome : impact_.outcomes) {
      const auto in = [&](bool first) {
        return std::ranges::any_of(impact_.matrix, [&](const auto& cell) { return (first ? cell.first.first : cell.first.second) == outcome; });
      };
      if (in(true)) rows.push_back(outcome);
      if (in(false)) columns.push_back(outcome);
    }
    std::size_t first = display_width(say("trước \\ nay", "before \\ now"));
    for (const std::string& row : rows) first = std::max(first, display_width(label(row)));
    fmt::print(out_, "  {}", padded(say("trước \\ nay", "before \\ now"), first, false));
    for (const std::string& column : columns) fmt::print(out_, "  {}", label(column));
    fmt::print(out_, "\n");
    for (const std::string& row : rows) {
      fmt::print(out_, "  {}", padded(label(row), first, false));
      for (const std::string& column : columns) {
        const auto cell = impact_.matrix.find({row, column});
        fmt::print(out_, "  {}", padded(cell == impact_.matrix.end() ? "·" : std::to_string(cell->second), display_width(label(column)), true));
      }
      fmt::print(out_, "\n");
    }
  }

  std::string label(const std::string& outcome) const { return outcome_label(context_, impact_, outcome); }

  void places(const char* title, const std::map<std::string, ImpactCount>& counts) {
    std::vector<std::pair<std::string, ImpactCount>> changed;
    for (const auto& each : counts)
      if (each.second.says_something()) changed.push_back(each);
    if (changed.empty()) return;
    std::ranges::stable_sort(changed, [](const auto& a, const auto& b) { return a.second.changed() > b.second.changed(); });
    fmt::print(out_, "  {}\n", title);
    for (std::size_t i = 0; i < std::min(changed.size(), kMostPlaces); ++i) {
      const auto& [name, count] = changed[i];
      fmt::print(out_, "    {}: {}/{} ({} {}, {} {}){}\n", name, count.changed(), count.records, count.better, say("có lợi hơn", "better"),
                 count.worse, say("bất lợi hơn", "worse"), quota_text(count));
    }
    if (changed.size() > kMostPlaces) fmt::print(out_, "    {} {}\n", changed.size() - kMostPlaces, say("nơi khác", "more"));
  }

  std::string quota_text(const ImpactCount& count) const {
    if (count.places_won + count.places_lost == 0) return {};
    return fmt::format("; {} +{} −{}", say("suất", "places"), count.places_won, count.places_lost);
  }

  void quota_places() {
    if (impact_.places.empty()) return;
    fmt::print(out_, "  {}\n", say("Suất theo tỉ lệ khống chế", "Places of quotas"));
    for (std::size_t i = 0; i < std::min(impact_.places.size(), kMostPeople); ++i) {
      const ChangedPlace& each = impact_.places[i];
      fmt::print(out_, "    {}: {} → {}\n", each.id, name_of(each.before).text.in(context_.language), name_of(each.after).text.in(context_.language));
    }
    if (impact_.places.size() > kMostPeople)
      fmt::print(out_, "    {} {}\n", impact_.places.size() - kMostPeople, say("hồ sơ khác: --format json", "more records: --format json"));
  }

  void people() {
    if (impact_.people.empty()) return;
    fmt::print(out_, "  {}\n", say("Ai đổi", "Who changes"));
    for (std::size_t i = 0; i < std::min(impact_.people.size(), kMostPeople); ++i) {
      const ChangedPerson& each = impact_.people[i];
      fmt::print(out_, "    {}: {} {}{} → {} {}{}\n", each.id, label(each.before), total_text(each.total_before, context_.language), by(each.clause_before),
                 label(each.after), total_text(each.total_after, context_.language), by(each.clause_after));
    }
    if (impact_.people.size() > kMostPeople)
      fmt::print(out_, "    {} {}\n", impact_.people.size() - kMostPeople, say("hồ sơ khác: --format json", "more records: --format json"));
  }

  static std::string by(const std::string& clause) { return clause.empty() ? "" : " (" + clause + ")"; }

  std::ostream& out_;
  const Context& context_;
  const Impact& impact_;
};

using Json = nlohmann::ordered_json;

Json json_of(const ImpactCount& count) {
  return {{"records", count.records},     {"better", count.better},           {"worse", count.worse},
          {"otherwise", count.otherwise}, {"places_won", count.places_won}, {"places_lost", count.places_lost}};
}

Json json_of(const std::map<std::string, ImpactCount>& counts) {
  Json all = Json::object();
  for (const auto& [name, count] : counts) all[name] = json_of(count);
  return all;
}

Json json_of(const std::vector<ChangedPerson>& people) {
  Json all = Json::array();
  for (const ChangedPerson& each : people) {
    Json json{{"id", each.id},         {"subject", each.subject},           {"before", each.before},
              {"after", each.after},   {"total_before", each.total_before}, {"total_after", each.total_after},
              {"effect", name_of(each.effect).id}};
    if (!each.unit.empty()) json["unit"] = each.unit;
    if (!each.clause_before.empty()) json["clause_before"] = each.clause_before;
    if (!each.clause_after.empty()) json["clause_after"] = each.clause_after;
    all.push_back(std::move(json));
  }
  return all;
}

Json json_of(const std::vector<ChangedPlace>& places) {
  Json all = Json::array();
  for (const ChangedPlace& each : places) {
    Json json{{"id", each.id}, {"subject", each.subject}, {"before", name_of(each.before).id}, {"after", name_of(each.after).id}};
    if (!each.unit.empty()) json["unit"] = each.unit;
    if (!each.cohort.empty()) json["cohort"] = each.cohort;
    all.push_back(std::move(json));
  }
  return all;
}

}  // namespace

const Name& name_of(QuotaStanding standing) {
  static const Name kNames[] = {{"none", {"không xét tỉ lệ", "not compared"}},
                                {"within", {"trong suất", "within"}},
                                {"tied", {"bằng điểm ở suất cuối", "tied at the cut"}},
                                {"beyond", {"ngoài suất", "beyond"}},
                                {"open", {"chưa rõ", "open"}}};
  return kNames[static_cast<std::size_t>(standing)];
}

std::string outcome_label(const Context& context, const Impact& impact, const std::string& outcome) {
  if (outcome == "gap") return context.say("không mức nào", "no level");
  if (outcome == "not_rated") return context.say("không xếp loại", "not rated");
  if (outcome == "authority") return context.say("thẩm quyền quyết định", "for the authority");
  if (outcome == "undecided") return context.say("chưa xác định", "undecided");
  if (outcome == "rejected") return context.say("bị từ chối", "rejected");
  const auto label = impact.labels.find(outcome);
  return label == impact.labels.end() ? outcome : label->second;
}

void print_impact(std::ostream& out, const Context& context, const Impact& impact) { Printer(out, context, impact).run(); }

Json json_of(const Context& context, const Impact& impact) {
  Json matrix = Json::array();
  for (const auto& [cell, count] : impact.matrix)
    matrix.push_back({{"before", cell.first},
                      {"after", cell.second},
                      {"before_label", outcome_label(context, impact, cell.first)},
                      {"after_label", outcome_label(context, impact, cell.second)},
                      {"records", count}});
  return {{"all", json_of(impact.all)},
          {"matrix", matrix},
          {"points", {{"gain", impact.more_points}, {"gained", impact.gained.exact_text()}, {"lose", impact.fewer_points}, {"lost", impact.lost.exact_text()}}},
          {"newly_undecided", impact.newly_undecided},
          {"newly_rejected", impact.newly_rejected},
          {"newly_taken", impact.newly_taken},
          {"by_subject", json_of(impact.by_subject)},
          {"by_cohort", json_of(impact.by_cohort)},
          {"by_unit", json_of(impact.by_unit)},
          {"people", json_of(impact.people)},
          {"points_only", json_of(impact.points_only)},
          {"quota_places", json_of(impact.places)}};
}

}  // namespace quy::tools

#include <fmt/ostream.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "tools/commands/commands.h"

namespace quy::tools {
namespace {

using nlohmann::ordered_json;
using namespace bytecode;

/// Points have at most a few digits after the mark, so the shortest text of the nearest double is the decimal itself; print only.
ordered_json number_or_null(const std::optional<Rational>& value) {
  if (!value) return nullptr;
  return ordered_json::parse(value->exact_text(), nullptr, false);
}

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json thresholds(const std::vector<Threshold>& all) {
  ordered_json out = ordered_json::array();
  for (const Threshold& t : all)
    out.push_back({{"clause", t.clause},
                   {"field", t.field},
                   {"comparator", t.comparator},
                   {"value", t.value},
                   {"unit", t.unit},
                   {"per", text_or_null(t.per)},
                   {"exact", t.exact}});
  return out;
}

ordered_json groups(const Subject& subject) {
  static const char* const signs[] = {"plain", "deductions", "bonuses"};
  ordered_json out = ordered_json::array();
  for (const GroupInfo& group : subject.groups) {
    ordered_json one{{"id", group.id}, {"label", group.label}, {"citation", group.citation}, {"max", number_or_null(group.max)}};
    if (group.parent != kNone) one["parent"] = subject.groups[group.parent].id;
    if (group.sign != 0) one["sign"] = signs[group.sign];
    out.push_back(std::move(one));
  }
  return out;
}

ordered_json criteria(const Subject& subject) {
  ordered_json out = ordered_json::array();
  for (const CriterionInfo& c : subject.criteria)
    out.push_back({{"id", c.id},
                   {"label", c.label},
                   {"citation", c.citation},
                   {"group", c.group == kNone ? ordered_json(nullptr) : ordered_json(subject.groups[c.group].id)},
                   {"scoring", c.scoring},
                   {"points", number_or_null(c.points)},
                   {"clauses", c.clauses},
                   {"thresholds", thresholds(c.thresholds)}});
  return out;
}

ordered_json subjects(const Module& module) {
  ordered_json out = ordered_json::array();
  for (const Subject& subject : module.subjects) {
    ordered_json one{{"id", subject.id}, {"label", subject.label}, {"citation", subject.citation}, {"kind", subject.kind}};
    if (subject.rating != kNone) one["rating"] = module.ratings[subject.rating].id;
    one["groups"] = groups(subject);
    one["criteria"] = criteria(subject);
    out.push_back(std::move(one));
  }
  return out;
}

ordered_json levels(const RatingInfo& rating) {
  ordered_json out = ordered_json::array();
  for (const LevelInfo& level : rating.levels)
    out.push_back({{"id", level.id}, {"label", level.label}, {"from", number_or_null(level.floor)}, {"clauses", level.clauses}});
  return out;
}

ordered_json ratings(const Module& module) {
  ordered_json out = ordered_json::array();
  for (const RatingInfo& rating : module.ratings)
    out.push_back({{"id", rating.id}, {"label", rating.label}, {"clauses", rating.clauses}, {"levels", levels(rating)},
                   {"thresholds", thresholds(rating.thresholds)}});
  return out;
}

ordered_json quotas(const Module& module) {
  ordered_json out = ordered_json::array();
  for (const RatingInfo& rating : module.ratings)
    for (const QuotaInfo& quota : rating.quotas)
      out.push_back({{"rating", rating.id},
                     {"level", quota.level},
                     {"rate", quota.rate},
                     {"base", quota.base},
                     {"base_and_above", quota.base_and_above},
                     {"cohort", quota.cohort},
                     {"surplus", quota.surplus},
                     {"raised_to", text_or_null(quota.raised_to)},
                     {"clauses", quota.clauses}});
  return out;
}

ordered_json readings(const Module& module) {
  ordered_json out = ordered_json::array();
  for (const ReadingInfo& reading : module.readings) {
    ordered_json options = ordered_json::array();
    for (std::size_t i = 0; i < reading.option_ids.size(); ++i)
      options.push_back({{"id", reading.option_ids[i]}, {"label", reading.option_labels[i]}});
    out.push_back({{"id", reading.id},
                   {"label", reading.label},
                   {"clause", reading.clause},
                   {"options", options},
                   {"chosen", reading.option_ids[reading.chosen]},
                   {"chosen_by", text_or_null(reading.chosen_by)}});
  }
  return out;
}

ordered_json pack_json(const Module& module) {
  ordered_json not_rules = ordered_json::array();
  for (const NotRule& rule : module.not_rules) not_rules.push_back({{"clause", rule.clause}, {"reason", rule.reason}});
  return {{"pack", {{"id", module.id}, {"version", module.version}, {"label", module.label}, {"framework", module.framework},
            {"meaning_sha256", module.hashes[0]}, {"sources_sha256", module.hashes[1]}}},
          {"subjects", subjects(module)},
          {"ratings", ratings(module)},
          {"quotas", quotas(module)},
          {"readings", readings(module)},
          {"not_rules", not_rules}};
}

void print_text(const Context& context, const Module& module) {
  fmt::print("{} {} \"{}\"\n", module.id, module.version, module.label);
  for (const Subject& subject : module.subjects) {
    fmt::print("\n{}  {} ({})\n", subject.id, subject.label, subject.citation);
    for (const GroupInfo& group : subject.groups)
      fmt::print("  {} {} ({}){}\n", context.say("nhóm", "group"), group.label, group.citation,
                 group.max ? std::string(context.say(" tối đa ", " max ")) + group.max->exact_text() : "");
    for (const CriterionInfo& c : subject.criteria)
      fmt::print("    {:<10} {} ({}) {}\n", c.points ? c.points->exact_text() : std::string(context.say("để mở", "open")), c.label, c.citation, c.scoring);
  }
  if (!module.readings.empty()) fmt::print("\n{}\n", context.say("Cách hiểu đã chọn", "Readings chosen"));
  for (const ReadingInfo& reading : module.readings)
    fmt::print("  {} = {}  {} ({})\n", reading.id, reading.option_ids[reading.chosen], reading.label, reading.clause);
}

struct Options {
  std::string path, format = "text";
};

int run(const Context& context, const Options& options) {
  int status = kDone;
  std::optional<Pack> pack = open_pack(context, options.path, status);
  if (!pack) return status;
  if (options.format == "json")
    std::cout << pack_json(pack->module()).dump(2) << '\n';
  else
    print_text(context, pack->module());
  return kDone;
}

}  // namespace

void add_list(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("list", context.say("Liệt kê đối tượng, tiêu chí, ngưỡng, mức, cách hiểu của một gói",
                                                             "List a pack's subjects, criteria, thresholds, levels, readings"));
  command->add_option("PACK", options->path, context.say("Gói .qpk hoặc nguồn", "A .qpk pack or source"))->required();
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))->check(CLI::IsMember({"text", "json"}));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools

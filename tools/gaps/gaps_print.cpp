#include "tools/gaps/gaps_print.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

namespace quy::tools {

using analysis::GapCause;
using Kind = GapCause::Kind;

namespace {

const char* kind_id(Kind kind) {
  switch (kind) {
    case Kind::need_failed: return "need_failed";
    case Kind::no_basis: return "no_basis";
    case Kind::no_condition: return "no_condition";
    case Kind::two_conditions: return "two_conditions";
    case Kind::forced_below: return "forced_below";
    case Kind::other: break;
  }
  return "other";
}

bool gives_two(Kind kind) { return kind == Kind::two_conditions || kind == Kind::forced_below; }

std::string outcome_text(const Context& context, const RatingGaps& rating, std::uint32_t outcome) {
  if (outcome < rating.level_labels.size()) return rating.level_labels[outcome];
  if (outcome == vm::kOutcomeGap) return context.say("không mức nào", "no level");
  if (outcome == vm::kOutcomeNotRated) return context.say("không xếp loại", "not rated");
  return context.say("thẩm quyền quyết định", "for the authority");
}

class Printer {
 public:
  Printer(std::ostream& out, const Context& context, const RatingGaps& rating) : out_(out), context_(context), rating_(rating) {}

  void run() {
    const auto count = [&](bool two) {
      return std::ranges::count_if(rating_.lines, [&](const GapLine& line) { return gives_two(line.cause.kind) == two; });
    };
    fmt::print(out_, "{} ({}): {} {}\n", rating_.label.empty() ? rating_.id : rating_.label, rating_.id, rating_.subjects, say("đối tượng", "subjects"));
    section(false, say("Không có mức nào", "No level"), count(false));
    section(true, say("Có hai mức", "Two levels"), count(true));
    for (const std::string& what : context_.language == Language::vi ? rating_.not_analysed_vi : rating_.not_analysed_en)
      fmt::print(out_, "\n{}: {}\n", say("không phân tích", "not analysed"), what);
    fmt::print(out_, "\n{} {}{}\n", rating_.excluded, say("khả năng khác đã chứng minh là không xảy ra", "other possibilities proved not to happen"),
               closing());
  }

 private:
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }

  std::string closing() const {
    return rating_.not_analysed_vi.empty() ? "" : say(" (trừ phần không phân tích nêu trên)", " (but for what is named above as not analysed)");
  }

  void section(bool two, const char* title, std::ptrdiff_t count) {
    fmt::print(out_, "\n{}: {}\n", title, count == 0 ? say("không có", "none") : fmt::format("{} {}", count, say("nguyên nhân", "causes")));
    int number = 0;
    for (const GapLine& line : rating_.lines)
      if (gives_two(line.cause.kind) == two) print(++number, line);
  }

  void print(int number, const GapLine& line) {
    fmt::print(out_, "\n{}. {}{}\n", number, cause(line), line.clauses.empty() ? "" : fmt::format(" ({})", fmt::join(line.clauses, ", ")));
    if (!line.kinds.empty()) fmt::print(out_, "   {}: {}\n", say("loại đối tượng", "kinds of subject"), fmt::join(line.kinds, ", "));
    if (!line.settled) {
      fmt::print(out_, "   {}\n", say("chưa kết luận được: bộ giải không trả lời trong thời hạn, hoặc ví dụ nằm ở phần không phân tích",
                                      "not settled: the solver did not answer in time, or its example lies in what is not analysed"));
      return;
    }
    fmt::print(out_, "   {}: {}\n", say("bộ tiêu chí xử lý", "what the pack makes of it"), outcome_text(context_, rating_, line.outcome));
    for (const OtherReading& other : line.other_readings)
      fmt::print(out_, "   {} {} = {} ({}): {}\n", say("cách hiểu khác:", "another reading:"), other.reading, other.option, other.option_label,
                 outcome_text(context_, rating_, other.outcome));
    out_ << '\n';
    for (std::size_t from = 0; from < line.test.size();) {
      const std::size_t end = std::min(line.test.find('\n', from), line.test.size());
      fmt::print(out_, "     {}\n", line.test.substr(from, end - from));
      from = end + 1;
    }
  }

  std::string level(std::uint32_t level) const {
    return level < rating_.level_labels.size() ? rating_.level_labels[level] : say("một mức", "a level");
  }

  std::string cause(const GapLine& line) const {
    const std::string& condition = line.condition.in(context_.language);
    switch (line.cause.kind) {
      case Kind::need_failed:
        return fmt::format(fmt::runtime(say("Đủ điểm mức “{}” mà không đạt điều kiện: {}", "Points for “{}”, but not its condition: {}")),
                           level(line.cause.level), condition);
      case Kind::no_basis:
        return fmt::format(fmt::runtime(say("Không có căn cứ để xét: {}", "No basis for: {}")), condition);
      case Kind::no_condition: return say("Không đạt điều kiện của mức nào", "The condition of no level holds");
      case Kind::two_conditions:
        return fmt::format(fmt::runtime(say("Vừa đạt điều kiện mức “{}”, vừa đạt điều kiện mức “{}”", "Both the condition of “{}” and that of “{}” hold")),
                           level(line.cause.level), level(line.cause.other_level));
      case Kind::forced_below:
        return fmt::format(fmt::runtime(say("Đủ điểm và điều kiện của mức cao hơn, mà thuộc trường hợp mức “{}”: {}",
                                            "Points and conditions of a higher level, and a case of “{}”: {}")),
                           level(line.cause.other_level), condition);
      case Kind::other: break;
    }
    return say("Nguyên nhân khác với các nguyên nhân nêu ở đây", "A cause other than those named here");
  }

  std::ostream& out_;
  const Context& context_;
  const RatingGaps& rating_;
};

std::string outcome_id(const RatingGaps& rating, std::uint32_t outcome) {
  if (outcome < rating.level_ids.size()) return rating.level_ids[outcome];
  if (outcome == vm::kOutcomeGap) return "gap";
  return outcome == vm::kOutcomeNotRated ? "not_rated" : "authority";
}

nlohmann::ordered_json json_of(const Context& context, const RatingGaps& rating, const GapLine& line) {
  const auto level = [&](std::uint32_t index) { return index < rating.level_ids.size() ? nlohmann::ordered_json(rating.level_ids[index]) : nullptr; };
  nlohmann::ordered_json json{{"cause", kind_id(line.cause.kind)},
                              {"levels", gives_two(line.cause.kind) ? 2 : 0},
                              {"level", level(line.cause.level)},
                              {"other_level", level(line.cause.other_level)},
                              {"condition", line.condition.in(context.language)},
                              {"clauses", line.clauses},
                              {"kinds", line.kinds},
                              {"settled", line.settled}};
  if (!line.settled) return json;
  json["subject"] = line.subject;
  json["outcome"] = outcome_id(rating, line.outcome);
  json["witness"] = nlohmann::ordered_json::parse(line.evidence);
  json["test"] = line.test;
  nlohmann::ordered_json readings = nlohmann::ordered_json::array();
  for (const OtherReading& other : line.other_readings)
    readings.push_back({{"reading", other.reading}, {"option", other.option}, {"outcome", outcome_id(rating, other.outcome)}});
  json["other_readings"] = readings;
  return json;
}

}  // namespace

void print_gaps(std::ostream& out, const Context& context, const std::vector<RatingGaps>& ratings) {
  for (const RatingGaps& rating : ratings) Printer(out, context, rating).run();
}

void print_gaps_json(std::ostream& out, const Context& context, const std::string& pack, const std::vector<RatingGaps>& ratings) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const RatingGaps& rating : ratings) {
    nlohmann::ordered_json lines = nlohmann::ordered_json::array();
    for (const GapLine& line : rating.lines) lines.push_back(json_of(context, rating, line));
    all.push_back({{"id", rating.id},
                   {"subjects", rating.subjects},
                   {"causes", lines},
                   {"excluded", rating.excluded},
                   {"not_analysed", context.language == Language::vi ? rating.not_analysed_vi : rating.not_analysed_en}});
  }
  out << nlohmann::ordered_json{{"pack", pack}, {"ratings", all}}.dump(2) << '\n';
}

}  // namespace quy::tools

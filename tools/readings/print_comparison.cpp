#include "tools/readings/print_comparison.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <nlohmann/json.hpp>

#include "runtime/trace/phrases.h"

namespace quy::tools {
namespace {

using Json = nlohmann::ordered_json;

const bytecode::LevelInfo* level_of(const Pack& pack, std::uint32_t subject, const ReadingOutcome& outcome) {
  const bytecode::Subject& of = pack.module().subjects[subject];
  if (outcome.level == bytecode::kNone || of.rating == bytecode::kNone) return nullptr;
  return &pack.module().ratings[of.rating].levels[outcome.level];
}

class Printer {
 public:
  Printer(std::ostream& out, const Context& context, const Pack& pack) : out_(out), context_(context), pack_(pack) {}

  void subject(const VariedSubject& varied) {
    const bytecode::Subject& subject = pack_.module().subjects[varied.subject];
    fmt::print(out_, "{}: {} {}, {} {}, ", subject.id, varied.records, say("bản ghi", "records"),
               varied.readings.size(), say("chỗ để mở", "open choices"));
    if (varied.combined) {
      fmt::print(out_, "{} {}\n", varied.combinations, say("cách kết hợp, đã thử hết", "combinations, all tried"));
      return;
    }
    fmt::print(out_,
               fmt::runtime(
                   say("hơn {} cách kết hợp: đổi từng chỗ một, rồi kết hợp những chỗ làm đổi xếp loại\n",
                       "more than {} combinations: each was varied alone, then those that change a rating together\n")),
               kMostCombinations);
  }

  void record(const DifferingRecord& record) {
    const std::string file = record.input.empty() ? "" : record.input + ":";
    fmt::print(out_, "\n{}  {}  ({}{})\n  {}: {}\n", record.id, pack_.module().subjects[record.subject].id, file,
               record.line, say("theo cách hiểu đã chọn", "as the readings are chosen"),
               words(record.subject, record.chosen));
    for (const OutcomeUnderReadings& other : record.others) {
      fmt::print(out_, "  {}:\n", words(record.subject, other.outcome));
      for (const std::vector<ReadingChoice>& when : other.when) fmt::print(out_, "    {}\n", words(when));
    }
  }

  void closing(const ReadingComparison& comparison) {
    if (comparison.records.empty())
      fmt::print(out_, "\n{}\n", say("Không bản ghi nào đổi xếp loại.", "No record is rated otherwise."));
  }

 private:
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }

  std::string words(std::uint32_t subject, const ReadingOutcome& outcome) const {
    if (outcome.rejected) return say("hồ sơ bị từ chối", "the record is rejected");
    if (const bytecode::LevelInfo* level = level_of(pack_, subject, outcome))
      return level->label.empty() ? level->id : level->label;
    return trace::phrase(phrase_of(outcome.status), context_.language);
  }

  static trace::Phrase phrase_of(trace::Status status) {
    using trace::Phrase;
    using trace::Status;
    switch (status) {
      case Status::undecided: return Phrase::status_undecided;
      case Status::authority: return Phrase::status_authority;
      case Status::gap: return Phrase::status_gap;
      case Status::not_rated: return Phrase::status_not_rated;
      case Status::decided: break;
    }
    return Phrase::status_decided;
  }

  std::string words(const std::vector<ReadingChoice>& when) const {
    std::string text;
    for (const ReadingChoice& choice : when) {
      const bytecode::ReadingInfo& reading = pack_.module().readings[choice.reading];
      const std::string& label = reading.option_labels[choice.option];
      if (!text.empty()) text += say(" và ", " and ");
      text += reading.id + " = " + reading.option_ids[choice.option] + (label.empty() ? "" : " (" + label + ")");
    }
    return text;
  }

  std::ostream& out_;
  const Context& context_;
  const Pack& pack_;
};

Json json_of(const Pack& pack, std::uint32_t subject, const ReadingOutcome& outcome) {
  const bytecode::LevelInfo* level = level_of(pack, subject, outcome);
  return {{"rating", level == nullptr ? Json(nullptr) : Json(level->id)},
          {"status", outcome.rejected ? "rejected" : std::string(trace::status_id(outcome.status))}};
}

Json json_of(const Pack& pack, const DifferingRecord& record) {
  Json json{{"id", record.id}, {"subject", pack.module().subjects[record.subject].id}, {"line", record.line}};
  if (!record.input.empty()) json["input"] = record.input;
  json.update(json_of(pack, record.subject, record.chosen));
  Json others = Json::array();
  for (const OutcomeUnderReadings& other : record.others) {
    Json one = json_of(pack, record.subject, other.outcome);
    Json ways = Json::array();
    for (const std::vector<ReadingChoice>& when : other.when) {
      Json way = Json::object();
      for (const ReadingChoice& choice : when) {
        const bytecode::ReadingInfo& reading = pack.module().readings[choice.reading];
        way[reading.id] = reading.option_ids[choice.option];
      }
      ways.push_back(std::move(way));
    }
    one["when_any"] = std::move(ways);
    others.push_back(std::move(one));
  }
  json["others"] = std::move(others);
  return json;
}

Json json_of(const Pack& pack, const VariedSubject& varied) {
  Json readings = Json::array();
  for (const std::uint32_t reading : varied.readings) readings.push_back(pack.module().readings[reading].id);
  return {{"id", pack.module().subjects[varied.subject].id},
          {"records", varied.records},
          {"readings", std::move(readings)},
          {"combinations", varied.combinations},
          {"all_tried", varied.combined}};
}

}  // namespace

void print_comparison(std::ostream& out, const Context& context, const Pack& pack,
                      const ReadingComparison& comparison) {
  Printer printer(out, context, pack);
  for (const VariedSubject& varied : comparison.subjects) printer.subject(varied);
  for (const DifferingRecord& record : comparison.records) printer.record(record);
  printer.closing(comparison);
}

void print_comparison_json(std::ostream& out, const Pack& pack, const ReadingComparison& comparison) {
  Json subjects = Json::array(), records = Json::array();
  for (const VariedSubject& varied : comparison.subjects) subjects.push_back(json_of(pack, varied));
  for (const DifferingRecord& record : comparison.records) records.push_back(json_of(pack, record));
  const Json answer{{"pack", pack.module().id},        {"records_in", comparison.records_in},
                    {"rejected", comparison.rejected}, {"differ", comparison.records.size()},
                    {"subjects", std::move(subjects)}, {"records", std::move(records)}};
  out << answer.dump(2) << '\n';
}

}  // namespace quy::tools

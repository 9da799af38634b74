#include "runtime/waves/earlier_results.h"

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/file_io.h"
#include "runtime/trace/outcome_ids.h"

namespace quy::waves {
namespace {

using nlohmann::json;
using trace::Status;

/// A text member; nothing when it is absent or null.
std::optional<std::string> text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::optional<Rational> number_of(const std::optional<std::string>& text) {
  return text ? Rational::parse(*text) : std::nullopt;
}

std::optional<Status> status_of(const json& line) {
  const std::optional<std::string> id = text_of(line, "status");
  for (std::size_t i = 0; id && i < std::size(trace::kStatusIds); ++i)
    if (trace::kStatusIds[i] == *id) return static_cast<Status>(i);
  return std::nullopt;
}

void take_outcome(EarlierResult& result, const std::string& id) {
  for (const trace::OutcomeWithoutLevel& other : trace::kOutcomesWithoutLevel) {
    if (other.id == id) {
      result.others |= vm::OutcomeSet{1} << other.outcome;
      return;
    }
  }
  result.levels.push_back(id);
}

void take_total(EarlierResult& result, const json& line) {
  std::optional<std::string> exact = text_of(line, "total_exact");
  if (!exact) exact = text_of(line, "total");
  result.total_low = result.total_high = number_of(exact);
  const auto range = line.find("total_range");
  if (range == line.end() || !range->is_array() || range->size() != 2 || !(*range)[0].is_string() || !(*range)[1].is_string()) return;
  result.total_low = Rational::parse((*range)[0].get<std::string>());
  result.total_high = Rational::parse((*range)[1].get<std::string>());
}

/// A result that a proposed quota would lower is taken as proposed.
void take_quota(EarlierResult& result, const json& line) {
  const auto quota = line.find("quota");
  if (quota == line.end() || !quota->is_object() || quota->contains("decided_by")) return;
  result.provisional = true;
  const std::string standing = text_of(*quota, "standing").value_or("");
  if (standing == "within" || result.status != Status::decided) return;
  if (standing == "beyond") result.levels.clear();
  take_outcome(result, text_of(*quota, "proposed").value_or("none"));
}

EarlierResult result_of(const json& line, Status status) {
  EarlierResult result;
  result.status = status;
  if (status == Status::gap) take_outcome(result, "none");
  if (status == Status::not_rated) take_outcome(result, "not_rated");
  if (const std::optional<std::string> rating = text_of(line, "rating"); rating && status == Status::decided) take_outcome(result, *rating);
  const auto possible = line.find("possible");
  if (possible != line.end() && possible->is_array()) {
    for (const json& id : *possible)
      if (id.is_string()) take_outcome(result, id.get<std::string>());
  }
  take_total(result, line);
  take_quota(result, line);
  return result;
}

Message bad_line(const std::string& path, std::uint64_t number, Bilingual why) {
  return {Diag::result_line_bad, {path, number, std::move(why)}, {}};
}

}  // namespace

std::optional<Message> EarlierResults::read(const std::string& path, const Population& population, bool of_run, CountsToDate& counts) {
  std::ifstream file(path);
  if (!file) return Message{Diag::evidence_unreadable, {path, system_error_text(errno)}, {}};
  // By target and subject: a later line is a later stage.
  std::map<std::pair<std::uint32_t, std::string>, EarlierResult> latest;
  std::uint64_t number = 0;
  for (std::string text; std::getline(file, text);) {
    ++number;
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    const json line = json::parse(text, nullptr, false);
    if (!line.is_object()) return bad_line(path, number, {"không phải một đối tượng JSON", "it is not a JSON object"});
    if (text_of(line, "kind")) continue;   // about a cohort
    const std::optional<std::string> id = text_of(line, "id"), period = text_of(line, "period");
    if (!id || !period) return bad_line(path, number, {"thiếu id hoặc period", "it has no id or no period"});
    const std::optional<Status> status = status_of(line);
    if (!status) return bad_line(path, number, {"status không có hoặc lạ", "its status is missing or unknown"});
    counts.add_result(*id, *period, line);
    const std::uint32_t target = population.find_target(*id, *period);
    if (target != kNone && (of_run || !of_run_.contains(target))) latest.insert_or_assign({target, text_of(line, "subject").value_or("")}, result_of(line, *status));
  }
  for (auto& [key, result] : latest) {
    by_target_[key.first].push_back(std::move(result));
    if (of_run) of_run_.insert(key.first);
  }
  return std::nullopt;
}

const std::vector<EarlierResult>* EarlierResults::find(std::uint32_t target) const {
  const auto found = by_target_.find(target);
  return found == by_target_.end() ? nullptr : &found->second;
}

}  // namespace quy::waves

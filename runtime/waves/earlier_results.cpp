#include "runtime/waves/earlier_results.h"

#include <fstream>
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

/// Calls `count(id, period, line)` for each result, and `visit(target, line, result, number)` for each of a target; a message from there or of
/// what cannot be read ends it.
template <class Count, class Visit>
std::optional<Message> read_results(const std::string& path, const Population& population, Count count, Visit visit) {
  std::ifstream file(path);
  if (!file) return Message{Diag::evidence_unreadable, {path, system_error_text(errno)}, {}};
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
    count(*id, *period, line);
    const std::uint32_t target = population.find_target(*id, *period);
    if (target == kNone) continue;
    if (std::optional<Message> fault = visit(target, line, result_of(line, *status), number)) return fault;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Message> EarlierResults::read_of_run(const std::string& path, const Population& population, CountsToDate& counts) {
  const auto count = [&](const std::string& id, const std::string& period, const json& line) { counts.add_result_of_run(id, period, line); };
  return read_results(path, population, count, [&](std::uint32_t target, const json&, EarlierResult result, std::uint64_t) {
    by_target_[target].push_back(std::move(result));
    of_run_.insert(target);
    return std::optional<Message>();
  });
}

std::optional<Message> EarlierResults::read(const std::string& path, const Population& population, CountsToDate& counts) {
  const auto count = [&](const std::string& id, const std::string& period, const json& line) { counts.add_result(id, period, line); };
  std::map<Rated, Found> latest;
  const auto take = [&](std::uint32_t target, const json& line, EarlierResult result, std::uint64_t number) -> std::optional<Message> {
    if (of_run_.contains(target)) return std::nullopt;
    const Rated rated(target, text_of(line, "subject").value_or(""));
    Found found{std::move(result), path, text_of(line, "stage").value_or(""), number};
    const auto before = latest.find(rated);
    if (before != latest.end() && before->second.stage == found.stage && before->second.result != found.result)
      return contradiction(population.targets()[target], before->second, found, population);
    latest.insert_or_assign(rated, std::move(found));
    return std::nullopt;
  };
  if (std::optional<Message> fault = read_results(path, population, count, take)) return fault;
  for (auto& [rated, found] : latest) {
    const auto [place, fresh] = found_.try_emplace(rated, std::move(found));
    if (fresh) by_target_[rated.first].push_back(place->second.result);
    else if (place->second.result != found.result) return contradiction(population.targets()[rated.first], place->second, found, population);
  }
  return std::nullopt;
}

Message EarlierResults::contradiction(const Target& target, const Found& one, const Found& other, const Population& population) {
  return {Diag::results_contradict, {target.id, population.period_text(target.period), one.path, one.line, other.path, other.line}, {}};
}

const std::vector<EarlierResult>* EarlierResults::find(std::uint32_t target) const {
  const auto found = by_target_.find(target);
  return found == by_target_.end() ? nullptr : &found->second;
}

}  // namespace quy::waves

#include "tools/diff/impact.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <ostream>
#include <streambuf>
#include <unordered_map>
#include <unordered_set>

#include "runtime/api/evaluation.h"
#include "runtime/trace/numbers.h"
#include "tools/document/sheet.h"

namespace quy::tools {

using analysis::Effect;

namespace {

constexpr const char* kRejected = "rejected";
constexpr std::size_t kMostPointsOnly = 20;

/// Hands on what is written, line by line.
class Lines : public std::streambuf {
 public:
  explicit Lines(std::function<void(const std::string&)> take) : take_(std::move(take)) {}

 protected:
  int_type overflow(int_type letter) override {
    if (letter == traits_type::eof()) return traits_type::not_eof(letter);
    const char one = traits_type::to_char_type(letter);
    xsputn(&one, 1);
    return letter;
  }
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    for (std::string_view rest(text, static_cast<std::size_t>(count)); !rest.empty();) {
      const std::size_t end = rest.find('\n');
      line_ += rest.substr(0, end);
      if (end == std::string_view::npos) break;
      take_(line_);
      line_.clear();
      rest.remove_prefix(end + 1);
    }
    return count;
  }

 private:
  std::function<void(const std::string&)> take_;
  std::string line_;
};

/// One result; the texts belong to the reader and hold until its next line.
struct Rated {
  std::string_view id, subject, unit, cohort, outcome, total, exact, clause;
  QuotaStanding quota = QuotaStanding::none;
  bool of_cohort = false;  ///< the counts of a cohort, no record's result
};

QuotaStanding standing_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, QuotaStanding>, 4> kWords{{{"within", QuotaStanding::within},
                                                                                     {"tied", QuotaStanding::tied},
                                                                                     {"beyond", QuotaStanding::beyond},
                                                                                     {"open", QuotaStanding::open}}};
  for (const auto& [each, standing] : kWords)
    if (each == word) return standing;
  return QuotaStanding::none;
}

/// Reads the lines that `evaluate` writes.
class LineReader {
 public:
  Rated result(const std::string& line) {
    const simdjson::dom::element json = parser_.parse(line);
    Rated made{text(json, "id"),     text(json, "subject"), text(json, "unit"), text(json, "cohort"), text(json, "rating"),
               text(json, "total"), text(json, "total_exact"), {}};
    made.of_cohort = text(json, "kind") == "cohort";
    if (made.outcome.empty()) made.outcome = text(json, "status");
    if (made.exact.empty()) made.exact = made.total;
    simdjson::dom::element reason, quota;
    if (json["reasons"].at(0).get(reason) == simdjson::SUCCESS) made.clause = text(reason, "clause");
    if (json["quota"].get(quota) == simdjson::SUCCESS) made.quota = standing_of(text(quota, "standing"));
    return made;
  }
  std::string_view id(const std::string& line) { return text(parser_.parse(line), "id"); }

 private:
  static std::string_view text(const simdjson::dom::element& json, const char* key) {
    std::string_view found;
    return json[key].get(found) == simdjson::SUCCESS ? found : std::string_view();
  }

  simdjson::dom::parser parser_;
};

/// What is kept of a record until the other version has rated it; texts by their numbers.
struct Kept {
  std::uint64_t id = 0;  ///< hash
  std::uint32_t outcome = 0, clause = 0, total = 0, exact = 0;
  QuotaStanding quota = QuotaStanding::none;
};

/// Texts that recur, each kept once.
class Texts {
 public:
  std::uint32_t number(std::string_view text) {
    const auto found = numbers_.find(text);
    if (found != numbers_.end()) return found->second;
    texts_.emplace_back(text);
    return numbers_.emplace(texts_.back(), static_cast<std::uint32_t>(texts_.size() - 1)).first->second;
  }
  const std::string& text(std::uint32_t number) const { return texts_[number]; }

 private:
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

class Comparing {
 public:
  Comparing(const DiffSide& before, const DiffSide& after) : before_(before), after_(after) { list_outcomes(); }

  std::variant<Impact, Message> run(const std::vector<std::string>& inputs, Language language) {
    if (auto fault = rate(before_, inputs, language, [&](const Rated& each) { keep(each); }, refused_before_)) return *fault;
    if (auto fault = rate(after_, inputs, language, [&](const Rated& each) { meet(each); }, refused_after_)) return *fault;
    while (next_ < kept_.size()) drop(kept_[next_++]);
    name_counts();
    return std::move(impact_);
  }

 private:
  static std::uint64_t hash(std::string_view id) { return std::hash<std::string_view>()(id); }

  void list_outcomes() {
    const auto add = [&](const std::string& id, const std::string& label) {
      if (impact_.labels.try_emplace(id, label).second) impact_.outcomes.push_back(id);
    };
    for (const DiffSide* side : {&before_, &after_})
      for (const bytecode::RatingInfo& rating : side->module.ratings)
        for (const bytecode::LevelInfo& level : rating.levels) add(level.id, label_of(level));
    for (const DiffSide* side : {&after_, &before_})
      for (const bytecode::Subject& subject : side->module.subjects) impact_.subject_labels.try_emplace(subject.id, subject.label);
    for (const DiffSide* side : {&before_, &after_})
      for (const bytecode::Subject& subject : side->module.subjects)
        if (subject.rating != bytecode::kNone)
          for (std::uint32_t level = 0; level < side->module.ratings[subject.rating].levels.size(); ++level)
            ranks_[subject.id].try_emplace(side->module.ratings[subject.rating].levels[level].id, level);
    for (const char* other : {"gap", "not_rated", "authority", "undecided", kRejected}) add(other, other);
  }

  static std::optional<Message> rate(const DiffSide& side, const std::vector<std::string>& inputs, Language language,
                                     const std::function<void(const Rated&)>& take, std::unordered_set<std::uint64_t>& refused) {
    auto pack = Pack::from_module(side.module);
    if (const Message* fault = std::get_if<Message>(&pack)) return *fault;
    EvaluationOptions how;
    how.language = language;
    how.fields = {"id", "subject", "unit", "cohort", "total", "total_exact", "rating", "status", "reasons", "quota"};
    LineReader reader;
    Lines results([&](const std::string& line) {
      const Rated rated = reader.result(line);
      if (!rated.of_cohort) take(rated);
    });
    Lines rejects([&](const std::string& line) { refused.insert(hash(reader.id(line))); });
    std::ostream results_out(&results), rejects_out(&rejects);
    auto outcome = evaluate(std::get<Pack>(pack), inputs, how, results_out, &rejects_out);
    if (const Message* fault = std::get_if<Message>(&outcome)) return *fault;
    return std::nullopt;
  }

  void keep(const Rated& each) {
    kept_.push_back({hash(each.id), texts_.number(each.outcome), texts_.number(each.clause), texts_.number(each.total),
                     texts_.number(each.exact), each.quota});
  }

  /// Both versions take records in one order; what one of them refuses is missing there.
  void meet(const Rated& now) {
    const std::uint64_t id = hash(now.id);
    while (next_ < kept_.size() && kept_[next_].id != id && !is_new(id)) drop(kept_[next_++]);
    if (next_ == kept_.size() || kept_[next_].id != id) {
      ++impact_.newly_taken;
      ++impact_.matrix[{kRejected, std::string(now.outcome)}];
      return;
    }
    compare(kept_[next_++], now);
  }

  bool is_new(std::uint64_t id) const { return refused_before_.contains(id); }

  void drop(const Kept& was) {
    ++impact_.newly_rejected;
    ++impact_.matrix[{texts_.text(was.outcome), kRejected}];
  }

  void compare(const Kept& was, const Rated& now) {
    const std::uint32_t outcome = texts_.number(now.outcome);
    ++moves_[{was.outcome, outcome}];
    const bool same = was.outcome == outcome;
    const std::string& before = texts_.text(was.outcome);
    const Effect effect = same ? Effect::other : this->effect(std::string(now.subject), before, std::string(now.outcome));
    const bool won = was.quota != now.quota && now.quota == QuotaStanding::within,
               lost = was.quota != now.quota && was.quota == QuotaStanding::within;
    for (ImpactCount* count : counts(now)) {
      ++count->records;
      count->places_won += won;
      count->places_lost += lost;
      if (!same) ++(effect == Effect::better ? count->better : effect == Effect::worse ? count->worse : count->otherwise);
    }
    if (now.outcome == "undecided" && !same) ++impact_.newly_undecided;
    if (won || lost)
      impact_.places.push_back({std::string(now.id), std::string(now.subject), std::string(now.unit), std::string(now.cohort), was.quota,
                                now.quota});
    const bool points_moved = compare_points(texts_.text(was.exact), now.exact);
    if (same && (!points_moved || impact_.points_only.size() >= kMostPointsOnly)) return;
    auto& people = same ? impact_.points_only : impact_.people;
    people.push_back({std::string(now.id), std::string(now.subject), std::string(now.unit), before, std::string(now.outcome),
                      texts_.text(was.total), std::string(now.total), texts_.text(was.clause), std::string(now.clause), effect});
  }

  std::vector<ImpactCount*> counts(const Rated& now) {
    std::vector<ImpactCount*> all{&impact_.all, &by_subject_[texts_.number(now.subject)]};
    if (!now.unit.empty()) all.push_back(&by_unit_[texts_.number(now.unit)]);
    if (!now.cohort.empty()) all.push_back(&by_cohort_[texts_.number(now.cohort)]);
    return all;
  }

  bool compare_points(const std::string& before, std::string_view after) {
    if (before == after) return false;
    const auto was = Rational::parse(before), is = Rational::parse(std::string(after));
    if (!was || !is) return true;
    const Rational moved = *is - *was;
    ++(moved.sign() > 0 ? impact_.more_points : impact_.fewer_points);
    (moved.sign() > 0 ? impact_.gained : impact_.lost) = (moved.sign() > 0 ? impact_.gained + moved : impact_.lost - moved);
    return true;
  }

  /// Counts were kept by numbers of texts; now by the texts.
  void name_counts() {
    for (const auto& [move, count] : moves_) impact_.matrix[{texts_.text(move.first), texts_.text(move.second)}] += count;
    const auto named = [&](const Counts& counts, std::map<std::string, ImpactCount>& out) {
      for (const auto& [name, count] : counts) out[texts_.text(name)] = count;
    };
    named(by_subject_, impact_.by_subject);
    named(by_unit_, impact_.by_unit);
    named(by_cohort_, impact_.by_cohort);
  }

  Effect effect(const std::string& subject, const std::string& before, const std::string& after) {
    const std::map<std::string, std::uint32_t>& ranks = ranks_[subject];
    const auto was = ranks.find(before), is = ranks.find(after);
    if (was != ranks.end() && is != ranks.end()) return is->second < was->second ? Effect::better : Effect::worse;
    if (was != ranks.end() && after == "gap") return Effect::worse;
    if (is != ranks.end() && before == "gap") return Effect::better;
    return Effect::other;
  }

  const DiffSide &before_, &after_;
  std::map<std::string, std::map<std::string, std::uint32_t>> ranks_;  ///< by subject: of its levels, 0 the best
  using Counts = std::unordered_map<std::uint32_t, ImpactCount>;
  Counts by_subject_, by_unit_, by_cohort_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> moves_;  ///< outcomes before and after
  Texts texts_;
  std::deque<Kept> kept_;
  std::size_t next_ = 0;
  std::unordered_set<std::uint64_t> refused_before_, refused_after_;
  Impact impact_;
};

}  // namespace

std::string total_text(const std::string& total, Language language) {
  const std::optional<Rational> value = Rational::parse(total);
  return value ? trace::display_number(*value, language).text : total;
}

std::variant<Impact, Message> find_impact(const DiffSide& before, const DiffSide& after, const std::vector<std::string>& inputs,
                                          Language language) {
  return Comparing(before, after).run(inputs, language);
}

}  // namespace quy::tools

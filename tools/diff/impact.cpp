#include "tools/diff/impact.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <nlohmann/json.hpp>
#include <ostream>
#include <streambuf>
#include <unordered_set>

#include "runtime/api/evaluation.h"
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

struct Rated {
  std::string id, subject, unit, cohort, outcome, total, exact, clause;
};

Rated rated(const std::string& line) {
  const nlohmann::json json = nlohmann::json::parse(line);
  const auto text = [&](const char* key) {
    const auto found = json.find(key);
    return found == json.end() || !found->is_string() ? std::string() : found->get<std::string>();
  };
  Rated made{text("id"), text("subject"), text("unit"), text("cohort"), text("rating"), text("total"), text("total_exact"), {}};
  if (made.outcome.empty()) made.outcome = text("status");
  if (made.exact.empty()) made.exact = made.total;
  if (const auto reasons = json.find("reasons"); reasons != json.end() && !reasons->empty())
    made.clause = reasons->front().value("clause", "");
  return made;
}

/// What is kept of a record until the other version has rated it. Texts that recur are kept once.
struct Kept {
  std::uint64_t id = 0;  ///< hash
  std::uint32_t subject = 0, outcome = 0, clause = 0;
  std::string total, exact;
};

class Texts {
 public:
  std::uint32_t number(const std::string& text) {
    const auto [at, is_new] = numbers_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) texts_.push_back(text);
    return at->second;
  }
  const std::string& text(std::uint32_t number) const { return texts_[number]; }

 private:
  std::map<std::string, std::uint32_t> numbers_;
  std::deque<std::string> texts_;
};

class Comparing {
 public:
  Comparing(const DiffSide& before, const DiffSide& after) : before_(before), after_(after) { list_outcomes(); }

  std::variant<Impact, Message> run(const std::vector<std::string>& inputs, Language language) {
    if (auto fault = rate(before_, inputs, language, [&](const Rated& each) { keep(each); }, refused_before_)) return *fault;
    if (auto fault = rate(after_, inputs, language, [&](const Rated& each) { meet(each); }, refused_after_)) return *fault;
    while (next_ < kept_.size()) drop(kept_[next_++]);
    return std::move(impact_);
  }

 private:
  static std::uint64_t hash(const std::string& id) { return std::hash<std::string>()(id); }

  void list_outcomes() {
    const auto add = [&](const std::string& id, const std::string& label) {
      if (impact_.labels.try_emplace(id, label).second) impact_.outcomes.push_back(id);
    };
    for (const DiffSide* side : {&before_, &after_})
      for (const bytecode::RatingInfo& rating : side->module.ratings)
        for (const bytecode::LevelInfo& level : rating.levels) add(level.id, label_of(level));
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
    how.fields = {"id", "subject", "unit", "cohort", "total", "total_exact", "rating", "status", "reasons"};
    Lines results([&](const std::string& line) { take(rated(line)); });
    Lines rejects([&](const std::string& line) { refused.insert(hash(nlohmann::json::parse(line).value("id", ""))); });
    std::ostream results_out(&results), rejects_out(&rejects);
    auto outcome = evaluate(std::get<Pack>(pack), inputs, how, results_out, &rejects_out);
    if (const Message* fault = std::get_if<Message>(&outcome)) return *fault;
    return std::nullopt;
  }

  void keep(const Rated& each) {
    kept_.push_back({hash(each.id), texts_.number(each.subject), texts_.number(each.outcome), texts_.number(each.clause), each.total, each.exact});
  }

  /// Both versions take records in one order; what one of them refuses is missing there.
  void meet(const Rated& now) {
    const std::uint64_t id = hash(now.id);
    while (next_ < kept_.size() && kept_[next_].id != id && !is_new(id)) drop(kept_[next_++]);
    if (next_ == kept_.size() || kept_[next_].id != id) {
      ++impact_.newly_taken;
      ++impact_.matrix[{kRejected, now.outcome}];
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
    const std::string& before = texts_.text(was.outcome);
    ++impact_.matrix[{before, now.outcome}];
    const bool same = before == now.outcome;
    const Effect effect = this->effect(now.subject, before, now.outcome);
    for (ImpactCount* count : counts(now)) {
      ++count->records;
      if (!same) ++(effect == Effect::better ? count->better : effect == Effect::worse ? count->worse : count->otherwise);
    }
    if (now.outcome == "undecided" && !same) ++impact_.newly_undecided;
    const bool points_moved = compare_points(was.exact, now.exact);
    if (same && (!points_moved || impact_.points_only.size() >= kMostPointsOnly)) return;
    auto& people = same ? impact_.points_only : impact_.people;
    people.push_back({now.id, now.subject, now.unit, before, now.outcome, was.total, now.total, texts_.text(was.clause), now.clause, effect});
  }

  std::vector<ImpactCount*> counts(const Rated& now) {
    std::vector<ImpactCount*> all{&impact_.all, &impact_.by_subject[now.subject]};
    if (!now.unit.empty()) all.push_back(&impact_.by_unit[now.unit]);
    if (!now.cohort.empty()) all.push_back(&impact_.by_cohort[now.cohort]);
    return all;
  }

  bool compare_points(const std::string& before, const std::string& after) {
    if (before == after) return false;
    const auto was = Rational::parse(before), is = Rational::parse(after);
    if (!was || !is) return true;
    const Rational moved = *is - *was;
    ++(moved.sign() > 0 ? impact_.more_points : impact_.fewer_points);
    (moved.sign() > 0 ? impact_.gained : impact_.lost) = (moved.sign() > 0 ? impact_.gained + moved : impact_.lost - moved);
    return true;
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
  Texts texts_;
  std::deque<Kept> kept_;
  std::size_t next_ = 0;
  std::unordered_set<std::uint64_t> refused_before_, refused_after_;
  Impact impact_;
};

}  // namespace

std::variant<Impact, Message> find_impact(const DiffSide& before, const DiffSide& after, const std::vector<std::string>& inputs,
                                          Language language) {
  return Comparing(before, after).run(inputs, language);
}

}  // namespace quy::tools

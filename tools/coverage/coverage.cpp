#include "tools/coverage/coverage.h"

#include <algorithm>
#include <map>
#include <set>

namespace quy::tools {
namespace {

using bytecode::kNone;
using bytecode::Observable;
using bytecode::Role;

/// What being cited there says of a clause; the strongest counts. An open choice alone encodes a clause that rules read through it, but
/// makes no rule of a clause that hands over or is judged.
enum class Weight { mentions, heads, reads, hands_over, judges, computes };

struct Cited {
  std::set<Citer> by;
  std::set<std::string> inside;   ///< what groups that cite it hold
  Weight weight = Weight::mentions;
};
using Citations = std::map<std::string, Cited>;

void note(Citations& citations, const std::string& clause, Citer citer, Weight weight) {
  Cited& cited = citations[clause];
  cited.by.insert(std::move(citer));
  cited.weight = std::max(cited.weight, weight);
}

/// Everything that one subject cites, by way of its observables.
class SubjectCitations {
 public:
  SubjectCitations(const bytecode::Module& module, const bytecode::Subject& subject, Citations& citations)
      : module_(module), subject_(subject), citations_(citations) {
    for (const Observable& o : subject.observables)
      if (o.role == Role::hand_over) handed_over_.insert(clauses(o).begin(), clauses(o).end());
    for (const bytecode::CriterionInfo& criterion : subject.criteria)
      if (criterion.scoring == "judged") judged_.insert(criterion.observable);
  }

  void collect() {
    for (std::uint32_t i = 0; i < subject_.observables.size(); ++i) collect(i);
    for (const bytecode::Field& field : subject_.fields)
      if (field.place == bytecode::FieldPlace::exception && !field.clause.empty())
        note(citations_, field.clause, {"exception", subject_.id, field.id}, Weight::computes);
  }

 private:
  const std::vector<std::string>& clauses(const Observable& o) const {
    static const std::vector<std::string> none;
    return o.origin == kNone ? none : subject_.origins[o.origin].clauses;
  }

  /// Atoms and exceptions repeat the clauses of their rule.
  void collect(std::uint32_t index) {
    const Observable& o = subject_.observables[index];
    switch (o.role) {
      case Role::total: return cite(o, "subject", subject_.id, Weight::heads);
      case Role::group: return cite_group(index);
      case Role::criterion: return cite(o, "criterion", o.id, judged_.contains(index) ? Weight::judges : Weight::computes);
      case Role::criterion_condition:
      case Role::criterion_row: return cite(o, "criterion", parent_id(o), Weight::computes);
      case Role::lose_all: return cite(clauses(o).empty() ? parent(o) : o, "lose_all", parent_id(o), Weight::computes);
      case Role::value: return cite(o, "presumption", parent_id(o), Weight::computes);
      case Role::rating: return cite(o, "rating", o.id, Weight::computes);
      case Role::band:
      case Role::level_condition: return cite(o, "level", o.id, Weight::computes);
      case Role::level_need: return cite(o, "condition", o.id, Weight::computes);
      case Role::gap_policy: return cite(o, "gap_policy", rating_id(), Weight::computes);
      case Role::bar: return cite_rule(o, "bar", level_id(o.level));
      case Role::lower: return cite_rule(o, "lower", rating_id());
      case Role::force: return cite_rule(o, "force", level_id(o.level));
      case Role::cap: return cite(o, "cap", rating_id(), Weight::computes);
      case Role::hand_over: return cite(o, "hand_over", rating_id(), Weight::hands_over);
      case Role::not_rated: return cite(o, "not_rated", rating_id(), Weight::computes);
      case Role::reading: return cite(o, "reading", o.id, Weight::reads);
      case Role::atom:
      case Role::exception:
      case Role::requirement:
      case Role::no_basis: return;
    }
  }

  void cite(const Observable& o, const char* kind, const std::string& id, Weight weight) {
    for (const std::string& clause : clauses(o)) note(citations_, clause, {kind, subject_.id, id}, weight);
  }

  /// A rule that can be handed over cites, after the clause it encodes, the one that hands it over: that one stays discretionary.
  void cite_rule(const Observable& o, const char* kind, const std::string& id) {
    for (const std::string& clause : clauses(o)) {
      const bool encodes = &clause == &clauses(o).front() || !handed_over_.contains(clause);
      note(citations_, clause, {kind, subject_.id, id}, encodes ? Weight::computes : Weight::hands_over);
    }
  }

  /// A group without criteria or groups has its points by a formula.
  void cite_group(std::uint32_t index) {
    std::set<std::string> inside;
    bool has_members = false;
    for (const Observable& other : subject_.observables) {
      if ((other.role != Role::criterion && other.role != Role::group) || !is_inside(other, index)) continue;
      has_members = true;
      inside.insert(clauses(other).begin(), clauses(other).end());
    }
    const Observable& o = subject_.observables[index];
    cite(o, "group", o.id, has_members ? Weight::heads : Weight::computes);
    for (const std::string& clause : clauses(o)) citations_[clause].inside.insert(inside.begin(), inside.end());
  }

  bool is_inside(const Observable& o, std::uint32_t group) const {
    std::uint32_t parent = o.parent;
    while (parent != kNone && parent != group) parent = subject_.observables[parent].parent;
    return parent == group;
  }

  const Observable& parent(const Observable& o) const { return o.parent == kNone ? o : subject_.observables[o.parent]; }
  const std::string& parent_id(const Observable& o) const { return parent(o).id; }

  std::string rating_id() const { return subject_.rating == kNone ? std::string() : module_.ratings[subject_.rating].id; }

  std::string level_id(std::uint32_t level) const {
    if (subject_.rating == kNone || level >= module_.ratings[subject_.rating].levels.size()) return rating_id();
    return module_.ratings[subject_.rating].levels[level].id;
  }

  const bytecode::Module& module_;
  const bytecode::Subject& subject_;
  Citations& citations_;
  std::set<std::string> handed_over_;
  std::set<std::uint32_t> judged_;   ///< observables of criteria that people score
};

bool is_read(const bytecode::Module& module, std::uint32_t reading) {
  return std::any_of(module.subjects.begin(), module.subjects.end(), [&](const bytecode::Subject& subject) {
    return std::find(subject.readings.begin(), subject.readings.end(), reading) != subject.readings.end();
  });
}

Citations citations_of(const bytecode::Module& module) {
  Citations citations;
  for (const bytecode::Subject& subject : module.subjects) {
    SubjectCitations(module, subject, citations).collect();
    if (!subject.citation.empty()) note(citations, subject.citation, {"subject", subject.id, subject.id}, Weight::heads);
  }
  for (const bytecode::RatingInfo& rating : module.ratings)
    for (const bytecode::QuotaInfo& quota : rating.quotas)
      for (const std::string& clause : quota.clauses) note(citations, clause, {"quota", "", quota.level}, Weight::computes);
  for (std::uint32_t i = 0; i < module.readings.size(); ++i)
    if (!module.readings[i].clause.empty() && !is_read(module, i))
      note(citations, module.readings[i].clause, {"reading", "", module.readings[i].id}, Weight::mentions);
  for (const bytecode::NotRule& rule : module.not_rules) note(citations, rule.clause, {"not_rule", "", rule.clause}, Weight::mentions);
  return citations;
}

/// `nd335` of `nd335:D14`; empty for the framework's first document.
std::string_view document_of(std::string_view clause) {
  const std::size_t colon = clause.find(':');
  return colon == std::string_view::npos ? std::string_view() : clause.substr(0, colon);
}

bool is_part_of(std::string_view clause, std::string_view head) {
  return clause.size() > head.size() && clause.starts_with(head) && clause[head.size()] == '.';
}

class Classifier {
 public:
  Classifier(const bytecode::Module& module, const std::vector<ListedClause>& list) : list_(list), citations_(citations_of(module)) {
    for (const bytecode::NotRule& rule : module.not_rules) reasons_.try_emplace(rule.clause, rule.reason);
    for (const ListedClause& clause : list) documents_.insert(document_of(clause.citation));
  }

  Coverage run() {
    for (const ListedClause& clause : list_) coverage_.clauses.push_back(by_citations(clause.citation));
    classify_heads();
    for (const auto& [clause, cited] : citations_)
      if (documents_.contains(document_of(clause)) && !is_known(clause))
        coverage_.unknown.push_back({clause, {cited.by.begin(), cited.by.end()}});
    return std::move(coverage_);
  }

 private:
  CoveredClause by_citations(const std::string& clause) {
    CoveredClause result{.clause = clause, .by = {}, .reason = {}, .parts = {}};
    const auto reason = reasons_.find(clause);
    if (reason != reasons_.end()) {
      result.value = ClauseClass::not_rule;
      result.reason = reason->second;
    }
    const auto cited = citations_.find(clause);
    if (cited == citations_.end()) return result;
    result.by.assign(cited->second.by.begin(), cited->second.by.end());
    switch (cited->second.weight) {
      case Weight::reads:
      case Weight::computes: result.value = ClauseClass::encoded; break;
      case Weight::judges: result.value = ClauseClass::judged; break;
      case Weight::hands_over: result.value = ClauseClass::discretionary; break;
      case Weight::heads:
      case Weight::mentions: break;
    }
    return result;
  }

  /// A head may hold other heads, so each round settles those whose parts the rounds before have settled.
  void classify_heads() {
    std::vector<CoveredClause*> heads;
    for (CoveredClause& clause : coverage_.clauses)
      if (clause.value == ClauseClass::missing && !clause.by.empty() && citations_.at(clause.clause).weight == Weight::heads) heads.push_back(&clause);
    std::size_t open = heads.size() + 1;
    while (heads.size() < open) {
      open = heads.size();
      std::erase_if(heads, [&](CoveredClause* head) { return settle(*head); });
    }
  }

  /// Whether it is a heading. One without parts says something itself, which no rule takes up.
  bool settle(CoveredClause& head) const {
    const std::set<std::string>& held = citations_.at(head.clause).inside;   // a lead-in sentence heads its neighbours
    std::vector<std::string> parts, missing;
    for (const CoveredClause& other : coverage_.clauses) {
      if (other.clause == head.clause || (!held.contains(other.clause) && !is_part_of(other.clause, head.clause))) continue;
      parts.push_back(other.clause);
      if (other.value == ClauseClass::missing) missing.push_back(other.clause);
    }
    const bool settled = !parts.empty() && missing.empty();
    if (settled) head.value = ClauseClass::heading;
    head.parts = settled ? std::move(parts) : std::move(missing);
    return settled;
  }

  bool is_known(const std::string& clause) const {
    return std::any_of(list_.begin(), list_.end(),
                       [&](const ListedClause& listed) { return listed.citation == clause || is_part_of(listed.citation, clause); });
  }

  const std::vector<ListedClause>& list_;
  Citations citations_;
  std::map<std::string, std::string> reasons_;
  std::set<std::string_view> documents_;
  Coverage coverage_;
};

}  // namespace

std::string_view name(ClauseClass value) {
  static constexpr std::string_view names[] = {"encoded", "judged", "discretionary", "heading", "not_rule", "missing"};
  static_assert(std::size(names) == kClauseClasses);
  return names[static_cast<std::size_t>(value)];
}

std::size_t Coverage::count(ClauseClass value) const {
  return static_cast<std::size_t>(
      std::count_if(clauses.begin(), clauses.end(), [&](const CoveredClause& clause) { return clause.value == value; }));
}

Coverage cover(const bytecode::Module& module, const std::vector<ListedClause>& list) { return Classifier(module, list).run(); }

}  // namespace quy::tools

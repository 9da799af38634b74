#include "runtime/waves/cohorts.h"

#include <algorithm>

namespace quy::waves {
namespace {

using bytecode::QuotaInfo;
using bytecode::RatingInfo;
using facts::CohortRecord;
using vm::OutcomeSet;

constexpr OutcomeSet bit(std::uint32_t outcome) { return OutcomeSet{1} << outcome; }

std::uint32_t level_index(const RatingInfo& rating, const std::string& id) {
  for (std::uint32_t i = 0; i < rating.levels.size(); ++i)
    if (rating.levels[i].id == id) return i;
  return kNone;
}

OutcomeSet outcome_of(std::uint32_t level) { return bit(level == kNone ? vm::kOutcomeGap : level); }

bool cites(const std::vector<std::string>& clauses, const std::string& clause) {
  return std::find(clauses.begin(), clauses.end(), clause) != clauses.end();
}

/// Where a candidate stands better than another under the same record: the worst counts.
constexpr int weight(cohort::Standing standing) {
  switch (standing) {
    case cohort::Standing::within: return 0;
    case cohort::Standing::open: return 1;
    case cohort::Standing::tied: return 2;
    case cohort::Standing::beyond: return 3;
  }
  return 0;
}

constexpr std::string_view kStandings[] = {"within", "tied", "beyond", "open"};   // by cohort::Standing

}  // namespace

Cohorts::Cohorts(const bytecode::Module& module, const Population& population, const vm::Program::Readings& readings)
    : module_(module), population_(population), settled_(population.groups().size()) {
  for (const RatingInfo& rating : module.ratings) {
    auto& all = terms_.emplace_back();
    for (const QuotaInfo& quota : rating.quotas) all.push_back(terms_of(rating, quota, readings));
  }
  take_decisions();
}

Cohorts::QuotaTerms Cohorts::terms_of(const RatingInfo& rating, const QuotaInfo& quota, const vm::Program::Readings& readings) const {
  QuotaTerms terms;
  terms.level = level_index(rating, quota.level);
  std::string surplus = quota.surplus;
  const auto chosen = readings.find(quota.surplus_reading);
  if (chosen != readings.end() && chosen->second < quota.surplus_by_option.size()) surplus = quota.surplus_by_option[chosen->second];
  terms.surplus = level_index(rating, surplus);
  const std::uint32_t base = level_index(rating, quota.base);
  if (base != kNone) terms.base = quota.base_and_above ? bit(base + 1) - 1 : bit(base);
  terms.rate = Rational::parse(quota.rate).value_or(Rational(1));
  terms.raised = Rational::parse(quota.raised_to).value_or(terms.rate);
  for (const std::string& clause : quota.clauses)
    if (!cites(quota.raised_clauses, clause)) terms.plain_clauses.push_back(clause);
  terms.counts_kept = terms.level != kNone && (terms.base & bit(terms.level)) != 0;
  terms.counts_lost = terms.surplus != kNone && (terms.base & bit(terms.surplus)) != 0;
  return terms;
}

// ---------------------------------------------------------------- decisions

void Cohorts::take_decisions() {
  std::vector<RecordNumber> records;
  for (const auto& [record, cohort] : population_.cohort_records()) records.push_back(record);
  std::sort(records.begin(), records.end());
  for (const RecordNumber record : records) {
    const CohortRecord& cohort = population_.cohort_records().at(record);
    for (const CohortRecord::Decision& decision : cohort.decisions) take_decision(record, cohort, decision);
  }
}

void Cohorts::take_decision(RecordNumber record, const CohortRecord& cohort, const CohortRecord::Decision& decision) {
  const bool raises = decision.outcome == CohortRecord::Outcome::raised;
  const std::string& name = cohort.head.cohort.empty() ? cohort.head.unit : cohort.head.cohort;
  bool applies = false;
  for (std::uint32_t rating = 0; rating < module_.ratings.size(); ++rating) {
    const std::vector<QuotaInfo>& quotas = module_.ratings[rating].quotas;
    for (std::uint32_t quota = 0; quota < quotas.size(); ++quota) {
      if (!cites(raises ? quotas[quota].raised_clauses : quotas[quota].clauses, decision.clause)) continue;
      const std::uint32_t group = population_.find_group(rating, quota, cohort.head);
      if (group == kNone) continue;
      applies = true;
      const CohortRecord::Decision*& place = raises ? settled_[group].raised : settled_[group].decided;
      if (place != nullptr) {
        refused_.emplace(record, Message{Diag::cohort_decided_twice, {name, cohort.head.period, decision.clause}, {}});
      } else {
        place = &decision;
      }
    }
  }
  if (!applies) warnings_.push_back({Diag::cohort_without_records, {cohort.head.id, name, decision.clause, cohort.head.period}, {}});
}

std::optional<Message> Cohorts::refused(RecordNumber record) const {
  const auto found = refused_.find(record);
  if (found == refused_.end()) return std::nullopt;
  return found->second;
}

// ---------------------------------------------------------------- places

bool Cohorts::may_be_candidate(std::uint32_t rating, std::uint32_t quota, const Earned& earned) const {
  const std::uint32_t level = terms_[rating][quota].level;
  return level != kNone && (earned.outcomes & bit(level)) != 0;
}

void Cohorts::set_priority(RecordNumber record, std::uint32_t quota, cohort::Priority priority) {
  for (const std::uint32_t group : population_.groups_of(record))
    if (population_.groups()[group].quota == quota) candidates_[record].push_back({group, {}, std::move(priority)});
}

void Cohorts::settle(std::uint32_t index, const std::function<std::optional<Earned>(RecordNumber)>& earned) {
  const Group& group = population_.groups()[index];
  const QuotaTerms& quota = terms(group);
  Settled& settled = settled_[index];
  settled.done = true;
  if (quota.level == kNone) return;
  settled.terms = {settled.raised != nullptr ? quota.raised : quota.rate, quota.counts_kept, quota.counts_lost};
  cohort::Open open;
  std::vector<RecordNumber> candidates;
  const OutcomeSet level = bit(quota.level);
  for (const RecordNumber member : group.members) {
    const std::optional<Earned> found = earned(member);
    if (!found) continue;   // refused when it was rated
    const OutcomeSet outcomes = found->outcomes, others = quota.base & ~level;
    const bool candidate = (outcomes & level) != 0, other = (outcomes & others) != 0, neither = (outcomes & ~(others | level)) != 0;
    if (candidate && !other && !neither) candidates.push_back(member);
    else if (other && !candidate && !neither) ++settled.census.others;
    else if (candidate && other) ++(neither ? open.any : open.candidate_or_other);
    else if (candidate) ++open.candidate_or_neither;
    else if (other) ++open.other_or_neither;
  }
  settled.census.candidates = candidates.size();
  settled.may_be_candidates = open.candidate_or_neither + open.candidate_or_other + open.any;
  settled.open_members = open.all();
  settled.places = cohort::places_between(settled.terms, settled.census, open);
  settled.fixpoints = open.all() == 0 ? cohort::fixpoints(settled.terms, settled.census) : 1;

  std::vector<Candidate*> entries;
  std::vector<cohort::Priority> priorities;
  for (const RecordNumber candidate : candidates) {
    auto& all = candidates_[candidate];
    entries.push_back(&*std::find_if(all.begin(), all.end(), [&](const Candidate& one) { return one.group == index; }));
    priorities.push_back(entries.back()->priority);
  }
  const std::vector<cohort::Ranked> ranked = cohort::rank(priorities, settled.may_be_candidates, settled.places);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    entries[i]->ranked = ranked[i];
    std::uint64_t Settled::*const counts[] = {&Settled::within, &Settled::tied, &Settled::beyond, &Settled::open};
    ++(settled.*counts[static_cast<std::size_t>(ranked[i].standing)]);
  }
  for (const Candidate* entry : entries) {
    if (entry->priority.empty()) continue;
    // Who is tied at the cut has the last place and is the first without one.
    const bool tied = entry->ranked.standing == cohort::Standing::tied;
    const bool may_keep = tied || entry->ranked.standing == cohort::Standing::within, may_lose = tied || entry->ranked.standing == cohort::Standing::beyond;
    if (may_keep && (settled.last_kept.empty() || entry->priority < settled.last_kept)) settled.last_kept = entry->priority;
    if (may_lose && (settled.first_lost.empty() || settled.first_lost < entry->priority)) settled.first_lost = entry->priority;
  }
}

// ---------------------------------------------------------------- after quotas

AfterQuota Cohorts::after(RecordNumber record, const Earned& earned) const {
  AfterQuota after{earned.outcomes, true, false};
  for (const std::uint32_t index : population_.groups_of(record)) {
    const Group& group = population_.groups()[index];
    const QuotaTerms& quota = terms(group);
    if (quota.level == kNone || (earned.outcomes & bit(quota.level)) == 0) continue;
    const Settled& settled = settled_[index];
    const OutcomeSet lost = outcome_of(quota.surplus);
    cohort::Standing standing = cohort::Standing::open;
    const bool seen = settled.done && !settled.hidden;
    if (seen && earned.decided) {
      for (const Candidate& candidate : candidates_.at(record))
        if (candidate.group == index) standing = candidate.ranked.standing;
    }
    after.provisional = after.provisional || (seen && settled.decided == nullptr);
    if (standing == cohort::Standing::within) continue;
    after.outcomes |= lost;
    if (standing == cohort::Standing::beyond) after.outcomes &= ~bit(quota.level);
    else after.settled = false;
  }
  return after;
}

trace::QuotaPlace Cohorts::place_in(std::uint32_t index) const {
  const Group& group = population_.groups()[index];
  const QuotaTerms& quota = terms(group);
  const RatingInfo& rating = module_.ratings[group.rating];
  const Settled& settled = settled_[index];
  trace::QuotaPlace place;
  place.level = rating.levels[quota.level].id;
  place.level_label = rating.levels[quota.level].label;
  if (quota.surplus != kNone) {
    place.proposed = rating.levels[quota.surplus].id;
    place.proposed_label = rating.levels[quota.surplus].label;
  }
  place.clauses = settled.raised != nullptr ? &rating.quotas[group.quota].clauses : &quota.plain_clauses;
  place.unit = group.unit;
  place.cohort = group.cohort;
  place.rate = settled.terms.rate;
  place.candidates = settled.census.candidates;
  place.undecided = settled.open_members;
  place.places = settled.places;
  place.base = cohort::base_with(settled.terms, settled.census, std::min(settled.places.second, settled.census.candidates));
  place.fixpoints = settled.fixpoints;
  if (settled.raised != nullptr) place.raised_by = settled.raised->document;
  if (settled.decided != nullptr) place.decided_by = settled.decided->document;
  return place;
}

std::optional<trace::QuotaPlace> Cohorts::place(RecordNumber record) const {
  const auto found = candidates_.find(record);
  if (found == candidates_.end()) return std::nullopt;
  const Candidate* worst = nullptr;
  for (const Candidate& candidate : found->second) {
    if (!settled_[candidate.group].done) continue;
    if (worst == nullptr || weight(candidate.ranked.standing) > weight(worst->ranked.standing)) worst = &candidate;
  }
  if (worst == nullptr) return std::nullopt;
  trace::QuotaPlace place = place_in(worst->group);
  place.standing = kStandings[static_cast<std::size_t>(worst->ranked.standing)];
  place.rank = worst->ranked.rank;
  place.equals = worst->ranked.equals;
  const Settled& settled = settled_[worst->group];
  const bool beyond = worst->ranked.standing == cohort::Standing::beyond;
  const cohort::Priority& edge = beyond ? settled.last_kept : settled.first_lost;
  if (worst->ranked.standing != cohort::Standing::within && !beyond) return place;
  for (std::uint32_t i = 0; i < std::min(edge.size(), worst->priority.size()); ++i) {
    if (edge[i] == worst->priority[i]) continue;
    place.distance = beyond ? edge[i] - worst->priority[i] : worst->priority[i] - edge[i];
    place.distance_in = i;
    break;
  }
  return place;
}

std::vector<trace::QuotaCount> Cohorts::counts(const facts::RecordHead& cohort) const {
  std::vector<trace::QuotaCount> counts;
  for (std::uint32_t rating = 0; rating < module_.ratings.size(); ++rating) {
    for (std::uint32_t quota = 0; quota < module_.ratings[rating].quotas.size(); ++quota) {
      const std::uint32_t group = population_.find_group(rating, quota, cohort);
      if (group == kNone || terms_[rating][quota].level == kNone) continue;
      const Settled& settled = settled_[group];
      counts.push_back({place_in(group), settled.within, settled.tied, settled.beyond, settled.open});
    }
  }
  return counts;
}

}  // namespace quy::waves

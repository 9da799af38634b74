#include "runtime/waves/links.h"

#include <algorithm>
#include <bit>

#include "runtime/trace/quota_text.h"
#include "runtime/waves/own_periods.h"

namespace quy::waves {
namespace {

using bytecode::RatingInfo;
using trace::Status;
using vm::FieldState;
using vm::OutcomeSet;

/// Names shown of a circle of records.
constexpr std::size_t kShownOfCircle = 20;

constexpr OutcomeSet bit(std::uint32_t outcome) { return OutcomeSet{1} << outcome; }

std::uint32_t level_named(const RatingInfo& rating, std::string_view id) {
  for (std::uint32_t i = 0; i < rating.levels.size(); ++i)
    if (rating.levels[i].id == id) return i;
  return kNone;
}

/// Why a result is not settled; empty for one that is.
std::string_view open_status(Status status) {
  return status == Status::decided || status == Status::not_rated ? std::string_view() : trace::status_id(status);
}

/// A total of another record as two columns: exactly where they can hold it, else between neighbours.
void put_total(const Rational& low, const Rational& high, const ResultColumns& columns, std::uint32_t item, vm::Batch& batch) {
  if (low == high && low.denominator() <= bytecode::kMostResultDivisor && low.numerator() <= bytecode::kMostResultTotal) {
    batch.set_value(columns.total, item, low.numerator().get_si());
    batch.set_value(columns.divisor, item, low.denominator().get_si());
    return;
  }
  const Rational divisor(bytecode::kMostResultDivisor), most(bytecode::kMostResultTotal);
  const auto held = [&](const Integer& value) { return std::clamp(Rational(value), Rational(0), most).to_int64().value_or(0); };
  batch.set_value(columns.divisor, item, bytecode::kMostResultDivisor);
  batch.set_between(columns.total, item, held((low * divisor).floor()), held((high * divisor).ceiling()));
}

}  // namespace

bool may_depend(const bytecode::Module& module) {
  const bool quotas = std::any_of(module.ratings.begin(), module.ratings.end(), [](const RatingInfo& rating) { return !rating.quotas.empty(); });
  return quotas || counts_to_date(module) || std::any_of(module.subjects.begin(), module.subjects.end(),
                               [](const bytecode::Subject& subject) { return !result_columns(subject).empty(); });
}

bool takes_own_periods(const bytecode::Module& module) {
  const auto takes = [](const ResultColumns& columns) { return columns.own != bytecode::OwnResults::none; };
  return counts_to_date(module) || std::any_of(module.subjects.begin(), module.subjects.end(), [&](const bytecode::Subject& subject) {
    const std::vector<ResultColumns> lists = result_columns(subject);
    return std::any_of(lists.begin(), lists.end(), takes);
  });
}

Links::Links(const Setup& setup) : module_(setup.module), language_(setup.language), population_(setup.module) {
  for (const bytecode::Subject& subject : module_.subjects) {
    lists_.push_back(result_columns(subject));
    counts_to_date_.push_back(counts_to_date(subject));
  }
}

std::optional<Message> Links::refused(RecordNumber record, std::string& field) const {
  field.clear();
  if (std::optional<Message> fault = cohorts_->refused(record)) {
    field = "decisions";
    return fault;
  }
  const auto found = circles_.find(record);
  if (found == circles_.end()) return std::nullopt;
  std::string names;
  for (std::size_t i = 0; i < found->second.size() && i < kShownOfCircle; ++i) names += std::string(population_.id(found->second[i])) + " → ";
  names += found->second.size() > kShownOfCircle ? "…" : std::string(population_.id(found->second.front()));
  field = "evidence";
  return Message{Diag::reference_cycle, {names}, {}};
}

std::optional<Earned> Links::earned(RecordNumber record) const {
  const Rated& rated = rated_[record];
  if (rated.done == 0) return std::nullopt;
  return Earned{rated.outcomes, static_cast<Status>(rated.status) == Status::decided};
}

// ---------------------------------------------------------------- what a target comes to

void Links::join(Taken& taken, RecordNumber record, std::uint32_t rating) const {
  const Rated& rated = rated_[record];
  const std::uint32_t own_rating = module_.subjects[population_.subject(record)].rating;
  if (rated.done == 0) {
    taken.unknown = true;
    taken.status = "rejected";
    return;
  }
  AfterQuota after{};
  if (own_rating == kNone) {   // points only
    taken.unknown = true;
    taken.status = "other_scale";
  } else {
    after = cohorts_->after(record, *earned(record));
  }
  if (!after.settled) taken.status = "quota";
  if (const std::string_view open = open_status(static_cast<Status>(rated.status)); !open.empty()) taken.status = open;
  taken.provisional = taken.provisional || after.provisional;
  for (std::uint32_t outcome = 0; outcome <= vm::kOutcomeAuthority; ++outcome) {
    if (!trace::contains(after.outcomes, outcome)) continue;
    std::uint32_t as = outcome;
    if (outcome < vm::kOutcomeGap && own_rating != rating) as = level_named(module_.ratings[rating], module_.ratings[own_rating].levels[outcome].id);
    taken.unknown = taken.unknown || as == kNone;
    if (as == kNone) taken.status = "other_scale";
    else taken.outcomes |= bit(as);
  }
  const auto total = totals_.find(record);
  if (total == totals_.end()) return;
  taken.low = taken.has_total ? std::min(taken.low, total->second.first) : total->second.first;
  taken.high = taken.has_total ? std::max(taken.high, total->second.second) : total->second.second;
  taken.has_total = true;
}

void Links::join(Taken& taken, const EarlierResult& earlier, std::uint32_t rating) const {
  if (const std::string_view open = open_status(earlier.status); !open.empty()) taken.status = open;
  taken.provisional = taken.provisional || earlier.provisional;
  taken.outcomes |= earlier.others;
  for (const std::string& id : earlier.levels) {
    const std::uint32_t level = level_named(module_.ratings[rating], id);
    if (level == kNone) {
      taken.unknown = true;
      taken.status = "other_scale";
    } else {
      taken.outcomes |= bit(level);
    }
  }
  if (!earlier.total_low || !earlier.total_high) return;
  taken.low = taken.has_total ? std::min(taken.low, *earlier.total_low) : *earlier.total_low;
  taken.high = taken.has_total ? std::max(taken.high, *earlier.total_high) : *earlier.total_high;
  taken.has_total = true;
}

Links::Taken Links::take(std::uint32_t target, std::uint32_t rating) const {
  Taken taken;
  const std::vector<RecordNumber>& records = population_.targets()[target].records;
  const std::vector<EarlierResult>* earlier = records.empty() ? earlier_.find(target) : nullptr;
  for (const RecordNumber record : records) join(taken, record, rating);
  if (earlier != nullptr)
    for (const EarlierResult& result : *earlier) join(taken, result, rating);
  if (records.empty() && earlier == nullptr) taken.status = "not_found";
  const OutcomeSet with_level = taken.outcomes & trace::kLevelsMask, not_rated = bit(vm::kOutcomeNotRated);
  const bool settled = taken.outcomes == not_rated || taken.outcomes == with_level;
  taken.unknown = taken.unknown || taken.outcomes == 0 || !settled;
  if (taken.status.empty() && std::popcount(taken.outcomes) > 1) taken.status = trace::status_id(Status::undecided);
  const bool open = !taken.status.empty() || (taken.has_total && taken.low != taken.high);
  if ((earlier != nullptr ? earlier->size() : records.size()) > 1 && open) taken.status = "repeated";
  return taken;
}

// ---------------------------------------------------------------- filling

void Links::fill_item(std::uint32_t target, std::uint32_t rating, const ResultColumns& columns, std::uint32_t item, vm::Batch& batch) const {
  if (rating == kNone) return;
  const Taken taken = take(target, rating);
  const bytecode::Subject& subject = batch.program().subject();
  const auto leave_out = [&](std::uint32_t field) {
    if (field != kNone && subject.fields[field].may_be_left_out) batch.set_left_out(field, item, FieldState::excluded);
  };
  if (taken.left_out()) {
    leave_out(columns.level);
    leave_out(columns.total);
    return;
  }
  if (columns.level != kNone && !taken.unknown) {
    const auto best = static_cast<std::uint32_t>(std::countr_zero(taken.outcomes));
    const auto worst = static_cast<std::uint32_t>(std::bit_width(taken.outcomes) - 1);
    best == worst ? batch.set_value(columns.level, item, best) : batch.set_between(columns.level, item, best, worst);
  }
  if (columns.total != kNone && taken.has_total) put_total(taken.low, taken.high, columns, item, batch);
}

void Links::fill_counts(RecordNumber record, vm::Batch& batch, std::uint32_t row) const {
  const std::uint32_t subject = population_.subject(record);
  if (subject == kNone || !counts_to_date_[subject]) return;   // none: refused at its last stage, and rated at one before
  counts_.fill(population_.id(record), population_.period(record), batch, row);
}

void Links::fill(RecordNumber record, vm::Batch& batch, std::uint32_t row, vm::TextPool& texts) const {
  fill_counts(record, batch, row);
  const std::uint32_t* next = population_.targets_begin(record);
  if (next == population_.targets_end(record)) return;
  const std::uint32_t subject = population_.subject(record), rating = module_.subjects[subject].rating;
  const auto of_other = [&](const ResultColumns& columns, std::uint32_t item) { fill_item(*next++, rating, columns, item, batch); };
  const auto own = [&](const ResultColumns& columns) {
    batch.open_list(columns.list);
    // A list of own results takes the targets that bear the record's own id, one after the other.
    const std::string_view id = population_.id(record);
    for (std::size_t left = own_periods(columns.own, population_.period(record)).size(); left > 0; --left) {
      const std::uint32_t item = batch.add_item(columns.list);
      batch.set_value(columns.id, item, texts.intern(id));
      fill_item(*next++, rating, columns, item, batch);
    }
  };
  for_each_taken(lists_[subject], batch, row, of_other, own);
}

// ---------------------------------------------------------------- finishing

std::vector<trace::QuotaCount> Links::quota_counts(const facts::RecordHead& cohort) const {
  std::vector<trace::QuotaCount> counts = cohorts_->counts(cohort);
  for (trace::QuotaCount& count : counts) count.terms.text = trace::quota_text(count.terms, language_);
  return counts;
}

void Links::note_others(RecordNumber record, std::uint32_t rating, const vm::Batch& batch, trace::Result& result) const {
  const bytecode::Subject& subject = batch.program().subject();
  const bool waits = result.status == Status::undecided &&
                     std::any_of(result.influential.begin(), result.influential.end(), [&](std::uint32_t field) {
                       return subject.fields[field].list != kNone && subject.lists[subject.fields[field].list].of_results;
                     });
  const std::vector<ResultColumns>& lists = lists_[population_.subject(record)];
  const bool uncapped = std::any_of(lists.begin(), lists.end(), [](const ResultColumns& columns) { return columns.total_uncapped; });
  std::vector<std::uint32_t> seen;
  for (const std::uint32_t* target = population_.targets_begin(record); target != population_.targets_end(record); ++target) {
    if (std::find(seen.begin(), seen.end(), *target) != seen.end()) continue;
    seen.push_back(*target);
    const Taken taken = take(*target, rating);
    const Target& other = population_.targets()[*target];
    if (waits && !taken.status.empty()) result.waits_for.push_back({other.id, population_.period_text(other.period), taken.status});
    if (taken.provisional) result.provisional.push_back({other.id, population_.period_text(other.period), {}});
    // Levels between the best and the worst were taken as possible too.
    const int width = std::bit_width(taken.outcomes) - std::countr_zero(taken.outcomes);
    const bool holes = taken.outcomes != 0 && std::popcount(taken.outcomes) != width;
    if (holes && result.status == Status::undecided) result.outer = true;
    // A total that nobody has given yet was taken to be anything.
    const bool open = result.status == Status::undecided || !result.total_range.empty();
    if (uncapped && open && !taken.has_total && !taken.left_out()) result.outer = true;
  }
}

void Links::lower(const RatingInfo& rating, trace::Result& result) const {
  const trace::QuotaPlace& place = *result.quota;
  if (place.decided_by.empty() || result.status != Status::decided || place.standing == "within") return;
  const std::uint32_t surplus = level_named(rating, place.proposed);
  if (result.constant_reasons != nullptr) result.own_reasons = *result.constant_reasons;
  result.constant_reasons = nullptr;
  result.own_reasons.insert(result.own_reasons.begin(), trace::Reason{place.clauses, trace::quota_reason(place, language_)});
  if (place.standing == "beyond") {
    result.level = surplus;
    result.status = surplus == kNone ? Status::gap : Status::decided;
    return;
  }
  result.possible = bit(result.level) | (surplus == kNone ? bit(vm::kOutcomeGap) : bit(surplus));
  result.status = place.standing == "tied" ? Status::authority : Status::undecided;
  result.level = kNone;
}

void Links::finish(RecordNumber record, const vm::Batch& batch, trace::Result& result) const {
  const std::uint32_t rating = module_.subjects[population_.subject(record)].rating;
  if (rating == kNone) return;
  if (population_.takes_results(record)) note_others(record, rating, batch, result);
  result.quota = cohorts_->place(record);
  if (!result.quota) return;
  result.quota->text = trace::quota_text(*result.quota, language_);
  lower(module_.ratings[rating], result);
}

}  // namespace quy::waves

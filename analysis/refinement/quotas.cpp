#include "analysis/refinement/quotas.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace quy::analysis {

using bytecode::kNone;
using bytecode::QuotaInfo;
using bytecode::RatingInfo;
using What = ClauseVerdict::What;

namespace {

const RatingInfo* rating_of(const bytecode::Module& module, std::uint32_t subject) {
  const std::uint32_t rating = module.subjects[subject].rating;
  return rating == kNone ? nullptr : &module.ratings[rating];
}

std::optional<Rational> rate(const std::string& text) { return text.empty() ? std::nullopt : Rational::parse(text); }

/// Ids of the levels whose holders the rate is taken of.
std::set<std::string> base(const RatingInfo& rating, const QuotaInfo& quota) {
  std::set<std::string> levels;
  for (const bytecode::LevelInfo& level : rating.levels) {
    if (quota.base_and_above || level.id == quota.base) levels.insert(level.id);
    if (level.id == quota.base) break;
  }
  return levels;
}

bool includes(std::vector<std::string> all, std::vector<std::string> part) {
  std::ranges::sort(all);
  std::ranges::sort(part);
  return std::ranges::includes(all, part);
}

/// The smallest group in which the local rate gives one place more.
Bilingual larger_rate(const Rational& local, const Rational& framework) {
  constexpr int kLargest = 1000;
  for (int count = 1; count <= kLargest; ++count) {
    const Integer mine = (local * Rational(count)).floor(), theirs = (framework * Rational(count)).floor();
    if (mine > theirs)
      return {fmt::format("tỉ lệ lớn hơn khung: trong {} người làm gốc tính, khung cho {} suất, ở đây {}", count,
                          theirs.get_str(), mine.get_str()),
              fmt::format("a larger rate: of {} people in its base the framework allows {} places, this set {}", count,
                          theirs.get_str(), mine.get_str())};
  }
  return {"tỉ lệ lớn hơn khung", "a larger rate than the framework's"};
}

ClauseVerdict compare(std::uint32_t index, const RatingInfo& local_rating, const QuotaInfo& local,
                      const RatingInfo& framework_rating, const QuotaInfo& framework) {
  ClauseVerdict verdict{.what = What::quota, .index = index, .relation = Relation::same, .reason = {}, .witness = {}};
  const auto looser = [&](Bilingual reason) {
    verdict.relation = Relation::looser;
    verdict.reason = std::move(reason);
    return verdict;
  };
  const std::optional<Rational> mine = rate(local.rate), theirs = rate(framework.rate),
                                mine_raised = rate(local.raised_to), theirs_raised = rate(framework.raised_to);
  if (mine && theirs && *mine > *theirs) return looser(larger_rate(*mine, *theirs));
  if (mine_raised && *mine_raised > theirs_raised.value_or(*theirs))
    return looser(larger_rate(*mine_raised, theirs_raised.value_or(*theirs)));
  const std::set<std::string> my_base = base(local_rating, local), their_base = base(framework_rating, framework);
  if (!std::ranges::includes(their_base, my_base))
    return looser({"gốc tính rộng hơn khung", "a larger base than the framework's"});
  if (!includes(local.cohort, framework.cohort))
    return looser({"nhóm so sánh rộng hơn khung", "a coarser cohort than the framework's"});
  const bool equal =
      mine == theirs && mine_raised == theirs_raised && my_base == their_base && local.cohort == framework.cohort;
  if (!equal) verdict.relation = Relation::tighter;
  return verdict;
}

}  // namespace

void compare_quotas(const Link& link, Refinement& refinement) {
  const RatingInfo *local = rating_of(*link.local, link.local_subject),
                   *framework = rating_of(*link.framework, link.framework_subject);
  if (framework == nullptr) return;
  for (std::uint32_t index = 0; index < framework->quotas.size(); ++index) {
    const QuotaInfo& quota = framework->quotas[index];
    const QuotaInfo* mine = nullptr;
    if (local != nullptr) {
      const auto found = std::ranges::find(local->quotas, quota.level, &QuotaInfo::level);
      if (found != local->quotas.end()) mine = &*found;
    }
    refinement.verdicts.push_back(mine != nullptr
                                      ? compare(index, *local, *mine, *framework, quota)
                                      : ClauseVerdict{.what = What::quota,
                                                      .index = index,
                                                      .relation = Relation::missing,
                                                      .reason = {"không còn tỉ lệ khống chế", "there is no quota"},
                                                      .witness = {}});
  }
}

}  // namespace quy::analysis

#include "tools/skeleton/parts.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace quy::tools {
namespace {

std::set<std::uint32_t> readings_read_by(const sema::Subject& subject) {
  std::set<std::uint32_t> read;
  for (const sema::Expr& expr : subject.exprs)
    if (expr.op == sema::Op::reading) read.insert(expr.index);
  if (subject.rating && subject.rating->gap.reading != sema::kNone) read.insert(subject.rating->gap.reading);
  return read;
}

}  // namespace

std::string points_text(const Rational& points) { return points.exact_text(','); }

std::string clauses_text(const sema::Clauses& clauses) { return fmt::format("{}", fmt::join(clauses.ids, ", ")); }

std::string subject_path(const sema::Pack& framework, const sema::Subject& subject) {
  return spelled(framework.spellings.of(subject.id.substr(framework.id.size() + 1)));
}

std::vector<std::uint32_t> readings_of(const sema::Pack& framework, const std::vector<const sema::Subject*>& subjects) {
  std::set<std::uint32_t> of_some, wanted;
  for (const sema::Subject& subject : framework.subjects) of_some.merge(readings_read_by(subject));
  for (const sema::Subject* subject : subjects) wanted.merge(readings_read_by(*subject));
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < framework.readings.size(); ++i)
    if (wanted.contains(i) || !of_some.contains(i)) all.push_back(i);
  return all;
}

/// A level whose conditions fail gives way to the next one down to the last: a total that reaches more levels then loses none.
bool keeps_levels(const sema::Pack& framework, std::uint32_t profile) {
  return std::ranges::all_of(framework.subjects, [&](const sema::Subject& subject) {
    if (!subject.rating || subject.rating->gap.policies.empty()) return true;
    const sema::GapRule& gap = subject.rating->gap;
    const std::uint32_t option = gap.reading == sema::kNone ? 0 : framework.readings[gap.reading].by_profile[profile];
    return option < gap.policies.size() && gap.policies[option] == sema::GapPolicy::down_to_the_end;
  });
}

std::uint32_t sample_profile(const sema::Pack& framework) {
  for (std::uint32_t i = 0; i < framework.profiles.size(); ++i)
    if (keeps_levels(framework, i)) return i;
  return 0;
}

std::uint32_t sample_option(const sema::Pack& framework, const sema::Reading& reading) {
  if (framework.profiles.empty()) return reading.info.chosen;
  const std::uint32_t option = reading.by_profile[sample_profile(framework)];
  return option == sema::kNone ? reading.info.chosen : option;
}

int sample_year(const sema::Pack& framework) {
  return framework.in_force_from ? civil_date(*framework.in_force_from).year : 2025;
}

}  // namespace quy::tools

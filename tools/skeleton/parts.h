#pragma once
// What the files of a skeleton share: how names, texts and numbers are written, and one function for each file.

#include <string>

#include "base/numeric/rational.h"
#include "compiler/syntax/spelling.h"
#include "tools/skeleton/skeleton.h"

namespace quy::tools {

using syntax::quoted;
using syntax::spelled;

/// Name of the sample document that the skeleton cites.
inline constexpr const char* kSampleDocument = "văn_bản";

std::string points_text(const Rational& points);
std::string clauses_text(const sema::Clauses& clauses);
/// The path of a framework's subject as authors write it: `pl2.phó_thủ_tướng`.
std::string subject_path(const sema::Pack& framework, const sema::Subject& subject);
/// The open choices that any of the subjects meets, by index of Pack::readings. Those that no subject reads in a formula belong to the
/// rating as a whole.
std::vector<std::uint32_t> readings_of(const sema::Pack& framework, const std::vector<const sema::Subject*>& subjects);
/// The profile of the framework that the skeleton picks, an index of Pack::profiles: the first under which more points never give a lower
/// level, or else the first. The framework has profiles.
std::uint32_t sample_profile(const sema::Pack& framework);
/// Whether more points never give a lower level under the profile.
bool keeps_levels(const sema::Pack& framework, std::uint32_t profile);
/// The option that it picks for an open choice, or the framework's own where it picks none.
std::uint32_t sample_option(const sema::Pack& framework, const sema::Reading& reading);
/// The year that tests of the skeleton are set in.
int sample_year(const sema::Pack& framework);

std::string header_text(const SkeletonRequest& request);
std::string subject_text(const SkeletonRequest& request, const sema::Subject& subject);
std::string test_text(const SkeletonRequest& request, const sema::Subject& subject);
std::string readme_text(const SkeletonRequest& request);

}  // namespace quy::tools

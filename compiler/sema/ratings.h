#pragma once
// Ratings as a pack declares them: levels and quotas, the same for every kind of subject.

#include "compiler/sema/readings.h"

namespace quy::sema {

DeclaredRating declare_rating(const Part<syntax::Rating>& rating, const std::string& id, ReadingRegister& readings, Pack& pack,
                              Reporter& report);
/// `không_mức_nào`, `mức_kế_dưới`, `xét_đến_cùng` as names of options say the policy themselves.
std::optional<GapPolicy> policy_by_name(const std::string& name);

}  // namespace quy::sema

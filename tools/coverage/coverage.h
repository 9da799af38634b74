#pragma once
// What a pack does with each clause of a document. Everything comes from the compiled pack, so a .qpk file is judged like its source.

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/bytecode/module.h"
#include "tools/coverage/clause_list.h"

namespace quy::tools {

enum class ClauseClass {
  encoded,         ///< some rule that cites it is computed from evidence
  judged,          ///< only criteria that people score cite it
  discretionary,   ///< only rules that hand the decision over cite it
  heading,         ///< only groups or subjects cite it, and all that is below it or in the groups is classified
  not_rule,        ///< the pack says why it is no rule
  missing
};
inline constexpr std::size_t kClauseClasses = static_cast<std::size_t>(ClauseClass::missing) + 1;

/// The word in JSON.
std::string_view name(ClauseClass value);

/// What cites a clause.
struct Citer {
  std::string kind;      ///< subject, group, criterion, lose_all, presumption, exception, rating, level, condition, gap_policy, bar, lower,
                         ///< cap, force, hand_over, not_rated, quota, reading, not_rule
  std::string subject;   ///< empty for what belongs to the whole pack
  std::string id;        ///< of the criterion, group, level, reading …; of the rating where a rule of it has no name
  friend auto operator<=>(const Citer&, const Citer&) = default;
};

struct CoveredClause {
  std::string clause;
  ClauseClass value = ClauseClass::missing;
  std::vector<Citer> by;
  std::string reason;                ///< of a clause that is no rule
  std::vector<std::string> parts;    ///< of a heading: what it heads; of a missing one that heads others: those of them still missing
};
struct UnknownCitation {
  std::string clause;
  std::vector<Citer> by;
};
struct Coverage {
  std::vector<CoveredClause> clauses;      ///< beside the list
  std::vector<UnknownCitation> unknown;    ///< cited, but neither in the list nor the head of something in it

  std::size_t count(ClauseClass value) const;
  bool complete() const { return count(ClauseClass::missing) == 0 && unknown.empty(); }
};

/// Citations of documents of which the list holds no clause are left alone.
Coverage cover(const bytecode::Module& module, const std::vector<ListedClause>& list);

}  // namespace quy::tools

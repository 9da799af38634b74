#pragma once
// Open choices of a pack and what was picked for them.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/sema/plan.h"

namespace quy::sema {

/// A choice of one name is one reading of the pack wherever it is declared, so its options must agree; a `chọn` inside a subject makes a
/// reading of that subject's own. Readings get their index when they are first used (or, of the pack's own, declared).
class ReadingRegister {
 public:
  ReadingRegister(const PackScope& scope, Pack& pack, Reporter& report);

  /// `plan` is the subject that asks, if any.
  std::uint32_t index_of(const Part<syntax::OpenChoice>& choice, const SubjectPlan* plan);
  /// The value given by `chọn X = 85%` where no option was named; it stands after the declared options.
  const Part<syntax::Choice>* chosen_value(std::uint32_t reading) const;
  const syntax::OpenChoice& declared(std::uint32_t reading) const;
  const std::string& profile() const { return profile_; }

  /// The pack's own choices, so that `list` shows them though nothing uses them yet.
  void register_declared(const std::vector<SubjectPlan>& plans);
  /// Choices and profiles of the pack's own that name nothing known.
  void check_choices(const std::vector<SubjectPlan>& plans);
  void warn_about_unused();
  void mark_used(std::uint32_t reading) { used_.insert(reading); }

 private:
  using Known = std::map<std::string, Part<syntax::OpenChoice>>;
  void pick(Reading& reading, const Part<syntax::OpenChoice>& choice, const SubjectPlan* plan, std::uint32_t index);
  void pick_option(Reading& reading, const Part<syntax::OpenChoice>& choice, const Part<syntax::Choice>& by, std::uint32_t index);
  bool pick_from_profile(Reading& reading, const std::string& profile) const;
  bool same_options(const Part<syntax::OpenChoice>& a, const Part<syntax::OpenChoice>& b) const;
  void check_choice(const Part<syntax::Choice>& choice, const Known& known);
  void check_profile(const Part<syntax::Profile>& profile, const Known& known);
  void report_unknown_choice(const Context& context, const syntax::Name& name, const Known& known);

  const PackScope& scope_;
  Pack& pack_;
  Reporter& report_;
  std::string profile_;
  std::map<std::string, std::uint32_t> by_id_;
  std::vector<Part<syntax::OpenChoice>> declared_;     ///< beside Pack::readings
  std::map<std::uint32_t, Part<syntax::Choice>> values_;
  std::set<std::uint32_t> used_;
};

}  // namespace quy::sema

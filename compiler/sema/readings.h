#pragma once
// Open choices of a pack and what was picked for them.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/sema/plan.h"

namespace quy::sema {

/// Readings get their index when they are first used (or, in a framework, declared). A choice of one name is one reading wherever it is
/// declared, so its options must agree; a `chọn` inside a subject makes a reading of that subject's own.
class ReadingRegister {
 public:
  ReadingRegister(const PackScope& scope, Pack& pack, Reporter& report);

  std::uint32_t index_of(const Part<syntax::OpenChoice>& choice, const SubjectPlan& plan);
  /// The value given by `chọn X = 85%` where no option was named; it stands after the declared options.
  const Part<syntax::Choice>* chosen_value(std::uint32_t reading) const;
  const std::string& profile() const { return profile_; }
  /// Choices that name nothing known, and names of profiles and options that do not exist.
  void check_choices(const std::vector<SubjectPlan>& plans);
  void check_profiles(const std::vector<SubjectPlan>& plans);
  /// Warns of choices of this pack's own that nothing uses.
  void warn_about_unused();
  void mark_used(std::uint32_t reading) { used_.insert(reading); }

 private:
  struct Known {
    Part<syntax::OpenChoice> choice;
  };
  void note_declared(const Part<syntax::OpenChoice>& choice);
  void check_choice(const Part<syntax::Choice>& choice, const std::map<std::string, Part<syntax::OpenChoice>>& known);
  void pick(Reading& reading, const Part<syntax::OpenChoice>& choice, const std::vector<Part<syntax::Choice>>& chosen, std::uint32_t index);
  void pick_option(Reading& reading, const Part<syntax::OpenChoice>& choice, const Part<syntax::Choice>& by, std::uint32_t index);
  void pick_profile(Reading& reading, const Part<syntax::OpenChoice>& choice, const Part<syntax::Profile>& profile, bool closes,
                    const std::string& by);
  bool same_options(const Part<syntax::OpenChoice>& a, const Part<syntax::OpenChoice>& b) const;

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

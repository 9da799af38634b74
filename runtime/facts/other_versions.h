#pragma once
// What the other versions of a criteria set know of a subject's records.

#include <memory>
#include <string_view>
#include <vector>

#include "runtime/facts/subject_plan.h"
#include "runtime/facts/versions.h"

namespace quy::facts {

class OtherVersions {
 public:
  /// `versions` may be null: then there are none.
  OtherVersions(const bytecode::Module& module, const Versions* versions) {
    for (std::uint32_t i = 0; versions != nullptr && i < versions->size(); ++i)
      if (&versions->module(i) != &module) plans_.push_back(std::make_unique<Plans>(versions->module(i), std::string()));
  }

  /// Whether the plan of some other version for the subject has what is looked for.
  template <class Has>
  bool know(std::string_view subject, Has&& has) {
    for (const std::unique_ptr<Plans>& plans : plans_)
      if (const SubjectPlan* plan = plans->find(subject); plan != nullptr && has(*plan)) return true;
    return false;
  }
  bool know_of_list(std::string_view subject, std::string_view list, std::string_view key) {
    return know(subject, [&](const SubjectPlan& plan) {
      for (const ListPlan& other : plan.lists)
        if (other.list->id == list && other.keys.is_known(key)) return true;
      return false;
    });
  }

 private:
  std::vector<std::unique_ptr<Plans>> plans_;
};

}  // namespace quy::facts

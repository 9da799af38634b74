#pragma once
// One pack on its way to the typed form: plans of its subjects, then the subjects themselves, then what belongs to the whole pack.

#include <memory>
#include <vector>

#include "compiler/sema/plan.h"
#include "compiler/sema/readings.h"

namespace quy::sema {

class PackChecker {
 public:
  /// `parent` is the checked pack that this one refines, or nullptr.
  PackChecker(std::unique_ptr<PackScope> scope, const PackChecker* parent, Reporter& report)
      : scope_(std::move(scope)), parent_(parent), report_(report) {}

  void run();
  const PackScope& scope() const { return *scope_; }
  /// Nothing when the pack has errors.
  std::unique_ptr<Pack> take();
  bool good() const { return good_; }

 private:
  void describe();
  void build_plans();
  bool build_plan(std::size_t index);
  std::optional<SubjectPlan> begin_plan(const syntax::Subject& subject, const std::string& path);
  const SubjectPlan* find_model(const syntax::Name& name);
  void check_kind(const syntax::Subject& subject);
  void refuse_changes(const SubjectPlan& parent, const syntax::Subject& subject);
  bool refuse_refinement(const syntax::Subject& subject);
  const SubjectPlan* find_plan(const std::string& path_or_id) const;
  void check_subjects(ReadingRegister& readings);
  void add_not_rules();
  void accept_defects();
  bool accept(const syntax::Acceptance& acceptance, const PackScope& by);
  bool has_errors_of_its_own() const;

  std::unique_ptr<PackScope> scope_;
  const PackChecker* parent_;
  Reporter& report_;
  std::unique_ptr<Pack> pack_;
  std::vector<SubjectPlan> plans_;                       ///< in the order of build_plan, models first
  std::vector<int> plan_state_;                          ///< by subject: 0 not begun, 1 under way, 2 done
  std::vector<std::unique_ptr<Environment>> environments_;
  bool good_ = false;
};

}  // namespace quy::sema

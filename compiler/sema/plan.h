#pragma once
// What one subject is made of, before anything in it is typed: its own members, those of the indicators it uses, and in a set that refines
// a framework the framework's members as completed by the set. Parts keep the context they were written in, so that they can be read by
// the checker as if they stood in one place.

#include <map>
#include <string>
#include <vector>

#include "compiler/sema/context.h"
#include "compiler/sema/pack_scope.h"

namespace quy::sema {

/// Names local to a subject (0), an indicator's use, a group, a criterion or the rating; looked up from the inside out.
struct PlanScope {
  std::uint32_t parent = kNone;
  std::vector<Part<syntax::Compute>> computes;
  std::vector<Part<syntax::OpenChoice>> choices;
  std::vector<Part<syntax::Treatment>> treatments;
  std::map<std::string, std::string> private_fields;   ///< id inside an indicator's use → id of the field
};

struct PlanField {
  Part<syntax::Field> part;
  std::uint32_t scope = 0;
  bool from_indicator = false;          ///< shared by name with other uses
  bool shared_by_pack = false;
  bool of_refiner = false;              ///< declared by the refining pack: what a replaced field is computed from
};
struct PlanRequirement {
  Part<syntax::Requirement> part;
  std::uint32_t scope = 0;
  bool shared_by_pack = false;
};

struct PlanGroup {
  Part<syntax::Group> part;
  std::uint32_t scope = 0;              ///< the group's own
  std::uint32_t parent = kNone;
  std::optional<Part<syntax::NumberText>> allocated;
  std::string parent_id;                ///< group of the refined pack
  bool sum_is_wrong = false;            ///< and said so where a criterion was split
};

struct PlanCriterion {
  Part<syntax::Criterion> part;         ///< name, label, maximum, citations, marks
  std::uint32_t scope = 0;              ///< the criterion's own
  std::uint32_t group = kNone;
  std::optional<Part<syntax::NumberText>> allocated;
  Part<syntax::Criterion> rules;        ///< scoring, losses, exceptions: the same, or the body of a `siết`
  std::uint32_t rules_scope = 0;
  std::string parent_id;                ///< criterion of the refined pack that this one keeps, tightens or splits
};

struct PlanReplacedField {
  Part<syntax::EvidenceMap::Row> part;
  std::uint32_t scope = 0;
};

struct SubjectPlan {
  Part<syntax::Subject> declared;       ///< path, label, citations; the refined subject's when there is one
  Part<syntax::Subject> own;            ///< as written in this pack
  std::string id, path;                 ///< qd366.pl2.pho_thu_tuong; pl2.pho_thu_tuong
  std::string kind;
  std::string refines;                  ///< pack id
  std::string rating;                   ///< id of the rating it names, or empty
  std::vector<PlanScope> scopes{PlanScope{}};
  std::vector<PlanField> fields;
  std::vector<PlanRequirement> requirements;
  std::vector<PlanGroup> groups;        ///< parents before children
  std::vector<PlanCriterion> criteria;
  std::vector<Part<syntax::Choice>> chosen;
  std::vector<PlanReplacedField> replaced;
  std::vector<std::pair<Context, std::vector<syntax::Name>>> stages;   ///< the last one counts
  std::vector<Part<syntax::Force>> forces;   ///< `bổ sung`
  std::vector<Part<syntax::Bar>> bars;
  std::vector<Part<syntax::Lower>> lowers;

  std::uint32_t find_criterion(const std::string& id) const;
  std::uint32_t find_group(const std::string& id) const;
  std::uint32_t add_scope(std::uint32_t parent);
};

std::string group_id(const PlanGroup& group);
std::string criterion_id(const PlanCriterion& criterion);

/// The plan of a subject of the refined pack, as one of this pack begins to complete it.
SubjectPlan refined_plan(const SubjectPlan& parent, const Part<syntax::Subject>& own, const std::string& parent_pack);
/// A copy without any claim (`theo mẫu`): items that the copy declares itself replace those of the same name.
SubjectPlan copied_plan(const SubjectPlan& model, const Part<syntax::Subject>& own);

/// Adds members to a plan; one of these for each subject.
class PlanBuilder {
 public:
  /// `environments` keeps the bindings of indicators' uses as long as the pack is being checked.
  PlanBuilder(SubjectPlan& plan, const PackScope& scope, std::vector<std::unique_ptr<Environment>>& environments, Reporter& report)
      : plan_(plan), scope_(scope), environments_(environments), report_(report) {}

  /// The pack's shared evidence, for the subject's kind.
  void add_shared_evidence(const std::vector<Part<syntax::EvidenceBlock>>& blocks);
  /// Everything in a subject's braces that stands on its own.
  void add_body(const syntax::SubjectBody& body, Context context, std::uint32_t scope);
  /// What completes or changes the members of a refined (or copied) subject. (refinement.cpp)
  void refine(const syntax::SubjectBody& body, Context context);
  /// A set adds to a framework's sheet only by `bổ sung`. (refinement.cpp)
  bool refuse_plain_members(const syntax::SubjectBody& body, Context context);

 private:
  void add_evidence(const syntax::EvidenceBlock& block, Context context, std::uint32_t scope, bool shared);
  void add_items(const std::vector<syntax::GroupItem>& items, Context context, std::uint32_t scope, std::uint32_t group);
  void add_group(const syntax::Group& group, Context context, std::uint32_t scope, std::uint32_t parent);
  void add_criterion(const syntax::Criterion& criterion, Context context, std::uint32_t scope, std::uint32_t group,
                     const std::string& parent_id = {});
  void add_use(const syntax::IndicatorUse& use, Context context, std::uint32_t scope, std::uint32_t group);
  const Environment* bind(const syntax::IndicatorUse& use, const DeclaredIndicator& indicator, Context context, std::uint32_t scope);
  bool may_use(const syntax::IndicatorUse& use, const DeclaredIndicator& indicator, Context context);
  std::optional<Bound> bind_argument(const syntax::Parameter& parameter, const syntax::Argument& argument, Context context,
                                     std::uint32_t scope);
  bool applies(const std::vector<syntax::Name>& kinds, Context context);
  void add_choices(const std::vector<syntax::OpenChoice>& choices, Context context, std::uint32_t scope);
  void add_computes(const std::vector<syntax::Compute>& computes, Context context, std::uint32_t scope);
  void add_treatments(const std::vector<syntax::Treatment>& treatments, Context context, std::uint32_t scope);

  void allocate(const syntax::Allocation& allocation, Context context);
  void replace_evidence(const syntax::EvidenceMap& map, Context context);
  void tighten(const syntax::Tightening& tightening, Context context);
  void split(const syntax::Splitting& splitting, Context context);
  void supplement(const syntax::Supplement& supplement, Context context);

  SubjectPlan& plan_;
  const PackScope& scope_;
  std::vector<std::unique_ptr<Environment>>& environments_;
  Reporter& report_;
};

/// Reports whatever a tightened criterion lets through that the former one did not. (tightening.cpp)
void check_tightening(const PlanCriterion& former, const syntax::Tightening& tightening, Context context, Reporter& report);

}  // namespace quy::sema

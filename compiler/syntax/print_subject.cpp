#include "compiler/syntax/print_text.h"

namespace quy::syntax {
namespace {

void maximum(TreeText& out, const std::optional<MaximumText>& maximum) {
  if (!maximum) return;
  out.word("max");
  if (maximum->open) {
    out.word("open");
  } else {
    out.number(maximum->points);
  }
}

void print(TreeText& out, const IndicatorUse& use) {
  const Scope scope(out, "use");
  out.name(use.indicator);
  for (const Argument& argument : use.arguments) {
    if (const auto* citation = std::get_if<Citation>(&argument.value)) out.entry("cite", citation->text);
    if (const auto* label = std::get_if<LabelText>(&argument.value)) out.quoted(label->text);
    if (const auto* value = std::get_if<ExprPtr>(&argument.value)) out.expr(*value);
  }
}

void print(TreeText& out, const GroupItem& item) {
  if (const auto* group = std::get_if<std::unique_ptr<Group>>(&item)) print(out, **group);
  if (const auto* criterion = std::get_if<Criterion>(&item)) print(out, *criterion);
  if (const auto* use = std::get_if<IndicatorUse>(&item)) print(out, *use);
}

void print(TreeText& out, const Supplement& supplement) {
  const Scope scope(out, "supplement");
  if (const auto* added = std::get_if<SupplementCriterion>(&supplement.addition)) {
    out.name("into", added->group);
    print(out, added->criterion);
  }
  if (const auto* group = std::get_if<std::unique_ptr<Group>>(&supplement.addition)) print(out, **group);
  if (const auto* force = std::get_if<Force>(&supplement.addition)) print(out, *force);
  if (const auto* bar = std::get_if<Bar>(&supplement.addition)) print(out, *bar);
  if (const auto* lower = std::get_if<Lower>(&supplement.addition)) print(out, *lower);
}

void refinement(TreeText& out, const SubjectBody& body) {
  for (const Allocation& allocation : body.allocations) {
    const Scope scope(out, "allocate");
    out.citations(allocation.citations);
    for (const Allocation::Row& row : allocation.rows) {
      out.name(row.criterion);
      out.number(row.points);
    }
  }
  for (const EvidenceMap& map : body.evidence_maps) {
    const Scope scope(out, "replace-evidence");
    for (const EvidenceMap::Row& row : map.rows) {
      const Scope inner(out, "field");
      out.name(row.field);
      out.expr(row.formula.value);
    }
  }
  for (const Tightening& tightening : body.tightenings) print(out, tightening.body, "tighten");
  for (const Splitting& splitting : body.splittings) {
    const Scope scope(out, "split");
    out.name(splitting.criterion);
    for (const Criterion& part : splitting.parts) print(out, part);
  }
  for (const Supplement& supplement : body.supplements) print(out, supplement);
}

}  // namespace

void print(TreeText& out, const Compute& compute) {
  const Scope scope(out, "compute");
  out.name(compute.name);
  out.expr(compute.formula.value);
}

void print(TreeText& out, const Treatment& treatment) {
  const Scope scope(out, "treat");
  constexpr std::string_view kCauses[] = {"not-applicable", "did-not-arise", "not-yet-due"};
  constexpr std::string_view kEffects[] = {"full", "zero", "keep-scale", "share-in-group", "share-in-sheet", "no-total"};
  out.word(kCauses[static_cast<std::size_t>(treatment.cause)]);
  out.word(kEffects[static_cast<std::size_t>(treatment.effect)]);
}

void print(TreeText& out, const Group& group) {
  constexpr std::string_view kHeads[] = {"group", "deductions", "bonuses"};
  const Scope scope(out, kHeads[static_cast<std::size_t>(group.sign)]);
  out.name(group.name);
  out.label(group.label);
  maximum(out, group.maximum);
  out.citations(group.citations);
  out.flag("highest-only", group.highest_only);
  out.number("least-share", group.least_share);
  if (group.proposed_maxima) {
    out.word("proposed-maxima");
    out.flag("approved", group.proposed_maxima->approved);
    out.number("each-from", group.proposed_maxima->each_from);
  }
  if (group.formula) out.expr("formula", group.formula->value);
  for (const Treatment& treatment : group.treatments) print(out, treatment);
  for (const OpenChoice& choice : group.open_choices) print(out, choice);
  for (const Compute& compute : group.computes) print(out, compute);
  for (const GroupItem& item : group.items) print(out, item);
}

void print(TreeText& out, const Criterion& criterion, std::string_view head) {
  const Scope scope(out, head);
  out.name(criterion.name);
  out.label(criterion.label);
  maximum(out, criterion.maximum);
  out.number("coefficient", criterion.coefficient);
  out.citations(criterion.citations);
  out.entry("once-per", word_of(criterion.once_per));
  out.flag("may-tighten", criterion.may_tighten);
  out.flag("keep-as-is", criterion.keep_as_is);
  out.name("previously", criterion.previously);
  if (criterion.guidance) {
    out.word("guidance");
    out.label(criterion.guidance);
  }
  for (const Scoring& scoring : criterion.scorings) print(out, scoring);
  for (const Treatment& treatment : criterion.treatments) print(out, treatment);
  for (const LosesAllWhen& loses : criterion.loses) {
    const Scope inner(out, "loses-all");
    out.name(loses.target);
    out.expr("when", loses.condition);
    out.citations(loses.citations);
  }
  for (const OpenChoice& choice : criterion.open_choices) print(out, choice);
  for (const Compute& compute : criterion.computes) print(out, compute);
}

void print(TreeText& out, const SubjectBody& body) {
  out.names("stages", body.stages);
  for (const EvidenceBlock& block : body.evidence) print(out, block, "evidence");
  for (const Requirement& requirement : body.requirements) {
    const Scope scope(out, "require");
    out.expr(requirement.condition);
    out.label(requirement.label);
  }
  for (const Compute& compute : body.computes) print(out, compute);
  for (const Treatment& treatment : body.treatments) print(out, treatment);
  for (const OpenChoice& choice : body.open_choices) print(out, choice);
  for (const Choice& choice : body.choices) print(out, choice);
  for (const GroupItem& item : body.items) print(out, item);
  refinement(out, body);
}

}  // namespace quy::syntax

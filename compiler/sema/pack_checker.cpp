#include "compiler/sema/pack_checker.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "compiler/sema/citations.h"
#include "compiler/sema/ratings.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/tests_checker.h"

namespace quy::sema {

void PackChecker::run() {
  std::size_t errors = report_.sink().error_count();
  report_.enter_subject({});
  pack_ = std::make_unique<Pack>();
  describe();
  build_plans();
  ReadingRegister readings(*scope_, *pack_, report_);
  readings.check_choices(plans_);
  readings.register_declared(plans_);
  pack_->profile = readings.profile();
  for (const auto& row : scope_->ratings.rows()) pack_->ratings.push_back(declare_rating(row.value, row.id, readings, *pack_, report_));
  check_subjects(readings);
  if (!report_.sink().has_errors()) readings.warn_about_unused();   // an erroneous rule may have meant to use it
  add_not_rules();
  check_tests(*scope_, *pack_, report_);
  accept_defects();
  good_ = report_.sink().error_count() <= errors && !has_errors_of_its_own();
}

std::unique_ptr<Pack> PackChecker::take() { return good_ ? std::move(pack_) : nullptr; }

bool PackChecker::has_errors_of_its_own() const {
  const auto& all = report_.sink().all();
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::error &&
           std::any_of(scope_->source->files.begin(), scope_->source->files.end(),
                       [&](const syntax::File* file) { return file->file == diagnostic.span.file; });
  });
}

void PackChecker::describe() {
  const syntax::PackHeader& header = *scope_->header;
  pack_->id = scope_->id;
  pack_->version = header.version;
  pack_->label = label_in(scope_->context(), header.label);
  if (pack_->label.empty()) pack_->label = header.path.text;
  pack_->span = header.span;
  pack_->framework = header.framework;
  pack_->in_force_from = header.in_force_from;
  pack_->in_force_to = header.in_force_to;
  if (header.in_force_from && header.in_force_to && *header.in_force_to < *header.in_force_from)
    report_.at(header.in_force_to_span, Diag::in_force_crossed, {});
  if (scope_->parent) pack_->refines = scope_->parent->id;
  for (const auto& row : scope_->documents.rows()) pack_->documents.push_back(row.value);
  for (const auto& row : scope_->scales.rows()) pack_->scales.push_back(row.value);
  for (const auto& row : scope_->tables.rows()) pack_->tables.push_back(row.value.data);
  pack_->calendar = scope_->calendar;
  pack_->spellings = scope_->spellings;
  for (const syntax::File* file : scope_->source->files) pack_->files.push_back(file->file);
}

// ---------------------------------------------------------------- plans

void PackChecker::build_plans() {
  NameTable<int> paths;
  plan_state_.assign(scope_->subjects.size(), 0);
  for (std::size_t i = 0; i < scope_->subjects.size(); ++i)
    if (!paths.add(scope_->subjects[i]->path, 0, report_, scope_->context())) plan_state_[i] = 2;
  for (std::size_t i = 0; i < scope_->subjects.size(); ++i) build_plan(i);
}

const SubjectPlan* PackChecker::find_plan(const std::string& path_or_id) const {
  auto found = std::find_if(plans_.begin(), plans_.end(),
                            [&](const SubjectPlan& plan) { return plan.path == path_or_id || plan.id == path_or_id; });
  return found == plans_.end() ? nullptr : &*found;
}

/// False when the subject is under way already: it was modelled on itself.
bool PackChecker::build_plan(std::size_t index) {
  if (plan_state_[index] != 0) return plan_state_[index] == 2;
  plan_state_[index] = 1;
  const syntax::Subject& subject = *scope_->subjects[index];
  check_kind(subject);
  auto plan = begin_plan(subject, fold_id(subject.path.text));
  plan_state_[index] = 2;
  if (!plan) return true;
  Context context = scope_->context();
  PlanBuilder builder(*plan, *scope_, environments_, report_);
  bool refines = !plan->refines.empty(), refused = false;
  if (refines) {
    std::vector<Part<syntax::EvidenceBlock>> own;
    for (const auto& block : scope_->shared_evidence)
      if (block.context.pack == scope_.get()) own.push_back(block);
    builder.add_shared_evidence(own);
    if (builder.refuse_plain_members(subject.body, context)) return true;
  } else {
    builder.add_shared_evidence(scope_->shared_evidence);
    refused = !subject.modelled_on && refuse_refinement(subject);
  }
  builder.add_body(subject.body, context, 0);
  if (!refused) builder.refine(subject.body, context);
  plans_.push_back(std::move(*plan));
  return true;
}

std::optional<SubjectPlan> PackChecker::begin_plan(const syntax::Subject& subject, const std::string& path) {
  Part<syntax::Subject> own{&subject, scope_->context()};
  if (subject.modelled_on) {
    const SubjectPlan* model = find_model(*subject.modelled_on);
    if (!model) return std::nullopt;
    SubjectPlan plan = copied_plan(*model, own);
    plan.path = path;
    plan.id = scope_->id + "." + path;
    if (subject.kind) plan.kind = fold_id(subject.kind->text);
    return plan;
  }
  if (const SubjectPlan* parent = parent_ ? parent_->find_plan(path) : nullptr) {
    refuse_changes(*parent, subject);
    return refined_plan(*parent, own, parent_->scope_->id);
  }
  SubjectPlan plan;
  plan.declared = plan.own = own;
  plan.path = path;
  plan.id = scope_->id + "." + path;
  if (subject.kind) plan.kind = fold_id(subject.kind->text);
  return plan;
}

/// A subject of this pack, declared anywhere in it, or of the packs it refines.
const SubjectPlan* PackChecker::find_model(const syntax::Name& name) {
  std::string id = fold_id(name.text);
  std::vector<std::string> names;
  bool declared_here = false;
  for (std::size_t i = 0; i < scope_->subjects.size(); ++i) {
    const std::string path = fold_id(scope_->subjects[i]->path.text);
    names.push_back(scope_->subjects[i]->path.text);
    if (path != id && scope_->id + "." + path != id) continue;
    declared_here = true;
    if (!build_plan(i)) {
      report_.at(scope_->context(), name.span, Diag::modelled_on_itself, {name.text});
      return nullptr;
    }
  }
  for (const PackChecker* pack = this; pack; pack = pack->parent_) {
    if (const SubjectPlan* found = pack->find_plan(id)) return found;
    for (const SubjectPlan& plan : pack->plans_) names.push_back(pack_->spellings.of(plan.path));
  }
  if (declared_here) return nullptr;   // what is wrong with it was reported there
  report_.at(scope_->context(), name.span, Diag::unknown_subject, {name.text}).suggest(nearest(name.text, names));
  return nullptr;
}

void PackChecker::check_kind(const syntax::Subject& subject) {
  if (!subject.kind || scope_->kinds.find(fold_id(subject.kind->text))) return;
  report_.at(scope_->context(), subject.kind->span, Diag::unknown_kind, {subject.kind->text})
      .suggest(nearest(subject.kind->text, scope_->kinds.names()));
}

void PackChecker::refuse_changes(const SubjectPlan& parent, const syntax::Subject& subject) {
  if (subject.kind && fold_id(subject.kind->text) != parent.kind)
    report_.at(scope_->context(), subject.kind->span, Diag::refined_subject_changed, {subject.path.text});
  if (subject.rating) report_.at(scope_->context(), subject.rating->span, Diag::refined_subject_changed, {subject.path.text});
}

/// Statements that complete a framework's subject mean nothing in a subject of one's own.
bool PackChecker::refuse_refinement(const syntax::Subject& subject) {
  bool refused = false;
  auto refuse = [&](Span span) {
    report_.at(scope_->context(), span, Diag::nothing_to_refine, {subject.path.text});
    refused = true;
  };
  for (const auto& one : subject.body.evidence_maps) refuse(one.span);
  for (const auto& one : subject.body.tightenings) refuse(one.criterion.span);
  for (const auto& one : subject.body.splittings) refuse(one.criterion.span);
  return refused;
}

// ---------------------------------------------------------------- subjects and the rest

void PackChecker::check_subjects(ReadingRegister& readings) {
  for (const SubjectPlan& plan : plans_) {
    report_.enter_subject(plan.id);
    pack_->subjects.push_back(SubjectChecker(plan, *scope_, *pack_, readings, report_).run());
  }
  report_.enter_subject({});
}

void PackChecker::add_not_rules() {
  for (const syntax::NotRules* rules : scope_->not_rules)
    for (const auto& row : rules->rows)
      for (const syntax::Citation& citation : row.clauses)
        if (auto clause = read_clause(scope_->context(), citation, report_)) pack_->not_rules.push_back({*clause, row.reason});
}

/// `chấp nhận Q0501 vì "…" theo …`: a defect of the text, known and named in every result. Those of the packs above hold here too, because
/// their subjects are checked again as parts of this pack.
void PackChecker::accept_defects() {
  for (const PackScope* pack : scope_->lineage())
    for (const syntax::Acceptance* acceptance : pack->acceptances) {
      bool found = accept(*acceptance, *pack);
      if (!found && pack == scope_.get()) report_.at(acceptance->span, Diag::nothing_to_accept, {acceptance->code});
    }
}

bool PackChecker::accept(const syntax::Acceptance& acceptance, const PackScope& by) {
  Clauses clauses = read_clauses(by.context(), acceptance.citations, report_);
  if (!acceptance.code.starts_with("Q050")) {
    report_.at(acceptance.span, Diag::not_acceptable, {acceptance.code});
    return true;
  }
  bool found = false;
  const Label accepted{acceptance.span, {"được chấp nhận ở đây", "accepted here"}};
  for (const PackScope* pack : by.lineage())
    for (const syntax::File* file : pack->source->files)
      found = report_.sink().acknowledge(acceptance.code, {file->file, 0, std::numeric_limits<std::uint32_t>::max()}, accepted) || found;
  for (Subject& subject : pack_->subjects)
    if (report_.raised(acceptance.code, subject.id)) {
      std::string text = acceptance.code + ": " + acceptance.reason;
      if (!clauses.ids.empty()) text += " (" + clauses.ids.front() + ")";
      subject.acknowledged.push_back(text);
    }
  return found;
}

}  // namespace quy::sema

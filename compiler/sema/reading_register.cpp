// What a pack picks for its open choices: by name, by value, by profile; a framework evaluated directly takes its first profile.

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/citations.h"
#include "compiler/sema/readings.h"

namespace quy::sema {
namespace {

std::string choice_id(const Part<syntax::OpenChoice>& choice) { return fold_id(name_in(choice.context, choice->name).text); }

std::uint32_t option_index(const syntax::OpenChoice& choice, const std::string& id) {
  for (std::uint32_t i = 0; i < choice.options.size(); ++i)
    if (fold_id(choice.options[i].name.text) == id) return i;
  return kNone;
}

/// What the profile picks; kNone for nothing, or for an option that is not there.
std::uint32_t option_in_profile(const Part<syntax::OpenChoice>& choice, const syntax::Profile& profile) {
  for (const auto& row : profile.rows)
    if (fold_id(row.choice.text) == choice_id(choice)) return option_index(*choice, fold_id(row.option.text));
  return kNone;
}

std::vector<std::string> option_names(const syntax::OpenChoice& choice) {
  std::vector<std::string> names;
  for (const syntax::Option& option : choice.options) names.push_back(option.name.text);
  return names;
}

/// "73-QĐ/TU, 14/11/2025, D13": the document and its date, as a report prints who picked a reading.
std::string picked_by(const Part<syntax::Choice>& choice, Reporter& report) {
  Clauses clauses = read_clauses(choice.context, choice->citations, report);
  if (clauses.ids.empty()) return {};
  const std::string& clause = clauses.ids.front();
  std::size_t colon = clause.find(':');
  const auto& documents = choice.context.pack->documents;
  std::size_t index = colon == std::string::npos ? 0 : documents.index(clause.substr(0, colon));
  if (index >= documents.rows().size()) return clause;
  const bytecode::Document& document = documents.rows()[index].value;
  return document.symbol + ", " + vietnamese_date(document.date) + ", " + clause.substr(colon == std::string::npos ? 0 : colon + 1);
}

std::map<std::string, Part<syntax::OpenChoice>> known_choices(const PackScope& scope, const std::vector<SubjectPlan>& plans) {
  std::map<std::string, Part<syntax::OpenChoice>> known;
  auto note = [&](const Part<syntax::OpenChoice>& choice) { known.try_emplace(choice_id(choice), choice); };
  for (const auto& row : scope.choices.rows()) note(row.value);
  for (const auto& rating : scope.ratings.rows()) {
    for (const auto& choice : rating.value->open_choices) note({&choice, rating.value.context});
    for (const auto& quota : rating.value->quotas)
      if (quota.surplus_choice) note({&*quota.surplus_choice, rating.value.context});
  }
  for (const SubjectPlan& plan : plans)
    for (const PlanScope& inner : plan.scopes)
      for (const auto& choice : inner.choices) note(choice);
  return known;
}

}  // namespace

ReadingRegister::ReadingRegister(const PackScope& scope, Pack& pack, Reporter& report) : scope_(scope), pack_(pack), report_(report) {
  bool picks_profile = std::any_of(scope.chosen.begin(), scope.chosen.end(), [](const auto& choice) { return choice->is_profile; });
  if (scope.framework() && !picks_profile && !scope.profiles.empty()) profile_ = scope.profiles.rows().front().id;
  for (const auto& row : scope.profiles.rows()) pack.profiles.push_back({row.id, label_in(row.value.context, row.value->label)});
}

bool ReadingRegister::same_options(const Part<syntax::OpenChoice>& a, const Part<syntax::OpenChoice>& b) const {
  if (a->options.size() != b->options.size()) return false;
  for (std::size_t i = 0; i < a->options.size(); ++i)
    if (fold_id(a->options[i].name.text) != fold_id(b->options[i].name.text)) return false;
  return true;
}

std::uint32_t ReadingRegister::index_of(const Part<syntax::OpenChoice>& choice, const SubjectPlan* plan) {
  std::string id = choice_id(choice);
  bool chosen_by_subject = plan && std::any_of(plan->chosen.begin(), plan->chosen.end(),
                                               [&](const auto& c) { return !c->is_profile && fold_id(c->name.text) == id; });
  if (chosen_by_subject) id = plan->path + "." + id;
  auto known = by_id_.find(id);
  if (known != by_id_.end()) {
    const auto& first = declared_[known->second];
    if (first.ast != choice.ast && !same_options(first, choice))
      report_.at(choice.context, choice->name.span, Diag::choice_declared_differently, {choice->name.text})
          .label(first->name.span, {"khai báo kia ở đây", "the other declaration is here"});
    return known->second;
  }
  auto index = static_cast<std::uint32_t>(pack_.readings.size());
  by_id_[id] = index;
  declared_.push_back(choice);
  Reading reading;
  reading.span = choice->name.span;
  reading.info.id = id;
  pack_.spellings.note(choice->name.text);
  std::string label = label_in(choice.context, choice->label);
  reading.info.label = label.empty() ? choice->name.text : label;
  reading.clauses = read_clauses(choice.context, choice->citations, report_);
  if (!reading.clauses.ids.empty()) reading.info.clause = reading.clauses.ids.front();
  NameTable<int> names;
  for (const syntax::Option& option : choice->options) {
    names.add(option.name, 0, report_, choice.context);
    reading.info.option_ids.push_back(fold_id(option.name.text));
    pack_.spellings.note(option.name.text);
    reading.info.option_labels.push_back(option.label ? label_in(choice.context, option.label) : option.name.text);
  }
  for (const auto& row : scope_.profiles.rows()) reading.by_profile.push_back(option_in_profile(choice, *row.value));
  pick(reading, choice, plan, index);
  pack_.readings.push_back(std::move(reading));
  return index;
}

void ReadingRegister::pick(Reading& reading, const Part<syntax::OpenChoice>& choice, const SubjectPlan* plan, std::uint32_t index) {
  std::string id = choice_id(choice);
  auto names_it = [&](const Part<syntax::Choice>& by) { return !by->is_profile && fold_id(by->name.text) == id; };
  if (plan) {
    auto own = std::find_if(plan->chosen.begin(), plan->chosen.end(), names_it);
    if (own != plan->chosen.end()) return pick_option(reading, choice, *own, index);
  }
  auto named = std::find_if(scope_.chosen.begin(), scope_.chosen.end(), names_it);
  if (named != scope_.chosen.end()) return pick_option(reading, choice, *named, index);
  for (auto by = scope_.chosen.rbegin(); by != scope_.chosen.rend(); ++by) {
    if (!(*by)->is_profile) continue;
    if (pick_from_profile(reading, fold_id((*by)->name.text))) {
      reading.info.closed = true;
      reading.info.chosen_by = picked_by(*by, report_);
      return;
    }
  }
  if (!pick_from_profile(reading, profile_)) return;
  const std::string& label = pack_.profiles[scope_.profiles.index(profile_)].label;
  reading.info.chosen_by = label.empty() ? profile_ : label;
}

bool ReadingRegister::pick_from_profile(Reading& reading, const std::string& profile) const {
  std::size_t index = scope_.profiles.index(profile);
  if (index == NameTable<Part<syntax::Profile>>::npos || reading.by_profile[index] == kNone) return false;
  reading.info.chosen = reading.by_profile[index];
  return true;
}

void ReadingRegister::pick_option(Reading& reading, const Part<syntax::OpenChoice>& choice, const Part<syntax::Choice>& by,
                                  std::uint32_t index) {
  reading.info.closed = true;
  reading.info.chosen_by = picked_by(by, report_);
  if (by->value) {
    reading.info.chosen = static_cast<std::uint32_t>(reading.info.option_ids.size());
    reading.info.option_ids.emplace_back("gia_tri");
    bool plain = by->value->kind == syntax::ExprKind::number;
    Rational shown = by->value->percent ? by->value->number * Rational(100) : by->value->number;
    reading.info.option_labels.push_back(plain ? shown.exact_text(',') + by->value->unit : "giá trị đã chọn");
    values_[index] = by;
    return;
  }
  std::uint32_t option = option_index(*choice, fold_id(by->option.text));
  if (option != kNone) {
    reading.info.chosen = option;
  } else {
    report_.at(by.context, by->option.span, Diag::unknown_option, {by->option.text, choice->name.text})
        .suggest(nearest(by->option.text, option_names(*choice)))
        .label(choice->name.span, {"lựa chọn khai báo ở đây", "the choice is declared here"});
  }
}

const Part<syntax::Choice>* ReadingRegister::chosen_value(std::uint32_t reading) const {
  auto found = values_.find(reading);
  return found == values_.end() ? nullptr : &found->second;
}

const syntax::OpenChoice& ReadingRegister::declared(std::uint32_t reading) const { return *declared_[reading]; }

void ReadingRegister::register_declared(const std::vector<SubjectPlan>& plans) {
  for (const auto& [id, choice] : known_choices(scope_, {}))
    if (choice.context.pack == &scope_) index_of(choice, nullptr);
  for (const SubjectPlan& plan : plans)
    for (const PlanScope& inner : plan.scopes)
      for (const auto& choice : inner.choices)
        if (choice.context.pack == &scope_) index_of(choice, &plan);
}

void ReadingRegister::check_choices(const std::vector<SubjectPlan>& plans) {
  auto known = known_choices(scope_, plans);
  std::map<std::string, const Part<syntax::Choice>*> picked;
  for (const auto& choice : scope_.chosen) {
    const auto* earlier = choice->is_profile ? nullptr : picked[fold_id(choice->name.text)];
    if (earlier && choice.context.pack == &scope_)
      report_.at(choice.context, choice->name.span, Diag::choice_already_closed, {choice->name.text})
          .label((*earlier)->span, {"đã chọn ở đây", "picked here"});
    if (!choice->is_profile) picked[fold_id(choice->name.text)] = &choice;
    if (choice.context.pack == &scope_) check_choice(choice, known);
  }
  for (const SubjectPlan& plan : plans)
    for (const auto& choice : plan.chosen)
      if (choice.context.pack == &scope_) check_choice(choice, known);
  for (const auto& row : scope_.profiles.rows())
    if (row.value.context.pack == &scope_) check_profile(row.value, known);
}

void ReadingRegister::check_choice(const Part<syntax::Choice>& choice, const std::map<std::string, Part<syntax::OpenChoice>>& known) {
  std::string id = fold_id(choice->name.text);
  if (choice->is_profile) {
    if (!scope_.profiles.find(id))
      report_.at(choice.context, choice->name.span, Diag::unknown_profile, {choice->name.text})
          .suggest(nearest(choice->name.text, scope_.profiles.names()));
    return;
  }
  if (!known.contains(id)) report_unknown_choice(choice.context, choice->name, known);
}

void ReadingRegister::check_profile(const Part<syntax::Profile>& profile, const std::map<std::string, Part<syntax::OpenChoice>>& known) {
  for (const auto& row : profile->rows) {
    auto choice = known.find(fold_id(row.choice.text));
    if (choice == known.end()) {
      report_unknown_choice(profile.context, row.choice, known);
    } else if (option_index(*choice->second, fold_id(row.option.text)) == kNone) {
      report_.at(profile.context, row.option.span, Diag::unknown_option, {row.option.text, row.choice.text})
          .suggest(nearest(row.option.text, option_names(*choice->second)));
    }
  }
}

void ReadingRegister::report_unknown_choice(const Context& context, const syntax::Name& name,
                                            const std::map<std::string, Part<syntax::OpenChoice>>& known) {
  std::vector<std::string> names;
  for (const auto& [id, choice] : known) names.push_back(choice->name.text);
  report_.at(context, name.span, Diag::unknown_choice, {name.text}).suggest(nearest(name.text, names));
}

void ReadingRegister::warn_about_unused() {
  std::set<const syntax::OpenChoice*> used;   // one declaration may have a reading for each subject that picks its own
  for (std::uint32_t reading : used_) used.insert(declared_[reading].ast);
  for (std::uint32_t i = 0; i < declared_.size(); ++i)
    if (!used.contains(declared_[i].ast) && declared_[i].context.pack == &scope_)
      report_.at(declared_[i].context, declared_[i]->name.span, Diag::choice_unused, {declared_[i]->name.text});
}

}  // namespace quy::sema

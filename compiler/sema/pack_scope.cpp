#include "compiler/sema/pack_scope.h"

#include <algorithm>

namespace quy::sema {
namespace {

const syntax::PackHeader* find_header(const PackSource& source, Reporter& report) {
  const syntax::PackHeader* header = nullptr;
  for (const syntax::File* file : source.files) {
    for (const syntax::Item& item : file->items) {
      const auto* here = std::get_if<syntax::PackHeader>(&item);
      if (!here) continue;
      if (header) {
        report.at(here->span, Diag::pack_header_twice, {}).label(header->span, {"phần đầu thứ nhất ở đây", "the first header is here"});
      } else {
        header = here;
      }
    }
  }
  if (!header && !source.files.empty()) {
    FileId file = source.files.front()->file;
    report.at({file, 0, 0}, Diag::pack_header_missing, {});
  }
  return header;
}

/// Indexes of sources so that each pack follows the one it refines.
class Ordering {
 public:
  Ordering(const std::vector<const syntax::PackHeader*>& headers, Reporter& report) : headers_(headers), report_(report) {
    for (std::size_t i = 0; i < headers.size(); ++i) {
      if (!headers[i]) continue;
      auto [place, fresh] = by_id_.try_emplace(fold_id(headers[i]->path.text), i);
      if (!fresh) {
        report_.at(headers[i]->path.span, Diag::pack_id_twice, {place->first})
            .label(headers[place->second]->path.span, {"gói kia ở đây", "the other pack is here"});
        refused_.insert(i);
      }
    }
  }

  std::vector<std::size_t> run() {
    for (std::size_t i = 0; i < headers_.size(); ++i) visit(i);
    return order_;
  }
  std::size_t parent_of(std::size_t index) const {
    const auto& refines = headers_[index]->refines;
    return refines ? by_id_.at(fold_id(refines->text)) : headers_.size();
  }

 private:
  enum class State { fresh, open, placed, refused };

  bool visit(std::size_t index) {
    if (!headers_[index] || refused_.contains(index)) return false;
    State& state = state_[index];
    if (state == State::open) {
      report_.at(headers_[index]->refines->span, Diag::pack_refines_itself, {headers_[index]->refines->text});
      state = State::refused;
    }
    if (state != State::fresh) return state == State::placed;
    state = State::open;
    bool good = !headers_[index]->refines || visit_parent(index);
    if (state_[index] == State::refused || !good) {
      state_[index] = State::refused;
      return false;
    }
    state_[index] = State::placed;
    order_.push_back(index);
    return true;
  }

  bool visit_parent(std::size_t index) {
    const syntax::Name& name = *headers_[index]->refines;
    auto found = by_id_.find(fold_id(name.text));
    if (found != by_id_.end()) return visit(found->second);
    std::vector<std::string> known;
    for (const auto& [id, at] : by_id_) known.push_back(headers_[at]->path.text);
    report_.at(name.span, Diag::unknown_pack, {name.text}).suggest(nearest(name.text, known));
    return false;
  }

  const std::vector<const syntax::PackHeader*>& headers_;
  Reporter& report_;
  std::map<std::string, std::size_t> by_id_;
  std::map<std::size_t, State> state_;
  std::set<std::size_t> refused_;
  std::vector<std::size_t> order_;
};

std::string label_or_name(const std::optional<syntax::LabelText>& label, const syntax::Name& name) {
  return label ? label->text : name.text;
}

/// Files a pack's items into its scope, each kind of item by its own function.
class Collector {
 public:
  Collector(PackScope& scope, DataReader read_data, Reporter& report) : scope_(scope), read_data_(read_data), report_(report) {}

  void run() {
    for (const syntax::File* file : scope_.source->files) {
      scope_.languages[file->file] = file->language;
      for (const syntax::Item& item : file->items) std::visit(*this, item);
    }
    sort_calendar();
    // Scales and kinds may be declared in any file, so what needs them comes after all files.
    for (const syntax::Table* table : tables_)
      scope_.tables.add(table->name, load_table(*table, scope_, read_data_, report_), report_, scope_.context());
  }

  void operator()(const syntax::PackHeader&) {}
  void operator()(const syntax::LegalBasis& basis) {
    bytecode::Document document;
    document.name = fold_id(basis.name.text);
    document.symbol = basis.document;
    document.replaces = basis.replaces;
    document.date = basis.date;
    scope_.documents.add(basis.name, document, report_, scope_.context());
  }
  void operator()(const syntax::SubjectKinds& kinds) {
    for (const auto& kind : kinds.kinds) scope_.kinds.add(kind.name, label_or_name(kind.label, kind.name), report_, scope_.context());
  }
  void operator()(const syntax::OrderedScale& ast) {
    bytecode::Scale scale;
    scale.id = fold_id(ast.name.text);
    scale.label = label_or_name(ast.label, ast.name);
    NameTable<int> steps;
    for (const auto& step : ast.steps) {
      if (!steps.add(step.name, 0, report_, scope_.context())) continue;
      scale.step_ids.push_back(fold_id(step.name.text));
      scope_.spellings.note(step.name.text);
      scale.step_labels.push_back(label_or_name(step.label, step.name));
    }
    scope_.scales.add(ast.name, scale, report_, scope_.context());
  }
  void operator()(const syntax::EvidenceBlock& block) { scope_.shared_evidence.push_back({&block, scope_.context()}); }
  void operator()(const syntax::Table& table) { tables_.push_back(&table); }
  void operator()(const syntax::WorkCalendarDates& dates) {
    auto append = [](std::vector<DayNumber>& to, const std::vector<DayNumber>& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(scope_.calendar.holidays, dates.holidays);
    append(scope_.calendar.extra_workdays, dates.extra_workdays);
  }
  void operator()(const syntax::Indicator& indicator) {
    scope_.indicators.add(indicator.name, {&indicator, scope_.context(), scope_.indicators.rows().size()}, report_, scope_.context());
  }
  void operator()(const syntax::Rating& rating) {
    scope_.ratings.add(rating_name(rating), {&rating, scope_.context()}, report_, scope_.context());
  }
  void operator()(const syntax::Subject& subject) {
    scope_.subjects.push_back(&subject);
    scope_.spellings.note(subject.path.text);
  }
  void operator()(const syntax::OpenChoice& choice) {
    scope_.choices.add(choice.name, {&choice, scope_.context()}, report_, scope_.context());
  }
  void operator()(const syntax::Choice& choice) { scope_.chosen.push_back({&choice, scope_.context()}); }
  void operator()(const syntax::Profile& profile) {
    scope_.profiles.add(profile.name, {&profile, scope_.context()}, report_, scope_.context());
    scope_.spellings.note(profile.name.text);
  }
  void operator()(const syntax::DefaultApplicability& rule) {
    if (own_default_) report_only_once(rule.span, own_default_->span);
    own_default_ = &rule;
    scope_.default_applicability = rule;
  }
  void operator()(const syntax::Stages& stages) {
    if (own_stages_) report_only_once(stages.span, own_stages_->span);
    own_stages_ = &stages;
    scope_.stages = {&stages, scope_.context()};
  }
  void operator()(const syntax::NotRules& rules) { scope_.not_rules.push_back(&rules); }
  void operator()(const syntax::Acceptance& acceptance) { scope_.acceptances.push_back(&acceptance); }
  void operator()(const syntax::Test& test) { scope_.tests.push_back(&test); }

 private:
  void report_only_once(Span second, Span first) {
    report_.at(second, Diag::declared_only_once, {}).label(first, {"khai báo lần đầu ở đây", "first declared here"});
  }

  /// Ratings without a name are told apart by the kinds they are for.
  static syntax::Name rating_name(const syntax::Rating& rating) {
    if (!rating.name.empty()) return rating.name;
    std::string text = "xếp_loại";
    for (const syntax::Name& kind : rating.kinds) text += "_" + kind.text;
    return {text, rating.span};
  }

  void sort_calendar() {
    for (auto* days : {&scope_.calendar.holidays, &scope_.calendar.extra_workdays}) {
      std::sort(days->begin(), days->end());
      days->erase(std::unique(days->begin(), days->end()), days->end());
    }
  }

  PackScope& scope_;
  DataReader read_data_;
  Reporter& report_;
  const syntax::DefaultApplicability* own_default_ = nullptr;
  const syntax::Stages* own_stages_ = nullptr;
  std::vector<const syntax::Table*> tables_;
};

/// Everything of the parent that a child sees.
void inherit(PackScope& child, const PackScope& parent) {
  child.parent = &parent;
  child.languages = parent.languages;
  child.documents = parent.documents;
  child.kinds = parent.kinds;
  child.scales = parent.scales;
  child.tables = parent.tables;
  child.indicators = parent.indicators;
  child.ratings = parent.ratings;
  child.choices = parent.choices;
  child.profiles = parent.profiles;
  child.shared_evidence = parent.shared_evidence;
  child.chosen = parent.chosen;
  child.stages = parent.stages;
  child.default_applicability = parent.default_applicability;
  child.calendar = parent.calendar;
  child.spellings = parent.spellings;
}

}  // namespace

Language PackScope::language_of(FileId file) const {
  auto found = languages.find(file);
  return found == languages.end() ? Language::vi : found->second;
}

std::vector<const PackScope*> PackScope::lineage() const {
  std::vector<const PackScope*> result;
  for (const PackScope* scope = this; scope; scope = scope->parent) result.push_back(scope);
  return result;
}

std::vector<std::unique_ptr<PackScope>> collect_packs(const std::vector<PackSource>& sources, DataReader read_data, Reporter& report) {
  std::vector<const syntax::PackHeader*> headers;
  for (const PackSource& source : sources) headers.push_back(find_header(source, report));
  Ordering ordering(headers, report);
  std::vector<std::unique_ptr<PackScope>> scopes;
  std::map<std::size_t, const PackScope*> by_source;
  for (std::size_t index : ordering.run()) {
    auto scope = std::make_unique<PackScope>();
    if (headers[index]->refines) inherit(*scope, *by_source.at(ordering.parent_of(index)));
    scope->source = &sources[index];
    scope->header = headers[index];
    scope->id = fold_id(headers[index]->path.text);
    Collector(*scope, read_data, report).run();
    by_source[index] = scope.get();
    scopes.push_back(std::move(scope));
  }
  return scopes;
}

}  // namespace quy::sema

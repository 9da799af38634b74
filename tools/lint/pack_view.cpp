#include "tools/lint/pack_view.h"

#include "base/text.h"
#include "tools/lint/effects.h"

namespace quy::lint {

/// Notes where criteria and groups stand, and what is referred to.
class PackView::Index : public SyntaxVisitor {
 public:
  explicit Index(PackView& view) : view_(view) {}

  void criterion(const syntax::Criterion& criterion, const syntax::Group*) override {
    view_.criteria_[{criterion.span.file, criterion.span.begin}] = &criterion;
    own_name_ = criterion.name.span;
  }
  void group(const syntax::Group& group, const syntax::Group*) override {
    view_.groups_[{group.span.file, group.span.begin}] = &group;
  }
  void reference(const std::string& name, Span span) override {
    if (span == own_name_) return;  // a criterion's own name is a reference only where a parameter stands for it
    std::string id = fold_id(name);
    for (std::size_t dot = id.find('.'); dot != std::string::npos; dot = id.find('.', dot + 1))
      view_.references_.insert(id.substr(0, dot));
    std::size_t last = id.rfind('.');
    if (last != std::string::npos) view_.references_.insert(id.substr(last + 1));
    view_.references_.insert(std::move(id));
  }

 private:
  PackView& view_;
  Span own_name_;
};

PackView::PackView(Compilation& compilation, const sema::Pack& pack, std::vector<const syntax::File*> files,
                   const Settings& settings)
    : compilation_(compilation), pack_(pack), settings_(settings), files_(std::move(files)) {
  for (const syntax::File* file : files_) {
    own_files_.insert(file->file);
    for (const syntax::Item& item : file->items)
      if (const auto* header = std::get_if<syntax::PackHeader>(&item)) header_ = header;
  }
  subjects_.reserve(pack.subjects.size());
  for (const sema::Subject& subject : pack.subjects) subjects_.emplace_back(pack, subject);
  Index index(*this);
  walk(index);
}

PackView::~PackView() = default;

const bytecode::Module& PackView::module() const {
  if (!module_) module_ = compilation_.module(pack_, {.given_total_variants = true});
  return *module_;
}

const std::vector<PlacedEffect>& PackView::effects() const {
  if (!effects_) effects_ = place_effects(*this);
  return *effects_;
}

Language PackView::language(FileId file) const {
  for (const syntax::File* own : files_)
    if (own->file == file) return own->language;
  return Language::vi;
}

void PackView::walk(SyntaxVisitor& visitor) const {
  for (const syntax::File* file : files_) lint::walk(*file, visitor);
}

const syntax::Criterion* PackView::tree_of(const sema::Criterion& criterion) const {
  auto found = criteria_.find({criterion.span.file, criterion.span.begin});
  return found == criteria_.end() ? nullptr : found->second;
}

const syntax::Group* PackView::tree_of(const sema::Group& group) const {
  auto found = groups_.find({group.span.file, group.span.begin});
  return found == groups_.end() ? nullptr : found->second;
}

Span PackView::name_span(const sema::Criterion& criterion) const {
  const syntax::Criterion* tree = tree_of(criterion);
  return tree ? tree->name.span : criterion.span;
}

Span PackView::name_span(const sema::Group& group) const {
  const syntax::Group* tree = tree_of(group);
  return tree && !tree->name.empty() ? tree->name.span : tree && tree->label ? tree->label->span : group.span;
}

}  // namespace quy::lint

#pragma once
// One pack as rules look at it: its syntax trees, its typed form, and which of it the author wrote here.

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "tools/lint/subject_view.h"
#include "tools/lint/syntax_walk.h"

namespace quy::lint {

struct PlacedEffect;

struct Settings {
  std::chrono::milliseconds limit{2000};  ///< of the solver, for one question
  bool tests = false;                     ///< findings are to bring the records that show them
};

class PackView {
 public:
  PackView(Compilation& compilation, const sema::Pack& pack, std::vector<const syntax::File*> files,
           const Settings& settings);
  ~PackView();
  PackView(const PackView&) = delete;
  PackView& operator=(const PackView&) = delete;

  const Compilation& compilation() const { return compilation_; }
  const SourceMap& sources() const { return compilation_.sources(); }
  const sema::Pack& pack() const { return pack_; }
  const Settings& settings() const { return settings_; }
  const std::vector<const syntax::File*>& files() const { return files_; }
  const std::vector<SubjectView>& subjects() const { return subjects_; }
  const syntax::PackHeader& header() const { return *header_; }

  /// Whether the place is in one of this pack's own files.
  bool is_own(Span span) const { return own_files_.contains(span.file); }
  Language language(FileId file) const;
  /// A text by the language of the file's keywords; for fixes and for advice that shows source.
  const char* word(FileId file, const char* vi, const char* en) const {
    return language(file) == Language::vi ? vi : en;
  }
  void walk(SyntaxVisitor& visitor) const;
  std::string text(Span span) const { return std::string(sources().text(span)); }

  /// The tree of a typed criterion or group of this pack's files; nothing for one of the pack that it refines.
  const syntax::Criterion* tree_of(const sema::Criterion& criterion) const;
  const syntax::Group* tree_of(const sema::Group& group) const;
  /// Where to point at: its name.
  Span name_span(const sema::Criterion& criterion) const;
  Span name_span(const sema::Group& group) const;

  /// The pack compiled, with variants over stated totals, and what it proves; made when first asked for.
  const bytecode::Module& module() const;
  const std::vector<PlacedEffect>& effects() const;

  /// Ids of everything that some formula, type, argument or statement refers to, parts of dotted names too.
  const std::set<std::string>& references() const { return references_; }

 private:
  class Index;
  Compilation& compilation_;
  const sema::Pack& pack_;
  Settings settings_;
  std::vector<const syntax::File*> files_;
  std::vector<SubjectView> subjects_;
  const syntax::PackHeader* header_ = nullptr;
  std::set<FileId> own_files_;
  std::map<std::pair<FileId, std::uint32_t>, const syntax::Criterion*> criteria_;
  std::map<std::pair<FileId, std::uint32_t>, const syntax::Group*> groups_;
  std::set<std::string> references_;
  mutable std::optional<bytecode::Module> module_;
  mutable std::optional<std::vector<PlacedEffect>> effects_;
};

}  // namespace quy::lint

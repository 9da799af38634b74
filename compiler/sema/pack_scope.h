#pragma once
// The names of one pack: what its own files declare, after everything that the pack it refines declares.
//
// The parent's rows come first in every table, so an index into documents, scales, tables or ratings means the same in the child.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "compiler/sema/from_syntax.h"
#include "compiler/sema/name_table.h"
#include "compiler/sema/typed.h"

namespace quy::sema {

struct TableColumn {
  Type type;
  std::uint32_t index = kNone;          ///< column of the table; kNone for the key and for texts, which formulas cannot use
};
struct DataTable {
  bytecode::Table data;
  std::map<std::string, TableColumn> columns;
  std::map<std::string, std::pair<Rational, Rational>> ranges;   ///< smallest and largest value by column id
};
struct DeclaredIndicator {
  const syntax::Indicator* ast = nullptr;
  Context context;
  std::size_t order = 0;                ///< an indicator uses only those declared before it
};

struct PackScope {
  const PackSource* source = nullptr;
  const syntax::PackHeader* header = nullptr;
  std::string id;
  const PackScope* parent = nullptr;
  std::map<FileId, Language> languages;

  NameTable<bytecode::Document> documents;
  NameTable<std::string> kinds;         ///< labels
  NameTable<bytecode::Scale> scales;
  NameTable<DataTable> tables;
  NameTable<DeclaredIndicator> indicators;
  NameTable<Part<syntax::Rating>> ratings;
  NameTable<Part<syntax::OpenChoice>> choices;   ///< of the pack; those of ratings, groups, criteria are local to them
  NameTable<Part<syntax::Profile>> profiles;
  std::vector<Part<syntax::EvidenceBlock>> shared_evidence;
  std::vector<Part<syntax::Choice>> chosen;      ///< `chọn`, the parent's first
  std::optional<Part<syntax::Stages>> stages;
  std::optional<syntax::DefaultApplicability> default_applicability;
  WorkCalendar calendar;
  Spellings spellings;

  // The pack's own.
  std::vector<const syntax::Subject*> subjects;
  std::vector<const syntax::Test*> tests;
  std::vector<const syntax::NotRules*> not_rules;
  std::vector<const syntax::Acceptance*> acceptances;

  bool framework() const { return header->framework; }
  Language language_of(FileId file) const;
  Context context() const { return {this, nullptr}; }
  /// This pack and those it refines, this one first.
  std::vector<const PackScope*> lineage() const;
};

/// Finds headers, puts packs after those they refine and collects their names. Packs whose header or parent is missing are reported and
/// left out.
std::vector<std::unique_ptr<PackScope>> collect_packs(const std::vector<PackSource>& sources, DataReader read_data, Reporter& report);

/// Reads one table's file into `table`; problems are reported at the file's name. (tables.cpp)
DataTable load_table(const syntax::Table& ast, const PackScope& scope, DataReader read_data, Reporter& report);

}  // namespace quy::sema

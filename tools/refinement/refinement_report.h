#pragma once
// How a criteria set stands to the pack that it refines, one line a clause of the framework.

#include <chrono>
#include <string>
#include <vector>

#include "analysis/refinement/refinement.h"
#include "compiler/driver/compilation.h"

namespace quy::tools {

/// For one question to the solver, unless a command says otherwise.
inline constexpr std::chrono::milliseconds kQuestionLimit{3000};

struct RefinementLine {
  analysis::Relation relation = analysis::Relation::same;
  std::string what;                  ///< id of analysis::ClauseVerdict::What
  std::string id;                    ///< of the criterion, group, level or reading; empty for a rule
  std::vector<std::string> clauses;  ///< of the framework; of the local set where the framework has none
  Bilingual label;                   ///< the framework's criterion or rule in words
  Bilingual local;                   ///< what stands for it in the local set
  Bilingual reason;
  std::string test, evidence;  ///< the witness in the language and as a JSON record; empty without one
  Bilingual local_result, framework_result;
  Span span;  ///< in the local set, else in the framework
};

struct SubjectRefinement {
  std::string id, label;
  std::vector<RefinementLine> lines;
  struct Unmet {
    std::string criterion, citation;
    Rational total;
  };
  std::vector<Unmet> dilution;  ///< the largest total with this criterion of the framework unmet
  std::optional<Rational> all_unmet;
  std::vector<Bilingual> not_analysed;

  bool proved() const;
};

struct PackHashes {
  std::string id, version, meaning, sources;
};

/// One link of the chain: a pack and the one it is held against.
struct PackRefinement {
  PackHashes local, framework;
  Language keywords = Language::vi;  ///< that the local set is written with
  struct Reading {
    std::string id, label, chosen, chosen_label, by;
  };
  std::vector<Reading> readings;  ///< the framework's open choices as the local set picked them
  std::vector<SubjectRefinement> subjects;
  std::vector<std::string> not_completed;  ///< subjects of the framework that the local set does not complete

  bool proved() const;
};

/// A checked pack and the compilation that it is of.
struct CheckedPack {
  Compilation* compilation = nullptr;
  const sema::Pack* pack = nullptr;
};

/// Reports, at its place in the local set, whatever is not proved of the packs that were asked for. False when there was something.
bool report_refinements(Compilation& compilation);

/// Each question to the solver has `limit`. `only`, where it is not empty, is the id of the one subject to look at.
PackRefinement refine_pack(CheckedPack local, CheckedPack framework, const std::string& only,
                           std::chrono::milliseconds limit);

}  // namespace quy::tools

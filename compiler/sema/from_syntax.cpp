#include "compiler/sema/from_syntax.h"

#include <cassert>
#include <map>

#include "compiler/sema/pack_checker.h"
#include "compiler/sema/pack_scope.h"
#include "compiler/sema/report.h"
#include "compiler/sema/verify.h"

namespace quy::sema {

std::vector<std::unique_ptr<Pack>> from_syntax(const std::vector<PackSource>& sources, DataReader read_data, DiagnosticSink& diagnostics) {
  Reporter report(diagnostics);
  std::vector<std::unique_ptr<PackChecker>> checkers;
  std::map<const PackScope*, const PackChecker*> by_scope;
  for (auto& scope : collect_packs(sources, read_data, report)) {
    const PackScope* here = scope.get();
    const PackChecker* parent = nullptr;
    if (here->parent) {
      auto found = by_scope.find(here->parent);
      parent = found == by_scope.end() ? nullptr : found->second;
      // A framework with errors would repeat them in every set that refines it.
      if (!parent || !parent->good()) continue;
    }
    checkers.push_back(std::make_unique<PackChecker>(std::move(scope), parent, report));
    checkers.back()->run();
    by_scope[here] = checkers.back().get();
  }
  std::vector<std::unique_ptr<Pack>> packs;
  for (auto& checker : checkers) {
    if (auto pack = checker->take()) {
      assert(verify(*pack).empty());
      packs.push_back(std::move(pack));
    }
  }
  return packs;
}

}  // namespace quy::sema

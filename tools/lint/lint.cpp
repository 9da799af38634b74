#include "tools/lint/lint.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "compiler/syntax/parse.h"
#include "tools/lint/ignores.h"
#include "tools/lint/report.h"

namespace quy::lint {
namespace {

using Trees = std::map<FileId, syntax::File>;

Trees parse_again(const Compilation& compilation) {
  Trees trees;
  DiagnosticSink silent;  // the check has said everything already
  for (FileId file : compilation.files()) trees.emplace(file, syntax::parse(compilation.sources(), file, silent));
  return trees;
}

std::vector<const syntax::File*> files_of(const sema::Pack& pack, const Trees& trees) {
  std::vector<const syntax::File*> files;
  for (FileId file : pack.files)
    if (auto found = trees.find(file); found != trees.end()) files.push_back(&found->second);
  return files;
}

bool is_asked_for(const Rule& rule, const Request& request) {
  return rule.level <= request.least && (request.only.empty() || request.only.contains(rule.id));
}

void run_rules(const PackView& view, const Request& request, Report& report) {
  for (const Rule& rule : rules()) {
    if (!is_asked_for(rule, request)) continue;
    report.begin(rule);
    rule.run(view, report);
  }
}

/// An indicator's rule is seen once for every subject that uses it.
void keep_once(std::vector<Finding>& findings) {
  auto place = [](const Finding& finding) {
    return std::make_tuple(finding.span.file, finding.span.begin, finding.span.end, std::string_view(finding.rule->id));
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
  findings.erase(std::unique(findings.begin(), findings.end(),
                             [&](const Finding& a, const Finding& b) { return place(a) == place(b); }),
                 findings.end());
}

}  // namespace

std::vector<Finding> lint(Compilation& compilation, const Request& request) {
  const Trees trees = parse_again(compilation);
  Report report;
  for (const sema::Pack* pack : compilation.packs()) {
    const PackView view(compilation, *pack, files_of(*pack, trees), request.settings);
    run_rules(view, request, report);
  }
  std::vector<Finding> findings = std::move(report.findings());
  std::erase_if(findings, [&](const Finding& finding) { return !request.files.contains(finding.span.file); });
  keep_once(findings);
  std::vector<Ignore> ignores;
  for (FileId file : request.files)
    for (Ignore& ignore : ignores_in(compilation.sources(), file)) ignores.push_back(std::move(ignore));
  apply_ignores(
      std::move(ignores), [&](const Rule& rule) { return is_asked_for(rule, request); }, findings);
  keep_once(findings);
  return findings;
}

}  // namespace quy::lint

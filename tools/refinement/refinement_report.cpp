#include "tools/refinement/refinement_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "runtime/trace/outcome.h"
#include "tools/testing/case_writer.h"
#include "tools/testing/evidence_of_test.h"
#include "tools/testing/written_tests.h"

namespace quy::tools {

using analysis::ClauseVerdict;
using analysis::Relation;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Subject;
using What = ClauseVerdict::What;

namespace {

const char* what_id(What what) {
  static const char* const ids[] = {"criterion",   "rule",    "own_rule",       "level_floor",
                                    "gap_policy",  "rating",  "level_monotony", "signed_group",
                                    "presumption", "reading", "quota"};
  return ids[static_cast<std::size_t>(what)];
}

template <class T>
std::uint32_t find(const std::vector<T>& all, const std::string& id) {
  const auto found = std::ranges::find(all, id, &T::id);
  return found == all.end() ? kNone : static_cast<std::uint32_t>(found - all.begin());
}

/// The framework's open choices as the local set picked them; what the framework itself has closed stays.
vm::Program::Readings picked(const Module& local, const Module& framework) {
  vm::Program::Readings readings;
  for (std::uint32_t i = 0; i < framework.readings.size(); ++i) {
    const std::uint32_t mine = find(local.readings, framework.readings[i].id);
    if (mine == kNone || framework.readings[i].closed) continue;
    const auto& options = framework.readings[i].option_ids;
    const auto option = std::ranges::find(options, local.readings[mine].option_ids[local.readings[mine].chosen]);
    if (option != options.end()) readings[i] = static_cast<std::uint32_t>(option - options.begin());
  }
  return readings;
}

/// By criterion of the framework: those that say to stand for it, or else the one of the same id.
std::vector<std::vector<std::uint32_t>> parts(const sema::Subject& local, const sema::Subject& framework, bool direct) {
  std::vector<std::vector<std::uint32_t>> all(framework.criteria.size());
  for (std::uint32_t i = 0; i < local.criteria.size(); ++i) {
    const sema::Criterion& criterion = local.criteria[i];
    std::uint32_t whole =
        direct ? find(framework.criteria, criterion.parent_id) : find(framework.criteria, criterion.id);
    if (whole == kNone && !direct && !criterion.previous_id.empty())
      whole = find(framework.criteria, criterion.previous_id);
    if (whole != kNone) all[whole].push_back(i);
  }
  return all;
}

Bilingual outcome_text(const Subject& subject, const Module& module, vm::OutcomeSet set) {
  const auto outcome = trace::only(set);
  if (!outcome) return {"chưa xác định", "undecided"};
  if (*outcome == vm::kOutcomeGap) return {"không mức nào", "no level"};
  if (*outcome == vm::kOutcomeNotRated) return {"không xếp loại", "not rated"};
  if (*outcome == vm::kOutcomeAuthority) return {"thẩm quyền quyết định", "for the authority"};
  const bytecode::LevelInfo& level = module.ratings[subject.rating].levels[*outcome];
  const std::string& label = level.label.empty() ? level.id : level.label;
  return {label, label};
}

std::string number_text(const Rational& number, char mark) {
  const std::string exact = number.exact_text(mark);
  return exact.find('/') == std::string::npos
             ? exact
             : "≈ " + number.round_to(Rational(1) / Rational(100), Rounding::half_up).exact_text(mark);
}

Bilingual points_text(const vm::Range& points) {
  if (points.left_out) return {"không tính", "left out"};
  if (!points.known()) return {"chưa xác định", "undecided"};
  return {number_text(points.low, ',') + " điểm", number_text(points.low, '.') + " points"};
}

class SubjectReport {
 public:
  SubjectReport(const analysis::Link& link, const sema::Pack& local_pack, const sema::Subject& local,
                const sema::Subject& framework)
      : link_(link),
        local_pack_(local_pack),
        local_(local),
        framework_(framework),
        local_code_(link.local->subjects[link.local_subject]),
        framework_code_(link.framework->subjects[link.framework_subject]) {}

  SubjectRefinement run(std::chrono::milliseconds limit, analysis::MonotoneRatings& monotone) {
    const analysis::Refinement found = analysis::refine(link_, limit, monotone);
    SubjectRefinement made{.id = local_.id,
                           .label = local_.label,
                           .lines = {},
                           .dilution = {},
                           .all_unmet = found.all_unmet,
                           .not_analysed = {}};
    for (const ClauseVerdict& verdict : found.verdicts) made.lines.push_back(line(verdict));
    for (const analysis::Dilution& each : found.dilution) {
      const bytecode::CriterionInfo& criterion = framework_code_.criteria[each.criterion];
      made.dilution.push_back(
          {criterion.label.empty() ? criterion.id : criterion.label, criterion.citation, each.total});
    }
    for (const auto& each : found.not_analysed)
      if (std::ranges::none_of(made.not_analysed, [&](const Bilingual& known) { return known.vi == each.reason.vi; }))
        made.not_analysed.push_back(each.reason);
    return made;
  }

 private:
  const Subject& rated(const Module& module, std::uint32_t subject) const {
    const std::uint32_t variant = module.subjects[subject].given_total_variant;
    return module.subjects[variant == kNone ? subject : variant];
  }

  RefinementLine line(const ClauseVerdict& verdict) const {
    RefinementLine made;
    made.relation = verdict.relation;
    made.what = what_id(verdict.what);
    made.reason = verdict.reason;
    made.span = local_.span;
    describe(verdict, made);
    if (verdict.witness) add_witness(verdict, made);
    return made;
  }

  // ---------------------------------------------------------------- what a line is about

  void describe(const ClauseVerdict& verdict, RefinementLine& made) const {
    switch (verdict.what) {
      case What::criterion: return describe_criterion(verdict.index, made);
      case What::rule: return describe_rule(rated(*link_.framework, link_.framework_subject), verdict.index, made);
      case What::own_rule: return describe_rule(rated(*link_.local, link_.local_subject), verdict.index, made);
      case What::level_floor: return describe_level(verdict.index, made);
      case What::gap_policy:
      case What::rating: return describe_rating({"Xếp loại", "The rating"}, made);
      case What::level_monotony:
        return describe_rating({"Tổng điểm cao hơn thì mức không thấp hơn", "A higher total never has a lower level"},
                               made);
      case What::signed_group: {
        const bytecode::GroupInfo& group = local_code_.groups[verdict.index];
        made.id = group.id;
        made.label = {group.label, group.label};
        made.clauses = {group.citation};
        made.span = local_.groups[verdict.index].span;
        return;
      }
      case What::presumption: {
        const sema::Criterion& criterion = local_.criteria[verdict.index];
        made.id = criterion.id;
        made.label = {criterion.label, criterion.label};
        made.clauses = criterion.clauses.ids;
        made.span = criterion.span;
        return;
      }
      case What::reading: {
        const bytecode::ReadingInfo& reading = link_.framework->readings[verdict.index];
        made.id = reading.id;
        made.label = {reading.label, reading.label};
        made.clauses = {reading.clause};
        return;
      }
      case What::quota: {
        const bytecode::RatingInfo& rating = link_.framework->ratings[framework_code_.rating];
        made.label = {"Tỉ lệ khống chế", "The quota"};
        made.clauses = rating.quotas[verdict.index].clauses;
        return;
      }
    }
  }

  void describe_criterion(std::uint32_t index, RefinementLine& made) const {
    const bytecode::CriterionInfo& criterion = framework_code_.criteria[index];
    made.id = criterion.id;
    made.label = {criterion.label, criterion.label};
    made.clauses = criterion.clauses;
    std::vector<std::string> names;
    for (const std::uint32_t part : link_.parts[index]) names.push_back(local_.criteria[part].name);
    made.local = {fmt::format("{}", fmt::join(names, ", ")), fmt::format("{}", fmt::join(names, ", "))};
    if (!link_.parts[index].empty()) made.span = local_.criteria[link_.parts[index].front()].span;
  }

  static void describe_rule(const Subject& subject, std::uint32_t index, RefinementLine& made) {
    if (index == kNone) return;
    const bytecode::Observable& rule = subject.observables[index];
    made.label = rule.text.vi.empty() ? Bilingual{rule.label, rule.label} : rule.text;
    if (rule.origin != kNone) made.clauses = subject.origins[rule.origin].clauses;
  }

  void describe_level(std::uint32_t level, RefinementLine& made) const {
    const bytecode::LevelInfo& theirs = link_.framework->ratings[framework_code_.rating].levels[level];
    const bytecode::LevelInfo& mine = link_.local->ratings[local_code_.rating].levels[level];
    const auto from = [](const bytecode::LevelInfo& info, char mark) {
      return info.floor ? info.floor->exact_text(mark) : std::string("…");
    };
    made.id = theirs.id;
    made.label = {fmt::format("Mức “{}” từ {} điểm", theirs.label, from(theirs, ',')),
                  fmt::format("“{}” from {} points", theirs.label, from(theirs, '.'))};
    if (mine.floor != theirs.floor) made.local = {from(mine, ','), from(mine, '.')};
    made.clauses = theirs.clauses;
  }

  void describe_rating(Bilingual label, RefinementLine& made) const {
    made.label = std::move(label);
    if (framework_code_.rating != kNone) made.clauses = link_.framework->ratings[framework_code_.rating].clauses;
  }

  // ---------------------------------------------------------------- witnesses

  void add_witness(const ClauseVerdict& verdict, RefinementLine& made) const {
    const analysis::Witness& witness = *verdict.witness;
    const bool of_rating = verdict.witness->local_outcome != 0;
    const Subject& subject = of_rating ? rated(*link_.local, link_.local_subject) : local_code_;
    if (of_rating) {
      made.local_result = outcome_text(subject, *link_.local, witness.local_outcome);
      made.framework_result =
          outcome_text(rated(*link_.framework, link_.framework_subject), *link_.framework, witness.framework_outcome);
      if (verdict.what == What::level_monotony) name_totals(witness, made);
    } else {
      made.local_result = points_text(witness.local_points);
      made.framework_result = points_text(witness.framework_points);
    }
    const CaseWriter writer(*link_.local, subject, local_pack_, local_);
    analysis::TestCase test{title(made), witness.record, {}};
    if (of_rating)
      test.expectations.push_back(writer.outcome(*trace::only(witness.framework_outcome)));
    else if (verdict.what == What::criterion)
      expect_points(verdict, witness, writer, test);
    if (!test.expectations.empty()) made.test = writer.text(test);
    if (!made.test.empty()) made.evidence = evidence_of_text(made.test, subject, local_.id);
  }

  /// Both results are the local set's, at the higher and at the lower total.
  static void name_totals(const analysis::Witness& witness, RefinementLine& made) {
    const auto with_total = [](const vm::Range& total, const Bilingual& level) {
      const Bilingual points = points_text(total);
      return Bilingual{points.vi + ": " + level.vi, points.en + ": " + level.en};
    };
    made.local_result = with_total(witness.local_points, made.local_result);
    made.framework_result = with_total(witness.framework_points, made.framework_result);
  }

  /// What the points ought to be: the framework's where one criterion stands for it, else what the parts have today.
  void expect_points(const ClauseVerdict& verdict, const analysis::Witness& witness, const CaseWriter& writer,
                     analysis::TestCase& test) const {
    const std::vector<std::uint32_t>& own = link_.parts[verdict.index];
    if (own.size() == 1) test.expectations.push_back(writer.criterion_points(own.front(), witness.framework_points));
    if (own.size() < 2) return;
    analysis::Bench bench(*link_.local, link_.local_subject, link_.local_readings, link_.year);
    bench.run({witness.record}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      for (const std::uint32_t part : own)
        test.expectations.push_back(writer.criterion_points(
            part, analysis::sheet_points(local_code_, local_code_.criteria[part].observable, machine, row)));
    });
  }

  static std::string title(const RefinementLine& line) {
    const std::string of = line.clauses.empty() ? "" : line.clauses.front() + ", ";
    return fmt::format("So với khung: {}{}", of, line.label.vi);
  }

  const analysis::Link& link_;
  const sema::Pack& local_pack_;
  const sema::Subject &local_, &framework_;
  const Subject &local_code_, &framework_code_;
};

PackHashes hashes(const Module& module) { return {module.id, module.version, module.hashes[0], module.hashes[1]}; }

/// The subjects that are compared.
std::set<std::string> ids(const sema::Pack& pack) {
  std::set<std::string> all;
  for (const sema::Subject& subject : pack.subjects) all.insert(subject.id);
  return all;
}

void list_readings(const Module& local, const Module& framework, PackRefinement& made) {
  for (const bytecode::ReadingInfo& reading : framework.readings) {
    const std::uint32_t mine = find(local.readings, reading.id);
    if (reading.closed || mine == kNone) continue;
    const bytecode::ReadingInfo& info = local.readings[mine];
    made.readings.push_back(
        {info.id, info.label, info.option_ids[info.chosen], info.option_labels[info.chosen], info.chosen_by});
  }
}

}  // namespace

bool SubjectRefinement::proved() const {
  return std::ranges::none_of(lines, [](const RefinementLine& line) { return analysis::is_finding(line.relation); });
}

bool PackRefinement::proved() const { return std::ranges::all_of(subjects, &SubjectRefinement::proved); }

PackRefinement refine_pack(CheckedPack local, CheckedPack framework, const std::string& only,
                           std::chrono::milliseconds limit) {
  const Module local_module =
      local.compilation->module(*local.pack, {.given_total_variants = true, .variants_of = {}, .replaced_fields = true});
  const Module framework_module =
      framework.compilation->module(*framework.pack, {.given_total_variants = true, .variants_of = ids(*local.pack)});
  // What stands in place of the framework's fields is no part of what the local set means.
  PackRefinement made{.local = hashes(local.compilation->module(*local.pack)),
                      .framework = hashes(framework_module),
                      .keywords = keywords_of(local.compilation->sources(), local.pack->files.front()),
                      .readings = {},
                      .subjects = {},
                      .not_completed = {}};
  list_readings(local_module, framework_module, made);
  analysis::MonotoneRatings monotone;
  const bool direct = local.pack->refines == framework.pack->id && local.pack->id != framework.pack->id;
  for (std::uint32_t theirs = 0; theirs < framework.pack->subjects.size(); ++theirs) {
    const sema::Subject& subject = framework.pack->subjects[theirs];
    const std::uint32_t mine = find(local.pack->subjects, subject.id);
    if (mine == kNone) {
      made.not_completed.push_back(subject.id);
      continue;
    }
    if (!only.empty() && only != subject.id) continue;
    const sema::Subject& own = local.pack->subjects[mine];
    const analysis::Link link{.local = &local_module,
                              .framework = &framework_module,
                              .local_subject = mine,
                              .framework_subject = theirs,
                              .local_readings = {},
                              .framework_readings = picked(local_module, framework_module),
                              .parts = parts(own, subject, direct),
                              .year = test_year(*local.pack)};
    made.subjects.push_back(SubjectReport(link, *local.pack, own, subject).run(limit, monotone));
  }
  return made;
}

namespace {

Diag diagnostic_of(Relation relation) {
  switch (relation) {
    case Relation::looser: return Diag::refinement_looser;
    case Relation::contradicts: return Diag::refinement_contradicts;
    case Relation::missing: return Diag::refinement_missing;
    default: return Diag::refinement_not_proved;
  }
}

Bilingual detail(const RefinementLine& line) {
  Bilingual text;
  if (!line.clauses.empty()) text = {" (" + line.clauses.front() + ")", " (" + line.clauses.front() + ")"};
  if (!line.local_result.vi.empty())
    return {fmt::format("{}; ở đây {}, theo khung {}", text.vi, line.local_result.vi, line.framework_result.vi),
            fmt::format("{}; here {}, by the framework {}", text.en, line.local_result.en, line.framework_result.en)};
  if (!line.reason.vi.empty()) return {text.vi + "; " + line.reason.vi, text.en + "; " + line.reason.en};
  return text;
}

}  // namespace

bool report_refinements(Compilation& compilation) {
  bool good = true;
  for (const sema::Pack* pack : compilation.packs()) {
    const sema::Pack* parent = compilation.refined(*pack);
    if (parent == nullptr) continue;
    const PackRefinement refinement = refine_pack({&compilation, pack}, {&compilation, parent}, "", kQuestionLimit);
    for (const SubjectRefinement& subject : refinement.subjects)
      for (const RefinementLine& line : subject.lines)
        if (analysis::is_finding(line.relation)) {
          compilation.diagnostics().report(line.span, diagnostic_of(line.relation), {line.label, detail(line)});
          good = false;
        }
  }
  compilation.diagnostics().sort();
  return good;
}

}  // namespace quy::tools

#include "tools/testing/mutation_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <optional>

#include "analysis/cases/difference.h"
#include "base/text.h"
#include "runtime/bytecode/codec.h"
#include "tools/testing/case_writer.h"
#include "tools/testing/mutants.h"
#include "tools/testing/read_test.h"
#include "tools/testing/run_tests.h"

namespace quy::tools {

using analysis::symbolic::Verdict;
using bytecode::kNone;
using bytecode::Module;

namespace {

/// One change, in each subject where it stands.
struct Change {
  std::string owner;
  Mutant mutant;
  std::vector<std::uint32_t> subjects;                     ///< of the pack
  std::vector<std::function<void(sema::Subject&)>> apply;  ///< beside them
};

class MutationRun {
 public:
  MutationRun(Compilation& compilation, const sema::Pack& pack, std::chrono::milliseconds limit)
      : compilation_(compilation), pack_(pack), frame_(pack), limit_(limit) {
    frame_.subjects.clear();
    frame_.tests.clear();
    frame_.files.clear();  // no hash of the sources for each change
    for (const sema::Test& test : pack.tests) tests_[test.subject].push_back(test.source);
  }

  MutationReport run(const std::function<void(std::size_t, std::size_t)>& progress) {
    collect();
    std::size_t done = 0;
    for (const Change& change : changes_) {
      try_change(change);
      progress(++done, changes_.size());
    }
    return std::move(report_);
  }

 private:
  void collect() {
    std::map<std::string, std::size_t> shared;  // rating rules by place and words
    for (std::uint32_t i = 0; i < pack_.subjects.size(); ++i) {
      const sema::Subject& subject = pack_.subjects[i];
      if (!tests_.contains(i)) {
        report_.untested.push_back(subject.id);
        continue;
      }
      for (Mutant& mutant : mutants(pack_, subject)) add(i, std::move(mutant), shared);
    }
  }

  void add(std::uint32_t subject, Mutant mutant, std::map<std::string, std::size_t>& shared) {
    const std::string& rating =
        mutant.of_rating ? pack_.ratings[pack_.subjects[subject].rating->declared].info.id : pack_.subjects[subject].id;
    auto apply = mutant.apply;
    if (mutant.of_rating) {
      const std::string key =
          fmt::format("{}|{}|{}|{}|{}", rating, mutant.span.file, mutant.span.begin, mutant.span.end, mutant.change.vi);
      const auto [at, is_new] = shared.try_emplace(key, changes_.size());
      if (!is_new) {
        changes_[at->second].subjects.push_back(subject);
        changes_[at->second].apply.push_back(std::move(apply));
        return;
      }
    }
    changes_.push_back({rating, std::move(mutant), {subject}, {std::move(apply)}});
  }

  /// The pack with one subject, changed or not.
  std::optional<Module> module_with(std::uint32_t subject, const std::function<void(sema::Subject&)>* apply) {
    sema::Pack one = frame_;
    one.subjects.push_back(pack_.subjects[subject]);
    if (apply != nullptr) (*apply)(one.subjects.front());
    Module module = compilation_.module(one, {.given_total_variants = true});
    if (bytecode::verify(module)) return std::nullopt;  // the change makes no pack
    return module;
  }

  void try_change(const Change& change) {
    bool is_valid = false;
    for (std::size_t i = 0; i < change.subjects.size(); ++i) {
      const std::optional<Module> changed = module_with(change.subjects[i], &change.apply[i]);
      if (!changed) continue;
      is_valid = true;
      if (!is_noticed(*changed, change.subjects[i], change.mutant)) continue;
      ++report_.made;
      ++report_.killed;
      return;
    }
    if (!is_valid) return;
    ++report_.made;
    survive(change);
  }

  bool is_noticed(const Module& changed, std::uint32_t subject, const Mutant& mutant) {
    TestRunner runner(changed, Language::vi);
    const auto fails = [&](const syntax::Test* test) { return !runner.run(*test, 0).empty(); };
    return std::ranges::any_of(in_order(subject, mutant), fails);
  }

  /// Tests that speak of the changed criterion first: they notice most.
  std::vector<const syntax::Test*> in_order(std::uint32_t subject, const Mutant& mutant) const {
    std::vector<const syntax::Test*> tests = tests_.at(subject);
    if (mutant.criterion == kNone) return tests;
    const std::string& id = pack_.subjects[subject].criteria[mutant.criterion].id;
    const auto speaks = [&](const syntax::Test* test) {
      return std::ranges::any_of(
          test->expectations, [&](const syntax::Expectation& expected) { return fold_id(expected.name.text) == id; });
    };
    std::stable_partition(tests.begin(), tests.end(), speaks);
    return tests;
  }

  /// In one subject is enough to differ; the same takes a proof in each.
  void survive(const Change& change) {
    Survivor survivor{
        change.owner,         change.mutant.span,  std::string(compilation_.sources().text(change.mutant.span)),
        change.mutant.change, Verdict::impossible, {}};
    for (std::size_t i = 0; i < change.subjects.size() && survivor.differs != Verdict::possible; ++i) {
      const auto [differs, test] = distinguish(change.subjects[i], change.apply[i], change.mutant);
      if (differs != Verdict::impossible) survivor.differs = differs;
      survivor.test = test;
    }
    report_.survivors.push_back(std::move(survivor));
  }

  struct Distinguished {
    Verdict differs = Verdict::not_settled;
    std::string test;
  };

  Distinguished distinguish(std::uint32_t subject, const std::function<void(sema::Subject&)>& apply,
                            const Mutant& mutant) {
    const Module& original = original_of(subject);
    const std::optional<Module> changed = module_with(subject, &apply);
    if (!changed) return {Verdict::impossible, {}};
    for (const std::string& test : written_[subject])
      if (!passes(*changed, test)) return {Verdict::possible, test};
    // A rating is compared over stated totals: which points lead to them does not matter.
    const bool over_total = mutant.of_rating && original.subjects.front().given_total_variant != kNone;
    const auto index = [&](const Module& module) {
      return over_total ? module.subjects.front().given_total_variant : 0;
    };
    const bytecode::Subject &before = original.subjects[index(original)], &after = changed->subjects[index(*changed)];
    const analysis::Distinction found =
        analysis::find_difference(original, before, *changed, after, {mutant.criterion}, test_year(pack_), limit_);
    if (!found.difference) return {found.verdict, {}};
    std::string test = test_of(original, before, subject, mutant, *found.difference, over_total);
    if (!passes(original, test) || passes(*changed, test)) return {};
    written_[subject].push_back(test);
    return {Verdict::possible, std::move(test)};
  }

  std::string test_of(const Module& original, const bytecode::Subject& rated, std::uint32_t subject,
                      const Mutant& mutant, const analysis::Difference& difference, bool over_total) const {
    const CaseWriter writer(original, rated, pack_, pack_.subjects[subject]);
    analysis::TestCase test{title(subject, mutant), difference.record, {}};
    if (mutant.criterion != kNone)
      test.expectations.push_back(writer.criterion_points(mutant.criterion, difference.points));
    else if (std::popcount(difference.outcome) == 1)
      test.expectations.push_back(writer.outcome(static_cast<std::uint32_t>(std::countr_zero(difference.outcome))));
    if (mutant.criterion == kNone && !over_total && !difference.points.left_out)
      test.expectations.push_back(writer.total_points(difference.points));
    return writer.text(test);
  }

  static bool passes(const Module& module, const std::string& text) {
    const ReadTest test(text);
    return TestRunner(module, Language::vi).run(test.test(), 0).empty();
  }

  const Module& original_of(std::uint32_t subject) {
    if (original_subject_ != subject) original_ = module_with(subject, nullptr);
    original_subject_ = subject;
    return *original_;
  }

  std::string title(std::uint32_t subject, const Mutant& mutant) const {
    const LineColumn place = compilation_.sources().line_column(mutant.span.file, mutant.span.begin);
    const std::string& label = mutant.criterion == kNone ? pack_.subjects[subject].label
                                                         : pack_.subjects[subject].criteria[mutant.criterion].label;
    return fmt::format("{}: dòng {} cột {}, {}", label, place.line, place.column, mutant.change.vi);
  }

  Compilation& compilation_;
  const sema::Pack& pack_;
  sema::Pack frame_;                                                 ///< everything but subjects and tests
  std::map<std::uint32_t, std::vector<const syntax::Test*>> tests_;  ///< by subject
  std::vector<Change> changes_;
  std::chrono::milliseconds limit_;
  std::optional<Module> original_;  ///< of the subject that was last asked for
  std::uint32_t original_subject_ = kNone;
  std::map<std::uint32_t, std::vector<std::string>>
      written_;  ///< by subject: tests made for survivors; one often notices several
  MutationReport report_;
};

}  // namespace

MutationReport run_mutations(Compilation& compilation, const sema::Pack& pack, std::chrono::milliseconds limit,
                             const std::function<void(std::size_t, std::size_t)>& progress) {
  return MutationRun(compilation, pack, limit).run(progress);
}

}  // namespace quy::tools

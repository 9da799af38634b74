#include "compiler/sema/tests_checker.h"

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/citations.h"

namespace quy::sema {
namespace {

using bytecode::FieldPlace;
using syntax::Expectation;
using syntax::GivenFact;

class TestChecker {
 public:
  TestChecker(const PackScope& scope, const Pack& pack, const Subject& subject, Reporter& report)
      : scope_(scope), pack_(pack), subject_(subject), report_(report) {}

  void run(const syntax::Test& test) {
    if (!test.period.empty() && !parse_period(test.period)) report_.at(test.period_span, Diag::unknown_period, {test.period});
    for (const GivenFact& fact : test.facts) check_fact(fact);
    for (const syntax::Choice& choice : test.choices) check_choice(choice);
    for (const Expectation& expected : test.expectations) check_expectation(expected);
  }

 private:
  void check_fact(const GivenFact& fact) {
    switch (fact.kind) {
      case GivenFact::Kind::field: check_field(fact); break;
      case GivenFact::Kind::points:
      case GivenFact::Kind::maximum:
        if (is_sheet_item(fact.name)) check_stage(fact.stage);
        break;
      case GivenFact::Kind::decision: check_decision(fact); break;
      case GivenFact::Kind::exception: check_exception(fact.name); break;
      case GivenFact::Kind::total_points:
      case GivenFact::Kind::closed: break;
    }
  }

  void check_field(const GivenFact& fact) {
    std::string id = fold_id(fact.name.text);
    for (std::uint32_t i = 0; i < subject_.lists.size(); ++i)
      if (subject_.lists[i].info.id == id) {
        for (const auto& row : fact.value.rows)
          for (const auto& [name, value] : row) find_field(name, i);
        return;
      }
    find_field(fact.name, kNone);
  }

  void find_field(const syntax::Name& name, std::uint32_t list) {
    std::string id = fold_id(name.text);
    std::vector<std::string> names;
    for (const Field& field : subject_.fields) {
      bool given = field.info.place == FieldPlace::evidence || field.info.place == FieldPlace::exception;
      if (field.info.list != list || !given) continue;
      if (field.info.id == id || fold_id(field.info.name) == id) return;
      names.push_back(field.info.name);
    }
    if (list == kNone)
      for (const List& other : subject_.lists) names.push_back(other.info.name);
    report_.at(name.span, Diag::unknown_field, {name.text}).suggest(nearest(name.text, names));
  }

  bool is_sheet_item(const syntax::Name& name) {
    std::string id = fold_id(name.text);
    std::vector<std::string> names;
    auto known = [&](const auto& item) {
      names.push_back(item.name);
      return item.id == id;
    };
    if (std::any_of(subject_.criteria.begin(), subject_.criteria.end(), known)) return true;
    if (std::any_of(subject_.groups.begin(), subject_.groups.end(), known)) return true;
    report_.at(name.span, Diag::unknown_criterion, {name.text}).suggest(nearest(name.text, names));
    return false;
  }

  void check_stage(const syntax::Name& stage) {
    if (stage.empty()) return;
    if (std::find(subject_.stages.begin(), subject_.stages.end(), fold_id(stage.text)) == subject_.stages.end())
      report_.at(stage.span, Diag::unknown_test_stage, {stage.text}).suggest(nearest(stage.text, pack_.spellings.of(subject_.stages)));
  }

  void check_decision(const GivenFact& fact) {
    auto clause = read_clause(scope_.context(), fact.clause, report_);
    bool known = clause && std::any_of(subject_.fields.begin(), subject_.fields.end(), [&](const Field& field) {
      return field.info.place == FieldPlace::decision && field.info.clause == *clause;
    });
    if (clause && !known) report_.at(fact.clause.span, Diag::no_decision_for_clause, {*clause});
    check_level(fact.name);
  }

  void check_exception(const syntax::Name& name) {
    std::vector<std::string> names;
    for (const Field& field : subject_.fields) {
      if (field.info.place != FieldPlace::exception) continue;
      if (field.info.id == fold_id(name.text)) return;
      names.push_back(field.info.name);
    }
    report_.at(name.span, Diag::unknown_exception, {name.text}).suggest(nearest(name.text, names));
  }

  void check_level(const syntax::Name& name) {
    std::vector<std::string> names;
    if (subject_.rating)
      for (const Level& level : subject_.rating->levels) {
        if (level.id == fold_id(name.text)) return;
        names.push_back(level.name);
      }
    report_.at(name.span, Diag::unknown_level, {name.text}).suggest(nearest(name.text, names));
  }

  void check_choice(const syntax::Choice& choice) {
    std::string id = fold_id(choice.name.text);
    std::vector<std::string> names;
    for (const Reading& reading : pack_.readings) {
      names.push_back(pack_.spellings.of(reading.info.id));
      if (reading.info.id != id) continue;
      const auto& options = reading.info.option_ids;
      if (choice.option.empty() || std::find(options.begin(), options.end(), fold_id(choice.option.text)) != options.end()) return;
      report_.at(choice.option.span, Diag::unknown_option, {choice.option.text, choice.name.text})
          .suggest(nearest(choice.option.text, pack_.spellings.of(options)));
      return;
    }
    report_.at(choice.name.span, Diag::unknown_choice, {choice.name.text}).suggest(nearest(choice.name.text, names));
  }

  void check_expectation(const Expectation& expected) {
    for (const syntax::Citation& clause : expected.because) read_clause(scope_.context(), clause, report_);
    switch (expected.kind) {
      case Expectation::Kind::rating: check_level(expected.name); break;
      case Expectation::Kind::points:
      case Expectation::Kind::left_out: is_sheet_item(expected.name); break;
      case Expectation::Kind::undecided:
        for (const syntax::Name& name : expected.names)
          if (name.text != "none" && name.text != "not_rated") check_level(name);
        break;
      case Expectation::Kind::missing:
        for (const syntax::Name& name : expected.names) check_missing(name);
        break;
      case Expectation::Kind::total:
      case Expectation::Kind::authority:
      case Expectation::Kind::gap:
      case Expectation::Kind::not_rated: break;
    }
  }

  void check_missing(const syntax::Name& name) {
    std::string id = fold_id(name.text);
    bool judged = std::any_of(subject_.criteria.begin(), subject_.criteria.end(), [&](const Criterion& c) { return c.id == id; });
    bool list = std::any_of(subject_.lists.begin(), subject_.lists.end(), [&](const List& l) { return l.info.id == id; });
    if (!judged && !list) find_field(name, kNone);
  }

  const PackScope& scope_;
  const Pack& pack_;
  const Subject& subject_;
  Reporter& report_;
};

/// A subject's id without the pack that first declared it.
std::string path_in_pack(const std::string& id, const PackScope& scope) {
  for (const PackScope* pack : scope.lineage())
    if (id.starts_with(pack->id + ".")) return id.substr(pack->id.size() + 1);
  return id;
}

}  // namespace

void check_tests(const PackScope& scope, Pack& pack, Reporter& report) {
  for (const syntax::Test* test : scope.tests) {
    std::string id = fold_id(test->subject.text);
    std::vector<std::string> names;
    const Subject* found = nullptr;
    std::uint32_t index = kNone;
    for (std::uint32_t i = 0; i < pack.subjects.size(); ++i) {
      const std::string& full = pack.subjects[i].id;
      std::string relative = path_in_pack(full, scope);
      names.push_back(pack.spellings.of(relative));
      if (full != id && relative != id) continue;
      found = &pack.subjects[i];
      index = i;
    }
    if (!found) {
      report.at(test->subject.span, Diag::unknown_subject, {test->subject.text}).suggest(nearest(test->subject.text, names));
      continue;
    }
    TestChecker(scope, pack, *found, report).run(*test);
    pack.tests.push_back({test, index});
  }
}

}  // namespace quy::sema

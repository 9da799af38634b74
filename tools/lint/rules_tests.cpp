// Rules about tests in the language: those that test nothing, and what no test touches.

#include <algorithm>
#include <map>

#include "base/numeric/date.h"
#include "base/text.h"
#include "tools/lint/all_rules.h"
#include "tools/lint/pack_view.h"
#include "tools/lint/report.h"
#include "tools/lint/witness.h"
#include "tools/lint/words.h"

namespace quy::lint {

using sema::kNone;
using syntax::Expectation;
using syntax::GivenFact;
using syntax::GivenValue;

namespace {

// ---------------------------------------------------------------- what a test says, as text that compares

std::string text_of(const GivenValue& value) {
  std::string text = std::to_string(static_cast<int>(value.kind)) + ' ' + value.text + ' ' + std::to_string(value.day) +
                     (value.truth ? " 1 " : " 0 ") + value.number.value.exact_text();
  for (const syntax::GivenRow& row : value.rows) {
    std::vector<std::string> cells;
    for (const auto& [name, cell] : row) cells.push_back(fold_id(name.text) + "=" + text_of(cell));
    std::sort(cells.begin(), cells.end());
    text += '{';
    for (const std::string& cell : cells) text += cell + ';';
    text += '}';
  }
  return text;
}

/// Everything that is given, whatever the order it was written in.
std::string given_by(const syntax::Test& test) {
  std::vector<std::string> facts;
  for (const GivenFact& fact : test.facts)
    facts.push_back(std::to_string(static_cast<int>(fact.kind)) + ' ' + fold_id(fact.name.text) + ' ' +
                    fold_id(fact.stage.text) + ' ' + fact.clause.text + ' ' + text_of(fact.value) + ' ' + fact.text +
                    ' ' + std::to_string(fact.day));
  for (const syntax::Choice& choice : test.choices)
    facts.push_back("choice " + fold_id(choice.name.text) + ' ' + fold_id(choice.option.text));
  std::sort(facts.begin(), facts.end());
  std::string text = fold_id(test.subject.text) + '\x1f' + test.period + '\x1f' + test.unit + '\x1f' +
                     std::to_string(static_cast<int>(test.rest));
  for (const std::string& fact : facts) text += '\x1f' + fact;
  return text;
}

std::string subject_of(const Expectation& expected) {
  const bool of_sheet = expected.kind == Expectation::Kind::points || expected.kind == Expectation::Kind::left_out;
  return std::to_string(of_sheet ? static_cast<int>(Expectation::Kind::points) : static_cast<int>(expected.kind)) +
         ' ' + (of_sheet ? fold_id(expected.name.text) : "");
}

std::string text_of(const Expectation& expected) {
  std::string text = subject_of(expected) + ' ' + std::to_string(static_cast<int>(expected.kind)) + ' ' +
                     fold_id(expected.name.text) + ' ' + expected.from.value.exact_text() + ' ' +
                     expected.to.value.exact_text();
  for (const syntax::Name& name : expected.names) text += ' ' + fold_id(name.text);
  return text;
}

std::set<std::string> expected_by(const syntax::Test& test) {
  std::set<std::string> all;
  for (const Expectation& expected : test.expectations) all.insert(text_of(expected));
  return all;
}

std::vector<const syntax::Test*> tests_of(const PackView& view) {
  std::vector<const syntax::Test*> tests;
  for (const sema::Test& test : view.pack().tests)
    if (view.is_own(test.source->span)) tests.push_back(test.source);
  return tests;
}

const Bilingual kOtherTest{"kiểm thử kia ở đây", "the other test is here"};

/// Tests that give the same, by what they give.
std::map<std::string, std::vector<const syntax::Test*>> tests_by_given(const PackView& view) {
  std::map<std::string, std::vector<const syntax::Test*>> by_given;
  for (const syntax::Test* test : tests_of(view)) by_given[given_by(*test)].push_back(test);
  return by_given;
}

/// Where two tests expect something different of one thing.
const Expectation* clash(const syntax::Test& first, const syntax::Test& second) {
  auto single = [](const Expectation& e) {
    return e.kind == Expectation::Kind::rating || e.kind == Expectation::Kind::total ||
           e.kind == Expectation::Kind::points;
  };
  for (const Expectation& here : second.expectations)
    for (const Expectation& there : first.expectations) {
      if (!single(here) || subject_of(here) != subject_of(there) || here.kind != there.kind) continue;
      const bool rating = here.kind == Expectation::Kind::rating && fold_id(here.name.text) != fold_id(there.name.text);
      const bool apart = here.kind != Expectation::Kind::rating &&
                         (here.from.value > there.to.value || there.from.value > here.to.value);
      if (rating || apart) return &here;
    }
  return nullptr;
}

/// First line of a test, up to its brace.
Span head_of(const PackView& view, const syntax::Test& test) {
  const std::string whole = view.text(test.span);
  const std::size_t brace = whole.find('{');
  if (brace == std::string::npos) return test.span;
  std::size_t end = brace;
  while (end > 0 && whole[end - 1] == ' ') --end;
  return {test.span.file, test.span.begin, static_cast<std::uint32_t>(test.span.begin + end)};
}

}  // namespace

void test_without_expectation(const PackView& view, Report& report) {
  for (const syntax::Test* test : tests_of(view))
    if (test->expectations.empty())
      report.at(head_of(view, *test),
                say("kiểm thử “{0}” không chờ gì, nên không bao giờ trượt",
                    "test “{0}” expects nothing, so it never fails", test->title),
                say("thêm `chờ xếp loại …`, `chờ tổng điểm …` hoặc `chờ điểm X = …`",
                    "add `expect rating …`, `expect total points …` or `expect points X = …`"));
}

void repeated_test(const PackView& view, Report& report) {
  for (const auto& [given, tests] : tests_by_given(view))
    for (std::size_t i = 1; i < tests.size(); ++i) {
      const auto all = expected_by(*tests[i]), first = expected_by(*tests.front());
      if (!std::includes(first.begin(), first.end(), all.begin(), all.end())) continue;
      report
          .at(head_of(view, *tests[i]),
              say("kiểm thử “{0}” lặp lại kiểm thử “{1}”", "test “{0}” repeats test “{1}”", tests[i]->title,
                  tests.front()->title),
              say("đổi số liệu để thử một ngưỡng khác, hoặc bỏ",
                  "change the figures to test another threshold, or remove it"))
          .label(head_of(view, *tests.front()), kOtherTest);
    }
}

void contradictory_tests(const PackView& view, Report& report) {
  for (const auto& [given, tests] : tests_by_given(view))
    for (std::size_t i = 1; i < tests.size(); ++i)
      if (const Expectation* other = clash(*tests.front(), *tests[i]))
        report
            .at(other->span,
                say("hai kiểm thử cùng số liệu mà chờ hai kết quả khác nhau",
                    "two tests give the same figures and expect different results"),
                say("một trong hai sai: sửa số liệu hoặc kết quả chờ",
                    "one of them is wrong: mend the figures or the expectation"))
            .label(head_of(view, *tests.front()), kOtherTest);
}

void repeated_test_title(const PackView& view, Report& report) {
  std::map<std::string, const syntax::Test*> first;
  for (const syntax::Test* test : tests_of(view)) {
    auto [place, fresh] = first.try_emplace(fold_id(test->subject.text) + '\x1f' + test->title, test);
    if (fresh) continue;
    report
        .at(head_of(view, *test),
            say("hai kiểm thử của một đối tượng cùng tên “{0}”: khi trượt không biết là cái nào",
                "two tests of one subject are called “{0}”: when one fails nobody knows which", test->title),
            say("đặt tên nói điều kiểm thử này thử", "name it after what it tests"))
        .label(head_of(view, *place->second), kOtherTest);
  }
}

// ---------------------------------------------------------------- what no test touches

namespace {

bool gives_points(const GivenFact& fact) {
  return fact.kind == GivenFact::Kind::points || fact.kind == GivenFact::Kind::maximum;
}

/// Ids of criteria whose points a test gives or expects, and of fields and lists it gives.
struct Touched {
  std::set<std::string> sheet, fields;
};

Touched touched_by(const PackView& view, std::size_t subject) {
  Touched touched;
  for (const sema::Test& test : view.pack().tests) {
    if (test.subject != subject) continue;
    for (const GivenFact& fact : test.source->facts)
      (gives_points(fact) ? touched.sheet : touched.fields).insert(fold_id(fact.name.text));
    for (const Expectation& expected : test.source->expectations)
      if (expected.kind == Expectation::Kind::points || expected.kind == Expectation::Kind::left_out)
        touched.sheet.insert(fold_id(expected.name.text));
  }
  return touched;
}

bool is_touched(const SubjectView& subject, const sema::Criterion& criterion, const Touched& touched) {
  if (touched.sheet.contains(criterion.id) || touched.fields.contains(criterion.id)) return true;
  for (sema::ExprId root : subject.roots_of(criterion)) {
    bool found = false;
    subject.visit(root, [&](sema::ExprId id) {
      const sema::Expr& expr = subject.expr(id);
      if (expr.op == sema::Op::field)
        found = found || touched.fields.contains(subject.subject().fields[expr.index].info.id);
      const bool folds = expr.op >= sema::Op::exists && expr.op <= sema::Op::smallest;
      if (folds && expr.index != kNone)
        found = found || touched.fields.contains(subject.subject().lists[expr.index].info.id);
    });
    if (found) return true;
  }
  return false;
}

bool has_test(const PackView& view, std::size_t subject) {
  return std::any_of(view.pack().tests.begin(), view.pack().tests.end(),
                     [&](const sema::Test& test) { return test.subject == subject; });
}

}  // namespace

void subject_without_test(const PackView& view, Report& report) {
  // The subjects of a framework leave their points open: whole sheets are tested by the sets that complete it.
  if (view.pack().framework) return;
  for (std::size_t i = 0; i < view.subjects().size(); ++i) {
    const sema::Subject& subject = view.subjects()[i].subject();
    if (!view.is_own(subject.span) || has_test(view, i)) continue;
    report.at(
        subject.span,
        say("đối tượng “{0}” không có kiểm thử nào", "subject “{0}” has no test",
            subject.label.empty() ? subject.id : subject.label),
        say("viết ít nhất một phiếu mẫu với kết quả chờ đợi, hoặc để `quy test --write` viết các kiểm thử ở ngưỡng",
            "write one sample sheet at least with the result you expect, or let `quy test --write` make tests at the "
            "thresholds"));
  }
}

void criterion_without_test(const PackView& view, Report& report) {
  if (view.pack().framework) return;
  for (std::size_t i = 0; i < view.subjects().size(); ++i) {
    const SubjectView& subject = view.subjects()[i];
    if (!has_test(view, i)) continue;
    const Touched touched = touched_by(view, i);
    for (std::uint32_t k = 0; k < subject.subject().criteria.size(); ++k) {
      const sema::Criterion& criterion = subject.subject().criteria[k];
      if (!view.is_own(criterion.span) || is_touched(subject, criterion, touched)) continue;
      report
          .at(view.name_span(criterion),
              say("không kiểm thử nào của đối tượng đụng tới `{0}`", "no test of the subject touches `{0}`",
                  criterion.name),
              say("thêm kiểm thử với `chờ điểm {0} = …`", "add a test with `expect points {0} = …`", criterion.name))
          .tests = Witness(view, static_cast<std::uint32_t>(i)).at_thresholds(k);
    }
  }
}

namespace {

/// A test of the level, made for the first subject of that rating that can get it.
std::vector<std::string> test_of_level(const PackView& view, Span rating, std::uint32_t level) {
  for (std::uint32_t i = 0; i < view.subjects().size(); ++i) {
    const auto& typed = view.subjects()[i].subject().rating;
    if (!typed || view.pack().ratings[typed->declared].span != rating) continue;
    std::vector<std::string> tests = Witness(view, i).of_level("Mức “" + typed->levels[level].label + "”", level);
    if (!tests.empty()) return tests;
  }
  return {};
}

}  // namespace

void level_without_test(const PackView& view, Report& report) {
  const auto tests = tests_of(view);
  if (tests.empty()) return;
  std::set<std::string> expected;
  for (const syntax::Test* test : tests)
    for (const Expectation& each : test->expectations)
      if (each.kind == Expectation::Kind::rating) expected.insert(fold_id(each.name.text));
  for (const syntax::File* file : view.files())
    for (const syntax::Item& item : file->items) {
      const auto* rating = std::get_if<syntax::Rating>(&item);
      for (std::uint32_t i = 0; rating && i < rating->levels.size(); ++i) {
        const syntax::Name& level = rating->levels[i].name;
        if (expected.contains(fold_id(level.text))) continue;
        report
            .at(level.span, say("không kiểm thử nào chờ mức `{0}`", "no test expects level `{0}`", level.text),
                say("thêm một kiểm thử với `chờ xếp loại {0}`", "add a test with `expect rating {0}`", level.text))
            .tests = test_of_level(view, rating->span, i);
      }
    }
}

void test_out_of_force(const PackView& view, Report& report) {
  const auto &from = view.header().in_force_from, &to = view.header().in_force_to;
  if (!from) return;
  for (const syntax::Test* test : tests_of(view)) {
    const auto period = parse_period(test->period);
    if (!period || !test->period_span.valid()) continue;
    const bool before = period->last < *from, after = to && period->last > *to;
    if (!before && !after) continue;
    report
        .at(test->period_span,
            say("kỳ {0} nằm ngoài thời gian bộ tiêu chí có hiệu lực",
                "period {0} is outside the time the pack is in force", test->period),
            say("sửa kỳ của kiểm thử, hoặc ngày hiệu lực", "mend the test's period, or the pack's dates"))
        .label(view.header().span, {"hiệu lực khai báo ở đây", "the pack's dates are here"});
  }
}

}  // namespace quy::lint

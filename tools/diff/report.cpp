#include "tools/diff/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/diff/items.h"
#include "analysis/diff/rating.h"
#include "runtime/trace/outcome.h"
#include "tools/document/sheet.h"
#include "tools/testing/case_writer.h"
#include "tools/testing/evidence_of_test.h"

namespace quy::tools {

using analysis::ChangedRecord;
using analysis::Effect;
using analysis::ItemDiff;
using analysis::Standing;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Subject;
using What = ItemDiff::What;

namespace {

constexpr int kDefaultYear = 2025;

int year_of(const Module& module) {
  return module.in_force_from ? civil_date(*module.in_force_from).year : kDefaultYear;
}

PackHead head(const DiffSide& side) {
  return {side.given, side.module.id, side.module.version, label_of(side.module), side.module.hashes[0], side.module.hashes[1]};
}

bool over_total(What what) { return what == What::rule || what == What::level_floor || what == What::rating; }

/// One subject's differences in words.
class SubjectWords {
 public:
  SubjectWords(const DiffSide& before, const DiffSide& after, const SubjectMatch& match, const analysis::Versions& versions)
      : before_(before),
        after_(after),
        match_(match),
        versions_(versions),
        own_before_(before.module.subjects[match.subject.before]),
        own_after_(after.module.subjects[match.subject.after]),
        texts_before_(before.module),
        texts_after_(after.module) {}

  SubjectMeaning run(const analysis::SubjectDiff& diff) {
    SubjectMeaning made{own_after_.id, own_after_.label, {}, diff.same_requirements, diff.not_analysed};
    for (const ItemDiff& item : diff.items) made.items.push_back(this->item(item));
    return made;
  }

 private:
  MeaningItem item(const ItemDiff& diff) {
    MeaningItem made{diff.what, diff.standing, side(before_, own_before_, diff.what, diff.item.before),
                     side(after_, own_after_, diff.what, diff.item.after), {}, diff.excluded, diff.reason};
    for (const ChangedRecord& record : diff.records) made.records.push_back(shown(diff, made, record));
    return made;
  }

  static SideOfChange side(const DiffSide& side, const Subject& subject, What what, std::uint32_t index) {
    SideOfChange made{index, {}, {}, {}, {}};
    std::uint32_t observable = kNone;
    switch (what) {
      case What::criterion:
        if (index == kNone) return made;
        made.id = subject.criteria[index].id;
        made.label = same_in_both(label_of(subject.criteria[index]));
        observable = subject.criteria[index].observable;
        break;
      case What::group:
        if (index == kNone) return made;
        made.id = subject.groups[index].id;
        made.label = same_in_both(label_of(subject.groups[index]));
        observable = subject.groups[index].observable;
        break;
      case What::rule:
        if (index == kNone) return made;
        made.label = rule_text(side.module, subject, index);
        observable = index;
        break;
      case What::level_floor: {
        const bytecode::LevelInfo& level = side.module.ratings[subject.rating].levels[index];
        const Bilingual from = points_text(level.floor);
        made.id = level.id;
        made.label = {fmt::format("Mức “{}” từ {}", label_of(level), from.vi), fmt::format("“{}” from {}", label_of(level), from.en)};
        made.clauses = level.clauses;
        return made;
      }
      default:
        made.index = 0;
        made.label = name_of(what).text;
        made.label = {in_document(made.label.vi), in_document(made.label.en)};
        return made;
    }
    if (observable == kNone || subject.observables[observable].origin == kNone) return made;
    const bytecode::Origin& origin = subject.origins[subject.observables[observable].origin];
    made.clauses = origin.clauses;
    made.place = side.place(origin);
    return made;
  }

  ShownRecord shown(const ItemDiff& diff, const MeaningItem& item, const ChangedRecord& record) {
    ShownRecord made{record.effect,
                     said(before_.module, own_before_, record.said_before, diff.what, diff.item.before),
                     said(after_.module, own_after_, record.said_after, diff.what, diff.item.after),
                     facts_of({&before_.module, match_.subject.before}, texts_before_, record.before, record.ordinary),
                     {},
                     !record.ordinary.fields.empty() || !record.ordinary.lists.empty(),
                     {},
                     {}};
    made.new_facts = new_facts(record);
    if (after_.source != nullptr) write_test(diff, item, record, made);
    return made;
  }

  /// Points that a criterion takes away are more the worse it is.
  static Bilingual said(const Module& module, const Subject& subject, const analysis::Said& said, What what, std::uint32_t index) {
    Bilingual text = said_text(module, subject, said, what);
    const bool of_sheet = what == What::criterion || what == What::group;
    if (of_sheet && !said.left_out && analysis::deducts(subject, what, index)) text = {"trừ " + text.vi, text.en + " deducted"};
    return text;
  }

  /// Evidence of the newer version that the older has not.
  std::vector<Fact> new_facts(const ChangedRecord& record) const {
    analysis::Record own;
    const Subject& aligned = versions_.after.of();
    const auto known = [&](const bytecode::Field& field) {
      return std::ranges::any_of(own_before_.fields, [&](const bytecode::Field& each) {
        return each.id == field.id && each.place == field.place && each.clause == field.clause && (each.list == kNone) == (field.list == kNone);
      });
    };
    for (const auto& [field, cell] : record.after.fields)
      if (field < aligned.fields.size() && !known(aligned.fields[field])) own.fields[field] = cell;
    for (const auto& [list, rows] : record.after.lists)
      if (std::ranges::find(own_before_.lists, aligned.lists[list].id, &bytecode::List::id) == own_before_.lists.end())
        own.lists[list] = rows;
    return facts_of({&after_.module, match_.subject.after}, texts_after_, own, {});
  }

  void write_test(const ItemDiff& diff, const MeaningItem& item, const ChangedRecord& record, ShownRecord& made) {
    const sema::Subject& source = *after_.source_of(match_.subject.after);
    std::optional<Module> stated;
    if (over_total(diff.what)) stated = analysis::over_stated_total({&after_.module, match_.subject.after});
    const Module& module = stated ? *stated : after_.module;
    const Subject& subject = stated ? stated->subjects.front() : own_after_;
    const CaseWriter writer(module, subject, *after_.source, source);
    analysis::TestCase test{title(item, made), record.after, {}};
    vm::Range points = record.said_after.points;
    if (record.said_after.left_out && points.known() && points.low == Rational(0)) points.left_out = true;
    if (diff.what == What::criterion)
      test.expectations.push_back(writer.criterion_points(diff.item.after, points));
    else if (diff.what == What::group)
      test.expectations.push_back(writer.group_points(diff.item.after, points));
    else if (diff.what == What::points && !record.said_after.points.left_out)
      test.expectations.push_back(writer.total_points(record.said_after.points));
    else if (const auto outcome = trace::only(record.said_after.outcomes))
      test.expectations.push_back(writer.outcome(*outcome));
    if (test.expectations.empty()) return;
    made.test = writer.text(test);
    made.evidence = evidence_of_text(made.test, subject, own_after_.id);
  }

  std::string title(const MeaningItem& item, const ShownRecord& record) const {
    const SideOfChange& what = item.shown();
    const std::string of = what.clauses.empty() ? "" : what.clauses.front() + ", ";
    return fmt::format("Khác bản trước: {}{}, {}: trước {}, nay {}", of, what.label.vi, name_of(record.effect).text.vi,
                       record.before.vi, record.after.vi);
  }

  const DiffSide &before_, &after_;
  const SubjectMatch& match_;
  const analysis::Versions& versions_;
  const Subject &own_before_, &own_after_;
  analysis::RecordTexts texts_before_, texts_after_;
};

bool differs(const analysis::SubjectDiff& diff) {
  return !diff.same_requirements || std::ranges::any_of(diff.items, [](const ItemDiff& item) {
    return item.standing != Standing::same || !(item.what == What::points || item.what == What::level);
  });
}

}  // namespace

bool MeaningItem::excludes(Effect effect) const { return std::ranges::find(excluded, effect) != excluded.end(); }

bool MeaningItem::shows(Effect effect) const {
  return std::ranges::any_of(records, [&](const ShownRecord& record) { return record.effect == effect; });
}

Standing SubjectMeaning::standing() const {
  Standing worst = same_requirements ? Standing::same : Standing::changed;
  for (const MeaningItem& item : items) worst = std::max(worst, item.standing);
  return worst;
}

Standing DiffReport::standing() const {
  if (same_hash()) return Standing::same;
  Standing worst = Standing::same;
  for (const SubjectMeaning& subject : subjects) worst = std::max(worst, subject.standing());
  for (const Change& change : changes) {
    // Whether these matter has been compared as code.
    if (change.thing == Thing::requirement) continue;
    if (change.reach() >= Reach::evidence) worst = Standing::changed;
  }
  return worst;
}

bool DiffReport::may_be_looser() const {
  for (const SubjectMeaning& subject : subjects)
    for (const MeaningItem& item : subject.items) {
      const bool of_sheet = item.what == What::points || item.what == What::level;
      if (item.shows(Effect::better) || (of_sheet && item.standing != Standing::same && !item.excludes(Effect::better))) return true;
    }
  return false;
}

bool DiffReport::not_proved() const {
  return std::ranges::any_of(subjects, [](const SubjectMeaning& subject) {
    return std::ranges::any_of(subject.items, [](const MeaningItem& item) { return item.standing == Standing::not_proved; });
  });
}

DiffReport compare_packs(DiffSide& before, DiffSide& after, const std::string& only, std::chrono::milliseconds limit) {
  DiffReport report;
  report.before = head(before);
  report.after = head(after);
  for (const DiffSide* side : {&after, &before})
    for (const Subject& subject : side->module.subjects) report.subject_labels.emplace(subject.id, label_of(subject));
  if (after.source != nullptr) report.keywords = keywords_of(after.compilation->sources(), after.source->files.front());
  const std::vector<SubjectMatch> matches = match_subjects(before, after);
  report.changes = structural_changes(before, after, matches);
  if (report.same_hash()) return report;
  Module aligned = after.module;
  for (const SubjectMatch& match : matches)
    if (match.subject.in_both())
      analysis::take_ids_of(before.module.subjects[match.subject.before], match.criteria_renames, aligned.subjects[match.subject.after]);
  for (const SubjectMatch& match : matches) {
    if (!match.subject.in_both()) continue;
    if (!only.empty() && after.module.subjects[match.subject.after].id != only) continue;
    const analysis::Versions versions{{&before.module, match.subject.before}, {&aligned, match.subject.after}, match.criteria, match.groups,
                                      year_of(after.module)};
    const analysis::SubjectDiff diff = analysis::compare_versions(versions, limit);
    if (differs(diff)) report.subjects.push_back(SubjectWords(before, after, match, versions).run(diff));
  }
  return report;
}

WrittenTests tests_of(const DiffReport& report) {
  WrittenTests tests;
  for (const SubjectMeaning& subject : report.subjects)
    for (const MeaningItem& item : subject.items)
      for (const ShownRecord& record : item.records)
        if (!record.test.empty()) tests.add(record.test, report.keywords);
  return tests;
}

}  // namespace quy::tools

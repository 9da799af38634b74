#include "tools/diff/structure.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "runtime/trace/numbers.h"
#include "tools/diff/words.h"
#include "tools/document/sheet.h"
#include "tools/document/wording.h"

namespace quy::tools {

using analysis::Match;
using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Observable;
using bytecode::Role;
using bytecode::Subject;

namespace {

using Details = std::vector<Detail>;

void note(Details& details, Bilingual what, Bilingual before, Bilingual after, Reach reach) {
  if (before != after) details.push_back({std::move(what), std::move(before), std::move(after), reach});
}
void note(Details& details, Bilingual what, const std::string& before, const std::string& after, Reach reach) {
  note(details, std::move(what), same_in_both(before), same_in_both(after), reach);
}

/// Texts without their order: what is in one only, put beside one another as far as both have some left.
void note_texts(Details& details, const Bilingual& what, std::vector<Bilingual> before, std::vector<Bilingual> after) {
  for (auto each = before.begin(); each != before.end();) {
    const auto same = std::ranges::find(after, *each);
    if (same == after.end()) {
      ++each;
      continue;
    }
    after.erase(same);
    each = before.erase(each);
  }
  before.resize(std::max(before.size(), after.size()));
  after.resize(before.size());
  for (std::size_t i = 0; i < before.size(); ++i) note(details, what, before[i], after[i], Reach::rules);
}

std::string clauses_text(const std::vector<std::string>& clauses) { return fmt::format("{}", fmt::join(clauses, ", ")); }

/// The things of one subject, or of the pack, as changes.
class Changes {
 public:
  Changes(const DiffSide& before, const DiffSide& after) : before_(before), after_(after) {}

  std::vector<Change> all;

  void add(Change change) {
    const bool in_both = change.before.index != kNone && change.after.index != kNone;
    if (in_both && change.details.empty() && change.kind == ChangeKind::changed) return;
    for (Change& known : all)
      if (!change.subjects.empty() && same_change(known, change)) {
        known.subjects.insert(known.subjects.end(), change.subjects.begin(), change.subjects.end());
        return;
      }
    all.push_back(std::move(change));
  }

  /// Items of one list, told apart by their ids.
  template <class Item>
  void add_items(Thing thing, const std::vector<Item>& before, const std::vector<Item>& after,
                 const std::function<std::string(const Item&)>& id, const std::function<Bilingual(const Item&)>& label,
                 const std::function<Details(const Item&, const Item&)>& compare) {
    const auto side = [&](const std::vector<Item>& items, std::uint32_t i) {
      return SideOfChange{i, id(items[i]), label(items[i]), {}, {}};
    };
    std::set<std::uint32_t> taken;
    for (std::uint32_t i = 0; i < before.size(); ++i) {
      Change change{thing, ChangeKind::removed, side(before, i), {}, {}, {}};
      for (std::uint32_t j = 0; j < after.size(); ++j) {
        if (taken.contains(j) || id(after[j]) != id(before[i])) continue;
        taken.insert(j);
        change.kind = ChangeKind::changed;
        change.after = side(after, j);
        change.details = compare(before[i], after[j]);
        break;
      }
      add(std::move(change));
    }
    for (std::uint32_t j = 0; j < after.size(); ++j)
      if (!taken.contains(j)) add({thing, ChangeKind::added, {}, side(after, j), {}, {}});
  }

 private:
  static bool same_change(const Change& a, const Change& b) {
    const auto same_side = [](const SideOfChange& x, const SideOfChange& y) {
      return x.id == y.id && x.label == y.label && x.clauses == y.clauses && x.place == y.place;
    };
    return a.thing == b.thing && a.kind == b.kind && same_side(a.before, b.before) && same_side(a.after, b.after) &&
           std::ranges::equal(a.details, b.details, [](const Detail& x, const Detail& y) {
             return x.what == y.what && x.before == y.before && x.after == y.after;
           });
  }

  const DiffSide &before_, &after_;
};

// ---------------------------------------------------------------- one subject

/// One version of a subject as the comparison reads it.
struct View {
  const DiffSide& side;
  std::uint32_t index;
  const Module& module() const { return side.module; }
  const Subject& subject() const { return side.module.subjects[index]; }

  SideOfChange observed(std::uint32_t index, const std::string& id, const std::string& label, std::uint32_t observable) const {
    SideOfChange made{index, id, same_in_both(label.empty() ? id : label), {}, {}};
    if (observable != kNone) locate(made, observable);
    return made;
  }
  void locate(SideOfChange& made, std::uint32_t observable) const {
    const std::uint32_t origin = subject().observables[observable].origin;
    if (origin == kNone) return;
    made.clauses = subject().origins[origin].clauses;
    made.place = side.place(subject().origins[origin]);
  }
};

bool is_evidence(const Field& field) {
  return field.place == FieldPlace::evidence || field.place == FieldPlace::exception || field.place == FieldPlace::decision;
}

class SubjectStructure {
 public:
  SubjectStructure(const DiffSide& before, const DiffSide& after, const SubjectMatch& match, Changes& changes)
      : match_(match), before_{before, match.subject.before}, after_{after, match.subject.after}, changes_(changes) {}

  void run() {
    compare_subject();
    for (const Match& group : match_.groups) compare_group(group);
    for (const Match& criterion : match_.criteria) compare_criterion(criterion);
    compare_rules();
    compare_evidence();
    compare_texts(Thing::requirement, requirements(before_), requirements(after_));
    compare_values();
  }

 private:
  const std::string& id() const { return after_.subject().id; }
  void add(Change change) {
    change.subjects = {id()};
    changes_.add(std::move(change));
  }

  void compare_subject() {
    const Subject &was = before_.subject(), &is = after_.subject();
    Change change{Thing::subject, ChangeKind::changed, side(before_), side(after_), {}, {}};
    note(change.details, {"tên", "label"}, was.label, is.label, Reach::words);
    note(change.details, {"trích dẫn", "citation"}, was.citation, is.citation, Reach::words);
    note(change.details, {"loại đối tượng", "kind"}, was.kind, is.kind, Reach::words);
    note(change.details, {"bước chấm", "stages"}, clauses_text(was.stages), clauses_text(is.stages), Reach::evidence);
    note(change.details, {"xếp loại theo", "rated by"}, rating_of(before_), rating_of(after_), Reach::set);
    const auto digits = [](const Subject& subject) { return std::to_string(subject.total_print_digits); };
    note(change.details, {"số chữ số khi in tổng điểm", "digits of the printed total"}, digits(was), digits(is), Reach::words);
    note(change.details, {"sai sót của văn bản được chấp nhận", "accepted defects of the text"}, clauses_text(was.acknowledged),
         clauses_text(is.acknowledged), Reach::words);
    add(std::move(change));
  }
  static SideOfChange side(const View& view) {
    return {view.index, view.subject().id, same_in_both(view.subject().label), {view.subject().citation}, {}};
  }
  static std::string rating_of(const View& view) {
    return view.subject().rating == kNone ? "" : label_of(view.module().ratings[view.subject().rating]);
  }

  // -------------------------------------------------------------- groups and criteria

  template <class Item>
  Change item(Thing thing, const Match& match, const std::vector<Item>& was, const std::vector<Item>& is) const {
    Change change{thing, ChangeKind::changed, {}, {}, {}, {}};
    const auto side = [](const View& view, const std::vector<Item>& items, std::uint32_t i) {
      SideOfChange made = view.observed(i, items[i].id, items[i].label, items[i].observable);
      if (made.clauses.empty() && !items[i].citation.empty()) made.clauses = {items[i].citation};
      return made;
    };
    if (match.before != kNone) change.before = side(before_, was, match.before);
    if (match.after != kNone) change.after = side(after_, is, match.after);
    if (match.before == kNone) change.kind = ChangeKind::added;
    if (match.after == kNone) change.kind = ChangeKind::removed;
    if (match.in_both()) {
      if (change.before.id != change.after.id) change.kind = ChangeKind::renamed;
      note(change.details, {"tên", "label"}, was[match.before].label, is[match.after].label, Reach::words);
      note(change.details, {"trích dẫn", "citation"}, clauses_text(change.before.clauses), clauses_text(change.after.clauses),
           Reach::words);
      note_treatments(change.details, was[match.before].treatments, is[match.after].treatments);
    }
    return change;
  }

  static void note_treatments(Details& details, const bytecode::Treatments& was, const bytecode::Treatments& is) {
    static const Bilingual kCauses[] = {{"khi không áp dụng", "when not applicable"},
                                        {"khi không phát sinh", "when nothing arose"},
                                        {"khi chưa đến hạn", "when not yet due"}};
    for (std::size_t cause = 0; cause < was.size(); ++cause)
      note(details, kCauses[cause], treatment_text(was[cause]), treatment_text(is[cause]), Reach::rules);
  }

  std::string group_name(const View& view, std::uint32_t group) const {
    return group == kNone ? "" : label_of(view.subject().groups[group]);
  }
  /// The id that the group had before.
  std::string group_id(const View& view, std::uint32_t group) const {
    return group == kNone ? "" : view.subject().groups[group].id;
  }

  void note_move(Change& change, std::uint32_t was, std::uint32_t is) const {
    if (group_id(before_, was) == group_id(after_, is)) return;
    if (change.kind == ChangeKind::changed) change.kind = ChangeKind::moved;
    note(change.details, {"nhóm", "group"}, group_name(before_, was), group_name(after_, is), Reach::rules);
  }

  void compare_group(const Match& match) {
    const auto &was = before_.subject().groups, &is = after_.subject().groups;
    Change change = item(Thing::group, match, was, is);
    if (match.in_both()) {
      const bytecode::GroupInfo &a = was[match.before], &b = is[match.after];
      note(change.details, {"điểm tối đa", "maximum"}, points_text(a.max), points_text(b.max), Reach::rules);
      note(change.details, {"cách tính", "sign"}, sign_text(a.sign), sign_text(b.sign), Reach::rules);
      note_move(change, a.parent, b.parent);
      note_texts(change.details, {"cách tính", "how points are made"}, lines(a.lines), lines(b.lines));
    }
    add(std::move(change));
  }

  void compare_criterion(const Match& match) {
    const auto &was = before_.subject().criteria, &is = after_.subject().criteria;
    Change change = item(Thing::criterion, match, was, is);
    if (match.in_both()) {
      const bytecode::CriterionInfo &a = was[match.before], &b = is[match.after];
      note(change.details, {"điểm", "points"}, points_text(a.points), points_text(b.points), Reach::rules);
      note_move(change, a.group, b.group);
      note_texts(change.details, {"cách chấm", "scoring"}, lines(a.lines), lines(b.lines));
      note_texts(change.details, {"điều kiện", "condition"}, conditions(before_, a.observable), conditions(after_, b.observable));
      note(change.details, {"hướng dẫn", "guidance"}, a.guidance, b.guidance, Reach::words);
      note_scores(change.details, a.id, b.id);
    } else {
      const bool added = match.before == kNone;
      const bytecode::CriterionInfo& only = added ? is[match.after] : was[match.before];
      const Bilingual points = points_text(only.points);
      note(change.details, {"điểm", "points"}, added ? Bilingual{} : points, added ? points : Bilingual{}, Reach::rules);
    }
    add(std::move(change));
  }

  static std::vector<Bilingual> lines(const std::vector<bytecode::ScoringLine>& all) {
    std::vector<Bilingual> texts;
    for (const bytecode::ScoringLine& line : all) {
      Bilingual text{in_document(line.text.vi), in_document(line.text.en)};
      if (!line.points.vi.empty()) text = {text.vi + ": " + line.points.vi, text.en + ": " + line.points.en};
      texts.push_back(std::move(text));
    }
    return texts;
  }

  static std::vector<Bilingual> conditions(const View& view, std::uint32_t item) {
    std::vector<Bilingual> texts;
    for (std::uint32_t i = 0; i < view.subject().observables.size(); ++i) {
      const Observable& each = view.subject().observables[i];
      const bool own = each.role == Role::criterion_condition || each.role == Role::criterion_row ||
                       each.role == Role::lose_all || each.role == Role::exception;
      if (own && !each.text.vi.empty() && stands_in(view.subject(), i, item))
        texts.push_back({role_text(each.role).vi + in_document(each.text.vi), role_text(each.role).en + in_document(each.text.en)});
    }
    return texts;
  }
  static bool stands_in(const Subject& subject, std::uint32_t observable, std::uint32_t item) {
    for (std::uint32_t i = observable; i != kNone; i = subject.observables[i].parent)
      if (i == item) return true;
    return false;
  }

  /// How people score: the step, what is presumed, who proposes the maximum.
  void note_scores(Details& details, const std::string& was, const std::string& is) const {
    const auto find = [](const View& view, const std::string& id, FieldPlace place) -> const Field* {
      for (const Field& field : view.subject().fields)
        if (field.place == place && field.id == id) return &field;
      return nullptr;
    };
    const auto number = [](const std::optional<Rational>& value) { return value ? number_text(*value) : Bilingual{}; };
    const Field *a = find(before_, was, FieldPlace::score), *b = find(after_, is, FieldPlace::score);
    if (a != nullptr && b != nullptr) {
      note(details, {"mã điểm chấm trong hồ sơ", "key of the score in records"}, was, is, Reach::evidence);
      note(details, {"bước chấm điểm", "step of the score"}, number(a->step), number(b->step), Reach::evidence);
      note(details, {"coi là", "presumed"}, number(a->presumed), number(b->presumed), Reach::evidence);
      note(details, {"điểm chấm trong khoảng", "scores lie in"}, bounds_text(*a), bounds_text(*b), Reach::evidence);
    }
    const Field *c = find(before_, was, FieldPlace::maximum), *d = find(after_, is, FieldPlace::maximum);
    const auto proposed = [](bool by_person) { return by_person ? Bilingual{"do cá nhân đề xuất", "proposed by the person"} : Bilingual{}; };
    note(details, {"điểm tối đa", "maximum"}, proposed(c != nullptr), proposed(d != nullptr), Reach::evidence);
    if (c != nullptr && d != nullptr) note(details, {"mức đề xuất", "proposals lie in"}, bounds_text(*c), bounds_text(*d), Reach::evidence);
  }

  // -------------------------------------------------------------- rating

  struct RatingRule {
    std::uint32_t observable;
    std::string level;
    Bilingual text;
    std::vector<std::string> clauses;
    Role role;
  };

  static std::vector<RatingRule> rules(const View& view) {
    std::vector<RatingRule> all;
    const Subject& subject = view.subject();
    for (std::uint32_t i = 0; i < subject.observables.size(); ++i) {
      const Observable& each = subject.observables[i];
      if (!is_rating_rule(each.role)) continue;
      RatingRule rule{i, {}, rule_text(view.module(), subject, i), {}, each.role};
      if (each.level != kNone && each.level < view.module().ratings[subject.rating].levels.size())
        rule.level = view.module().ratings[subject.rating].levels[each.level].id;
      if (each.origin != kNone) rule.clauses = subject.origins[each.origin].clauses;
      all.push_back(std::move(rule));
    }
    return all;
  }

  void compare_rules() {
    if (before_.subject().rating == kNone || after_.subject().rating == kNone) return;
    const std::vector<RatingRule> was = rules(before_), is = rules(after_);
    std::vector<bool> taken(is.size());
    std::vector<std::size_t> partner(was.size(), is.size());
    const auto pair_by = [&](const auto& same) {
      for (std::size_t i = 0; i < was.size(); ++i)
        for (std::size_t j = 0; j < is.size() && partner[i] == is.size(); ++j)
          if (!taken[j] && was[i].role == is[j].role && was[i].level == is[j].level && same(was[i], is[j])) {
            taken[j] = true;
            partner[i] = j;
          }
    };
    pair_by([](const RatingRule& a, const RatingRule& b) { return a.text == b.text && a.clauses == b.clauses; });
    pair_by([](const RatingRule& a, const RatingRule& b) { return a.text == b.text; });
    pair_by([](const RatingRule& a, const RatingRule& b) { return a.clauses == b.clauses; });
    for (std::size_t i = 0; i < was.size(); ++i) {
      Change change{Thing::rule, ChangeKind::removed, side(before_, was[i]), {}, {}, {}};
      if (partner[i] != is.size()) {
        const RatingRule& now = is[partner[i]];
        change.kind = ChangeKind::changed;
        change.after = side(after_, now);
        note(change.details, {"quy tắc", "rule"}, was[i].text, now.text, Reach::rules);
        note(change.details, {"trích dẫn", "citation"}, clauses_text(was[i].clauses), clauses_text(now.clauses), Reach::words);
      }
      add(std::move(change));
    }
    for (std::size_t j = 0; j < is.size(); ++j)
      if (!taken[j]) add({Thing::rule, ChangeKind::added, {}, side(after_, is[j]), {}, {}});
  }

  static SideOfChange side(const View& view, const RatingRule& rule) {
    SideOfChange made{rule.observable, rule.level, rule.text, {}, {}};
    view.locate(made, rule.observable);
    return made;
  }

  // -------------------------------------------------------------- evidence

  static std::string field_id(const View& view, const Field& field) {
    const std::string own = field.place == FieldPlace::decision ? "decision " + field.clause : field.id;
    return field.list == kNone ? own : view.subject().lists[field.list].id + "." + own;
  }

  std::uint32_t field_like(const Field& wanted, const std::string& id) const {
    for (std::uint32_t i = 0; i < after_.subject().fields.size(); ++i) {
      const Field& field = after_.subject().fields[i];
      if (field.place == wanted.place && field_id(after_, field) == id) return i;
    }
    return kNone;
  }
  /// The field of the newer version that was once called so.
  std::uint32_t field_once(const Field& wanted, const std::string& id) const {
    for (std::uint32_t i = 0; i < after_.subject().fields.size(); ++i) {
      Field field = after_.subject().fields[i];
      if (field.previous_id.empty() || field.place != wanted.place) continue;
      field.id = field.previous_id;
      if (field_id(after_, field) == id) return i;
    }
    return kNone;
  }

  SideOfChange side(const View& view, std::uint32_t index) const {
    const Field& field = view.subject().fields[index];
    SideOfChange made{index, field_id(view, field), same_in_both(field.label.empty() ? field.name : field.label), {}, {}};
    if (!field.clause.empty()) made.clauses = {field.clause};
    if (const sema::Subject* source = view.side.source_of(view.index); source != nullptr && index < source->fields.size() &&
                                                                      source->fields[index].info.id == field.id)
      made.place = view.side.place(source->fields[index].span);
    return made;
  }

  void compare_evidence() {
    std::set<std::uint32_t> taken;
    for (std::uint32_t i = 0; i < before_.subject().fields.size(); ++i) {
      const Field& was = before_.subject().fields[i];
      if (!is_evidence(was)) continue;
      const std::string id = field_id(before_, was);
      std::uint32_t now = field_like(was, id);
      Change change{Thing::evidence, ChangeKind::changed, side(before_, i), {}, {}, {}};
      if (now == kNone) {
        now = field_once(was, id);
        change.kind = now == kNone ? ChangeKind::removed : ChangeKind::renamed;
      }
      if (now != kNone) {
        taken.insert(now);
        change.after = side(after_, now);
        if (change.kind == ChangeKind::renamed)
          note(change.details, {"mã trong hồ sơ", "key in records"}, id, change.after.id, Reach::evidence);
        note_field(change.details, was, after_.subject().fields[now]);
      }
      add(std::move(change));
    }
    for (std::uint32_t i = 0; i < after_.subject().fields.size(); ++i)
      if (is_evidence(after_.subject().fields[i]) && !taken.contains(i))
        add({Thing::evidence, ChangeKind::added, {}, side(after_, i), {}, {}});
  }

  void note_field(Details& details, const Field& was, const Field& is) const {
    note(details, {"tên", "label"}, was.label, is.label, Reach::words);
    note(details, {"kiểu", "type"}, kind_text(was.kind), kind_text(is.kind), Reach::evidence);
    note(details, {"đơn vị", "unit"}, was.unit, is.unit, Reach::words);
    note(details, {"số chữ số lẻ", "decimals"}, std::to_string(was.digits), std::to_string(is.digits), Reach::evidence);
    if (was.kind == is.kind) note(details, {"giá trị", "values"}, bounds_text(was), bounds_text(is), Reach::evidence);
    note(details, {"không quá", "at most"}, whole(before_, was), whole(after_, is), Reach::evidence);
    note(details, {"kỳ", "period"}, period_text(was), period_text(is), Reach::words);
    note(details, {"nguồn", "source"}, was.source, is.source, Reach::words);
    note(details, {"hướng dẫn", "guidance"}, was.guidance, is.guidance, Reach::words);
    note(details, {"phải kèm", "needs"}, proof_text(was), proof_text(is), Reach::evidence);
    note(details, {"có thể không áp dụng", "may be left out"}, yes_no(was.may_be_left_out), yes_no(is.may_be_left_out), Reach::evidence);
    const auto levels = [](const Field& field) { return std::to_string(field.allowed_levels); };
    if (was.place == FieldPlace::decision && levels(was) != levels(is))
      note(details, {"mức được chọn", "levels to choose from"}, level_names(before_, was), level_names(after_, is), Reach::evidence);
  }
  static std::string whole(const View& view, const Field& field) {
    if (field.at_most_field == kNone) return {};
    const Field& other = view.subject().fields[field.at_most_field];
    return other.label.empty() ? other.name : other.label;
  }
  static std::string level_names(const View& view, const Field& field) {
    std::vector<std::string> names;
    const auto& levels = view.module().ratings[view.subject().rating].levels;
    for (std::uint32_t i = 0; i < levels.size(); ++i)
      if (((field.allowed_levels >> i) & 1U) != 0) names.push_back(label_of(levels[i]));
    return clauses_text(names);
  }

  static std::vector<std::pair<std::string, std::uint32_t>> requirements(const View& view) {
    std::vector<std::pair<std::string, std::uint32_t>> all;
    for (const bytecode::Requirement& each : view.subject().requirements) all.emplace_back(each.text, each.origin);
    return all;
  }

  void compare_texts(Thing thing, const std::vector<std::pair<std::string, std::uint32_t>>& was,
                     const std::vector<std::pair<std::string, std::uint32_t>>& is) {
    const auto side = [](const View& view, const std::pair<std::string, std::uint32_t>& text) {
      SideOfChange made{0, text.first, same_in_both(text.first), {}, {}};
      if (text.second != kNone) made.place = view.side.place(view.subject().origins[text.second]);
      return made;
    };
    const auto has = [](const auto& all, const auto& text) {
      return std::ranges::any_of(all, [&](const auto& each) { return each.first == text.first; });
    };
    for (const auto& each : was)
      if (!has(is, each)) add({thing, ChangeKind::removed, side(before_, each), {}, {}, {}});
    for (const auto& each : is)
      if (!has(was, each)) add({thing, ChangeKind::added, {}, side(after_, each), {}, {}});
  }

  /// `tính`: named values at the root.
  void compare_values() {
    for (std::uint32_t i = 0; i < before_.subject().observables.size(); ++i) {
      const Observable& was = before_.subject().observables[i];
      if (was.role != Role::value || was.parent != kNone || was.id.empty()) continue;
      for (std::uint32_t j = 0; j < after_.subject().observables.size(); ++j) {
        const Observable& is = after_.subject().observables[j];
        if (is.role != Role::value || is.parent != kNone || is.id != was.id) continue;
        Change change{Thing::value, ChangeKind::changed, before_.observed(i, was.id, was.label, i),
                      after_.observed(j, is.id, is.label, j), {}, {}};
        note(change.details, {"công thức", "formula"}, was.text, is.text, Reach::rules);
        add(std::move(change));
      }
    }
  }

  const SubjectMatch& match_;
  View before_, after_;
  Changes& changes_;
};

// ---------------------------------------------------------------- the pack

void compare_pack(const DiffSide& before, const DiffSide& after, Changes& changes) {
  const Module &was = before.module, &is = after.module;
  const auto side = [](const Module& module) { return SideOfChange{0, module.id, same_in_both(label_of(module)), {}, {}}; };
  Change pack{Thing::pack, ChangeKind::changed, side(was), side(is), {}, {}};
  note(pack.details, {"mã", "id"}, was.id, is.id, Reach::words);
  note(pack.details, {"tên", "label"}, was.label, is.label, Reach::words);
  note(pack.details, {"phiên bản", "version"}, was.version, is.version, Reach::words);
  note(pack.details, {"hiệu lực từ", "in force from"}, day_text(was.in_force_from), day_text(is.in_force_from), Reach::words);
  note(pack.details, {"hiệu lực đến", "in force to"}, day_text(was.in_force_to), day_text(is.in_force_to), Reach::words);
  note(pack.details, {"hồ sơ cách hiểu", "profile"}, was.profile, is.profile, Reach::words);
  changes.add(std::move(pack));

  changes.add_items<bytecode::Document>(
      Thing::document, was.documents, is.documents, [](const auto& d) { return d.name; },
      [](const auto& d) { return same_in_both(d.symbol); },
      [](const auto& a, const auto& b) {
        Details details;
        note(details, {"ký hiệu", "symbol"}, a.symbol, b.symbol, Reach::words);
        note(details, {"ngày", "date"}, day_text(a.date), day_text(b.date), Reach::words);
        note(details, {"thay thế", "replaces"}, a.replaces, b.replaces, Reach::words);
        return details;
      });
  changes.add_items<bytecode::ReadingInfo>(
      Thing::reading, was.readings, is.readings, [](const auto& r) { return r.id; },
      [](const auto& r) { return same_in_both(label_of(r)); },
      [](const auto& a, const auto& b) {
        Details details;
        note(details, {"tên", "label"}, a.label, b.label, Reach::words);
        const auto chosen = [](const bytecode::ReadingInfo& r) {
          const std::string& label = r.option_labels[r.chosen];
          return in_document(label.empty() ? r.option_ids[r.chosen] : label);
        };
        if (a.option_ids[a.chosen] != b.option_ids[b.chosen])
          note(details, {"cách hiểu được chọn", "reading chosen"}, chosen(a), chosen(b), Reach::rules);
        note(details, {"theo", "by"}, a.chosen_by, b.chosen_by, Reach::words);
        note(details, {"các lựa chọn", "options"}, clauses_text(a.option_ids), clauses_text(b.option_ids), Reach::words);
        return details;
      });
  changes.add_items<bytecode::NotRule>(
      Thing::not_rule, was.not_rules, is.not_rules, [](const auto& n) { return n.clause; },
      [](const auto& n) { return same_in_both(n.clause); },
      [](const auto& a, const auto& b) {
        Details details;
        note(details, {"lý do", "reason"}, a.reason, b.reason, Reach::words);
        return details;
      });
  changes.add_items<bytecode::Scale>(
      Thing::scale, was.scales, is.scales, [](const auto& s) { return s.id; },
      [](const auto& s) { return same_in_both(label_of(s)); },
      [](const auto& a, const auto& b) {
        Details details;
        note(details, {"các bậc", "steps"}, clauses_text(a.step_ids), clauses_text(b.step_ids), Reach::evidence);
        note(details, {"tên các bậc", "labels of steps"}, clauses_text(a.step_labels), clauses_text(b.step_labels), Reach::words);
        return details;
      });
  changes.add_items<bytecode::Table>(
      Thing::table, was.tables, is.tables, [](const auto& t) { return t.id; },
      [](const auto& t) { return same_in_both(label_of(t)); },
      [](const auto& a, const auto& b) {
        Details details;
        note(details, {"khoá", "keys"}, clauses_text(a.keys), clauses_text(b.keys), Reach::evidence);
        for (std::size_t column = 0; a.keys == b.keys && column < std::min(a.columns.size(), b.columns.size()); ++column)
          for (std::size_t row = 0; row < a.keys.size(); ++row)
            note(details, same_in_both(a.keys[row] + "." + a.column_ids[column]), number_text(a.columns[column][row]),
                 number_text(b.columns[column][row]), Reach::rules);
        note(details, {"cột", "columns"}, clauses_text(a.column_ids), clauses_text(b.column_ids), Reach::rules);
        return details;
      });
  Change calendar{Thing::calendar, ChangeKind::changed, side(was), side(is), {}, {}};
  note(calendar.details, {"ngày nghỉ", "holidays"}, days_text(was.calendar.holidays), days_text(is.calendar.holidays), Reach::rules);
  note(calendar.details, {"ngày làm bù", "extra working days"}, days_text(was.calendar.extra_workdays),
       days_text(is.calendar.extra_workdays), Reach::rules);
  changes.add(std::move(calendar));
}

void compare_rating(const bytecode::RatingInfo& was, const bytecode::RatingInfo& is, Changes& changes) {
  changes.add_items<bytecode::LevelInfo>(
      Thing::level, was.levels, is.levels, [](const auto& l) { return l.id; },
      [](const auto& l) { return same_in_both(label_of(l)); },
      [](const auto& a, const auto& b) {
        Details details;
        note(details, {"tên", "label"}, a.label, b.label, Reach::words);
        note(details, {"từ", "from"}, points_text(a.floor), points_text(b.floor), Reach::rules);
        note(details, {"trích dẫn", "citation"}, clauses_text(a.clauses), clauses_text(b.clauses), Reach::words);
        return details;
      });
  std::vector<std::string> before, after;
  const auto ids = [](const auto& levels) {
    std::vector<std::string> all;
    for (const auto& level : levels) all.push_back(level.id);
    return all;
  };
  before = ids(was.levels), after = ids(is.levels);
  auto sorted_before = before, sorted_after = after;
  std::ranges::sort(sorted_before), std::ranges::sort(sorted_after);
  if (before != after && sorted_before == sorted_after) {
    Change order{Thing::rating, ChangeKind::changed, {0, was.id, same_in_both(label_of(was)), {}, {}}, {0, is.id, same_in_both(label_of(is)), {}, {}}, {}, {}};
    note(order.details, {"thứ tự các mức", "order of levels"}, clauses_text(before), clauses_text(after), Reach::set);
    changes.add(std::move(order));
  }
  changes.add_items<bytecode::QuotaInfo>(
      Thing::quota, was.quotas, is.quotas, [](const auto& q) { return q.level; },
      [&](const auto& q) {
        const bool of_newer = std::ranges::any_of(is.quotas, [&](const auto& each) { return &each == &q; });
        return quota_text(of_newer ? is : was, q);
      },
      [&](const auto& a, const auto& b) {
        Details details;
        note(details, {"tỉ lệ khống chế", "quota"}, quota_text(was, a), quota_text(is, b), Reach::set);
        note(details, {"trích dẫn", "citation"}, clauses_text(a.clauses), clauses_text(b.clauses), Reach::words);
        return details;
      });
}

std::string head_place(const DiffSide& side, std::uint32_t subject) {
  const sema::Subject* source = side.source_of(subject);
  return source == nullptr ? "" : side.place(source->span);
}

}  // namespace

Reach Change::reach() const {
  if (kind == ChangeKind::added || kind == ChangeKind::removed) {
    switch (thing) {
      case Thing::evidence:
      case Thing::requirement: return Reach::evidence;
      case Thing::subject:
      case Thing::level:
      case Thing::quota: return Reach::set;
      case Thing::group:
      case Thing::criterion:
      case Thing::rule:
      case Thing::reading: return Reach::rules;
      default: return Reach::words;
    }
  }
  Reach furthest = Reach::words;
  for (const Detail& detail : details) furthest = std::max(furthest, detail.reach);
  return furthest;
}

std::vector<SubjectMatch> match_subjects(const DiffSide& before, const DiffSide& after) {
  std::vector<SubjectMatch> all;
  // A pack under another id has its own subjects under it too.
  analysis::Renames renames;
  const std::string was = before.module.id + ".", is = after.module.id + ".";
  if (was != is)
    for (const Subject& subject : after.module.subjects)
      if (subject.id.starts_with(is)) renames[subject.id] = was + subject.id.substr(is.size());
  for (const Match& subject : analysis::match_items(before.module.subjects, after.module.subjects, renames)) {
    SubjectMatch match{subject, {}, {}, {}};
    if (subject.in_both()) {
      const Subject &a = before.module.subjects[subject.before], &b = after.module.subjects[subject.after];
      if (const sema::Subject* source = after.source_of(subject.after))
        for (const sema::Criterion& criterion : source->criteria)
          if (!criterion.previous_id.empty() && std::ranges::find(a.criteria, criterion.previous_id, &bytecode::CriterionInfo::id) != a.criteria.end() &&
              std::ranges::find(b.criteria, criterion.previous_id, &bytecode::CriterionInfo::id) == b.criteria.end())
            match.criteria_renames[criterion.id] = criterion.previous_id;
      match.criteria = analysis::match_items(a.criteria, b.criteria, match.criteria_renames);
      match.groups = analysis::match_items(a.groups, b.groups, {});
    }
    all.push_back(std::move(match));
  }
  return all;
}

std::vector<Change> structural_changes(const DiffSide& before, const DiffSide& after, const std::vector<SubjectMatch>& subjects) {
  Changes changes(before, after);
  compare_pack(before, after, changes);
  for (const bytecode::RatingInfo& was : before.module.ratings)
    for (const bytecode::RatingInfo& is : after.module.ratings)
      if (was.id == is.id) compare_rating(was, is, changes);
  for (const SubjectMatch& match : subjects) {
    if (match.subject.in_both()) {
      SubjectStructure(before, after, match, changes).run();
      continue;
    }
    const bool added = match.subject.before == kNone;
    const DiffSide& side = added ? after : before;
    const std::uint32_t index = added ? match.subject.after : match.subject.before;
    const Subject& subject = side.module.subjects[index];
    const SideOfChange only{index, subject.id, same_in_both(subject.label), {subject.citation}, head_place(side, index)};
    changes.add({Thing::subject, added ? ChangeKind::added : ChangeKind::removed, added ? SideOfChange{} : only,
                 added ? only : SideOfChange{}, {}, {}});
  }
  std::ranges::stable_sort(changes.all, {}, &Change::thing);
  return std::move(changes.all);
}

}  // namespace quy::tools

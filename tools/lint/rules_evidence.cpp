// Rules about evidence: fields nobody reads, and fields that say too little about themselves.

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"
#include "tools/lint/all_rules.h"
#include "tools/lint/from_check.h"
#include "tools/lint/words.h"

namespace quy::lint {

using sema::kNone;
using syntax::FieldType;

namespace {

/// Ids of the fields and lists that some subject of the pack reads.
std::set<std::string> ids_read(const PackView& view) {
  std::set<std::string> ids;
  for (const SubjectView& subject : view.subjects()) {
    const sema::Subject& typed = subject.subject();
    for (std::uint32_t field : subject.fields_read()) {
      const bytecode::Field& info = typed.fields[field].info;
      ids.insert(info.id);
      if (info.list != kNone) ids.insert(typed.lists[info.list].info.id + "/" + info.id);
    }
    for (sema::ExprId root : subject.roots())
      subject.visit(root, [&](sema::ExprId id) {
        const sema::Op op = subject.expr(id).op;
        const bool folds = op >= sema::Op::exists && op <= sema::Op::smallest;
        if (folds && subject.expr(id).index != kNone) ids.insert(typed.lists[subject.expr(id).index].info.id);
      });
  }
  return ids;
}

bool is_number(FieldType type) {
  switch (type) {
    case FieldType::count:
    case FieldType::number:
    case FieldType::percentage:
    case FieldType::points:
    case FieldType::money:
    case FieldType::days: return true;
    default: return false;
  }
}

/// The parts of a label that serves several names of one line, `;` between them.
std::vector<std::string> label_parts(const syntax::Field& field) {
  std::vector<std::string> parts;
  if (!field.label) return parts;
  if (field.names.size() == 1) return {field.label->text};
  std::size_t begin = 0;
  const std::string& text = field.label->text;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    std::string part = text.substr(begin, end - begin);
    part.erase(0, std::min(part.find_first_not_of(' '), part.size()));
    parts.push_back(std::move(part));
    begin = end + 1;
  }
  return parts;
}

/// “Trong đó …”: a label that is read after the one above it.
bool speaks_of_a_part(const std::string& label) {
  const std::string words = fold_id(label);
  return words.starts_with("trong do") || words.starts_with("of which");
}

const Bilingual kRemoveOrUse{"bỏ trường, hoặc dùng nó trong một quy tắc: người khai không phải nộp số liệu thừa",
                             "remove it or use it in a rule: nobody should hand in figures for nothing"};

/// Fields of the pack's shared evidence.
class SharedFields : public SyntaxVisitor {
 public:
  SharedFields(const PackView& view, Report& report) : view_(view), report_(report), read_(ids_read(view)) {}
  void item(const syntax::Item& item) override {
    const auto* block = std::get_if<syntax::EvidenceBlock>(&item);
    if (block) look(*block);
  }

 private:
  void look(const syntax::EvidenceBlock& block) {
    for (const syntax::Field& field : block.fields)
      for (const syntax::Name& name : field.names) {
        const std::string id = fold_id(name.text);
        const bool inside = std::any_of(read_.begin(), read_.end(),
                                        [&](const std::string& read) { return read.starts_with(id + "."); });
        if (read_.contains(id) || inside) continue;
        report_.at(name.span, say("không quy tắc nào đọc trường `{0}`", "no rule reads the field `{0}`", name.text),
                   kRemoveOrUse);
      }
    for (const auto& part : block.for_kinds) look(part.block);
  }

  const PackView& view_;
  Report& report_;
  std::set<std::string> read_;
};

/// Fields inside lists, but for those that only say which row it is.
class RowFields : public SyntaxVisitor {
 public:
  RowFields(const PackView& view, Report& report) : view_(view), report_(report), read_(ids_read(view)) {}
  void field(const syntax::Field& field, const syntax::EvidenceBlock&) override {
    if (field.type != FieldType::list || !field.block) return;
    for (const syntax::Name& list : field.names) {
      if (!read_.contains(fold_id(list.text))) continue;  // the whole list is a finding of its own
      for (const syntax::Field& row : field.block->fields) look(row, fold_id(list.text));
    }
  }

 private:
  void look(const syntax::Field& row, const std::string& list) {
    const bool names_the_row = row.type == FieldType::text || row.type == FieldType::code_of;
    if (names_the_row) return;
    for (const syntax::Name& name : row.names) {
      const std::string id = list + "/" + fold_id(name.text);
      const bool inside =
          std::any_of(read_.begin(), read_.end(), [&](const std::string& read) { return read.starts_with(id + "."); });
      if (read_.contains(id) || inside) continue;
      report_.at(
          name.span,
          say("không quy tắc nào đọc cột `{0}` của danh sách", "no rule reads the column `{0}` of the list", name.text),
          kRemoveOrUse);
    }
  }

  const PackView& view_;
  Report& report_;
  std::set<std::string> read_;
};

class FieldVisitor : public SyntaxVisitor {
 public:
  FieldVisitor(const PackView& view, Report& report) : view_(view), report_(report) {}

 protected:
  const PackView& view_;
  Report& report_;
};

/// Names that a `yêu cầu` keeps below something else.
class KeptBelow : public SyntaxVisitor {
 public:
  void node(const syntax::Expr& expr) override {
    using syntax::Comparison;
    if (expr.kind != syntax::ExprKind::compare) return;
    const bool left = expr.comparison == Comparison::less_equal || expr.comparison == Comparison::less;
    const syntax::Expr& part = *expr.children[left ? 0 : 1];
    const syntax::Expr& whole = *expr.children[left ? 1 : 0];
    if (part.kind == syntax::ExprKind::name && whole.kind != syntax::ExprKind::number)
      names_.insert(fold_id(part.text));
  }
  bool contain(const syntax::Name& name) const { return names_.contains(fold_id(name.text)); }

 private:
  std::set<std::string> names_;
};

class OfWhich : public FieldVisitor {
 public:
  OfWhich(const PackView& view, Report& report) : FieldVisitor(view, report) { view.walk(kept_below_); }
  void field(const syntax::Field& field, const syntax::EvidenceBlock&) override {
    if (!is_number(field.type) || field.at_most_field || field.at_most) return;
    const std::vector<std::string> parts = label_parts(field);
    for (std::size_t i = 0; i < parts.size() && i < field.names.size(); ++i) {
      if (!speaks_of_a_part(parts[i]) || kept_below_.contain(field.names[i])) continue;
      report_.at(field.names[i].span,
                 say("nhãn nói `{0}` là một phần, nhưng trường không nói phần của cái gì",
                     "the label says that `{0}` is a part, but the field does not say of what", field.names[i].text),
                 say("thêm `, không quá <trường tổng>`: bản ghi có phần lớn hơn tổng sẽ bị trả lại",
                     "add `, at most <the whole>`: a record whose part is above its whole is then rejected"));
    }
  }

 private:
  KeptBelow kept_below_;
};

/// A property that most fields of a block state and at most one in four does not: what is missing there was probably forgotten.
class Forgotten : public FieldVisitor {
 public:
  using FieldVisitor::FieldVisitor;
  void evidence_block(const syntax::EvidenceBlock& block) override {
    std::size_t with = 0, all = 0;
    for (const syntax::Field& field : block.fields) {
      if (!concerns(field)) continue;
      ++all;
      if (states(field)) ++with;
    }
    if (all < 3 || with * 4 < all * 3) return;
    for (const syntax::Field& field : block.fields)
      if (concerns(field) && !states(field)) say_so(field);
  }

 private:
  virtual bool concerns(const syntax::Field& field) const = 0;
  virtual bool states(const syntax::Field& field) const = 0;
  virtual void say_so(const syntax::Field& field) = 0;
};

class ForgottenSource : public Forgotten {
 public:
  using Forgotten::Forgotten;

 private:
  bool concerns(const syntax::Field&) const override { return true; }
  bool states(const syntax::Field& field) const override { return !field.source.empty(); }
  void say_so(const syntax::Field& field) override {
    report_.at(
        field.names.front().span,
        say("`{0}` không nói lấy từ văn bản, sổ sách nào, trong khi các trường bên cạnh có nói",
            "`{0}` does not say which document shows it, while the fields beside it do", field.names.front().text),
        say("thêm `, nguồn \"…\"`", "add `, source \"…\"`"));
  }
};

class ForgottenUnit : public Forgotten {
 public:
  using Forgotten::Forgotten;

 private:
  bool concerns(const syntax::Field& field) const override {
    return field.type == FieldType::count || field.type == FieldType::number;
  }
  bool states(const syntax::Field& field) const override { return !field.unit.empty(); }
  void say_so(const syntax::Field& field) override {
    report_.at(
        field.names.front().span,
        say("`{0}` không có đơn vị, trong khi các số bên cạnh có",
            "`{0}` has no unit, while the numbers beside it have", field.names.front().text),
        say("thêm đơn vị sau kiểu, như `số đếm \"lượt\"`: trộn hai đơn vị thì `quy check` báo ngay",
            "add the unit after the type, as `count \"visits\"`: mixing two units is then caught by `quy check`"));
  }
};

/// A part that adds up beside a whole that does not say so, or the other way about: after two quarters the share is wrong.
class PeriodOfOneSide : public FieldVisitor {
 public:
  using FieldVisitor::FieldVisitor;
  void evidence_block(const syntax::EvidenceBlock& block) override {
    for (const syntax::Field& part : block.fields) {
      const syntax::Field* whole = part.at_most_field ? find(block, *part.at_most_field) : nullptr;
      if (!whole || part.type != FieldType::count || whole->type != FieldType::count) continue;
      const bool part_says = states(part), whole_says = states(*whole);
      if (part_says == whole_says) continue;
      const syntax::Field &silent = part_says ? *whole : part, &other = part_says ? part : *whole;
      report_
          .at(silent.names.front().span,
              say("`{0}` không nói cộng dồn hay cuối kỳ, trong khi `{1}` có nói: sang quý sau tỉ lệ giữa hai số sẽ sai",
                  "`{0}` does not say whether it adds up, while `{1}` does: the share of the two is wrong after the "
                  "first quarter",
                  silent.names.front().text, other.names.front().text),
              say("thêm `, cộng dồn` hoặc `, cuối kỳ`", "add `, adds up` or `, last value`"))
          .label(other.names.front().span, {"trường kia ở đây", "the other field is here"});
    }
  }

 private:
  static bool states(const syntax::Field& field) { return field.over != syntax::Field::Over::unstated; }
  static const syntax::Field* find(const syntax::EvidenceBlock& block, const syntax::Name& wanted) {
    for (const syntax::Field& field : block.fields)
      for (const syntax::Name& name : field.names)
        if (fold_id(name.text) == fold_id(wanted.text)) return &field;
    return nullptr;
  }
};

class WithoutLabel : public FieldVisitor {
 public:
  using FieldVisitor::FieldVisitor;
  void field(const syntax::Field& field, const syntax::EvidenceBlock&) override {
    if (field.label) return;
    report_.at(field.names.front().span,
               say("`{0}` không có nhãn: phiếu và lời giải thích chỉ in được tên mã",
                   "`{0}` has no label: forms and explanations can only print its id", field.names.front().text),
               say("viết nhãn trong ngoặc kép sau tên", "write a label in quotes after the name"));
  }
};

/// `đợt_1`, `đợt_2`, `đợt_3`: what belongs into the rows of a list.
class NumberedFields : public FieldVisitor {
 public:
  using FieldVisitor::FieldVisitor;
  void evidence_block(const syntax::EvidenceBlock& block) override {
    std::map<std::string, std::vector<const syntax::Name*>> by_stem;
    for (const syntax::Field& field : block.fields)
      for (const syntax::Name& name : field.names)
        if (const std::string stem = stem_of(name.text); !stem.empty()) by_stem[stem].push_back(&name);
    for (const auto& [stem, names] : by_stem) {
      if (names.size() < 2) continue;
      report_.at(names.front()->span,
                 say("`{0}`, `{1}` …: mỗi lượt một trường, lượt nhiều hơn thì không có chỗ khai",
                     "`{0}`, `{1}` …: one field each, and nowhere to put one more", names[0]->text, names[1]->text),
                 say("khai báo một sổ: `{0} : danh sách {{ … }}`, mỗi lượt một dòng",
                     "declare a register: `{0} : list {{ … }}`, a row each", stem));
    }
  }

 private:
  /// The name before `_1`; empty for any other name.
  static std::string stem_of(const std::string& name) {
    const std::size_t mark = name.find_last_not_of("0123456789");
    const bool numbered = mark != std::string::npos && mark > 0 && mark + 1 < name.size() && name[mark] == '_';
    return numbered ? name.substr(0, mark) : "";
  }
};

/// A discipline given as one step, though there may be several, each with its day.
class DisciplineAsOne : public FieldVisitor {
 public:
  DisciplineAsOne(const PackView& view, Report& report) : FieldVisitor(view, report) {}
  void evidence_block(const syntax::EvidenceBlock& block) override {
    for (const syntax::Field& field : block.fields)
      if (field.type == FieldType::list && field.block) in_lists_.insert(field.block.get());
    if (in_lists_.contains(&block)) return;
    for (const syntax::Field& field : block.fields)
      if (field.type == FieldType::scale && speaks_of_discipline(field)) say_so(field.names.front());
  }

 private:
  static bool speaks_of_discipline(const syntax::Field& field) {
    const std::string words = fold_id(field.names.front().text) + ' ' + (field.label ? fold_id(field.label->text) : "");
    return words.find("ky_luat") != std::string::npos || words.find("ky luat") != std::string::npos ||
           words.find("disciplin") != std::string::npos;
  }
  void say_so(const syntax::Name& name) {
    report_.at(
        name.span,
        say("`{0}` chỉ chứa được một hình thức, không có ngày: bị hai lần, hay bị từ kỳ trước, thì không khai được",
            "`{0}` holds one measure and no day: two of them, or one of an earlier period, cannot be told", name.text),
        say("khai báo một sổ: `{0} : danh sách {{ hình_thức : … ngày_quyết_định : ngày }}`",
            "declare a register: `{0} : list {{ measure : … decided_on : date }}`", name.text));
  }
  std::set<const syntax::EvidenceBlock*> in_lists_;
};

template <class Visitor>
void run_visitor(const PackView& view, Report& report) {
  Visitor visitor(view, report);
  view.walk(visitor);
}

}  // namespace

void unused_evidence(const PackView& view, Report& report) {
  repeat_check(view, report, Diag::field_unused);
  run_visitor<SharedFields>(view, report);
}
void unused_column(const PackView& view, Report& report) { run_visitor<RowFields>(view, report); }
void part_without_whole(const PackView& view, Report& report) { run_visitor<OfWhich>(view, report); }
void evidence_without_source(const PackView& view, Report& report) { run_visitor<ForgottenSource>(view, report); }
void evidence_without_unit(const PackView& view, Report& report) { run_visitor<ForgottenUnit>(view, report); }
void evidence_without_period(const PackView& view, Report& report) { run_visitor<PeriodOfOneSide>(view, report); }
void evidence_without_label(const PackView& view, Report& report) { run_visitor<WithoutLabel>(view, report); }

void scalar_for_register(const PackView& view, Report& report) {
  run_visitor<NumberedFields>(view, report);
  run_visitor<DisciplineAsOne>(view, report);
}

void share_without_base(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects())
    for (sema::ExprId id = 0; id < subject.subject().exprs.size(); ++id) {
      const auto threshold = subject.threshold(id);
      if (!threshold || subject.expr(threshold->value).op != sema::Op::field) continue;
      const sema::Field& field = subject.subject().fields[subject.expr(threshold->value).index];
      const std::string label = fold_id(field.info.label);
      const bool is_share = label.starts_with("ti le") || label.starts_with("ty le") || label.starts_with("share of");
      if (field.info.kind != bytecode::FieldKind::percentage || !is_share || !view.is_own(field.span)) continue;
      report
          .at(field.span,
              say("`{0}` là tỉ lệ khai sẵn: không biết trên bao nhiêu, không cộng được giữa các đơn vị, và đã làm tròn "
                  "trước khi so",
                  "`{0}` is a share worked out beforehand: of how many is not known, it cannot be added up, and it was "
                  "rounded before it is compared",
                  field.info.name),
              say("khai hai số đếm, phần và tổng, rồi viết `phần / tổng`",
                  "declare two counts, the part and the whole, and write `part / whole`"))
          .label(subject.expr(id).span, {"được so ở đây", "it is compared here"});
    }
}

void same_evidence_label(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects()) {
    // “Trong đó hoàn thành” is read after the field above it, so the whole belongs to such a label.
    std::map<std::tuple<std::uint32_t, std::string, std::uint32_t>, const sema::Field*> first;
    for (const sema::Field& field : subject.subject().fields) {
      if (field.info.place != bytecode::FieldPlace::evidence || field.info.label.empty() ||
          field.info.label == field.info.name)
        continue;
      auto [place, fresh] = first.try_emplace(
          {field.info.list, field.info.label, speaks_of_a_part(field.info.label) ? field.info.at_most_field : kNone},
          &field);
      const sema::Field& other = *place->second;
      if (fresh || !view.is_own(field.span) || !view.is_own(other.span) || other.info.id == field.info.id ||
          other.span == field.span)
        continue;
      report
          .at(field.span,
              say("`{0}` và `{1}` cùng một nhãn: người khai không biết ô nào là ô nào",
                  "`{0}` and `{1}` have the same label: those who fill in the form cannot tell them apart",
                  field.info.name, other.info.name),
              say("ghi rõ hơn ở một trong hai nhãn", "say more in one of the labels"))
          .label(other.span, {"trường kia ở đây", "the other field is here"});
    }
  }
}

}  // namespace quy::lint

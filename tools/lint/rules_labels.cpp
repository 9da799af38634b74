// Rules about labels and names: what people read on forms, and what authors read in the source.

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>

#include "base/text.h"
#include "tools/lint/all_rules.h"
#include "tools/lint/pack_view.h"
#include "tools/lint/report.h"
#include "tools/lint/spelling.h"
#include "tools/lint/words.h"

namespace quy::lint {

using sema::Comparison;
using sema::ExprId;
using sema::kNone;
using sema::Op;

namespace {

class LabelVisitor : public SyntaxVisitor {
 public:
  LabelVisitor(const PackView& view, Report& report) : view_(view), report_(report) {}

 protected:
  const PackView& view_;
  Report& report_;
};

template <class Visitor>
void run_visitor(const PackView& view, Report& report) {
  Visitor visitor(view, report);
  view.walk(visitor);
}

class Spelling : public LabelVisitor {
 public:
  using LabelVisitor::LabelVisitor;
  void label(const syntax::LabelText& label) override {
    if (label.is_parameter) return;
    const std::string written = view_.text(label.span), wanted = party_spelling(written);
    if (written == wanted) return;
    report_
        .at(label.span,
            say("nhãn không theo chính tả của văn bản Đảng", "the label is not spelt as party documents spell it"),
            say("viết {0}", "write {0}", wanted))
        .mend(label.span, wanted);
  }
};

std::string tidied(std::string text) {
  std::string result;
  for (char letter : text)
    if (!(letter == ' ' && (result.empty() || result.back() == ' '))) result += letter;
  while (result.ends_with(' ')) result.pop_back();
  const bool abbreviation = result.ends_with("v.v.") || result.ends_with("..");
  if (result.ends_with('.') && !abbreviation) result.pop_back();
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

class Untidy : public LabelVisitor {
 public:
  using LabelVisitor::LabelVisitor;
  void label(const syntax::LabelText& label) override {
    const std::string written = view_.text(label.span);
    if (label.is_parameter || written.size() < 2 || written.front() != '"' || written.back() != '"') return;
    const std::string inner = written.substr(1, written.size() - 2), wanted = tidied(inner);
    if (inner == wanted || wanted.empty()) return;
    report_
        .at(label.span,
            say("nhãn có khoảng trắng thừa hoặc dấu chấm ở cuối",
                "the label has stray blanks or a full stop at its end"),
            say("viết \"{0}\"", "write \"{0}\"", wanted))
        .mend(label.span, "\"" + wanted + "\"");
  }
};

std::size_t letters_in(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at = next_grapheme(text, at)) ++count;
  return count;
}

class TooLong : public LabelVisitor {
 public:
  using LabelVisitor::LabelVisitor;
  void label(const syntax::LabelText& label) override {
    constexpr std::size_t kLongest = 160;
    const std::size_t length = letters_in(label.text);
    if (label.is_parameter || length <= kLongest) return;
    report_.at(label.span,
               say("nhãn dài {0} chữ cái: không vừa một ô của phiếu",
                   "the label has {0} letters: it does not fit a cell of a form", length),
               say("rút còn một cụm từ; phần giải thích đưa vào `hướng dẫn \"…\"`",
                   "cut it to a phrase; move explanations into `guidance \"…\"`"));
  }
};

class CriteriaWithoutLabel : public LabelVisitor {
 public:
  using LabelVisitor::LabelVisitor;
  void item(const syntax::Item& item) override {
    if (const auto* subject = std::get_if<syntax::Subject>(&item)) completes_ = is_refined(*subject);
  }
  void subject(const syntax::Subject& subject) override {
    if (!subject.label && !completes_) say_so(subject.path, "đối tượng", "subject");
  }
  void criterion(const syntax::Criterion& criterion, const syntax::Group*) override {
    if (!criterion.label) say_so(criterion.name, "tiêu chí", "criterion");
  }
  void group(const syntax::Group& group, const syntax::Group*) override {
    if (!group.label && !group.name.empty()) say_so(group.name, "nhóm", "group");
  }

 private:
  /// A subject of the refined pack keeps its label.
  bool is_refined(const syntax::Subject& subject) const {
    for (const sema::Subject& typed : view_.pack().subjects)
      if (typed.span == subject.path.span) return !typed.refines.empty();
    return false;
  }
  void say_so(const syntax::Name& name, const char* vi, const char* en) {
    report_.at(name.span,
               say("{1} `{0}` không có nhãn: phiếu và lời giải thích chỉ in được tên mã",
                   "{2} `{0}` has no label: forms and explanations can only print its id", name.text, std::string(vi),
                   std::string(en)),
               say("viết nhãn trong ngoặc kép sau tên", "write a label in quotes after the name"));
  }
  bool completes_ = false;
};

// ---------------------------------------------------------------- names

/// Every declared name with the spellings it was declared in.
class Declared : public SyntaxVisitor {
 public:
  void field(const syntax::Field& field, const syntax::EvidenceBlock&) override {
    for (const syntax::Name& name : field.names) add(name);
  }
  void criterion(const syntax::Criterion& criterion, const syntax::Group*) override { add(criterion.name); }
  void group(const syntax::Group& group, const syntax::Group*) override { add(group.name); }
  void compute(const syntax::Compute& compute) override { add(compute.name); }
  void open_choice(const syntax::OpenChoice& choice) override {
    add(choice.name);
    for (const syntax::Option& option : choice.options) add(option.name);
  }
  /// What a use gives for a name is declared there.
  void indicator_use(const syntax::IndicatorUse& use) override {
    for (const syntax::Argument& argument : use.arguments)
      if (const auto* value = std::get_if<syntax::ExprPtr>(&argument.value);
          value && (*value)->kind == syntax::ExprKind::name)
        add({(*value)->text, (*value)->text_span});
  }
  void indicator(const syntax::Indicator& indicator) override {
    add(indicator.name);
    for (const syntax::Parameter& parameter : indicator.parameters) add(parameter.name);
  }
  void rating(const syntax::Rating& rating) override {
    for (const syntax::Level& level : rating.levels) add(level.name);
  }
  void item(const syntax::Item& item) override {
    if (const auto* scale = std::get_if<syntax::OrderedScale>(&item)) {
      add(scale->name);
      for (const auto& step : scale->steps) add(step.name);
    }
    if (const auto* kinds = std::get_if<syntax::SubjectKinds>(&item))
      for (const auto& kind : kinds->kinds) add(kind.name);
    if (const auto* table = std::get_if<syntax::Table>(&item)) add(table->name);
  }
  /// The one spelling of an id; nothing when there are several, or none here.
  const std::string* spelling(const std::string& id) const {
    auto found = spellings_.find(id);
    return found == spellings_.end() || found->second.size() != 1 ? nullptr : &*found->second.begin();
  }

 private:
  void add(const syntax::Name& name) {
    if (!name.empty() && name.text.find('.') == std::string::npos) spellings_[fold_id(name.text)].insert(name.text);
  }
  std::map<std::string, std::set<std::string>> spellings_;
};

class OtherSpelling : public LabelVisitor {
 public:
  OtherSpelling(const PackView& view, Report& report, const Declared& declared)
      : LabelVisitor(view, report), declared_(declared) {}
  void reference(const std::string& name, Span span) override {
    if (name.find('.') != std::string::npos || !span.valid() || view_.sources().text(span) != name) return;
    const std::string* wanted = declared_.spelling(fold_id(name));
    if (!wanted || *wanted == name) return;
    report_
        .at(span,
            say("tên khai báo là `{0}`, ở đây viết `{1}`", "the name is declared as `{0}` and written `{1}` here",
                *wanted, name),
            say("viết `{0}`", "write `{0}`", *wanted))
        .mend(span, *wanted);
  }
  void test(const syntax::Test& test) override {
    for (const syntax::GivenFact& fact : test.facts) reference(fact.name.text, fact.name.span);
    for (const syntax::Expectation& expected : test.expectations) reference(expected.name.text, expected.name.span);
  }

 private:
  const Declared& declared_;
};

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

std::string first_words(const std::string& text, std::size_t words) {
  std::size_t end = 0;
  for (; words > 0 && end != std::string::npos; --words) end = text.find(' ', end + (end > 0 ? 1 : 0));
  return text.substr(0, end);
}

/// `luot_kiem_tra "Lượt kiểm tra"`: the name is its label without the tones.
class Toneless : public LabelVisitor {
 public:
  using LabelVisitor::LabelVisitor;
  void field(const syntax::Field& field, const syntax::EvidenceBlock&) override {
    if (field.names.size() == 1) look(field.names.front(), field.label);
  }
  void criterion(const syntax::Criterion& criterion, const syntax::Group*) override {
    look(criterion.name, criterion.label);
  }
  void group(const syntax::Group& group, const syntax::Group*) override { look(group.name, group.label); }

 private:
  void look(const syntax::Name& name, const std::optional<syntax::LabelText>& label) {
    if (!label || label->is_parameter || !is_ascii(name.text) || name.text.size() < 2) return;
    const auto words = static_cast<std::size_t>(std::count(name.text.begin(), name.text.end(), '_')) + 1;
    const std::string spelt = first_words(label->text, words);
    std::string folded = fold_id(spelt);
    std::replace(folded.begin(), folded.end(), ' ', '_');
    if (folded != name.text || is_ascii(spelt) || view_.language(name.span.file) != Language::vi) return;
    report_.at(name.span,
               say("`{0}` viết không dấu: khó đọc, và dễ lẫn (`nam` là năm hay nam?)",
                   "`{0}` is written without tone marks: hard to read and easy to mistake", name.text),
               say("viết có dấu như nhãn; mã trong JSON không đổi",
                   "write it with tone marks, as the label does; the id in JSON stays the same"));
  }
};

// ---------------------------------------------------------------- what a label says beside what the rule says

struct NumberInLabel {
  Rational value;
  bool percent = false;
  std::optional<Comparison> comparison;
  std::string written;
};

std::optional<Comparison> comparison_of(const std::string& word, bool and_above) {
  if (word == "trên" || word == ">" || word == "more than" || word == "above") return Comparison::greater;
  if (word == "ít nhất" || word == "tối thiểu" || word == "≥" || word == "at least") return Comparison::greater_equal;
  if (word == "dưới" || word == "<" || word == "ít hơn" || word == "less than" || word == "below")
    return Comparison::less;
  if (word == "không quá" || word == "≤" || word == "at most") return Comparison::less_equal;
  if (and_above) return Comparison::greater_equal;
  return std::nullopt;
}

/// Percentages of a label with the words of comparison around them.
std::vector<NumberInLabel> percentages_in(const std::string& label) {
  static const std::regex pattern(
      "(không quá|ít nhất|tối thiểu|ít hơn|trên|dưới|từ|≥|≤|>|<|at least|at most|more than|less "
      "than|above|below)?\\s*(\\d+(?:[.,]\\d+)?)\\s*%(\\s*trở lên)?");
  std::vector<NumberInLabel> found;
  for (std::sregex_iterator at(label.begin(), label.end(), pattern), end; at != end; ++at) {
    std::string digits = (*at)[2];
    std::replace(digits.begin(), digits.end(), ',', '.');
    const auto value = Rational::parse(digits);
    if (!value) continue;
    found.push_back({*value / Rational(100), true, comparison_of((*at)[1], (*at)[3].matched), at->str()});
  }
  return found;
}

/// Thresholds of a criterion as shares of one, those under a negation left out of what compares signs.
struct StatedThreshold {
  Rational value;
  Comparison comparison;
  Span span;
  bool plain = true;
};

void collect_thresholds(const SubjectView& subject, ExprId id, bool plain, std::vector<StatedThreshold>& found) {
  const sema::Expr& expr = subject.expr(id);
  if (auto threshold = subject.threshold(id)) {
    const bool percent_field = subject.expr(threshold->value).type.unit == "%";
    const bool ratio = subject.expr(threshold->value).type.unit.empty();
    if (percent_field || ratio)
      found.push_back({percent_field ? threshold->constant / Rational(100) : threshold->constant, threshold->comparison,
                       expr.span, plain});
    return;
  }
  const bool turns = expr.op == Op::logical_not;
  for (ExprId child : expr.children) collect_thresholds(subject, child, plain && !turns, found);
}

void compare_label(Report& report, const std::string& label, Span place, const std::vector<StatedThreshold>& thresholds,
                   bool signs) {
  if (thresholds.empty()) return;
  const std::vector<NumberInLabel> numbers = percentages_in(label);
  auto stated = [&](const NumberInLabel& number) {
    return std::any_of(thresholds.begin(), thresholds.end(),
                       [&](const StatedThreshold& threshold) { return threshold.value == number.value; });
  };
  // “từ 70% đến dưới 90%” beside `≥ 70%` is right: a row above takes what is from 90% on.
  const bool agrees_somewhere = std::any_of(numbers.begin(), numbers.end(), stated);
  for (const NumberInLabel& number : numbers) {
    std::vector<const StatedThreshold*> same;
    for (const StatedThreshold& threshold : thresholds)
      if (threshold.value == number.value) same.push_back(&threshold);
    if (!agrees_somewhere && !signs)
      report
          .at(place,
              say("nhãn nói `{0}`, nhưng điều kiện không có con số ấy",
                  "the label says `{0}`, but no condition has that number", number.written),
              say("để nhãn và điều kiện nói một con số", "let label and condition say the same number"))
          .label(thresholds.front().span, {"điều kiện ở đây", "the condition is here"});
    if (!signs || same.size() != 1 || !number.comparison || !same.front()->plain ||
        *number.comparison == same.front()->comparison)
      continue;
    report
        .at(place,
            say("nhãn nói `{0}`, nhưng điều kiện so sánh bằng dấu khác",
                "the label says `{0}`, but the condition compares by another sign", number.written),
            say("“trên” là `>`, “từ … trở lên”, “ít nhất” là `≥`; sửa nhãn hoặc dấu",
                "“above” is `>`, “at least” is `>=`; mend the label or the sign"))
        .label(same.front()->span, {"điều kiện ở đây", "the condition is here"});
  }
}

/// Numbers that stand in a label before a unit: `6 lượt`, `5 điểm`.
std::vector<Rational> numbers_before(const std::string& label, const std::string& unit) {
  std::vector<Rational> found;
  for (std::size_t at = label.find(" " + unit); at != std::string::npos; at = label.find(" " + unit, at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && (std::isdigit(static_cast<unsigned char>(label[begin - 1])) || label[begin - 1] == ','))
      --begin;
    std::string digits = label.substr(begin, at - begin);
    std::replace(digits.begin(), digits.end(), ',', '.');
    if (auto value = Rational::parse(digits)) found.push_back(*value);
  }
  return found;
}

/// A label that names a count with the unit of a condition: `từ 6 lượt` beside `≥ 5 lượt`.
void compare_counts(const SubjectView& subject, const sema::Criterion& criterion, Span place, Report& report) {
  std::map<std::string, std::vector<std::pair<Rational, Span>>> by_unit;
  for (ExprId root : subject.roots_of(criterion))
    subject.visit(root, [&](ExprId id) {
      const auto threshold = subject.threshold(id);
      const std::string unit = threshold ? subject.expr(threshold->value).type.unit : "";
      if (!unit.empty() && unit != "%") by_unit[unit].emplace_back(threshold->constant, subject.expr(id).span);
    });
  for (const auto& [unit, thresholds] : by_unit)
    for (const Rational& number : numbers_before(criterion.label, unit)) {
      const bool stated =
          std::any_of(thresholds.begin(), thresholds.end(), [&](const auto& each) { return each.first == number; });
      if (stated) continue;
      report
          .at(place,
              say("nhãn nói {0} {1}, nhưng điều kiện không có con số ấy",
                  "the label says {0} {1}, but no condition has that number", number, unit),
              say("để nhãn và điều kiện nói một con số", "let label and condition say the same number"))
          .label(thresholds.front().second, {"điều kiện ở đây", "the condition is here"});
    }
}

/// `(tối đa 5 điểm)`, `(trừ tối đa 2 điểm)`, `(tối đa −2 điểm)` in a label.
struct StatedLimit {
  Rational points;
  bool of_deduction = false;
};

std::optional<StatedLimit> limit_in(const std::string& label) {
  static const std::regex pattern(
      "(trừ\\s+)?(?:tối đa|at most)(\\s+trừ)?\\s+(−|-)?(\\d+(?:[.,]\\d+)?)\\s+(?:điểm|points)(\\s+deducted)?");
  std::smatch parts;
  if (!std::regex_search(label, parts, pattern)) return std::nullopt;
  std::string digits = parts[4];
  std::replace(digits.begin(), digits.end(), ',', '.');
  const auto points = Rational::parse(digits);
  if (!points) return std::nullopt;
  return StatedLimit{*points, parts[1].matched || parts[2].matched || parts[3].matched || parts[5].matched};
}

void compare_maximum(const sema::Criterion& criterion, Span place, Report& report) {
  const std::optional<StatedLimit> stated = limit_in(criterion.label);
  if (!criterion.maximum || !stated) return;
  const auto* form = std::get_if<sema::PerUnit>(&criterion.scoring);
  const bool is_cap = stated->of_deduction && form && form->deducts && form->cap;
  const Rational limit = is_cap ? *form->cap : *criterion.maximum;
  if (stated->points == limit) return;
  if (stated->of_deduction && !is_cap)
    report.at(
        place,
        say("nhãn nói trừ tối đa {0} điểm, nhưng cách chấm trừ được tới hết {1} điểm",
            "the label says at most {0} points are deducted, but the scoring can take all {1}", stated->points, limit),
        say("thêm `, tối đa {0} điểm` sau `trừ … mỗi …`: số `tối đa` của tiêu chí là điểm được, không phải điểm trừ",
            "write `, at most {0} points` after `deduct … per …`: a criterion's maximum is what it can earn, not what "
            "it can lose",
            stated->points));
  else
    report.at(place,
              say("nhãn nói tối đa {0} điểm, nhưng ở đây tối đa {1} điểm",
                  "the label says at most {0} points, but here the most is {1}", stated->points, limit),
              say("để hai con số bằng nhau", "make the two numbers equal"));
}

void compare_labels(const PackView& view, Report& report, bool signs) {
  for (const SubjectView& subject : view.subjects())
    for (const sema::Criterion& criterion : subject.subject().criteria) {
      const syntax::Criterion* tree = view.tree_of(criterion);
      if (!tree || !tree->label) continue;
      std::vector<StatedThreshold> thresholds;
      if (const auto* met = std::get_if<sema::Met>(&criterion.scoring))
        for (ExprId id : met->conditions) collect_thresholds(subject, id, true, thresholds);
      compare_label(report, criterion.label, tree->label->span, thresholds, signs);
      if (signs) continue;
      compare_counts(subject, criterion, tree->label->span, report);
      compare_maximum(criterion, tree->label->span, report);
    }
}

/// Options of open choices: their label beside their condition.
void compare_option_labels(const PackView& view, Report& report, bool signs) {
  for (const SubjectView& subject : view.subjects())
    for (const sema::Expr& expr : subject.subject().exprs) {
      if (expr.op != Op::reading) continue;
      const bytecode::ReadingInfo& reading = view.pack().readings[expr.index].info;
      for (std::size_t i = 0; i < expr.children.size() && i < reading.option_labels.size(); ++i) {
        if (!view.is_own(subject.expr(expr.children[i]).span)) continue;
        std::vector<StatedThreshold> thresholds;
        collect_thresholds(subject, expr.children[i], true, thresholds);
        compare_label(report, reading.option_labels[i], subject.expr(expr.children[i]).span, thresholds, signs);
      }
    }
}

}  // namespace

void label_spelling(const PackView& view, Report& report) { run_visitor<Spelling>(view, report); }
void label_untidy(const PackView& view, Report& report) { run_visitor<Untidy>(view, report); }
void label_too_long(const PackView& view, Report& report) { run_visitor<TooLong>(view, report); }
void missing_label(const PackView& view, Report& report) { run_visitor<CriteriaWithoutLabel>(view, report); }
void name_without_tones(const PackView& view, Report& report) { run_visitor<Toneless>(view, report); }

void name_spelt_otherwise(const PackView& view, Report& report) {
  Declared declared;
  view.walk(declared);
  OtherSpelling visitor(view, report, declared);
  view.walk(visitor);
}

void label_number_differs(const PackView& view, Report& report) {
  compare_labels(view, report, false);
  compare_option_labels(view, report, false);
}

void label_sign_differs(const PackView& view, Report& report) {
  compare_labels(view, report, true);
  compare_option_labels(view, report, true);
}

namespace {

/// `70–89%`, `từ 70 đến 89 điểm` in a label: both ends are stated as belonging to it. “đến dưới 90” has an open end and is none.
struct StatedBand {
  Rational low, high;
  Span span;
};

std::optional<StatedBand> band_in(const syntax::LabelText& label) {
  static const std::regex pattern(
      "(\\d+(?:[.,]\\d+)?)\\s*%?\\s*(?:–|-|đến|to)\\s*(\\d+(?:[.,]\\d+)?)\\s*(?:%|điểm|points)");
  std::smatch parts;
  if (label.is_parameter || !std::regex_search(label.text, parts, pattern)) return std::nullopt;
  const auto number = [](std::string digits) {
    std::replace(digits.begin(), digits.end(), ',', '.');
    return Rational::parse(digits);
  };
  const auto low = number(parts[1]), high = number(parts[2]);
  if (!low || !high || *low >= *high) return std::nullopt;
  return StatedBand{*low, *high, label.span};
}

class LabelBands : public LabelVisitor {
 public:
  using LabelVisitor::LabelVisitor;
  void rating(const syntax::Rating& rating) override {
    std::vector<StatedBand> bands;
    for (const syntax::Level& level : rating.levels) add(level.label, bands);
    compare(std::move(bands));
  }
  void scoring(const syntax::Scoring& scoring, const syntax::Criterion&) override {
    std::vector<StatedBand> bands;
    if (const auto* choice = std::get_if<syntax::LevelChoice>(&scoring))
      for (const auto& level : choice->rows) add(level.label, bands);
    compare(std::move(bands));
  }

 private:
  static void add(const std::optional<syntax::LabelText>& label, std::vector<StatedBand>& bands) {
    if (!label) return;
    if (auto band = band_in(*label)) bands.push_back(*band);
  }
  void compare(std::vector<StatedBand> bands) {
    std::stable_sort(bands.begin(), bands.end(),
                     [](const StatedBand& a, const StatedBand& b) { return a.low < b.low; });
    for (std::size_t i = 1; i < bands.size(); ++i) {
      const StatedBand &below = bands[i - 1], &above = bands[i];
      const bool hole = below.high < above.low;
      report_
          .at(above.span,
              hole ? say("theo các nhãn, giá trị giữa {0} và {1} không thuộc bậc nào",
                         "by the labels, values between {0} and {1} are in no band", below.high, above.low)
                   : say("theo các nhãn, giá trị {0} thuộc cả hai bậc", "by the labels, {0} is in both bands",
                         above.low),
              say("viết “từ … đến dưới {0}” ở bậc dưới", "write “from … to below {0}” in the lower band", above.low))
          .label(below.span, {"bậc dưới ở đây", "the lower band is here"});
    }
  }
};

}  // namespace

void label_bands(const PackView& view, Report& report) { run_visitor<LabelBands>(view, report); }

void same_criterion_label(const PackView& view, Report& report) {
  for (const SubjectView& subject : view.subjects()) {
    std::map<std::string, const sema::Criterion*> first;
    for (const sema::Criterion& criterion : subject.subject().criteria) {
      if (criterion.label.empty() || criterion.label == criterion.name || !view.is_own(criterion.span)) continue;
      auto [place, fresh] = first.try_emplace(criterion.label, &criterion);
      const sema::Criterion& other = *place->second;
      if (fresh || other.span == criterion.span || other.group != criterion.group) continue;
      report
          .at(view.name_span(criterion),
              say("`{0}` và `{1}` cùng một nhãn trong một nhóm", "`{0}` and `{1}` have the same label in one group",
                  criterion.name, other.name),
              say("ghi rõ hơn ở một trong hai nhãn", "say more in one of the labels"))
          .label(view.name_span(other), {"tiêu chí kia ở đây", "the other criterion is here"});
    }
  }
}

}  // namespace quy::lint

// Labels stand for names, so that the text reads like the form an official fills in.

#include "compiler/ir/sentence.h"

#include <algorithm>
#include <array>
#include <functional>

namespace quy::ir {

using sema::Comparison;
using sema::Expr;
using sema::ExprId;
using sema::Op;
using Kind = sema::Type::Kind;

namespace {

std::string with_mark(std::string number, Language language) {
  if (language == Language::vi) std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

class Words {
 public:
  Words(const sema::Pack& pack, const sema::Subject& subject, Language language) : pack_(pack), subject_(subject), language_(language) {}

  std::string of(ExprId id) const { return render(subject_.exprs[id]); }

  std::string limit(const Expr& e) const {
    const Expr& left = subject_.exprs[e.children[0]];
    const Expr& right = subject_.exprs[e.children[1]];
    bool ratio = (left.op == Op::divide || left.op == Op::share) && left.type.unit.empty();
    bool as_percent = ratio && right.op == Op::number && right.value != Rational(0);
    return (as_percent ? percent(right.value) : render(right)) + per(e.per);
  }

 private:
  const char* word(const char* vi, const char* en) const { return language_ == Language::vi ? vi : en; }

  std::string number(const Rational& value, const std::string& unit) const {
    std::string text = with_mark(value.exact_text(), language_);
    if (unit.empty()) return text;
    return unit == "%" ? text + "%" : text + " " + unit;
  }

  std::string percent(const Rational& value) const { return with_mark((value * Rational(100)).exact_text(), language_) + "%"; }

  std::string field(std::uint32_t index) const {
    const bytecode::Field& info = subject_.fields[index].info;
    switch (info.place) {   // these have no name that an author gave
      case bytecode::FieldPlace::unit: return word("đơn vị này", "this unit");
      case bytecode::FieldPlace::period_first: return word("ngày đầu kỳ", "the period's first day");
      case bytecode::FieldPlace::period_last: return word("ngày cuối kỳ", "the period's last day");
      default: return info.label.empty() ? info.name : info.label;
    }
  }

  std::string list(std::uint32_t index) const {
    const bytecode::List& info = subject_.lists[index].info;
    return info.label.empty() ? info.name : info.label;
  }

  std::string sign(Comparison comparison) const {
    static constexpr std::array<const char*, 6> signs{"≥", ">", "≤", "<", "=", "≠"};
    return signs[static_cast<std::size_t>(comparison)];
  }

  std::string per(sema::Per value) const {
    using sema::Per;
    switch (value) {
      case Per::year: return word(" mỗi năm", " per year");
      case Per::quarter: return word(" mỗi quý", " per quarter");
      case Per::month: return word(" mỗi tháng", " per month");
      case Per::week: return word(" mỗi tuần", " per week");
      case Per::term: return word(" mỗi nhiệm kỳ", " per term");
      default: return "";
    }
  }

  std::string joined(const Expr& e, const std::string& between) const {
    std::string text;
    for (ExprId child : e.children) {
      const Expr& part = subject_.exprs[child];
      bool brackets = part.op == Op::logical_and || part.op == Op::logical_or;
      if (!text.empty()) text += between;
      text += brackets ? "(" + render(part) + ")" : render(part);
    }
    return text;
  }

  /// Parts that are never true are there to make the whole false where the others do not apply; they say nothing.
  std::string at_least(const Expr& e) const {
    Expr said = e;
    std::erase_if(said.children, [&](ExprId part) {
      return subject_.exprs[part].op == Op::truth && !subject_.exprs[part].flag;
    });
    if (said.children.size() == 1 && e.value == Rational(1)) return of(said.children.front());
    return word("ít nhất ", "at least ") + e.value.exact_text() + word(" trong: ", " of: ") + joined(said, "; ");
  }

  std::string compare(const Expr& e) const {
    return of(e.children[0]) + " " + sign(e.comparison) + " " + limit(e);
  }

  std::string rows(const Expr& e, std::size_t condition) const {
    std::string text = list(e.index);
    if (e.children.size() > condition) text += std::string(word(" mà (", " where (")) + of(e.children[condition]) + ")";
    return text;
  }

  std::string fold(const Expr& e) const {
    switch (e.op) {
      case Op::exists: return word("có ", "some ") + rows(e, 0);
      case Op::every: return word("mọi ", "every ") + rows(e, 0);
      case Op::share: return word("tỉ lệ ", "share of ") + rows(e, 0);
      case Op::count: return word("số ", "number of ") + rows(e, 0);
      case Op::sum: return word("tổng (", "sum (") + of(e.children[0]) + word(") của ", ") of ") + rows(e, 1);
      case Op::mean: return word("trung bình (", "mean (") + of(e.children[0]) + word(") của ", ") of ") + rows(e, 1);
      case Op::largest: return word("lớn nhất (", "largest (") + of(e.children[0]) + word(") của ", ") of ") + rows(e, 1);
      default: return word("nhỏ nhất (", "smallest (") + of(e.children[0]) + word(") của ", ") of ") + rows(e, 1);
    }
  }

  std::string constant(const Expr& e) const {
    if (e.op == Op::date) {
      auto day = static_cast<DayNumber>(e.value.numerator().get_si());
      return language_ == Language::vi ? vietnamese_date(day) : iso_date(day);
    }
    if (e.op == Op::step) {
      const bytecode::Scale& scale = pack_.scales[e.type.scale];
      auto index = static_cast<std::size_t>(e.value.numerator().get_ui());
      if (index < scale.step_labels.size() && !scale.step_labels[index].empty()) return scale.step_labels[index];
      return index < scale.step_ids.size() ? scale.step_ids[index] : e.value.exact_text();
    }
    if (e.op == Op::level && subject_.rating) {
      auto index = static_cast<std::size_t>(e.value.numerator().get_ui());
      if (index < subject_.rating->levels.size()) return subject_.rating->levels[index].label;
    }
    return number(e.value, e.type.unit);
  }

  std::string binary(const Expr& e, const char* sign) const {
    auto side = [&](ExprId id) {
      const Expr& part = subject_.exprs[id];
      bool brackets = part.op == Op::add || part.op == Op::subtract || part.op == Op::divide;
      return brackets ? "(" + render(part) + ")" : render(part);
    };
    return side(e.children[0]) + " " + sign + " " + side(e.children[1]);
  }

  /// The total of a row of results, which is read from two columns.
  bool is_other_total(const Expr& e) const {
    const Expr& dividend = subject_.exprs[e.children[0]];
    return dividend.op == Op::field && subject_.fields[dividend.index].info.place == bytecode::FieldPlace::result_total;
  }

  std::string reading(const Expr& e) const {
    const bytecode::ReadingInfo& info = pack_.readings[e.index].info;
    return info.label.empty() ? info.id : info.label;
  }

  std::string render(const Expr& e) const {
    switch (e.op) {
      case Op::number:
      case Op::date:
      case Op::step:
      case Op::level: return constant(e);
      case Op::truth: return e.flag ? word("đúng", "true") : word("sai", "false");
      case Op::text: return "“" + e.text + "”";
      case Op::field: return field(e.index);
      case Op::table_column: return of(e.children[0]) + "." + pack_.tables[subject_.exprs[e.children[0]].type.scale].column_ids[e.index];
      case Op::reading: return reading(e);
      case Op::points_of: return word("điểm ", "points of ") + (e.flag ? subject_.groups[e.index].label : subject_.criteria[e.index].label);
      case Op::total_points: return word("tổng điểm", "total points");
      case Op::maximum_of:
      case Op::group_maximum_of: return word("điểm tối đa", "maximum points");
      case Op::add: return binary(e, "+");
      case Op::subtract: return binary(e, "−");
      case Op::multiply: return binary(e, "×");
      case Op::divide: return is_other_total(e) ? word("tổng điểm", "total points") : binary(e, "/");
      case Op::negate: return "−" + of(e.children[0]);
      case Op::at_most: return of(e.children[0]) + word(", không quá ", ", at most ") + of(e.children[1]);
      case Op::at_least: return of(e.children[0]) + word(", không dưới ", ", at least ") + of(e.children[1]);
      case Op::round: return of(e.children[0]) + word(", làm tròn ", ", rounded to ") + number(e.value, "");
      case Op::compare: return compare(e);
      case Op::one_of: return one_of(e);
      case Op::between: return between(e);
      case Op::logical_and: return joined(e, word(" và ", " and "));
      case Op::logical_or: return joined(e, word(" hoặc ", " or "));
      case Op::logical_not: return word("không (", "not (") + of(e.children[0]) + ")";
      case Op::at_least_of: return at_least(e);
      case Op::working_days:
        return word("số ngày làm việc từ ", "working days from ") + of(e.children[0]) + word(" đến ", " to ") + of(e.children[1]);
      case Op::condition: return of(e.children[0]);
      case Op::unless: return of(e.children[0]) + word(", trừ khi ", ", unless ") + of(e.children[1]);
      default: return fold(e);
    }
  }

  std::string one_of(const Expr& e) const {
    std::string text = of(e.children[0]) + word(" thuộc {", " one of {");
    for (std::size_t i = 1; i < e.children.size(); ++i) text += (i == 1 ? "" : "; ") + of(e.children[i]);
    return text + "}";
  }

  std::string between(const Expr& e) const {
    const Expr& first = subject_.exprs[e.children[1]];
    if (first.op != Op::field || subject_.fields[first.index].info.place != bytecode::FieldPlace::period_first)
      return of(e.children[0]) + word(" từ ", " from ") + of(e.children[1]) + word(" đến ", " to ") + of(e.children[2]);
    const std::optional<Rational>& years = subject_.fields[first.index].info.step;
    if (!years) return of(e.children[0]) + word(" trong kỳ", " in the period");
    return of(e.children[0]) + word(" trong vòng ", " within the last ") + years->exact_text() + word(" năm gần nhất", " years");
  }

  const sema::Pack& pack_;
  const sema::Subject& subject_;
  Language language_;
};

}  // namespace

Bilingual sentence(const sema::Pack& pack, const sema::Subject& subject, ExprId id) {
  return {Words(pack, subject, Language::vi).of(id), Words(pack, subject, Language::en).of(id)};
}

Bilingual limit(const sema::Pack& pack, const sema::Subject& subject, ExprId comparison) {
  const Expr& e = subject.exprs[comparison];
  return {Words(pack, subject, Language::vi).limit(e), Words(pack, subject, Language::en).limit(e)};
}

}  // namespace quy::ir

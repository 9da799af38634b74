// Rules about citations and the documents they lead to.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "tools/lint/all_rules.h"
#include "tools/lint/pack_view.h"
#include "tools/lint/report.h"
#include "tools/lint/words.h"

namespace quy::lint {

using syntax::Citation;
using syntax::Citations;

namespace {

/// Every citation of the pack, wherever it stands.
class AllCitations : public SyntaxVisitor {
 public:
  void citations(const Citations& cited) override {
    for (const Citation& citation : cited) add(citation);
  }
  void rating(const syntax::Rating& rating) override {
    for (const syntax::HandOver& rule : rating.hand_overs)
      for (const Citation& citation : rule.in_place_of) add(citation);
  }
  void item(const syntax::Item& item) override {
    if (const auto* rules = std::get_if<syntax::NotRules>(&item))
      for (const auto& row : rules->rows)
        for (const Citation& citation : row.clauses) add(citation);
  }
  const std::set<std::string>& documents() const { return documents_; }

 private:
  void add(const Citation& citation) {
    if (citation.is_parameter) return;
    const std::size_t colon = citation.text.find(':');
    documents_.insert(colon == std::string::npos ? "" : fold_id(citation.text.substr(0, colon)));
  }
  std::set<std::string> documents_;
};

std::vector<const syntax::LegalBasis*> documents_of(const PackView& view) {
  std::vector<const syntax::LegalBasis*> found;
  for (const syntax::File* file : view.files())
    for (const syntax::Item& item : file->items)
      if (const auto* basis = std::get_if<syntax::LegalBasis>(&item)) found.push_back(basis);
  return found;
}

std::set<std::string> cited_documents(const PackView& view) {
  AllCitations all;
  view.walk(all);
  return all.documents();
}

bool is_first_document(const PackView& view, const syntax::LegalBasis& basis) {
  const auto& documents = view.pack().documents;
  return !documents.empty() && fold_id(documents.front().name) == fold_id(basis.name.text);
}

bool is_cited(const PackView& view, const std::set<std::string>& cited, const syntax::LegalBasis& basis) {
  return cited.contains(fold_id(basis.name.text)) || (is_first_document(view, basis) && cited.contains(""));
}

/// What is in force beside what is cited: plain `theo` lists, once each.
class Uncited : public SyntaxVisitor {
 public:
  explicit Uncited(Report& report) : report_(report) {}
  void item(const syntax::Item& item) override { in_indicator_ = std::holds_alternative<syntax::Indicator>(item); }
  void group(const syntax::Group& group, const syntax::Group* around) override {
    if (!group.citations.empty() || (around && cited_.contains(around))) cited_.insert(&group);
  }
  void criterion(const syntax::Criterion& criterion, const syntax::Group* around) override {
    // An indicator's criterion takes the clauses of the place where it is used.
    if (in_indicator_ || !criterion.citations.empty() || (around && cited_.contains(around))) return;
    report_.at(
        criterion.name.span,
        say("`{0}` không dẫn điều khoản nào, nhóm chứa nó cũng không", "`{0}` cites no clause, nor does a group around it", criterion.name.text),
        say("thêm `theo …` vào tiêu chí: lời giải thích sẽ dẫn tới đúng điểm của văn bản",
            "add `cites …` to the criterion, so that explanations lead to the very point of the document"));
  }
  void rating(const syntax::Rating& rating) override {
    for (const syntax::Level& level : rating.levels)
      if (level.citations.empty())
        report_.at(level.name.span, say("mức `{0}` không dẫn điều khoản nào", "level `{0}` cites no clause", level.name.text),
                   say("thêm `theo …` vào mức", "add `cites …` to the level"));
  }

 private:
  Report& report_;
  std::set<const syntax::Group*> cited_;
  bool in_indicator_ = false;
};

class Repeated : public SyntaxVisitor {
 public:
  explicit Repeated(Report& report) : report_(report) {}
  void citations(const Citations& cited) override {
    for (std::size_t i = 1; i < cited.size(); ++i) {
      const auto same = [&](const Citation& other) { return other.text == cited[i].text; };
      if (std::none_of(cited.begin(), cited.begin() + static_cast<std::ptrdiff_t>(i), same)) continue;
      report_
          .at(cited[i].span, say("điều khoản `{0}` dẫn hai lần trong một câu", "clause `{0}` is cited twice in one statement", cited[i].text),
              say("bỏ một lần", "remove one"))
          .mend({cited[i].span.file, cited[i - 1].span.end, cited[i].span.end}, "");
    }
  }

 private:
  Report& report_;
};

bool is_below(const std::string& clause, const std::string& heading) { return clause.starts_with(heading + "."); }

class Headings : public SyntaxVisitor {
 public:
  explicit Headings(Report& report) : report_(report) {}
  void criterion(const syntax::Criterion& criterion, const syntax::Group* around) override {
    if (!around || criterion.citations.size() != 1 || around->citations.empty()) return;
    const std::string& own = criterion.citations.front().text;
    const bool as_group =
        std::any_of(around->citations.begin(), around->citations.end(), [&](const Citation& c) { return c.text == own || is_below(c.text, own); });
    if (!as_group || !has_precise_sibling(*around, own)) return;
    report_.at(criterion.citations.front().span,
               say("`{0}` dẫn cả đề mục `{1}`, trong khi tiêu chí bên cạnh dẫn tới từng điểm",
                   "`{0}` cites the whole heading `{1}`, while the criteria beside it cite their points", criterion.name.text, own),
               say("dẫn đúng điểm của văn bản, như `{0}.a`", "cite the very point, as `{0}.a`", own));
  }

 private:
  static bool has_precise_sibling(const syntax::Group& group, const std::string& heading) {
    return std::any_of(group.items.begin(), group.items.end(), [&](const syntax::GroupItem& item) {
      const auto* other = std::get_if<syntax::Criterion>(&item);
      return other && std::any_of(other->citations.begin(), other->citations.end(), [&](const Citation& c) { return is_below(c.text, heading); });
    });
  }
  Report& report_;
};

}  // namespace

void uncited_rule(const PackView& view, Report& report) {
  Uncited visitor(report);
  view.walk(visitor);
}

void repeated_citation(const PackView& view, Report& report) {
  Repeated visitor(report);
  view.walk(visitor);
}

void cites_heading(const PackView& view, Report& report) {
  Headings visitor(report);
  view.walk(visitor);
}

void unused_document(const PackView& view, Report& report) {
  const auto cited = cited_documents(view);
  for (const syntax::LegalBasis* basis : documents_of(view))
    if (!is_cited(view, cited, *basis))
      report.at(basis->name.span,
                say("không quy tắc nào dẫn văn bản `{0}` ({1})", "no rule cites document `{0}` ({1})", basis->name.text, basis->document),
                say("dẫn nó ở quy tắc lấy từ nó, như `theo {0}:D1`, hoặc bỏ", "cite it where a rule comes from it, as `cites {0}:D1`, or remove it",
                    basis->name.text));
}

void document_replaced(const PackView& view, Report& report) {
  const auto cited = cited_documents(view);
  for (const syntax::LegalBasis* basis : documents_of(view)) {
    if (!is_cited(view, cited, *basis)) continue;
    for (const bytecode::Document& other : view.pack().documents) {
      if (other.replaces.empty() || other.replaces != basis->document) continue;
      report.at(basis->name.span,
                say("văn bản {0} còn được dẫn, nhưng đã bị {1} thay thế", "document {0} is still cited, but {1} has replaced it", basis->document,
                    other.symbol),
                say("dẫn điều khoản tương ứng của `{0}`", "cite the matching clause of `{0}`", other.name));
    }
  }
}

void document_after_in_force(const PackView& view, Report& report) {
  const auto& from = view.header().in_force_from;
  if (!from) return;
  for (const syntax::LegalBasis* basis : documents_of(view))
    if (basis->date > *from)
      report
          .at(basis->name.span,
              say("văn bản {0} ban hành sau ngày bộ tiêu chí có hiệu lực", "document {0} is dated after the day the pack comes into force",
                  basis->document),
              say("xem lại ngày của văn bản hoặc ngày hiệu lực: kỳ trước ngày ấy không dựa vào văn bản này được",
                  "look at the document's date or at the pack's: no earlier period can rest on it"))
          .label(view.header().span, {"hiệu lực khai báo ở đây", "the pack's dates are here"});
}

void clause_rule_and_not(const PackView& view, Report& report) {
  std::map<std::string, Span> cited;
  for (const SubjectView& subject : view.subjects())
    for (const sema::Criterion& criterion : subject.subject().criteria)
      for (const std::string& clause : criterion.clauses.ids)
        if (view.is_own(criterion.span)) cited.try_emplace(clause, view.name_span(criterion));
  for (const syntax::File* file : view.files())
    for (const syntax::Item& item : file->items)
      if (const auto* rules = std::get_if<syntax::NotRules>(&item))
        for (const auto& row : rules->rows)
          for (const Citation& clause : row.clauses)
            if (auto found = cited.find(clause.text); found != cited.end())
              report
                  .at(clause.span,
                      say("`{0}` ghi là không phải quy tắc, nhưng có tiêu chí dẫn nó", "`{0}` is listed as no rule, but a criterion cites it",
                          clause.text),
                      say("bỏ nó khỏi danh sách, hoặc sửa trích dẫn của tiêu chí", "take it off the list, or mend the criterion's citation"))
                  .label(found->second, {"tiêu chí ở đây", "the criterion is here"});
}

void no_in_force_date(const PackView& view, Report& report) {
  if (view.header().in_force_from) return;
  report.at(view.header().path.span, say("bộ tiêu chí không nói có hiệu lực từ ngày nào", "the pack does not say from which day it is in force"),
            say("thêm `hiệu lực từ <ngày>`: kỳ đã khép lại luôn được chấm theo bản có hiệu lực khi ấy",
                "add `in force from <date>`: a closed period is always rated by the pack then in force"));
}

}  // namespace quy::lint

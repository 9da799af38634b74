#include "tools/document/front.h"

#include <algorithm>

#include "runtime/trace/phrases.h"

namespace quy::tools {
namespace {

using bytecode::Document;
using bytecode::Module;
using bytecode::Subject;

std::string in_force(const Sheet& sheet) {
  const Module& module = sheet.module();
  std::string text;
  if (module.in_force_from) text = sheet.say("từ ", "from ") + sheet.date(*module.in_force_from);
  if (module.in_force_to)
    text += (text.empty() ? "" : " ") + std::string(sheet.say("đến ", "to ")) + sheet.date(*module.in_force_to);
  return text;
}

std::string words_of(const Sheet& sheet, const Document& document) {
  std::string text = document.symbol + sheet.say(", ngày ", ", ") + sheet.date(document.date);
  if (!document.replaces.empty()) text += sheet.say(", thay thế ", ", replacing ") + document.replaces;
  return text;
}

std::string pack_words(const Sheet& sheet) {
  const Module& module = sheet.module();
  return label_of(module) + sheet.say(" — phiên bản ", " — version ") + module.version;
}

/// One line of the table on top.
class Facts {
 public:
  explicit Facts(const Sheet& sheet) : sheet_(sheet) {}

  void write() {
    const Html::Element table = sheet_.html.open("table", {{"class", "facts"}});
    const Html::Element body = sheet_.html.open("tbody");
    fact(sheet_.say("Bộ tiêu chí", "Criteria set"), pack_words(sheet_));
    refined();
    fact(sheet_.say("Đối tượng", "Subject"), label_of(sheet_.subject()));
    fact(sheet_.say("Phạm vi, điều khoản", "Scope, clause"), sheet_.subject().citation);
    fact(sheet_.say("Hiệu lực", "In force"), in_force(sheet_));
    legal_basis();
    stages();
    scale();
  }

 private:
  void fact(const std::string& name, const std::string& text) const {
    if (text.empty()) return;
    const Html::Element row = sheet_.html.open("tr");
    sheet_.html.leaf("th", name, {{"scope", "row"}});
    sheet_.html.leaf("td", text);
  }

  void refined() const {
    std::vector<std::string> packs;
    for (const bytecode::Dependency& dependency : sheet_.module().dependencies)
      packs.push_back(dependency.id + sheet_.say(" phiên bản ", " version ") + dependency.version);
    fact(sheet_.say("Cụ thể hoá", "Refines"), joined(packs));
  }

  /// With the short name that clauses of all but the first document carry in front.
  void legal_basis() const {
    const std::vector<Document>& documents = sheet_.module().documents;
    if (documents.empty()) return;
    const Html::Element row = sheet_.html.open("tr");
    sheet_.html.leaf("th", sheet_.say("Căn cứ", "Legal basis"), {{"scope", "row"}});
    const Html::Element cell = sheet_.html.open("td");
    const Html::Element list = sheet_.html.open("ul", {{"class", "plain"}});
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const Html::Element item = sheet_.html.open("li");
      sheet_.html.text(words_of(sheet_, documents[i]));
      if (i == 0) continue;
      sheet_.html.text(" ");
      const std::string mark = sheet_.say("(điều khoản ghi ", "(clauses begin with ") + documents[i].name + ":…)";
      sheet_.html.leaf("span", mark, {{"class", "detail"}});
    }
  }

  void stages() const {
    std::vector<std::string> names;
    for (const std::string& stage : sheet_.subject().stages) names.push_back(stage_words(stage));
    if (names.size() > 1) fact(sheet_.say("Bước chấm", "Stages"), joined(names, " → "));
  }

  /// Stages that a pack names itself are known by their ids alone.
  std::string stage_words(const std::string& id) const {
    if (id == "self") return sheet_.say("tự đánh giá", "self-assessment");
    if (id == "appraisal") return sheet_.say("thẩm định", "appraisal");
    return id == "decision" ? sheet_.say("quyết định", "decision") : id;
  }

  void scale() const {
    if (sheet_.subject().total == bytecode::kNone || sheet_.subject().has_open_points) return;
    Rational sum;
    for (const bytecode::GroupInfo& group : sheet_.subject().groups) {
      if (group.parent != bytecode::kNone || group.sign != 0) continue;
      const std::optional<Rational> most = sheet_.maximum(group.observable, group.max);
      if (!most) return;
      sum = sum + *most;
    }
    if (sum.sign() > 0) fact(sheet_.say("Thang điểm", "Scale"), sheet_.points(sum));
  }

  const Sheet& sheet_;
};

void note(const Sheet& sheet, const std::string& text) {
  sheet.html.leaf("p", in_document(text) + ".", {{"class", "note"}});
}

/// By which the readings that no document picks are picked.
const std::string& profile_label(const Module& module) {
  const auto by_profile = [](const bytecode::ReadingInfo& r) { return !r.closed && !r.chosen_by.empty(); };
  const auto first = std::find_if(module.readings.begin(), module.readings.end(), by_profile);
  return first == module.readings.end() ? module.profile : first->chosen_by;
}

void notes(const Sheet& sheet) {
  using trace::Phrase;
  const Subject& subject = sheet.subject();
  if (!sheet.module().profile.empty())
    note(sheet, trace::phrase(Phrase::note_profile, sheet.language, {"“" + profile_label(sheet.module()) + "”"}));
  if (subject.has_open_points) note(sheet, trace::phrase(Phrase::note_open_points, sheet.language));
  sheet.html.leaf("p",
                  sheet.say("Cách đọc điều khoản: D11.1.2 là Điều 11, khoản 1, mục 2; PL2.II.3 là Phụ lục 2, phần II, "
                            "mục 3; p1, p2… là đoạn thứ "
                            "mấy, -1, -2… là gạch đầu dòng thứ mấy của mục.",
                            "How to read clauses: D11.1.2 is Article 11, paragraph 1, item 2; PL2.II.3 is Appendix 2, "
                            "part II, item 3; p1, p2… count the passages of an item, -1, -2… its dashes. Labels are "
                            "the pack's own, in its language."),
                  {{"class", "note"}});
}

void bullets(const Sheet& sheet, const std::vector<std::string>& texts) {
  const Html::Element list = sheet.html.open("ul");
  for (const std::string& text : texts) sheet.html.leaf("li", text);
}

void signature(const Sheet& sheet) {
  const Html::Element table = sheet.html.open("table", {{"class", "signature"}});
  const Html::Element body = sheet.html.open("tbody");
  const Html::Element row = sheet.html.open("tr");
  for (const char* role :
       {sheet.say("Người lập", "Prepared by"), sheet.say("Thủ trưởng cơ quan", "Head of the office")}) {
    const Html::Element cell = sheet.html.open("td");
    sheet.html.leaf("div", role, {{"class", "role"}});
    sheet.html.leaf("div", sheet.say("(Ký, ghi rõ họ tên)", "(Signature and name)"), {{"class", "detail"}});
  }
}

}  // namespace

void write_front(const Sheet& sheet) {
  const Html::Element header = sheet.html.open("header");
  sheet.html.leaf("p", label_of(sheet.module()), {{"class", "pack"}});
  sheet.html.leaf("h1", sheet.say("Bộ tiêu chí đánh giá", "Criteria for the assessment"));
  sheet.html.leaf("p", label_of(sheet.subject()), {{"class", "subject"}});
  Facts(sheet).write();
  notes(sheet);
}

void write_end(const Sheet& sheet) {
  const Subject& subject = sheet.subject();
  if (!subject.requirements.empty()) {
    sheet.heading("Yêu cầu đối với hồ sơ", "What a record must satisfy");
    std::vector<std::string> texts;
    for (const bytecode::Requirement& requirement : subject.requirements)
      texts.push_back(in_document(requirement.text));
    bullets(sheet, texts);
  }
  if (!subject.acknowledged.empty()) {
    sheet.heading("Khiếm khuyết của văn bản đã được chấp nhận", "Defects of the text that the set accepts");
    bullets(sheet, subject.acknowledged);
  }
  signature(sheet);
  const Module& module = sheet.module();
  const Html::Element footer = sheet.html.open("footer");
  sheet.html.text(sheet.say("Trang này do quy doc viết từ gói ", "quy doc wrote this page from pack "));
  sheet.html.leaf("code", module.id);
  sheet.html.text(" " + module.version + sheet.say(", đối tượng ", ", subject "));
  sheet.html.leaf("code", subject.id);
  sheet.html.text(sheet.say("; mã băm nội dung (SHA-256): ", "; SHA-256 of its meaning: "));
  sheet.html.leaf("code", module.hashes[0]);
}

}  // namespace quy::tools

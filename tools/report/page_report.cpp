#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

#include "runtime/facts/json_text.h"
#include "tools/document/html.h"
#include "tools/document/style.h"
#include "tools/report/charts.h"
#include "tools/report/page_assets.h"
#include "tools/report/quota_use.h"
#include "tools/report/report.h"
#include "tools/report/tree_text.h"

namespace quy::tools {
namespace {

using facts::append_json;

/// What a page can hold and a browser still shows at once; charts and tables of counts are of all results.
constexpr std::size_t kMostRows = 50'000, kMostTrees = 3'000, kMostRejects = 1'000, kMostUnits = 400;

/// `</script>` in a record's text must not end the page's data; nor may `&` and `<` stand in XML.
std::string inside_page(const std::string& json) {
  std::string safe;
  for (const char c : json) {
    switch (c) {
      case '<': safe += "\\u003c"; break;
      case '>': safe += "\\u003e"; break;
      case '&': safe += "\\u0026"; break;
      default: safe += c;
    }
  }
  return safe;
}

struct RejectRow {
  std::string place, id, field, code, reason;
  friend auto operator<=>(const RejectRow&, const RejectRow&) = default;
};

class PageReport : public Report {
 public:
  PageReport(const std::vector<const bytecode::Module*>& versions, Language language)
      : module_(*versions.back()), version_texts_(texts_of(versions)), labels_(versions, language) {}

  bool wants_explanations() const override { return true; }

  void result(std::string_view line) override {
    const ResultRow row = parse_result(line);
    if (!row.of_cohort && row.stage != counts_.stage) counts_ = OfStage(row.stage);
    counts_.quotas.add(row, labels_);
    if (row.of_cohort) {
      ++counts_.cohort_records;
      return;
    }
    const Category category = labels_.category(row);
    count(row, category);
    keeps_tree_ = kept_rows_ < std::min(kMostRows, kMostTrees);
    if (kept_rows_++ < kMostRows) add_row(row, category);
  }

  void explanation(std::string_view line) override {
    if (!keeps_tree_) return;
    if (!trees_.empty()) trees_ += ",\n";
    trees_ += short_tree(nlohmann::json::parse(line), texts_);
  }

  void reject(std::string_view line) override {
    if (rejects_.size() == kMostRejects) return;
    const nlohmann::json reject = nlohmann::json::parse(line);
    const auto text = [&](const char* key) {
      const auto found = reject.find(key);
      return found == reject.end() ? std::string() : found->is_string() ? found->get<std::string>() : found->dump();
    };
    std::string place;
    for (const char* key : {"input", "sheet"})
      if (!text(key).empty()) place += text(key) + ", ";
    place += labels_.say("dòng ", "line ") + text("line");
    if (!text("column").empty()) place += labels_.say(", cột ", ", column ") + text("column");
    const RejectRow row{place, text("id"), text("field"), text("code"), text("reason")};
    // Every stage refuses a record anew.
    if (refused_.insert(row).second) rejects_.push_back(row);
  }

  std::variant<std::string, Message> finish(const EvaluationSummary& summary) override {
    html_.raw("<!DOCTYPE html>\n");
    {
      const Html::Element root =
          html_.open("html", {{"xmlns", "http://www.w3.org/1999/xhtml"}, {"lang", labels_.say("vi", "en")}});
      write_head();
      const Html::Element body = html_.open("body");
      {
        const Html::Element main = html_.open("main");
        write_front(summary);
        html_.leaf("section", "", {{"id", "record"}});
        write_levels(summary);
        write_charts();
        write_quotas();
        write_open(summary);
        write_rejects(summary);
        write_records();
        write_foot();
      }
      write_data();
    }
    return html_.take();
  }

 private:
  const char* say(const char* vi, const char* en) const { return labels_.say(vi, en); }

  // -------------------------------------------------------------- what is kept

  void count(const ResultRow& row, const Category& category) {
    ++counts_.records;
    ++counts_.by_subject[row.subject][category];
    ++counts_.by_cohort[row.cohort][category];
    ++counts_.by_unit[row.unit][category];
    if (row.status == "undecided") {
      ++counts_.undecided;
      for (const std::string& field : row.missing) ++counts_.missing[labels_.field(row.subject, field)];
    }
    if (row.status == "authority") {
      ++counts_.authority;
      for (const ResultRow::Reason& reason : row.reasons) counts_.reasons.try_emplace(reason.clause, reason.text);
    }
  }

  void add_row(const ResultRow& row, const Category& category) {
    std::string out = rows_.empty() ? "[" : ",\n[";
    const auto text = [&](const std::string& value) {
      append_json(out, value);
      out += ',';
    };
    const auto number = [&](const std::string& value) { out += std::to_string(texts_.number(value)) + ','; };
    text(row.id);
    number(labels_.subject(row.subject));
    text(row.period);
    number(row.unit);
    number(row.cohort);
    text(row.stage);
    text(row.total);
    text(row.low.empty() ? std::string() : row.low + " – " + row.high);
    out += std::to_string(number_of(category)) + ",[";
    bool first = true;
    for (const ResultRow::Reason& reason : row.reasons) {
      if (!first) out += ',';
      first = false;
      out +=
          '[' + std::to_string(texts_.number(reason.clause)) + ',' + std::to_string(texts_.number(reason.text)) + ']';
    }
    out += "]," + std::to_string(texts_.number(row.quota_text()));
    if (!row.stages.empty() || !row.overrides.empty()) out += "," + stages_of(row) + "," + overrides_of(row);
    rows_ += out + ']';
  }

  /// [[stage, points, outcome, what explains that it is another than before]]
  std::string stages_of(const ResultRow& row) {
    std::string out;
    for (const ResultRow::Stage& stage : row.stages) {
      const std::string points = stage.low.empty() ? stage.total : stage.low + " – " + stage.high;
      out += out.empty() ? "[" : ",[";
      for (const std::string& text : {labels_.stage(stage.stage), points, labels_.outcome_of(row.subject, stage)})
        out += std::to_string(texts_.number(text)) + ',';
      out += std::to_string(texts_.number(labels_.because(row.subject, stage))) + ']';
    }
    return '[' + out + ']';
  }

  /// [[what was changed, reason, document]]
  std::string overrides_of(const ResultRow& row) {
    std::string out;
    for (const ResultRow::Override& of : row.overrides) {
      const std::size_t reason = texts_.number(labels_.reason_of(of)), document = texts_.number(labels_.document_of(of));
      out += out.empty() ? "[" : ",[";
      out += std::to_string(texts_.number(labels_.change(row.subject, of))) + ',' + std::to_string(reason) + ',' + std::to_string(document) + ']';
    }
    return '[' + out + ']';
  }

  std::size_t number_of(const Category& category) {
    const auto found = std::find(categories_.begin(), categories_.end(), category);
    if (found != categories_.end()) return static_cast<std::size_t>(found - categories_.begin());
    categories_.push_back(category);
    return categories_.size() - 1;
  }

  // -------------------------------------------------------------- the page

  void write_head() {
    const Html::Element head = html_.open("head");
    html_.empty("meta", {{"charset", "utf-8"}});
    html_.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html_.leaf("title", std::string(say("Kết quả xếp loại", "Ratings")) + " — " + module_.label);
    const Html::Element style = html_.open("style");
    html_.raw(kStyle);
    html_.raw(kReportStyle);
  }

  void write_front(const EvaluationSummary& summary) {
    {
      const Html::Element header = html_.open("header");
      html_.leaf("p", module_.label + ", " + version_texts_, {{"class", "pack"}});
      html_.leaf("h1", say("Kết quả đánh giá, xếp loại", "Results of the rating"));
    }
    {
      const Html::Element nav = html_.open("nav");
      const auto link = [this](const char* to, const char* text) { html_.leaf("a", text, {{"href", to}}); };
      link("#levels", say("Theo đối tượng", "By subject"));
      if (says_something(counts_.by_cohort)) link("#cohorts", say("Theo nhóm", "By cohort"));
      if (says_something(counts_.by_unit)) link("#units", say("Theo đơn vị", "By unit"));
      if (!counts_.quotas.empty()) link("#quotas", say("Tỉ lệ khống chế", "Quotas"));
      link("#open", say("Chưa xác định", "Undecided"));
      link("#records-section", say("Từng hồ sơ", "Records"));
    }
    const Html::Element figures = html_.open("ul", {{"class", "figures"}});
    const auto figure = [this](std::uint64_t count, const char* what) {
      const Html::Element item = html_.open("li");
      html_.leaf("strong", std::to_string(count));
      html_.text(what);
    };
    figure(summary.records_in, say("bản ghi đọc vào", "records in"));
    figure(counts_.records, say("hồ sơ có kết quả", "records with a result"));
    if (counts_.cohort_records != 0) figure(counts_.cohort_records, say("bản ghi về nhóm", "records about cohorts"));
    figure(summary.rejected, say("bản ghi bị từ chối", "rejected"));
    figure(counts_.undecided, say("chưa xác định", "undecided"));
    figure(counts_.authority, say("chờ cấp có thẩm quyền", "for the authority"));
  }

  void heading(const char* id, const char* vi, const char* en) { html_.leaf("h2", say(vi, en), {{"id", id}}); }

  std::vector<Bar> bars(const std::map<std::string, Counts>& counts) const {
    std::vector<Bar> all;
    for (const auto& [name, of] : counts) {
      if (all.size() < kMostUnits) all.push_back({name, of});
    }
    return all;
  }

  /// In the order of the pack.
  void write_levels(const EvaluationSummary& summary) {
    heading("levels", "Theo đối tượng", "By subject");
    std::vector<Bar> all;
    for (const EvaluationSummary::OfSubject& of : summary.subjects)
      if (const auto found = counts_.by_subject.find(of.id); found != counts_.by_subject.end())
        all.push_back({labels_.subject(of.id), found->second});
    if (!counts_.stage.empty())
      html_.leaf("p",
                 std::string(say("Biểu đồ và số đếm là của bước chấm sau cùng: ",
                                 "Charts and counts are of the last stage: ")) +
                     counts_.stage + ".",
                 {{"class", "note"}});
    if (!all.empty()) write_bars(html_, bar_headings(say("Đối tượng", "Subject")), all);
  }

  BarHeadings bar_headings(const char* name) const {
    return {name, say("Tỉ lệ các mức", "Share of each level"), say("Số hồ sơ", "Records")};
  }

  static bool says_something(const std::map<std::string, Counts>& counts) {
    return counts.size() > 1 || (counts.size() == 1 && !counts.begin()->first.empty());
  }

  void write_charts() {
    const auto chart = [this](const char* id, const char* vi, const char* en, const char* name_vi, const char* name_en,
                              const std::map<std::string, Counts>& counts) {
      if (!says_something(counts)) return;
      heading(id, vi, en);
      write_bars(html_, bar_headings(say(name_vi, name_en)), bars(counts));
      if (counts.size() > kMostUnits) html_.leaf("p", say_first(kMostUnits, counts.size()), {{"class", "note"}});
    };
    chart("cohorts", "Theo nhóm tương đồng", "By cohort", "Nhóm", "Cohort", counts_.by_cohort);
    chart("units", "Theo đơn vị", "By unit", "Đơn vị", "Unit", counts_.by_unit);
  }

  std::string say_first(std::size_t shown, std::size_t all) const {
    return std::string(say("Trang chỉ nêu ", "The page shows ")) + std::to_string(shown) + say(" trong ", " of ") +
           std::to_string(all) + ".";
  }

  void write_table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows,
                   const char* name) {
    const Html::Element table = html_.open("table", {{"class", name}});
    {
      const Html::Element thead = html_.open("thead");
      const Html::Element row = html_.open("tr");
      for (const std::string& cell : head) html_.leaf("th", cell);
    }
    const Html::Element body = html_.open("tbody");
    for (const std::vector<std::string>& cells : rows) {
      const Html::Element row = html_.open("tr");
      for (std::size_t i = 0; i < cells.size(); ++i) html_.leaf("td", cells[i], {{"data-label", head[i]}});
    }
  }

  void write_quotas() {
    if (counts_.quotas.empty()) return;
    heading("quotas", "Tỉ lệ khống chế", "Quotas");
    counts_.quotas.write(html_, labels_);
  }

  static std::vector<std::vector<std::string>> by_frequency(const std::map<std::string, std::uint64_t>& counts) {
    std::vector<std::pair<std::uint64_t, std::string>> sorted;
    for (const auto& [name, count] : counts) sorted.emplace_back(count, name);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::vector<std::string>> rows;
    for (const auto& [count, name] : sorted) rows.push_back({name, std::to_string(count)});
    return rows;
  }

  void write_authority(const EvaluationSummary& summary) {
    if (summary.handed_over_by.empty()) return;
    html_.leaf("h3", say("Chờ cấp có thẩm quyền quyết định", "Waiting for the authority's decision"));
    html_.leaf("p",
               std::to_string(counts_.authority) +
                   say(" hồ sơ, mỗi hồ sơ theo một hay nhiều điều khoản.", " records, each by one clause or several."),
               {{"class", "note"}});
    std::vector<std::vector<std::string>> rows;
    for (const std::vector<std::string>& row : by_frequency(summary.handed_over_by)) {
      const auto reason = counts_.reasons.find(row[0]);
      rows.push_back({row[0], reason == counts_.reasons.end() ? std::string() : reason->second, row[1]});
    }
    write_table({say("Điều khoản", "Clause"), say("Căn cứ", "Basis"), say("Số hồ sơ", "Records")}, rows,
                "plain clauses");
  }

  void write_open(const EvaluationSummary& summary) {
    heading("open", "Chưa xác định vì sao", "What keeps records undecided");
    if (counts_.missing.empty()) {
      html_.leaf("p", say("Không có hồ sơ nào chưa xác định vì thiếu minh chứng.",
                          "No record is undecided for want of evidence."));
    } else {
      html_.leaf("p",
                 std::to_string(counts_.undecided) + say(" hồ sơ chưa xác định. Một hồ sơ có thể thiếu nhiều minh "
                                                         "chứng; chỉ kê minh chứng có thể làm đổi xếp loại.",
                                                         " records are undecided. A record may lack several; only "
                                                         "evidence that can change the rating is listed."),
                 {{"class", "note"}});
      write_table({say("Minh chứng còn thiếu", "Missing evidence"), say("Số hồ sơ", "Records")},
                  by_frequency(counts_.missing), "plain");
    }
    write_authority(summary);
  }

  void write_rejects(const EvaluationSummary& summary) {
    if (rejects_.empty()) return;
    heading("rejects", "Hồ sơ bị từ chối", "Rejected records");
    std::vector<std::vector<std::string>> rows;
    for (const RejectRow& reject : rejects_)
      rows.push_back({reject.id, reject.place, reject.reason + " (" + reject.code + ")"});
    write_table({say("Mã hồ sơ", "Record id"), say("Ở đâu", "Where"), say("Vì sao", "Why")}, rows, "rejects");
    if (summary.rejected > rejects_.size())
      html_.leaf("p", say_first(rejects_.size(), summary.rejected), {{"class", "note"}});
  }

  void write_records() {
    const Html::Element section = html_.open("section", {{"id", "records-section"}});
    html_.leaf("h2", say("Từng hồ sơ", "Records"));
    if (kept_rows_ > kMostRows) html_.leaf("p", say_first(kMostRows, kept_rows_), {{"class", "note"}});
    if (kept_rows_ > kMostTrees) {
      html_.leaf("p",
                 std::string(say("Lời giải thích đầy đủ có ở số hồ sơ đầu tiên: ",
                                 "Full explanations come with the first records: ")) +
                     std::to_string(kMostTrees) +
                     say("; với hồ sơ khác dùng `quy explain`.", "; for others use `quy explain`."),
                 {{"class", "note"}});
    }
    {
      const Html::Element tools = html_.open("div", {{"class", "tools"}});
      html_.empty("input", {{"id", "search"},
                            {"type", "search"},
                            {"placeholder", say("Tìm mã hồ sơ, đơn vị, lý do…", "Search ids, units, reasons…")},
                            {"aria-label", say("Tìm", "Search")}});
      html_.leaf("span", "", {{"id", "filters"}});
      html_.leaf("button", say("Bỏ lọc", "Clear"), {{"id", "clear"}, {"type", "button"}});
    }
    html_.leaf("p", "", {{"id", "count"}, {"class", "note"}, {"aria-live", "polite"}});
    {
      const Html::Element table = html_.open("table", {{"class", "records"}});
      {
        const Html::Element head = html_.open("thead");
        const Html::Element row = html_.open("tr");
        const auto column = [this](const char* kind, const char* name) { html_.leaf("th", name, {{"class", kind}}); };
        column("record", say("Mã hồ sơ", "Record id"));
        column("subject", say("Đối tượng", "Subject"));
        column("unit", say("Đơn vị", "Unit"));
        column("cohort", say("Nhóm", "Cohort"));
        column("period", say("Kỳ", "Period"));
        column("stage", say("Bước", "Stage"));
        column("number", say("Điểm", "Points"));
        column("rating", say("Xếp loại", "Rating"));
      }
      html_.leaf("tbody", "", {{"id", "records"}});
    }
    html_.leaf("button", say("Xem thêm", "More"), {{"id", "more"}, {"type", "button"}});
    html_.leaf("noscript", say("Danh sách hồ sơ cần JavaScript của trình duyệt.",
                               "The list of records needs the browser's JavaScript."));
  }

  void write_foot() {
    html_.leaf("footer", std::string(say("Gói ", "Pack ")) + module_.id + " " + version_texts_ +
                             say(". Điểm và mức do Quy tính từ minh chứng; quyết định thuộc cấp có thẩm quyền.",
                                 ". Points and levels are computed by Quy from the evidence; the authority decides."));
  }

  void write_data() {
    std::string json = "{\"texts\":[";
    for (std::size_t i = 0; i < texts_.texts().size(); ++i) {
      if (i > 0) json += ",\n";
      append_json(json, texts_.texts()[i]);
    }
    json += "],\n\"categories\":[";
    for (std::size_t i = 0; i < categories_.size(); ++i) {
      if (i > 0) json += ',';
      json += "[\"" + category_class(categories_[i]) + "\",";
      append_json(json, categories_[i].label);
      json += ',' + std::to_string(categories_[i].rank) + ']';
    }
    json += "],\n\"words\":{";
    bool first = true;
    for (const auto& [key, word] : words()) {
      if (!first) json += ',';
      first = false;
      append_json(json, key);
      json += ':';
      append_json(json, word);
    }
    json += "},\n\"rows\":[" + rows_ + "],\n\"trees\":[" + trees_ + "]}";
    {
      const Html::Element data = html_.open("script", {{"id", "data"}, {"type", "application/json"}});
      html_.raw(inside_page(json));
    }
    const Html::Element script = html_.open("script");
    html_.raw("/*<![CDATA[*/");
    html_.raw(kReportScript);
    html_.raw("/*]]>*/");
  }

  std::vector<std::pair<const char*, const char*>> words() const {
    return {{"language", say("vi", "en")},
            {"mark", say(",", ".")},
            {"all", say("tất cả", "all")},
            {"subject", say("Đối tượng", "Subject")},
            {"unit", say("Đơn vị", "Unit")},
            {"cohort", say("Nhóm", "Cohort")},
            {"period", say("Kỳ", "Period")},
            {"stage", say("Bước", "Stage")},
            {"level", say("Mức", "Level")},
            {"status", say("Tình trạng", "Status")},
            {"decided", say("Đã xếp loại", "Rated")},
            {"records", say("hồ sơ", "records")},
            {"listed", say("đang hiện", "shown:")},
            {"points", say("Điểm từng tiêu chí", "Points")},
            {"print", say("In hồ sơ này", "Print this record")},
            {"close", say("Về danh sách", "Back to the list")},
            {"before", say("Hồ sơ trước", "Previous")},
            {"after", say("Hồ sơ sau", "Next")},
            {"total", say("Tổng điểm", "Total")},
            {"why", say("Vì sao", "Why")},
            {"why_not", say("Vì sao chưa được", "Why not")},
            {"missing", say("Minh chứng còn thiếu", "Missing evidence")},
            {"would_decide", say("Biết đủ các mục này là xác định được", "Once these are known, so is the outcome")},
            {"possible", say("Còn có thể", "Still possible")},
            {"readings", say("Cách hiểu đã chọn", "Readings chosen")},
            {"notes", say("Ghi chú", "Notes")},
            {"quota", say("Tỉ lệ khống chế", "Quota")},
            {"stages", say("Các bước chấm", "Stage by stage")},
            {"because", say("Khác bước trước vì", "Differs from the stage before because of")},
            {"overrides", say("Sửa của bước trước", "Changed by a later stage")}};
  }

  static std::string texts_of(const std::vector<const bytecode::Module*>& versions) {
    std::string texts;
    for (const bytecode::Module* module : versions) texts += (texts.empty() ? "" : ", ") + module->version;
    return texts;
  }

  const bytecode::Module& module_;   ///< the newest
  std::string version_texts_;
  Labels labels_;
  Html html_;
  TextTable texts_;
  std::vector<Category> categories_;
  /// Where every stage has its results, one block after the other: of the last.
  struct OfStage {
    explicit OfStage(std::string name) : stage(std::move(name)) {}
    std::string stage;
    std::uint64_t records = 0, cohort_records = 0, undecided = 0, authority = 0;
    std::map<std::string, Counts> by_subject, by_cohort, by_unit;
    std::map<std::string, std::uint64_t> missing;
    std::map<std::string, std::string> reasons;  ///< of those that wait for the authority, by clause
    QuotaUse quotas;
  };
  OfStage counts_{""};
  std::vector<RejectRow> rejects_;
  std::set<RejectRow> refused_;
  std::string rows_, trees_;  ///< JSON
  std::size_t kept_rows_ = 0;
  bool keeps_tree_ = false;
};

}  // namespace

std::unique_ptr<Report> page_report(std::vector<const bytecode::Module*> versions, Language language) {
  return std::make_unique<PageReport>(versions, language);
}

}  // namespace quy::tools

#include <nlohmann/json.hpp>

#include <algorithm>

#include "runtime/facts/json_text.h"
#include "tools/document/html.h"
#include "tools/document/style.h"
#include "tools/report/charts.h"
#include "tools/report/page_assets.h"
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
};

class PageReport : public Report {
 public:
  PageReport(const std::vector<const bytecode::Module*>& versions, Language language)
      : module_(*versions.back()), version_texts_(texts_of(versions)), labels_(versions, language) {}

  bool wants_explanations() const override { return true; }

  void result(std::string_view line) override {
    const ResultRow row = parse_result(line);
    if (row.of_cohort) return add_cohort(row);
    const Category category = labels_.category(row);
    ++by_subject_[row.subject][category];
    ++by_cohort_[row.cohort][category];
    ++by_unit_[row.unit][category];
    if (row.status == "undecided")
      for (const std::string& field : row.missing) ++missing_[labels_.field(row.subject, field)];
    if (row.status == "authority")
      for (const ResultRow::Reason& reason : row.reasons) ++authority_[reason.clause + ": " + reason.text];
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
    rejects_.push_back({place, text("id"), text("field"), text("code"), text("reason")});
  }

  std::variant<std::string, Message> finish(const EvaluationSummary& summary) override {
    html_.raw("<!DOCTYPE html>\n");
    {
      const Html::Element root = html_.open("html", {{"xmlns", "http://www.w3.org/1999/xhtml"}, {"lang", labels_.say("vi", "en")}});
      write_head();
      const Html::Element body = html_.open("body");
      {
        const Html::Element main = html_.open("main");
        write_front(summary);
        write_levels(summary);
        write_charts();
        write_quotas();
        write_open();
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

  void add_cohort(const ResultRow& row) {
    for (const ResultRow::CohortCount& count : row.cohort_counts) {
      std::string name = row.unit;
      if (!row.cohort.empty()) name += (name.empty() ? "" : ", ") + row.cohort;
      quotas_.push_back({name.empty() ? row.id : name, count});
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
      out += '[' + std::to_string(texts_.number(reason.clause)) + ',' + std::to_string(texts_.number(reason.text)) + ']';
    }
    out += "]," + std::to_string(texts_.number(row.quota)) + ']';
    rows_ += out;
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
      link("#units", say("Theo đơn vị", "By unit"));
      link("#open", say("Chưa xác định", "Undecided"));
      link("#records-section", say("Từng hồ sơ", "Records"));
    }
    const Html::Element figures = html_.open("ul", {{"class", "figures"}});
    const auto figure = [this](std::uint64_t count, const char* what) {
      const Html::Element item = html_.open("li");
      html_.leaf("strong", std::to_string(count));
      html_.text(what);
    };
    figure(summary.records_in, say("hồ sơ vào", "records in"));
    figure(summary.results, say("kết quả", "results"));
    figure(summary.rejected, say("bị từ chối", "rejected"));
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
      if (const auto found = by_subject_.find(of.id); found != by_subject_.end()) all.push_back({labels_.subject(of.id), found->second});
    if (!all.empty()) write_bars(html_, labels_, say("Đối tượng", "Subject"), all);
  }

  void write_charts() {
    const auto chart = [this](const char* id, const char* vi, const char* en, const char* name_vi, const char* name_en, const std::map<std::string, Counts>& counts) {
      if (counts.empty() || (counts.size() == 1 && counts.begin()->first.empty())) return;
      heading(id, vi, en);
      write_bars(html_, labels_, say(name_vi, name_en), bars(counts));
      if (counts.size() > kMostUnits)
        html_.leaf("p", say_first(kMostUnits, counts.size()), {{"class", "note"}});
    };
    chart("cohorts", "Theo nhóm xếp hạng", "By cohort", "Nhóm", "Cohort", by_cohort_);
    chart("units", "Theo đơn vị", "By unit", "Đơn vị", "Unit", by_unit_);
  }

  std::string say_first(std::size_t shown, std::size_t all) const {
    return std::string(say("Trang chỉ nêu ", "The page shows ")) + std::to_string(shown) + say(" trong ", " of ") + std::to_string(all) + ".";
  }

  void write_table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows, const char* name) {
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
    if (quotas_.empty()) return;
    heading("quotas", "Tỉ lệ xếp loại", "Quotas");
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, count] : quotas_) rows.push_back({name, count.level, count.places, count.within, count.tied, count.beyond, count.open});
    write_table({say("Nhóm", "Cohort"), say("Mức", "Level"), say("Số suất", "Places"), say("Trong suất", "Within"), say("Bằng điểm ở suất cuối", "Tied at the cut"),
                 say("Ngoài suất", "Beyond"), say("Chưa rõ", "Open")},
                rows, "levels");
  }

  static std::vector<std::vector<std::string>> by_frequency(const std::map<std::string, std::uint64_t>& counts) {
    std::vector<std::pair<std::uint64_t, std::string>> sorted;
    for (const auto& [name, count] : counts) sorted.emplace_back(count, name);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::vector<std::string>> rows;
    for (const auto& [count, name] : sorted) rows.push_back({name, std::to_string(count)});
    return rows;
  }

  void write_open() {
    heading("open", "Chưa xác định vì sao", "What keeps records undecided");
    if (missing_.empty()) {
      html_.leaf("p", say("Không có hồ sơ nào chưa xác định vì thiếu minh chứng.", "No record is undecided for want of evidence."));
    } else {
      html_.leaf("p", say("Một hồ sơ có thể thiếu nhiều minh chứng. Chỉ kê minh chứng có thể làm đổi xếp loại.",
                          "A record may lack several. Only evidence that can change the rating is listed."), {{"class", "note"}});
      write_table({say("Minh chứng còn thiếu", "Missing evidence"), say("Số hồ sơ", "Records")}, by_frequency(missing_), "plain");
    }
    if (authority_.empty()) return;
    html_.leaf("h3", say("Chờ cấp có thẩm quyền quyết định", "Waiting for the authority's decision"));
    write_table({say("Căn cứ", "Basis"), say("Số hồ sơ", "Records")}, by_frequency(authority_), "plain");
  }

  void write_rejects(const EvaluationSummary& summary) {
    if (rejects_.empty()) return;
    heading("rejects", "Hồ sơ bị từ chối", "Rejected records");
    std::vector<std::vector<std::string>> rows;
    for (const RejectRow& reject : rejects_) rows.push_back({reject.id, reject.place, reject.reason + " (" + reject.code + ")"});
    write_table({say("Mã hồ sơ", "Record id"), say("Ở đâu", "Where"), say("Vì sao", "Why")}, rows, "rejects");
    if (summary.rejected > rejects_.size()) html_.leaf("p", say_first(rejects_.size(), summary.rejected), {{"class", "note"}});
  }

  void write_records() {
    const Html::Element section = html_.open("section", {{"id", "records-section"}});
    html_.leaf("h2", say("Từng hồ sơ", "Records"));
    if (kept_rows_ > kMostRows) html_.leaf("p", say_first(kMostRows, kept_rows_), {{"class", "note"}});
    if (kept_rows_ > kMostTrees) {
      html_.leaf("p", std::string(say("Lời giải thích đầy đủ có ở số hồ sơ đầu tiên: ", "Full explanations come with the first records: ")) +
                          std::to_string(kMostTrees) + say("; với hồ sơ khác dùng `quy explain`.", "; for others use `quy explain`."),
                 {{"class", "note"}});
    }
    html_.leaf("section", "", {{"id", "record"}});
    {
      const Html::Element tools = html_.open("div", {{"class", "tools"}});
      html_.empty("input", {{"id", "search"}, {"type", "search"}, {"placeholder", say("Tìm mã hồ sơ, đơn vị, lý do…", "Search ids, units, reasons…")},
                            {"aria-label", say("Tìm", "Search")}});
      html_.leaf("span", "", {{"id", "filters"}});
    }
    html_.leaf("p", "", {{"id", "count"}, {"class", "note"}});
    {
      const Html::Element table = html_.open("table", {{"class", "records"}});
      {
        const Html::Element head = html_.open("thead");
        const Html::Element row = html_.open("tr");
        for (const char* name : {say("Mã hồ sơ", "Record id"), say("Đối tượng", "Subject"), say("Đơn vị", "Unit"), say("Nhóm", "Cohort"), say("Kỳ", "Period"),
                                 say("Điểm", "Points"), say("Xếp loại", "Rating")})
          html_.leaf("th", name);
      }
      html_.leaf("tbody", "", {{"id", "records"}});
    }
    html_.leaf("button", say("Xem thêm", "More"), {{"id", "more"}, {"type", "button"}});
    html_.leaf("noscript", say("Danh sách hồ sơ cần JavaScript của trình duyệt.", "The list of records needs the browser's JavaScript."));
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
            {"rating", say("Xếp loại", "Rating")},
            {"records", say("hồ sơ", "records")},
            {"points", say("Điểm từng tiêu chí", "Points")},
            {"print", say("In hồ sơ này", "Print this record")},
            {"close", say("Đóng", "Close")},
            {"total", say("Tổng điểm", "Total")},
            {"why", say("Vì sao", "Why")},
            {"why_not", say("Vì sao chưa được", "Why not")},
            {"missing", say("Minh chứng còn thiếu", "Missing evidence")},
            {"would_decide", say("Biết đủ các mục này là xác định được", "Once these are known, so is the outcome")},
            {"possible", say("Còn có thể", "Still possible")},
            {"readings", say("Cách hiểu đã chọn", "Readings chosen")},
            {"notes", say("Ghi chú", "Notes")},
            {"quota", say("Tỉ lệ xếp loại", "Quota")}};
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
  std::map<std::string, Counts> by_subject_, by_cohort_, by_unit_;
  std::map<std::string, std::uint64_t> missing_, authority_;
  std::vector<std::pair<std::string, ResultRow::CohortCount>> quotas_;
  std::vector<RejectRow> rejects_;
  std::string rows_, trees_;   ///< JSON
  std::size_t kept_rows_ = 0;
  bool keeps_tree_ = false;
};

}  // namespace

std::unique_ptr<Report> page_report(std::vector<const bytecode::Module*> versions, Language language) {
  return std::make_unique<PageReport>(versions, language);
}

}  // namespace quy::tools

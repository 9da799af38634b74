#include "tests/fuzz/workbook.h"

namespace quy::fuzz {
namespace {

using Row = std::vector<std::string>;

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

std::string place(std::size_t column, std::size_t row) { return std::string(1, static_cast<char>('A' + column)) + std::to_string(row); }

/// The XML of one workbook.
class Writer {
 public:
  explicit Writer(const Writing& how) : how_(how), p_(how.prefix ? "x:" : "") {}

  std::string sheet(const Sheet& sheet) {
    std::string xml = open("worksheet", how_.prefix ? " xmlns:x=\"main\"" : " xmlns=\"main\"") + open("sheetData", "");
    std::size_t number = 0;
    for (const Row& row : sheet.rows) {
      ++number;
      xml += open("row", how_.places ? " r=\"" + std::to_string(number) + '"' : "");
      for (std::size_t column = 0; column < row.size(); ++column) xml += cell(row[column], column, number);
      xml += close("row");
    }
    return xml + close("sheetData") + close("worksheet");
  }

  std::string texts() const { return open("sst", how_.prefix ? " xmlns:x=\"main\"" : " xmlns=\"main\"") + texts_ + close("sst"); }

 private:
  std::string space() const { return how_.spaced ? "\n  " : ""; }
  std::string open(const std::string& name, const std::string& attributes) const { return space() + '<' + p_ + name + attributes + '>'; }
  std::string close(const std::string& name) const { return "</" + p_ + name + '>' + space(); }
  std::string value(const std::string& name, const std::string& text) const {
    const std::size_t half = how_.comments ? text.size() / 2 : 0;
    const std::string comment = how_.comments && half > 0 && (static_cast<unsigned char>(text[half]) & 0xc0U) != 0x80 ? "<!-- <c> -->" : "";
    return '<' + p_ + name + '>' + escaped(text.substr(0, half)) + comment + escaped(text.substr(half)) + "</" + p_ + name + '>';
  }
  std::string cell(const std::string& text, std::size_t column, std::size_t row) {
    // Where cells do not say their place, those before are needed.
    if (text.empty()) return how_.places ? "" : open("c", "") + close("c");
    const std::string at = how_.places ? " r=\"" + place(column, row) + '"' : "";
    if (!how_.shared_texts) return open("c", at + " t=\"inlineStr\"") + open("is", "") + value("t", text) + close("is") + close("c");
    texts_ += open("si", "") + value("t", text) + close("si");
    return open("c", at + " t=\"s\"") + value("v", std::to_string(count_++)) + close("c");
  }

  const Writing& how_;
  std::string p_, texts_;
  std::size_t count_ = 0;
};

}  // namespace

Writing some_writing(Mutator& mutator) {
  const auto coin = [&] { return mutator.below(2) == 0; };
  return {coin(), coin(), coin(), coin(), coin(), coin()};
}

std::vector<Sheet> some_book(Mutator& mutator) {
  const auto one_of = [&](const Row& all) { return all[mutator.below(all.size())]; };
  const auto id = [&] { return "W-" + std::to_string(mutator.below(12)); };
  Sheet small{"nho", {{"id", "subject=thu.nho", "period", "n", "unit"}}};
  for (std::uint64_t count = mutator.below(8); count > 0; --count)
    small.rows.push_back({id(), "", one_of({"2025", "2025", "2025-Q1", "", "x"}), one_of({"7", "1.000.000", "-1", "", "x", "1,5"}), one_of({"", "U", "a < b & \"c\""})});
  Sheet full{"day_du", {{"Biểu của đơn vị"}, {}, {"id", "subject=thu.day_du", "period", "giao", "xong", "he_so", "ngay", "dat", "ma", "ghi_chu"}}};
  for (std::uint64_t count = mutator.below(6); count > 0; --count)
    full.rows.push_back({id(), "", "2025", one_of({"10", "20", ""}), one_of({"5", "15", ""}), one_of({"12.5", "1,25", "x", ""}), one_of({"3/5/2025", "2025-05-03", "32/1/2025", ""}),
                         one_of({"có", "no", "", "?"}), one_of({"007", "A1", "không có"}), one_of({"", "chữ “đ”", "không áp dụng: nghỉ"})});
  Sheet list{"viec", {{"record", "so_luong", "hoan_thanh"}}};
  for (std::uint64_t count = mutator.below(5); count > 0; --count) list.rows.push_back({id(), one_of({"2,5", "3", ""}), one_of({"1", "9", ""})});
  return {{"Ghi chú", {{"Biểu này bịa ra"}}}, std::move(small), std::move(full), std::move(list)};
}

Parts parts_of(const std::vector<Sheet>& book, const Writing& how) {
  Writer writer(how);
  std::string sheets, relations;
  Parts parts;
  for (std::size_t i = 0; i < book.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    sheets += "<sheet name=\"" + escaped(book[i].name) + "\" sheetId=\"" + number + "\" r:id=\"r" + number + "\"/>";
    relations += "<Relationship Id=\"r" + number + "\" Type=\"t/worksheet\" Target=\"worksheets/s" + number + ".xml\"/>";
    parts.emplace_back("xl/worksheets/s" + number + ".xml", writer.sheet(book[i]));
  }
  if (how.shared_texts) {
    relations += "<Relationship Id=\"t\" Type=\"t/sharedStrings\" Target=\"/xl/texts.xml\"/>";
    parts.emplace_back("xl/texts.xml", writer.texts());
  }
  parts.emplace_back("xl/workbook.xml", "<workbook xmlns=\"main\" xmlns:r=\"r\"><sheets>" + sheets + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"p\">" + relations + "</Relationships>");
  return parts;
}

}  // namespace quy::fuzz

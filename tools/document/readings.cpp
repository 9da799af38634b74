#include "tools/document/readings.h"

#include <algorithm>

namespace quy::tools {
namespace {

using bytecode::Observable;
using bytecode::ReadingInfo;
using bytecode::Role;

const Observable* observable_of(const Sheet& sheet, const ReadingInfo& reading) {
  const std::vector<Observable>& all = sheet.subject().observables;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Observable& o) { return o.role == Role::reading && o.id == reading.id; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> clauses_of(const Sheet& sheet, const ReadingInfo& reading) {
  const Observable* seen = observable_of(sheet, reading);
  if (seen != nullptr && seen->origin != bytecode::kNone) return sheet.subject().origins[seen->origin].clauses;
  return reading.clause.empty() ? std::vector<std::string>() : std::vector{reading.clause};
}

std::string option_label(const ReadingInfo& reading, std::size_t option) {
  const std::string& label = reading.option_labels[option];
  return in_document(label.empty() ? reading.option_ids[option] : label);
}

/// The options, the chosen one marked, and what it means where its label does not say it.
void options(const Sheet& sheet, const ReadingInfo& reading) {
  const Html::Element list = sheet.html.open("ul", {{"class", "options"}});
  for (std::size_t option = 0; option < reading.option_ids.size(); ++option) {
    const bool chosen = option == reading.chosen;
    const Html::Element item = sheet.html.open("li", {{"class", chosen ? "chosen" : "other"}});
    sheet.html.leaf("span", chosen ? "☑ " : "☐ ", {{"class", "mark"}});
    const std::string label = option_label(reading, option);
    if (!chosen) {
      sheet.html.text(label);
      continue;
    }
    sheet.html.leaf("strong", label);
    const Observable* seen = observable_of(sheet, reading);
    const std::string meaning = seen == nullptr ? "" : in_document(seen->text.in(sheet.language));
    if (!meaning.empty() && label.find(meaning) == std::string::npos)
      sheet.html.leaf("div", meaning, {{"class", "detail"}});
  }
}

/// A document, or the profile that a framework is read under.
std::string chosen_by(const Sheet& sheet, const ReadingInfo& reading) {
  if (reading.chosen_by.empty()) return "—";
  return reading.closed ? reading.chosen_by : sheet.say("hồ sơ ", "profile ") + ("“" + reading.chosen_by + "”");
}

void row(const Sheet& sheet, std::size_t place) {
  const ReadingInfo& reading = sheet.module().readings[sheet.subject().readings[place]];
  const Html::Element row = sheet.html.open("tr");
  {
    const Html::Element cell = sheet.html.open("td");
    sheet.html.leaf("span", std::to_string(place + 1) + ".", {{"class", "number"}});
    sheet.html.text(" " + in_document(label_of(reading)));
    const Html::Element cited = sheet.html.open("div");
    sheet.clauses(clauses_of(sheet, reading));
  }
  {
    const Html::Element cell = sheet.html.open("td", {{"data-label", sheet.say("Cách hiểu", "Readings")}});
    options(sheet, reading);
  }
  sheet.html.leaf("td", chosen_by(sheet, reading), {{"data-label", sheet.say("Chọn theo", "Chosen by")}});
}

}  // namespace

void write_readings(const Sheet& sheet) {
  if (sheet.subject().readings.empty()) return;
  sheet.heading("Chỗ văn bản để ngỏ và cách hiểu đã chọn", "What the text leaves open, and the reading chosen");
  const Html::Element table = sheet.html.open("table", {{"class", "readings"}});
  sheet.table_head({{sheet.say("Vấn đề", "Question"), "question"},
                    {sheet.say("Cách hiểu", "Readings"), "options"},
                    {sheet.say("Chọn theo", "Chosen by"), "by"}});
  const Html::Element body = sheet.html.open("tbody");
  for (std::size_t place = 0; place < sheet.subject().readings.size(); ++place) row(sheet, place);
}

}  // namespace quy::tools

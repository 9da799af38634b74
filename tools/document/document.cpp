#include "tools/document/document.h"

#include "tools/document/criteria.h"
#include "tools/document/evidence.h"
#include "tools/document/front.h"
#include "tools/document/rating.h"
#include "tools/document/readings.h"
#include "tools/document/style.h"

namespace quy::tools {
namespace {

void write_head(const Sheet& sheet) {
  const Html::Element head = sheet.html.open("head");
  sheet.html.empty("meta", {{"charset", "utf-8"}});
  sheet.html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  sheet.html.leaf("title", label_of(sheet.subject()) + " — " + label_of(sheet.module()));
  const Html::Element style = sheet.html.open("style");
  sheet.html.raw(kStyle);
}

void write_body(const Sheet& sheet) {
  const Html::Element body = sheet.html.open("body");
  const Html::Element main = sheet.html.open("main");
  write_front(sheet);
  write_criteria(sheet);
  write_rating(sheet);
  write_readings(sheet);
  write_evidence_annex(sheet);
  write_end(sheet);
}

}  // namespace

std::string criteria_document(const bytecode::Module& module, std::uint32_t subject, Language language) {
  const vm::Program program = vm::Program::load(module, subject);
  const trace::SubjectIndex index(program);
  Html html;
  const Sheet sheet{html, index, language};
  html.raw("<!DOCTYPE html>\n");
  {
    const Html::Element root =
        html.open("html", {{"xmlns", "http://www.w3.org/1999/xhtml"}, {"lang", sheet.say("vi", "en")}});
    write_head(sheet);
    write_body(sheet);
  }
  return html.take();
}

}  // namespace quy::tools

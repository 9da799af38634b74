// Diagnostics for tools: the same content as the text, one JSON array. Keys are always present; `null` says "none".

#include <nlohmann/json.hpp>
#include <ostream>

#include "base/diagnostics/diagnostics.h"
#include "base/diagnostics/severity.h"

namespace quy {
namespace {

using Json = nlohmann::ordered_json;

void add_place(Json& object, const SourceMap& sources, Span span) {
  if (!span.valid()) {
    for (const char* key : {"file", "line", "column", "end_line", "end_column"}) object[key] = nullptr;
    return;
  }
  const LineColumn begin = sources.line_column(span.file, span.begin);
  const LineColumn end = sources.line_column(span.file, span.end);
  object["file"] = sources.name(span.file);
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
}

Json labels_json(const SourceMap& sources, const std::vector<Label>& labels, Language language) {
  Json array = Json::array();
  for (const Label& label : labels) {
    Json object = Json::object();
    add_place(object, sources, label.span);
    object["text"] = label.text.in(language);
    array.push_back(std::move(object));
  }
  return array;
}

Json fix_json(const SourceMap& sources, const std::optional<Fix>& fix) {
  if (!fix) return nullptr;
  Json object = Json::object();
  add_place(object, sources, fix->span);
  object["replacement"] = fix->replacement;
  return object;
}

Json diagnostic_json(const SourceMap& sources, const Diagnostic& diagnostic, Language language) {
  Json object = Json::object();
  object["id"] = code(diagnostic.message.id);
  object["severity"] = severity_word(diagnostic.severity);
  add_place(object, sources, diagnostic.span);
  object["message"] = text(diagnostic.message, language);
  const std::string advice = help(diagnostic, language);
  object["help"] = advice.empty() ? Json(nullptr) : Json(advice);
  object["labels"] = labels_json(sources, diagnostic.labels, language);
  object["fix"] = fix_json(sources, diagnostic.fix);
  return object;
}

}  // namespace

void write_json(std::ostream& out, const SourceMap& sources, const std::vector<Diagnostic>& diagnostics,
                Language language) {
  Json array = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) array.push_back(diagnostic_json(sources, diagnostic, language));
  // File names and quoted input need not be UTF-8; what is not is replaced, never thrown over.
  out << array.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace quy

#include "tools/document/html.h"

#include "base/text.h"

namespace quy::tools {
namespace {

std::string_view entity(char letter) {
  switch (letter) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return {};
  }
}

/// Without control characters too: XML has none, and a direction override could make a document say what it does not.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char letter : printable(text)) {
    const std::string_view name = entity(letter);
    if (name.empty()) {
      safe += letter;
    } else {
      safe += name;
    }
  }
  return safe;
}

/// Elements within a line; others end theirs.
bool is_inline(std::string_view tag) { return tag == "span" || tag == "strong" || tag == "em" || tag == "code"; }

}  // namespace

Html::Element Html::open(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  out_ += '>';
  return {*this, tag};
}

void Html::leaf(std::string_view tag, std::string_view text, Attributes attributes) {
  const Element element = open(tag, attributes);
  this->text(text);
}

void Html::empty(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  out_ += "/>\n";
}

void Html::text(std::string_view text) { out_ += escaped(text); }

void Html::begin(std::string_view tag, Attributes attributes) {
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"" + escaped(value) + '"';
  }
}

void Html::close(std::string_view tag) {
  out_ += "</";
  out_ += tag;
  out_ += is_inline(tag) ? ">" : ">\n";
}

}  // namespace quy::tools

#include "runtime/tabular/record_shape.h"

#include <algorithm>

#include "runtime/facts/json_text.h"

namespace quy::tabular {

using facts::append_json;

namespace {

/// What a record is written from.
struct Source {
  const Row& row;
  const RecordShape::ListRows* lists;
};

void separate(std::string& out, bool first) {
  if (!first) out += ',';
}

void write_key(std::string& out, const std::string& key) {
  append_json(out, key);
  out += ':';
}

}  // namespace

struct RecordShape::Node {
  std::string key;
  std::optional<CellWriter> writer;
  std::size_t cell = 0;
  std::vector<Node> parts;
  std::string constant;       ///< JSON; of `clause` only beside other parts that are there
  bool from_list = false;     ///< its rows stand on the list's own sheet

  bool array = false;         ///< the parts are items; their keys only tell them apart
  bool of_stage = false;      ///< a value as a stage gives it
  std::string first_stage;    ///< of a value with parts of stages: whose the rest is
  bool is_clause_of_decision() const { return key == "clause" && !constant.empty(); }

  Node& part(const std::string& name) {
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const Node& node) { return node.key == name; });
    if (found != parts.end()) return *found;
    parts.emplace_back();
    parts.back().key = name;
    return parts.back();
  }

  bool write_parts(const Source& from, std::string& out, bool first, bool of_stages) const;
  bool write_value(const Source& from, std::string& out) const;
  bool write_own(const Source& from, std::string& out) const;
  bool write_plain(const Row& row, std::string& out) const;
  /// The plain value's own key, when parts stand beside it.
  const char* plain_key() const;
};

/// An exception that is claimed has a reason or document beside it; any other value has where it comes from.
const char* RecordShape::Node::plain_key() const {
  const bool has_proof = std::any_of(parts.begin(), parts.end(), [](const Node& p) { return p.key == "reason" || p.key == "document"; });
  return has_proof && writer && writer->is_claim() ? "claimed" : "value";
}

bool RecordShape::Node::write_plain(const Row& row, std::string& out) const {
  if (!constant.empty()) {
    out += constant;
    return true;
  }
  if (!writer || row.at(cell).empty()) return false;
  writer->append(out, row.at(cell));
  return true;
}

/// Members or items with their commas, those of stages or the others; false when there are none.
bool RecordShape::Node::write_parts(const Source& from, std::string& out, bool first, bool of_stages) const {
  const std::size_t begin = out.size();
  const bool keys = !array;
  bool any = false;
  for (const Node& part : parts) {
    if (part.of_stage != of_stages) continue;
    const std::size_t before = out.size();
    separate(out, first);
    if (keys) write_key(out, part.key);
    if (part.write_value(from, out)) {
      first = false;
      any = any || !part.is_clause_of_decision();
    } else {
      out.resize(before);
    }
    if (!part.from_list || from.lists == nullptr) continue;
    if (const std::string items = from.lists->items(part.key); !items.empty()) {
      separate(out, first);
      write_key(out, part.key);
      out += '[' + items + ']';
      first = false;
      any = true;
    }
  }
  if (!any) out.resize(begin);
  return any;
}

/// Where later stages give the value too, what names no stage is the first one's.
bool RecordShape::Node::write_value(const Source& from, std::string& out) const {
  std::string later;
  if (first_stage.empty() || !write_parts(from, later, true, true)) return write_own(from, out);
  out += '{';
  const std::size_t begin = out.size();
  write_key(out, first_stage);
  if (write_own(from, out)) {
    out += ',';
  } else {
    out.resize(begin);
  }
  out += later + '}';
  return true;
}

bool RecordShape::Node::write_own(const Source& from, std::string& out) const {
  if (parts.empty()) return write_plain(from.row, out);
  const std::size_t begin = out.size();
  std::string plain;
  const bool has_plain = write_plain(from.row, plain);
  out += array ? '[' : '{';
  if (has_plain && !array) write_key(out, plain_key());
  out += plain;
  if (!write_parts(from, out, !has_plain, false)) {
    out.resize(begin);
    out += plain;
    return has_plain;
  }
  out += array ? ']' : '}';
  return true;
}

RecordShape::RecordShape(const std::string& first_stage) : first_stage_(first_stage), root_(std::make_unique<Node>()) {}
RecordShape::~RecordShape() = default;
RecordShape::RecordShape(RecordShape&&) noexcept = default;
RecordShape& RecordShape::operator=(RecordShape&&) noexcept = default;

RecordShape::Node& RecordShape::node(const std::vector<std::string>& path, std::size_t stage_at) {
  Node* node = root_.get();
  const bool decision = path.size() > 1 && path.front() == "decisions";
  for (std::size_t i = 0; i < path.size(); ++i) {
    node->array = node->array || path[i].starts_with('[') || (decision && i == 1);
    if (i == stage_at) node->first_stage = first_stage_;
    node = &node->part(path[i]);
    node->of_stage = i == stage_at;
    if (decision && i == 1 && node->parts.empty()) append_json(node->part("clause").constant, path[i]);
  }
  return *node;
}

void RecordShape::add(const Column& column, std::size_t cell, CellWriter writer) {
  Node& place = node(column.path, column.stage_at);
  place.cell = cell;
  place.writer = std::move(writer);
}

void RecordShape::add_constant(const std::string& key, const std::string& text) { append_json(node({key}).constant, text); }

void RecordShape::add_list(const std::string& list) { node({"evidence", list}).from_list = true; }

void RecordShape::write(const Row& row, const ListRows* lists, std::string& out) const {
  out += '{';
  root_->write_parts({row, lists}, out, true, false);
  out += '}';
}

}  // namespace quy::tabular

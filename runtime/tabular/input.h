#pragma once
// Evidence from a file of any format, recognised by its content: NDJSON, a JSON array, CSV, an .xlsx workbook, each perhaps in gzip or zstd; a
// .qev cache of any of them.
//
// Tables become the same records that NDJSON would have, and one reader checks them all. docs/evaluating.md says how tables are laid out.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "runtime/facts/facts.h"

namespace quy::tabular {

class PeekedSource;

/// An input that has been opened and whose format is recognised.
class Evidence {
 public:
  enum class Content : std::uint8_t { json_lines, json, csv, workbook, old_workbook, utf16, cache };

  /// `name` is for messages and, by its ending, for content that could be anything.
  static std::variant<Evidence, Message> open(std::unique_ptr<facts::ByteSource> bytes, std::string name);
  Evidence(Evidence&&) noexcept;
  Evidence& operator=(Evidence&&) noexcept;
  ~Evidence();

  /// The text of NDJSON, which may be cut behind any line; nothing for another format. Kept by the evidence.
  facts::ByteSource* lines();
  /// Reads the whole input, once, as read_evidence() does.
  std::optional<Message> read(const bytecode::Module& module, facts::Reader& reader, facts::Reader::Sink& sink);

 private:
  Evidence(std::unique_ptr<PeekedSource> source, std::string name, Content content);

  std::unique_ptr<PeekedSource> source_;
  std::string name_;
  Content content_;
};

/// Reads a whole input into `sink`; `-` is standard input. Returns why it could not be read, or not to its end.
///
/// JSON and CSV stream: one record and one piece of the text are held. A workbook is held in its packed form, with the texts that its
/// cells share and the rows of its lists (limits::workbook_bytes, limits::workbook_text_bytes); its sheets stream.
std::optional<Message> read_evidence(const bytecode::Module& module, facts::Reader& reader, const std::string& path, facts::Reader::Sink& sink);
/// The same from bytes that `source` brings; `name` as for Evidence::open().
std::optional<Message> read_evidence(const bytecode::Module& module, facts::Reader& reader, std::unique_ptr<facts::ByteSource> source,
                                     const std::string& name, facts::Reader::Sink& sink);

}  // namespace quy::tabular

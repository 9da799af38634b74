#include "runtime/tabular/xml_part.h"

#include <expat.h>

#include <array>
#include <new>

#include "runtime/tabular/parser_memory.h"
#include "runtime/tabular/zip_library.h"

namespace quy::tabular {
namespace {

/// Small, because few bytes of a sheet may stand for long texts that its cells share.
constexpr int kPieceBytes = 1 << 12;

std::string_view local_name(std::string_view name) { return name.substr(name.rfind(':') + 1); }

}  // namespace

std::string_view XmlSink::Attributes::get(std::string_view name) const {
  for (const char** pair = pairs_; pair[0] != nullptr; pair += 2)
    if (local_name(pair[0]) == name) return pair[1];
  return {};
}

struct XmlPart::Impl {
  Impl(std::uint64_t& bytes_left, XmlSink& into) : left(bytes_left), sink(into) {
    const ParserMemory::AtWork at_work(memory);
    parser = XML_ParserCreate_MM(nullptr, &ParserMemory::functions(), nullptr);
    if (parser == nullptr) throw std::bad_alloc();
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, &on_begin, &on_end);
    XML_SetCharacterDataHandler(parser, &on_text);
    XML_SetStartDoctypeDeclHandler(parser, &on_doctype);
  }
  ~Impl() {
    if (file != nullptr) zip_library().zip_fclose(file);
    const ParserMemory::AtWork at_work(memory);
    XML_ParserFree(parser);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  static Impl& self(void* data) { return *static_cast<Impl*>(data); }
  static void on_begin(void* data, const char* name, const char** attributes) {
    self(data).sink.begin(local_name(name), XmlSink::Attributes(attributes));
  }
  static void on_end(void* data, const char* name) { self(data).sink.end(local_name(name)); }
  static void on_text(void* data, const char* text, int size) {
    self(data).sink.text({text, static_cast<std::size_t>(size)});
  }
  /// No workbook has one, and entities that a file declares itself are a way to attack its reader.
  static void on_doctype(void* data, const char*, const char*, const char*, int) {
    Impl& part = self(data);
    part.problem = Bilingual{"XML khai báo DOCTYPE", "its XML declares a DOCTYPE"};
    XML_StopParser(part.parser, XML_FALSE);
  }

  bool fail(Bilingual why) {
    if (!problem) problem = std::move(why);
    return false;
  }

  std::uint64_t& left;
  XmlSink& sink;
  ParserMemory memory;
  XML_Parser parser = nullptr;
  zip_file_t* file = nullptr;
  std::optional<Bilingual> problem;
  bool ended = false, too_large = false;
};

XmlPart::XmlPart(zip* archive, const std::string& path, std::uint64_t& left, XmlSink& sink) : impl_(std::make_unique<Impl>(left, sink)) {
  // A part says itself how large it is; what it says too small shows when it is unpacked.
  zip_stat_t stated;
  if (zip_library().zip_stat(archive, path.c_str(), 0, &stated) == 0 && (stated.valid & ZIP_STAT_SIZE) != 0) impl_->too_large = stated.size > left;
  impl_->file = zip_library().zip_fopen(archive, path.c_str(), 0);
  if (impl_->file == nullptr) impl_->problem = Bilingual{"thiếu phần " + path, "it lacks the part " + path};
}

XmlPart::~XmlPart() = default;

bool XmlPart::exists() const { return impl_->file != nullptr; }

bool XmlPart::too_large() const { return impl_->too_large; }

bool XmlPart::advance() {
  if (impl_->problem || impl_->too_large || impl_->ended || impl_->sink.done()) return false;
  std::array<char, kPieceBytes> piece;
  const zip_int64_t count = zip_library().zip_fread(impl_->file, piece.data(), piece.size());
  if (count < 0) return impl_->fail({"phần nén bị hỏng", "a packed part is damaged"});
  impl_->ended = count == 0;
  impl_->too_large = static_cast<std::uint64_t>(count) > impl_->left;
  if (impl_->too_large) return false;
  impl_->left -= static_cast<std::uint64_t>(count);
  const ParserMemory::AtWork at_work(impl_->memory);
  const XML_Status status = XML_Parse(impl_->parser, piece.data(), static_cast<int>(count), impl_->ended ? 1 : 0);
  if (status == XML_STATUS_OK) return true;
  const std::string line = std::to_string(XML_GetCurrentLineNumber(impl_->parser));
  if (XML_GetErrorCode(impl_->parser) == XML_ERROR_NO_MEMORY)
    return impl_->fail({"XML lồng quá sâu, có thẻ quá dài hoặc quá nhiều tên, ở dòng " + line, "its XML nests too deep, or has too long a tag or too many names, in line " + line});
  return impl_->fail({"XML sai ở dòng " + line, "malformed XML in line " + line});
}

const std::optional<Bilingual>& XmlPart::problem() const { return impl_->problem; }

}  // namespace quy::tabular

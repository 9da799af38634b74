#include "runtime/tabular/xml_part.h"

#include <expat.h>

#include <array>
#include <type_traits>

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
  explicit Impl(XmlSink& into) : sink(into), parser(XML_ParserCreate(nullptr), &XML_ParserFree) {
    XML_SetUserData(parser.get(), this);
    XML_SetElementHandler(parser.get(), &on_begin, &on_end);
    XML_SetCharacterDataHandler(parser.get(), &on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), &on_doctype);
  }
  ~Impl() {
    if (file != nullptr) zip_library().zip_fclose(file);
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
    XML_StopParser(part.parser.get(), XML_FALSE);
  }

  bool fail(Bilingual why) {
    if (!problem) problem = std::move(why);
    return false;
  }

  XmlSink& sink;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser;
  zip_file_t* file = nullptr;
  std::optional<Bilingual> problem;
  bool ended = false;
};

XmlPart::XmlPart(zip* archive, const std::string& path, XmlSink& sink) : impl_(std::make_unique<Impl>(sink)) {
  impl_->file = zip_library().zip_fopen(archive, path.c_str(), 0);
  if (impl_->file == nullptr) impl_->problem = Bilingual{"thiếu phần " + path, "it lacks the part " + path};
}

XmlPart::~XmlPart() = default;

bool XmlPart::exists() const { return impl_->file != nullptr; }

bool XmlPart::advance() {
  if (impl_->problem || impl_->ended || impl_->sink.done()) return false;
  std::array<char, kPieceBytes> piece;
  const zip_int64_t count = zip_library().zip_fread(impl_->file, piece.data(), piece.size());
  if (count < 0) return impl_->fail({"phần nén bị hỏng", "a packed part is damaged"});
  impl_->ended = count == 0;
  const XML_Status status = XML_Parse(impl_->parser.get(), piece.data(), static_cast<int>(count), impl_->ended ? 1 : 0);
  if (status == XML_STATUS_OK) return true;
  const std::string line = std::to_string(XML_GetCurrentLineNumber(impl_->parser.get()));
  return impl_->fail({"XML sai ở dòng " + line, "malformed XML in line " + line});
}

const std::optional<Bilingual>& XmlPart::problem() const { return impl_->problem; }

}  // namespace quy::tabular

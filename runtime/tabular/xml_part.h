#pragma once
// One XML part of a workbook, parsed as it is unpacked.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"

struct zip;

namespace quy::tabular {

/// What an XML part consists of; names without their namespace's prefix.
class XmlSink {
 public:
  /// Values by name; the names lose their prefix too.
  class Attributes {
   public:
    explicit Attributes(const char** pairs) : pairs_(pairs) {}
    /// Empty when there is none.
    std::string_view get(std::string_view name) const;

   private:
    const char** pairs_;
  };

  virtual ~XmlSink() = default;
  virtual void begin(std::string_view name, const Attributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
  /// True to stop: no more is wanted, or something is wrong with what came.
  virtual bool done() const { return false; }
};

class XmlPart {
 public:
  /// The part `path` of an archive. `left` says how many bytes may still be unpacked of it, and what is unpacked is taken from it. All but the
  /// path must outlive the object.
  XmlPart(zip* archive, const std::string& path, std::uint64_t& left, XmlSink& sink);
  ~XmlPart();
  XmlPart(const XmlPart&) = delete;
  XmlPart& operator=(const XmlPart&) = delete;

  /// Whether the archive has the part.
  bool exists() const;
  /// Parses the next piece; false when there was nothing left, or after a problem.
  bool advance();
  void parse_all() {
    while (advance()) {
    }
  }
  const std::optional<Bilingual>& problem() const;
  /// Whether the part is larger than what was left. Then nothing is wrong with the XML so far.
  bool too_large() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace quy::tabular

#pragma once
// What every command shares: language, output, exit statuses, packs from source or file.

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "compiler/driver/compilation.h"
#include "runtime/api/evaluation.h"

namespace quy::tools {

/// design.md's exit statuses; the same for every command.
enum ExitStatus : int {
  kDone = 0,
  kFindings = 1,       ///< errors in the source, failing tests
  kUsage = 2,
  kSomeRejected = 3,
  kUnreadable = 4,
  kInternalError = 70
};

struct Context {
  Language language = Language::vi;
  bool json = false;                ///< diagnostics and answers as JSON
  bool colour = false;

  /// One of two texts by language.
  const char* say(const char* vi, const char* en) const { return language == Language::vi ? vi : en; }
  /// A message without a place, as it is printed.
  std::string worded(const Message& message) const;
  /// Prints it on stderr.
  void warn(const Message& message) const;
  /// The same; returns `status`.
  int fail(const Message& message, int status) const;
};

/// Prints all diagnostics: on stderr as text, on stdout as JSON when the answer is JSON.
void print_diagnostics(const Context& context, const Compilation& compilation);

/// Errors about files alone mean that the input could not be read at all.
bool only_unreadable(const Compilation& compilation);

/// A pack from a .qpk file, or compiled from a source path first. On failure prints why and sets `status`.
std::optional<Pack> open_pack(const Context& context, const std::string& path, int& status);

/// The one pack of a compilation; more than one needs `wanted`, its id. On failure prints why and sets `status`.
const sema::Pack* only_pack(const Context& context, const Compilation& compilation, const std::string& wanted, int& status);

}  // namespace quy::tools

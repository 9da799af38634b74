#pragma once
// A folder of files that appears whole or not at all.

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"

namespace quy::tools {

struct NewFile {
  std::string path;   ///< relative, with `/`; folders on the way are made
  std::string text;
};

/// Writes the files into a folder that is empty or not there yet: aside first, then into place. Otherwise says why, and leaves nothing.
std::optional<Message> write_new_folder(const std::string& path, const std::vector<NewFile>& files);

}  // namespace quy::tools

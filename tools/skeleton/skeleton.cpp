#include "tools/skeleton/skeleton.h"

#include "base/source.h"
#include "base/text.h"
#include "compiler/syntax/format.h"
#include "tools/skeleton/parts.h"

namespace quy::tools {
namespace {

NewFile rules_file(const std::string& path, const std::string& text) {
  SourceMap sources;
  std::optional<FileId> file = sources.add(path, text, nullptr);
  return {path, file ? syntax::format(sources, *file) : text};
}

}  // namespace

std::vector<NewFile> make_skeleton(const SkeletonRequest& request) {
  std::vector<NewFile> files;
  files.push_back({"README.md", readme_text(request)});
  files.push_back(rules_file(fold_id(request.id) + ".quy", header_text(request)));
  for (const sema::Subject* subject : request.subjects) {
    std::string name = subject->id.substr(request.framework->id.size() + 1) + ".quy";
    files.push_back(rules_file("doi-tuong/" + name, subject_text(request, *subject)));
    files.push_back(rules_file("kiem-thu/" + name, test_text(request, *subject)));
  }
  return files;
}

}  // namespace quy::tools

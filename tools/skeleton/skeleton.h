#pragma once
// A pack to start from: the sources and the README that `quy init` writes for subjects of a framework.
//
// Everything that the author still has to settle is in it, marked as a sample: points shared equally, a profile of the framework
// under which more points never give a lower level, a document that does not exist. The pack passes check, test and fmt --check as it stands.

#include <string>
#include <vector>

#include "compiler/sema/typed.h"
#include "tools/new_folder.h"

namespace quy::tools {

struct SkeletonRequest {
  const sema::Pack* framework = nullptr;
  std::vector<const sema::Subject*> subjects;  ///< of the framework
  std::string id;                              ///< a name as authors write it
  std::string label;
  std::string command;  ///< that makes the same pack again, for the README
};

std::vector<NewFile> make_skeleton(const SkeletonRequest& request);

}  // namespace quy::tools

#pragma once
// How authors write what is compared by id: messages show `khiển_trách`, not `khien_trach`.

#include <map>
#include <string>
#include <vector>

#include "base/text.h"

namespace quy::sema {

class Spellings {
 public:
  /// The first spelling of an id stays.
  void note(const std::string& name) { by_id_.try_emplace(fold_id(name), name); }
  std::string of(const std::string& id) const {
    auto found = by_id_.find(id);
    return found == by_id_.end() ? id : found->second;
  }
  std::vector<std::string> of(const std::vector<std::string>& ids) const {
    std::vector<std::string> names;
    for (const std::string& id : ids) names.push_back(of(id));
    return names;
  }

 private:
  std::map<std::string, std::string> by_id_;
};

}  // namespace quy::sema

#include "tools/subject_choice.h"

#include "base/text.h"

namespace quy::tools {
namespace {

std::vector<std::string> subject_ids(const bytecode::Module& module) {
  std::vector<std::string> ids;
  for (const bytecode::Subject& subject : module.subjects) ids.push_back(subject.id);
  return ids;
}

}  // namespace

std::optional<std::uint32_t> choose_subject(const Context& context, const Pack& pack, const std::string& wanted,
                                            int& status) {
  const std::vector<std::string> ids = subject_ids(pack.module());
  if (wanted.empty() && ids.size() == 1) return 0;
  if (!wanted.empty()) {
    if (std::optional<std::uint32_t> found = pack.find_subject(fold_id(wanted))) return found;
    status = context.fail({Diag::no_such_subject, {wanted}, nearest(wanted, ids)}, kUsage);
    return std::nullopt;
  }
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : ", ") + id;
  status = context.fail({Diag::several_subjects, {list}, {}}, kUsage);
  return std::nullopt;
}

}  // namespace quy::tools

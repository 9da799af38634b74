#include "tools/lanes.h"

#include <fmt/ostream.h>

#include <algorithm>

#include "runtime/vm/program.h"

namespace quy::tools {

namespace {

/// Where points are open nobody is rated yet, and how fast that will be depends on how they are closed.
bool has_open_points(const sema::Subject& subject) {
  return std::any_of(subject.criteria.begin(), subject.criteria.end(), [](const sema::Criterion& criterion) {
    return !criterion.maximum && criterion.proposed_maximum == sema::kNone;
  });
}

/// Ids, each on a line of its own, of subjects whose total fits no machine integer.
std::string slow_subjects(Compilation& compilation, const sema::Pack& pack) {
  // A framework mostly leaves all points open: then there is nothing to compile for this.
  if (std::all_of(pack.subjects.begin(), pack.subjects.end(), has_open_points)) return {};
  const bytecode::Module module = compilation.module(pack);
  std::string slow;
  for (std::uint32_t i = 0; i < module.subjects.size(); ++i) {
    const bytecode::Subject& subject = module.subjects[i];
    if (subject.total == bytecode::kNone || subject.has_open_points) continue;
    if (vm::Program::load(module, i).lane(subject.total) == vm::Lane::big) slow += "\n    " + subject.id;
  }
  return slow;
}

}  // namespace

void report_pack(const Context& context, std::ostream& out, Compilation& compilation, const sema::Pack& pack) {
  fmt::print(out, "{} {} \"{}\": {} {}\n", pack.id, pack.version, pack.label, pack.subjects.size(),
             context.say("đối tượng, không có lỗi", "subjects, no errors"));
  const std::string slow = slow_subjects(compilation, pack);
  if (slow.empty()) return;
  fmt::print(
      out, "  {}{}\n",
      context.say(
          "tổng điểm cần số hữu tỉ không giới hạn, chấm chậm hơn; `làm tròn 0,01` ở các tiêu chí theo tỉ lệ sẽ nhanh:",
          "totals that need rationals without bound and are rated more slowly; `round 0.01` on proportional criteria "
          "makes them fast:"),
      slow);
}

}  // namespace quy::tools

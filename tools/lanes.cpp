#include "tools/lanes.h"

#include <fmt/ostream.h>

#include <algorithm>

#include "runtime/vm/program.h"

namespace quy::tools {

namespace {

/// Where points are open nobody is rated yet, and how fast that will be depends on how they are closed.
bool has_open_points(const bytecode::Subject& subject) {
  return std::any_of(subject.fields.begin(), subject.fields.end(),
                     [](const bytecode::Field& field) { return field.place == bytecode::FieldPlace::open_points; });
}

}  // namespace

void report_pack(const Context& context, std::ostream& out, const bytecode::Module& module) {
  fmt::print(out, "{} {} \"{}\": {} {}\n", module.id, module.version, module.label, module.subjects.size(),
             context.say("đối tượng, không có lỗi", "subjects, no errors"));
  std::string slow;
  for (std::uint32_t i = 0; i < module.subjects.size(); ++i) {
    const bytecode::Subject& subject = module.subjects[i];
    if (subject.total == bytecode::kNone || has_open_points(subject)) continue;
    if (vm::Program::load(module, i).lane(subject.total) == vm::Lane::big) slow += "\n    " + subject.id;
  }
  if (slow.empty()) return;
  fmt::print(out, "  {}{}\n",
             context.say("tổng điểm cần số hữu tỉ không giới hạn, chấm chậm hơn; `làm tròn 0,01` ở các tiêu chí theo tỉ lệ sẽ nhanh:",
                         "totals that need rationals without bound and are rated more slowly; `round 0.01` on proportional criteria makes them fast:"),
             slow);
}

}  // namespace quy::tools

#include "tools/lanes.h"

#include <fmt/ostream.h>

#include "runtime/vm/program.h"

namespace quy::tools {

void report_pack(const Context& context, std::ostream& out, const bytecode::Module& module) {
  fmt::print(out, "{} {} \"{}\": {} {}\n", module.id, module.version, module.label, module.subjects.size(),
             context.say("đối tượng, không có lỗi", "subjects, no errors"));
  for (std::uint32_t i = 0; i < module.subjects.size(); ++i) {
    const bytecode::Subject& subject = module.subjects[i];
    if (subject.total == bytecode::kNone) continue;
    vm::Program program = vm::Program::load(module, i);
    if (program.lane(subject.total) != vm::Lane::big) continue;
    fmt::print(out, "  {}: {}\n", subject.id,
               context.say("tổng điểm cần số hữu tỉ không giới hạn, chấm chậm hơn; `làm tròn 0,01` ở các tiêu chí theo tỉ lệ sẽ nhanh",
                           "the total needs rationals without bound and is rated more slowly; `round 0.01` on proportional criteria makes it fast"));
  }
}

}  // namespace quy::tools

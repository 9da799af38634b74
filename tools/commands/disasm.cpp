#include <iostream>

#include "runtime/bytecode/codec.h"
#include "tools/commands/commands.h"

namespace quy::tools {

void add_disasm(CLI::App& app, Context& context, Status& status) {
  auto path = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("disasm", context.say("In mã lệnh của một gói", "Print a pack's instructions"));
  command->add_option("PACK", *path, context.say("Gói .qpk hoặc nguồn", "A .qpk pack or source"))->required();
  command->callback([&context, &status, path] {
    std::optional<Pack> pack = open_pack(context, *path, status);
    if (pack) std::cout << bytecode::disassemble(pack->module());
  });
}

}  // namespace quy::tools

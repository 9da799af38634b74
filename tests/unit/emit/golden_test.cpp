// The instructions of the sources of tests/golden/ir, as `quy disasm` prints them, kept in tests/golden/bytecode/<case>.disasm.

#include <catch2/catch.hpp>

#include "compiler/emit/from_ir.h"
#include "runtime/bytecode/codec.h"
#include "tests/support/checked_case.h"
#include "tests/support/golden.h"

using namespace quy;

TEST_CASE("the instructions of kept cases", "[emit][golden]") {
  for (const auto& path : test::checked_cases("ir")) {
    const test::CheckedCase checked(path);
    REQUIRE(checked.packs.size() == 1);
    const bytecode::Module module = emit::from_typed(checked.sources, *checked.packs.front(), {});
    CHECK_FALSE(bytecode::verify(module));
    const auto kept = test::golden_folder("bytecode") / (path.stem().string() + ".disasm");
    const std::string difference = test::compare_text(kept, bytecode::disassemble(module));
    if (!difference.empty()) FAIL_CHECK(difference);
  }
}

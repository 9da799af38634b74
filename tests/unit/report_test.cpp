// Reports that cannot be made whole say so.

#include <catch2/catch.hpp>

#include "compiler/driver/compilation.h"
#include "tools/report/report.h"

using namespace quy;

TEST_CASE("a workbook that cannot hold every result is refused", "[report]") {
  Compilation compilation;
  compilation.add_path(QUY_SOURCE_DIR "/examples/bat-dau");
  REQUIRE(compilation.check());
  const bytecode::Module module = compilation.module(*compilation.packs().front());
  const auto finished = [&](int results) {
    const auto report = tools::workbook_report({&module}, Language::en, 3);
    for (int i = 0; i < results; ++i) report->result(R"({"id":"X","subject":")" + module.subjects.front().id + R"(","period":"2025","status":"undecided"})");
    return report->finish({});
  };
  CHECK(std::holds_alternative<std::string>(finished(2)));  // and the heading row
  const auto refused = finished(3);
  REQUIRE(std::holds_alternative<Message>(refused));
  CHECK(std::get<Message>(refused).id == Diag::too_many_for_sheet);
}

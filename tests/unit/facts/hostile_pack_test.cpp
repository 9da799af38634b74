#include <catch2/catch.hpp>

#include <random>

#include "base/sha256.h"
#include "runtime/vm/machine.h"
#include "tests/unit/bytecode/sample_module.h"
#include "sample_pack.h"

namespace quy::facts {
namespace {

std::string resealed(std::string bytes) {
  const Sha256Digest digest = sha256(std::string_view(bytes).substr(36));
  std::copy(digest.begin(), digest.end(), bytes.begin() + 4);
  return bytes;
}

/// Loads, reads and runs everything that the pack holds.
void use(const bytecode::Module& module) {
  test::Bench bench(module);
  bench.keep = false;
  for (std::uint32_t i = 0; i < module.subjects.size(); ++i) {
    const bytecode::Subject& subject = module.subjects[i];
    std::string members;
    for (const bytecode::Field& field : subject.fields) {
      if (field.list != bytecode::kNone || field.place != bytecode::FieldPlace::evidence) continue;
      members += (members.empty() ? "\"" : ",\"") + field.id + "\":" + (field.kind == bytecode::FieldKind::boolean ? "true" : "1");
    }
    for (const std::string& evidence : {members, std::string()}) {
      bench.read(R"({"id":"a","subject":")" + subject.id + R"(","period":"2025","evidence":{)" + evidence + "}}");
    }
    CHECK(!json_schema(module, i).empty());
    vm::Machine machine(*bench.programs[i], true);
    machine.run(*bench.batches[i]);
    for (std::uint32_t row = 0; row < bench.batches[i]->rows(); ++row) {
      if (subject.levels != bytecode::kNone) static_cast<void>(machine.outcomes(row));
      if (subject.total != bytecode::kNone) static_cast<void>(machine.number(subject.total, row));
    }
  }
}

}  // namespace

TEST_CASE("a pack that verify() accepts can be used, whatever was done to its bytes") {
  std::mt19937_64 random(17);
  std::size_t accepted = 0;
  for (const bytecode::Module& original : {bytecode::test::sample_module(), test::sample_pack()}) {
    const std::string bytes = bytecode::encode(original);
    for (std::size_t at = 40; at < bytes.size(); ++at) {
      std::string bad = bytes;
      const char values[] = {0, 1, 2, 3, '\x7f', '\xff', static_cast<char>(random()), static_cast<char>(bad[at] ^ 1)};
      bad[at] = values[random() % std::size(values)];
      const auto decoded = bytecode::decode(resealed(bad));
      const auto* module = std::get_if<bytecode::Module>(&decoded);
      if (!module || bytecode::verify(*module)) continue;
      ++accepted;
      use(*module);
    }
  }
  CHECK(accepted > 500);
}

}  // namespace quy::facts

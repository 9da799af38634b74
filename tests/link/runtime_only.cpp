// The smallest host: a pack and its evidence in, results out. It links the runtime alone, which proves that rating needs no compiler.
#include <iostream>

#include "base/file_io.h"
#include "base/limits.h"
#include "runtime/api/evaluation.h"

int main(int argc, char** argv) {
  if (argc != 3) return std::cout << "runtime_only PACK EVIDENCE\n", argc == 1 ? 0 : 2;
  const auto bytes = quy::read_file(argv[1], quy::limits::pack_bytes);
  const auto pack = quy::Pack::from_bytes(bytes.value_or(""));
  if (const auto* fault = std::get_if<quy::Message>(&pack)) return std::cerr << text(*fault, quy::Language::en) << '\n', 1;
  const auto summary = quy::evaluate(std::get<quy::Pack>(pack), {argv[2]}, {}, std::cout, &std::cerr);
  if (const auto* fault = std::get_if<quy::Message>(&summary)) return std::cerr << text(*fault, quy::Language::en) << '\n', 1;
  return std::get<quy::EvaluationSummary>(summary).rejected == 0 ? 0 : 3;
}

// Speed as ratios in one process: the machine against hand-written scalar C++ over the same structs, the whole way from NDJSON to result lines
// against simdjson touching the same fields of the same text; and whole runs of the program. Figures are medians of interleaved runs, ratios
// medians of those within a round.

#include <fcntl.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <iostream>
#include <ostream>
#include <span>
#include <stdexcept>

#include "base/heap.h"
#include "bench/measuring.h"
#include "bench/scale.h"
#include "bench/workload.h"
#include "compiler/driver/compilation.h"
#include "runtime/api/evaluation.h"
#include "runtime/facts/facts.h"
#include "runtime/vm/completion.h"
#include "runtime/vm/machine.h"

namespace quy::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kRecords = 100000;
constexpr int kRuns = 7;
const char* const kRules = "bench/rulesets/pho-thu-tuong.quy";
const char* const kLibrary = "stdlib-rules";
const char* const kPack = QUY_SCRATCH "/library.qpk";       ///< written by the runs of `quy build`
const char* const kSmallPack = QUY_SCRATCH "/rules.qpk";    ///< kRules, compiled before any run is timed

template <class Work>
double nanoseconds_a_record(Work&& work, std::size_t records) {
  auto start = Clock::now();
  work();
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / static_cast<double>(records);
}

/// The same, a piece of kBatchRows records at a time, each piece having just been gone through once: so it lies in the cache, as it does when
/// the reader has filled it. `work` takes a piece and gives what must be worked out.
template <class Pieces, class Work>
double nanoseconds_in_cache(const Pieces& pieces, Work&& work, std::size_t records) {
  Clock::duration spent{};
  for (const auto& piece : pieces) {
    const std::uint64_t first = work(piece);
    const auto start = Clock::now();
    const std::uint64_t again = work(piece);
    spent += Clock::now() - start;
    if (first != again) throw std::runtime_error("the same records are rated differently the second time");
  }
  return std::chrono::duration<double, std::nano>(spent).count() / static_cast<double>(records);
}

bytecode::Module compile(const std::string& path) {
  Compilation compilation;
  compilation.add_path(path);
  if (!compilation.check()) {
    write_text(std::cerr, compilation.sources(), compilation.diagnostics().all(), Language::en, false);
    throw std::runtime_error("the benchmark's rules do not compile");
  }
  return compilation.module(*compilation.packs().front());
}

/// Evidence read once into as many full batches as it takes.
class Batches : public facts::Reader::Sink {
 public:
  Batches(const vm::Program& program, vm::TextPool& texts, const std::string& ndjson) : program_(program) {
    facts::Reader reader(program.module(), texts, {});
    if (reader.read_text(ndjson, *this)) throw std::runtime_error("the benchmark's records cannot be read");
  }
  vm::Batch* batch(std::string_view) override {
    if (batches.empty() || batches.back().full()) batches.emplace_back(program_);
    return &batches.back();
  }
  void row(vm::Batch&, std::uint32_t, const facts::RecordHead&) override {}
  void reject(facts::Reject reject) override { throw std::runtime_error("a benchmark record was rejected: " + text(reject.reason, Language::en)); }

  std::vector<vm::Batch> batches;

 private:
  const vm::Program& program_;
};

void check_agreement(const vm::Program& program, const Batches& batches, const std::vector<Evidence>& records) {
  vm::Machine machine(program);
  std::size_t i = 0;
  for (const vm::Batch& batch : batches.batches) {
    machine.run(batch);
    for (std::uint32_t row = 0; row < batch.rows(); ++row, ++i) {
      Rated expected = rate(records[i]);
      vm::Range total = machine.number(program.subject().total, row);
      bool same = total.known() && total.low == Rational(expected.total) / Rational(4) && machine.outcomes(row) == 1U << expected.level;
      if (!same) throw std::runtime_error(fmt::format("record {} is rated differently by the machine and by hand", i));
    }
  }
}

/// simdjson, on demand, reading every value that the pack uses.
std::uint64_t touch(const simdjson::padded_string& text) {
  simdjson::ondemand::parser parser;
  std::uint64_t sum = 0;
  auto touch_value = [&](simdjson::ondemand::value value, auto&& self) -> void {
    switch (value.type().value()) {
      case simdjson::ondemand::json_type::number: sum += static_cast<std::uint64_t>(value.get_double().value()); break;
      case simdjson::ondemand::json_type::string: sum += value.get_string().value().size(); break;
      case simdjson::ondemand::json_type::boolean: sum += value.get_bool().value() ? 1 : 0; break;
      case simdjson::ondemand::json_type::object:
        for (auto field : value.get_object()) {
          sum += field.unescaped_key().value().size();
          self(field.value().value(), self);
        }
        break;
      case simdjson::ondemand::json_type::array:
        for (auto element : value.get_array()) self(element.value(), self);
        break;
      default: break;
    }
  };
  simdjson::ondemand::document_stream stream = parser.iterate_many(text, 1 << 20);
  for (auto document : stream)
    for (auto field : document.get_object()) {
      sum += field.unescaped_key().value().size();
      touch_value(field.value().value(), touch_value);
    }
  return sum;
}

/// Wall time of a whole run of the program, as its users see it: start, reading the sources, everything.
double milliseconds_of_run(std::vector<std::string> arguments) {
  std::vector<char*> argv;
  arguments.insert(arguments.begin(), QUY_PROGRAM);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t silence;
  posix_spawn_file_actions_init(&silence);
  for (int stream : {STDOUT_FILENO, STDERR_FILENO}) posix_spawn_file_actions_addopen(&silence, stream, "/dev/null", O_WRONLY, 0);
  const auto start = Clock::now();
  pid_t child = 0;
  int status = 0;
  const bool ran = posix_spawn(&child, argv[0], &silence, nullptr, argv.data(), environ) == 0 && waitpid(child, &status, 0) == child;
  const double milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  posix_spawn_file_actions_destroy(&silence);
  if (!ran || status != 0) throw std::runtime_error("the program did not run: " + arguments[1]);
  return milliseconds;
}

/// By round.
struct Figures {
  std::vector<double> scalar, vm, vm_incomplete, scalar_from_memory, vm_from_memory, parse, short_lines, full_lines;   ///< nanoseconds a record
  std::vector<double> build_library, check_library, startup;   ///< milliseconds
  ScaleFigures scale;
};

Figures measure() {
  bytecode::Module module = compile(kRules);
  vm::TextPool texts(module);
  vm::Program program = vm::Program::load(module, 0);
  std::vector<Evidence> records = generate(kRecords);
  std::string complete_text = to_ndjson(records, 0), incomplete_text = to_ndjson(records, 100);
  Batches complete(program, texts, complete_text), incomplete(program, texts, incomplete_text);
  check_agreement(program, complete, records);

  vm::Machine machine(program);
  auto run_batch = [&](const vm::Batch& batch) {
    std::uint64_t sum = 0;
    machine.run(batch);
    for (std::uint32_t row = 0; row < batch.rows(); ++row) sum += machine.outcomes(row);
    return sum;
  };
  auto rate_piece = [](std::span<const Evidence> piece) {
    std::uint64_t sum = 0;
    for (const Evidence& e : piece) {
      Rated rated = rate(e);
      sum += static_cast<std::uint64_t>(rated.total + rated.level);
    }
    return sum;
  };
  std::vector<std::span<const Evidence>> pieces;
  for (std::size_t at = 0; at < records.size(); at += vm::kBatchRows)
    pieces.push_back(std::span(records).subspan(at, std::min<std::size_t>(vm::kBatchRows, records.size() - at)));
  auto over_all = [](const auto& all, auto&& work) {
    std::uint64_t sum = 0;
    for (const auto& piece : all) sum += work(piece);
    return sum;
  };
  auto loaded = Pack::from_module(compile(kRules));
  const Pack& pack = std::get<Pack>(loaded);
  auto end_to_end = [&](std::vector<std::string> fields) {
    EvaluationOptions options;
    options.fields = std::move(fields);
    CountingBuffer buffer;
    std::ostream out(&buffer);
    evaluate_text(pack, complete_text, options, out, nullptr);
    return buffer.bytes;
  };
  simdjson::padded_string padded(complete_text);

  milliseconds_of_run({"build", kRules, "-o", kSmallPack});

  volatile std::uint64_t keep = 0;
  Figures f;
  for (int i = 0; i < kRuns; ++i) {
    f.scalar.push_back(nanoseconds_in_cache(pieces, rate_piece, kRecords));
    f.vm.push_back(nanoseconds_in_cache(complete.batches, run_batch, kRecords));
    f.vm_incomplete.push_back(nanoseconds_in_cache(incomplete.batches, run_batch, kRecords));
    f.scalar_from_memory.push_back(nanoseconds_a_record([&] { keep = keep + over_all(pieces, rate_piece); }, kRecords));
    f.vm_from_memory.push_back(nanoseconds_a_record([&] { keep = keep + over_all(complete.batches, run_batch); }, kRecords));
    f.parse.push_back(nanoseconds_a_record([&] { keep = keep + touch(padded); }, kRecords));
    f.short_lines.push_back(nanoseconds_a_record([&] { keep = keep + end_to_end({"id", "total", "rating"}); }, kRecords));
    f.full_lines.push_back(nanoseconds_a_record([&] { keep = keep + end_to_end({}); }, kRecords));
    f.build_library.push_back(milliseconds_of_run({"build", kLibrary, "-o", kPack}));
    f.check_library.push_back(milliseconds_of_run({"check", kLibrary}));
    f.startup.push_back(milliseconds_of_run({"eval", kSmallPack, "/dev/null"}));
  }
  f.scale = measure_scale(pack, kSmallPack, QUY_SCRATCH);
  return f;
}

void print(const Figures& f, bool json) {
  struct Row {
    const char* name;
    double value;
    const char* meaning;
  };
  const ScaleFigures& scale = f.scale;
  const Row rows[] = {
      {"scalar_ns", median(f.scalar), "hand-written scalar C++, a record, in cache as the next two"},
      {"vm_ns", median(f.vm), "machine, complete records"},
      {"vm_incomplete_ns", median(f.vm_incomplete), "machine, every record lacks a field"},
      {"parse_ns", median(f.parse), "simdjson on demand touching the fields"},
      {"end_to_end_short_ns", median(f.short_lines), "NDJSON to id,total,rating lines"},
      {"end_to_end_full_ns", median(f.full_lines), "NDJSON to full result lines"},
      {"vm_over_scalar", median_ratio(f.vm, f.scalar), "time; goal 0.5 or less"},
      {"vm_incomplete_over_scalar", median_ratio(f.vm_incomplete, f.scalar), "time; goal 0.7 or less"},
      {"vm_from_memory_over_scalar", median_ratio(f.vm_from_memory, f.scalar_from_memory), "the same where columns and structs are not in the cache"},
      {"end_to_end_over_parse", median_ratio(f.parse, f.short_lines), "throughput, short lines; goal 1.0 or more"},
      {"end_to_end_full_over_parse", median_ratio(f.parse, f.full_lines), "throughput, full lines"},
      {"build_library_s", median(f.build_library) / 1000, "whole run of quy build over the standard library; goal below 1"},
      {"check_library_s", median(f.check_library) / 1000, "whole run of quy check over the standard library; goal below 1"},
      {"startup_ms", median(f.startup), "whole run of quy eval with a compiled pack and no records; goal below 20"},
      {"two_threads_over_one", median_ratio(scale.one_thread, scale.two_threads), "throughput, file to short lines; goal 1.8 or more"},
      {"shuffled_over_ordered", median_ratio(scale.shuffled, scale.one_thread), "time, keys shuffled in every record; goal 2.0 or less"},
      {"cached_records_per_s", static_cast<double>(kScaleRecords) / median(scale.cached), "columns of a .qev cache to short lines, one thread"},
      {"peak_mb", median(scale.peak_many), "memory of a whole run of quy eval"},
      {"peak_mb_10x_over_1x", median_ratio(scale.peak_many, scale.peak_few), "the same over that with a tenth of the records; goal 1.05 or less"},
  };
  if (json) {
    fmt::print("{{");
    for (std::size_t i = 0; i < std::size(rows); ++i) fmt::print("{}\"{}\":{:.3f}", i == 0 ? "" : ",", rows[i].name, rows[i].value);
    fmt::print("}}\n");
    return;
  }
  fmt::print("{} records ({} from files), medians of {} runs\n", kRecords, kScaleRecords, kRuns);
  for (const Row& row : rows) fmt::print("  {:<28}{:>10.3f}  {}\n", row.name, row.value, row.meaning);
}

}  // namespace
}  // namespace quy::bench

int main(int argc, char** argv) {
  if (argc > 2 && std::strcmp(argv[1], quy::bench::kPeakOption) == 0) return quy::bench::peak_of_child(argv + 2);
  quy::reserve_heap();   // as the program itself does
  bool json = argc > 1 && std::strcmp(argv[1], "--json") == 0;
  try {
    quy::bench::print(quy::bench::measure(), json);
  } catch (const std::exception& error) {
    std::cerr << "bench: " << error.what() << '\n';
    return 1;
  }
}

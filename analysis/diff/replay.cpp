#include "analysis/diff/replay.h"

namespace quy::analysis {

namespace {

std::vector<std::optional<Said>> run(Bench& bench, const std::vector<Record>& records, const Reads& reads) {
  std::vector<std::optional<Said>> all(records.size());
  bench.run(records, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
    all[record] = reads(machine, row);
  });
  return all;
}

}  // namespace

Replay::Replay(const Version& before, const Version& after, int year)
    : of_before_(before),
      of_after_(after),
      before_(*before.module, before.subject, {}, year),
      after_(*after.module, after.subject, {}, year) {}

std::pair<Record, Record> Replay::apart(const Joint& joint, const Bench& bench, const Record& record) const {
  const auto side = [&](const Version& version, const Bench& own, bool second) {
    return Translation(joint.module, joint.subject(), bench.texts(), *version.module, version.of(), own.texts(), second)
        .record(record);
  };
  return {side(of_before_, before_, false), side(of_after_, after_, true)};
}

Translation Replay::across() const {
  return {*of_before_.module, of_before_.of(), before_.texts(), *of_after_.module, of_after_.of(), after_.texts()};
}

std::vector<std::optional<Said>> Replay::run_before(const std::vector<Record>& records, const Reads& reads) {
  return run(before_, records, reads);
}

std::vector<std::optional<Said>> Replay::run_after(const std::vector<Record>& records, const Reads& reads) {
  return run(after_, records, reads);
}

std::optional<ChangedRecord> Replay::shown(
    const Joint& joint, const Bench& bench, const Record& record, const Reads& before, const Reads& after,
    const std::function<std::optional<Effect>(const Said&, const Said&)>& effect) {
  auto [first, second] = apart(joint, bench, record);
  const auto said_before = run_before({first}, before).front(), said_after = run_after({second}, after).front();
  if (!said_before || !said_after) return std::nullopt;
  const std::optional<Effect> found = effect(*said_before, *said_after);
  if (!found) return std::nullopt;
  return ChangedRecord{*found, std::move(first), std::move(second), *said_before, *said_after, {}};
}

}  // namespace quy::analysis

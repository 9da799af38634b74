#include "analysis/refinement/questions.h"

namespace quy::analysis {

using bytecode::kNone;
using symbolic::Verdict;

Questions::Questions(const bytecode::Module& single, int year, const std::vector<bytecode::Register>& roots)
    : module_(single),
      year_(year),
      evidence_({{&single, &single.subjects.front()}}, year),
      encoding_(evidence_, single, single.subjects.front(), {}, roots),
      cut_(!evidence_.lists_cut().empty()) {}

std::size_t Questions::ask(const z3::expr& condition) {
  conditions_.push_back(condition);
  return conditions_.size() - 1;
}

void Questions::answer(std::chrono::milliseconds limit) { answers_ = symbolic::ask(evidence_, conditions_, limit); }

Bench& Questions::bench() {
  if (!bench_) bench_.emplace(module_, 0, vm::Program::Readings{}, year_);
  return *bench_;
}

std::optional<Record> Questions::witness(std::size_t question, const Shows& shown) {
  return witness(question, [&](const Record& record) { return shows(bench(), record, shown); });
}

std::optional<Record> Questions::witness(std::size_t question, const Holds& holds) {
  if (verdict(question) != Verdict::possible) return std::nullopt;
  RecordTexts texts = bench().texts();
  Record record = evidence_.record(answers_[question].values, module_.subjects.front(), texts);
  if (!holds(record)) return std::nullopt;
  const bytecode::Subject& subject = module_.subjects.front();
  return with_dates_near(subject, shorten(subject, std::move(record), holds), year_, holds);
}

namespace {

class Translation {
 public:
  Translation(const Joint& joint, const Bench& bench, const bytecode::Module& local)
      : joint_(joint), from_(bench.texts().pool), to_(local) {}

  Record record(const Record& record) {
    Record own;
    own.fields = cells(record.fields);
    for (const auto& [list, rows] : record.lists) {
      if (joint_.lists[list] == kNone) continue;
      std::vector<Cells>& kept = own.lists[joint_.lists[list]];
      for (const Cells& row : rows) kept.push_back(cells(row));
    }
    return own;
  }

 private:
  Cells cells(const Cells& cells) {
    Cells own;
    for (const auto& [field, cell] : cells) {
      if (joint_.fields[field] == kNone) continue;
      const bool is_text =
          joint_.subject().fields[field].kind == bytecode::FieldKind::text && cell.state == vm::FieldState::value;
      own[joint_.fields[field]] = is_text ? Cell{cell.state, to_.pool.intern(from_.text(cell.value))} : cell;
    }
    return own;
  }

  const Joint& joint_;
  const vm::TextPool& from_;
  RecordTexts to_;
};

}  // namespace

Record of_first_side(const Joint& joint, const Bench& bench, const Record& record, const bytecode::Module& local) {
  return Translation(joint, bench, local).record(record);
}

}  // namespace quy::analysis

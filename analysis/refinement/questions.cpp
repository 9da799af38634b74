#include "analysis/refinement/questions.h"

namespace quy::analysis {

using bytecode::kNone;
using symbolic::Verdict;

Questions::Questions(const Pair& pair, int year, const std::vector<bytecode::Register>& roots)
    : pair_(pair), year_(year), evidence_({{&pair.module, &pair.subject()}}, year), encoding_(evidence_, pair.module, pair.subject(), {}, roots),
      cut_(!evidence_.lists_cut().empty()) {}

std::size_t Questions::ask(const z3::expr& condition) {
  conditions_.push_back(condition);
  return conditions_.size() - 1;
}

void Questions::answer(std::chrono::milliseconds limit) { answers_ = symbolic::ask(evidence_, conditions_, limit); }

Bench& Questions::bench() {
  if (!bench_) bench_.emplace(pair_.module, 0, vm::Program::Readings{}, year_);
  return *bench_;
}

std::optional<Record> Questions::witness(std::size_t question, const Shows& shown) {
  if (verdict(question) != Verdict::possible) return std::nullopt;
  RecordTexts texts = bench().texts();
  Record record = evidence_.record(answers_[question].values, pair_.subject(), texts);
  if (!shows(bench(), record, shown)) return std::nullopt;
  return shorten(bench(), std::move(record), shown);
}

namespace {

class Translation {
 public:
  Translation(const Pair& pair, const Bench& bench, const bytecode::Module& local) : pair_(pair), from_(bench.texts().pool), to_(local) {}

  Record record(const Record& record) {
    Record own;
    own.fields = cells(record.fields);
    for (const auto& [list, rows] : record.lists) {
      if (pair_.lists[list] == kNone) continue;
      std::vector<Cells>& kept = own.lists[pair_.lists[list]];
      for (const Cells& row : rows) kept.push_back(cells(row));
    }
    return own;
  }

 private:
  Cells cells(const Cells& cells) {
    Cells own;
    for (const auto& [field, cell] : cells) {
      if (pair_.fields[field] == kNone) continue;
      const bool is_text = pair_.subject().fields[field].kind == bytecode::FieldKind::text && cell.state == vm::FieldState::value;
      own[pair_.fields[field]] = is_text ? Cell{cell.state, to_.pool.intern(from_.text(cell.value))} : cell;
    }
    return own;
  }

  const Pair& pair_;
  const vm::TextPool& from_;
  RecordTexts to_;
};

}  // namespace

Record of_first_side(const Pair& pair, const Bench& bench, const Record& record, const bytecode::Module& local) {
  return Translation(pair, bench, local).record(record);
}

}  // namespace quy::analysis

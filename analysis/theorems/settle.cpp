#include "analysis/theorems/settle.h"

#include <fmt/format.h>

#include "analysis/symbolic/solver.h"

namespace quy::analysis {

using symbolic::Encoding;
using symbolic::Verdict;

namespace {

std::vector<Bilingual> reasons(const symbolic::Evidence& evidence, const Encoding& encoding) {
  std::vector<Bilingual> all;
  const auto add = [&](const Bilingual& reason) {
    for (const Bilingual& known : all)
      if (known.vi == reason.vi) return;
    all.push_back(reason);
  };
  for (const symbolic::NotAnalysed& each : encoding.not_analysed()) add(each.reason);
  for (const std::string& list : evidence.lists_cut())
    add({fmt::format("“{}”: chỉ xét danh sách có ít kiểu dòng", list),
         fmt::format("“{}”: only lists with few kinds of row", list)});
  return all;
}

}  // namespace

Question is_true(bytecode::Register reg) {
  return {[reg](const Encoding& encoding) { return encoding.truth(reg).yes; },
          [reg](const vm::Machine& machine, std::uint32_t row) { return machine.truth(reg, row) == vm::Truth::yes; }};
}

std::vector<Reply> settle(const Inquiry& inquiry, const bytecode::Module& single,
                          const std::vector<bytecode::Register>& registers, const std::vector<Question>& questions) {
  Bench bench(single, 0, inquiry.readings, inquiry.year);
  symbolic::Evidence evidence({{&single, &single.subjects.front()}}, inquiry.year);
  const Encoding encoding(evidence, single, single.subjects.front(), inquiry.readings, registers);
  std::vector<z3::expr> conditions;
  for (const Question& question : questions) conditions.push_back(question.condition(encoding));
  const std::vector<symbolic::Answer> answers = symbolic::ask(evidence, conditions, inquiry.limit);

  std::vector<Reply> replies(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    Reply& reply = replies[i];
    // With kinds of row left away, what is not found is not proved absent.
    if (answers[i].verdict == Verdict::impossible && evidence.lists_cut().empty()) reply.verdict = Verdict::impossible;
    if (answers[i].verdict == Verdict::possible) {
      RecordTexts texts = bench.texts();
      reply.record = evidence.record(answers[i].values, single.subjects.front(), texts);
      if (shows(bench, reply.record, questions[i].shows)) reply.verdict = Verdict::possible;
    }
    if (reply.verdict == Verdict::possible) reply.record = shorten(bench, reply.record, questions[i].shows);
    if (reply.verdict == Verdict::not_settled) reply.not_analysed = reasons(evidence, encoding);
  }
  return replies;
}

}  // namespace quy::analysis

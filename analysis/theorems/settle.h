#pragma once
// One question about the evidence of a subject: the solver looks for a record, the machine confirms it.

#include "analysis/record/shorten.h"
#include "analysis/symbolic/encoding.h"
#include "analysis/theorems/theorem.h"

namespace quy::analysis {

struct Question {
  std::function<z3::expr(const symbolic::Encoding&)> condition;
  Shows shows;
};

/// Whether the Boolean register is true.
Question is_true(bytecode::Register reg);

struct Reply {
  symbolic::Verdict verdict = symbolic::Verdict::not_settled;
  Record record;                        ///< possible: cut down to what matters, and shown by the machine
  std::vector<Bilingual> not_analysed;  ///< not settled: why, beyond time
};

/// One reply for each question on the only subject of `single`; the questions are about `registers`.
std::vector<Reply> settle(const Inquiry& inquiry, const bytecode::Module& single,
                          const std::vector<bytecode::Register>& registers, const std::vector<Question>& questions);

}  // namespace quy::analysis

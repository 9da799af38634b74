#pragma once
// A record of complete evidence as solver terms: every field has a value or is left out for a cause, every list is there.
//
// One symbolic record serves several subjects (a set and the one it refines): fields and lists are told apart by their ids. The rows of a
// list are a few kinds of row, each present so many times; how many kinds are enough follows from what the subjects ask of the list.

#include <map>
#include <string>
#include <vector>

#include "analysis/record/bench.h"
#include "analysis/symbolic/terms.h"
#include "runtime/bytecode/module.h"

namespace quy::analysis::symbolic {

struct FieldTerms {
  z3::expr value;        ///< integer at the field's decimal scale; of Booleans 0 or 1
  z3::expr left_out;     ///< Boolean
  z3::expr cause;        ///< integer where left out: 0 excluded, 1 did not arise, 2 not yet due
  int digits = 0;
};

/// What the solver may answer wrongly at first: a product, a quotient rounded. From a model it makes the lemma that the model breaks.
using Deferred = std::function<std::optional<z3::expr>(const z3::model& model)>;

/// Values that a model gives to the variables of the evidence, in their order.
using Assignment = std::vector<std::int64_t>;

class Evidence {
 public:
  struct Of {
    const bytecode::Module* module;
    const bytecode::Subject* subject;
  };
  /// Records lie in `year`.
  Evidence(const std::vector<Of>& subjects, int year);
  Evidence(const Evidence&) = delete;
  Evidence& operator=(const Evidence&) = delete;

  z3::context& context() const { return *context_; }
  int year() const { return year_; }
  /// `kind` is the kind of row for a field of a list, 0 for one of the record.
  const FieldTerms& field(const bytecode::Subject& subject, std::uint32_t index, std::size_t kind) const;
  std::size_t row_kinds(const bytecode::List& list) const { return lists_.at(list.id).size(); }
  /// How many rows of the kind there are.
  const z3::expr& rows(const bytecode::List& list, std::size_t kind) const { return lists_.at(list.id)[kind]; }
  z3::expr text(std::string_view text) const;
  bool knows(std::string_view text) const { return texts_.contains(text); }

  void assume(const z3::expr& term) { assumptions_.push_back(term); }
  void defer(Deferred deferred) { deferred_.push_back(std::move(deferred)); }
  z3::expr fresh(const char* what, const Rational& low, const Rational& high);

  const std::vector<z3::expr>& assumptions() const { return assumptions_; }
  const std::vector<Deferred>& deferred() const { return deferred_; }
  const std::vector<z3::expr>& variables() const { return variables_; }
  /// Assumptions that make a record easy to read, the strictest first: each is tried and given up when nothing satisfies it.
  const std::vector<z3::expr>& wishes() const { return wishes_; }
  /// Lists of which more kinds of row could matter than are there: "none found" is then no proof.
  const std::vector<std::string>& lists_cut() const { return lists_cut_; }

  Record record(const Assignment& values, const bytecode::Subject& subject, RecordTexts& texts) const;

 private:
  struct Place {
    std::size_t value, left_out, cause;   ///< indexes of variables; kNowhere
  };
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  void add_texts(const bytecode::Module& module);
  void add_subject(const Of& of);
  void add_list(const Of& of, std::uint32_t list);
  void add_field(const Of& of, std::uint32_t index, std::size_t kind);
  FieldTerms head_field(const bytecode::Field& field);
  void bound(const Of& of, const bytecode::Field& field, const FieldTerms& terms);
  void bound_parts(const Of& of);
  void add_wishes();
  std::size_t variable(const z3::expr& term);
  std::string key(const bytecode::Subject& subject, const bytecode::Field& field, std::size_t kind) const;
  Cells cells(const Assignment& values, const bytecode::Subject& subject, std::uint32_t list, std::size_t kind, RecordTexts& texts) const;

  std::shared_ptr<z3::context> context_;   ///< the thread's: making one takes longer than most questions
  int year_;
  std::map<std::string, std::int64_t, std::less<>> texts_;
  std::map<std::string, FieldTerms> fields_;
  std::map<std::string, Place> places_;
  std::map<std::string, std::vector<z3::expr>> lists_;
  std::map<std::string, std::vector<std::size_t>> row_variables_;
  std::vector<z3::expr> variables_, assumptions_, wishes_;
  std::vector<z3::expr> small_, tiny_;   ///< parts of the wishes
  std::vector<Deferred> deferred_;
  std::vector<std::string> lists_cut_;
  std::size_t fresh_ = 0;
};

}  // namespace quy::analysis::symbolic

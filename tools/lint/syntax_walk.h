#pragma once
// A walk over the syntax tree that meets everything a rule may want to look at, each thing once.
//
// A visitor overrides what it is interested in; the walk goes on below by itself.

#include "compiler/syntax/ast.h"

namespace quy::lint {

class SyntaxVisitor {
 public:
  virtual ~SyntaxVisitor() = default;

  virtual void item(const syntax::Item&) {}
  virtual void subject(const syntax::Subject&) {}
  virtual void indicator(const syntax::Indicator&) {}
  virtual void indicator_use(const syntax::IndicatorUse&) {}
  virtual void evidence_block(const syntax::EvidenceBlock&) {}
  virtual void field(const syntax::Field&, const syntax::EvidenceBlock&) {}
  virtual void group(const syntax::Group&, const syntax::Group* /*around*/) {}
  virtual void criterion(const syntax::Criterion&, const syntax::Group* /*around*/) {}
  virtual void scoring(const syntax::Scoring&, const syntax::Criterion&) {}
  virtual void open_choice(const syntax::OpenChoice&) {}
  virtual void choice(const syntax::Choice&) {}
  virtual void compute(const syntax::Compute&) {}
  virtual void exception(const syntax::Exception&) {}
  virtual void rating(const syntax::Rating&) {}
  virtual void test(const syntax::Test&) {}
  /// The whole of a condition or formula.
  virtual void root(const syntax::Expr&) {}
  /// Every node of a condition or formula, parents first.
  virtual void node(const syntax::Expr&) {}
  virtual void label(const syntax::LabelText&) {}
  virtual void citations(const syntax::Citations&) {}
  /// A name that refers to something declared elsewhere; names inside formulas too.
  virtual void reference(const std::string& /*name*/, Span) {}
};

void walk(const syntax::File& file, SyntaxVisitor& visitor);
void walk(const syntax::Item& item, SyntaxVisitor& visitor);

}  // namespace quy::lint

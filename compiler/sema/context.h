#pragma once
// Where a piece of syntax stands: the pack whose names it sees and, inside an indicator, what a use gives for the parameters.
//
// Indicators are not copied. Every look at a name, label, number or citation goes through these functions, which put the argument in the
// parameter's place; a part of the tree together with its Context is a Part.

#include <map>
#include <optional>
#include <string>

#include "base/numeric/rational.h"
#include "compiler/syntax/ast.h"

namespace quy::sema {

struct PackScope;
struct Environment;

struct Context {
  const PackScope* pack = nullptr;
  const Environment* environment = nullptr;   ///< nothing outside indicators
};

/// What one use of an indicator gives for a parameter. The argument is to be read in its own context, never again a parameter itself.
struct Bound {
  syntax::ParameterKind kind = syntax::ParameterKind::value;
  const syntax::Argument* argument = nullptr;
  Context context;
  std::uint32_t scope = 0;                    ///< SubjectPlan::scopes: where the argument's names are looked up
};
struct Environment {
  const syntax::Indicator* indicator = nullptr;
  const syntax::IndicatorUse* use = nullptr;
  Context outer;
  std::map<std::string, Bound> bindings;      ///< by the parameter's id
  const Bound* find(const std::string& parameter_id) const;
};

/// A part of the tree with the context that it is read in.
template <typename T>
struct Part {
  const T* ast = nullptr;
  Context context;
  const T& operator*() const { return *ast; }
  const T* operator->() const { return ast; }
};

/// A number with its place; a percentage is stored divided by 100, as in the tree.
struct PlacedNumber {
  Rational value;
  bool percent = false;
  Span span;
};

/// The binding of a name that is a parameter here.
const Bound* bound_parameter(const Context& context, const std::string& name);
/// The name, or the one given for it. Of a dotted name only the first part can be a parameter.
syntax::Name name_in(const Context& context, const syntax::Name& name);
std::string label_in(const Context& context, const std::optional<syntax::LabelText>& label);
/// Nothing when a parameter stands for something that is no plain number; `argument_span` then says where.
std::optional<PlacedNumber> number_in(const Context& context, const syntax::NumberText& number, Span* argument_span = nullptr);
/// The citation, or the one given for it; nothing when the name is no citation parameter.
std::optional<syntax::Citation> citation_in(const Context& context, const syntax::Citation& citation);

}  // namespace quy::sema

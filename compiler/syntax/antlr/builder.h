#pragma once
// Parse tree to syntax tree. One build_<construct>.cpp for each part of the grammar; what the grammar cannot say (numbers by language,
// dates, `và` mixed with `hoặc`, parts given twice) is checked here.

#include <initializer_list>
#include <optional>

#include "compiler/syntax/antlr/generated.h"
#include "compiler/syntax/antlr/tokens.h"
#include "compiler/syntax/ast.h"

namespace quy::syntax {

class Builder {
 public:
  using P = grammar::RuleParser;

  /// `tokens` are those that the parse tree was made from.
  Builder(const SourceText& source, const Tokens& tokens, DiagnosticSink& diagnostics)
      : source_(source), tokens_(tokens), diagnostics_(diagnostics) {}

  Item item(P::ItemContext* context);

 private:
  // --- build_small_parts.cpp: names, labels, citations, places
  Span span(antlr4::ParserRuleContext* context) const;
  Span span(antlr4::tree::TerminalNode* node) const;
  const Token& token(antlr4::tree::TerminalNode* node) const;
  std::string_view text(antlr4::tree::TerminalNode* node) const;
  Name name(P::NameContext* context);
  Name name(P::ScaleNameContext* context);
  Name name_at(Span where);
  std::optional<Name> optional_name(P::NameContext* context);
  Name path(P::PathContext* context);
  std::vector<Name> names(P::NamesContext* context);
  std::string string(antlr4::tree::TerminalNode* node);
  LabelText string_label(antlr4::tree::TerminalNode* node);
  bool may_stand_for_label(std::string_view name) const;
  LabelText label(P::LabelContext* context);
  std::optional<LabelText> optional_label(P::LabelContext* context);
  Citation citation(antlr4::tree::TerminalNode* node) const;
  Citation citation(P::CitationContext* context);
  Citations citations(P::CitationsContext* context);
  Citations citations(const std::vector<antlr4::tree::TerminalNode*>& nodes) const;
  Per calendar_span(P::CalendarSpanContext* context) const;
  Proof proof(P::ProofContext* context) const;
  LabelledName labelled_name(P::NameContext* name, P::LabelContext* label);

  // --- build_numbers.cpp
  Rational number(antlr4::tree::TerminalNode* node);
  std::optional<int> small_integer(antlr4::tree::TerminalNode* node);
  NumberText number_text(P::NumberContext* context);
  NumberText signed_number(P::SignedNumberContext* context);
  Rational percent(antlr4::tree::TerminalNode* node);
  DayNumber date(antlr4::tree::TerminalNode* node);
  std::string version(antlr4::tree::TerminalNode* node);

  // --- build_expression.cpp, build_operand.cpp
  ExprPtr expression(P::ExpressionContext* context);
  ExprPtr conjunction(P::ConjunctionContext* context);
  ExprPtr negation(P::NegationContext* context);
  ExprPtr comparison(P::ComparisonContext* context);
  ExprPtr one_of(P::ComparisonContext* context, ExprPtr value);
  ExprPtr set_item(P::SetItemContext* context);
  ExprPtr sum(P::SumContext* context);
  ExprPtr product(P::ProductContext* context);
  ExprPtr unary(P::UnaryContext* context);
  ExprPtr primary(P::PrimaryContext* context);
  ExprPtr quantity(P::QuantityContext* context);
  std::string unit(P::UnitWordContext* context) const;
  ExprPtr aggregate(P::AggregateContext* context);
  ExprPtr at_least_of(P::PrimaryContext* context);
  ExprPtr modified(P::ModifierContext* context, ExprPtr value);
  ExprPtr rounding(P::RoundingContext* context);
  Formula formula(P::FormulaContext* context);
  ExprPtr make(ExprKind kind, Span where) const;
  ExprPtr make_name(P::NameContext* context, ExprKind kind);
  bool is_too_long(antlr4::ParserRuleContext* context);

  // --- build_evidence.cpp
  EvidenceBlock evidence_block(P::EvidenceBlockContext* context);
  void evidence_member(P::EvidenceMemberContext* context, EvidenceBlock& block);
  Field field(P::FieldContext* context);
  void field_type(P::FieldTypeContext* context, Field& field);
  OwnResults own_results(P::OwnResultsContext* context);
  static bool is_for_numbers(P::FieldOptionContext* option);
  void field_option(P::FieldOptionContext* context, Field& field);
  Requirement requirement(P::RequirementContext* context);
  Table table(P::TableContext* context);
  WorkCalendarDates work_calendar(P::WorkCalendarContext* context);

  // --- build_pack.cpp
  PackHeader pack_header(P::PackHeaderContext* context);
  LegalBasis legal_basis(P::LegalBasisContext* context);
  SubjectKinds subject_kinds(P::SubjectKindsContext* context);
  OrderedScale ordered_scale(P::OrderedScaleContext* context);
  Profile profile(P::ProfileContext* context);
  Stages stages(P::StagesContext* context);
  NotRules not_rules(P::NotRulesContext* context);
  Acceptance acceptance(P::AcceptanceContext* context);
  Applicability applicability(P::ApplicabilityContext* context) const;

  // --- build_choice.cpp
  OpenChoice open_choice(P::OpenChoiceContext* context);
  Option option(P::OptionContext* context);
  GapPolicy gap_policy(P::GapPolicyContext* context) const;
  Choice choice(P::ChoiceContext* context);
  void choice_value(P::ExpressionContext* context, Choice& choice);

  // --- build_subject.cpp
  Subject subject(P::SubjectContext* context);
  Indicator indicator(P::IndicatorContext* context);
  Parameter parameter(P::ParameterContext* context);
  IndicatorUse indicator_use(P::IndicatorUseContext* context);
  Argument argument(P::ArgumentContext* context);
  void subject_member(P::SubjectMemberContext* context, SubjectBody& body);
  Group group(P::GroupContext* context);
  void group_member(P::GroupMemberContext* context, Group& group);
  ProposedMaxima proposed_maxima(P::ProposedMaximaContext* context);
  MaximumText maximum(P::MaximumContext* context);
  Treatment treatment(P::TreatmentContext* context) const;
  Compute compute(P::ComputeContext* context);

  // --- build_criterion.cpp, build_scoring.cpp
  Criterion criterion(P::CriterionContext* context);
  void criterion_member(P::CriterionMemberContext* context, Criterion& criterion);
  LosesAllWhen loses_all_when(P::LosesAllContext* context);
  Scoring scoring(P::ScoringContext* context);
  MetWhen met_when(P::MetWhenContext* context);
  ScoreTable score_table(P::ScoreTableContext* context);
  ScoreRow score_row(P::ScoreRowContext* context);
  LevelChoice level_choice(P::LevelChoiceContext* context);
  Judged judged(P::JudgedContext* context);
  PerUnit per_unit(P::PerUnitContext* context);
  Exception exception(P::ExceptionClauseContext* context);
  std::vector<Exception> exceptions(const std::vector<P::ExceptionClauseContext*>& contexts);
  std::optional<LoseAll> lose_all(antlr4::tree::TerminalNode* keyword, P::NameContext* target);

  // --- build_refinement.cpp
  Allocation allocation(P::AllocationContext* context);
  EvidenceMap evidence_map(P::EvidenceMapContext* context);
  Tightening tightening(P::TighteningContext* context);
  Splitting splitting(P::SplittingContext* context);
  Supplement supplement(P::SupplementContext* context);

  // --- build_rating.cpp, build_quota.cpp
  Rating rating(P::RatingContext* context);
  void rating_member(P::RatingMemberContext* context, Rating& rating);
  void rating_rule(P::RatingRuleContext* context, const std::vector<Name>& kinds, Rating& rating);
  Level level(P::LevelContext* context);
  GapRule gap_rule(P::GapRuleContext* context);
  void to_reach(P::ToReachContext* context, const std::vector<Name>& kinds, Rating& rating);
  Need need(P::NeedContext* context, const Name& level, const std::vector<Name>& kinds);
  Force force(P::ForceContext* context, const std::vector<Name>& kinds);
  WhenRule when_rule(P::WhenRuleContext* context, const std::vector<Name>& kinds);
  Bar bar(P::BarContext* context, const std::vector<Name>& kinds);
  Lower lower(P::LowerContext* context, const std::vector<Name>& kinds);
  HandOver hand_over(P::HandOverContext* context, const std::vector<Name>& kinds);
  /// The kinds of a `với` block; reports one inside another, whose meaning nobody could tell.
  std::vector<Name> inner_kinds(P::NamesContext* context, const std::vector<Name>& outer);
  Quota quota(P::QuotaContext* context);
  void quota_member(P::QuotaMemberContext* context, Quota& quota);
  void quota_surplus(P::QuotaMemberContext* context, Quota& quota);

  // --- build_test.cpp
  Test test(P::TestContext* context);
  void test_member(P::TestMemberContext* context, Test& test);
  GivenFact given_fact(P::GivenFactContext* context);
  GivenValue fact_state(P::FactStateContext* context);
  GivenValue given_value(P::GivenValueContext* context);
  GivenRow given_row(P::GivenRowContext* context);
  Name cell_name(P::CellNameContext* context);
  Expectation expectation(P::ExpectationContext* context);
  Name possible(P::PossibleContext* context);

  // --- messages
  Diagnostic& report(Span where, Diag id, std::initializer_list<quy::Argument> arguments = {}) {
    return diagnostics_.report(where, id, arguments);
  }
  /// Takes a part that may stand once: reports it when `taken` says that there was one already.
  void only_once(bool taken, Span where) {
    if (taken) report(where, Diag::part_given_twice, {source_.text.substr(where.begin, where.end - where.begin)});
  }

  const SourceText& source_;
  const Tokens& tokens_;
  DiagnosticSink& diagnostics_;
  const std::vector<Parameter>* parameters_ = nullptr;  ///< of the indicator at hand, where names may stand for labels and clauses
};

}  // namespace quy::syntax

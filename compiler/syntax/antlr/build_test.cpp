#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

Test Builder::test(P::TestContext* context) {
  Test test;
  test.span = span(context);
  test.title = string(context->STRING(0));
  test.subject = path(context->path());
  if (P::PeriodNameContext* period = context->periodName()) {
    test.period_span = span(period);
    test.period = period->STRING() != nullptr ? string(period->STRING()) : std::string(text(period->NUMBER()));
  }
  if (context->UNIT() != nullptr) test.unit = string(context->STRING(1));
  for (P::TestMemberContext* member : context->testMember()) test_member(member, test);
  return test;
}

void Builder::test_member(P::TestMemberContext* context, Test& test) {
  if (context->GIVEN() != nullptr) {
    for (P::GivenFactContext* fact : context->givenFact()) test.facts.push_back(given_fact(fact));
  } else if (context->OTHERWISE() != nullptr) {
    test.rest = context->NOT_APPLICABLE() != nullptr ? Test::Rest::not_applicable : Test::Rest::not_there_yet;
  } else if (context->CHOOSE() != nullptr) {
    Choice& choice = test.choices.emplace_back();
    choice.span = span(context);
    choice.name = name(context->name());
    choice_value(context->expression(), choice);
  } else {
    Expectation expected = expectation(context->expectation());
    expected.because = citations(context->CITATION());
    test.expectations.push_back(std::move(expected));
  }
}

GivenFact Builder::given_fact(P::GivenFactContext* context) {
  GivenFact fact;
  fact.span = span(context);
  const auto take_number = [&](NumberText number) {
    fact.value.kind = GivenValue::Kind::number;
    fact.value.span = number.span;
    fact.value.number = std::move(number);
  };
  if (context->TOTAL_POINTS() != nullptr) {
    fact.kind = GivenFact::Kind::total_points;
    take_number(signed_number(context->signedNumber()));
  } else if (context->POINTS() != nullptr) {
    fact.kind = GivenFact::Kind::points;
    fact.name = name(context->name(0));
    if (context->STEP() != nullptr) fact.stage = name(context->name(1));
    if (context->factState() != nullptr) {
      fact.value = fact_state(context->factState());
    } else {
      take_number(signed_number(context->signedNumber()));
    }
  } else if (context->MAXIMUM() != nullptr) {
    fact.kind = GivenFact::Kind::maximum;
    fact.name = name(context->name(0));
    take_number(number_text(context->number()));
  } else if (context->CLOSED_BY() != nullptr) {
    fact.kind = GivenFact::Kind::closed;
    fact.text = string(context->STRING());
    fact.day = date(context->DATE());
  } else if (context->DECISION() != nullptr) {
    fact.kind = GivenFact::Kind::decision;
    fact.clause = citation(context->CITATION());
    fact.name = name(context->name(0));
  } else if (context->exceptionClaim() != nullptr) {
    fact.kind = GivenFact::Kind::exception;
    fact.name = name(context->exceptionClaim()->name());
    if (context->exceptionClaim()->STRING() != nullptr) fact.text = string(context->exceptionClaim()->STRING());
  } else {
    fact.name = path(context->path());
    if (context->givenValue() != nullptr) {
      fact.value = given_value(context->givenValue());
    } else {
      fact.value.kind = GivenValue::Kind::rows;
      fact.value.span = span(context->EMPTY());
    }
  }
  return fact;
}

GivenValue Builder::fact_state(P::FactStateContext* context) {
  GivenValue value;
  value.span = span(context);
  if (context->NOT_APPLICABLE() != nullptr) {
    value.kind = GivenValue::Kind::not_applicable;
    if (context->STRING() != nullptr) value.text = string(context->STRING());
  } else if (context->DID_NOT_ARISE() != nullptr) {
    value.kind = GivenValue::Kind::did_not_arise;
  } else if (context->NOT_YET_DUE() != nullptr) {
    value.kind = GivenValue::Kind::not_yet_due;
    value.day = date(context->DATE());
  } else {
    value.kind = GivenValue::Kind::not_there_yet;
  }
  return value;
}

GivenValue Builder::given_value(P::GivenValueContext* context) {
  if (context->factState() != nullptr) return fact_state(context->factState());
  GivenValue value;
  value.span = span(context);
  if (!context->givenRow().empty()) {
    value.kind = GivenValue::Kind::rows;
    for (P::GivenRowContext* row : context->givenRow()) value.rows.push_back(given_row(row));
  } else if (context->YES() != nullptr || context->NO() != nullptr) {
    value.kind = GivenValue::Kind::truth;
    value.truth = context->YES() != nullptr;
  } else if (context->DATE() != nullptr) {
    value.kind = GivenValue::Kind::date;
    value.day = date(context->DATE());
  } else if (context->STRING() != nullptr) {
    value.kind = GivenValue::Kind::string;
    value.text = string(context->STRING());
  } else if (context->name() != nullptr) {
    value.kind = GivenValue::Kind::name;
    value.text = name(context->name()).text;
  } else {
    value.number = signed_number(context->signedNumber());
  }
  return value;
}

GivenRow Builder::given_row(P::GivenRowContext* context) {
  GivenRow row;
  for (P::GivenCellContext* cell : context->givenCell()) row.emplace_back(cell_name(cell->cellName()), given_value(cell->givenValue()));
  return row;
}

Name Builder::cell_name(P::CellNameContext* context) {
  // The keyword stands for the column in either language.
  return context->name() != nullptr ? name(context->name()) : Name{"level", span(context)};
}

Expectation Builder::expectation(P::ExpectationContext* context) {
  Expectation expected;
  expected.span = span(context);
  if (context->RATING() != nullptr) {
    expected.name = name(context->name());
  } else if (context->TOTAL_POINTS() != nullptr) {
    expected.kind = Expectation::Kind::total;
    expected.from = signed_number(context->signedNumber(0));
    expected.to = context->TO() != nullptr ? signed_number(context->signedNumber(1)) : expected.from;
  } else if (context->POINTS() != nullptr) {
    expected.kind = context->NOT_APPLICABLE() != nullptr ? Expectation::Kind::left_out : Expectation::Kind::points;
    expected.name = name(context->name());
    if (!context->signedNumber().empty()) expected.from = expected.to = signed_number(context->signedNumber(0));
    if (context->TO() != nullptr) expected.to = signed_number(context->signedNumber(1));
  } else if (context->UNDECIDED() != nullptr) {
    expected.kind = Expectation::Kind::undecided;
    expected.lists_possible = context->POSSIBLE() != nullptr;
    for (P::PossibleContext* each : context->possible()) expected.names.push_back(possible(each));
  } else if (context->FOR_THE_AUTHORITY() != nullptr) {
    expected.kind = Expectation::Kind::authority;
  } else if (context->NO_LEVEL() != nullptr) {
    expected.kind = Expectation::Kind::gap;
  } else if (context->NOT_RATED() != nullptr) {
    expected.kind = Expectation::Kind::not_rated;
  } else {
    expected.kind = Expectation::Kind::missing;
    expected.names = names(context->names());
  }
  return expected;
}

Name Builder::possible(P::PossibleContext* context) {
  if (context->name() != nullptr) return name(context->name());
  return {context->NO_LEVEL() != nullptr ? "none" : "not_rated", span(context)};
}

}  // namespace quy::syntax

#include "tools/lint/syntax_walk.h"

namespace quy::lint {
namespace {

using namespace syntax;

class Walk {
 public:
  explicit Walk(SyntaxVisitor& visitor) : visitor_(visitor) {}

  void operator()(const Item& item) {
    visitor_.item(item);
    std::visit(*this, item);
  }

  // ---------------------------------------------------------------- items

  void operator()(const PackHeader& header) { label(header.label); }
  void operator()(const LegalBasis&) {}
  void operator()(const SubjectKinds& kinds) {
    for (const LabelledName& kind : kinds.kinds) label(kind.label);
  }
  void operator()(const OrderedScale& scale) {
    label(scale.label);
    for (const LabelledName& step : scale.steps) label(step.label);
  }
  void operator()(const EvidenceBlock& block) { evidence(block); }
  void operator()(const Table& table) {
    label(table.label);
    for (const Field& column : table.columns) label(column.label);
  }
  void operator()(const WorkCalendarDates&) {}
  void operator()(const Indicator& indicator) {
    visitor_.indicator(indicator);
    body(indicator.body);
  }
  void operator()(const Rating& value) { rating(value); }
  void operator()(const Subject& subject) {
    visitor_.subject(subject);
    label(subject.label);
    if (subject.kind) reference(*subject.kind);
    if (subject.modelled_on) reference(*subject.modelled_on);
    if (subject.rating) reference(*subject.rating);
    citations(subject.citations);
    body(subject.body);
  }
  void operator()(const OpenChoice& choice) { open_choice(choice); }
  void operator()(const Choice& value) { choice(value); }
  void operator()(const Profile& profile) {
    visitor_.label(profile.label);
    for (const Profile::Row& row : profile.rows) reference(row.choice);
  }
  void operator()(const DefaultApplicability&) {}
  void operator()(const Stages& stages) {
    for (const LabelledName& stage : stages.stages) label(stage.label);
  }
  void operator()(const NotRules&) {}
  void operator()(const Acceptance& acceptance) { citations(acceptance.citations); }
  void operator()(const Test& test) {
    visitor_.test(test);
    reference(test.subject);
    for (const Choice& value : test.choices) choice(value);
    for (const Expectation& expected : test.expectations) citations(expected.because);
  }

 private:
  // ---------------------------------------------------------------- small things

  void label(const std::optional<LabelText>& text) {
    if (text) visitor_.label(*text);
  }
  void citations(const Citations& cited) {
    if (!cited.empty()) visitor_.citations(cited);
  }
  void reference(const Name& name) {
    if (!name.empty()) visitor_.reference(name.text, name.span);
  }
  void references(const std::vector<Name>& names) {
    for (const Name& name : names) reference(name);
  }
  void number(const NumberText& text) {
    if (!text.parameter.empty()) visitor_.reference(text.parameter, text.span);
  }
  void number(const std::optional<NumberText>& text) {
    if (text) number(*text);
  }

  void root(const ExprPtr& expr) {
    if (!expr) return;
    visitor_.root(*expr);
    node(*expr);
  }
  void node(const Expr& expr) {
    visitor_.node(expr);
    // A step's parameter and a list's name stand in `text` too.
    if (!expr.text.empty() && expr.kind != ExprKind::string) visitor_.reference(expr.text, expr.text_span);
    for (const ExprPtr& child : expr.children) node(*child);
  }

  // ---------------------------------------------------------------- evidence

  void evidence(const EvidenceBlock& block) {
    visitor_.evidence_block(block);
    for (const Field& each : block.fields) field(each, block);
    for (const Requirement& each : block.requirements) requirement(each);
    for (const EvidenceBlock::ForKinds& each : block.for_kinds) {
      references(each.kinds);
      evidence(each.block);
    }
  }
  void field(const Field& field, const EvidenceBlock& block) {
    visitor_.field(field, block);
    label(field.label);
    reference(field.type_name);
    if (field.at_most_field) reference(*field.at_most_field);
    if (field.block) evidence(*field.block);
  }
  void requirement(const Requirement& requirement) {
    root(requirement.condition);
    label(requirement.label);
  }

  // ---------------------------------------------------------------- the sheet

  void body(const SubjectBody& body) {
    for (const EvidenceBlock& each : body.evidence) evidence(each);
    for (const Requirement& each : body.requirements) requirement(each);
    for (const Compute& each : body.computes) compute(each);
    for (const GroupItem& each : body.items) item_of_sheet(each, nullptr);
    for (const OpenChoice& each : body.open_choices) open_choice(each);
    for (const Choice& each : body.choices) choice(each);
    for (const Name& stage : body.stages) reference(stage);
    for (const Allocation& each : body.allocations) {
      citations(each.citations);
      for (const Allocation::Row& row : each.rows) {
        reference(row.criterion);
        number(row.points);
      }
    }
    for (const EvidenceMap& each : body.evidence_maps)
      for (const EvidenceMap::Row& row : each.rows) {
        reference(row.field);
        root(row.formula.value);
      }
    for (const Tightening& each : body.tightenings) {
      reference(each.criterion);
      criterion_members(each.body);
    }
    for (const Splitting& each : body.splittings) {
      reference(each.criterion);
      for (const Criterion& part : each.parts) criterion(part, nullptr);
    }
    for (const Supplement& each : body.supplements) supplement(each);
  }

  void supplement(const Supplement& supplement) {
    if (const auto* added = std::get_if<SupplementCriterion>(&supplement.addition)) {
      reference(added->group);
      criterion(added->criterion, nullptr);
    } else if (const auto* added_group = std::get_if<std::unique_ptr<Group>>(&supplement.addition)) {
      group(**added_group, nullptr);
    } else if (const auto* force = std::get_if<Force>(&supplement.addition)) {
      forced(*force);
    } else if (const auto* bar = std::get_if<Bar>(&supplement.addition)) {
      reference(bar->level);
      when(bar->rule);
    } else if (const auto* lower = std::get_if<Lower>(&supplement.addition)) {
      when(lower->rule);
    }
  }

  void item_of_sheet(const GroupItem& item, const Group* around) {
    if (const auto* inner = std::get_if<std::unique_ptr<Group>>(&item)) group(**inner, around);
    if (const auto* each = std::get_if<Criterion>(&item)) criterion(*each, around);
    if (const auto* use = std::get_if<IndicatorUse>(&item)) indicator_use(*use);
  }

  void group(const Group& group, const Group* around) {
    visitor_.group(group, around);
    label(group.label);
    if (group.maximum) number(group.maximum->points);
    citations(group.citations);
    for (const OpenChoice& each : group.open_choices) open_choice(each);
    for (const Compute& each : group.computes) compute(each);
    for (const GroupItem& each : group.items) item_of_sheet(each, &group);
    if (group.formula) root(group.formula->value);
  }

  void indicator_use(const IndicatorUse& use) {
    visitor_.indicator_use(use);
    reference(use.indicator);
    for (const Argument& argument : use.arguments) {
      if (const auto* text = std::get_if<LabelText>(&argument.value)) visitor_.label(*text);
      if (const auto* cited = std::get_if<Citation>(&argument.value)) visitor_.citations({*cited});
      if (const auto* value = std::get_if<ExprPtr>(&argument.value)) root(*value);
    }
  }

  void criterion(const Criterion& criterion, const Group* around) {
    visitor_.criterion(criterion, around);
    reference(criterion.name);  // of an indicator it may be a parameter
    label(criterion.label);
    if (criterion.guidance && criterion.guidance->is_parameter) label(criterion.guidance);  // a sentence of its own is no label
    if (criterion.maximum) number(criterion.maximum->points);
    number(criterion.coefficient);
    citations(criterion.citations);
    criterion_members(criterion);
  }

  void criterion_members(const Criterion& criterion) {
    for (const Compute& each : criterion.computes) compute(each);
    for (const OpenChoice& each : criterion.open_choices) open_choice(each);
    for (const Scoring& each : criterion.scorings) {
      visitor_.scoring(each, criterion);
      std::visit([this](const auto& form) { scoring(form); }, each);
    }
    for (const LosesAllWhen& each : criterion.loses) {
      reference(each.target);
      root(each.condition);
      citations(each.citations);
    }
  }

  void scoring(const MetWhen& met) {
    root(met.condition);
    exceptions(met.exceptions);
    citations(met.citations);
  }
  void scoring(const ScoreTable& table) {
    root(table.value.value);
    for (const ScoreRow& row : table.rows) {
      number(row.floor);
      root(row.condition);
      number(row.value.number);
      if (row.loses) reference(row.loses->target);
    }
    root(table.rounding);
  }
  void scoring(const LevelChoice& choice) {
    label(choice.label);
    for (const LevelRow& row : choice.rows) {
      label(row.label);
      number(row.value.number);
      if (row.loses) reference(row.loses->target);
    }
  }
  void scoring(const Judged& judged) {
    number(judged.step);
    number(judged.presumed);
    citations(judged.presumed_citations);
  }
  void scoring(const PerUnit& form) {
    number(form.points);
    root(form.times);
    number(form.cap);
  }
  void scoring(const Proportional& form) { root(form.share.value); }
  void scoring(const ScoreFormula& form) { root(form.value.value); }

  void exceptions(const std::vector<Exception>& exceptions) {
    for (const Exception& each : exceptions) {
      visitor_.exception(each);
      label(each.label);
      citations(each.citations);
    }
  }

  void compute(const Compute& compute) {
    visitor_.compute(compute);
    root(compute.formula.value);
  }

  // ---------------------------------------------------------------- open choices

  void open_choice(const OpenChoice& choice) {
    visitor_.open_choice(choice);
    label(choice.label);
    citations(choice.citations);
    for (const Option& option : choice.options) {
      label(option.label);
      root(option.value);
    }
  }
  void choice(const Choice& choice) {
    visitor_.choice(choice);
    reference(choice.name);
    root(choice.value);
    citations(choice.citations);
  }

  // ---------------------------------------------------------------- ratings

  void rating(const Rating& rating) {
    visitor_.rating(rating);
    label(rating.label);
    references(rating.kinds);
    citations(rating.citations);
    for (const Level& level : rating.levels) {
      label(level.label);
      number(level.floor);
      root(level.condition);
      citations(level.citations);
    }
    for (const OpenChoice& each : rating.open_choices) open_choice(each);
    if (rating.gap_rule) {
      reference(rating.gap_rule->choice);
      citations(rating.gap_rule->citations);
    }
    for (const Compute& each : rating.computes) compute(each);
    rules(rating);
    for (const Quota& each : rating.quotas) quota(each);
  }

  void rules(const Rating& rating) {
    for (const Need& each : rating.needs) {
      reference(each.level);
      when(each.rule);
    }
    for (const Force& each : rating.forces) forced(each);
    for (const Bar& each : rating.bars) {
      reference(each.level);
      when(each.rule);
    }
    for (const Lower& each : rating.lowers) {
      number(each.by);
      when(each.rule);
    }
    for (const Cap& each : rating.caps) {
      root(each.level.value);
      citations(each.citations);
      references(each.kinds);
    }
    for (const HandOver& each : rating.hand_overs) {
      root(each.condition);
      references(each.allowed);
      references(each.kinds);
      citations(each.citations);
    }
    for (const NotRated& each : rating.not_rated) {
      root(each.condition);
      references(each.kinds);
      citations(each.citations);
    }
  }

  void forced(const Force& force) {
    reference(force.level);
    for (const WhenRule& rule : force.rules) when(rule);
  }
  void when(const WhenRule& rule) {
    root(rule.condition);
    exceptions(rule.exceptions);
    citations(rule.citations);
    references(rule.kinds);
  }

  void quota(const Quota& quota) {
    reference(quota.level);
    number(quota.rate);
    reference(quota.base);
    citations(quota.citations);
    references(quota.cohort);
    for (const ExprPtr& each : quota.priority) root(each);
    if (quota.surplus_choice) open_choice(*quota.surplus_choice);
    if (quota.surplus_level) reference(*quota.surplus_level);
    citations(quota.raised_citations);
  }

  SyntaxVisitor& visitor_;
};

}  // namespace

void walk(const syntax::File& file, SyntaxVisitor& visitor) {
  for (const Item& item : file.items) walk(item, visitor);
}

void walk(const Item& item, SyntaxVisitor& visitor) { Walk{visitor}(item); }

}  // namespace quy::lint

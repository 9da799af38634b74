#include "compiler/ir/from_typed.h"

#include "compiler/ir/lowering.h"

namespace quy::ir {

void Lowering::run() {
  for (const sema::Field& field : subject().fields) graph_.fields.push_back(field.info);
  for (const sema::Criterion& criterion : subject().criteria)
    if (const auto* judged = std::get_if<sema::Judged>(&criterion.scoring)) graph_.fields[judged->field].presumed = judged->presumed;
  observe_readings();
  lower_sheet();
  lower_rating();
  lower_quota_priorities();
  if (!options_.given_total) require_maxima_to_close();
  for (std::size_t i = 0; i < subject().requirements.size(); ++i) {
    const sema::Rule& rule = subject().requirements[i];
    Bilingual words = sentence(*graph_.pack, subject(), rule.condition);
    std::string label = i < subject().requirement_labels.size() ? subject().requirement_labels[i] : "";
    graph_.requirements.push_back({condition(rule.condition), label.empty() ? words.vi : label, rule.span});
  }
  if (options_.replaced_fields) lower_replaced_fields();
}

void Lowering::lower_replaced_fields() {
  for (const sema::ReplacedField& replaced : subject().replaced) {
    const bool is_condition = expr(replaced.value).type.kind == sema::Type::Kind::boolean;
    observe({.role = Role::value,
             .node = is_condition ? condition(replaced.value) : number(replaced.value),
             .span = expr(replaced.value).span,
             .clauses = {},
             .id = replaced.id,
             .label = {},
             .text = {},
             .unit = {}});
  }
}

void Lowering::lower_quota_priorities() {
  if (!subject().rating) return;
  for (const auto& priorities : subject().rating->quota_priorities) {
    std::vector<NodeId>& nodes = graph_.quota_priorities.emplace_back();
    for (const sema::ExprId value : priorities) nodes.push_back(number(value));
  }
}

void Lowering::require_maxima_to_close() {
  for (std::uint32_t group = 0; group < subject().groups.size(); ++group) {
    const sema::Group& info = subject().groups[group];
    if (!info.proposed_maxima || !info.maximum) continue;
    NodeId sum = build_.number(0);
    for (std::uint32_t i = 0; i < subject().criteria.size(); ++i)
      if (subject().criteria[i].group == group) sum = build_.add(sum, maximum_of(i));
    const std::string text = "tổng điểm tối đa tự đề xuất của nhóm “" + info.label + "” phải đúng " + info.maximum->exact_text();
    graph_.requirements.push_back({build_.compare(sum, sema::Comparison::equal, build_.number(*info.maximum)), text, info.span});
  }
}

Graph from_typed(const sema::Pack& pack, const sema::Subject& subject, Options options) {
  Graph graph;
  graph.pack = &pack;
  graph.subject = &subject;
  Lowering(graph, options).run();
  return graph;
}

}  // namespace quy::ir

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
  for (std::size_t i = 0; i < subject().requirements.size(); ++i) {
    const sema::Rule& rule = subject().requirements[i];
    Bilingual words = sentence(*graph_.pack, subject(), rule.condition);
    std::string label = i < subject().requirement_labels.size() ? subject().requirement_labels[i] : "";
    graph_.requirements.push_back({condition(rule.condition), label.empty() ? words.vi : label, rule.span});
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

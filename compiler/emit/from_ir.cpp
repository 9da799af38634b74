#include "compiler/emit/from_ir.h"

#include <algorithm>
#include <map>

#include "compiler/emit/meaning.h"
#include "compiler/emit/thresholds.h"
#include "compiler/ir/from_typed.h"
#include "compiler/ir/scoring_lines.h"
#include "compiler/ir/verify.h"

namespace quy::emit {

using bytecode::kNone;
using ir::NodeId;

namespace {

/// Texts and constants of a module, each distinct run once.
class Pools {
 public:
  explicit Pools(bytecode::Module& module) : module_(module) {}

  std::uint32_t constants(const std::vector<Rational>& run) {
    std::string key;
    for (const Rational& value : run) key += value.exact_text() + ' ';
    auto [place, fresh] = constants_.try_emplace(key, static_cast<std::uint32_t>(module_.constants.size()));
    if (fresh) module_.constants.insert(module_.constants.end(), run.begin(), run.end());
    return place->second;
  }

  std::uint32_t text(const std::string& value) {
    auto [place, fresh] = texts_.try_emplace(value, static_cast<std::uint32_t>(module_.strings.size()));
    if (fresh) module_.strings.push_back(value);
    return place->second;
  }

 private:
  bytecode::Module& module_;
  std::map<std::string, std::uint32_t> constants_, texts_;
};

class SubjectEmitter {
 public:
  SubjectEmitter(const SourceMap& sources, const ir::Graph& graph, Pools& pools) : sources_(sources), graph_(graph), pools_(pools) {}

  bytecode::Subject run() {
    const sema::Subject& typed = *graph_.subject;
    out_.id = typed.id;
    out_.label = typed.label;
    out_.citation = typed.clauses.ids.empty() ? "" : typed.clauses.ids.front();
    out_.kind = typed.kind;
    out_.stages = typed.stages;
    out_.fields = graph_.fields;
    for (const sema::List& list : typed.lists) out_.lists.push_back(list.info);
    keep_reachable();
    emit_code();
    for (const ir::Observable& observable : graph_.observables) emit_observable(observable);
    for (const ir::Requirement& requirement : graph_.requirements)
      out_.requirements.push_back({reg(requirement.condition), requirement.text, origin(requirement.span, {})});
    out_.total = reg(graph_.total);
    out_.levels = reg(graph_.levels);
    for (const auto& priorities : graph_.quota_priorities) {
      auto& registers = out_.quota_priorities.emplace_back();
      for (NodeId node : priorities) registers.push_back(reg(node));
    }
    if (typed.rating) out_.rating = typed.rating->declared;
    out_.has_open_points = graph_.has_open_points;
    out_.acknowledged = typed.acknowledged;
    describe_groups();
    describe_criteria();
    for (const ir::Node& node : graph_.nodes)
      if (node.op == bytecode::Opcode::reading && std::find(out_.readings.begin(), out_.readings.end(), node.a) == out_.readings.end())
        out_.readings.push_back(node.a);
    std::sort(out_.readings.begin(), out_.readings.end());
    for (const sema::Group& group : typed.groups)
      if (group.print_digits) out_.total_print_digits = std::max(out_.total_print_digits, static_cast<std::uint32_t>(*group.print_digits));
    return std::move(out_);
  }

 private:
  bytecode::Register reg(NodeId node) const { return node == kNone ? kNone : numbers_[node]; }

  void keep_reachable() {
    std::vector<NodeId> open{graph_.total, graph_.levels};
    for (const ir::Requirement& requirement : graph_.requirements) open.push_back(requirement.condition);
    for (const auto& priorities : graph_.quota_priorities) open.insert(open.end(), priorities.begin(), priorities.end());
    for (const ir::Observable& o : graph_.observables)
      for (NodeId node : {o.node, o.left, o.right, o.left_out, o.maximum}) open.push_back(node);
    reachable_.assign(graph_.nodes.size(), false);
    while (!open.empty()) {
      NodeId at = open.back();
      open.pop_back();
      if (at == kNone || reachable_[at]) continue;
      reachable_[at] = true;
      open.insert(open.end(), graph_.nodes[at].inputs.begin(), graph_.nodes[at].inputs.end());
    }
  }

  void emit_code() {
    numbers_.assign(graph_.nodes.size(), kNone);
    for (NodeId id = 0; id < graph_.nodes.size(); ++id) {
      if (!reachable_[id]) continue;
      const ir::Node& node = graph_.nodes[id];
      bytecode::Instruction made{.opcode = node.op, .a = node.a, .b = node.b, .domain = node.domain, .kind = node.kind, .operands = {}};
      place_constants(node, made);
      for (NodeId input : node.inputs) made.operands.push_back(numbers_[input]);
      numbers_[id] = static_cast<bytecode::Register>(out_.code.size());
      out_.code.push_back(std::move(made));
    }
  }

  void place_constants(const ir::Node& node, bytecode::Instruction& made) {
    using bytecode::Opcode;
    if (node.op == Opcode::text) made.a = pools_.text(node.text);
    if (node.constants.empty()) return;
    bool in_a = node.op == Opcode::constant || node.op == Opcode::round;
    (in_a ? made.a : made.b) = pools_.constants(node.constants);
  }

  std::uint32_t origin(Span span, const std::vector<std::string>& clauses) {
    bytecode::Origin place;
    if (span.valid()) {
      LineColumn begin = sources_.line_column(span.file, span.begin), end = sources_.line_column(span.file, span.end);
      place = {sources_.name(span.file), begin.line, begin.column, end.line, end.column, {}};
    }
    place.clauses = clauses;
    out_.origins.push_back(std::move(place));
    return static_cast<std::uint32_t>(out_.origins.size() - 1);
  }

  void emit_observable(const ir::Observable& o) {
    out_.observables.push_back({.role = o.role,
                                .reg = reg(o.node),
                                .parent = o.parent,
                                .origin = origin(o.span, o.clauses),
                                .id = o.id,
                                .label = o.label,
                                .text = o.text,
                                .left = reg(o.left),
                                .right = reg(o.right),
                                .unit = o.unit,
                                .level = o.level,
                                .applies_left_out = reg(o.left_out),
                                .maximum = reg(o.maximum)});
  }

  static std::string first(const sema::Clauses& clauses) { return clauses.ids.empty() ? "" : clauses.ids.front(); }

  static bytecode::Treatments treatments(const sema::Treatments& declared) {
    bytecode::Treatments all{};
    for (std::size_t cause = 0; cause < all.size(); ++cause)
      if (const auto& effect = declared.by_cause[cause]) all[cause] = static_cast<bytecode::Treatment>(static_cast<int>(*effect) + 1);
    return all;
  }

  void describe_groups() {
    const sema::Subject& typed = *graph_.subject;
    for (std::size_t i = 0; i < typed.groups.size(); ++i) {
      const sema::Group& group = typed.groups[i];
      out_.groups.push_back({.id = group.id,
                             .label = group.label,
                             .citation = first(group.clauses),
                             .parent = group.parent,
                             .max = group.maximum,
                             .sign = static_cast<std::uint32_t>(group.sign),
                             .observable = graph_.group_observables[i],
                             .lines = ir::group_lines(*graph_.pack, typed, group),
                             .treatments = treatments(group.treatments)});
    }
  }

  void describe_criteria() {
    const sema::Subject& typed = *graph_.subject;
    for (std::size_t i = 0; i < typed.criteria.size(); ++i) {
      const sema::Criterion& criterion = typed.criteria[i];
      bytecode::CriterionInfo info{.id = criterion.id,
                                   .label = criterion.label,
                                   .citation = first(criterion.clauses),
                                   .scoring = scoring_name(criterion),
                                   .group = criterion.group,
                                   .points = criterion.maximum,
                                   .clauses = criterion.clauses.ids,
                                   .thresholds = {},
                                   .observable = graph_.criterion_observables[i],
                                   .guidance = criterion.guidance,
                                   .lines = ir::scoring_lines(*graph_.pack, typed, criterion),
                                   .treatments = treatments(criterion.treatments)};
      add_thresholds(criterion, info);
      out_.criteria.push_back(std::move(info));
    }
  }

  std::string scoring_name(const sema::Criterion& criterion) const {
    static const char* const names[] = {"met", "table", "choice", "judged", "per_unit", "proportional", "formula"};
    const auto* per_unit = std::get_if<sema::PerUnit>(&criterion.scoring);
    if (per_unit) return per_unit->deducts ? "deduct" : "add";
    return names[criterion.scoring.index()];
  }

  void add_thresholds(const sema::Criterion& criterion, bytecode::CriterionInfo& info) {
    const sema::Subject& typed = *graph_.subject;
    const sema::Pack& pack = *graph_.pack;
    auto note = [&](sema::ExprId condition, const sema::Clauses& clauses) {
      const std::vector<std::string>& ids = clauses.ids.empty() ? criterion.clauses.ids : clauses.ids;
      append_thresholds(pack, typed, condition, ids, info.thresholds);
      for (const std::string& id : ids)
        if (std::find(info.clauses.begin(), info.clauses.end(), id) == info.clauses.end()) info.clauses.push_back(id);
    };
    if (const auto* met = std::get_if<sema::Met>(&criterion.scoring))
      for (std::size_t i = 0; i < met->conditions.size(); ++i) note(met->conditions[i], met->clauses[i]);
    if (const auto* table = std::get_if<sema::ScoreTable>(&criterion.scoring))
      for (const sema::TableRow& row : table->rows)
        if (row.guard != kNone) note(row.guard, criterion.clauses);
    for (const sema::LoseAll& lose : typed.lose_alls)
      if (lose.criterion != kNone && &typed.criteria[lose.criterion] == &criterion) note(lose.condition, lose.clauses);
  }

  const SourceMap& sources_;
  const ir::Graph& graph_;
  Pools& pools_;
  bytecode::Subject out_;
  std::vector<bool> reachable_;
  std::vector<bytecode::Register> numbers_;
};

bool same(const bytecode::Threshold& x, const bytecode::Threshold& y) {
  return x.clause == y.clause && x.field == y.field && x.comparator == y.comparator && x.value == y.value;
}

void describe_ratings(const sema::Pack& pack, bytecode::Module& module) {
  for (const sema::DeclaredRating& declared : pack.ratings) module.ratings.push_back(declared.info);
  for (const sema::Subject& subject : pack.subjects) {
    if (!subject.rating) continue;
    std::vector<bytecode::Threshold> found;
    auto note = [&](const sema::Rule& rule) { append_thresholds(pack, subject, rule.condition, rule.clauses.ids, found); };
    for (const sema::Need& need : subject.rating->needs) note(need.rule);
    for (const sema::Force& force : subject.rating->forces) note(force.rule);
    for (const sema::Bar& bar : subject.rating->bars) note(bar.rule);
    for (const sema::Lower& lower : subject.rating->lowers) note(lower.rule);
    for (const sema::HandOver& hand_over : subject.rating->hand_overs) note(hand_over.rule);
    for (const sema::Rule& rule : subject.rating->not_rated) note(rule);
    std::vector<bytecode::Threshold>& known = module.ratings[subject.rating->declared].thresholds;
    for (const bytecode::Threshold& threshold : found)
      if (std::none_of(known.begin(), known.end(), [&](const auto& other) { return same(threshold, other); })) known.push_back(threshold);
  }
}

}  // namespace

bytecode::Module from_typed(const SourceMap& sources, const sema::Pack& pack, const std::vector<const bytecode::Module*>& ancestors,
                            Options options) {
  bytecode::Module module;
  module.id = pack.id;
  module.version = pack.version;
  module.label = pack.label;
  module.framework = pack.framework;
  module.in_force_from = pack.in_force_from;
  module.in_force_to = pack.in_force_to;
  module.documents = pack.documents;
  module.scales = pack.scales;
  module.tables = pack.tables;
  module.calendar = pack.calendar;
  module.not_rules = pack.not_rules;
  module.profile = pack.profile;
  for (const sema::Reading& reading : pack.readings) module.readings.push_back(reading.info);
  for (const bytecode::Module* ancestor : ancestors) module.dependencies.push_back({ancestor->id, ancestor->version, ancestor->hashes[0]});
  describe_ratings(pack, module);

  Pools pools(module);
  auto emit_subject = [&](const sema::Subject& subject, ir::Options how) {
    ir::Graph graph = ir::from_typed(pack, subject, how);
    ir::verify(graph);
    return SubjectEmitter(sources, graph, pools).run();
  };
  for (const sema::Subject& subject : pack.subjects)
    module.subjects.push_back(emit_subject(subject, {.replaced_fields = options.replaced_fields}));
  module.hashes[0] = meaning_hash(module);
  if (options.given_total_variants)
    for (std::size_t i = 0; i < pack.subjects.size(); ++i) {
      const bool is_wanted = options.variants_of.empty() || options.variants_of.contains(pack.subjects[i].id);
      if (!pack.subjects[i].rating || !is_wanted) continue;
      bytecode::Subject variant = emit_subject(pack.subjects[i], {.given_total = true, .replaced_fields = options.replaced_fields});
      variant.id += "#given_total";
      module.subjects[i].given_total_variant = static_cast<std::uint32_t>(module.subjects.size());
      module.subjects.push_back(std::move(variant));
    }
  module.hashes[1] = sources_hash(sources, pack.files);
  return module;
}

}  // namespace quy::emit

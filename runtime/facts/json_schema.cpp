#include <algorithm>

#include "base/limits.h"
#include "runtime/facts/decimal.h"
#include "runtime/facts/facts.h"
#include "runtime/facts/json_text.h"
#include "runtime/facts/subject_plan.h"

namespace quy::facts {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::Subject;

constexpr std::string_view kPeriodPattern = R"(^[0-9]{4}(-H[12]|-Q[1-4]|-(0[1-9]|1[0-2])|/[0-9]{4}|\.\.[0-9]{4})?$)";

/// Where a value stands decides which forms it may take.
struct Forms {
  bool wrapped = true, staged = true, same = false;
};

class SchemaWriter {
 public:
  SchemaWriter(const bytecode::Module& module, std::uint32_t subject)
      : module_(module), plans_(module, {}), plan_(plans_.make(subject)), subject_(*plan_.subject) {}

  std::string write() {
    out_.open();
    out_.member("$schema", "https://json-schema.org/draft/2020-12/schema");
    out_.member("$id", "urn:quy:" + module_.id + ":" + module_.version + ":" + subject_.id);
    out_.member("title", subject_.label);
    if (!subject_.citation.empty()) out_.member("description", subject_.citation);
    out_.member("type", "object");
    out_.key("required").strings({"id", "subject", "period"});
    out_.key("properties").open();
    head();
    evidence();
    scores();
    decisions();
    maxima();
    overrides();
    closed();
    out_.key("meta").open().member("type", "object").close();
    out_.close();
    out_.key("patternProperties").open().key("^x_").bare("true").close();
    out_.bare_member("additionalProperties", "false");
    definitions();
    out_.close();
    return out_.take();
  }

 private:
  // -------------------------------------------------------------- members of the record

  void head() {
    out_.key("id").open().member("type", "string").bare_member("minLength", "1").close();
    out_.key("subject").open().member("const", subject_.id).close();
    out_.key("period").open().member("type", "string").member("pattern", kPeriodPattern).close();
    text_member("unit");
    text_member("cohort");
  }

  void evidence() {
    open_members("evidence");
    for (std::size_t key = 0; key < plan_.entries.size(); ++key) {
      const SubjectPlan::Entry& entry = plan_.entries[key];
      out_.key(plan_.evidence.names()[key]);
      if (entry.is_list) {
        const bytecode::List& list = *plan_.lists[entry.index].list;
        property(list.label, {}, "list." + list.id, {});
      } else {
        const Field& field = subject_.fields[entry.index];
        property(field.label, &field, "evidence." + field.id, {});
      }
    }
    close_members();
  }

  void scores() {
    open_members("scores");
    for (std::size_t stage = 0; stage < subject_.stages.size(); ++stage) {
      open_members(subject_.stages[stage]);
      for (const std::uint32_t index : plan_.score_fields) {
        const Field& field = subject_.fields[index];
        out_.key(field.id);
        property(field.label, &field, "score." + field.id, {.wrapped = true, .staged = false, .same = stage > 0});
      }
      close_members();
    }
    close_members();
  }

  void maxima() {
    open_members("maxima");
    for (const std::uint32_t index : plan_.maximum_fields) {
      const Field& field = subject_.fields[index];
      out_.key(field.id);
      property(field.label, &field, "maximum." + field.id, {.wrapped = true, .staged = false});
    }
    text_member("by");
    text_member("document");
    close_members();
  }

  void overrides() {
    if (subject_.stages.size() <= kFirstOverridingStage) return;
    open_members("overrides");
    for (std::size_t stage = kFirstOverridingStage; stage < subject_.stages.size(); ++stage) {
      open_members(subject_.stages[stage]);
      text_member("reason");
      text_member("document");
      close_members();
    }
    close_members();
  }

  void decisions() {
    out_.key("decisions").open();
    types({"array", "null"});
    if (plan_.decision_fields.empty()) {
      out_.bare_member("maxItems", "0");
    } else {
      out_.key("items").open().key("oneOf").open('[');
      for (const std::uint32_t index : plan_.decision_fields) decision(plan_.fields[index]);
      out_.close().close();
    }
    out_.close();
  }

  void decision(const FieldPlan& plan) {
    const Field& field = *plan.field;
    std::vector<std::string> required{"clause", "outcome"};
    if (field.needs_document) required.emplace_back("document");
    if (field.needs_reason) required.emplace_back("reason");
    out_.open().member("title", field.label).member("type", "object");
    out_.key("required").strings(required);
    out_.key("properties").open();
    out_.key("clause").open().member("const", field.clause).close();
    out_.key("outcome").open();
    plain(plan);
    out_.close();
    needed_text("document", field.needs_document);
    out_.key("date").open().member("$ref", "#/$defs/day_or_null").close();
    needed_text("reason", field.needs_reason);
    close_members();
  }

  void closed() {
    out_.key("closed").open();
    types({"object", "null"});
    out_.key("required").strings({"by", "date"});
    out_.key("properties").open();
    needed_text("by", true);
    out_.key("date").open().member("type", "string").member("format", "date").close();
    close_members();
  }

  // -------------------------------------------------------------- values

  /// A member that may come in every form its place allows; what it is lies in $defs under `definition`.
  void property(const std::string& title, const Field* field, const std::string& definition, Forms forms) {
    out_.open();
    if (!title.empty()) out_.member("title", title);
    if (field) describe(*field);
    out_.key("anyOf").open('[');
    reference(definition);
    if (forms.same) out_.open().member("const", "same").close();
    if (forms.wrapped) wrapper(definition, forms.staged);
    if (forms.staged && !subject_.stages.empty()) staged(definition);
    out_.close().close();
  }

  void reference(const std::string& definition) { out_.open().member("$ref", "#/$defs/" + definition).close(); }

  void wrapper(const std::string& definition, bool may_be_staged) {
    out_.open().member("type", "object").key("required").strings({"value"}).key("properties").open();
    out_.key("value");
    if (may_be_staged && !subject_.stages.empty()) {
      out_.open().key("anyOf").open('[');
      reference(definition);
      stage_object([&] { reference(definition); });
      out_.close().close();
    } else {
      reference(definition);
    }
    text_member("source");
    text_member("reason");
    out_.key("date").open().member("$ref", "#/$defs/day_or_null").close();
    text_member("by");
    close_members();
  }

  void staged(const std::string& definition) {
    stage_object([&] {
      out_.open().key("anyOf").open('[');
      reference(definition);
      wrapper(definition, false);
      out_.close().close();
    });
  }

  template <class WriteValue>
  void stage_object(WriteValue write_value) {
    out_.open().member("type", "object").bare_member("minProperties", "1").key("properties").open();
    for (const std::string& stage : subject_.stages) {
      out_.key(stage);
      write_value();
    }
    close_members();
  }

  void describe(const Field& field) {
    std::string text;
    const auto add = [&text](std::string_view name, const std::string& value) {
      if (!value.empty()) text += (text.empty() ? "" : "; ") + std::string(name) + value;
    };
    add("đơn vị tính: ", field.unit);
    add("nguồn: ", field.source);
    if (field.at_most_field != kNone) add("không quá ", subject_.fields[field.at_most_field].id);
    add("", field.guidance);
    if (!text.empty()) out_.member("description", text);
    if (!field.unit.empty()) out_.member("x-unit", field.unit);
    if (!field.source.empty()) out_.member("x-source", field.source);
    if (!field.clause.empty()) out_.member("x-clause", field.clause);
  }

  // -------------------------------------------------------------- what values are

  void definitions() {
    out_.key("$defs").open();
    out_.key("text_or_null").open();
    types({"string", "null"});
    out_.close();
    out_.key("day_or_null").open();
    types({"string", "null"});
    out_.member("format", "date").close();
    states();
    for (const FieldPlan& plan : plan_.fields) {
      const char* place = definition_place(*plan.field);
      if (place && plan.field->list == kNone) value_definition(place + plan.field->id, plan);
    }
    for (ListPlan& list : plan_.lists) list_definition(list);
    out_.close();
  }

  static const char* definition_place(const Field& field) {
    switch (field.place) {
      case FieldPlace::evidence:
      case FieldPlace::exception: return "evidence.";
      case FieldPlace::score: return "score.";
      case FieldPlace::maximum: return "maximum.";
      default: return nullptr;
    }
  }

  void states() {
    out_.key("state").open().key("oneOf").open('[');
    state("na", [this] { out_.member("type", "string").bare_member("minLength", "1"); });
    state("none", [this] {
      out_.key("anyOf").open('[').open().bare_member("const", "true").close();
      out_.open().member("type", "string").bare_member("minLength", "1").close().close();
    });
    state("due", [this] { out_.member("type", "string").member("format", "date"); });
    out_.close().close();
  }

  template <class WriteValue>
  void state(std::string_view name, WriteValue write_value) {
    out_.open().member("type", "object").key("required").strings({std::string(name)}).key("properties").open();
    out_.key(name).open();
    write_value();
    out_.close();
    close_members();
  }

  void value_definition(const std::string& name, const FieldPlan& plan) {
    out_.key(name).open().key("anyOf").open('[');
    out_.open();
    plain(plan);
    out_.close();
    out_.open().member("type", "null").close();
    if (plan.field->may_be_left_out) reference("state");
    if (plan.field->place == FieldPlace::exception) claim();
    out_.close().close();
  }

  void claim() {
    out_.open().member("type", "object").key("required").strings({"claimed"}).key("properties").open();
    out_.key("claimed").open().member("type", "boolean").close();
    text_member("reason");
    text_member("document");
    close_members();
  }

  void list_definition(ListPlan& list) {
    const std::string prefix = "row." + list.list->id + ".";
    for (const FieldPlan& field : list.fields) value_definition(prefix + field.field->id, field);
    out_.key("list." + list.list->id).open().key("anyOf").open('[').open();
    out_.member("type", "array").bare_member("maxItems", std::to_string(limits::list_items)).key("items");
    if (list.list->of_results) {
      out_.open().key("anyOf").open('[').open().member("type", "string").bare_member("minLength", "1").close();
      row(list, prefix);
      out_.close().close();
    } else {
      row(list, prefix);
    }
    out_.close().open().member("type", "null").close().close().close();
  }

  void row(const ListPlan& list, const std::string& prefix) {
    out_.open().member("type", "object");
    if (list.list->of_results) out_.key("required").strings({"id"});
    out_.key("properties").open();
    for (std::uint32_t key = 0; key < list.keys.names().size(); ++key) {
      out_.key(list.keys.names()[key]);
      const std::uint32_t column = list.column[key];
      if (key == list.id_key) {
        out_.open().member("type", "string").bare_member("minLength", "1").close();
      } else if (column == kNone) {
        reference("text_or_null");
      } else {
        const Field& field = *list.fields[column].field;
        property(field.label, &field, prefix + field.id, {});
      }
    }
    close_members();
  }

  /// The members of a schema for the value itself, inside an open object.
  void plain(const FieldPlan& plan) {
    const Field& field = *plan.field;
    switch (field.kind) {
      case FieldKind::boolean: out_.member("type", "boolean"); return;
      case FieldKind::count:
      case FieldKind::number:
      case FieldKind::percentage:
      case FieldKind::points:
      case FieldKind::money:
      case FieldKind::days: number(plan); return;
      case FieldKind::date: out_.member("type", "string").member("format", "date"); return;
      case FieldKind::text: out_.member("type", "string"); return;
      case FieldKind::step: steps(module_.scales[field.scale]); return;
      case FieldKind::code: out_.key("enum").strings(module_.tables[field.table].keys); return;
      case FieldKind::level: levels(field); return;
      case FieldKind::criterion: criteria(); return;
    }
  }

  void number(const FieldPlan& plan) {
    const int digits = plan.field->digits;
    const std::int64_t step = plan.step != 0 ? plan.step : 1;
    out_.member("type", digits == 0 ? "integer" : "number");
    out_.bare_member("minimum", decimal_text(plan.low, digits)).bare_member("maximum", decimal_text(plan.high, digits));
    if (digits != 0 || step != 1) out_.bare_member("multipleOf", decimal_text(step, digits));
  }

  void choice(const std::string& id, const std::string& label) {
    out_.open().member("const", id);
    if (!label.empty()) out_.member("title", label);
    out_.close();
  }

  void steps(const bytecode::Scale& scale) {
    out_.key("oneOf").open('[');
    for (std::size_t i = 0; i < scale.step_ids.size(); ++i) choice(scale.step_ids[i], scale.step_labels[i]);
    out_.close();
  }

  void levels(const Field& field) {
    const auto& levels = module_.ratings[subject_.rating].levels;
    const std::uint32_t mask = field.place == FieldPlace::decision ? field.allowed_levels : ~std::uint32_t{0};
    out_.key("oneOf").open('[');
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if ((mask >> i & 1) != 0) choice(levels[i].id, levels[i].label);
    }
    out_.close();
  }

  void criteria() {
    out_.key("oneOf").open('[');
    for (const auto& criterion : subject_.criteria) choice(criterion.id, criterion.label);
    out_.close();
  }

  // -------------------------------------------------------------- small parts

  void types(const std::vector<std::string>& names) { out_.key("type").strings(names); }

  void text_member(std::string_view name) { out_.key(name).open().member("$ref", "#/$defs/text_or_null").close(); }

  void needed_text(std::string_view name, bool needed) {
    if (!needed) return text_member(name);
    out_.key(name).open().member("type", "string").bare_member("minLength", "1").close();
  }

  void open_members(std::string_view name) {
    out_.key(name).open();
    types({"object", "null"});
    out_.key("properties").open();
  }
  void close_members() { out_.close().bare_member("additionalProperties", "false").close(); }

  const bytecode::Module& module_;
  Plans plans_;
  SubjectPlan plan_;
  const Subject& subject_;
  JsonText out_;
};

}  // namespace

std::string json_schema(const bytecode::Module& module, std::uint32_t subject) {
  return SchemaWriter(module, subject).write();
}

}  // namespace quy::facts

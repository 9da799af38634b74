#include <catch2/catch.hpp>

#include <functional>

#include "base/limits.h"
#include "runtime/bytecode/codec.h"
#include "sample_module.h"

namespace quy::bytecode {
namespace {

using test::sample_module;

struct Break {
  std::string_view what;
  Diag id;
  std::string_view place;  ///< as the message names it
  std::function<void(Module&)> change;
};

Subject& subject(Module& module) { return module.subjects[0]; }
Instruction& code(Module& module, std::size_t at) { return module.subjects[0].code[at]; }

void check(const std::vector<Break>& breaks) {
  for (const Break& row : breaks) {
    INFO(row.what);
    Module module = sample_module();
    row.change(module);
    const std::optional<Message> fault = verify(module);
    REQUIRE(fault);
    const std::string said = text(*fault, Language::en);
    INFO(said);
    CHECK(fault->id == row.id);
    CHECK(said.find("`" + std::string(row.place) + "`") != std::string::npos);
  }
}

}  // namespace

TEST_CASE("verify accepts a sound module") {
  const std::optional<Message> fault = verify(sample_module());
  INFO((fault ? text(*fault, Language::en) : std::string()));
  CHECK(!fault);
  CHECK(!verify(Module{}));
}

TEST_CASE("verify refuses broken tables of a module") {
  check({
      {"hash", Diag::pack_value_bad, "hashes[1]", [](Module& m) { m.hashes[1] = "xyz"; }},
      {"document date", Diag::pack_value_bad, "documents[0]", [](Module& m) { m.documents[0].date = 2'000'000'000; }},
      {"force ends first", Diag::pack_value_bad, "in_force", [](Module& m) { m.in_force_to = 10; }},
      {"empty scale", Diag::pack_value_bad, "scales[0]", [](Module& m) { m.scales[0].step_ids.clear(); }},
      {"labels of steps", Diag::pack_sizes_differ, "scales[0]", [](Module& m) { m.scales[0].step_labels.pop_back(); }},
      {"repeated step", Diag::pack_name_repeated, "scales[0].step_ids",
       [](Module& m) { m.scales[0].step_ids[1] = m.scales[0].step_ids[0]; }},
      {"keys in order", Diag::pack_value_bad, "tables[0].keys",
       [](Module& m) { std::swap(m.tables[0].keys[0], m.tables[0].keys[1]); }},
      {"columns named", Diag::pack_sizes_differ, "tables[0]",
       [](Module& m) { m.tables[0].column_ids.emplace_back("x"); }},
      {"column short", Diag::pack_sizes_differ, "tables[0].columns",
       [](Module& m) { m.tables[0].columns[0].pop_back(); }},
      {"calendar", Diag::pack_value_bad, "calendar",
       [](Module& m) {
         m.calendar.holidays = {5, 5};
       }},
      {"option labels", Diag::pack_sizes_differ, "readings[0]", [](Module& m) { m.readings[0].option_labels.clear(); }},
      {"chosen option", Diag::pack_index_bad, "readings[0].chosen", [](Module& m) { m.readings[0].chosen = 2; }},
      {"no levels", Diag::pack_value_bad, "ratings[0].levels", [](Module& m) { m.ratings[0].levels.clear(); }},
      {"17 levels", Diag::pack_over_limit, "ratings[0].levels",
       [](Module& m) { m.ratings[0].levels.resize(limits::levels + 1); }},
      {"same string twice", Diag::pack_name_repeated, "strings", [](Module& m) { m.strings[1] = m.strings[0]; }},
      {"same subject twice", Diag::pack_name_repeated, "subjects",
       [](Module& m) { m.subjects.push_back(m.subjects[0]); }},
  });
}

TEST_CASE("verify refuses broken fields") {
  check({
      {"rating", Diag::pack_index_bad, "subjects[0].rating", [](Module& m) { subject(m).rating = 1; }},
      {"too many fields", Diag::pack_over_limit, "subjects[0].fields",
       [](Module& m) { subject(m).fields.resize(limits::fields_per_subject + 1); }},
      {"stage twice", Diag::pack_name_repeated, "subjects[0].stages",
       [](Module& m) {
         subject(m).stages = {"a", "a"};
       }},
      {"reading", Diag::pack_index_bad, "subjects[0].readings[0]", [](Module& m) { subject(m).readings[0] = 9; }},
      {"list", Diag::pack_index_bad, "subjects[0].fields[5].list", [](Module& m) { subject(m).fields[5].list = 1; }},
      {"whole", Diag::pack_index_bad, "subjects[0].fields[1].at_most_field",
       [](Module& m) { subject(m).fields[1].at_most_field = 99; }},
      {"whole of another kind", Diag::pack_value_bad, "subjects[0].fields[1]",
       [](Module& m) { subject(m).fields[1].at_most_field = 2; }},
      {"whole in a list", Diag::pack_value_bad, "subjects[0].fields[1]",
       [](Module& m) { subject(m).fields[1].at_most_field = 6; }},
      {"circle of wholes", Diag::pack_value_bad, "subjects[0].fields",
       [](Module& m) { subject(m).fields[0].at_most_field = 1; }},
      {"scale", Diag::pack_index_bad, "subjects[0].fields[4].scale",
       [](Module& m) { subject(m).fields[4].scale = kNone; }},
      {"table", Diag::pack_index_bad, "subjects[0].fields[5].table", [](Module& m) { subject(m).fields[5].table = 1; }},
      {"level without rating", Diag::pack_index_bad, "subjects[0].fields[7].kind",
       [](Module& m) { subject(m).rating = kNone; }},
      {"digits", Diag::pack_value_bad, "subjects[0].fields[3].digits",
       [](Module& m) { subject(m).fields[3].digits = 19; }},
      {"negative digits", Diag::pack_value_bad, "subjects[0].fields[3].digits",
       [](Module& m) { subject(m).fields[3].digits = -1; }},
      {"low above high", Diag::pack_value_bad, "subjects[0].fields[0].low",
       [](Module& m) { subject(m).fields[0].low = 2000; }},
      {"high too wide", Diag::pack_value_bad, "subjects[0].fields[3].high",
       [](Module& m) { subject(m).fields[3].high = power_of_ten(17); }},
      {"low too wide", Diag::pack_value_bad, "subjects[0].fields[3].low",
       [](Module& m) { subject(m).fields[3].low = -power_of_ten(17); }},
      {"step of nothing", Diag::pack_value_bad, "subjects[0].fields[3].step",
       [](Module& m) { subject(m).fields[3].step = Rational(0); }},
      {"step too fine", Diag::pack_value_bad, "subjects[0].fields[3].step",
       [](Module& m) { subject(m).fields[3].step = power_of_ten(-3); }},
      {"presumed too high", Diag::pack_value_bad, "subjects[0].fields[3].presumed",
       [](Module& m) { subject(m).fields[3].presumed = Rational(21); }},
      {"presumed fact", Diag::pack_value_bad, "subjects[0].fields[0].presumed",
       [](Module& m) { subject(m).fields[0].presumed = Rational(1); }},
      {"score in a list", Diag::pack_value_bad, "subjects[0].fields[6].list",
       [](Module& m) { subject(m).fields[6].place = FieldPlace::score; }},
      {"closed that counts", Diag::pack_value_bad, "subjects[0].fields[0].kind",
       [](Module& m) { subject(m).fields[0].place = FieldPlace::closed; }},
      {"decision without clause", Diag::pack_value_bad, "subjects[0].fields[7].clause",
       [](Module& m) { subject(m).fields[7].clause.clear(); }},
      {"same id twice", Diag::pack_name_repeated, "subjects[0].fields[1]",
       [](Module& m) { subject(m).fields[1].id = "giao"; }},
      {"id of a list", Diag::pack_name_repeated, "subjects[0].fields[1]",
       [](Module& m) { subject(m).fields[1].id = "viec"; }},
  });
}

TEST_CASE("verify refuses broken code") {
  check({
      {"operand after", Diag::pack_index_bad, "subjects[0].code[0].operands[0]",
       [](Module& m) { code(m, 0) = test::make(Opcode::negation, ValueKind::boolean, {0}); }},
      {"operand far off", Diag::pack_index_bad, "subjects[0].code[4].operands[1]",
       [](Module& m) { code(m, 4).operands[1] = 4000; }},
      {"too few operands", Diag::pack_value_bad, "subjects[0].code[13].operands",
       [](Module& m) { code(m, 13).operands.pop_back(); }},
      {"too many operands", Diag::pack_value_bad, "subjects[0].code[13].operands",
       [](Module& m) { code(m, 13).operands.push_back(7); }},
      {"none where one is due", Diag::pack_value_bad, "subjects[0].code[4].operands",
       [](Module& m) { code(m, 4).operands.clear(); }},
      {"kind of operand", Diag::pack_value_bad, "subjects[0].code[4].operands[0]",
       [](Module& m) { code(m, 4).operands[0] = 0; }},
      {"kind of result", Diag::pack_value_bad, "subjects[0].code[4].kind",
       [](Module& m) { code(m, 4).kind = ValueKind::number; }},
      {"kind of spread", Diag::pack_value_bad, "subjects[0].code[23].kind",
       [](Module& m) { code(m, 23).kind = ValueKind::boolean; }},
      {"domain", Diag::pack_over_limit, "subjects[0].code[0].domain", [](Module& m) { code(m, 0).domain = 2; }},
      {"domain of a field", Diag::pack_value_bad, "subjects[0].code[8].domain",
       [](Module& m) { code(m, 8).domain = 0; }},
      {"domain of an operand", Diag::pack_value_bad, "subjects[0].code[13].operands[1]",
       [](Module& m) { code(m, 13).operands[1] = 10; }},
      {"fold of the record", Diag::pack_value_bad, "subjects[0].code[12].operands[0]",
       [](Module& m) { code(m, 12).operands[0] = 7; }},
      {"spread of a list", Diag::pack_value_bad, "subjects[0].code[23].operands[0]",
       [](Module& m) { code(m, 23).operands[0] = 10; }},
      {"spread elsewhere", Diag::pack_value_bad, "subjects[0].code[23].domain",
       [](Module& m) { code(m, 23).domain = 0; }},
      {"constant", Diag::pack_index_bad, "subjects[0].code[5].a", [](Module& m) { code(m, 5).a = 5; }},
      {"truth", Diag::pack_index_bad, "subjects[0].code[16].a", [](Module& m) { code(m, 16).a = 2; }},
      {"text", Diag::pack_index_bad, "subjects[0].code[19].a", [](Module& m) { code(m, 19).a = 2; }},
      {"field", Diag::pack_index_bad, "subjects[0].code[0].a", [](Module& m) { code(m, 0).a = 9; }},
      {"Boolean as number", Diag::pack_value_bad, "subjects[0].code[0].a", [](Module& m) { code(m, 0).a = 2; }},
      {"number as Boolean", Diag::pack_value_bad, "subjects[0].code[3].a", [](Module& m) { code(m, 3).a = 0; }},
      {"unused immediate", Diag::pack_value_bad, "subjects[0].code[0].b", [](Module& m) { code(m, 0).b = 1; }},
      {"reading", Diag::pack_index_bad, "subjects[0].code[21].a", [](Module& m) { code(m, 21).a = 1; }},
      {"option", Diag::pack_index_bad, "subjects[0].code[21].b", [](Module& m) { code(m, 21).b = 2; }},
      {"rounding to 0", Diag::pack_value_bad, "subjects[0].code[22].a", [](Module& m) { code(m, 22).a = 2; }},
      {"rounding mode", Diag::pack_index_bad, "subjects[0].code[22].b", [](Module& m) { code(m, 22).b = 3; }},
      {"sign", Diag::pack_index_bad, "subjects[0].code[2].a", [](Module& m) { code(m, 2).a = 6; }},
      {"table", Diag::pack_index_bad, "subjects[0].code[9].a", [](Module& m) { code(m, 9).a = 1; }},
      {"column", Diag::pack_index_bad, "subjects[0].code[9].b", [](Module& m) { code(m, 9).b = 1; }},
      {"row from a number", Diag::pack_value_bad, "subjects[0].code[9]", [](Module& m) { code(m, 8).a = 6; }},
      {"set past the constants", Diag::pack_over_limit, "subjects[0].code[24].b", [](Module& m) { code(m, 24).a = 5; }},
      {"floors past the constants", Diag::pack_over_limit, "subjects[0].code[14].b",
       [](Module& m) { code(m, 14).b = 0xffffffff; }},
      {"more floors than levels", Diag::pack_over_limit, "subjects[0].code[14].a",
       [](Module& m) { code(m, 14).a = 3; }},
      {"list of a fold", Diag::pack_index_bad, "subjects[0].code[12].a", [](Module& m) { code(m, 12).a = 1; }},
      {"text ordered", Diag::pack_value_bad, "subjects[0].code[20]", [](Module& m) { code(m, 20).a = 0; }},
      {"text against number", Diag::pack_value_bad, "subjects[0].code[20]",
       [](Module& m) { code(m, 20).operands[1] = 0; }},
      {"text added", Diag::pack_value_bad, "subjects[0].code[22]", [](Module& m) { code(m, 22).operands[0] = 18; }},
      {"level", Diag::pack_index_bad, "subjects[0].code[24].a",
       [](Module& m) {
         code(m, 24) = test::make(Opcode::force, ValueKind::levels, {17, 16}, 2);
       }},
      {"conditions of levels", Diag::pack_over_limit, "subjects[0].code[24].operands",
       [](Module& m) {
         code(m, 24) = test::make(Opcode::need, ValueKind::levels, {17, 16, 16, 16});
       }},
      {"guards of levels", Diag::pack_over_limit, "subjects[0].code[24].operands",
       [](Module& m) {
         code(m, 24) = test::make(Opcode::first_level, ValueKind::levels, {16, 16, 16});
       }},
      {"levels without rating", Diag::pack_over_limit, "subjects[0].code[14].a",
       [](Module& m) {
         subject(m).fields[7].kind = FieldKind::count;
         subject(m).fields[7].place = FieldPlace::evidence;
         subject(m).rating = kNone;
       }},
  });
}

TEST_CASE("verify refuses what points to wrong registers") {
  check({
      {"requirement", Diag::pack_index_bad, "subjects[0].requirements[0].condition",
       [](Module& m) { subject(m).requirements[0].condition = kNone; }},
      {"requirement on a number", Diag::pack_value_bad, "subjects[0].requirements[0].condition",
       [](Module& m) { subject(m).requirements[0].condition = 0; }},
      {"origin", Diag::pack_index_bad, "subjects[0].requirements[0].origin",
       [](Module& m) { subject(m).requirements[0].origin = 1; }},
      {"observed register", Diag::pack_index_bad, "subjects[0].observables[1].reg",
       [](Module& m) { subject(m).observables[1].reg = 25; }},
      {"left of another domain", Diag::pack_value_bad, "subjects[0].observables[1].left",
       [](Module& m) { subject(m).observables[1].left = 10; }},
      {"left of another kind", Diag::pack_value_bad, "subjects[0].observables[1].left",
       [](Module& m) { subject(m).observables[1].left = 3; }},
      {"maximum", Diag::pack_index_bad, "subjects[0].observables[1].maximum",
       [](Module& m) { subject(m).observables[1].maximum = 77; }},
      {"left-out register", Diag::pack_value_bad, "subjects[0].observables[1].applies_left_out",
       [](Module& m) { subject(m).observables[1].applies_left_out = 0; }},
      {"level", Diag::pack_index_bad, "subjects[0].observables[1].level",
       [](Module& m) { subject(m).observables[1].level = 2; }},
      {"circle of parents", Diag::pack_value_bad, "subjects[0].observables",
       [](Module& m) { subject(m).observables[0].parent = 1; }},
      {"own parent", Diag::pack_value_bad, "subjects[0].groups", [](Module& m) { subject(m).groups[0].parent = 0; }},
      {"sign of a group", Diag::pack_value_bad, "subjects[0].groups[0].sign",
       [](Module& m) { subject(m).groups[0].sign = 3; }},
      {"group", Diag::pack_index_bad, "subjects[0].criteria[0].group",
       [](Module& m) { subject(m).criteria[0].group = 1; }},
      {"observable", Diag::pack_index_bad, "subjects[0].criteria[0].observable",
       [](Module& m) { subject(m).criteria[0].observable = 2; }},
      {"criterion twice", Diag::pack_name_repeated, "subjects[0].criteria",
       [](Module& m) { subject(m).criteria.push_back(subject(m).criteria[0]); }},
      {"total", Diag::pack_value_bad, "subjects[0].total", [](Module& m) { subject(m).total = 14; }},
      {"total in a list", Diag::pack_value_bad, "subjects[0].total", [](Module& m) { subject(m).total = 11; }},
      {"levels", Diag::pack_value_bad, "subjects[0].levels", [](Module& m) { subject(m).levels = 13; }},
      {"variant", Diag::pack_index_bad, "subjects[0].given_total_variant",
       [](Module& m) { subject(m).given_total_variant = 1; }},
      {"digits printed", Diag::pack_over_limit, "subjects[0].total_print_digits",
       [](Module& m) { subject(m).total_print_digits = 1000; }},
  });
}

}  // namespace quy::bytecode

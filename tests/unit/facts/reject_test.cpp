#include <catch2/catch.hpp>

#include "base/limits.h"
#include "sample_pack.h"

namespace quy::facts {
namespace {

using test::Bench;
using test::evidence;
using test::record;

struct Case {
  Diag id;
  std::string field;  ///< as the reject names it
  std::string line;
  std::string says;  ///< part of the English text or help
};

void check(const std::vector<Case>& cases, ReadOptions options = {}) {
  Bench bench(test::sample_pack(), std::move(options));
  for (const Case& row : cases) {
    INFO(row.line.substr(0, 200));
    bench.rejects.clear();
    bench.rows.clear();
    bench.read(row.line);
    REQUIRE(bench.rejects.size() == 1);
    CHECK(bench.rows.empty());
    const Reject& found = bench.rejects[0];
    const std::string said = text(found.reason, Language::en) + " / " + help(found.reason, Language::en);
    INFO(said);
    CHECK(std::string(code(found.reason.id)) + " " + std::string(name(found.reason.id)) ==
          std::string(code(row.id)) + " " + std::string(name(row.id)));
    CHECK(found.field == row.field);
    CHECK(said.find(row.says) != std::string::npos);
    CHECK(!text(found.reason, Language::vi).empty());
    // Nothing of it stays behind.
    for (const auto& batch : bench.batches) CHECK(batch->rows() == 0);
  }
}

std::string nested(std::size_t depth) { return record(R"("x_":)" + std::string(depth, '[') + std::string(depth, ']')); }

}  // namespace

TEST_CASE("lines that are not JSON") {
  std::vector<Case> cases;
  for (const char* line : {"{",
                           "}",
                           "{}{}",
                           "{\"id\"}",
                           "{\"id\":}",
                           "{\"id\":\"a\",}",
                           "{,}",
                           "{\"id\" \"x\"}",

                           "{'id':1}",
                           "{\"x_a\":1 \"x_b\":2}",
                           "\"",
                           "{\"x_\":\"\x01\"}",
                           "{\"id\":\"a\",\"x_\":[1,]}",
                           "{\"id\":\"a\",\"x_\":[1 2]}",
                           "{\"id\":\"a\",\"x_\":01}",
                           "{\"id\":\"a\",\"x_\":1.}",
                           "{\"id\":\"a\",\"x_\":.5}",
                           "{\"id\":\"a\",\"x_\":+1}",
                           "{\"id\":\"a\",\"x_\":1e}",
                           "{\"id\":\"a\",\"x_\":--1}",
                           "{\"id\":\"a\",\"x_\":tru}",
                           "{\"id\":\"a\",\"x_\":truee}",
                           "{\"id\":\"a\",\"x_\":True}",
                           "{\"id\":\"a\",\"x_\":NaN}",
                           "{\"id\":\"a\",\"x_\":\"\\x\"}",
                           "{\"id\":\"a\",\"x_\":\"\\u12\"}",
                           "{\"id\":\"a\",\"x_\":\"\\ud800\"}",
                           "{\"id\":\"a\",\"x_\":\"\\udc00\"}",
                           "{\"id\":\"a\",\"x_\":\"\\ud800\\u0041\"}",
                           "{\"id\":\"a\",\"x_\":[}",
                           "{\"id\":\"a\",\"x_\":{]",
                           "{\"id\":\"a\" /* c */}",
                           "{\"id\":\"a\"}x",
                           "{\"id\":\"a\"}]",
                           "{\"id\":\"a\"\"b\"}",
                           "{\"id\":\"a\"b}",
                           "{\"id\":a\"b\"}",
                           "{\"id\":\\\"a}",
                           "{\"id\":\"a\",\"x_\":1\"b\"}",
                           "{\"id\":\"a\",\"x_\":\"b\"c}",
                           "\\",
                           ":",
                           ",",
                           "\x0c",
                           "\x1a",
                           "{\"id\":\"a\"\x0c\"x_\":1}",
                           "{\"id\"\x1a\"a\"}"}) {
    cases.push_back({Diag::record_malformed, "", line, "not valid JSON"});
  }
  // The member at fault is named where the record got that far.
  Bench bench;
  for (Case& row : cases) {
    bench.rejects.clear();
    INFO(row.line);
    bench.read(row.line);
    REQUIRE(bench.rejects.size() == 1);
    CHECK(bench.rows.empty());
    CHECK(bench.rejects[0].reason.id == Diag::record_malformed);
  }
}

TEST_CASE("lines that are no record") {
  check({
      {Diag::record_malformed, "id", "{\"id\":\"a", "a string is not closed (byte 7)"},
      {Diag::record_malformed, "id", "{\"id\":\"a\tb\"}", "a control character in a string (byte 9)"},
      {Diag::record_not_utf8, "", "{\"id\":\"a\xff\"}", "byte 9"},
      {Diag::record_not_utf8, "", "{\"id\":\"a\",\"x_\":\"\xed\xa0\x80\"}", "byte 17"},
      {Diag::record_not_object, "", "7", "a number"},
      {Diag::record_not_object, "", "\"a\"", "a text"},
      {Diag::record_not_object, "", "null", "null"},
      {Diag::record_too_deep, "x_", nested(limits::nesting_depth), "200"},
  });
}

TEST_CASE("the deepest record that is allowed") {
  Bench bench;
  bench.read(nested(limits::nesting_depth - 1));
  CHECK(bench.rows.size() == 1);
  bench.read(nested(1'000'000));
  CHECK(bench.rejects.size() == 1);
}

TEST_CASE("rejects of the record's head") {
  check({
      {Diag::key_repeated, "id", R"({"id":"a","id":"a"})", "`id`"},
      {Diag::key_repeated, "x_a", record(R"("x_a":1,"x_a":2)"), "x_a"},
      {Diag::key_unknown, "evidense", record(R"("evidense":{})"), "did you mean `evidence`"},
      {Diag::key_missing, "", R"({"subject":"thu.nho","period":"2025"})", "`id`"},
      {Diag::key_missing, "", R"({"id":null,"subject":"thu.nho","period":"2025"})", "`id`"},
      {Diag::key_missing, "", R"({"id":"a","period":"2025"})", "`subject`"},
      {Diag::key_missing, "", R"({"id":"a","subject":"thu.nho"})", "`period`"},
      {Diag::key_missing, "", "{}", "`id`"},
      {Diag::text_empty, "id", R"({"id":"","subject":"thu.nho","period":"2025"})", "`id`"},
      {Diag::value_wrong_type, "id", R"({"id":7,"subject":"thu.nho","period":"2025"})", "a number"},
      {Diag::choice_unknown, "kind", record(R"("kind":"cohrt")"), "did you mean `cohort`"},
      {Diag::key_unknown, "", record(R"("kind":"cohort")"), "`subject`"},
      {Diag::value_wrong_type, "meta", record(R"("meta":[])"), "an object"},
      {Diag::subject_unknown, "subject", R"({"id":"a","subject":"thu.nhor","period":"2025"})",
       "did you mean `thu.nho`"},
      {Diag::period_bad, "period", R"({"id":"a","subject":"thu.nho","period":"2025-Q5"})", "`2025-Q5`"},
      {Diag::value_wrong_type, "period", R"({"id":"a","subject":"thu.nho","period":2025})", "a number"},
      {Diag::value_wrong_type, "closed", record(R"("closed":true)"), "an object"},
      {Diag::key_missing, "closed", record(R"("closed":{"by":"An"})"), "`date`"},
      {Diag::key_missing, "closed", record(R"("closed":{"date":"2025-12-31"})"), "`by`"},
      {Diag::key_unknown, "closed.data", record(R"("closed":{"by":"An","data":"x"})"), "did you mean `date`"},
      {Diag::key_repeated, "closed.by", record(R"("closed":{"by":"An","by":"An"})"), "`by`"},
      {Diag::date_bad, "closed.date", record(R"("closed":{"by":"An","date":"31/12/2025"})"), "31/12/2025"},
  });
}

TEST_CASE("rejects of evidence") {
  check({
      {Diag::value_wrong_type, "evidence", record(R"("evidence":[])"), "a list"},
      {Diag::field_unknown, "evidence.giaoo", evidence(R"("giaoo":1)"), "did you mean `giao`"},
      {Diag::field_unknown, "evidence.pham_chat", evidence(R"("pham_chat":1)"), "pham_chat"},
      {Diag::key_repeated, "evidence.giao", evidence(R"("giao":1,"xong":1,"giao":1)"), "`giao`"},
      {Diag::value_wrong_type, "evidence.giao", evidence(R"("giao":"7")"), "needs a count, the record has a text"},
      {Diag::value_wrong_type, "evidence.giao", evidence(R"("giao":true)"), "true or false"},
      {Diag::value_wrong_type, "evidence.giao", evidence(R"("giao":[1])"), "a list"},
      {Diag::value_wrong_type, "evidence.dat", evidence(R"("dat":1)"), "a number"},
      {Diag::value_wrong_type, "evidence.ngay", evidence(R"("ngay":20442)"), "a day"},
      {Diag::value_wrong_type, "evidence.ghi_chu", evidence(R"("ghi_chu":1)"), "a text in quotes"},
      {Diag::value_wrong_type, "evidence.muc_chu", evidence(R"("muc_chu":2)"), "a step"},
      {Diag::value_wrong_type, "evidence.ma", evidence(R"("ma":7)"), "a code"},
      {Diag::value_wrong_type, "evidence.tieu_chi", evidence(R"("tieu_chi":{"value":2})"), "a criterion"},
      {Diag::value_wrong_type, "evidence.muc_truoc", evidence(R"("muc_truoc":false)"), "a rating level"},
      {Diag::number_too_many_digits, "evidence.giao", evidence(R"("giao":1.5)"), "1.5 has more than 0 decimal digits"},
      {Diag::number_too_many_digits, "evidence.he_so", evidence(R"("he_so":1.005)"), "more than 2"},
      {Diag::number_too_many_digits, "evidence.he_so", evidence(R"("he_so":1e-3)"), "1e-3"},
      {Diag::number_too_many_digits, "evidence.he_so", evidence(R"("he_so":0.1e-999999999999)"), "more than 2"},
      {Diag::number_out_of_range, "evidence.giao", evidence(R"("giao":1001)"), "1001 is outside 0 to 1000"},
      {Diag::number_out_of_range, "evidence.giao", evidence(R"("giao":1e400)"), "1e400"},
      {Diag::number_out_of_range, "evidence.giao", evidence(R"("giao":9223372036854775808)"), "outside"},
      {Diag::number_out_of_range, "evidence.he_so", evidence(R"("he_so":-100.01)"), "-100.01 is outside -100 to 100"},
      {Diag::number_out_of_range, "evidence.he_so", evidence(R"("he_so":-99999999999999999999)"), "outside"},
      {Diag::count_negative, "evidence.giao", evidence(R"("giao":-1)"), "-1"},
      {Diag::date_bad, "evidence.ngay", evidence(R"("ngay":"2025-02-30")"), "2025-02-30"},
      {Diag::date_bad, "evidence.ngay", evidence(R"("ngay":"20/12/2025")"), "20/12/2025"},
      {Diag::date_out_of_range, "evidence.ngay", evidence(R"("ngay":"1899-12-31")"), "1900-01-01"},
      {Diag::state_not_allowed, "evidence.giao", evidence(R"("giao":{"na":"x"})"), "`na`"},
      {Diag::state_not_allowed, "evidence.giao", evidence(R"("giao":{"none":true})"), "`none`"},
      {Diag::state_not_allowed, "evidence.giao", evidence(R"("giao":{"due":"2026-01-01"})"), "`due`"},
      {Diag::state_malformed, "evidence.phieu", evidence(R"("phieu":{"na":""})"), "a reason"},
      {Diag::state_malformed, "evidence.phieu", evidence(R"("phieu":{"na":true})"), "a reason"},
      {Diag::state_malformed, "evidence.phieu", evidence(R"("phieu":{"none":false})"), "true"},
      {Diag::state_malformed, "evidence.phieu", evidence(R"("phieu":{"due":"mai"})"), "a day"},
      {Diag::value_forms_mixed, "evidence.phieu", evidence(R"("phieu":{"na":"x","none":true})"), "`none`"},
      {Diag::value_forms_mixed, "evidence.giao", evidence(R"("giao":{"value":1,"self":2})"), "`self`"},
      {Diag::key_unknown, "evidence.giao", evidence(R"("giao":{"valeu":1})"), "did you mean `value`"},
      {Diag::key_unknown, "evidence.giao", evidence(R"("giao":{"claimed":true})"), "`claimed`"},
      {Diag::key_unknown, "evidence.giao", evidence(R"("giao":{"value":{"value":1}})"), "`value`"},
      {Diag::key_unknown, "evidence.giao.self", evidence(R"("giao":{"self":{"self":1}})"), "`self`"},
      {Diag::key_repeated, "evidence.giao", evidence(R"("giao":{"self":1,"self":1})"), "`self`"},
      {Diag::key_missing, "evidence.giao", evidence(R"("giao":{})"), "`value`"},
      {Diag::key_missing, "evidence.giao", evidence(R"("giao":{"source":"x"})"), "`value`"},
      {Diag::date_bad, "evidence.giao", evidence(R"("giao":{"value":1,"date":"x"})"), "`x`"},
      {Diag::number_out_of_range, "evidence.giao.self", evidence(R"("giao":{"self":1001,"appraisal":1})"), "1001"},
      {Diag::key_missing, "evidence.khach_quan", evidence(R"("khach_quan":{"reason":"x"})"), "`claimed`"},
      {Diag::value_wrong_type, "evidence.khach_quan", evidence(R"("khach_quan":{"claimed":null})"), "null"},
      {Diag::choice_unknown, "evidence.muc_chu", evidence(R"("muc_chu":"khas")"), "did you mean `kha`"},
      {Diag::choice_unknown, "evidence.ma", evidence(R"("ma":"a1")"), "`a1` is not a code of ma"},
      {Diag::choice_unknown, "evidence.ma", evidence(R"("ma":"7")"), "code"},
      {Diag::choice_unknown, "evidence.tieu_chi", evidence(R"("tieu_chi":"pham_chatt")"), "did you mean `pham_chat`"},
      {Diag::choice_unknown, "evidence.muc_truoc", evidence(R"("muc_truoc":"gioi")"), "a level"},
      {Diag::part_above_whole, "evidence.xong", evidence(R"("xong":8,"giao":7)"),
       "`xong` is 8, greater than `giao`, which is 7"},
  });
}

TEST_CASE("rejects of lists") {
  std::string items = "{}";
  for (std::size_t i = 1; i <= limits::list_items; ++i) items += ",{}";
  check({
      {Diag::value_wrong_type, "evidence.viec", evidence(R"("viec":3)"), "a list"},
      {Diag::value_wrong_type, "evidence.viec[1]", evidence(R"("viec":[{},3])"), "an object a row"},
      {Diag::value_wrong_type, "evidence.viec[0]", evidence(R"("viec":["U-1"])"), "an object a row"},
      {Diag::field_unknown, "evidence.viec[0].so_luongg", evidence(R"("viec":[{"so_luongg":3}])"),
       "did you mean `so_luong`"},
      {Diag::key_repeated, "evidence.viec[1].so_luong",
       evidence(R"("viec":[{"so_luong":3},{"so_luong":3,"so_luong":3}])"), "`so_luong`"},
      {Diag::number_too_many_digits, "evidence.viec[1].so_luong",
       evidence(R"("viec":[{"so_luong":3},{"so_luong":3.05}])"), "3.05"},
      {Diag::choice_unknown, "evidence.viec[0].ma_viec", evidence(R"("viec":[{"ma_viec":"B1"}])"), "a code"},
      {Diag::part_above_whole, "evidence.viec[0].hoan_thanh",
       evidence(R"("viec":[{"so_luong":2.5,"hoan_thanh":2.51}])"), "2.51, greater than `so_luong`, which is 2.5"},
      {Diag::list_too_long, "evidence.viec", evidence("\"viec\":[" + items + "]"), "10000"},
      {Diag::list_not_left_out, "evidence.viec", evidence(R"("viec":{"none":true})"), "[]"},
      {Diag::key_missing, "evidence.don_vi[0]", evidence(R"("don_vi":[{"level":"tot"}])"), "`id`"},
      {Diag::text_empty, "evidence.don_vi[0]", evidence(R"("don_vi":[""])"), "`id`"},
      {Diag::value_wrong_type, "evidence.don_vi[0].id", evidence(R"("don_vi":[{"id":7}])"), "a number"},
      {Diag::choice_unknown, "evidence.don_vi[0].level", evidence(R"("don_vi":[{"id":"U","level":"toot"}])"),
       "did you mean `tot`"},
  });
  Bench bench;
  bench.read(evidence("\"viec\":[" + items.substr(3) + "]"));
  CHECK(bench.rows.size() == 1);
}

TEST_CASE("rejects of scores") {
  check({
      {Diag::value_wrong_type, "scores", record(R"("scores":[])"), "an object"},
      {Diag::stage_unknown, "scores.selv", record(R"("scores":{"selv":{}})"), "did you mean `self`"},
      {Diag::key_repeated, "scores.self", record(R"("scores":{"self":{},"self":{}})"), "`self`"},
      {Diag::value_wrong_type, "scores.self", record(R"("scores":{"self":4})"), "an object"},
      {Diag::field_unknown, "scores.self.pham_chatt", record(R"("scores":{"self":{"pham_chatt":4}})"),
       "did you mean `pham_chat`"},
      {Diag::key_repeated, "scores.self.pham_chat", record(R"("scores":{"self":{"pham_chat":4,"pham_chat":4}})"),
       "`pham_chat`"},
      {Diag::score_off_step, "scores.self.pham_chat", record(R"("scores":{"self":{"pham_chat":4.3}})"),
       "4.3 is not a multiple of 0.25"},
      {Diag::number_out_of_range, "scores.decision.pham_chat", record(R"("scores":{"decision":{"pham_chat":5.25}})"),
       "0 to 5"},
      {Diag::state_not_allowed, "scores.self.pham_chat", record(R"("scores":{"self":{"pham_chat":{"na":"x"}}})"),
       "`na`"},
      {Diag::value_wrong_type, "scores.self.pham_chat", record(R"("scores":{"self":{"pham_chat":"Same"}})"), "a text"},
      {Diag::override_lacks, "scores.decision.pham_chat",
       record(R"("scores":{"appraisal":{"pham_chat":4},"decision":{"pham_chat":{"value":3,"source":"d"}}})"), "`reason`"},
      {Diag::override_lacks, "scores.decision.pham_chat",
       record(R"("scores":{"self":{"pham_chat":4},"appraisal":{"pham_chat":"same"},"decision":{"pham_chat":{"value":3,"reason":"r"}}})"), "`source`"},
      {Diag::override_lacks, "scores.decision.pham_chat",
       record(R"("overrides":{"decision":{"reason":"r"}},"scores":{"appraisal":{"pham_chat":4},"decision":{"pham_chat":3}})"), "`source`"},
      {Diag::override_lacks, "evidence.giao.decision", record(R"("evidence":{"giao":{"self":4,"decision":{"value":3,"source":"d"}}})"), "`reason`"},
      {Diag::override_lacks, "evidence.viec.decision", record(R"("evidence":{"viec":{"self":[],"decision":[{}]}})"), "`reason`"},
      {Diag::override_lacks, "evidence.viec[1].so_luong.decision",
       record(R"("evidence":{"viec":[{},{"so_luong":{"self":1,"decision":2}}]})"), "`reason`"},
      {Diag::value_wrong_type, "overrides", record(R"("overrides":[])"), "an object"},
      {Diag::value_wrong_type, "overrides.decision", record(R"("overrides":{"decision":1})"), "an object"},
      {Diag::value_wrong_type, "overrides.decision.reason", record(R"("overrides":{"decision":{"reason":1}})"), "a text"},
      {Diag::stage_unknown, "overrides.decisoin", record(R"("overrides":{"decisoin":{}})"), "did you mean `decision`"},
      {Diag::key_unknown, "overrides.appraisal", record(R"("overrides":{"appraisal":{}})"), "overrides nothing"},
      {Diag::key_unknown, "overrides.decision.source", record(R"("overrides":{"decision":{"source":"d"}})"), "`source`"},
      {Diag::key_repeated, "overrides.decision", record(R"("overrides":{"decision":{},"decision":{}})"), "`decision`"},
      {Diag::key_repeated, "overrides.decision.reason", record(R"("overrides":{"decision":{"reason":"a","reason":"b"}})"), "`reason`"},
      {Diag::scored_by_self, "scores.decision.pham_chat",
       record(R"("scores":{"decision":{"pham_chat":{"value":4,"by":"A-01"}}})"), "`decision`"},
  });
  Bench bench;
  bench.read(record(
      R"("scores":{"self":{"pham_chat":{"value":4,"by":"A-01"}},"decision":{"pham_chat":{"value":4,"by":"B"}}})"));
  CHECK(bench.rows.size() == 1);
}

TEST_CASE("rejects of maxima") {
  check({
      {Diag::value_wrong_type, "maxima", record(R"("maxima":7)"), "an object"},
      {Diag::field_unknown, "maxima.kinh_tee", record(R"("maxima":{"kinh_tee":7})"), "did you mean `kinh_te`"},
      {Diag::key_repeated, "maxima.kinh_te", record(R"("maxima":{"kinh_te":7,"kinh_te":7})"), "`kinh_te`"},
      {Diag::key_repeated, "maxima.by", record(R"("maxima":{"by":"a","by":"a"})"), "`by`"},
      {Diag::number_out_of_range, "maxima.kinh_te", record(R"("maxima":{"kinh_te":4})"), "5 to 70"},
  });
}

TEST_CASE("rejects of decisions") {
  const std::string good = R"("clause":"D11.4.3.p1","document":"d","reason":"r")";
  check({
      {Diag::value_wrong_type, "decisions", record(R"("decisions":{})"), "a list"},
      {Diag::value_wrong_type, "decisions[0]", record(R"("decisions":[1])"), "an object"},
      {Diag::key_unknown, "decisions[0].klause", record(R"("decisions":[{"klause":1}])"), "did you mean `clause`"},
      {Diag::key_missing, "decisions[0]", record(R"("decisions":[{"outcome":"tot"}])"), "`clause`"},
      {Diag::key_missing, "decisions[0]", record("\"decisions\":[{" + good + "}]"), "`outcome`"},
      {Diag::key_missing, "decisions[0]", record("\"decisions\":[{\"outcome\":null," + good + "}]"), "`outcome`"},
      {Diag::key_repeated, "decisions[0].clause", record(R"("decisions":[{"clause":"a","clause":"a"}])"), "`clause`"},
      {Diag::decision_clause_unknown, "decisions[0].clause",
       record(R"("decisions":[{"clause":"D11.4.3.p2","outcome":"tot"}])"), "did you mean `D11.4.3.p1`"},
      {Diag::decision_not_allowed, "decisions[0].outcome",
       record("\"decisions\":[{\"outcome\":\"xuat_sac\"," + good + "}]"), "allowed: tot, kem"},
      {Diag::choice_unknown, "decisions[0].outcome", record("\"decisions\":[{\"outcome\":\"toots\"," + good + "}]"),
       "a level"},
      {Diag::decision_lacks, "decisions[0]",
       record(R"("decisions":[{"clause":"D11.4.3.p1","outcome":"tot","document":"d"}])"), "`reason`"},
      {Diag::decision_lacks, "decisions[0]",
       record(R"("decisions":[{"clause":"D11.4.3.p1","outcome":"tot","reason":"r","document":""}])"), "`document`"},
      {Diag::date_bad, "decisions[0].date", record(R"("decisions":[{"clause":"D12.1","outcome":4,"date":"x"}])"),
       "`x`"},
      {Diag::key_repeated, "decisions[1]",
       record(R"("decisions":[{"clause":"D12.1","outcome":4},{"clause":"D12.1","outcome":4}])"), "D12.1"},
      {Diag::value_wrong_type, "decisions[0].outcome", record(R"("decisions":[{"clause":"D12.1","outcome":"tot"}])"),
       "a number of points"},
  });
}

TEST_CASE("a stage that the subject does not have") {
  check({{Diag::stage_unknown, "subject", record(""), "did you mean `self`"}}, {"selff"});
}

TEST_CASE("sections before the subject are refused like any other") {
  check({
      {Diag::field_unknown, "evidence.giaoo",
       R"({"id":"a","period":"2025","evidence":{"giaoo":1},"subject":"thu.day_du"})", "giao"},
      {Diag::decision_clause_unknown, "decisions[0].clause",
       R"({"decisions":[{"clause":"z","outcome":1}],"id":"a","period":"2025","subject":"thu.day_du"})", "`z`"},
      {Diag::record_malformed, "evidence.giao",
       R"({"id":"a","period":"2025","evidence":{"giao":1.},"subject":"thu.day_du"})", "number"},
  });
}

TEST_CASE("a reject says which record it was") {
  Bench bench;
  bench.read("\n" + record("\"x\":1") + "\n\n" + evidence(R"("giao":-1)") + "\n{\"x_\":1,\"id\":\"Z\",\"period\":7}\n");
  REQUIRE(bench.rejects.size() == 3);
  CHECK(bench.rejects[0].id == "A-01");
  CHECK(bench.rejects[0].line == 2);
  CHECK(bench.rejects[1].line == 4);
  CHECK(bench.rejects[2].line == 5);
  CHECK(bench.rejects[2].id == "Z");
  CHECK(bench.rejects[2].sequence == 2);
}

}  // namespace quy::facts

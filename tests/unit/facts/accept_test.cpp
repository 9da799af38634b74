#include <catch2/catch.hpp>

#include "sample_pack.h"

namespace quy::facts {
namespace {

using test::Bench;
using test::Cell;
using test::evidence;
using test::record;
using test::Row;
using vm::FieldState;

Row accepted(std::string_view text, ReadOptions options = {}) {
  Bench bench(test::sample_pack(), std::move(options));
  const auto problem = bench.read(text);
  INFO(text);
  if (!bench.rejects.empty()) {
    const std::string said = quy::text(bench.rejects[0].reason, Language::en) + " @ " + bench.rejects[0].field;
    INFO(said);
    REQUIRE(bench.rejects.empty());
  }
  REQUIRE(!problem);
  REQUIRE(bench.rows.size() == 1);
  return bench.rows[0];
}

Cell value(std::int64_t scaled) { return {FieldState::value, scaled}; }
Cell left_out(FieldState state) { return {state, 0}; }
const Cell kMissing;

}  // namespace

TEST_CASE("the sample pack is sound") {
  const auto fault = bytecode::verify(test::sample_pack());
  INFO((fault ? text(*fault, Language::en) : std::string()));
  CHECK(!fault);
}

TEST_CASE("a value of each kind is stored as the batch wants it") {
  struct Case {
    std::string_view json, field;
    std::int64_t scaled;
  };
  const Case cases[] = {
      {R"("giao":7)", "giao", 7},
      {R"("giao":7.0)", "giao", 7},
      {R"("giao":-0)", "giao", 0},
      {R"("giao":1e2)", "giao", 100},
      {R"("giao":100000000000000000000e-18)", "giao", 100},
      {R"("he_so":-12.5)", "he_so", -1250},
      {R"("he_so":9.5000000000000000000000000000)", "he_so", 950},
      {R"("ti_le":90)", "ti_le", 9000},
      {R"("tien":1000000000000000)", "tien", 1'000'000'000'000'000},
      {R"("so_ngay":-3)", "so_ngay", -3},
      {R"("dat":true)", "dat", 1},
      {R"("dat":false)", "dat", 0},
      {R"("ngay":"2025-12-20")", "ngay", 20442},
      {R"("muc_chu":"kha")", "muc_chu", 2},
      {R"("muc_chu":"khá")", "muc_chu", 2},
      {R"("ma":"007")", "ma", 0},
      {R"("tieu_chi":"ky_luat")", "tieu_chi", 1},
      {R"("tieu_chi":"kỷ_luật")", "tieu_chi", 1},
      {R"("muc_truoc":"kem")", "muc_truoc", 2},
      {R"("khach_quan":false)", "khach_quan", 0},
      {R"("khach_quan":{"claimed":true,"reason":"bão","document":"12/BC"})", "khach_quan", 1},
      {R"("khach_quan":{"claimed":false})", "khach_quan", 0},
      {R"("giao":{"value":7,"source":"12/BC","date":"2025-01-02","by":"An"})", "giao", 7},
      {R"("giao":{"source":null,"value":7})", "giao", 7},
      {R"("giao":{"self":8,"appraisal":7})", "giao", 7},
      {R"("giao":{"decision":{"value":6,"reason":"đếm lại","source":"12-BB"},"self":8,"appraisal":7})", "giao", 6},
      {R"("giao":{"self":8,"decision":null})", "giao", 8},
      {R"("giao":{"value":{"self":8,"appraisal":7}})", "giao", 7},
      {R"("giao":{"self":8,"appraisal":{"value":6,"source":"x"}})", "giao", 6},
      {R"("phieu":{"self":{"na":"không họp"},"appraisal":5})", "phieu", 5},
      {R"("\u0067iao":7)", "giao", 7},
  };
  for (const Case& row : cases) {
    INFO(row.json);
    CHECK(accepted(evidence(row.json)).fields[std::string(row.field)] == value(row.scaled));
  }
}

TEST_CASE("what is not there, and what does not apply") {
  struct Case {
    std::string_view json, field;
    FieldState state;
  };
  const Case cases[] = {
      {R"()", "giao", FieldState::missing},
      {R"("giao":null)", "giao", FieldState::missing},
      {R"("giao":{"value":null})", "giao", FieldState::missing},
      {R"("giao":{"self":null})", "giao", FieldState::missing},
      {R"("phieu":{"na":"không tổ chức"})", "phieu", FieldState::excluded},
      {R"("phieu":{"none":true})", "phieu", FieldState::did_not_arise},
      {R"("phieu":{"none":"không có"})", "phieu", FieldState::did_not_arise},
      {R"("phieu":{"due":"2026-06-30"})", "phieu", FieldState::not_yet_due},
      {R"("phieu":{"value":{"na":"x"},"by":"An"})", "phieu", FieldState::excluded},
      {R"("phieu":{"self":5,"appraisal":{"none":true}})", "phieu", FieldState::did_not_arise},
      {R"("khach_quan":true)", "khach_quan", FieldState::missing},
      {R"("khach_quan":{"claimed":true,"reason":"bão"})", "khach_quan", FieldState::missing},
      {R"("khach_quan":{"claimed":true,"reason":"","document":"12/BC"})", "khach_quan", FieldState::missing},
  };
  for (const Case& row : cases) {
    INFO(row.json);
    CHECK(accepted(evidence(row.json)).fields[std::string(row.field)] == left_out(row.state));
  }
  CHECK(accepted(record(R"("evidence":null,"scores":null,"decisions":null,"maxima":null,"closed":null,"unit":null)"))
            .fields["giao"] == kMissing);
}

TEST_CASE("a bare claim counts only without need of proof") {
  auto pack = test::sample_pack();
  for (auto& field : pack.subjects[0].fields) field.needs_reason = field.needs_document = false;
  Bench bench(pack);
  bench.read(evidence(R"("khach_quan":true)"));
  REQUIRE(bench.rows.size() == 1);
  CHECK(bench.rows[0].fields["khach_quan"] == value(1));
}

TEST_CASE("texts keep their content where code reads them") {
  Bench bench;
  bench.read(evidence(R"("ghi_chu":"a\"\u0111\ud83d\ude00\n")") + "\n" + evidence(R"("ghi_chu":"a\"đ😀\n")"));
  REQUIRE(bench.rows.size() == 2);
  CHECK(bench.texts.text(bench.rows[0].fields["ghi_chu"].value) == "a\"đ😀\n");
  CHECK(bench.rows[0].fields["ghi_chu"] == bench.rows[1].fields["ghi_chu"]);
}

TEST_CASE("lists: there, empty, not there") {
  CHECK(!accepted(evidence(R"()")).lists["viec"]);
  CHECK(!accepted(evidence(R"("viec":null)")).lists["viec"]);
  CHECK(accepted(evidence(R"("viec":[])")).lists["viec"]->empty());
  const Row row =
      accepted(evidence(R"("viec":[{"ma_viec":"B2","so_luong":2.5,"hoan_thanh":2.49},{},{"so_luong":{"value":1}}])"));
  const auto& rows = *row.lists.at("viec");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].at("so_luong") == value(25));
  CHECK(rows[0].at("hoan_thanh") == value(249));
  CHECK(rows[0].at("ma_viec") == value(2));
  CHECK(rows[1].at("so_luong") == kMissing);
  CHECK(rows[2].at("so_luong") == value(10));
}

TEST_CASE("a list may be given for each stage, alone or wrapped") {
  const Row row = accepted(evidence(R"("viec":{"self":[{},{}],"appraisal":{"value":[{"so_luong":3}],"by":"An"}})"));
  REQUIRE(row.lists.at("viec")->size() == 1);
  CHECK(row.lists.at("viec")->at(0).at("so_luong") == value(30));
  CHECK(accepted(evidence(R"("viec":{"self":[{},{}],"appraisal":null})")).lists["viec"]->size() == 2);
  CHECK(accepted(evidence(R"("viec":{"value":{"self":[{}]}})")).lists["viec"]->size() == 1);
}

TEST_CASE("results of others come as ids or with a level") {
  Bench bench;
  bench.read(evidence(R"("don_vi":["U-1",{"id":"U-2","level":"tot"},{"level":null,"id":"U-3"}])"));
  REQUIRE(bench.rows.size() == 1);
  const auto& rows = *bench.rows[0].lists["don_vi"];
  REQUIRE(rows.size() == 3);
  CHECK(bench.texts.text(rows[0].at("id").value) == "U-1");
  CHECK(rows[0].at("muc") == kMissing);
  CHECK(bench.texts.text(rows[1].at("id").value) == "U-2");
  CHECK(rows[1].at("muc") == value(1));
  CHECK(bench.texts.text(rows[2].at("id").value) == "U-3");
}

TEST_CASE("facts carry over between stages, judgements do not") {
  const std::string text = record(
      R"("evidence":{"giao":{"self":8,"decision":{"value":6,"reason":"đếm lại","source":"12-BB"}}},"scores":{"self":{"pham_chat":4.5,"ky_luat":1},"appraisal":{"pham_chat":4.25}})");
  Row self = accepted(text, {"self"}), appraisal = accepted(text, {"appraisal"}),
      decision = accepted(text, {"decision"});
  CHECK(self.fields["giao"] == value(8));
  CHECK(appraisal.fields["giao"] == value(8));
  CHECK(decision.fields["giao"] == value(6));
  CHECK(self.fields["pham_chat"] == value(450));
  CHECK(self.fields["ky_luat"] == value(10));
  CHECK(appraisal.fields["pham_chat"] == value(425));
  CHECK(appraisal.fields["ky_luat"] == kMissing);
  CHECK(decision.fields["pham_chat"] == kMissing);
}

TEST_CASE("a fact given first at a later stage is missing at an earlier one") {
  CHECK(accepted(evidence(R"("giao":{"appraisal":6})"), {"self"}).fields["giao"] == kMissing);
}

TEST_CASE("overrides are kept with their reason and document") {
  const std::string text = record(
      R"("scores":{"appraisal":{"pham_chat":4,"ky_luat":1},"decision":{"pham_chat":{"value":4.5,"reason":"xét lại","source":"8-BB"},"ky_luat":1}},)"
      R"("evidence":{"viec":{"appraisal":[],"decision":{"value":[{}],"reason":"sót","source":"9-BB"}},)"
      R"("giao":{"self":8,"appraisal":7,"decision":{"value":6,"reason":"đếm lại","source":"12-BB"}}})");
  const std::vector<facts::Override> all{{"decision", "evidence.giao", "7", "6", "đếm lại", "12-BB"},
                                         {"decision", "scores.pham_chat", "4", "4.5", "xét lại", "8-BB"},
                                         {"decision", "evidence.viec", "", "", "sót", "9-BB"}};
  CHECK(accepted(text).head.overrides == all);
  // The appraisal overrides nothing, and what comes later is not its own.
  CHECK(accepted(text, {"appraisal"}).head.overrides.empty());
  // Nor does the next record have them.
  Bench bench;
  bench.read(text + "\n" + record(R"("scores":{"decision":{"pham_chat":4.5}})"));
  REQUIRE(bench.rows.size() == 2);
  CHECK(bench.rows[0].head.overrides == all);
  CHECK(bench.rows[1].head.overrides.empty());
}

TEST_CASE("an override keeps its values as a record writes them") {
  const auto changed = [](const std::string& field, const std::string& from, const std::string& to) {
    const Row row = accepted(record(R"("overrides":{"decision":{"reason":"r","document":"d"}},"evidence":{")" + field + R"(":{"appraisal":)" + from +
                                    R"(,"decision":)" + to + "}}"));
    REQUIRE(row.head.overrides.size() == 1);
    CHECK(row.head.overrides[0].place == "evidence." + field);
    return row.head.overrides[0].from + " " + row.head.overrides[0].to;
  };
  CHECK(changed("he_so", "-1.50", "2e0") == "-1.5 2");
  CHECK(changed("dat", "true", "false") == "true false");
  CHECK(changed("ngay", R"("2025-01-31")", R"({"value":"2025-02-01"})") == "2025-01-31 2025-02-01");
  CHECK(changed("phieu", R"({"na":"không lấy phiếu"})", "7") == "na 7");
  CHECK(changed("phieu", R"({"none":true})", R"({"due":"2026-01-01"})") == "none due");
  CHECK(changed("khach_quan", "false", R"({"claimed":true,"reason":"bão","document":"2-QĐ"})") == "false true");
  const Row row = accepted(record(
      R"("evidence":{"viec":[{"so_luong":{"self":1,"decision":{"value":2.5,"reason":"r","source":"d"}}}]})"));
  CHECK(row.head.overrides == std::vector<facts::Override>{{"decision", "evidence.viec.so_luong", "1", "2.5", "r", "d"}});
}

TEST_CASE("a stage may say once why it overrides, and by which document") {
  const std::string grounds = R"("overrides":{"decision":{"reason":"họp ngày 3","document":"5-BB"}})";
  const std::string values =
      R"("evidence":{"giao":{"self":8,"decision":{"value":6,"reason":"đếm lại"}}},"scores":{"appraisal":{"pham_chat":4},"decision":{"pham_chat":3}})";
  const std::vector<facts::Override> all{{"decision", "evidence.giao", "8", "6", "đếm lại", "5-BB"},
                                         {"decision", "scores.pham_chat", "4", "3", "họp ngày 3", "5-BB"}};
  CHECK(accepted(record(grounds + "," + values)).head.overrides == all);
  CHECK(accepted(record(values + "," + grounds)).head.overrides == all);
  CHECK(accepted(record(grounds)).head.overrides.empty());
  CHECK(accepted(record(R"("overrides":{"decision":null})")).head.overrides.empty());
}

TEST_CASE("a score may say that it is the same as the one before") {
  const std::string text =
      record(R"("scores":{"self":{"pham_chat":4.5},"appraisal":{"pham_chat":"same"},"decision":{"pham_chat":"same"}})");
  CHECK(accepted(text).fields["pham_chat"] == value(450));
  CHECK(accepted(record(R"("scores":{"decision":{"pham_chat":"same"}})")).fields["pham_chat"] == kMissing);
  CHECK(accepted(record(R"("scores":{"decision":{"ky_luat":{"na":"nghỉ"}}})")).fields["ky_luat"] ==
        left_out(FieldState::excluded));
}

TEST_CASE("a presumption acts on a closed record only, and is named") {
  const std::string closed = R"("closed":{"by":"Nguyễn An","date":"2025-12-31"})";
  Row row = accepted(record(closed));
  CHECK(row.fields["pham_chat"] == value(500));
  CHECK(row.fields["ky_luat"] == kMissing);
  CHECK(row.head.presumed == std::vector<std::string>{"pham_chat"});
  CHECK(row.head.closed);
  CHECK(row.head.closed_by == "Nguyễn An");
  CHECK(row.head.closed_date == "2025-12-31");

  row = accepted(record(closed + R"(,"scores":{"decision":{"pham_chat":3}})"));
  CHECK(row.fields["pham_chat"] == value(300));
  CHECK(row.head.presumed.empty());
  CHECK(accepted(record("")).fields["pham_chat"] == kMissing);
}

TEST_CASE("what the record says of itself reaches its fields") {
  Bench bench;
  bench.read(record(R"("unit":"Sở Y tế","cohort":"so","closed":{"by":"A","date":"2025-12-31"})"));
  REQUIRE(bench.rows.size() == 1);
  Row& row = bench.rows[0];
  CHECK(row.head.id == "A-01");
  CHECK(row.head.subject == "thu.day_du");
  CHECK(row.head.period == "2025");
  CHECK(row.head.unit == "Sở Y tế");
  CHECK(row.head.cohort == "so");
  CHECK(row.fields["da_chot"] == value(1));
  CHECK(row.fields["dau_ky"] == value(*day_number(2025, 1, 1)));
  CHECK(row.fields["cuoi_ky"] == value(*day_number(2025, 12, 31)));
  CHECK(bench.texts.text(row.fields["don_vi_nay"].value) == "Sở Y tế");
  Row open = accepted(record(""));
  CHECK(open.fields["da_chot"] == value(0));
  CHECK(open.fields["don_vi_nay"] == kMissing);
}

TEST_CASE("decisions reach their fields") {
  Row row = accepted(record(
      R"("decisions":[{"outcome":"tot","clause":"D11.4.3.p1","document":"12","date":"2025-12-20","reason":"x"},{"clause":"D12.1","outcome":4}])"));
  CHECK(row.fields["quyet_dinh"] == value(1));
  CHECK(row.fields["dieu_chinh"] == value(4));
  CHECK(row.head.decisions.size() == 2);
  CHECK(accepted(record(R"("decisions":[])")).fields["quyet_dinh"] == kMissing);
}

TEST_CASE("a proposed maximum counts once it is approved") {
  CHECK(accepted(record(R"("maxima":{"kinh_te":20,"quoc_phong":10})")).fields["kinh_te"] == kMissing);
  CHECK(accepted(record(R"("maxima":{"kinh_te":20,"quoc_phong":10})")).fields["quoc_phong"] == value(10));
  CHECK(accepted(record(R"("maxima":{"kinh_te":20,"by":"BTV","document":"1-NQ"})")).fields["kinh_te"] == value(20));
  CHECK(accepted(record(R"("maxima":{"kinh_te":{"value":20,"by":"BTV","source":"1-NQ"}})")).fields["kinh_te"] ==
        value(20));
}

TEST_CASE("the subject may come last") {
  const Row row = accepted(
      R"({"decisions":[{"clause":"D12.1","outcome":4}],"maxima":{"quoc_phong":9},"scores":{"decision":{"pham_chat":1}},"evidence":{"giao":7,"viec":[{}]},"period":"2025-Q3","id":"x","subject":"thu.day_du"})");
  CHECK(row.fields.at("giao") == value(7));
  CHECK(row.fields.at("pham_chat") == value(100));
  CHECK(row.fields.at("dieu_chinh") == value(4));
  CHECK(row.fields.at("quoc_phong") == value(9));
  CHECK(row.lists.at("viec")->size() == 1);
}

TEST_CASE("what is carried and ignored") {
  CHECK(accepted(record(R"("meta":{"a":[1,{"b":null}]},"x_1":true,"x_2":"\u00e9","x_":-1.5e+3,"evidence":{"giao":1})"))
            .fields["giao"] == value(1));
}

TEST_CASE("a subject without stages takes facts as they are") {
  Bench bench;
  bench.read(R"({"id":"a","subject":"thu.nho","period":"2025","evidence":{"n":1000000000}})");
  REQUIRE(bench.rows.size() == 1);
  CHECK(bench.rows[0].fields["n"] == value(1'000'000'000));
}

}  // namespace quy::facts

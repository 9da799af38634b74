// Places of a record and the values that stand there, as people read them.

#include "runtime/trace/place_text.h"

#include <catch2/catch.hpp>

namespace quy::tests {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;

struct Sample {
  bytecode::Module module;
  bytecode::Subject subject;

  Field& add(const char* id, const char* label, FieldKind kind, FieldPlace place = FieldPlace::evidence) {
    Field field;
    field.id = field.name = id;
    field.label = label;
    field.kind = kind;
    field.place = place;
    return subject.fields.emplace_back(field);
  }

  Sample() {
    module.scales.push_back({});
    module.scales[0].step_ids = {"nhe", "nang"};
    module.scales[0].step_labels = {"Nhẹ", ""};
    module.ratings.push_back({});
    module.ratings[0].levels.push_back({});
    module.ratings[0].levels[0].id = "tot";
    module.ratings[0].levels[0].label = "Tốt";
    subject.rating = 0;
    add("von_vay", "", FieldKind::number).digits = 2;
    subject.fields.back().may_be_left_out = true;
    add("dat", "Đạt", FieldKind::boolean);
    add("ngay", "Ngày xong", FieldKind::date);
    add("hinh_thuc", "Hình thức", FieldKind::step).scale = 0;
    add("muc", "Mức", FieldKind::level);
    add("ma", "Mã việc", FieldKind::code).list = 0;
    add("uy_tin", "", FieldKind::points, FieldPlace::score).digits = 2;
    add("uy_tin", "", FieldKind::points, FieldPlace::maximum).digits = 2;
    add("qd", "", FieldKind::level, FieldPlace::decision).clause = "D11.4.3.p1";
    subject.criteria.push_back({});
    subject.criteria[0].id = "uy_tin";
    subject.criteria[0].label = "Uy tín";
    subject.lists.push_back({"viec", "việc", "Công việc", false});
  }

  std::string label(const char* place) const { return trace::place_label(subject, place, Language::vi); }
  std::string value(const char* place, const char* written, Language language = Language::vi) const {
    return trace::written_value_text(module, subject, place, written, language);
  }
};

}  // namespace

TEST_CASE("a place is called by its label", "[trace]") {
  const Sample of;
  CHECK(of.label("evidence.von_vay") == "von vay");
  CHECK(of.label("evidence.viec") == "Công việc");
  CHECK(of.label("evidence.viec.ma") == "Công việc: Mã việc");
  CHECK(of.label("scores.uy_tin") == "Uy tín");
  CHECK(of.label("maxima.uy_tin") == "điểm tối đa của Uy tín");
  CHECK(of.label("decisions.D11.4.3.p1") == "quyết định theo D11.4.3.p1");
  CHECK(of.label("evidence.uy_tin") == "evidence.uy_tin");
  CHECK(of.label("none") == "none");
}

TEST_CASE("a value of a place is written for people", "[trace]") {
  const Sample of;
  CHECK(of.value("evidence.von_vay", "1234.5") == "1.234,5");
  CHECK(of.value("evidence.von_vay", "1234.5", Language::en) == "1,234.5");
  CHECK(of.value("evidence.von_vay", "na") == "không áp dụng");
  CHECK(of.value("evidence.von_vay", "null") == "chưa có");
  CHECK(of.value("evidence.dat", "true") == "có");
  CHECK(of.value("evidence.dat", "false", Language::en) == "no");
  CHECK(of.value("evidence.ngay", "2025-12-03") == "03/12/2025");
  CHECK(of.value("evidence.ngay", "2025-12-03", Language::en) == "2025-12-03");
  CHECK(of.value("evidence.hinh_thuc", "nhe") == "Nhẹ");
  CHECK(of.value("evidence.hinh_thuc", "nang") == "nang");
  CHECK(of.value("evidence.muc", "tot") == "Tốt");
  CHECK(of.value("scores.uy_tin", "7.25") == "7,25");
  CHECK(of.value("evidence.viec", "").empty());
}

}  // namespace quy::tests

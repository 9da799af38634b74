#pragma once
// A small module that verify() accepts and that uses something of everything; tests break it one member at a time.

#include "runtime/bytecode/module.h"

namespace quy::bytecode::test {

inline Field make_field(std::string id, FieldKind kind, Rational low, Rational high) {
  Field field;
  field.id = std::move(id);
  field.kind = kind;
  field.low = std::move(low);
  field.high = std::move(high);
  return field;
}

inline Instruction make(Opcode opcode, ValueKind kind, std::vector<Register> operands = {}, std::uint32_t a = 0,
                        std::uint32_t b = 0, std::uint32_t domain = 0) {
  return {opcode, a, b, domain, kind, std::move(operands)};
}

/// Fields 0 giao, 1 xong (at most giao), 2 ghi_nhan, 3 diem (score), 4 hinh_thuc (step), 5 ma (code in list), 6 so_luong (in list),
/// 7 quyet_dinh (decision), 8 don_vi (text).
inline Subject sample_subject() {
  Subject subject;
  subject.id = "mau.doi_tuong";
  subject.label = "Đối tượng mẫu";
  subject.stages = {"self", "appraisal"};
  subject.rating = 0;
  subject.lists.push_back({"viec", "việc", "Việc", false});
  subject.fields.push_back(make_field("giao", FieldKind::count, 0, 1000));
  subject.fields.push_back(make_field("xong", FieldKind::count, 0, 1000));
  subject.fields.back().at_most_field = 0;
  subject.fields.push_back(make_field("ghi_nhan", FieldKind::boolean, 0, 0));
  subject.fields.push_back(make_field("diem", FieldKind::points, 0, 20));
  subject.fields.back().place = FieldPlace::score;
  subject.fields.back().digits = 2;
  subject.fields.back().step = Rational(Integer(1), Integer(4));
  subject.fields.push_back(make_field("hinh_thuc", FieldKind::step, 0, 2));
  subject.fields.back().scale = 0;
  subject.fields.push_back(make_field("ma", FieldKind::code, 0, 1));
  subject.fields.back().table = 0;
  subject.fields.back().list = 0;
  subject.fields.push_back(make_field("so_luong", FieldKind::number, 0, 100));
  subject.fields.back().list = 0;
  subject.fields.push_back(make_field("quyet_dinh", FieldKind::level, 0, 1));
  subject.fields.back().place = FieldPlace::decision;
  subject.fields.back().clause = "D11.4.3.p1";
  subject.fields.push_back(make_field("don_vi", FieldKind::text, 0, 0));

  using enum Opcode;
  const ValueKind b = ValueKind::boolean, n = ValueKind::number, l = ValueKind::levels;
  subject.code = {
      make(field, n, {}, 1),                    // 0 xong
      make(field, n, {}, 0),                    // 1 giao
      make(compare_ratio, b, {0, 1}, 0, 0),     // 2 xong / giao ≥ 9/10
      make(flag, b, {}, 2),                     // 3 ghi_nhan
      make(conjunction, b, {2, 3}),             // 4
      make(constant, n, {}, 1),                 // 5 full points
      make(constant, n, {}, 2),                 // 6 none
      make(pick, n, {4, 5, 6}),                 // 7 points
      make(field, n, {}, 5, 0, 1),              // 8 ma, in the list
      make(column, n, {8}, 0, 0, 1),            // 9 its coefficient
      make(field, n, {}, 6, 0, 1),              // 10 so_luong
      make(multiply, n, {9, 10}, 0, 0, 1),      // 11
      make(fold_sum, n, {11}, 0),               // 12
      make(add, n, {7, 12}),                    // 13 total
      make(band, l, {13}, 1, 3),                // 14
      make(field, n, {}, 7),                    // 15 the decision
      make(truth, b, {}, 1),                    // 16
      make(hand_over, l, {14, 14, 16, 15}, 3),  // 17
      make(field, n, {}, 8),                    // 18 don_vi
      make(Opcode::text, n, {}, 0),             // 19
      make(compare, b, {18, 19}, 4),            // 20
      make(reading, b, {}, 0, 1),               // 21
      make(Opcode::round, n, {13}, 1, 0),       // 22
      make(spread, n, {13}, 0, 0, 1),           // 23
      make(member, b, {15}, 2, 1),              // 24
  };
  subject.total = 13;
  subject.levels = 17;
  subject.readings = {0};
  subject.requirements.push_back({4, "xong đủ", 0});
  subject.origins.push_back({"mau.quy", 3, 1, 3, 20, {"D11.1"}});
  Observable total;
  total.role = Role::total;
  total.reg = 13;
  Observable atom;
  atom.role = Role::atom;
  atom.reg = 2;
  atom.parent = 0;
  atom.left = 0;
  atom.right = 1;
  atom.origin = 0;
  atom.level = 1;
  subject.observables = {total, atom};
  subject.groups.push_back({"nhiem_vu", "Nhiệm vụ", "PL2.II", kNone, Rational(70), 0, 0});
  CriterionInfo criterion;
  criterion.id = "hoan_thanh";
  criterion.group = 0;
  criterion.points = Rational(5);
  criterion.observable = 1;
  subject.criteria.push_back(criterion);
  return subject;
}

inline Module sample_module() {
  Module module;
  module.id = "mau";
  module.version = "1.0.0";
  module.hashes = {std::string(64, 'a'), std::string(64, '0')};
  module.in_force_from = 20000;
  module.documents.push_back({"qd366", "366-QĐ/TW", "", 20330});
  module.strings = {"HN", "HCM"};
  module.constants = {Rational(Integer(9), Integer(10)), Rational(5), Rational(0), Rational(50),
                      Rational(Integer(1), Integer(3))};
  module.scales.push_back(
      {"hinh_thuc", "Hình thức", {"khien_trach", "canh_cao", "cach_chuc"}, {"Khiển trách", "Cảnh cáo", "Cách chức"}});
  module.tables.push_back(
      {"danh_muc", "Danh mục", {"A1", "B2"}, {"he_so"}, {{Rational(1), Rational(Integer(3), Integer(10))}}});
  module.calendar.holidays = {20089, 20211};
  ReadingInfo reading;
  reading.id = "thieu";
  reading.option_ids = {"a", "b"};
  reading.option_labels = {"A", "B"};
  module.readings.push_back(reading);
  RatingInfo rating;
  rating.id = "xep_loai";
  rating.levels = {{"tot", "Tốt", Rational(50), {"D11.1"}}, {"kem", "Kém", {}, {}}};
  module.ratings.push_back(rating);
  module.subjects.push_back(sample_subject());
  module.not_rules.push_back({"D1", "nguyên tắc"});
  return module;
}

}  // namespace quy::bytecode::test

#pragma once
// A small pack put together by hand, as the compiler would: one subject with a judged, a met and a proportional criterion, conditions,
// a bar, two forced cases, a hand-over and an open reading. Header only, so that every test program can have it.

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "runtime/bytecode/module.h"

namespace quy::tests {

using namespace quy::bytecode;

/// Registers, observables and origins of one subject.
class SubjectBuilder {
 public:
  SubjectBuilder(Module& module, Subject& subject) : module_(module), subject_(subject) {}

  // --- fields
  std::uint32_t field(std::string id, std::string label, FieldKind kind, std::int64_t high) {
    Field f;
    f.name = id;
    f.id = std::move(id);
    f.label = std::move(label);
    f.kind = kind;
    f.low = 0;
    f.high = high;
    subject_.fields.push_back(std::move(f));
    return static_cast<std::uint32_t>(subject_.fields.size() - 1);
  }
  Field& at(std::uint32_t field) { return subject_.fields[field]; }

  // --- code
  Register emit(Opcode opcode, ValueKind kind, std::vector<Register> operands, std::uint32_t a = 0, std::uint32_t b = 0,
                std::uint32_t domain = 0) {
    subject_.code.push_back({opcode, a, b, domain, kind, std::move(operands)});
    return static_cast<Register>(subject_.code.size() - 1);
  }
  Register boolean(Opcode opcode, std::vector<Register> operands, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t domain = 0) {
    return emit(opcode, ValueKind::boolean, std::move(operands), a, b, domain);
  }
  Register number(Opcode opcode, std::vector<Register> operands, std::uint32_t a = 0, std::uint32_t b = 0) {
    return emit(opcode, ValueKind::number, std::move(operands), a, b);
  }
  Register levels(Opcode opcode, std::vector<Register> operands, std::uint32_t a = 0, std::uint32_t b = 0) {
    return emit(opcode, ValueKind::levels, std::move(operands), a, b);
  }
  Register value(Rational constant) {
    module_.constants.push_back(std::move(constant));
    return number(Opcode::constant, {}, static_cast<std::uint32_t>(module_.constants.size() - 1));
  }
  /// sign: 0 ≥, 1 >, 2 ≤, 3 <, 4 =.
  Register compare(Register left, Register right, std::uint32_t sign) { return boolean(Opcode::compare, {left, right}, sign); }

  // --- observables
  std::uint32_t origin(std::vector<std::string> clauses) {
    Origin o;
    o.file = "sample.quy";
    o.clauses = std::move(clauses);
    subject_.origins.push_back(std::move(o));
    return static_cast<std::uint32_t>(subject_.origins.size() - 1);
  }
  std::uint32_t observe(Role role, Register reg, std::uint32_t parent, std::vector<std::string> clauses = {}) {
    Observable o;
    o.role = role;
    o.reg = reg;
    o.parent = parent;
    if (!clauses.empty()) o.origin = origin(std::move(clauses));
    subject_.observables.push_back(std::move(o));
    return static_cast<std::uint32_t>(subject_.observables.size() - 1);
  }
  Observable& seen(std::uint32_t observable) { return subject_.observables[observable]; }
  /// A comparison with its sides.
  std::uint32_t atom(std::uint32_t parent, Register reg, std::string vi, std::string en, Register left = kNone, Register right = kNone,
                     std::string unit = {}) {
    const std::uint32_t index = observe(Role::atom, reg, parent);
    Observable& o = seen(index);
    o.text = {std::move(vi), std::move(en)};
    o.left = left;
    o.right = right;
    o.unit = std::move(unit);
    return index;
  }

 private:
  Module& module_;
  Subject& subject_;
};

inline RatingInfo sample_rating() {
  RatingInfo rating;
  rating.id = "d11";
  rating.clauses = {"D11"};
  rating.levels = {{"xuat_sac", "Hoàn thành xuất sắc", Rational(90), {"D11.1"}},
                   {"tot", "Hoàn thành tốt", Rational(70), {"D11.2"}},
                   {"hoan_thanh", "Hoàn thành", Rational(50), {"D11.3"}},
                   {"khong_hoan_thanh", "Không hoàn thành", std::nullopt, {"D11.4"}}};
  return rating;
}

/// Fields of the sample, in this order.
enum SampleField : std::uint32_t { giao, xong, vuot_muc, luot, sai_sot, chu_dong, thang, pham_chat, quyet_dinh, cong_vu };

namespace sample {

inline void add_fields(SubjectBuilder& b, Subject& subject) {
  subject.lists.push_back({"ky_luat", "kỷ_luật", "Sổ theo dõi kỷ luật", false});
  b.field("giao", "Số nhiệm vụ được giao", FieldKind::count, 10'000);
  b.field("xong", "Trong đó hoàn thành", FieldKind::count, 10'000);
  b.at(xong).at_most_field = giao;
  b.field("vuot_muc", "Trong đó vượt mức", FieldKind::count, 10'000);
  b.at(vuot_muc).at_most_field = xong;
  b.field("luot_kiem_tra", "Lượt kiểm tra tại cơ sở", FieldKind::count, 10'000);
  b.field("sai_sot_lon", "Sai sót lớn", FieldKind::boolean, 1);
  b.field("chu_dong", "Chủ động khắc phục", FieldKind::boolean, 1);
  b.field("thang_ket_nap", "Số tháng từ khi kết nạp", FieldKind::count, 1'000);
  b.at(thang).may_be_left_out = true;
  b.field("pham_chat", "Phẩm chất", FieldKind::points, 30);
  b.at(pham_chat).place = FieldPlace::score;
  b.at(pham_chat).digits = 2;
  b.at(pham_chat).step = Rational(Integer(1), Integer(2));
  b.field("d11_4_2_p1", "Quyết định theo D11.4.2.p1", FieldKind::level, 3);
  b.at(quyet_dinh).place = FieldPlace::decision;
  b.at(quyet_dinh).clause = "D11.4.2.p1";
  b.field("cong_vu", "Liên quan công vụ", FieldKind::boolean, 1);
  b.at(cong_vu).list = 0;
}

struct Points {
  Register ratio, total;
};

inline std::uint32_t criterion(SubjectBuilder& b, Subject& s, std::uint32_t parent, Register points, Register most, CriterionInfo info) {
  const std::uint32_t index = b.observe(Role::criterion, points, parent, info.clauses);
  b.seen(index).id = info.id;
  b.seen(index).label = info.label;
  b.seen(index).maximum = most;
  info.observable = index;
  s.criteria.push_back(std::move(info));
  return index;
}

/// 30 judged, 30 when there were 6 visits, 40 in proportion to what was done.
inline Points add_points(SubjectBuilder& b, Subject& s) {
  const Register judged = b.number(Opcode::field, {}, pham_chat);
  const Register visits = b.number(Opcode::field, {}, luot), six = b.value(6);
  const Register met = b.compare(visits, six, 0);
  const Register thirty = b.value(30), zero = b.value(0), forty = b.value(40);
  const Register met_points = b.number(Opcode::pick, {met, thirty, zero});
  const Register ratio = b.number(Opcode::divide, {b.number(Opcode::field, {}, xong), b.number(Opcode::field, {}, giao)});
  const Register share = b.number(Opcode::multiply, {ratio, forty});
  const Register out = b.boolean(Opcode::left_out, {share});
  const Register share_points = b.number(Opcode::or_else, {share, zero});
  const Register work = b.number(Opcode::add, {met_points, share_points});
  const Register total = b.number(Opcode::add, {judged, work});
  const Register seventy = b.value(70);

  const std::uint32_t root = b.observe(Role::total, total, kNone);
  const std::uint32_t chung = b.observe(Role::group, judged, root, {"D10.1"});
  b.seen(chung).maximum = thirty;
  const std::uint32_t ket_qua = b.observe(Role::group, work, root, {"D10.2"});
  b.seen(ket_qua).maximum = seventy;
  GroupInfo common, results;
  common.id = "chung", common.label = "Tiêu chí chung", common.observable = chung;
  results.id = "ket_qua", results.label = "Kết quả nhiệm vụ", results.observable = ket_qua;
  s.groups = {common, results};

  CriterionInfo quality, visit, done;
  quality.id = "pham_chat", quality.label = "Phẩm chất", quality.scoring = "judged", quality.group = 0, quality.clauses = {"PL1.1"};
  visit.id = "di_co_so", visit.label = "Đi kiểm tra tại cơ sở", visit.scoring = "met", visit.group = 1, visit.clauses = {"PL2.II.3.2.c"};
  done.id = "nhiem_vu", done.label = "Nhiệm vụ được giao", done.scoring = "proportional", done.group = 1, done.clauses = {"PL2.II.3.2.a"};
  criterion(b, s, chung, judged, thirty, quality);
  const std::uint32_t visits_seen = criterion(b, s, ket_qua, met_points, thirty, visit);
  const std::uint32_t condition = b.observe(Role::criterion_condition, met, visits_seen, {"PL2.II.3.2.c"});
  b.atom(condition, met, "lượt_kiểm_tra ≥ 6 lượt mỗi năm", "lượt_kiểm_tra >= 6 lượt a year", visits, six, "lượt");
  const std::uint32_t done_seen = criterion(b, s, ket_qua, share_points, forty, done);
  b.seen(done_seen).applies_left_out = out;
  const std::uint32_t value = b.observe(Role::value, ratio, done_seen);
  b.seen(value).text = {"xong / giao", "xong / giao"};
  b.seen(value).unit = "%";
  return {ratio, total};
}

inline std::uint32_t rule(SubjectBuilder& b, Role role, Register reg, std::uint32_t root, std::uint32_t level, std::vector<std::string> clauses) {
  const std::uint32_t index = b.observe(role, reg, root, std::move(clauses));
  b.seen(index).level = level;
  return index;
}

inline void add_rating(SubjectBuilder& b, Subject& s, Module& m, const Points& points) {
  const std::uint32_t root = b.observe(Role::rating, kNone, kNone, {"D11"});
  const auto floors = static_cast<std::uint32_t>(m.constants.size());
  for (const int floor : {90, 70, 50}) m.constants.emplace_back(floor);
  // The last level is below all floors; its constant is not looked at.
  m.constants.emplace_back(0);
  const Register band = b.levels(Opcode::band, {points.total}, 4, floors);
  rule(b, Role::band, band, root, kNone, {"D11"});

  // muốn xuất_sắc: vượt_mức / giao ≥ 30% (nếu có); muốn tốt: xong / giao = 100% (nếu có)
  const Register thirty = b.value(Rational(Integer(3), Integer(10)));
  const Register over = b.number(Opcode::divide, {b.number(Opcode::field, {}, vuot_muc), b.number(Opcode::field, {}, giao)});
  const Register enough = b.compare(over, thirty, 0);
  const std::uint32_t need_best = rule(b, Role::level_need, enough, root, 0, {"D11.1.1", "D11.1.2"});
  b.seen(need_best).text = {"vượt_mức / giao ≥ 30% (nếu có)", "vượt_mức / giao >= 30% (if any)"};
  b.atom(need_best, enough, "vượt_mức / giao ≥ 30% (nếu có)", "vượt_mức / giao >= 30% (if any)", over, thirty, "%");
  const Register whole = b.value(1);
  const Register all_done = b.compare(points.ratio, whole, 4);
  const std::uint32_t need_good = rule(b, Role::level_need, all_done, root, 1, {"D11.2.1"});
  b.seen(need_good).text = {"xong / giao = 100% (nếu có)", "xong / giao = 100% (if any)"};
  b.atom(need_good, all_done, "xong / giao = 100% (nếu có)", "xong / giao = 100% (if any)", points.ratio, whole, "%");
  const Register always = b.boolean(Opcode::truth, {}, 1);
  std::vector<Register> needs{band, enough, all_done, always, always};
  const Register none = b.levels(Opcode::need, needs, 0), next = b.levels(Opcode::need, needs, 1), down = b.levels(Opcode::need, needs, 2);
  const Register is_none = b.boolean(Opcode::reading, {}, 0, 0), is_next = b.boolean(Opcode::reading, {}, 0, 1);
  const Register kept = b.levels(Opcode::pick_levels, {is_none, none, b.levels(Opcode::pick_levels, {is_next, next, down})});
  rule(b, Role::gap_policy, kept, root, kNone, {"D11"});

  // không xếp từ xuất_sắc trở lên khi sai_sót_lớn
  const Register mistake = b.boolean(Opcode::flag, {}, sai_sot);
  const Register barred = b.levels(Opcode::bar, {kept, mistake}, 1);
  const std::uint32_t bar = rule(b, Role::bar, barred, root, 0, {"D12.1"});
  b.atom(bar, mistake, "sai_sót_lớn", "sai_sót_lớn");

  // buộc không_hoàn_thành khi lượt_kiểm_tra < 2; khi có kỷ_luật mà (công_vụ)
  const Register visits = b.number(Opcode::field, {}, luot), two = b.value(2);
  const Register few = b.compare(visits, two, 3);
  const Register duty = b.boolean(Opcode::flag, {}, cong_vu, 0, 1);
  const Register punished = b.boolean(Opcode::fold_any, {duty}, 0);
  const Register bound = b.levels(Opcode::force, {barred, few}, 3);
  const Register forced = b.levels(Opcode::force, {bound, punished}, 3);
  const std::uint32_t force_few = rule(b, Role::force, few, root, 3, {"D11.4.2.a"});
  b.atom(force_few, few, "lượt_kiểm_tra < 2", "lượt_kiểm_tra < 2", visits, two, "lượt");
  const std::uint32_t force_punished = rule(b, Role::force, punished, root, 3, {"D11.4.2.c"});
  const std::uint32_t act = b.atom(force_punished, punished, "có kỷ_luật mà (công_vụ)", "some kỷ_luật where (công_vụ)");
  b.atom(act, duty, "công_vụ", "công_vụ");

  // giao quyết định khi chủ_động thay cho D11.4.2.c
  const Register owned = b.boolean(Opcode::flag, {}, chu_dong);
  const Register not_few = b.boolean(Opcode::negation, {few});
  const Register handed = b.boolean(Opcode::conjunction, {owned, punished, not_few});
  const Register decision = b.number(Opcode::field, {}, quyet_dinh);
  const Register left = b.levels(Opcode::hand_over, {forced, bound, handed, decision}, 0b1111);
  const std::uint32_t hand_over = rule(b, Role::hand_over, left, root, kNone, {"D11.4.2.p1"});
  b.atom(hand_over, owned, "chủ_động_khắc_phục", "chủ_động_khắc_phục");

  // không xếp loại khi tháng_kết_nạp < 6 (nếu có)
  const Register months = b.number(Opcode::field, {}, thang), six = b.value(6);
  const Register fresh = b.compare(months, six, 3);
  const Register final = b.levels(Opcode::not_rated_if, {left, fresh});
  const std::uint32_t not_rated = rule(b, Role::not_rated, fresh, root, kNone, {"D5.2.1"});
  b.atom(not_rated, fresh, "tháng_kết_nạp < 6 (nếu có)", "tháng_kết_nạp < 6 (if any)", months, six);
  b.seen(root).reg = final;
  s.levels = final;
}

}  // namespace sample

inline Module sample_module() {
  Module m;
  m.id = "mau";
  m.version = "1.0.0";
  m.label = "Bộ tiêu chí mẫu";
  m.ratings = {sample_rating()};
  ReadingInfo gap;
  gap.id = "thieu_dieu_kien", gap.label = "Đủ điểm mà thiếu điều kiện", gap.clause = "D11";
  gap.option_ids = {"khong_muc_nao", "muc_duoi", "den_cung"};
  gap.option_labels = {"nguyên văn", "xét mức kế dưới", "xét đến cùng"};
  gap.chosen = 1, gap.chosen_by = "73-QĐ/TU ngày 14/11/2025";
  m.readings = {gap};
  m.subjects.emplace_back();
  Subject& s = m.subjects.back();
  s.id = "mau.lanh_dao";
  s.label = "Lãnh đạo mẫu";
  s.citation = "PL2.II.3";
  s.rating = 0;
  s.readings = {0};
  s.stages = {"tu_cham", "quyet_dinh"};
  SubjectBuilder b(m, s);
  sample::add_fields(b, s);
  const sample::Points points = sample::add_points(b, s);
  s.total = points.total;
  sample::add_rating(b, s, m, points);
  // yêu cầu giao ≥ 1
  const Register assigned = b.number(Opcode::field, {}, giao);
  s.requirements = {{b.compare(assigned, b.value(1), 0), "phải có ít nhất một nhiệm vụ được giao", kNone}};
  return m;
}

}  // namespace quy::tests

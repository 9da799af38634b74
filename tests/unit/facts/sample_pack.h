#pragma once
// A pack with a field of every kind, a reader over it, and everything that came out.

#include <map>
#include <memory>

#include "runtime/bytecode/codec.h"
#include "runtime/facts/facts.h"

namespace quy::facts::test {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Subject;
using vm::FieldState;

class SubjectBuilder {
 public:
  explicit SubjectBuilder(std::string id) {
    subject.id = std::move(id);
    subject.label = "Đối tượng thử";
    subject.stages = {"self", "appraisal", "decision"};
    subject.rating = 0;
  }
  Field& add(std::string id, FieldKind kind, Rational low = 0, Rational high = 0) {
    Field& field = subject.fields.emplace_back();
    field.id = std::move(id);
    field.kind = kind;
    field.low = std::move(low);
    field.high = std::move(high);
    return field;
  }
  std::uint32_t last() const { return static_cast<std::uint32_t>(subject.fields.size() - 1); }
  /// A text that code reads, so that its content is kept.
  Field& add_text(std::string id) {
    Field& field = add(std::move(id), FieldKind::text);
    read_text_fields.push_back(last());
    return field;
  }
  Subject finish() {
    for (const std::uint32_t index : read_text_fields) {
      const std::uint32_t list = subject.fields[index].list;
      subject.code.push_back(
          {bytecode::Opcode::field, index, 0, list == kNone ? 0 : list + 1, bytecode::ValueKind::number, {}});
    }
    return std::move(subject);
  }

  Subject subject;
  std::vector<std::uint32_t> read_text_fields;
};

inline Subject full_subject() {
  SubjectBuilder build("thu.day_du");
  build.add("giao", FieldKind::count, 0, 1000);
  build.add("xong", FieldKind::count, 0, 1000).at_most_field = 0;
  build.add("he_so", FieldKind::number, -100, 100).digits = 2;
  build.add("ti_le", FieldKind::percentage, 0, 1000).digits = 2;
  build.add("tien", FieldKind::money, 0, power_of_ten(15));
  build.add("so_ngay", FieldKind::days, -1000, 1000);
  build.add("dat", FieldKind::boolean);
  build.add("ngay", FieldKind::date, *day_number(1900, 1, 1), *day_number(2199, 12, 31));
  build.add_text("ghi_chu");
  build.add("muc_chu", FieldKind::step).scale = 0;
  build.add("ma", FieldKind::code).table = 0;
  build.add("tieu_chi", FieldKind::criterion);
  build.add("muc_truoc", FieldKind::level);
  build.add("phieu", FieldKind::count, 0, 500).may_be_left_out = true;
  Field& excuse = build.add("khach_quan", FieldKind::boolean);
  excuse.place = FieldPlace::exception;
  excuse.needs_reason = excuse.needs_document = true;

  build.subject.lists.push_back({"viec", "việc", "Công việc", false});
  build.subject.lists.push_back({"don_vi", "đơn_vị", "Đơn vị", true});
  build.add("so_luong", FieldKind::number, 0, 100).list = 0;
  build.subject.fields.back().digits = 1;
  build.add("hoan_thanh", FieldKind::number, 0, 100).list = 0;
  build.subject.fields.back().digits = 2;
  build.subject.fields.back().at_most_field = build.last() - 1;
  build.add("ma_viec", FieldKind::code).list = 0;
  build.subject.fields.back().table = 0;
  build.add_text("id").list = 1;
  build.add("muc", FieldKind::level).list = 1;

  Field& judged = build.add("pham_chat", FieldKind::points, 0, 5);
  judged.place = FieldPlace::score;
  judged.digits = 2;
  judged.step = Rational(Integer(1), Integer(4));
  judged.presumed = Rational(5);
  Field& second = build.add("ky_luat", FieldKind::points, 0, 10);
  second.place = FieldPlace::score;
  second.digits = 1;
  second.may_be_left_out = true;

  Field& decision = build.add("quyet_dinh", FieldKind::level);
  decision.place = FieldPlace::decision;
  decision.clause = "D11.4.3.p1";
  decision.needs_reason = decision.needs_document = true;
  decision.allowed_levels = 0b110;
  Field& raised = build.add("dieu_chinh", FieldKind::points, 0, 10);
  raised.place = FieldPlace::decision;
  raised.clause = "D12.1";

  Field& proposed = build.add("kinh_te", FieldKind::points, 5, 70);
  proposed.place = FieldPlace::maximum;
  proposed.needs_document = true;
  Field& free_maximum = build.add("quoc_phong", FieldKind::points, 5, 70);
  free_maximum.place = FieldPlace::maximum;

  build.add("da_chot", FieldKind::boolean).place = FieldPlace::closed;
  build.add("dau_ky", FieldKind::date, -1'000'000, 1'000'000).place = FieldPlace::period_first;
  build.add("cuoi_ky", FieldKind::date, -1'000'000, 1'000'000).place = FieldPlace::period_last;
  build.add_text("don_vi_nay").place = FieldPlace::unit;

  for (const char* id : {"pham_chat", "ky_luat", "kinh_te"}) build.subject.criteria.emplace_back().id = id;
  return build.finish();
}

inline Module sample_pack() {
  Module module;
  module.id = "thu";
  module.version = "1.0.0";
  module.scales.push_back({"chu", "Chữ", {"yeu", "trung_binh", "kha", "tot"}, {"Yếu", "Trung bình", "Khá", "Tốt"}});
  module.tables.push_back({"danh_muc", "Danh mục", {"007", "A1", "B2"}, {}, {}});
  bytecode::RatingInfo rating;
  rating.id = "xep_loai";
  rating.levels = {{"xuat_sac", "Xuất sắc", {}, {}}, {"tot", "Tốt", {}, {}}, {"kem", "Kém", {}, {}}};
  module.ratings.push_back(rating);
  module.subjects.push_back(full_subject());
  SubjectBuilder small("thu.nho");
  small.add("n", FieldKind::count, 0, 1'000'000'000);
  module.subjects.push_back(small.finish());
  return module;
}

struct Cell {
  FieldState state = FieldState::missing;
  std::int64_t value = 0;
  friend bool operator==(const Cell&, const Cell&) = default;
};

/// A stored record, copied out of its batch at once.
struct Row {
  RecordHead head;
  std::map<std::string, Cell> fields;  ///< place-free: ids of the sample are distinct
  std::map<std::string, std::optional<std::vector<std::map<std::string, Cell>>>> lists;
};

class Bench : public Reader::Sink {
 public:
  explicit Bench(Module pack = sample_pack(), ReadOptions options = {})
      : module(std::move(pack)), texts(module), reader(module, texts, std::move(options)) {
    for (std::uint32_t i = 0; i < module.subjects.size(); ++i) {
      programs.push_back(std::make_unique<vm::Program>(vm::Program::load(module, i)));
      batches.push_back(std::make_unique<vm::Batch>(*programs.back()));
    }
  }

  vm::Batch* batch(std::string_view subject) override {
    for (std::size_t i = 0; i < batches.size(); ++i) {
      if (module.subjects[i].id != subject) continue;
      if (batches[i]->full()) batches[i]->clear();
      return batches[i].get();
    }
    return nullptr;
  }

  void row(vm::Batch& batch, std::uint32_t at, const RecordHead& head) override {
    ++row_count;
    in_order = in_order && head.sequence == next_sequence++;
    if (!keep) return;
    const Subject& subject = batch.program().subject();
    Row row;
    for (std::uint32_t f = 0; f < subject.fields.size(); ++f) {
      if (subject.fields[f].list == kNone) row.fields[subject.fields[f].id] = cell(batch, f, at);
    }
    for (std::uint32_t k = 0; k < subject.lists.size(); ++k) {
      auto& rows = row.lists[subject.lists[k].id];
      if (!batch.list_present(k, at)) continue;
      rows.emplace();
      for (std::uint32_t item = batch.list_begin(k, at); item < batch.list_end(k, at); ++item) {
        auto& cells = rows->emplace_back();
        for (std::uint32_t f = 0; f < subject.fields.size(); ++f) {
          if (subject.fields[f].list == k) cells[subject.fields[f].id] = cell(batch, f, item);
        }
      }
    }
    row.head = std::move(head);
    rows.push_back(std::move(row));
  }

  void reject(Reject reject) override {
    ++reject_count;
    in_order = in_order && reject.sequence == next_sequence++;
    if (keep) rejects.push_back(std::move(reject));
  }

  std::optional<Message> read(std::string_view text) {
    next_sequence = 0;
    return reader.read_text(text, *this);
  }

  static Cell cell(const vm::Batch& batch, std::uint32_t field, std::uint32_t position) {
    Cell cell{batch.state(field, position), 0};
    if (cell.state == FieldState::value) cell.value = batch.value(field, position);
    return cell;
  }

  Module module;
  vm::TextPool texts;
  Reader reader;
  std::vector<std::unique_ptr<vm::Program>> programs;
  std::vector<std::unique_ptr<vm::Batch>> batches;
  std::vector<Row> rows;
  std::vector<Reject> rejects;
  std::size_t row_count = 0, reject_count = 0;
  std::uint64_t next_sequence = 0;
  bool in_order = true, keep = true;
};

/// A record of the full subject with these members besides the head.
inline std::string record(std::string_view members) {
  std::string text = R"({"id":"A-01","subject":"thu.day_du","period":"2025")";
  if (!members.empty()) text += ",";
  return text + std::string(members) + "}";
}

inline std::string evidence(std::string_view members) { return record(R"("evidence":{)" + std::string(members) + "}"); }

}  // namespace quy::facts::test

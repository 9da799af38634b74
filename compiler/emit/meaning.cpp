#include "compiler/emit/meaning.h"

#include <algorithm>

#include "base/sha256.h"

namespace quy::emit {

using namespace bytecode;

namespace {

/// Writes values so that different ones can never read alike: each with its length in front.
class Canonical {
 public:
  Canonical& operator<<(const std::string& text) {
    out_ += std::to_string(text.size()) + ':' + text;
    return *this;
  }
  Canonical& operator<<(const char* text) { return *this << std::string(text); }
  Canonical& operator<<(std::uint32_t number) { return *this << std::to_string(number); }
  Canonical& operator<<(bool flag) { return *this << std::string(flag ? "1" : "0"); }
  Canonical& operator<<(const Rational& value) { return *this << value.exact_text(); }
  template <class T>
  Canonical& operator<<(const std::optional<T>& value) {
    if (!value) return *this << "none";
    return *this << "some" << *value;
  }
  template <class T>
  Canonical& operator<<(const std::vector<T>& values) {
    *this << static_cast<std::uint32_t>(values.size());
    for (const T& value : values) *this << value;
    return *this;
  }
  const std::string& text() const { return out_; }

 private:
  std::string out_;
};

void write_field(Canonical& out, const Field& field) {
  out << field.id << static_cast<std::uint32_t>(field.kind) << static_cast<std::uint32_t>(field.place) << field.list
      << std::to_string(field.digits) << field.low << field.high << field.at_most_field << field.scale << field.table << field.unit
      << field.clause << field.step << field.needs_reason << field.needs_document << field.may_be_left_out << field.adds_up << field.per
      << field.allowed_levels;
}

/// Constants and texts by value: pool positions depend on what else the pack holds.
void write_code(Canonical& out, const Module& module, const Subject& subject) {
  for (const Instruction& i : subject.code) {
    out << static_cast<std::uint32_t>(i.opcode) << i.domain << i.operands;
    switch (i.opcode) {
      case Opcode::constant: out << module.constants[i.a]; break;
      case Opcode::round: out << module.constants[i.a] << i.b; break;
      case Opcode::compare_ratio: out << i.a << module.constants[i.b]; break;
      case Opcode::text: out << module.strings[i.a]; break;
      case Opcode::member:
      case Opcode::band:
        out << i.a;
        for (std::uint32_t k = 0; k < i.a; ++k) out << module.constants[i.b + k];
        break;
      case Opcode::reading: out << module.readings[i.a].id << module.readings[i.a].option_ids[i.b]; break;
      default: out << i.a << i.b;
    }
  }
}

void write_subject(Canonical& out, const Module& module, const Subject& subject) {
  out << subject.id << subject.kind << subject.stages;
  for (const Field& field : subject.fields) write_field(out, field);
  for (const List& list : subject.lists) {
    out << list.id << list.of_results;
    if (list.own != OwnResults::none) out << static_cast<std::uint32_t>(list.own);
  }
  write_code(out, module, subject);
  for (const Requirement& requirement : subject.requirements) out << requirement.condition;
  for (const GroupInfo& group : subject.groups) out << group.id << group.parent << group.max << group.sign;
  for (const CriterionInfo& criterion : subject.criteria) out << criterion.id << criterion.group << criterion.points << criterion.clauses;
  out << subject.rating << subject.total << subject.levels;
  for (const auto& priorities : subject.quota_priorities)
    for (const Register priority : priorities) out << priority;
}

}  // namespace

std::string meaning_hash(const Module& module) {
  Canonical out;
  out << "quy meaning 1" << module.id;
  for (const Subject& subject : module.subjects) write_subject(out, module, subject);
  for (const RatingInfo& rating : module.ratings) {
    out << rating.id;
    for (const LevelInfo& level : rating.levels) out << level.id << level.floor << level.clauses;
    for (const QuotaInfo& quota : rating.quotas)
      out << quota.level << quota.base << quota.rate << quota.raised_to << quota.base_and_above << quota.cohort << quota.surplus;
  }
  for (const ReadingInfo& reading : module.readings) out << reading.id << reading.option_ids << reading.option_ids[reading.chosen];
  for (const Scale& scale : module.scales) out << scale.id << scale.step_ids;
  for (const Table& table : module.tables) out << table.id << table.keys << table.column_ids << table.columns;
  auto days = [&](const std::vector<DayNumber>& list) {
    for (DayNumber day : list) out << std::to_string(day);
  };
  out << "holidays";
  days(module.calendar.holidays);
  out << "extra";
  days(module.calendar.extra_workdays);
  return sha256_hex(out.text());
}

std::string sources_hash(const SourceMap& sources, std::vector<FileId> files) {
  std::sort(files.begin(), files.end(), [&](FileId a, FileId b) { return sources.name(a) < sources.name(b); });
  Canonical out;
  for (FileId file : files) out << std::string(sources.text(file));
  return sha256_hex(out.text());
}

}  // namespace quy::emit

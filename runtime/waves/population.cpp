#include "runtime/waves/population.h"

#include <algorithm>

#include "runtime/waves/own_periods.h"

namespace quy::waves {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;

/// One text of several, which no other parts give: each has its length in front.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) ((text += std::to_string(part.size())) += ':') += part;
  return text;
}

bool is_unit(const std::string& key) { return key == "don_vi" || key == "unit"; }

/// What of a record's head tells a quota's cohorts apart; `complete` is false when the record lacks a part.
struct CohortKey {
  std::string unit, cohort;
  bool complete = true;
};

CohortKey cohort_key(const bytecode::QuotaInfo& quota, const facts::RecordHead& head) {
  CohortKey key;
  for (const std::string& part : quota.cohort) {
    std::string& text = is_unit(part) ? key.unit : key.cohort;
    text = is_unit(part) ? head.unit : head.cohort;
    key.complete = key.complete && !text.empty();
  }
  return key;
}

/// Whether a total goes into anything but comparisons and the least of it and a constant.
bool is_uncapped(const bytecode::Subject& subject, std::uint32_t total) {
  using bytecode::Opcode;
  std::vector<bool> carries(subject.code.size(), false);
  for (bytecode::Register reg = 0; reg < subject.code.size(); ++reg) {
    const bytecode::Instruction& x = subject.code[reg];
    const auto is_constant = [&](bytecode::Register in) { return subject.code[in].opcode == Opcode::constant; };
    if (x.opcode == Opcode::field && x.a == total) carries[reg] = true;
    if (std::none_of(x.operands.begin(), x.operands.end(), [&](bytecode::Register in) { return in != kNone && carries[in]; })) continue;
    const bool capped = x.opcode == Opcode::minimum && std::any_of(x.operands.begin(), x.operands.end(), is_constant);
    if (capped || x.kind != bytecode::ValueKind::number) continue;
    if (x.opcode != Opcode::divide) return true;
    carries[reg] = true;
  }
  return false;
}

}  // namespace

std::vector<ResultColumns> result_columns(const bytecode::Subject& subject) {
  std::vector<ResultColumns> lists;
  for (std::uint32_t k = 0; k < subject.lists.size(); ++k) {
    if (!subject.lists[k].of_results) continue;
    ResultColumns columns{.list = k, .own = subject.lists[k].own};
    for (std::uint32_t f = 0; f < subject.fields.size(); ++f) {
      const Field& field = subject.fields[f];
      if (field.list != k) continue;
      if (field.place == FieldPlace::result_total) columns.total = f;
      if (field.place == FieldPlace::result_total_divisor) columns.divisor = f;
      if (field.place != FieldPlace::evidence) continue;
      if (field.kind == FieldKind::text && columns.id == kNone) columns.id = f;
      if (field.kind == FieldKind::level && columns.level == kNone) columns.level = f;
    }
    columns.total_uncapped = columns.total != kNone && is_uncapped(subject, columns.total);
    if (columns.id != kNone) lists.push_back(columns);
  }
  return lists;
}

std::uint32_t Names::intern(std::string_view text) {
  const auto [place, fresh] = numbers_.try_emplace(std::string(text), size());
  if (fresh) texts_.push_back(&place->first);
  return place->second;
}

std::uint32_t Names::find(std::string_view text) const {
  const auto found = numbers_.find(std::string(text));
  return found == numbers_.end() ? kNone : found->second;
}

Population::Population(const bytecode::Module& module) : module_(module) {
  for (const bytecode::Subject& subject : module.subjects) lists_.push_back(result_columns(subject));
}

void Population::add(std::uint32_t subject, std::string_view id, std::string_view period, std::uint32_t key) {
  ids_ += id;
  records_.push_back({subject, periods_.intern(period), static_cast<std::uint32_t>(taken_.size()), key, ids_.size()});
}

void Population::add_record(std::uint32_t subject, const vm::Batch& batch, std::uint32_t row, const vm::TextPool& texts,
                            const facts::RecordHead& head) {
  const std::uint32_t rating = module_.subjects[subject].rating;
  const bool compared = rating != kNone && !module_.ratings[rating].quotas.empty();
  add(subject, head.id, head.period, compared ? key_of(rating, head) : kNone);
  take_results(lists_[subject], batch, row, texts, head);
  if (!compared) return;
  for (const std::uint32_t group : groups_of_key_[records_.back().key]) groups_[group].members.push_back(size() - 1);
}

void Population::add_refused() { add(kNone, {}, {}, kNone); }

void Population::add_cohort(facts::CohortRecord record) {
  add(kNone, record.head.id, record.head.period, kNone);
  cohort_records_.emplace(size() - 1, std::move(record));
}

void Population::take_results(const std::vector<ResultColumns>& lists, const vm::Batch& batch, std::uint32_t row, const vm::TextPool& texts,
                              const facts::RecordHead& head) {
  const auto of_other = [&](const ResultColumns& columns, std::uint32_t item) {
    taken_.push_back(target_of(texts.text(batch.value(columns.id, item)), head.period));
  };
  const auto own = [&](const ResultColumns& columns) {
    for (const std::string& period : own_periods(columns.own, head.period)) taken_.push_back(target_of(head.id, period));
  };
  for_each_taken(lists, batch, row, of_other, own);
}

std::uint32_t Population::target_of(std::string_view id, std::string_view period) {
  const std::uint32_t target = target_names_.intern(joined({id, period}));
  if (target == targets_.size()) targets_.push_back({std::string(id), periods_.intern(period), {}});
  return target;
}

std::uint32_t Population::find_target(std::string_view id, std::string_view period) const { return target_names_.find(joined({id, period})); }

std::uint32_t Population::key_of(std::uint32_t rating, const facts::RecordHead& head) {
  const std::uint32_t key = keys_.intern(joined({std::to_string(rating), head.unit, head.cohort, head.period}));
  if (key == groups_of_key_.size()) {
    std::vector<std::uint32_t>& groups = groups_of_key_.emplace_back();
    for (std::uint32_t quota = 0; quota < module_.ratings[rating].quotas.size(); ++quota) {
      const std::uint32_t group = group_of(rating, quota, head);
      if (group != kNone) groups.push_back(group);
    }
  }
  return key;
}

std::uint32_t Population::group_of(std::uint32_t rating, std::uint32_t quota, const facts::RecordHead& head) {
  const CohortKey key = cohort_key(module_.ratings[rating].quotas[quota], head);
  if (!key.complete) return kNone;
  const std::uint32_t group =
      group_names_.intern(joined({std::to_string(rating), std::to_string(quota), key.unit, key.cohort, head.period}));
  if (group == groups_.size()) groups_.push_back({rating, quota, key.unit, key.cohort, periods_.intern(head.period), {}});
  return group;
}

std::uint32_t Population::find_group(std::uint32_t rating, std::uint32_t quota, const facts::RecordHead& head) const {
  const CohortKey key = cohort_key(module_.ratings[rating].quotas[quota], head);
  return group_names_.find(joined({std::to_string(rating), std::to_string(quota), key.unit, key.cohort, head.period}));
}

void Population::close() {
  if (targets_.empty()) return;
  for (RecordNumber record = 0; record < size(); ++record) {
    if (subject(record) == kNone) continue;
    const std::uint32_t target = find_target(id(record), period(record));
    if (target != kNone) targets_[target].records.push_back(record);
  }
}

std::string_view Population::id(RecordNumber record) const {
  const std::uint64_t begin = record == 0 ? 0 : records_[record - 1].id_end;
  return std::string_view(ids_).substr(begin, records_[record].id_end - begin);
}

const std::uint32_t* Population::targets_end(RecordNumber record) const {
  return taken_.data() + (record + 1 < size() ? records_[record + 1].first_taken : taken_.size());
}

std::vector<std::uint32_t> Population::groups_of(RecordNumber record) const {
  return records_[record].key == kNone ? std::vector<std::uint32_t>{} : groups_of_key_[records_[record].key];
}

}  // namespace quy::waves

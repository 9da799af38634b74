#include "runtime/columns/group_writer.h"

#include <algorithm>

namespace quy::columns {
namespace {

constexpr std::uint32_t kWord = 64;

std::size_t words_of(std::uint32_t positions) { return (positions + kWord - 1) / kWord; }

bool has(const std::uint64_t* plane, std::uint32_t position) { return (plane[position / kWord] >> (position % kWord) & 1) != 0; }

/// The bits of the first `positions`, counted.
std::uint32_t count(const std::uint64_t* plane, std::uint32_t positions) {
  std::uint32_t ones = 0;
  for (std::uint32_t at = 0; at < positions; at += kWord) {
    const std::uint32_t taken = std::min(kWord, positions - at);
    const std::uint64_t mask = taken == kWord ? ~std::uint64_t{0} : (std::uint64_t{1} << taken) - 1;
    ones += static_cast<std::uint32_t>(std::popcount(plane[at / kWord] & mask));
  }
  return ones;
}

void write_message(Encoder& into, const Message& message) {
  into.text(code(message.id));
  into.number(static_cast<std::uint32_t>(message.arguments.size()));
  for (const Argument& argument : message.arguments) {
    into.text(argument.text.vi);
    into.text(argument.text.en);
  }
  into.number(static_cast<std::uint8_t>(message.suggestion.has_value()));
  into.text(message.suggestion.value_or(std::string()));
}

/// Lists of numbers, one a row: where each ends, then all of them.
struct Ragged {
  std::vector<std::uint32_t> ends, items;
  void end_row() { ends.push_back(static_cast<std::uint32_t>(items.size())); }
  void write(Encoder& into) const {
    into.numbers(ends);
    into.array(items);
  }
};

}  // namespace

std::uint32_t Texts::number(std::string_view text) {
  const auto [found, fresh] = numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(texts_.size()));
  if (fresh) {
    texts_.push_back(&found->first);
    bytes_ += text.size();
  }
  return found->second;
}

void Texts::clear() {
  numbers_.clear();
  texts_.clear();
  bytes_ = 0;
  number({});
}

void Texts::write(Encoder& into) const {
  std::vector<std::uint32_t> ends;
  std::string all;
  for (const std::string* text : texts_) {
    all += *text;
    ends.push_back(static_cast<std::uint32_t>(all.size()));
  }
  into.number(static_cast<std::uint32_t>(ends.size()));
  into.array(ends);
  into.array(all.data(), all.size());
}

struct GroupWriter::Open {
  Open(const bytecode::Module& module, std::uint32_t index)
      : subject(index), forms(field_forms(module, module.subjects[index])), batch(vm::Program::load(module, index)) {}

  std::uint32_t subject;
  std::vector<FieldForm> forms;
  vm::Batch batch;
  std::uint16_t block = 0;          ///< valid while the batch has rows
  std::vector<std::uint64_t> lines;
  std::vector<std::uint32_t> texts[7];   ///< numbers of names: id, period, unit, cohort, sheet, closed_by, closed_date
  std::vector<std::uint8_t> closed;
  Ragged presumed, decisions, overrides;   ///< of an override the numbers of its texts

  void add(const facts::RecordHead& head, Texts& names) {
    lines.push_back(head.line);
    const std::string* parts[] = {&head.id, &head.period, &head.unit, &head.cohort, &head.sheet, &head.closed_by, &head.closed_date};
    for (std::size_t i = 0; i < std::size(parts); ++i) texts[i].push_back(names.number(*parts[i]));
    closed.push_back(head.closed ? 1 : 0);
    for (const std::string& criterion : head.presumed) presumed.items.push_back(names.number(criterion));
    decisions.items.insert(decisions.items.end(), head.decisions.begin(), head.decisions.end());
    for (const facts::Override& of : head.overrides)
      for (const std::string* text : {&of.stage, &of.place, &of.from, &of.to, &of.reason, &of.document}) overrides.items.push_back(names.number(*text));
    for (Ragged* list : {&presumed, &decisions, &overrides}) list->end_row();
  }
  void write_heads(Encoder& into) const {
    into.numbers(lines);
    for (const std::vector<std::uint32_t>& column : texts) into.numbers(column);
    into.array(closed);
    presumed.write(into);
    decisions.write(into);
    overrides.write(into);
  }
  void clear() {
    batch.clear();
    lines.clear();
    for (std::vector<std::uint32_t>& column : texts) column.clear();
    closed.clear();
    presumed = decisions = overrides = {};
  }
};

GroupWriter::GroupWriter(const bytecode::Module& module, const vm::TextPool& texts)
    : module_(module), pool_(texts), open_(module.subjects.size()) {
  for (std::uint32_t i = 0; i < module.subjects.size(); ++i) subject_of_.emplace(module.subjects[i].id, i);
}

GroupWriter::~GroupWriter() = default;

GroupWriter::Open& GroupWriter::open(std::uint32_t subject) {
  if (!open_[subject]) open_[subject] = std::make_unique<Open>(module_, subject);
  return *open_[subject];
}

vm::Batch* GroupWriter::batch(std::string_view subject) {
  const auto found = subject_of_.find(subject);
  if (found == subject_of_.end()) return nullptr;
  current_ = &open(found->second);
  return &current_->batch;
}

void GroupWriter::row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) {
  Open& open = *current_;
  if (row == 0) {
    open.block = static_cast<std::uint16_t>(blocks_.size());
    blocks_.emplace_back();
  }
  order_.push_back(open.block);
  open.add(head, names_);
  // List rows are what makes one record much larger than another.
  for (std::uint32_t k = 0; k < module_.subjects[open.subject].lists.size(); ++k)
    bytes_ += (batch.list_end(k, row) - batch.list_begin(k, row)) * sizeof(std::int64_t) * open.forms.size();
  if (batch.full()) seal(open);
}

void GroupWriter::reject(facts::Reject reject) {
  order_.push_back(kRefused);
  ++reject_count_;
  const std::size_t before = rejects_.size();
  rejects_.number(reject.line);
  for (const std::string* text : {&reject.id, &reject.field, &reject.sheet, &reject.column}) rejects_.text(*text);
  write_message(rejects_, reject.reason);
  bytes_ += rejects_.size() - before;
}

void GroupWriter::cohort(facts::CohortRecord record) {
  order_.push_back(kOfCohort);
  ++cohort_count_;
  const std::size_t before = cohorts_.size();
  cohorts_.number(record.head.line);
  for (const std::string* text : {&record.head.id, &record.head.period, &record.head.unit, &record.head.cohort, &record.head.sheet}) cohorts_.text(*text);
  cohorts_.number(static_cast<std::uint32_t>(record.decisions.size()));
  for (const facts::CohortRecord::Decision& decision : record.decisions) {
    cohorts_.number(static_cast<std::uint8_t>(decision.outcome));
    for (const std::string* text : {&decision.clause, &decision.document, &decision.date, &decision.reason}) cohorts_.text(*text);
  }
  bytes_ += cohorts_.size() - before;
}

void GroupWriter::seal(Open& open) {
  Encoder block;
  block.number(open.subject);
  block.number(open.batch.rows());
  open.write_heads(block);
  write_columns(open, block);
  block.align(kAlignment);
  blocks_[open.block] = block.result();
  open.clear();
}

void GroupWriter::write_columns(const Open& open, Encoder& into) {
  const vm::StoredRows rows = open.batch.stored();
  std::vector<std::uint32_t> items;
  for (const vm::StoredList& list : rows.lists) {
    into.numbers(list.begin, rows.rows + 1);
    into.array(list.present, words_of(rows.rows));
    items.push_back(list.begin[rows.rows]);
  }
  for (std::size_t field = 0; field < open.forms.size(); ++field) {
    const FieldForm& form = open.forms[field];
    const vm::StoredColumn& column = rows.columns[field];
    const std::uint32_t positions = form.list == bytecode::kNone ? rows.rows : items[form.list];
    const std::uint32_t known = count(column.known, positions);
    if (known == 0) {
      into.number(static_cast<std::uint8_t>(ColumnForm::missing));
      continue;
    }
    const bool some_left_out = count(column.left_out, positions) != 0;
    into.number(static_cast<std::uint8_t>(static_cast<unsigned>(form.form) | (known != positions ? kHasKnown : 0U) | (some_left_out ? kHasLeftOut : 0U)));
    switch (form.form) {
      case ColumnForm::missing: break;
      case ColumnForm::narrow: into.numbers(column.narrow, positions); break;
      case ColumnForm::wide: into.numbers(column.wide, positions); break;
      case ColumnForm::truth: into.array(column.truth, words_of(positions)); break;
      case ColumnForm::text: write_texts(column, positions, into); break;
    }
    if (known != positions) into.array(column.known, words_of(positions));
    if (!some_left_out) continue;
    into.array(column.left_out, words_of(positions));
    into.array(column.cause, positions);
  }
}

void GroupWriter::write_texts(const vm::StoredColumn& column, std::uint32_t positions, Encoder& into) {
  std::vector<std::uint32_t> numbers(positions, 0);
  for (std::uint32_t i = 0; i < positions; ++i) {
    if (!has(column.known, i) || has(column.left_out, i)) continue;
    const auto [found, fresh] = value_numbers_.try_emplace(column.wide[i], 0);
    if (fresh) found->second = values_.number(pool_.text(column.wide[i]));
    numbers[i] = found->second;
  }
  into.numbers(numbers);
}

std::string GroupWriter::end_group(std::uint64_t first_record) {
  for (const std::unique_ptr<Open>& open : open_)
    if (open && open->batch.rows() > 0) seal(*open);
  Encoder group;
  group.number(first_record);
  for (const std::uint32_t part : {records(), static_cast<std::uint32_t>(blocks_.size()), reject_count_, cohort_count_}) group.number(part);
  group.array(order_);
  values_.write(group);
  names_.write(group);
  for (const std::string& block : blocks_) group.bytes(block);
  group.bytes(rejects_.result());
  group.bytes(cohorts_.result());
  group.align(kAlignment);
  order_.clear();
  blocks_.clear();
  rejects_.clear();
  cohorts_.clear();
  reject_count_ = cohort_count_ = 0;
  values_.clear();
  names_.clear();
  value_numbers_.clear();
  bytes_ = 0;
  return group.result();
}

}  // namespace quy::columns

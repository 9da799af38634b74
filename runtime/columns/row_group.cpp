#include "runtime/columns/row_group.h"

#include <algorithm>
#include <unordered_map>

#include "base/limits.h"

namespace quy::columns {
namespace {

constexpr std::uint32_t kWord = 64;

std::size_t words_of(std::uint32_t positions) { return (positions + kWord - 1) / kWord; }

/// Whether the plane says nothing of rows that are not there.
bool ends_with(const std::uint64_t* plane, std::uint32_t positions) {
  return positions % kWord == 0 || plane[positions / kWord] >> (positions % kWord) == 0;
}

template <class Number>
bool within(const Numbers<Number>& numbers, std::uint32_t count, std::int64_t low, std::int64_t high) {
  if (count == 0 || (numbers.least >= low && numbers.most <= high)) return true;
  Number least = numbers.values[0], most = least;
  for (std::uint32_t i = 0; i < count; ++i) {
    least = std::min(least, numbers.values[i]);
    most = std::max(most, numbers.values[i]);
  }
  return least >= low && most <= high;
}

/// Whether none of the numbers reaches `limit`.
bool below(const Numbers<std::uint32_t>& numbers, std::uint32_t count, std::uint32_t limit) { return within(numbers, count, 0, std::int64_t{limit} - 1); }

bool ascending(const std::uint32_t* numbers, std::uint32_t count) { return std::is_sorted(numbers, numbers + count); }

/// How many arguments a message's text names.
constexpr std::size_t arguments_named(std::string_view text) {
  std::size_t named = 0;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 1] >= '0' && text[i + 1] <= '9' && text[i + 2] == '}') named = std::max<std::size_t>(named, text[i + 1] - '0' + 1);
  return named;
}

struct KnownMessage {
  Diag id;
  std::size_t arguments;
};

const KnownMessage* known_message(std::string_view wanted) {
  static const std::unordered_map<std::string_view, KnownMessage> all{
#define QUY_DIAGNOSTIC(code, name, severity, vi, en, help_vi, help_en) \
  {#code, {Diag::name, std::max({arguments_named(vi), arguments_named(en), arguments_named(help_vi), arguments_named(help_en)})}},
#include "base/diagnostics/diagnostics.def"
#undef QUY_DIAGNOSTIC
  };
  const auto found = all.find(wanted);
  return found == all.end() ? nullptr : &found->second;
}

std::string text(Decoder& in) { return std::string(in.text()); }

Message parse_message(Decoder& in) {
  Message message;
  const KnownMessage* known = known_message(in.text());
  const std::uint32_t arguments = in.count(2 * sizeof(std::uint32_t));
  for (std::uint32_t i = 0; i < arguments && !in.failed(); ++i) {
    Bilingual term;
    term.vi = text(in);
    term.en = text(in);
    message.arguments.emplace_back(std::move(term));
  }
  const bool suggests = in.number<std::uint8_t>() != 0;
  std::string suggestion = text(in);
  if (suggests) message.suggestion = std::move(suggestion);
  if (in.expect(known != nullptr && arguments >= known->arguments)) message.id = known->id;
  return message;
}

facts::Reject parse_reject(Decoder& in) {
  facts::Reject reject;
  reject.line = in.number<std::uint64_t>();
  for (std::string* part : {&reject.id, &reject.field, &reject.sheet, &reject.column}) *part = text(in);
  reject.reason = parse_message(in);
  return reject;
}

facts::CohortRecord parse_cohort(Decoder& in) {
  facts::CohortRecord record;
  record.head.line = in.number<std::uint64_t>();
  for (std::string* part : {&record.head.id, &record.head.period, &record.head.unit, &record.head.cohort, &record.head.sheet}) *part = text(in);
  const std::uint32_t decisions = in.count(1 + 4 * sizeof(std::uint32_t));
  for (std::uint32_t i = 0; i < decisions && !in.failed(); ++i) {
    facts::CohortRecord::Decision& decision = record.decisions.emplace_back();
    const auto outcome = in.number<std::uint8_t>();
    in.expect(outcome <= static_cast<std::uint8_t>(facts::CohortRecord::Outcome::as_proposed));
    decision.outcome = static_cast<facts::CohortRecord::Outcome>(outcome);
    for (std::string* part : {&decision.clause, &decision.document, &decision.date, &decision.reason}) *part = text(in);
  }
  return record;
}

/// Lists of numbers below `limit`, one a row.
void parse_ragged(Decoder& in, Expanded& room, std::uint32_t rows, std::uint32_t limit, const std::uint32_t*& ends, const std::uint32_t*& items) {
  ends = in.numbers<std::uint32_t>(rows, room).values;
  if (in.failed() || !in.expect(ascending(ends, rows))) return;
  items = in.array<std::uint32_t>(ends[rows - 1]);
  if (!in.failed()) in.expect(below({items}, ends[rows - 1], limit));
}

bool cause_is_known(std::uint8_t cause) {
  return cause >= static_cast<std::uint8_t>(vm::FieldState::excluded) && cause <= static_cast<std::uint8_t>(vm::FieldState::not_yet_due);
}

/// Planes that fit each other: what is left out is known and has a cause; what has no value is not true.
bool planes_agree(const vm::StoredColumn& column, std::uint32_t positions) {
  for (std::uint32_t word = 0; word < words_of(positions); ++word) {
    const std::uint64_t known = column.known != nullptr ? column.known[word] : ~std::uint64_t{0};
    const std::uint64_t left_out = column.left_out != nullptr ? column.left_out[word] : 0;
    if ((left_out & ~known) != 0 || (column.truth != nullptr && (column.truth[word] & ~(known & ~left_out)) != 0)) return false;
    for (std::uint64_t bits = left_out; bits != 0; bits &= bits - 1)
      if (!cause_is_known(column.cause[word * kWord + static_cast<std::uint32_t>(std::countr_zero(bits))])) return false;
  }
  return true;
}

}  // namespace

std::optional<RowGroup> RowGroup::parse(std::string_view bytes, const bytecode::Module& module,
                                        const std::vector<std::vector<FieldForm>>& forms, vm::TextPool& pool) {
  Decoder in(bytes);
  RowGroup group(module);
  group.first_record_ = in.number<std::uint64_t>();
  const auto records = in.number<std::uint32_t>(), blocks = in.number<std::uint32_t>();
  const auto rejects = in.number<std::uint32_t>(), cohorts = in.number<std::uint32_t>();
  const std::uint16_t* order = in.array<std::uint16_t>(records);
  const Texts values = parse_texts(in);
  group.names_ = parse_texts(in);
  if (in.failed() || !in.expect(records <= kGroupRecords && std::max({blocks, rejects, cohorts}) <= records)) return std::nullopt;
  std::vector<std::int64_t> pool_ids(values.count);
  for (std::uint32_t i = 0; i < values.count; ++i) pool_ids[i] = pool.intern(values.at(i));
  group.blocks_.reserve(blocks);
  for (std::uint32_t i = 0; i < blocks && !in.failed(); ++i) group.parse_block(in, forms, pool_ids);
  in.align(kAlignment);
  for (std::uint32_t i = 0; i < rejects && !in.failed(); ++i) group.rejects_.push_back(parse_reject(in));
  in.align(kAlignment);
  for (std::uint32_t i = 0; i < cohorts && !in.failed(); ++i) group.cohorts_.push_back(parse_cohort(in));
  in.align(kAlignment);
  if (!in.failed()) group.find_places(in, order, records);
  if (in.failed() || !in.at_end()) return std::nullopt;
  return group;
}

RowGroup::Texts RowGroup::parse_texts(Decoder& in) {
  Texts texts;
  texts.count = in.count(sizeof(std::uint32_t));
  texts.ends = in.array<std::uint32_t>(texts.count);
  // The empty text, number 0, is always there.
  if (in.failed() || !in.expect(texts.count > 0) || !in.expect(texts.ends[0] == 0 && ascending(texts.ends, texts.count))) return {};
  texts.bytes = in.raw(texts.ends[texts.count - 1]).data();
  return texts;
}

void RowGroup::parse_block(Decoder& in, const std::vector<std::vector<FieldForm>>& forms, const std::vector<std::int64_t>& pool_ids) {
  in.align(kAlignment);
  Block block;
  block.subject = in.number<std::uint32_t>();
  block.rows.rows = in.number<std::uint32_t>();
  if (!in.expect(block.subject < module_->subjects.size() && block.rows.rows > 0 && block.rows.rows <= vm::kBatchRows)) return;
  parse_heads(in, block);
  if (!in.failed()) parse_columns(in, block, forms[block.subject], pool_ids);
  blocks_.push_back(std::move(block));
}

void RowGroup::parse_heads(Decoder& in, Block& block) {
  const std::uint32_t rows = block.rows.rows;
  block.lines = in.numbers<std::uint64_t>(rows, room_).values;
  for (const std::uint32_t*& column : block.texts) {
    const Numbers<std::uint32_t> names = in.numbers<std::uint32_t>(rows, room_);
    if (!in.failed()) in.expect(below(names, rows, names_.count));
    column = names.values;
  }
  block.closed = in.array<std::uint8_t>(rows);
  parse_ragged(in, room_, rows, names_.count, block.presumed_ends, block.presumed);
  const auto fields = static_cast<std::uint32_t>(module_->subjects[block.subject].fields.size());
  parse_ragged(in, room_, rows, fields, block.decision_ends, block.decisions);
  parse_ragged(in, room_, rows, names_.count, block.override_ends, block.overrides);
  for (std::uint32_t row = 0; row < rows && !in.failed(); ++row) in.expect(block.override_ends[row] % kOverrideTexts == 0);
}

void RowGroup::parse_columns(Decoder& in, Block& block, const std::vector<FieldForm>& forms, const std::vector<std::int64_t>& pool_ids) {
  const std::uint32_t rows = block.rows.rows;
  std::vector<std::uint32_t> items;
  for (std::size_t k = 0; k < module_->subjects[block.subject].lists.size(); ++k) {
    const vm::StoredList list{in.numbers<std::uint32_t>(rows + 1, room_).values, in.array<std::uint64_t>(words_of(rows))};
    if (in.failed() || !in.expect(list.begin[0] == 0 && ascending(list.begin, rows + 1) && ends_with(list.present, rows))) return;
    for (std::uint32_t row = 0; row < rows; ++row) {
      const std::uint32_t own = list.begin[row + 1] - list.begin[row];
      in.expect(own <= limits::list_items && (own == 0 || (list.present[row / kWord] >> (row % kWord) & 1) != 0));
    }
    // A batch ends with the record that brings a list to kBatchItems.
    if (!in.expect(list.begin[rows] < vm::kBatchItems + limits::list_items)) return;
    items.push_back(list.begin[rows]);
    block.rows.lists.push_back(list);
  }
  for (const FieldForm& form : forms) {
    const std::uint32_t positions = form.list == bytecode::kNone ? rows : items[form.list];
    block.rows.columns.push_back(parse_column(in, form, positions, pool_ids));
    if (in.failed()) return;
  }
}

vm::StoredColumn RowGroup::parse_column(Decoder& in, const FieldForm& form, std::uint32_t positions, const std::vector<std::int64_t>& pool_ids) {
  vm::StoredColumn column;
  const auto flags = in.number<std::uint8_t>();
  const auto held = static_cast<ColumnForm>(flags & kFormMask);
  if (held == ColumnForm::missing) {
    in.expect(flags == 0);
    return {};
  }
  if (!in.expect(held == form.form && (flags & ~(kFormMask | kHasKnown | kHasLeftOut)) == 0)) return {};
  Numbers<std::int32_t> narrow;
  Numbers<std::int64_t> wide;
  Numbers<std::uint32_t> numbers;
  switch (held) {
    case ColumnForm::missing: break;
    case ColumnForm::narrow: narrow = in.numbers<std::int32_t>(positions, room_); break;
    case ColumnForm::wide: wide = in.numbers<std::int64_t>(positions, room_); break;
    case ColumnForm::truth: column.truth = in.array<std::uint64_t>(words_of(positions)); break;
    case ColumnForm::text: numbers = in.numbers<std::uint32_t>(positions, room_); break;
  }
  if ((flags & kHasKnown) != 0) column.known = in.array<std::uint64_t>(words_of(positions));
  if ((flags & kHasLeftOut) != 0) {
    column.left_out = in.array<std::uint64_t>(words_of(positions));
    column.cause = in.array<std::uint8_t>(positions);
  }
  if (in.failed()) return {};
  for (const std::uint64_t* plane : {column.truth, column.known, column.left_out}) in.expect(plane == nullptr || ends_with(plane, positions));
  in.expect(narrow.values == nullptr || within(narrow, positions, form.low, form.high));
  in.expect(wide.values == nullptr || within(wide, positions, form.low, form.high));
  column.narrow = narrow.values;
  column.wide = wide.values;
  if (numbers.values != nullptr && in.expect(below(numbers, positions, static_cast<std::uint32_t>(pool_ids.size())))) {
    TextColumn& ids = text_columns_.emplace_back(positions);
    for (std::uint32_t i = 0; i < positions; ++i) {
      const bool known = column.known == nullptr || (column.known[i / kWord] >> (i % kWord) & 1) != 0;
      const bool left_out = column.left_out != nullptr && (column.left_out[i / kWord] >> (i % kWord) & 1) != 0;
      ids[i] = known && !left_out ? pool_ids[numbers.values[i]] : form.low;
    }
    column.wide = ids.data();
  }
  if (!in.failed()) in.expect(planes_agree(column, positions));
  return column;
}

void RowGroup::find_places(Decoder& in, const std::uint16_t* order, std::uint32_t records) {
  std::vector<std::uint32_t> rows(blocks_.size(), 0);
  std::uint32_t rejects = 0, cohorts = 0;
  places_.reserve(records);
  for (std::uint32_t i = 0; i < records; ++i) {
    const std::uint16_t block = order[i];
    if (block == kRefused) {
      places_.push_back({block, rejects++});
    } else if (block == kOfCohort) {
      places_.push_back({block, cohorts++});
    } else if (in.expect(block < blocks_.size())) {
      places_.push_back({block, rows[block]++});
    }
  }
  in.expect(rejects == rejects_.size() && cohorts == cohorts_.size());
  for (std::size_t i = 0; i < blocks_.size(); ++i) in.expect(rows[i] == blocks_[i].rows.rows);
}

void RowGroup::head(const Place& place, std::uint64_t record, facts::RecordHead& head) const {
  const Block& block = blocks_[place.block];
  const std::uint32_t row = place.index;
  head.line = block.lines[row];
  head.sequence = record;
  head.subject = module_->subjects[block.subject].id;
  std::string* parts[] = {&head.id, &head.period, &head.unit, &head.cohort, &head.sheet, &head.closed_by, &head.closed_date};
  for (std::size_t i = 0; i < std::size(parts); ++i) {
    const std::uint32_t name = block.texts[i][row];
    if (name != 0 || !parts[i]->empty()) *parts[i] = names_.at(name);   // most are empty for most records, and assigning is not for free
  }
  head.closed = block.closed[row] != 0;
  head.presumed.clear();
  head.decisions.clear();
  for (std::uint32_t i = row == 0 ? 0 : block.presumed_ends[row - 1]; i < block.presumed_ends[row]; ++i)
    head.presumed.emplace_back(names_.at(block.presumed[i]));
  for (std::uint32_t i = row == 0 ? 0 : block.decision_ends[row - 1]; i < block.decision_ends[row]; ++i) head.decisions.push_back(block.decisions[i]);
  head.overrides.clear();
  for (std::uint32_t i = row == 0 ? 0 : block.override_ends[row - 1]; i < block.override_ends[row]; i += kOverrideTexts) {
    const auto text = [&](std::uint32_t at) { return std::string(names_.at(block.overrides[i + at])); };
    head.overrides.push_back({text(0), text(1), text(2), text(3), text(4), text(5)});
  }
}

facts::Reject RowGroup::reject(const Place& place, std::uint64_t record) const {
  facts::Reject reject = rejects_[place.index];
  reject.sequence = record;
  return reject;
}

facts::CohortRecord RowGroup::cohort(const Place& place, std::uint64_t record) const {
  facts::CohortRecord cohort = cohorts_[place.index];
  cohort.head.sequence = record;
  return cohort;
}

}  // namespace quy::columns

// More work never lowers the points: how each criterion's points move with each number that it reads.

#include "analysis/record/slice.h"
#include "analysis/direction.h"
#include "analysis/record/pair.h"
#include "analysis/theorems/settle.h"
#include "analysis/theorems/sheet.h"
#include "analysis/theorems/theorems.h"

namespace quy::analysis {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Register;
using symbolic::Verdict;

namespace {

constexpr std::uint32_t kAtLeast = 0, kGreater = 1, kLess = 3;  ///< signs of comparisons, as in opcodes.def

bool is_number(const Field& field) {
  const bool is_stated = field.place == FieldPlace::evidence || field.place == FieldPlace::score;
  return is_stated && field.kind >= FieldKind::count && field.kind <= FieldKind::days;
}

std::vector<std::uint32_t> numbers_read(const bytecode::Subject& subject, const ItemRegisters& item) {
  const Differs read = evidence_read(subject, {item.points});
  std::vector<std::uint32_t> all;
  for (std::uint32_t field = 0; field < subject.fields.size(); ++field) {
    const bool is_read = subject.fields[field].list == kNone ? read.fields.contains(field)
                                                             : read.lists.contains(subject.fields[field].list);
    if (is_read && is_number(subject.fields[field])) all.push_back(field);
  }
  return all;
}

class DirectionSearch {
 public:
  DirectionSearch(const Inquiry& inquiry, const Module& part, std::uint32_t criterion, std::uint32_t field)
      : inquiry_(inquiry),
        pair_(part, {.fields = {field}, .lists = {}}),
        item_(registers_of(pair_.subject(), criterion)),
        field_(field) {}

  Statement run() {
    const Register more = rises();
    const Register points = item_.points, other = pair_.second(points);
    const Register falls = pair_.all({more, pair_.compare(other, kLess, points)});
    const Register gains = pair_.all({more, pair_.compare(other, kGreater, points)});
    const std::vector<Reply> replies =
        settle(inquiry_, pair_.module(), {falls, gains}, {is_true(falls), is_true(gains)});
    return statement(replies[0], replies[1]);
  }

 private:
  /// The number is larger in the second record, and the criterion applies in both.
  Register rises() {
    const Register before = pair_.field(field_), after = pair_.field(pair_.second_field(field_));
    // A row that has no number keeps having none.
    const Register has_none = pair_.all({pair_.left_out(before), pair_.left_out(after)});
    const Register not_less = pair_.any({pair_.compare(after, kAtLeast, before), has_none});
    const Register larger = pair_.some_row(pair_.compare(after, kGreater, before));
    const Register applies = pair_.all({pair_.negation(item_.left_out), pair_.negation(pair_.second(item_.left_out))});
    return pair_.all({larger, pair_.every_row(not_less), applies});
  }

  Statement statement(const Reply& falls, const Reply& gains) const {
    Statement statement;
    for (const Reply* reply : {&falls, &gains}) {
      if (reply->verdict == Verdict::possible) {
        statement.witness.push_back(taken(inquiry_.of(), pair_.first(reply->record)));
        statement.witness.push_back(taken(inquiry_.of(), pair_.second(reply->record)));
      }
      if (reply->verdict == Verdict::not_settled) statement.not_analysed = reply->not_analysed;
    }
    const bool can_fall = falls.verdict != Verdict::impossible, can_gain = gains.verdict != Verdict::impossible;
    const bool is_open = falls.verdict == Verdict::not_settled || gains.verdict == Verdict::not_settled;
    if (can_fall && can_gain && is_open) return statement;
    statement.direction = can_fall && can_gain ? Direction::mixed
                          : can_fall           ? Direction::down
                          : can_gain           ? Direction::up
                                               : Direction::none;
    if (statement.direction != Direction::mixed) statement.proof = Proof::solver;
    statement.standing = statement.direction != Direction::mixed ? Standing::proved
                         : is_whole_of_part()                    ? Standing::excepted
                                                                 : Standing::refuted;
    return statement;
  }

  bool is_whole_of_part() const {
    const std::vector<Field>& fields = pair_.subject().fields;
    for (const std::uint32_t part : numbers_read(pair_.subject(), item_))
      for (std::uint32_t whole = fields[part].at_most_field; whole != kNone; whole = fields[whole].at_most_field)
        if (whole == field_) return true;
    return false;
  }

  const Inquiry& inquiry_;
  Pair pair_;
  ItemRegisters item_;
  std::uint32_t field_;
};

}  // namespace

std::vector<Statement> directions_of_points(const Inquiry& inquiry) {
  const bytecode::Subject& subject = inquiry.of();
  std::vector<Statement> all;
  for (std::uint32_t criterion = 0; criterion < subject.criteria.size(); ++criterion) {
    const ItemRegisters item = registers_of(subject, criterion);
    const Module part = with_maxima_stated(slice(inquiry.module, subject, {item.points, item.left_out}));
    const ItemRegisters in_part = registers_of(part.subjects.front(), criterion);
    for (const std::uint32_t field : numbers_read(subject, item)) {
      Statement statement;
      statement.standing = Standing::proved;
      statement.proof = Proof::form;
      statement.direction = direction_by_form(part, part.subjects.front(), field, in_part.value);
      if (statement.direction == Direction::mixed) statement = DirectionSearch(inquiry, part, criterion, field).run();
      statement.theorem = Theorem::more_never_lowers;
      statement.criterion = criterion;
      statement.field = field;
      if (sign_of(subject, criterion) == 1) statement.direction = opposite(statement.direction);
      all.push_back(std::move(statement));
    }
  }
  return all;
}

}  // namespace quy::analysis

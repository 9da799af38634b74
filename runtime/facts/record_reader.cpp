#include "runtime/facts/record_reader.h"

#include <algorithm>

#include "runtime/facts/decimal.h"

namespace quy::facts {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using vm::FieldState;

/// In the order of kTopNames.
enum Top : std::uint8_t {
  top_id,
  top_subject,
  top_period,
  top_unit,
  top_cohort,
  top_evidence,
  top_scores,
  top_decisions,
  top_maxima,
  top_overrides,
  top_closed,
  top_meta,
  top_kind
};
const std::vector<std::string> kTopNames{"id",     "subject",   "period", "unit",   "cohort", "evidence",
                                         "scores", "decisions", "maxima", "overrides", "closed", "meta", "kind"};
/// What a cohort's record may hold beside its head; the clauses' outcomes, in the order of CohortRecord::Outcome.
const std::vector<std::string> kKinds{"cohort"}, kCohortOutcomes{"raised", "as_proposed"};

enum DecisionKey : std::uint8_t {
  decision_clause,
  decision_outcome,
  decision_document,
  decision_date,
  decision_reason
};
const std::vector<std::string> kDecisionNames{"clause", "outcome", "document", "date", "reason"};

enum ClosedKey : std::uint8_t { closed_by_key, closed_date_key };
const std::vector<std::string> kClosedNames{"by", "date"};

enum GroundsKey : std::uint8_t { grounds_reason, grounds_document };
const std::vector<std::string> kGroundsNames{"reason", "document"};

const Bilingual kObject{"một đối tượng {…}", "an object {…}"};

/// The name of a field's place in the record, as a path shows it.
std::string place_of(const Field& field, const std::string& stage) {
  switch (field.place) {
    case FieldPlace::score: return "scores." + stage + "." + field.id;
    case FieldPlace::maximum: return "maxima." + field.id;
    default: return "evidence." + field.id;
  }
}

/// Nothing when some quota of the module has the clause, as that of its raised rate when `raised`; else the message.
std::optional<Message> clause_of_quota(const bytecode::Module& module, std::string_view clause, bool raised) {
  std::vector<std::string> known;
  for (const bytecode::RatingInfo& rating : module.ratings)
    for (const bytecode::QuotaInfo& quota : rating.quotas)
      for (const std::string& id : raised ? quota.raised_clauses : quota.clauses) known.push_back(id);
  std::string listed;
  for (const std::string& id : known) {
    if (id == clause) return std::nullopt;
    listed += (listed.empty() ? "" : ", ") + id;
  }
  return not_there(Diag::cohort_clause_unknown, {shown(clause), listed}, clause, known);
}

}  // namespace

RecordReader::RecordReader(const bytecode::Module& module, vm::TextPool& texts, ReadOptions options, const Versions* versions)
    : plans_(module, options.stage),
      stage_(std::move(options.stage)),
      texts_(texts),
      others_(module, versions),
      values_(cursor_, texts, others_),
      module_(module),
      top_keys_(kTopNames),
      decision_keys_(kDecisionNames),
      closed_keys_(kClosedNames),
      grounds_keys_(kGroundsNames) {}

void RecordReader::read(const RecordText& text, std::uint64_t line, std::uint64_t sequence, Reader::Sink& sink) {
  sink_ = &sink;
  plan_ = nullptr;
  batch_ = nullptr;
  forget_record();
  if (read_as_before(text) || read_with_care(text)) {
    if (is_cohort_) return sink.cohort({head(line, sequence), std::move(cohort_decisions_)});
    sink.row(*batch_, row_, head(line, sequence));
    return;
  }
  if (batch_) batch_->drop_row();
  Fault& fault = cursor_.fault();
  sink.reject({line, sequence, std::string(id_), std::move(fault.field), std::move(fault.reason)});
}

void RecordReader::forget_record() {
  forget_texts();
  closed_ = is_cohort_ = false;
  scored_stages_ = justified_stages_ = 0;
  stored_scores_ = 0;
  for (auto& mark : later_) mark.reset();
  own_scores_.clear();
  decided_.clear();
  presumed_.clear();
  overrides_.clear();
  stage_grounds_.clear();
  values_.overrides().clear();
  cohort_decisions_.clear();
  if (!outside_.empty()) outside_.clear();
}

void RecordReader::forget_texts() {
  id_ = subject_ = period_text_ = unit_ = cohort_ = closed_by_ = closed_date_ = maxima_by_ = maxima_document_ = {};
}

/// What a guess at the subject led to is believed only if all went well; else the record is read again without one.
bool RecordReader::read_with_care(const RecordText& text) {
  guessed_ = false;
  const bool good = walk(text);
  if (!guessed_ || good) {
    if (good && plan_ != nullptr) last_subject_ = plan_->subject->id;
    return good;
  }
  if (batch_) batch_->drop_row();
  plan_ = nullptr;
  batch_ = nullptr;
  guessed_ = false;
  forget_record();
  last_subject_ = {};
  return read_with_care(text);
}

bool RecordReader::walk(const RecordText& text) {
  forget_texts();   // what a pattern has read of them may be part of a text only
  ordinary_ = true;
  learning_ = false;
  subject_end_ = nullptr;
  opening_values_.clear();
  pattern_values_.clear();
  cursor_.start(text);
  if (!record()) return false;
  if (learning_ && ordinary_ && subject_end_ != nullptr) learn_pattern(text);
  return true;
}

const RecordHead& RecordReader::head(std::uint64_t line, std::uint64_t sequence) {
  // Most are empty for most records, and assigning is not for free.
  const auto put = [](std::string& to, std::string_view text) {
    if (!to.empty() || !text.empty()) to = text;
  };
  head_.line = line;
  head_.sequence = sequence;
  put(head_.id, id_);
  head_.subject = plan_ == nullptr ? std::string_view() : std::string_view(plan_->subject->id);
  put(head_.period, period_text_);
  put(head_.unit, unit_);
  put(head_.cohort, cohort_);
  head_.closed = closed_;
  put(head_.closed_by, closed_by_);
  put(head_.closed_date, closed_date_);
  head_.presumed = presumed_;
  head_.decisions = decided_;
  head_.overrides = overrides_;
  return head_;
}

bool RecordReader::repeated(std::string_view name) { return cursor_.fail({Diag::key_repeated, {name}, {}}); }

bool RecordReader::under(std::string_view part) {
  cursor_.fault().under(part);
  return false;
}

bool RecordReader::record() {
  if (cursor_.here() != '{') {
    const Bilingual* found = value_word(cursor_.here());
    if (found == nullptr) return cursor_.malformed({"cần một đối tượng {…}", "an object {…} is expected"});
    return cursor_.skip_value() && cursor_.fail({Diag::record_not_object, {*found}, {}});
  }
  if (!cursor_.object(top_keys_, [this](std::uint32_t key, std::string_view name) { return top_member(key, name) || under(name); })) return false;
  if (!cursor_.at_end()) return cursor_.malformed({"thừa nội dung sau bản ghi", "something follows the record"});
  if (is_cohort_) return !guessed_ && cohort_record();
  return has_head() && open_row(subject_) && read_sections_left() && finish();
}

// ---------------------------------------------------------------- the top level

bool RecordReader::top_member(std::uint32_t key, std::string_view name) {
  if (key == kNone) return top_keys_.is_known(name) ? repeated(name) : outside_member(name);
  ordinary_ = ordinary_ && key <= top_scores;
  switch (static_cast<Top>(key)) {
    case top_id: return text_of_head(name, PatternValue::Text::id, id_);
    case top_subject: return name_subject();
    case top_period: return read_period();
    case top_unit: return text_of_head(name, PatternValue::Text::unit, unit_);
    case top_cohort: return text_of_head(name, PatternValue::Text::cohort, cohort_);
    case top_evidence: return section(evidence_section);
    case top_scores: return section(scores_section);
    case top_decisions: return section(decisions_section);
    case top_maxima: return section(maxima_section);
    case top_overrides: return section(overrides_section);
    case top_closed: return closed();
    case top_kind: return name_kind();
    case top_meta: return cursor_.here() == '{' ? cursor_.skip_value() : values_.wrong_type(name, kObject);
  }
  return false;
}

/// Keys beginning with x_ are carried and ignored; what they hold must be JSON all the same.
bool RecordReader::outside_member(std::string_view name) {
  ordinary_ = false;
  if (!name.starts_with("x_")) {
    const Bilingual where{"tầng ngoài cùng của bản ghi", "the record's top level"};
    return cursor_.fail(not_there(Diag::key_unknown, {shown(name), where}, name, kTopNames));
  }
  if (!outside_.insert(name).second) return cursor_.fail({Diag::key_repeated, {shown(name)}, {}});
  return cursor_.skip_value();
}

bool RecordReader::text_of_head(std::string_view name, PatternValue::Text which, std::string_view& text) {
  if (!values_.text_or_null(name, text)) return false;
  note_text(which, text);
  return true;
}

bool RecordReader::name_subject() {
  if (!values_.text_or_null("subject", subject_)) return false;
  if (subject_.empty()) return true;
  if (guessed_) return subject_ == plan_->subject->id;
  if (!open_row(subject_)) return false;
  if (cursor_.holds(subject_)) subject_end_ = subject_.data() + subject_.size();
  learning_ = plan_->pattern.is_due();
  return true;
}

bool RecordReader::name_kind() {
  std::string_view kind;
  if (!values_.text_or_null("kind", kind)) return false;
  is_cohort_ = kind == kKinds.front();
  if (is_cohort_ || kind.data() == nullptr) return true;
  return cursor_.fail(not_there(Diag::choice_unknown, {shown(kind), Bilingual{"một loại bản ghi", "a kind of record"}, "kind"}, kind, kKinds));
}

/// Finds the subject's plan and takes a row in its batch; does nothing when that was done.
bool RecordReader::open_row(std::string_view subject) {
  if (batch_) return true;
  plan_ = plans_.find(subject);
  if (plan_ && plan_->lacks_stage) {
    return cursor_.fail(not_there(Diag::stage_unknown, {stage_, subject}, stage_, plan_->subject->stages));
  }
  batch_ = plan_ ? sink_->batch(subject) : nullptr;
  if (!batch_)
    return cursor_.fail(not_there(Diag::subject_unknown, {shown(subject)}, subject, plans_.subjects().names()));
  row_ = batch_->add_row();
  values_.use(*plan_);
  return true;
}

bool RecordReader::read_period() {
  if (!values_.text_or_null("period", period_text_)) return false;
  if (period_text_.data() == nullptr) return true;
  set_period();
  return period_ || cursor_.fail({Diag::period_bad, {shown(period_text_)}, {}});
}

/// From `period_text_`, which is nearly always the last record's.
void RecordReader::set_period() {
  if (period_text_ == parsed_period_) return;
  period_ = parse_period(period_text_);
  if (period_)
    for (std::size_t span = 0; span < kSpans; ++span) place_in_[span] = place_in(static_cast<Span>(span), *period_);
  parsed_period_ = period_text_;
}

bool RecordReader::closed() {
  if (cursor_.here() == 'n') return cursor_.literal("null");
  if (cursor_.here() != '{') return values_.wrong_type("closed", kObject);
  const bool whole =
      cursor_.object(closed_keys_, [this](std::uint32_t key, std::string_view name) { return closed_member(key, name) || under(name); });
  if (!whole) return false;
  if (closed_by_.empty()) return cursor_.fail({Diag::key_missing, {"by"}, {}});
  if (closed_date_.empty()) return cursor_.fail({Diag::key_missing, {"date"}, {}});
  closed_ = true;
  return true;
}

bool RecordReader::closed_member(std::uint32_t key, std::string_view name) {
  if (key == kNone && closed_keys_.is_known(name)) return repeated(name);
  if (key == kNone) return cursor_.fail(not_there(Diag::key_unknown, {shown(name), "closed"}, name, kClosedNames));
  return key == closed_by_key ? values_.text_or_null(name, closed_by_) : values_.day_or_null(name, closed_date_);
}

bool RecordReader::guess_subject() {
  guessed_ = !last_subject_.empty() && open_row(last_subject_);
  return guessed_;
}

/// Reads a section now, or notes where it is when the subject has not been named yet.
bool RecordReader::section(Section which) {
  if (cursor_.here() == 'n') return cursor_.literal("null");
  if (batch_) return read_section(which);
  ordinary_ = false;
  if ((which == evidence_section || which == scores_section) && guess_subject()) return read_section(which);
  later_[which] = cursor_.mark();
  return cursor_.pass_over();
}

bool RecordReader::read_section(Section which) {
  switch (which) {
    case evidence_section: return evidence();
    case scores_section: return scores();
    case decisions_section: return decisions();
    case maxima_section: return maxima();
    case overrides_section: return overrides();
    case section_count: break;
  }
  return false;
}

bool RecordReader::read_sections_left() {
  for (const Section which : {evidence_section, scores_section, decisions_section, maxima_section, overrides_section}) {
    if (!later_[which]) continue;
    cursor_.return_to(*later_[which]);
    if (!read_section(which)) return under(kTopNames[static_cast<std::size_t>(top_evidence) + which]);
  }
  return true;
}

/// What another version knows is no error, and has no place in this one.
bool RecordReader::unknown_field(std::string_view name, const Bilingual& what, const KeySet& known, KeySet SubjectPlan::*keys) {
  if (others_.know(plan_->subject->id, [&](const SubjectPlan& other) { return (other.*keys).is_known(name); }))
    return passed_over_.insert(name).second ? cursor_.skip_value() : repeated(name);
  return cursor_.fail(not_there(Diag::field_unknown, {shown(name), what, plan_->subject->id}, name, known.names()));
}

// ---------------------------------------------------------------- evidence

bool RecordReader::evidence() {
  if (cursor_.here() != '{') return values_.wrong_type("evidence", kObject);
  if (!passed_over_.empty()) passed_over_.clear();
  const auto store = [this](std::uint32_t, const QuickField& field, std::int64_t scaled, const char* begin, const char* end) {
    store_quick(field, scaled);
    if (learning_) pattern_values_.push_back({PatternValue::Text::none, &field, begin, end});
  };
  return cursor_.object(
      plan_->evidence, [this](std::uint32_t key, std::string_view name) { return evidence_member(key, name) || under(name); },
      [&](const char* at, const char* end) { return quick_members(plan_->evidence, plan_->quick_evidence, at, end, store); });
}

bool RecordReader::evidence_member(std::uint32_t key, std::string_view name) {
  ordinary_ = false;
  if (key == kNone && plan_->evidence.is_known(name)) return repeated(name);
  if (key == kNone) return unknown_field(name, {"trường minh chứng", "an evidence field"}, plan_->evidence, &SubjectPlan::evidence);
  const SubjectPlan::Entry& entry = plan_->entries[key];
  if (entry.is_list) {
    list_.present = false;
    if (!values_.read(plan_->lists[entry.index], list_, {})) return false;
    if (list_.present) store_list(plan_->lists[entry.index], list_);
    return true;
  }
  const FieldPlan& field = plan_->fields[entry.index];
  Value value;
  if (!values_.read(field, value, {})) return false;
  store(entry.index, value);
  return true;
}

void RecordReader::store_at(std::uint32_t field, std::uint32_t position, const Value& value) {
  if (value.state == FieldState::value) {
    batch_->set_value(field, position, value.scaled);
  } else if (value.state != FieldState::missing) {
    batch_->set_left_out(field, position, value.state);
  }
}

void RecordReader::store_list(const ListPlan& list, const ListValue& value) {
  batch_->open_list(list.index);
  const Value* cell = value.cells.data();
  for (std::uint32_t item = 0; item < value.items; ++item) {
    const std::uint32_t position = batch_->add_item(list.index);
    for (const FieldPlan& field : list.fields) store_at(field.index, position, *cell++);
  }
}

// ---------------------------------------------------------------- scores

bool RecordReader::scores() {
  if (cursor_.here() != '{') return values_.wrong_type("scores", kObject);
  scores_.resize(plan_->subject->stages.size() * plan_->score_fields.size());
  grounds_.resize(scores_.size());
  return cursor_.object([&](std::string_view name) { return stage_member(name) || under(name); });
}

bool RecordReader::stage_member(std::string_view name) {
  const std::vector<std::string>& stages = plan_->subject->stages;
  const std::uint32_t stage = plan_->find_stage(name);
  if (stage == kNone)
    return cursor_.fail(not_there(Diag::stage_unknown, {shown(name), plan_->subject->id}, name, stages));
  if (is_scored(stage)) return repeated(name);
  scored_stages_ |= std::uint64_t{1} << stage;
  const auto first = scores_.begin() + static_cast<std::ptrdiff_t>(stage * plan_->score_fields.size());
  std::fill(first, first + static_cast<std::ptrdiff_t>(plan_->score_fields.size()), Score{});
  if (cursor_.here() == 'n') return cursor_.literal("null");
  if (cursor_.here() != '{') return values_.wrong_type(name, kObject);
  if (!passed_over_.empty()) passed_over_.clear();
  Score* const of_stage = &*first;
  const bool rated = stage == plan_->stage;
  ordinary_ = ordinary_ && rated;   // what other stages gave is compared with it
  const auto store = [&](std::uint32_t key, const QuickField& field, std::int64_t scaled, const char* begin, const char* end) {
    of_stage[key].state = FieldState::value;
    of_stage[key].scaled = scaled;
    if (rated) batch_->set_fresh(field.index, row_, scaled), ++stored_scores_;
    if (learning_) pattern_values_.push_back({PatternValue::Text::none, &field, begin, end});
  };
  return cursor_.object(
      plan_->scores, [&](std::uint32_t key, std::string_view id) { return score(stage, key, id) || under(id); },
      [&](const char* at, const char* end) { return quick_members(plan_->scores, plan_->quick_scores, at, end, store); });
}

bool RecordReader::score(std::uint32_t stage, std::uint32_t key, std::string_view name) {
  ordinary_ = false;
  if (key == kNone && plan_->scores.is_known(name)) return repeated(name);
  if (key == kNone)
    return unknown_field(name, {"tiêu chí do người chấm", "a criterion that people score"}, plan_->scores, &SubjectPlan::scores);
  Score& score = scores_[stage * plan_->score_fields.size() + key];
  const std::uint32_t field = plan_->score_fields[key];
  score.same = says_same();
  if (score.same) return true;
  Value value;
  if (!values_.read(plan_->fields[field], value, {.wrapped = true, .staged = false})) return false;
  score = {value.scaled, value.state, false, true};
  grounds_[stage * plan_->score_fields.size() + key] = {value.reason, value.source};
  if (stage > 0 && !value.by.empty()) own_scores_.push_back({field, stage, value.by});
  return true;
}

/// `"same"`: the scorer agrees with the stage before.
bool RecordReader::says_same() {
  if (cursor_.here() != '"') return false;
  const Cursor::Mark before = cursor_.mark();
  std::string_view word;
  if (cursor_.string(word) && word == "same") return true;
  cursor_.return_to(before);
  return false;
}

void RecordReader::store_scores() {
  const std::size_t count = plan_->score_fields.size();
  if (scored_stages_ == 0 || plan_->stage == kNone || stored_scores_ == count) return;
  for (std::size_t key = 0; key < count; ++key) {
    const Score& score = score_at(plan_->stage, key);
    const std::uint32_t field = plan_->score_fields[key];
    if (score.state == FieldState::value) {
      batch_->set_fresh(field, row_, score.scaled);
    } else if (score.state != FieldState::missing) {
      batch_->set_left_out(field, row_, score.state);
    }
  }
}

/// The score that a stage gives, or takes over by `"same"`.
const RecordReader::Score& RecordReader::score_at(std::size_t stage, std::size_t key) const {
  static constexpr Score kNotScored;
  const std::size_t count = plan_->score_fields.size();
  while (stage > 0 && is_scored(stage) && scores_[stage * count + key].same) --stage;
  return is_scored(stage) ? scores_[stage * count + key] : kNotScored;
}

/// Nobody scores himself at a later stage.
bool RecordReader::scored_by_others() {
  for (const OwnScore& own : own_scores_) {
    if (own.by != id_) continue;
    const std::string& stage = plan_->subject->stages[own.stage];
    cursor_.fail({Diag::scored_by_self, {own.by, stage}, {}});
    return under(place_of(plan_->subject->fields[own.field], stage));
  }
  return true;
}

// ---------------------------------------------------------------- proposed maxima

bool RecordReader::maxima() {
  if (cursor_.here() != '{') return values_.wrong_type("maxima", kObject);
  if (!passed_over_.empty()) passed_over_.clear();
  maxima_.assign(plan_->maximum_fields.size(), {});
  if (!cursor_.object(plan_->maxima, [this](std::uint32_t key, std::string_view name) { return maximum(key, name) || under(name); })) return false;
  store_maxima();
  return true;
}

bool RecordReader::maximum(std::uint32_t key, std::string_view name) {
  if (key != kNone)
    return values_.read(plan_->fields[plan_->maximum_fields[key]], maxima_[key], {.wrapped = true, .staged = false});
  if (plan_->maxima.is_known(name)) return repeated(name);
  std::string_view* approval = name == "by" ? &maxima_by_ : name == "document" ? &maxima_document_ : nullptr;
  if (!approval)
    return unknown_field(name, {"tiêu chí có điểm tối đa đề xuất", "a criterion with a proposed maximum"},
                         plan_->maxima, &SubjectPlan::maxima);
  if (approval->data() != nullptr) return repeated(name);
  return values_.text_or_null(name, *approval);
}

/// A maximum that needs approval counts once someone has approved it by a document.
void RecordReader::store_maxima() {
  for (std::size_t key = 0; key < maxima_.size(); ++key) {
    const FieldPlan& field = plan_->fields[plan_->maximum_fields[key]];
    const Value& value = maxima_[key];
    const bool approved =
        (!maxima_by_.empty() && !maxima_document_.empty()) || (!value.by.empty() && !value.source.empty());
    if (approved || !field.field->needs_document) store(field.index, value);
  }
}

// ---------------------------------------------------------------- overrides

/// `"overrides":{"<stage>":{"reason":…,"document":…}}`: for all that the stage changes without a reason or document of its own.
bool RecordReader::overrides() {
  if (cursor_.here() != '{') return values_.wrong_type("overrides", kObject);
  stage_grounds_.assign(plan_->subject->stages.size(), {});
  return cursor_.object([this](std::string_view name) { return grounds_of_stage(name) || under(name); });
}

bool RecordReader::grounds_of_stage(std::string_view name) {
  const std::vector<std::string>& stages = plan_->subject->stages;
  const std::uint32_t stage = plan_->find_stage(name);
  if (stage == kNone) return cursor_.fail(not_there(Diag::stage_unknown, {shown(name), plan_->subject->id}, name, stages));
  if (stage < kFirstOverridingStage) {
    const Bilingual where{"`overrides`: bước này không sửa của bước trước", "`overrides`: this stage overrides nothing"};
    return cursor_.fail({Diag::key_unknown, {name, where}, {}});
  }
  const std::uint64_t bit = std::uint64_t{1} << stage;
  if ((justified_stages_ & bit) != 0) return repeated(name);
  justified_stages_ |= bit;
  if (cursor_.here() == 'n') return cursor_.literal("null");
  if (cursor_.here() != '{') return values_.wrong_type(name, kObject);
  return cursor_.object(grounds_keys_, [&](std::uint32_t key, std::string_view part) { return ground(stage_grounds_[stage], key, part) || under(part); });
}

bool RecordReader::ground(Grounds& grounds, std::uint32_t key, std::string_view name) {
  if (key == kNone && grounds_keys_.is_known(name)) return repeated(name);
  if (key == kNone) return cursor_.fail(not_there(Diag::key_unknown, {shown(name), "overrides"}, name, kGroundsNames));
  return values_.text_or_null(name, key == grounds_reason ? grounds.reason : grounds.document);
}

bool RecordReader::overrides_are_justified() {
  note_score_overrides();
  for (ReadOverride& read : values_.overrides())
    if (!is_justified(read)) return false;
  keep_overrides();
  return true;
}

void RecordReader::note_score_overrides() {
  const std::vector<std::string>& stages = plan_->subject->stages;
  for (std::uint32_t stage = kFirstOverridingStage; stage < stages.size(); ++stage) {
    if (!is_scored(stage) || !is_scored(stage - 1)) continue;
    for (std::size_t key = 0; key < plan_->score_fields.size(); ++key) {
      const Score &given = score_at(stage, key), &before = score_at(stage - 1, key);
      const bool both = given.state == FieldState::value && before.state == FieldState::value;
      if (!both || given.scaled == before.scaled) continue;
      const Grounds none, &grounds = given.has_grounds ? grounds_[static_cast<std::size_t>(&given - scores_.data())] : none;
      const FieldPlan& field = plan_->fields[plan_->score_fields[key]];
      const std::string& id = field.field->id;
      values_.overrides().push_back({stage, field.index, place_of(*field.field, stages[stage]), id, grounds.reason, grounds.document,
                                     {stages[stage], "scores." + id, decimal_text(before.scaled, field.field->digits),
                                      decimal_text(given.scaled, field.field->digits), {}, {}}});
    }
  }
}

/// Completes it with the grounds of its stage.
bool RecordReader::is_justified(ReadOverride& read) {
  static const Bilingual no_reason{"lý do (`reason`)", "its `reason`"}, no_document{"văn bản (`source`)", "its `source`"};
  const Grounds of_stage = stage_grounds_.empty() ? Grounds{} : stage_grounds_[read.stage];
  read.change.reason = read.reason.empty() ? of_stage.reason : read.reason;
  read.change.document = read.document.empty() ? of_stage.document : read.document;
  if (!read.change.reason.empty() && !read.change.document.empty()) return true;
  cursor_.fail({Diag::override_lacks, {read.change.stage, read.name, read.change.reason.empty() ? no_reason : no_document}, {}});
  return under(read.path);
}

/// Those that the rated stage rests on, or makes itself.
void RecordReader::keep_overrides() {
  std::vector<ReadOverride>& all = values_.overrides();
  std::erase_if(all, [this](const ReadOverride& read) { return read.stage > plan_->stage; });
  std::stable_sort(all.begin(), all.end(), [](const ReadOverride& a, const ReadOverride& b) { return std::pair(a.stage, a.order) < std::pair(b.stage, b.order); });
  for (ReadOverride& read : all) overrides_.push_back(std::move(read.change));
}

// ---------------------------------------------------------------- decisions

bool RecordReader::decisions() {
  if (cursor_.here() != '[') return values_.wrong_type("decisions", {"một danh sách", "a list"});
  plan_->clauses.begin();
  std::size_t item = 0;
  return cursor_.array([&] {
    if (!decision()) return under("[" + std::to_string(item) + "]");
    ++item;
    return true;
  });
}

bool RecordReader::decision() {
  if (cursor_.here() != '{') return values_.wrong_type("decisions", kObject);
  Decision decision;
  if (!read_decision(decision)) return false;
  return take_decision(decision);
}

bool RecordReader::read_decision(Decision& decision) {
  return cursor_.object(decision_keys_,
                        [&](std::uint32_t key, std::string_view name) { return decision_member(decision, key, name) || under(name); });
}

bool RecordReader::decision_member(Decision& decision, std::uint32_t key, std::string_view name) {
  if (key == kNone && decision_keys_.is_known(name)) return repeated(name);
  if (key == kNone) {
    const Bilingual where{"một quyết định", "a decision"};
    return cursor_.fail(not_there(Diag::key_unknown, {shown(name), where}, name, kDecisionNames));
  }
  switch (static_cast<DecisionKey>(key)) {
    case decision_clause: return values_.text_or_null(name, decision.clause);
    case decision_document: return values_.text_or_null(name, decision.document);
    case decision_reason: return values_.text_or_null(name, decision.reason);
    case decision_date: return values_.day_or_null(name, decision.date);
    case decision_outcome:
      // What may stand here depends on the clause, which may come later.
      if (cursor_.here() != 'n') decision.outcome = cursor_.mark();
      return cursor_.skip_value();
  }
  return false;
}

bool RecordReader::take_decision(const Decision& decision) {
  if (decision.clause.empty()) return cursor_.fail({Diag::key_missing, {"clause"}, {}});
  const std::uint32_t key = plan_->clauses.take(decision.clause);
  if (key == kNone && plan_->clauses.is_known(decision.clause)) return repeated(decision.clause);
  if (key == kNone) {
    const std::vector<std::string>& known = plan_->clauses.names();
    cursor_.fail(
        not_there(Diag::decision_clause_unknown, {shown(decision.clause), plan_->subject->id}, decision.clause, known));
    return under("clause");
  }
  if (!decision.outcome) return cursor_.fail({Diag::key_missing, {"outcome"}, {}});
  const FieldPlan& field = plan_->fields[plan_->decision_fields[key]];
  if (!decision_is_complete(*field.field, decision)) return false;

  const Cursor::Mark after = cursor_.mark();
  cursor_.return_to(*decision.outcome);
  Value value;
  if (!values_.plain(field, value) || !outcome_is_allowed(field, value)) return under("outcome");
  cursor_.return_to(after);
  store(field.index, value);
  decided_.push_back(field.index);
  return true;
}

bool RecordReader::decision_is_complete(const Field& field, const Decision& decision) {
  if (field.needs_reason && decision.reason.empty()) {
    return cursor_.fail({Diag::decision_lacks, {field.clause, Bilingual{"lý do (`reason`)", "its `reason`"}}, {}});
  }
  if (field.needs_document && decision.document.empty()) {
    return cursor_.fail(
        {Diag::decision_lacks, {field.clause, Bilingual{"văn bản (`document`)", "its `document`"}}, {}});
  }
  return true;
}

bool RecordReader::outcome_is_allowed(const FieldPlan& field, const Value& value) {
  if (field.field->kind != FieldKind::level) return true;
  const std::uint32_t mask = field.field->allowed_levels;
  const auto allows = [mask](std::size_t level) { return (mask >> level & 1) != 0; };
  if (allows(static_cast<std::size_t>(value.scaled))) return true;
  const std::vector<std::string>& levels = plan_->levels.names();
  std::string allowed;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (allows(i)) allowed += (allowed.empty() ? "" : ", ") + levels[i];
  }
  return cursor_.fail({Diag::decision_not_allowed, {levels[static_cast<std::size_t>(value.scaled)], allowed}, {}});
}

// ---------------------------------------------------------------- cohorts

bool RecordReader::cohort_record() {
  const Bilingual where{"bản ghi của một nhóm", "a cohort's record"};
  if (subject_.data() != nullptr) return cursor_.fail({Diag::key_unknown, {"subject", where}, {}});
  for (const Section other : {evidence_section, scores_section, maxima_section, overrides_section}) {
    if (later_[other]) return cursor_.fail({Diag::key_unknown, {kTopNames[static_cast<std::size_t>(top_evidence) + other], where}, {}});
  }
  const std::pair<std::string_view, std::string_view> needed[] = {{"id", id_}, {"period", period_text_}};
  for (const auto& [name, text] : needed) {
    if (text.data() == nullptr) return cursor_.fail({Diag::key_missing, {name}, {}});
    if (text.empty()) return cursor_.fail({Diag::text_empty, {name}, {}}) || under(name);
  }
  if (!later_[decisions_section]) return cursor_.fail({Diag::key_missing, {"decisions"}, {}});
  cursor_.return_to(*later_[decisions_section]);
  return cohort_decisions() || under("decisions");
}

bool RecordReader::cohort_decisions() {
  if (cursor_.here() != '[') return values_.wrong_type("decisions", {"một danh sách", "a list"});
  return cursor_.array([this] { return cohort_decision() || under("[" + std::to_string(cohort_decisions_.size()) + "]"); });
}

bool RecordReader::cohort_decision() {
  if (cursor_.here() != '{') return values_.wrong_type("decisions", kObject);
  Decision decision;
  if (!read_decision(decision)) return false;
  if (decision.clause.empty()) return cursor_.fail({Diag::key_missing, {"clause"}, {}});
  if (!decision.outcome) return cursor_.fail({Diag::key_missing, {"outcome"}, {}});
  if (decision.document.empty()) {
    return cursor_.fail({Diag::decision_lacks, {shown(decision.clause), Bilingual{"văn bản (`document`)", "its `document`"}}, {}});
  }
  const Cursor::Mark after = cursor_.mark();
  cursor_.return_to(*decision.outcome);
  std::string_view outcome;
  if (!values_.text_or_null("outcome", outcome)) return under("outcome");
  const auto found = std::find(kCohortOutcomes.begin(), kCohortOutcomes.end(), outcome);
  if (found == kCohortOutcomes.end()) {
    cursor_.fail({Diag::decision_not_allowed, {shown(outcome), "raised, as_proposed"}, {}});
    return under("outcome");
  }
  cursor_.return_to(after);
  if (std::optional<Message> fault = clause_of_quota(module_, decision.clause, *found == kCohortOutcomes.front())) {
    cursor_.fail(std::move(*fault));
    return under("clause");
  }
  cohort_decisions_.push_back({std::string(decision.clause), static_cast<CohortRecord::Outcome>(found - kCohortOutcomes.begin()),
                               std::string(decision.document), std::string(decision.date), std::string(decision.reason)});
  return true;
}

// ---------------------------------------------------------------- the record as a whole

bool RecordReader::has_head() {
  const std::pair<std::string_view, std::string_view> needed[] = {
      {"id", id_}, {"subject", subject_}, {"period", period_text_}};
  for (const auto& [name, text] : needed) {
    if (text.data() == nullptr) return cursor_.fail({Diag::key_missing, {name}, {}});
    if (text.empty()) return cursor_.fail({Diag::text_empty, {name}, {}}) || under(name);
  }
  return true;
}

bool RecordReader::finish() {
  store_scores();
  store_presumed();
  store_pseudo_fields();
  return scored_by_others() && overrides_are_justified() && parts_fit();
}

/// Only a clause may turn a missing score into points, only on a record that someone has closed, and the result says so.
void RecordReader::store_presumed() {
  if (!closed_) return;
  for (const std::uint32_t field : plan_->presumed_fields) {
    if (batch_->state(field, row_) != FieldState::missing) continue;
    batch_->set_value(field, row_, *plan_->fields[field].presumed);
    presumed_.push_back(plan_->subject->fields[field].id);
  }
}

void RecordReader::store_pseudo_fields() {
  for (const std::uint32_t field : plan_->closed_fields) batch_->set_value(field, row_, closed_ ? 1 : 0);
  for (const std::uint32_t field : plan_->first_day_fields) batch_->set_value(field, row_, period_->first);
  for (const std::uint32_t field : plan_->last_day_fields) batch_->set_value(field, row_, period_->last);
  for (const auto& [field, span] : plan_->span_over_fields) batch_->set_value(field, row_, place_in_[static_cast<std::size_t>(span)].over ? 1 : 0);
  for (const auto& [field, span] : plan_->earlier_fields)
    if (place_in_[static_cast<std::size_t>(span)].first) batch_->set_value(field, row_, 0);
  if (unit_.data() == nullptr) return;
  for (const std::uint32_t field : plan_->unit_fields) batch_->set_value(field, row_, texts_.intern(unit_));
}

bool RecordReader::parts_fit() {
  for (const auto& [part, whole] : plan_->parts) {
    if (batch_->state(part, row_) != FieldState::value || batch_->state(whole, row_) != FieldState::value) continue;
    const std::int64_t less = batch_->value(part, row_);
    const std::int64_t more = batch_->value(whole, row_);
    if (!ValueReader::above(plan_->fields[part], less, plan_->fields[whole], more)) continue;
    cursor_.fail(ValueReader::above_message(plan_->fields[part], less, plan_->fields[whole], more));
    const std::string stage = plan_->stage == kNone ? std::string() : plan_->subject->stages[plan_->stage];
    return under(place_of(plan_->subject->fields[part], stage));
  }
  return true;
}

}  // namespace quy::facts

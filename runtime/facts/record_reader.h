#pragma once
// One record: its tokens to a row of its subject's batch, or to a reject.

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/numeric/date.h"
#include "runtime/facts/facts.h"
#include "runtime/facts/json_cursor.h"
#include "runtime/facts/other_versions.h"
#include "runtime/facts/subject_plan.h"
#include "runtime/facts/value_reader.h"

namespace quy::facts {

class RecordReader {
 public:
  /// `versions` may be null: those among which the module is one.
  RecordReader(const bytecode::Module& module, vm::TextPool& texts, ReadOptions options, const Versions* versions);

  /// Exactly one call of sink.row(), sink.cohort() or sink.reject().
  void read(const RecordText& record, std::uint64_t line, std::uint64_t sequence, Reader::Sink& sink);

 private:
  /// The members of a record that need its subject before they can be read.
  enum Section : std::uint8_t { evidence_section, scores_section, decisions_section, maxima_section, overrides_section, section_count };
  struct Score {
    std::int64_t scaled = 0;
    vm::FieldState state = vm::FieldState::missing;
    bool same = false;  ///< as at the stage before
    bool has_grounds = false;
  };
  /// Why a stage gives a score, or all that it changes, and by what document.
  struct Grounds {
    std::string_view reason, document;
  };
  struct OwnScore {
    std::uint32_t field, stage;
    std::string_view by;
  };
  struct Decision {
    std::string_view clause, document, reason, date;
    std::optional<Cursor::Mark> outcome;
  };

  bool read_as_before(const RecordText& text);
  void learn_pattern(const RecordText& text);
  void forget_texts();
  bool read_with_care(const RecordText& text);
  bool walk(const RecordText& text);
  void forget_record();
  bool text_of_head(std::string_view name, PatternValue::Text which, std::string_view& text);
  void store_quick(const QuickField& field, std::int64_t scaled) {
    if (field.form == QuickField::Form::list) return batch_->open_list(field.index);
    batch_->set_fresh(field.index, row_, scaled);
  }
  void set_period();
  void note_text(PatternValue::Text which, std::string_view content);
  bool record();
  bool top_member(std::uint32_t key, std::string_view name);
  bool outside_member(std::string_view name);
  bool open_row(std::string_view subject);
  bool guess_subject();
  bool section(Section which);
  bool read_section(Section which);
  bool read_sections_left();
  bool name_subject();
  bool name_kind();
  bool cohort_record();
  bool cohort_decisions();
  bool cohort_decision();
  bool read_period();
  bool closed();
  bool closed_member(std::uint32_t key, std::string_view name);

  bool evidence();
  bool evidence_member(std::uint32_t key, std::string_view name);
  bool scores();
  bool stage_member(std::string_view name);
  bool is_scored(std::size_t stage) const { return (scored_stages_ >> stage & 1) != 0; }
  bool score(std::uint32_t stage, std::uint32_t key, std::string_view name);
  bool says_same();
  bool maxima();
  bool maximum(std::uint32_t key, std::string_view name);
  void store_maxima();
  bool overrides();
  bool grounds_of_stage(std::string_view name);
  bool ground(Grounds& grounds, std::uint32_t key, std::string_view name);
  bool decisions();
  bool decision();
  bool read_decision(Decision& decision);
  bool decision_member(Decision& decision, std::uint32_t key, std::string_view name);
  bool take_decision(const Decision& decision);
  bool decision_is_complete(const bytecode::Field& field, const Decision& decision);
  bool outcome_is_allowed(const FieldPlan& field, const Value& value);
  bool unknown_field(std::string_view name, const Bilingual& what, const KeySet& known, KeySet SubjectPlan::*keys);

  bool finish();
  bool has_head();
  void store_scores();
  void store_presumed();
  void store_pseudo_fields();
  bool scored_by_others();
  bool overrides_are_justified();
  void note_score_overrides();
  bool is_justified(ReadOverride& read);
  void keep_overrides();
  const Score& score_at(std::size_t stage, std::size_t key) const;
  bool parts_fit();

  void store(std::uint32_t field, const Value& value) { store_at(field, row_, value); }
  void store_at(std::uint32_t field, std::uint32_t position, const Value& value);
  void store_list(const ListPlan& list, const ListValue& value);
  bool repeated(std::string_view name);
  bool under(std::string_view part);
  const RecordHead& head(std::uint64_t line, std::uint64_t sequence);

  Plans plans_;
  std::string stage_;
  vm::TextPool& texts_;
  Cursor cursor_;
  OtherVersions others_;
  ValueReader values_;
  const bytecode::Module& module_;
  KeySet top_keys_, decision_keys_, closed_keys_, grounds_keys_;
  ListValue list_;             ///< kept for its memory
  std::vector<Score> scores_;  ///< by stage, then by key of SubjectPlan::scores
  std::vector<Grounds> grounds_;   ///< the same, of scores that have some
  std::vector<Grounds> stage_grounds_;   ///< by stage, of the record at hand; empty when it has none
  std::vector<Value> maxima_;
  std::unordered_set<std::string_view> outside_;  ///< x_… keys met
  std::unordered_set<std::string_view> passed_over_;  ///< keys met, of the object at hand, that only other versions know

  RecordPattern opening_;      ///< of a record up to its subject
  std::uint64_t opening_number_ = 0;   ///< another one whenever the opening is
  RecordHead head_;            ///< of the last record that was handed on; kept for its memory
  std::string parsed_period_;  ///< what `period_` was made from

  // Of the record being read.
  Reader::Sink* sink_ = nullptr;
  SubjectPlan* plan_ = nullptr;
  vm::Batch* batch_ = nullptr;
  std::uint32_t row_ = 0;
  std::string_view id_, subject_, period_text_, unit_, cohort_, closed_by_, closed_date_, maxima_by_, maxima_document_;
  std::optional<Period> period_;
  std::array<PlaceInSpan, kSpans> place_in_{};   ///< of `period_`, by span
  bool closed_ = false, is_cohort_ = false;
  std::uint64_t scored_stages_ = 0;  ///< one bit a stage that the record has scores of
  std::uint64_t justified_stages_ = 0;  ///< the same, of grounds for what the stage changes
  // What a pattern is made of; `ordinary_` while there is nothing in the record that it could not hold.
  bool ordinary_ = false, learning_ = false;
  const char* subject_end_ = nullptr;   ///< its closing quote
  std::vector<PatternValue> opening_values_, pattern_values_;
  // Facts that stand before their subject are read as facts of the last record's subject, so that they need not be read twice.
  std::string_view last_subject_;   ///< of the module; empty: none, or no guess is to be made
  bool guessed_ = false;            ///< the row was taken for a subject that had not been named
  std::size_t stored_scores_ = 0;    ///< those of the rated stage that are in the batch already
  std::optional<Cursor::Mark> later_[section_count];
  std::vector<OwnScore> own_scores_;
  std::vector<std::uint32_t> decided_;
  std::vector<std::string> presumed_;
  std::vector<Override> overrides_;
  std::vector<CohortRecord::Decision> cohort_decisions_;
};

}  // namespace quy::facts

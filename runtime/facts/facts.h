#pragma once
// Evidence in: JSON records to batches, by the pack's own schema. See docs/evidence.md for the record's shape.
//
// The reader streams: memory does not grow with the number of records. It keeps the law records in = results out + rejects: every record
// either becomes a row or a Reject, in input order.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "runtime/facts/byte_source.h"
#include "runtime/facts/versions.h"
#include "runtime/vm/batch.h"

namespace quy::columns {
class RowGroup;  // runtime/columns/row_group.h
}

namespace quy::facts {

/// From this stage on a change of what the stage before holds overrides it, and needs a reason and a document: the second stage is there to
/// appraise, the later ones decide.
inline constexpr std::size_t kFirstOverridingStage = 2;

/// What a stage put in the place of what stood before it.
struct Override {
  std::string stage;
  std::string place;              ///< in the record: `evidence.van_ban`, `scores.uy_tin`; in a row of a list `evidence.viec.ma`
  std::string from, to;           ///< as a record writes values, states by their key; empty for texts and whole lists
  std::string reason, document;
  friend bool operator==(const Override&, const Override&) = default;
};

/// The parts of a record that do not enter the machine but reach its result.
struct RecordHead {
  std::uint64_t line = 0;      ///< from 1; for an array, the line where the record begins
  std::uint64_t sequence = 0;  ///< place among all records of the input, from 0
  std::string sheet;           ///< of the workbook that the record stands in, as its `line`; empty elsewhere
  std::string id, period, unit, cohort;
  std::string_view subject;    ///< the module's own text
  bool closed = false;
  std::string closed_by, closed_date;
  std::vector<std::string> presumed;     ///< criteria whose score was presumed
  std::vector<std::uint32_t> decisions;  ///< field indexes of decisions given
  std::vector<Override> overrides;       ///< at the rated stage or before it, by stage and field

  /// As by `=`, sooner: most parts are empty in most records.
  void assign(const RecordHead& other) {
    const auto copy = [](auto& to, const auto& from) {
      if (!to.empty() || !from.empty()) to = from;
    };
    line = other.line;
    sequence = other.sequence;
    subject = other.subject;
    closed = other.closed;
    copy(sheet, other.sheet);
    copy(id, other.id);
    copy(period, other.period);
    copy(unit, other.unit);
    copy(cohort, other.cohort);
    copy(closed_by, other.closed_by);
    copy(closed_date, other.closed_date);
    copy(presumed, other.presumed);
    copy(decisions, other.decisions);
    copy(overrides, other.overrides);
  }
};

/// `{"kind":"cohort"}`: what an authority decided about the quotas of one cohort. It rates nobody and has a result line of its own.
struct CohortRecord {
  /// `raised`: the raised rate of the quota that the clause belongs to; `as_proposed`: its places are given as the run proposes.
  enum class Outcome : std::uint8_t { raised, as_proposed };
  struct Decision {
    std::string clause;
    Outcome outcome = Outcome::as_proposed;
    std::string document, date, reason;
  };
  RecordHead head;   ///< id, period, unit and cohort
  std::vector<Decision> decisions;
};

struct Reject {
  std::uint64_t line = 0;
  std::uint64_t sequence = 0;
  std::string id;     ///< as far as it could be read
  std::string field;  ///< evidence.luot_kiem_tra; empty when the record as a whole is at fault
  Message reason;
  std::string sheet = {};   ///< as RecordHead::sheet
  std::string column = {};  ///< of a table, as spreadsheets count them (`D`); empty elsewhere
};

/// Which of a record's stages is rated; empty: the last declared one. Facts carry over from stage to stage, judgements do not.
struct ReadOptions {
  std::string stage;
  std::vector<std::string> also = {};   ///< stages at which each record is read too, before it is read at `stage`
};

/// Reads one input. `subject_row` gives the batch that takes records of that subject (nothing: unknown subject); `row` is called after a
/// record has been stored, `reject` when it was refused (its row taken back).
class Reader {
 public:
  struct Sink {
    virtual ~Sink() = default;
    /// Batch for a subject id, or nullptr when the pack does not hold it. Never a full batch.
    virtual vm::Batch* batch(std::string_view subject) = 0;
    /// The head is the reader's; it is another record's when this returns.
    virtual void row(vm::Batch& batch, std::uint32_t row, const RecordHead& head) = 0;
    virtual void reject(Reject reject) = 0;
    /// A record about a cohort; who does not rate lets it pass.
    virtual void cohort(CohortRecord) {}
    /// Who takes the record as it stands at a stage of ReadOptions::also. Nothing: it is not read there.
    virtual Sink* at_stage(std::size_t) { return nullptr; }
    /// Records that lie ready in columns, in input order. Who takes them so says true; anyone else gets them one by one.
    virtual bool take(const columns::RowGroup&) { return false; }
    /// Who takes the records of a version, where there are several; what no version reads is refused here.
    virtual Sink& of_version(std::uint32_t) { return *this; }
    /// A record of a version that is not read.
    virtual void passed_over(std::uint64_t) {}
    /// The records that follow come from this source, for inputs that hold several.
    virtual void source(const std::string&) {}
  };

  Reader(const bytecode::Module& module, vm::TextPool& texts, ReadOptions options);
  /// Each record is read by the version in force, with the texts of that version. Records of versions without texts are passed over.
  Reader(const Versions& versions, const std::vector<vm::TextPool*>& texts, ReadOptions options);
  ~Reader();

  /// Reads a whole input (NDJSON, or one JSON array) from a file or, for "-", standard input. Returns a Q08xx message when the input cannot
  /// be read at all.
  std::optional<Message> read(const std::string& path, Sink& sink);
  /// The same from bytes of any source.
  std::optional<Message> read(ByteSource& source, Sink& sink) { return read(source, sink, 0); }
  /// A further piece of an input that has several (the sheets of a workbook): its records are counted from `sequence` on.
  std::optional<Message> read(ByteSource& source, Sink& sink, std::uint64_t sequence);
  /// What the next record of the input would be numbered.
  std::uint64_t next_sequence() const;
  /// The same from memory; for tests and tools.
  std::optional<Message> read_text(std::string_view text, Sink& sink);
  /// Whole lines from the middle of an input, the first of them numbered `line` (from 1), their records counted from `sequence` (from 0).
  void read_lines(std::string_view text, std::uint64_t line, std::uint64_t sequence, Sink& sink);

  const ReadOptions& options() const;
  /// Of a reader without versions.
  vm::TextPool& texts() const;
  /// Null where there is one module only.
  const Versions* versions() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// JSON Schema (draft 2020-12) of one subject's records.
std::string json_schema(const bytecode::Module& module, std::uint32_t subject);

}  // namespace quy::facts

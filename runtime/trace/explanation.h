#pragma once
// Why a record has its rating, as a tree: built once, written as text for people and as JSON for tools.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/trace/result.h"
#include "runtime/trace/result_writer.h"

namespace quy::trace {

/// How a statement came out for this record.
enum class Mark : std::uint8_t { none, holds, fails, missing, left_out };

struct Line {
  Mark mark = Mark::none;
  std::string phase;                   ///< id for tools: band, need, force …
  std::string text;
  std::vector<std::string> clauses;
  std::vector<Line> parts;
};

/// One line of the table of points.
struct PointsRow {
  std::string id, label;
  bool is_group = false;
  int depth = 0;
  PointsLine values;
  std::string note;                    ///< on what was left out
  std::vector<std::string> clauses;
  std::vector<Line> conditions;
};

struct OutcomeLine {
  std::string id, label;
  std::vector<Line> needs;
};

struct MissingItem {
  std::string id, label, place;
};

struct ExplanationTree {
  std::string id, subject, subject_label, period, unit, stage;
  PackIdentity pack;
  std::string pack_label;
  Status status = Status::undecided;
  std::string rating, rating_label;    ///< empty unless decided
  std::vector<OutcomeLine> possible;   ///< undecided, authority
  PrintedNumber total;
  PrintedRange total_range;
  bool outer = false;
  std::vector<Line> why;
  std::vector<Line> stages, overrides; ///< the outcomes of all stages, when they were asked for; what later ones changed
  std::vector<PointsRow> points;
  std::string next_rating, next_label; ///< the next better level, when there is one
  std::vector<Line> why_not;
  std::vector<MissingItem> missing;
  std::vector<Line> would_decide;      ///< what decides once it is known, the most influential first
  std::vector<Line> readings, notes;
};

/// `result` has been made of the same record with all needs.
ExplanationTree build_explanation(const RecordView& view, const SubjectConstants& constants, const PackIdentity& pack, const Result& result);

std::string explanation_text(const ExplanationTree& tree, Language language);
std::string explanation_json(const ExplanationTree& tree);

}  // namespace quy::trace

// Results as CSV (RFC 4180, commas, UTF-8): one row a record, every column named in the head.

#include <algorithm>
#include <array>
#include <map>

#include "runtime/trace/outcome_ids.h"
#include "runtime/trace/result_writer.h"

namespace quy::trace {
namespace {

using bytecode::Subject;

constexpr std::string_view kJoint = "; ";

/// Of the columns of one stage.
constexpr std::array<std::string_view, 4> kStageParts{"total", "rating", "status", "because"};

/// Cells of one row with their commas, quoted where they must be.
class Cells {
 public:
  explicit Cells(std::string& out) : out_(out) {}

  void add(std::string_view text) {
    if (!first_) out_ += ',';
    first_ = false;
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
      out_ += text;
    } else {
      add_quoted(text);
    }
  }

 private:
  void add_quoted(std::string_view text) {
    out_ += '"';
    for (const char c : text) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }

  std::string& out_;
  bool first_ = true;
};

void join(std::string& list, std::string_view text) {
  if (!list.empty()) list += kJoint;
  list += text;
}

std::string joined(const std::vector<std::string>& texts, std::string_view joint = kJoint) {
  std::string list;
  for (const std::string& text : texts) {
    if (!list.empty()) list += joint;
    list += text;
  }
  return list;
}

/// Ids of the groups or criteria of all subjects, each a column: ids are shared between subjects.
template <typename Info>
std::vector<std::string> ids_of(const std::vector<const bytecode::Module*>& modules, std::vector<Info> Subject::*lines) {
  std::vector<std::string> ids;
  const auto add = [&](const Subject& subject) {
    for (const Info& info : subject.*lines) {
      if (std::find(ids.begin(), ids.end(), info.id) == ids.end()) ids.push_back(info.id);
    }
  };
  for (const bytecode::Module* module : modules)
    for (const Subject& subject : module->subjects) add(subject);
  return ids;
}

/// What all rows have in common.
struct Sheet {
  PackIdentity pack;
  std::vector<std::string> groups, criteria;
  std::vector<std::string> stages;   ///< that stand side by side; empty: none do
};

struct Row {
  const Sheet& sheet;
  const SubjectConstants& subject;
  const Result& result;
  const SubjectIndex& index() const { return *subject.index; }
};

template <typename Info>
void add_lines(Cells& cells, const std::vector<std::string>& columns, const std::vector<Info>& infos, const std::vector<PointsLine>& lines) {
  std::map<std::string_view, std::size_t> at;
  for (std::size_t i = 0; i < infos.size(); ++i) at.emplace(infos[i].id, i);
  for (const std::string& column : columns) {
    const auto found = at.find(column);
    cells.add(found == at.end() || found->second >= lines.size() ? std::string_view() : std::string_view(lines[found->second].points.decimal));
  }
}

void cells_id(const Row& row, Cells& cells) { cells.add(row.result.head->id); }
void cells_subject(const Row& row, Cells& cells) { cells.add(row.index().subject().id); }
void cells_period(const Row& row, Cells& cells) { cells.add(row.result.head->period); }
void cells_unit(const Row& row, Cells& cells) { cells.add(row.result.head->unit); }
void cells_cohort(const Row& row, Cells& cells) { cells.add(row.result.head->cohort); }
void cells_stage(const Row& row, Cells& cells) { cells.add(row.subject.stage); }
void cells_pack(const Row& row, Cells& cells) {
  cells.add(row.sheet.pack.id);
  cells.add(row.sheet.pack.version);
  cells.add(row.sheet.pack.sha256);
}
void cells_total(const Row& row, Cells& cells) { cells.add(row.result.total.decimal); }
void cells_total_exact(const Row& row, Cells& cells) { cells.add(row.result.total.fraction); }
void cells_total_range(const Row& row, Cells& cells) {
  cells.add(row.result.total_range.low);
  cells.add(row.result.total_range.high);
}
void cells_range(const Row& row, Cells& cells) { cells.add(row.result.outer ? "outer" : ""); }
void cells_groups(const Row& row, Cells& cells) {
  add_lines(cells, row.sheet.groups, row.index().subject().groups, row.result.groups);
}
void cells_criteria(const Row& row, Cells& cells) {
  add_lines(cells, row.sheet.criteria, row.index().subject().criteria, row.result.criteria);
}
void cells_rating(const Row& row, Cells& cells) {
  const std::uint32_t level = row.result.level;
  cells.add(level == kNone ? std::string_view() : std::string_view(row.index().rating()->levels[level].id));
}
void cells_status(const Row& row, Cells& cells) { cells.add(status_id(row.result.status)); }
void cells_possible(const Row& row, Cells& cells) {
  std::string list;
  for_each_outcome(row.index(), row.result.possible, [&](std::string_view id) { join(list, id); });
  cells.add(list);
}
void cells_reasons(const Row& row, Cells& cells) {
  std::string list;
  for (const Reason& reason : row.result.reasons()) {
    join(list, reason.text);
    if (!reason.clauses->empty()) list += " (" + joined(*reason.clauses, ", ") + ")";
  }
  cells.add(list);
}
void cells_missing(const Row& row, Cells& cells) { cells.add(joined(row.result.missing)); }
void cells_would_decide(const Row& row, Cells& cells) {
  std::string list;
  for (const WouldDecide::Item& item : row.result.would_decide.items) join(list, item.id);
  cells.add(list);
}
void cells_settled(const Row& row, Cells& cells) { cells.add(settled_id(row.result.settled)); }
std::string ids_of_others(const std::vector<OtherResult>& others) {
  std::string list;
  for (const OtherResult& other : others) join(list, other.id);
  return list;
}
void cells_waits_for(const Row& row, Cells& cells) { cells.add(ids_of_others(row.result.waits_for)); }
void cells_provisional(const Row& row, Cells& cells) { cells.add(ids_of_others(row.result.provisional)); }
void cells_quota(const Row& row, Cells& cells) { cells.add(row.result.quota ? std::string_view(row.result.quota->text) : std::string_view()); }
void cells_stages(const Row& row, Cells& cells) {
  if (row.sheet.stages.empty()) return cells.add({});
  for (const std::string& stage : row.sheet.stages) {
    const std::vector<StageOutcome>& all = row.result.stages;
    const auto of = std::find_if(all.begin(), all.end(), [&](const StageOutcome& one) { return one.stage == stage; });
    if (of == all.end()) {
      for (std::size_t part = 0; part < kStageParts.size(); ++part) cells.add({});
      continue;
    }
    cells.add(of->total_range.empty() ? of->total.decimal : of->total_range.low + " – " + of->total_range.high);
    cells.add(of->level == kNone ? std::string_view() : std::string_view(row.index().rating()->levels[of->level].id));
    cells.add(status_id(of->status));
    cells.add(joined(of->because));
  }
}
void cells_overrides(const Row& row, Cells& cells) {
  std::string list;
  for (const facts::Override& of : row.result.head->overrides) {
    const std::string values = of.to.empty() ? std::string() : " " + of.from + " → " + of.to;
    join(list, of.stage + ": " + of.place + values + ", " + of.reason + " (" + of.document + ")");
  }
  cells.add(list);
}
void cells_to_date(const Row& row, Cells& cells) {
  std::string list;
  const std::vector<bytecode::Field>& fields = row.index().subject().fields;
  for (const Result::ToDate& item : row.result.to_date)
    join(list, fields[fields[item.field].earlier_of].id + " " + item.number + " (" + fields[item.field].per + ")");
  cells.add(list);
}
void cells_presumed(const Row& row, Cells& cells) { cells.add(joined(row.result.head->presumed)); }
void cells_readings(const Row& row, Cells& cells) {
  std::string list;
  for (const auto& [id, option] : row.subject.readings) join(list, id + "=" + option);
  cells.add(list);
}
void cells_profile(const Row& row, Cells& cells) { cells.add(row.index().module().profile); }
void cells_acknowledged(const Row& row, Cells& cells) { cells.add(joined(row.index().subject().acknowledged)); }

using AddCells = void (*)(const Row&, Cells&);
constexpr AddCells kCells[] = {
#define QUY_RESULT_KEY(name) cells_##name,
#include "runtime/trace/result_keys.def"
#undef QUY_RESULT_KEY
};

std::vector<std::string> stage_columns(const std::vector<std::string>& stages) {
  std::vector<std::string> columns;
  for (const std::string& stage : stages)
    for (const std::string_view part : kStageParts) columns.push_back(stage + "." + std::string(part));
  return columns;
}

/// Names of a key's columns; most keys have one of their own name.
std::vector<std::string> heads_of(const Sheet& sheet, ResultKey key) {
  const std::string name(key_name(key));
  const auto all = [&](std::vector<std::string> parts) {
    for (std::string& part : parts) part.insert(0, name + ".");
    return parts;
  };
  switch (key) {
    case ResultKey::pack: return all({"id", "version", "sha256"});
    case ResultKey::total_range: return all({"min", "max"});
    case ResultKey::groups: return all(sheet.groups);
    case ResultKey::criteria: return all(sheet.criteria);
    case ResultKey::stages: return sheet.stages.empty() ? std::vector<std::string>{name} : all(stage_columns(sheet.stages));
    default: return {name};
  }
}

class CsvWriter : public ResultWriter {
 public:
  CsvWriter(std::vector<ResultKey> keys, Sheet sheet) : keys_(std::move(keys)), sheet_(std::move(sheet)) {
    Cells heads(head_);
    for (const ResultKey key : keys_)
      for (const std::string& head : heads_of(sheet_, key)) heads.add(head);
    head_ += "\r\n";
  }

  std::string_view head() const override { return head_; }

  void append(const SubjectConstants& subject, const Result& result, std::string& out) const override {
    Cells cells(out);
    const Row row{sheet_, subject, result};
    for (const ResultKey key : keys_) kCells[static_cast<std::size_t>(key)](row, cells);
    out += "\r\n";
  }

  void append_cohort(const facts::CohortRecord& cohort, const std::vector<QuotaCount>& counts, std::string& out) const override {
    Cells cells(out);
    std::string quotas;
    for (const QuotaCount& count : counts) join(quotas, count.terms.text);
    const std::pair<ResultKey, std::string_view> known[] = {{ResultKey::id, cohort.head.id},     {ResultKey::period, cohort.head.period},
                                                            {ResultKey::unit, cohort.head.unit}, {ResultKey::cohort, cohort.head.cohort},
                                                            {ResultKey::quota, quotas}};
    for (const ResultKey key : keys_) {
      const auto found = std::find_if(std::begin(known), std::end(known), [key](const auto& one) { return one.first == key; });
      if (found != std::end(known)) {
        cells.add(found->second);
      } else {
        for (std::size_t column = 0; column < heads_of(sheet_, key).size(); ++column) cells.add({});
      }
    }
    out += "\r\n";
  }

 private:
  std::vector<ResultKey> keys_;
  Sheet sheet_;
  std::string head_;
};

}  // namespace

std::unique_ptr<ResultWriter> csv_writer(std::vector<ResultKey> keys, const std::vector<const bytecode::Module*>& modules, const PackIdentity& pack,
                                         std::vector<std::string> stages) {
  Sheet sheet{pack, ids_of(modules, &Subject::groups), ids_of(modules, &Subject::criteria), std::move(stages)};
  return std::make_unique<CsvWriter>(std::move(keys), std::move(sheet));
}

}  // namespace quy::trace

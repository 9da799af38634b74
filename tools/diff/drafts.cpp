#include "tools/diff/drafts.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/file_io.h"
#include "base/limits.h"
#include "tools/diff/print.h"

namespace quy::tools {

using What = analysis::ItemDiff::What;

namespace {

namespace fs = std::filesystem;

/// What a change is about, whatever it says of it.
std::string key_of(const Change& change) {
  const SideOfChange& side = change.before.index == bytecode::kNone ? change.after : change.before;
  std::string key = fmt::format("{}|{}", name_of(change.thing).id, side.id);
  if (change.thing == Thing::rule)
    for (const std::string& clause : side.clauses) key += "|" + clause;
  return key;
}

bool share_a_subject(const Change& a, const Change& b) {
  if (a.subjects.empty() && b.subjects.empty()) return true;
  return std::ranges::any_of(a.subjects, [&](const std::string& id) { return std::ranges::find(b.subjects, id) != b.subjects.end(); });
}

bool say_the_same(const Change& a, const Change& b) {
  return a.kind == b.kind && a.after.label == b.after.label && a.after.clauses == b.after.clauses &&
         std::ranges::equal(a.details, b.details, [](const Detail& x, const Detail& y) { return x.what == y.what && x.after == y.after; });
}

/// Things of each subject whose meaning differs: what points and levels make of it follows from them.
std::set<std::string> changed_things(const DiffReport& report) {
  std::set<std::string> all;
  for (const SubjectMeaning& subject : report.subjects)
    for (const MeaningItem& item : subject.items) {
      if (item.standing == analysis::Standing::same || item.what == What::points || item.what == What::level || item.what == What::rating) continue;
      const SideOfChange& side = item.before.index == bytecode::kNone ? item.after : item.before;
      std::string key = fmt::format("{}: {} {}", subject.id, name_of(item.what).id, side.id);
      for (const std::string& clause : side.clauses) key += " " + clause;
      all.insert(key);
    }
  return all;
}

class Drafts {
 public:
  Drafts(const Context& context, DiffSide& base, DiffSide& ours, DiffSide& theirs, const std::string& pack, std::chrono::milliseconds limit)
      : context_(context), base_(base), ours_(ours), theirs_(theirs), pack_(pack), limit_(limit) {}

  DraftsReport run() {
    report_.ours = compare_packs(base_, ours_, "", limit_);
    report_.theirs = compare_packs(base_, theirs_, "", limit_);
    find_both();
    Revision merged = merge();
    if (!report_.conflicts.empty()) return std::move(report_);
    int status = kDone;
    std::optional<DiffSide> side = open_side(context_, std::move(merged), pack_, status);
    report_.compiles = side.has_value();
    if (side) compare_merge(*side);
    return std::move(report_);
  }

 private:
  void find_both() {
    for (const Change& mine : report_.ours.changes)
      for (const Change& other : report_.theirs.changes)
        if (key_of(mine) == key_of(other) && share_a_subject(mine, other)) report_.both.push_back({mine, other, say_the_same(mine, other)});
  }

  static fs::path root(const DiffSide& side) {
    const fs::path path = side.revision ? side.revision->path() : side.given;
    std::error_code error;
    return fs::is_directory(path, error) ? path : path.parent_path();
  }

  static std::set<std::string> files(const fs::path& folder) {
    std::set<std::string> all;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
      if (at->is_regular_file(error) && (at->path().extension() == ".quy" || at->path().extension() == ".csv"))
        all.insert(at->path().lexically_relative(folder).string());
    return all;
  }

  static std::optional<std::string> content(const fs::path& file) {
    std::error_code error;
    return fs::is_regular_file(file, error) ? read_file(file.string(), limits::source_bytes) : std::nullopt;
  }

  Revision merge() {
    Revision merged = Revision::empty(context_.say("bản gộp", "the merge"));
    std::set<std::string> names;
    for (const DiffSide* side : {&base_, &ours_, &theirs_}) names.merge(files(root(*side)));
    for (const std::string& name : names) merge(name, fs::path(merged.path()) / name);
    return merged;
  }

  void merge(const std::string& name, const fs::path& target) {
    const fs::path base = root(base_) / name, ours = root(ours_) / name, theirs = root(theirs_) / name;
    const auto was = content(base), mine = content(ours), other = content(theirs);
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (mine == other || other == was) {
      if (mine) write_file(target.string(), *mine);
      return;
    }
    if (mine == was) {
      if (other) write_file(target.string(), *other);
      return;
    }
    const bool in_all = was && mine && other;
    if (mine) write_file(target.string(), *mine);
    if (!in_all || !merge_texts(target.string(), base.string(), theirs.string())) report_.conflicts.push_back(name);
  }

  /// From each draft to the merge just that must change which the other draft changed.
  void compare_merge(DiffSide& merged) {
    const auto by_ours = changed_things(report_.ours), by_theirs = changed_things(report_.theirs);
    const auto note = [&](DiffSide& draft, const std::set<std::string>& by_the_other, const std::set<std::string>& by_itself) {
      const auto left = changed_things(compare_packs(draft, merged, "", limit_));
      for (const std::string& thing : left)
        if (!by_the_other.contains(thing) && std::ranges::find(report_.lost, thing) == report_.lost.end()) report_.lost.push_back(thing);
      for (const std::string& thing : by_the_other)
        if (!left.contains(thing) && !by_itself.contains(thing) && std::ranges::find(report_.lost, thing) == report_.lost.end())
          report_.lost.push_back(thing);
    };
    note(ours_, by_theirs, by_ours);
    note(theirs_, by_ours, by_theirs);
  }

  const Context& context_;
  DiffSide &base_, &ours_, &theirs_;
  const std::string& pack_;
  std::chrono::milliseconds limit_;
  DraftsReport report_;
};

}  // namespace

bool DraftsReport::good() const {
  return conflicts.empty() && compiles && lost.empty() && std::ranges::all_of(both, [](const Both& each) { return each.same; });
}

DraftsReport compare_drafts(const Context& context, DiffSide& base, DiffSide& ours, DiffSide& theirs, const std::string& pack,
                            std::chrono::milliseconds limit) {
  return Drafts(context, base, ours, theirs, pack, limit).run();
}

void print_drafts(std::ostream& out, const Context& context, const DraftsReport& report) {
  const auto in = [&](const Bilingual& text) { return text.in(context.language); };
  const auto details = [&](const char* whose, const Change& change) {
    fmt::print(out, "    {} ({})", whose, in(name_of(change.kind).text));
    for (const Detail& detail : change.details)
      fmt::print(out, "; {}: {} → {}", in(detail.what), in(detail.before), in(detail.after));
    fmt::print(out, "\n");
  };
  fmt::print(out, "{}: {}; {}: {}\n", context.say("bản của ta sửa", "ours changes"), report.ours.changes.size(),
             context.say("bản kia sửa", "theirs changes"), report.theirs.changes.size());
  for (const DraftsReport::Both& each : report.both) {
    const SideOfChange& side = each.ours.before.index == bytecode::kNone ? each.ours.after : each.ours.before;
    fmt::print(out, "  {}: {} {}\n", each.same ? context.say("cùng sửa như nhau", "both change alike") : context.say("cùng sửa khác nhau", "both change, differently"),
               in(name_of(each.ours.thing).text), in(side.label));
    details(context.say("bản của ta", "ours"), each.ours);
    details(context.say("bản kia", "theirs"), each.theirs);
  }
  for (const std::string& file : report.conflicts) fmt::print(out, "  {}: {}\n", context.say("sửa chồng lên nhau trong tệp", "the same lines changed in"), file);
  for (const std::string& thing : report.lost) fmt::print(out, "  {}: {}\n", context.say("bản gộp không giữ đúng ý", "the merge does not keep the meaning of"), thing);
  const char* end = !report.conflicts.empty() ? context.say("không tự gộp được", "they cannot be merged by themselves")
                    : !report.compiles        ? context.say("bản gộp không biên dịch được", "the merge does not compile")
                    : report.lost.empty()     ? context.say("bản gộp giữ đúng ý của cả hai bản", "the merge means what both meant")
                                              : context.say("bản gộp sai ý", "the merge means something else");
  fmt::print(out, "{}\n", end);
}

nlohmann::ordered_json json_of(const Context& context, const DraftsReport& report) {
  nlohmann::ordered_json both = nlohmann::ordered_json::array();
  for (const DraftsReport::Both& each : report.both) {
    const SideOfChange& side = each.ours.before.index == bytecode::kNone ? each.ours.after : each.ours.before;
    both.push_back({{"thing", name_of(each.ours.thing).id}, {"id", side.id}, {"label", side.label.in(context.language)}, {"same", each.same}});
  }
  return {{"ours", json_of(context, report.ours)}, {"theirs", json_of(context, report.theirs)},
          {"both", both},                          {"conflicts", report.conflicts},
          {"merge_compiles", report.compiles},     {"lost", report.lost},
          {"good", report.good()}};
}

}  // namespace quy::tools

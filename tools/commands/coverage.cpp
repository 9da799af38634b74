#include "tools/coverage/coverage.h"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "tools/commands/commands.h"

namespace quy::tools {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string path, clauses, format = "text";
};

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

/// Why it is classified so, where its citers alone do not say.
std::string reason(const Context& context, const CoveredClause& clause) {
  if (clause.parts.empty()) return clause.reason;
  const bool heads = clause.value == ClauseClass::heading;
  return std::string(heads ? context.say("đầu mục của ", "heads ") : context.say("còn thiếu phần bên dưới: ", "parts below are missing: ")) +
         joined(clause.parts);
}

ordered_json citers_json(const std::vector<Citer>& citers) {
  ordered_json out = ordered_json::array();
  for (const Citer& citer : citers)
    out.push_back({{"kind", citer.kind}, {"subject", citer.subject.empty() ? ordered_json(nullptr) : ordered_json(citer.subject)}, {"id", citer.id}});
  return out;
}

ordered_json as_json(const Context& context, const Coverage& coverage) {
  ordered_json summary, clauses = ordered_json::array(), unknown = ordered_json::array();
  for (std::size_t i = 0; i < kClauseClasses; ++i) {
    const auto value = static_cast<ClauseClass>(i);
    summary[std::string(name(value))] = coverage.count(value);
  }
  summary["unknown"] = coverage.unknown.size();
  for (const CoveredClause& clause : coverage.clauses) {
    const std::string why = reason(context, clause);
    clauses.push_back({{"clause", clause.clause},
                       {"class", name(clause.value)},
                       {"by", citers_json(clause.by)},
                       {"reason", why.empty() ? ordered_json(nullptr) : ordered_json(why)}});
  }
  for (const UnknownCitation& citation : coverage.unknown) unknown.push_back({{"clause", citation.clause}, {"by", citers_json(citation.by)}});
  return {{"summary", summary}, {"clauses", clauses}, {"unknown", unknown}};
}

const char* words(const Context& context, ClauseClass value) {
  switch (value) {
    case ClauseClass::encoded: return context.say("tính từ minh chứng", "computed from evidence");
    case ClauseClass::judged: return context.say("người chấm", "judged by people");
    case ClauseClass::discretionary: return context.say("giao cấp có thẩm quyền", "handed to the authority");
    case ClauseClass::heading: return context.say("đầu mục", "heading");
    case ClauseClass::not_rule: return context.say("không phải quy tắc", "not a rule");
    case ClauseClass::missing: return context.say("còn thiếu", "missing");
  }
  return "";
}

void print_row(const std::string& label, std::size_t count) {
  constexpr std::size_t kWidth = 26;
  std::cout << fmt::format("{}{}{:>6}\n", label, std::string(kWidth - display_width(label), ' '), count);
}

/// `tiêu chí` and the like stay as the words of JSON: this line is for whoever mends the source.
std::string text_of(const Citer& citer) {
  return citer.kind + " " + (citer.subject.empty() || citer.subject == citer.id ? citer.id : citer.subject + "." + citer.id);
}

void print_text(const Context& context, const Coverage& coverage, const std::vector<ListedClause>& list) {
  for (std::size_t i = 0; i < kClauseClasses; ++i) {
    const auto value = static_cast<ClauseClass>(i);
    print_row(words(context, value), coverage.count(value));
  }
  print_row(context.say("không có trong danh mục", "not in the list"), coverage.unknown.size());
  print_row(context.say("điều khoản", "clauses"), list.size());

  if (coverage.count(ClauseClass::missing) != 0) std::cout << '\n' << context.say("Còn thiếu:", "Missing:") << '\n';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (coverage.clauses[i].value != ClauseClass::missing) continue;
    const std::string why = reason(context, coverage.clauses[i]);
    std::cout << fmt::format("  {}  {}{}\n", list[i].citation, list[i].heading, why.empty() ? "" : " (" + why + ")");
  }
  if (!coverage.unknown.empty()) std::cout << '\n' << context.say("Không có trong danh mục:", "Not in the list:") << '\n';
  for (const UnknownCitation& citation : coverage.unknown)
    for (const Citer& citer : citation.by) std::cout << fmt::format("  {}  {}\n", citation.clause, text_of(citer));
}

int run(const Context& context, const Options& options) {
  auto read = read_clause_list(options.clauses);
  if (const auto* wrong = std::get_if<Message>(&read)) return context.fail(*wrong, kUnreadable);
  const auto& list = std::get<std::vector<ListedClause>>(read);
  int status = kDone;
  const std::optional<Pack> pack = open_pack(context, options.path, status);
  if (!pack) return status;
  const Coverage coverage = cover(pack->module(), list);
  if (options.format == "json")
    std::cout << as_json(context, coverage).dump(2) << '\n';
  else
    print_text(context, coverage, list);
  return coverage.complete() ? kDone : kFindings;
}

}  // namespace

void add_coverage(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("coverage", context.say("Đối chiếu bộ tiêu chí với từng điều khoản của văn bản",
                                                                 "Hold a criteria set against every clause of its document"));
  command->add_option("PATH", options->path, context.say("Gói .qpk hoặc nguồn", "A .qpk pack or source"))->required();
  command->add_option("--clauses", options->clauses,
                      context.say("Danh mục điều khoản, TSV có cột citation, parent_title, text", "Clause list, a TSV file with columns citation, parent_title, text"))
      ->required();
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))->check(CLI::IsMember({"text", "json"}));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools

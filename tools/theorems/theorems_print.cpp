#include "tools/theorems/theorems_print.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace quy::tools {

using analysis::Direction;
using analysis::Proof;
using analysis::Standing;
using analysis::Theorem;

namespace {

struct TheoremWords {
  const char* id;
  Bilingual statement;
};

const std::array<TheoremWords, 5>& theorem_words() {
  static const std::array<TheoremWords, 5> words{{
      {"level_reachable", {"Mức nào cũng có hồ sơ đạt", "Every level is reachable"}},
      {"criterion_counts", {"Tiêu chí nào cũng đổi được tổng điểm", "Every criterion can change the total"}},
      {"more_never_lowers",
       {"Con số tăng thì điểm không vừa tăng vừa giảm", "A rising number does not both raise and lower points"}},
      {"no_evidence_no_points", {"Không có minh chứng thì không có điểm", "No evidence gives no points"}},
      {"neutral", {"Mã, đơn vị, chữ không ảnh hưởng", "Ids, units and texts do not matter"}},
  }};
  return words;
}

const TheoremWords& words_of(Theorem theorem) { return theorem_words()[static_cast<std::size_t>(theorem)]; }

const char* standing_id(Standing standing) {
  static constexpr const char* ids[] = {"proved", "excepted", "refuted", "not_settled"};
  return ids[static_cast<std::size_t>(standing)];
}
const char* proof_id(Proof proof) {
  static constexpr const char* ids[] = {"witness", "solver", "form", "not_read", "own_unit"};
  return ids[static_cast<std::size_t>(proof)];
}
const char* direction_id(Direction direction) {
  static constexpr const char* ids[] = {"none", "up", "down", "mixed"};
  return ids[static_cast<std::size_t>(direction)];
}

class Printer {
 public:
  Printer(std::ostream& out, const Context& context, const SubjectTheorems& subject)
      : out_(out), context_(context), subject_(subject) {}

  void run() {
    fmt::print(out_, "{} ({})\n", subject_.label.empty() ? subject_.id : subject_.label, subject_.id);
    if (!subject_.alike.empty())
      fmt::print(out_, "  {}: {}\n", say("cùng quy tắc", "with the same rules"), fmt::join(subject_.alike, ", "));
    for (std::size_t theorem = 0; theorem < theorem_words().size(); ++theorem) summary(static_cast<Theorem>(theorem));
    int number = 0;
    for (const Standing standing : {Standing::refuted, Standing::not_settled, Standing::excepted})
      for (const TheoremLine& line : subject_.lines)
        if (line.statement.standing == standing) print(++number, line);
    out_ << '\n';
  }

 private:
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }

  void summary(Theorem theorem) {
    const auto count = [&](Standing standing) {
      return std::ranges::count_if(subject_.lines, [&](const TheoremLine& line) {
        return line.statement.theorem == theorem && line.statement.standing == standing;
      });
    };
    std::vector<std::string> counts;
    for (const Standing standing : {Standing::proved, Standing::refuted, Standing::not_settled, Standing::excepted})
      if (count(standing) > 0) counts.push_back(fmt::format("{} {}", count(standing), standing_words(standing)));
    if (counts.empty()) return;
    fmt::print(out_, "  {}: {}\n", words_of(theorem).statement.in(context_.language), fmt::join(counts, ", "));
  }

  const char* standing_words(Standing standing) const {
    switch (standing) {
      case Standing::proved: return say("đã chứng minh", "proved");
      case Standing::excepted: return say("ngoại lệ", "excepted");
      case Standing::refuted: return say("sai", "refuted");
      case Standing::not_settled: break;
    }
    return say("chưa kết luận", "not settled");
  }

  void print(int number, const TheoremLine& line) {
    const std::string about = line.clause.empty() ? "" : fmt::format(" ({})", line.clause);
    fmt::print(out_, "\n{}. [{}] {}{}\n", number, standing_words(line.statement.standing), sentence(line), about);
    if (line.statement.standing == Standing::not_settled) why_not_settled(line);
    if (line.statement.standing == Standing::excepted) return;  // its witness is in the JSON form
    for (const WitnessLine& witness : line.witness) {
      out_ << '\n';
      for (std::size_t from = 0; from < witness.test.size();) {
        const std::size_t end = std::min(witness.test.find('\n', from), witness.test.size());
        fmt::print(out_, "     {}\n", witness.test.substr(from, end - from));
        from = end + 1;
      }
    }
  }

  void why_not_settled(const TheoremLine& line) {
    for (const Bilingual& reason : line.statement.not_analysed)
      fmt::print(out_, "   {}: {}\n", say("không phân tích", "not analysed"), reason.in(context_.language));
    if (line.statement.not_analysed.empty())
      fmt::print(out_, "   {}\n", say("bộ giải không trả lời trong thời hạn", "the solver did not answer in time"));
  }

  std::string sentence(const TheoremLine& line) const {
    const bool refuted = line.statement.standing == Standing::refuted;
    const auto say_of = [&](const char* vi, const char* en, const std::string& a, const std::string& b) {
      return fmt::format(fmt::runtime(say(vi, en)), a, b);
    };
    switch (line.statement.theorem) {
      case Theorem::level_reachable:
        return refuted ? say_of("Không hồ sơ nào đạt mức “{0}”", "No record gets the level “{0}”", line.level_label, "")
                       : say_of("Có hồ sơ đạt mức “{0}”", "Some record gets the level “{0}”", line.level_label, "");
      case Theorem::criterion_counts:
        return refuted ? say_of("“{0}” không bao giờ đổi được tổng điểm", "“{0}” can never change the total",
                                line.criterion_label, "")
                       : say_of("“{0}” đổi được tổng điểm", "“{0}” can change the total", line.criterion_label, "");
      case Theorem::more_never_lowers:
        if (line.statement.standing == Standing::excepted)
          return say_of("“{1}” là tổng mà “{0}” xét một phần: tăng thì điểm có khi tăng, có khi giảm",
                        "“{1}” is a whole of which “{0}” reads a part: its rise may raise or lower the points",
                        line.criterion_label, line.field_label);
        return refuted ? say_of("“{1}” tăng thì điểm “{0}” có khi tăng, có khi giảm",
                                "A rise of “{1}” sometimes raises and sometimes lowers the points of “{0}”",
                                line.criterion_label, line.field_label)
                       : say_of("“{1}” tăng thì điểm “{0}” không vừa tăng vừa giảm",
                                "A rise of “{1}” does not both raise and lower the points of “{0}”",
                                line.criterion_label, line.field_label);
      case Theorem::no_evidence_no_points:
        return say_of("“{0}” có điểm khi chưa có minh chứng nào", "“{0}” has points without any evidence",
                      line.criterion_label, "");
      case Theorem::neutral: break;
    }
    return refuted ? say_of("“{0}” chỉ là chữ mà đổi được kết quả", "“{0}” is a mere text and can change the result",
                            line.field_label, "")
                   : say_of("“{0}” không đổi được kết quả", "“{0}” cannot change the result", line.field_label, "");
  }

  std::ostream& out_;
  const Context& context_;
  const SubjectTheorems& subject_;
};

nlohmann::ordered_json json_of(const Context& context, const TheoremLine& line) {
  const analysis::Statement& statement = line.statement;
  nlohmann::ordered_json json{{"theorem", words_of(statement.theorem).id},
                              {"standing", standing_id(statement.standing)}};
  if (statement.standing != Standing::not_settled) json["proof"] = proof_id(statement.proof);
  for (const auto& [key, id] :
       {std::pair("level", &line.level), std::pair("criterion", &line.criterion), std::pair("field", &line.field)})
    if (!id->empty()) json[key] = *id;
  if (!line.clause.empty()) json["clause"] = line.clause;
  if (statement.theorem == Theorem::more_never_lowers && statement.standing != Standing::not_settled)
    json["direction"] = direction_id(statement.direction);
  if (statement.over_stated_total) json["over_stated_total"] = true;
  if (!statement.not_analysed.empty())
    for (const Bilingual& reason : statement.not_analysed) json["not_analysed"].push_back(reason.in(context.language));
  for (const WitnessLine& witness : line.witness)
    json["witness"].push_back({{"evidence", nlohmann::ordered_json::parse(witness.evidence)}, {"test", witness.test}});
  return json;
}

}  // namespace

void print_theorems(std::ostream& out, const Context& context, const std::vector<SubjectTheorems>& subjects) {
  for (const SubjectTheorems& subject : subjects) Printer(out, context, subject).run();
}

void print_theorems_json(std::ostream& out, const Context& context, const std::string& pack,
                         const std::vector<SubjectTheorems>& subjects) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const SubjectTheorems& subject : subjects) {
    nlohmann::ordered_json lines = nlohmann::ordered_json::array();
    for (const TheoremLine& line : subject.lines) lines.push_back(json_of(context, line));
    all.push_back({{"id", subject.id}, {"alike", subject.alike}, {"statements", lines}});
  }
  out << nlohmann::ordered_json{{"pack", pack}, {"subjects", all}}.dump(2) << '\n';
}

}  // namespace quy::tools

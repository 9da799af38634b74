#include "tools/readings/readings_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "compiler/ir/sentence.h"

namespace quy::tools {
namespace {

using sema::kNone;
using sema::Op;

std::string code(const std::string& text) { return "`" + text + "`"; }

std::string joined(const std::vector<std::string>& parts, const char* between = ", ") {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

/// Text that Markdown, in a table cell too, shows as it is.
std::string plain(const std::string& text) {
  std::string shown;
  for (char letter : text) {
    if (letter == '|' || letter == '<' || letter == '*' || letter == '\\') shown += '\\';
    shown += letter;
  }
  return shown;
}

// ---------------------------------------------------------------- order of clauses

/// `D11.4.2.đ` as numbers and words, so that D5 comes before D11 and đ after d.
std::vector<std::pair<int, std::string>> order_of(const std::string& clause) {
  std::vector<std::pair<int, std::string>> parts;
  std::string word;
  int number = 0;
  bool digits = false;
  auto finish = [&] {
    if (digits) parts.emplace_back(number, "");
    if (!word.empty()) parts.emplace_back(0, word == "đ" ? "d~" : word);
    word.clear();
    number = 0;
    digits = false;
  };
  for (char letter : clause) {
    const bool digit = letter >= '0' && letter <= '9';
    if (letter == '.' || digit != digits) finish();
    if (letter == '.') continue;
    digits = digit;
    if (digit)
      number = number * 10 + (letter - '0');
    else
      word += letter;
  }
  finish();
  return parts;
}

/// What a clause belongs to: D11 of `D11.4.2.c`, PL2 of `PL2.II.3`, nd335:D14 of `nd335:D14.2`.
std::string part_of_document(const std::string& clause) { return clause.substr(0, clause.find('.')); }

// ---------------------------------------------------------------- the page

class Page {
 public:
  Page(const Context& context, const sema::Pack& pack, const bytecode::Module& module) : context_(context), pack_(pack), module_(module) {}

  std::string write() {
    head();
    std::string part = "-";   // no clause belongs to it
    for (std::uint32_t reading : in_order()) {
      const std::string here = part_of_document(clause(reading));
      if (here != part) line("## " + title(here) + "\n");
      part = here;
      choice(reading);
    }
    while (out_.ends_with("\n\n")) out_.pop_back();
    return std::move(out_);
  }

 private:
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }
  void line(const std::string& text) { out_ += text + "\n"; }
  const std::string& clause(std::uint32_t reading) const { return pack_.readings[reading].info.clause; }

  std::vector<std::uint32_t> in_order() const {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < pack_.readings.size(); ++i) order.push_back(i);
    auto key = [&](std::uint32_t reading) {
      const std::string& cited = clause(reading);
      const bool appendix = cited.starts_with("PL"), foreign = cited.find(':') != std::string::npos;
      return std::make_tuple(cited.empty(), foreign, appendix, order_of(cited), pack_.readings[reading].info.id);
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    return order;
  }

  void head() {
    line(fmt::format("# {}: {}\n", say("Cách hiểu", "Readings"), plain(pack_.label)));
    line(fmt::format(fmt::runtime(say("Trang này do `quy readings` viết từ gói {} {}. Muốn đổi thì đổi trong nguồn của gói rồi chạy lại.\n",
                                      "`quy readings` wrote this page from pack {} {}. To change it, change the pack's source and run it again.\n")),
                     code(pack_.id), pack_.version));
    line(fmt::format(fmt::runtime(say("Văn bản để ngỏ, hoặc hiểu được nhiều cách, ở {} chỗ dưới đây.", "There are {} places where the text "
                                      "leaves something open or can be read in more than one way. Labels are the pack's own, in Vietnamese.")),
                     pack_.readings.size()));
    line(fmt::format("{}\n", say("Bộ tiêu chí chọn từng chỗ bằng `chọn TÊN = LỰA_CHỌN theo …`, hoặc mọi chỗ một lần bằng `chọn hồ sơ TÊN theo …`; "
                                 "chạy thử cách khác bằng `quy eval --reading TÊN=LỰA_CHỌN`.",
                                 "A criteria set picks one by one with `choose NAME = OPTION cites …`, or all at once with `choose profile NAME "
                                 "cites …`; `quy eval --reading NAME=OPTION` tries another.")));
    if (pack_.profiles.empty()) return;
    line(say("| Hồ sơ | |\n|---|---|", "| Profile | |\n|---|---|"));
    for (const sema::Profile& profile : pack_.profiles) line(fmt::format("| {} | {} |", code(profile.id), plain(profile.label)));
    line("");
    if (!pack_.profile.empty())
      line(fmt::format("{} {}.\n", say("Chấm thẳng bằng khung thì theo hồ sơ", "A framework evaluated directly follows profile"), code(pack_.profile)));
  }

  std::string title(const std::string& part) const {
    if (part.empty()) return say("Không dẫn điều khoản", "Without a clause");
    const std::size_t colon = part.find(':');
    std::string prefix;
    if (colon != std::string::npos) {
      const std::string name = part.substr(0, colon);
      auto document = std::find_if(module_.documents.begin(), module_.documents.end(), [&](const auto& d) { return d.name == name; });
      prefix = (document == module_.documents.end() ? name : document->symbol) + ", ";
    }
    const std::string own = colon == std::string::npos ? part : part.substr(colon + 1);
    if (own.starts_with("PL")) return prefix + say("Phụ lục ", "Appendix ") + own.substr(2);
    if (own.starts_with("D")) return prefix + say("Điều ", "Article ") + own.substr(1);
    return prefix + own;
  }

  void choice(std::uint32_t index) {
    const sema::Reading& reading = pack_.readings[index];
    line(fmt::format("### {}\n", plain(reading.info.label)));
    std::string facts = code(reading.info.id);
    if (!reading.clauses.ids.empty()) facts += " · " + joined(reading.clauses.ids);
    line(facts + "\n");
    options(index);
    if (reading.info.closed)
      line(fmt::format("{} {}{}\n", say("Bộ này chọn", "This set picks"), code(reading.info.option_ids[reading.info.chosen]),
                       reading.info.chosen_by.empty() ? "" : " (" + plain(reading.info.chosen_by) + ")"));
    line(fmt::format("{}: {}\n", say("Dùng ở", "Used by"), users(index)));
  }

  void options(std::uint32_t index) {
    const sema::Reading& reading = pack_.readings[index];
    const std::vector<std::string> meanings = meanings_of(index);
    const bool with_meanings = !meanings.empty();
    const bool with_profiles = !pack_.profiles.empty();
    std::string titles = say("| Mã | Lựa chọn |", "| Id | Option |"), rule = "|---|---|";
    auto column = [&](const char* name) {
      titles += std::string(" ") + name + " |";
      rule += "---|";
    };
    if (with_meanings) column(say("Nghĩa là", "Meaning"));
    if (with_profiles) column(say("Hồ sơ chọn", "Picked by profile"));
    line(titles + "\n" + rule);
    for (std::uint32_t i = 0; i < reading.info.option_ids.size(); ++i) {
      std::string row = fmt::format("| {} | {} |", code(reading.info.option_ids[i]), plain(reading.info.option_labels[i]));
      if (with_meanings) row += " " + plain(meanings[i]) + " |";
      if (with_profiles) row += " " + picking(reading, i) + " |";
      line(row);
    }
    line("");
  }

  std::string picking(const sema::Reading& reading, std::uint32_t option) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < pack_.profiles.size(); ++i)
      if (reading.by_profile[i] == option) names.push_back(code(pack_.profiles[i].id));
    return joined(names);
  }

  /// Each option in words, as the first subject that reads the choice has it; nothing where the words say no more than the labels.
  std::vector<std::string> meanings_of(std::uint32_t index) const {
    for (const sema::Subject& subject : pack_.subjects)
      for (const sema::Expr& e : subject.exprs)
        if (e.op == Op::reading && e.index == index) return meanings(subject, e, pack_.readings[index].info);
    return {};
  }

  std::vector<std::string> meanings(const sema::Subject& subject, const sema::Expr& choice, const bytecode::ReadingInfo& info) const {
    std::vector<std::string> words;
    bool says_more = false;
    for (std::size_t i = 0; i < choice.children.size(); ++i) {
      const Op op = subject.exprs[choice.children[i]].op;
      const bool has_label = fold_id(info.option_labels[i]) != info.option_ids[i];
      says_more |= op != Op::truth && (op != Op::number || !has_label);
      words.push_back(op == Op::truth ? "" : ir::sentence(pack_, subject, choice.children[i]).in(context_.language));
    }
    const bool all_alike = std::all_of(words.begin(), words.end(), [&](const std::string& word) { return word == words.front(); });
    return says_more && !all_alike ? words : std::vector<std::string>();
  }

  /// Whole kinds of subject first, then whole families of ids, then the rest one by one.
  std::string users(std::uint32_t index) const {
    std::set<std::size_t> readers;
    for (std::size_t i = 0; i < module_.subjects.size(); ++i) {
      const std::vector<std::uint32_t>& read = module_.subjects[i].readings;
      if (std::find(read.begin(), read.end(), index) != read.end()) readers.insert(i);
    }
    if (readers.empty()) return serves_quota(index) ? say("tỉ lệ khống chế", "the quota") : say("chưa nơi nào", "nothing yet");
    if (readers.size() == module_.subjects.size()) return say("mọi đối tượng", "every subject");
    std::vector<std::string> parts;
    take_whole(readers, [](const bytecode::Subject& subject) { return subject.kind; }, say("mọi đối tượng loại", "every subject of kind"), parts);
    take_whole(readers, [](const bytecode::Subject& subject) { return subject.id.substr(0, subject.id.rfind('.')); },
               say("mọi đối tượng", "every subject of"), parts);
    for (std::size_t reader : readers) {
      const bytecode::Subject& subject = module_.subjects[reader];
      parts.push_back(plain(subject.label) + " (" + code(subject.id) + ")");
    }
    return joined(parts, "; ");   // labels hold commas
  }

  /// Moves every family of more than one subject that reads as a whole out of `readers`, and names it.
  template <typename FamilyOf>
  void take_whole(std::set<std::size_t>& readers, FamilyOf family_of, const std::string& what, std::vector<std::string>& parts) const {
    std::map<std::string, std::vector<std::size_t>> families;
    for (std::size_t i = 0; i < module_.subjects.size(); ++i) families[family_of(module_.subjects[i])].push_back(i);
    for (const auto& [family, members] : families) {
      const bool whole = std::all_of(members.begin(), members.end(), [&](std::size_t member) { return readers.contains(member); });
      if (!whole || members.size() < 2 || family.empty()) continue;
      parts.push_back(what + " " + code(family));
      for (std::size_t member : members) readers.erase(member);
    }
  }

  /// No subject reads what becomes of those over a quota: it is settled over the cohort.
  bool serves_quota(std::uint32_t index) const {
    const std::vector<std::string>& cited = pack_.readings[index].clauses.ids;
    for (const bytecode::RatingInfo& rating : module_.ratings)
      for (const bytecode::QuotaInfo& quota : rating.quotas)
        if (std::find_first_of(cited.begin(), cited.end(), quota.clauses.begin(), quota.clauses.end()) != cited.end()) return true;
    return false;
  }

  const Context& context_;
  const sema::Pack& pack_;
  const bytecode::Module& module_;
  std::string out_;
};

}  // namespace

std::string readings_page(const Context& context, const sema::Pack& pack, const bytecode::Module& module) {
  return Page(context, pack, module).write();
}

}  // namespace quy::tools

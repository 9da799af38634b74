#include "tools/document/rating.h"

#include <algorithm>

#include "runtime/trace/reasons.h"

namespace quy::tools {
namespace {

using bytecode::Field;
using bytecode::kNone;
using bytecode::Observable;
using bytecode::Opcode;
using bytecode::QuotaInfo;
using bytecode::RatingInfo;
using bytecode::Role;
using trace::Rule;

class RatingSection {
 public:
  RatingSection(const Sheet& sheet, const RatingInfo& rating)
      : sheet_(sheet), html_(sheet.html), rating_(rating), phases_(sheet.index.phases()) {}

  void write() {
    sheet_.heading("Xếp loại", "Rating");
    levels();
    gap_policy();
    special_cases();
    quotas();
  }

 private:
  const char* say(const char* vi, const char* en) const { return sheet_.say(vi, en); }
  std::string quoted_level(std::uint32_t level) const { return "“" + sheet_.index.level_label(level) + "”"; }

  void cell_of_clauses(const std::vector<std::string>& clauses) const {
    const Html::Element cell = html_.open("td", {{"data-label", say("Điều khoản", "Clause")}});
    sheet_.clauses(clauses);
  }

  void paragraph(const std::string& text, const std::vector<std::string>& clauses) const {
    const Html::Element block = html_.open("p");
    html_.text(text + " ");
    sheet_.clauses(clauses);
  }

  // ---------------------------------------------------------------- levels

  void levels() const {
    const Html::Element table = html_.open("table", {{"class", "levels"}});
    sheet_.table_head({{say("Mức", "Level"), "level"},
                       {say("Tổng điểm", "Total"), "total"},
                       {say("Điều kiện của mức", "Conditions of the level"), "condition"}});
    const Html::Element body = html_.open("tbody");
    for (std::uint32_t level = 0; level < rating_.levels.size(); ++level) {
      const Html::Element row = html_.open("tr");
      {
        const Html::Element cell = html_.open("td", {{"class", "level"}});
        html_.leaf("strong", sheet_.index.level_label(level));
        const Html::Element clauses = html_.open("div");
        sheet_.clauses(rating_.levels[level].clauses);
      }
      html_.leaf("td", band(level), {{"class", "total"}, {"data-label", say("Tổng điểm", "Total")}});
      const Html::Element cell =
          html_.open("td", {{"data-label", say("Điều kiện của mức", "Conditions of the level")}});
      conditions(level);
    }
  }

  std::string band(std::uint32_t level) const {
    if (phases_.band == kNone) return "—";
    return in_document(trace::band_text(sheet_.index, level, sheet_.language));
  }

  void conditions(std::uint32_t level) const {
    std::vector<Wording> all;
    for (const std::vector<Rule>* rules : {&phases_.level_conditions, &phases_.needs})
      for (const Rule& rule : *rules)
        if (rule.level == level) all.push_back(wording(sheet_.index, rule.observable, sheet_.language));
    if (all.empty()) return html_.text("—");
    const Html::Element list = html_.open("ul");
    for (const Wording& one : all) {
      const Html::Element item = html_.open("li");
      sheet_.condition(one);
      html_.text(" ");
      sheet_.clauses(one.clauses);
    }
  }

  // ---------------------------------------------------------------- when a condition fails

  void gap_policy() const {
    if (phases_.needs.empty()) return;
    const std::vector<Observable>& all = sheet_.subject().observables;
    const auto policy =
        std::find_if(all.begin(), all.end(), [](const Observable& o) { return o.role == Role::gap_policy; });
    std::vector<std::string> clauses;
    std::string words = policy_words(0);
    if (policy != all.end()) {
      clauses = sheet_.index.clauses(static_cast<std::uint32_t>(policy - all.begin()));
      words = policy->id.empty() ? fixed_policy() : chosen_policy(policy->id);
    }
    paragraph(std::string(say("Đủ điểm của một mức mà thiếu điều kiện của mức đó: ",
                              "With the points of a level but without its conditions: ")) +
                  words + ".",
              clauses);
  }

  /// The label of the option chosen.
  std::string chosen_policy(const std::string& id) const {
    for (const bytecode::ReadingInfo& reading : sheet_.module().readings)
      if (reading.id == id && reading.chosen < reading.option_labels.size())
        return reading.option_labels[reading.chosen];
    return fixed_policy();
  }

  std::string fixed_policy() const {
    for (const bytecode::Instruction& i : sheet_.subject().code)
      if (i.opcode == Opcode::need) return policy_words(i.a);
    return policy_words(0);
  }

  std::string policy_words(std::uint32_t policy) const {
    if (policy == 1)
      return say("xét mức kế dưới, nếu đủ điều kiện của mức ấy", "the next level, if its own conditions hold");
    if (policy == 2) return say("xét dần xuống, đến mức cuối cùng", "the levels below one by one, down to the last");
    return say("không mức nào phù hợp", "no level fits");
  }

  // ---------------------------------------------------------------- rules that override points and conditions

  void special_cases() const {
    if (phases_.not_rated.empty() && phases_.bars.empty() && phases_.lowers.empty() && phases_.caps.empty() &&
        phases_.forces.empty() && phases_.hand_overs.empty())
      return;
    html_.leaf("h3", say("Trường hợp riêng", "Special cases"));
    const Html::Element table = html_.open("table", {{"class", "cases"}});
    sheet_.table_head({{say("Khi", "When"), "condition"}, {say("Điều khoản", "Clause"), "cited"}});
    const Html::Element body = html_.open("tbody");
    not_rated();
    bars();
    lowers();
    caps();
    forces();
    hand_overs();
  }

  void effect(const std::string& text) const {
    const Html::Element row = html_.open("tr", {{"class", "group"}});
    html_.leaf("th", text, {{"colspan", "2"}, {"scope", "rowgroup"}});
  }

  void rule(const Rule& rule) const {
    const Html::Element row = html_.open("tr");
    const Wording when = rule.observable == kNone ? Wording() : wording(sheet_.index, rule.observable, sheet_.language);
    {
      const Html::Element cell = html_.open("td");
      sheet_.condition(when);
    }
    cell_of_clauses(when.clauses);
  }

  void not_rated() const {
    if (!phases_.not_rated.empty()) effect(say("Không xếp loại", "Not rated"));
    for (const Rule& one : phases_.not_rated) rule(one);
  }

  /// Rules of one level after another, best first, under one heading each.
  template <typename Heading>
  void by_level(const std::vector<Rule>& rules, Heading heading) const {
    for (std::uint32_t level = 0; level <= rating_.levels.size(); ++level) {
      bool first = true;
      for (const Rule& one : rules) {
        if (one.level != level) continue;
        if (first) effect(heading(level));
        first = false;
        rule(one);
      }
    }
  }

  void bars() const {
    by_level(phases_.bars, [&](std::uint32_t best_left) {
      return say("Không xếp từ ", "Not rated ") + quoted_level(best_left - 1) + say(" trở lên", " or above");
    });
  }

  void lowers() const {
    for (std::uint32_t by = 1; by <= rating_.levels.size(); ++by) {
      bool first = true;
      for (const Rule& one : phases_.lowers) {
        if (one.level != by) continue;
        if (first) effect(say("Hạ ", "Lowered by ") + std::to_string(by) + say(" mức", by == 1 ? " level" : " levels"));
        first = false;
        rule(one);
      }
    }
  }

  void caps() const {
    if (!phases_.caps.empty()) effect(say("Không xếp cao hơn", "Not rated above"));
    for (const Rule& one : phases_.caps)
      if (one.observable != kNone) rule(one);
  }

  void forces() const {
    by_level(phases_.forces, [&](std::uint32_t level) {
      return say("Xếp ", "Rated ") + quoted_level(level) + say(", không xét điểm", ", whatever the points");
    });
  }

  void hand_overs() const {
    if (phases_.hand_overs.empty()) return;
    effect(say("Giao cấp có thẩm quyền quyết định", "For the competent authority to decide"));
    for (const trace::HandOver& hand_over : phases_.hand_overs) {
      const Html::Element row = html_.open("tr");
      const Wording when = wording(sheet_.index, hand_over.rule.observable, sheet_.language);
      {
        const Html::Element cell = html_.open("td");
        sheet_.condition(when);
        details(hand_over);
      }
      cell_of_clauses(when.clauses);
    }
  }

  void details(const trace::HandOver& hand_over) const {
    std::vector<std::string> parts;
    const std::string& in_place_of = sheet_.index.observable(hand_over.rule.observable).label;
    if (!in_place_of.empty()) parts.push_back(say("thay cho ", "in place of ") + in_place_of);
    const std::string choice = allowed(hand_over);
    if (!choice.empty()) parts.push_back(say("được chọn ", "may choose ") + choice);
    if (hand_over.decision != kNone) proof(sheet_.subject().fields[hand_over.decision], parts);
    if (!parts.empty()) html_.leaf("div", in_document(joined(parts, "; ")) + ".", {{"class", "detail"}});
  }

  /// Outcomes that the clause names; nothing where every level is open.
  std::string allowed(const trace::HandOver& hand_over) const {
    std::vector<std::string> levels;
    for (std::uint32_t level = 0; level < rating_.levels.size(); ++level)
      if ((hand_over.allowed >> level & 1U) != 0) levels.push_back(quoted_level(level));
    return levels.size() == rating_.levels.size() ? "" : joined(levels);
  }

  void proof(const Field& decision, std::vector<std::string>& parts) const {
    if (decision.needs_reason) parts.emplace_back(say("cần lý do", "with a reason"));
    if (decision.needs_document) parts.emplace_back(say("cần văn bản", "with a document"));
  }

  // ---------------------------------------------------------------- quotas

  void quotas() const {
    for (const QuotaInfo& quota : rating_.quotas) {
      std::string text = say("Tỉ lệ khống chế: ", "Quota: ") + level_named(quota.level) +
                         say(" không quá ", " at most ") + percent(quota.rate) +
                         say(" số được xếp ", " of those rated ") + level_named(quota.base);
      if (quota.base_and_above) text += say(" trở lên", " or above");
      if (!quota.raised_to.empty())
        text +=
            say("; nâng đến ", "; raised to ") + percent(quota.raised_to) + say(" khi có quyết định", " by decision");
      paragraph(text + ".", quota.clauses);
    }
  }

  std::string level_named(const std::string& id) const {
    for (std::uint32_t level = 0; level < rating_.levels.size(); ++level)
      if (rating_.levels[level].id == id) return quoted_level(level);
    return id;
  }

  std::string percent(const std::string& rate) const {
    const std::optional<Rational> value = Rational::parse(rate);
    return value ? sheet_.number(*value * Rational(100)) + "%" : rate;
  }

  const Sheet& sheet_;
  Html& html_;
  const RatingInfo& rating_;
  const trace::Phases& phases_;
};

}  // namespace

void write_rating(const Sheet& sheet) {
  if (sheet.index.rating() != nullptr) RatingSection(sheet, *sheet.index.rating()).write();
}

}  // namespace quy::tools

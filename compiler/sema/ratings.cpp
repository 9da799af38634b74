#include "compiler/sema/ratings.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "compiler/sema/citations.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {
namespace {

using Guard = syntax::Level::Guard;

class RatingReader {
 public:
  RatingReader(const Part<syntax::Rating>& rating, ReadingRegister& readings, Pack& pack, Reporter& report)
      : rating_(rating), context_(rating.context), readings_(readings), pack_(pack), report_(report) {}

  DeclaredRating run(const std::string& id) {
    result_.span = rating_->span;
    result_.info.id = id;
    std::string label = label_in(context_, rating_->label);
    result_.info.label = label.empty() ? rating_->name.text : label;
    result_.info.clauses = read_clauses(context_, rating_->citations, report_).ids;
    check_kinds();
    for (const syntax::Level& level : rating_->levels) add_level(level);
    check_levels();
    for (const syntax::Quota& quota : rating_->quotas) add_quota(quota);
    return std::move(result_);
  }

 private:
  void check_kinds() {
    for (const syntax::Name& kind : rating_->kinds)
      if (!context_.pack->kinds.find(fold_id(kind.text)))
        report_.at(context_, kind.span, Diag::unknown_kind, {kind.text}).suggest(nearest(kind.text, context_.pack->kinds.names()));
  }

  void add_level(const syntax::Level& ast) {
    syntax::Name name = name_in(context_, ast.name);
    names_.add(name, 0, report_, context_);
    bytecode::LevelInfo level;
    level.id = fold_id(name.text);
    level.label = label_in(context_, ast.label);
    if (level.label.empty()) level.label = name.text;
    if (ast.guard == Guard::from)
      if (auto floor = number_in(context_, ast.floor)) level.floor = floor->value;
    level.clauses = read_clauses(context_, ast.citations, report_).ids;
    if (level.clauses.empty()) level.clauses = result_.info.clauses;
    result_.info.levels.push_back(std::move(level));
  }

  void check_levels() {
    const auto& levels = rating_->levels;
    if (levels.empty()) {
      report_.at(context_, rating_->span, Diag::rating_without_levels, {});
      return;
    }
    if (levels.size() > limits::levels) report_.at(context_, levels[limits::levels].span, Diag::too_many_levels, {levels.size(), limits::levels});
    bool by_condition = std::any_of(levels.begin(), levels.end(), [](const auto& level) { return level.guard == Guard::when; });
    bool closed = std::any_of(levels.begin(), levels.end(), [](const auto& level) { return level.guard == Guard::otherwise; });
    std::optional<Rational> floor;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      bool last = i + 1 == levels.size();
      if (levels[i].guard == Guard::otherwise && !last) report_.at(context_, levels[i].span, Diag::otherwise_not_last, {});
      if (levels[i].guard == Guard::from && by_condition) report_.at(context_, levels[i].span, Diag::level_forms_mixed, {});
      if (last && !closed && !by_condition)
        report_.at(context_, levels[i].span, Diag::last_level_open, {levels[i].name.text});
      if (levels[i].guard != Guard::from) continue;
      const auto& here = result_.info.levels[i].floor;
      if (floor && here && *here >= *floor)
        report_.at(context_, levels[i].floor.span, Diag::floors_do_not_fall, {number_text(*here), number_text(*floor)});
      floor = here;
    }
    if (!rating_->needs.empty() && !rating_->gap_rule) report_.at(context_, rating_->needs.front().span, Diag::gap_rule_missing, {});
  }

  void check_level(const syntax::Name& name) {
    if (!names_.find(fold_id(name.text)))
      report_.at(context_, name.span, Diag::unknown_level, {name.text}).suggest(nearest(name.text, names_.names()));
  }

  void add_quota(const syntax::Quota& ast) {
    check_level(ast.level);
    check_level(ast.base);
    bytecode::QuotaInfo quota;
    quota.level = fold_id(ast.level.text);
    quota.base = fold_id(ast.base.text);
    quota.base_and_above = ast.base_and_above;
    quota.rate = ast.rate.value.exact_text();
    if (ast.raised_to) quota.raised_to = ast.raised_to->value.exact_text();
    check_rates(ast);
    for (const syntax::Name& cohort : ast.cohort) quota.cohort.push_back(fold_id(cohort.text));
    place_surplus(ast, quota);
    quota.clauses = read_clauses(context_, ast.citations, report_).ids;
    quota.raised_clauses = read_clauses(context_, ast.raised_citations, report_).ids;
    for (const std::string& clause : quota.raised_clauses)
      if (std::find(quota.clauses.begin(), quota.clauses.end(), clause) == quota.clauses.end()) quota.clauses.push_back(clause);
    result_.info.quotas.push_back(std::move(quota));
  }

  void check_rates(const syntax::Quota& ast) {
    if (ast.rate.value.sign() < 0 || ast.rate.value > Rational(1)) report_.at(context_, ast.rate.span, Diag::quota_rate_range, {});
    const auto& raised = ast.raised_to;
    if (raised && (raised->value <= ast.rate.value || raised->value > Rational(1)))
      report_.at(context_, raised->span, Diag::quota_rate_range, {});
  }

  /// Where those over the quota go: a level's id, or nothing for no level.
  void place_surplus(const syntax::Quota& ast, bytecode::QuotaInfo& quota) {
    if (ast.surplus_level) {
      check_surplus(*ast.surplus_level, ast);
      quota.surplus = fold_id(ast.surplus_level->text);
    }
    if (!ast.surplus_choice) return;
    Part<syntax::OpenChoice> choice{&*ast.surplus_choice, context_};
    std::uint32_t reading = readings_.index_of(choice, nullptr);
    readings_.mark_used(reading);
    quota.surplus_reading = reading;
    quota.surplus_by_option.resize(choice->options.size());
    for (std::uint32_t i = 0; i < choice->options.size(); ++i) {
      const syntax::Option& option = choice->options[i];
      if (option.policy || policy_by_name(option.name.text)) continue;
      bool named = option.value && option.value->kind == syntax::ExprKind::name;
      syntax::Name level = named ? syntax::Name{option.value->text, option.value->span} : option.name;
      check_surplus(level, ast);
      quota.surplus_by_option[i] = fold_id(level.text);
    }
    const std::uint32_t chosen = pack_.readings[reading].info.chosen;
    if (chosen < quota.surplus_by_option.size()) quota.surplus = quota.surplus_by_option[chosen];
  }

  void check_surplus(const syntax::Name& level, const syntax::Quota& ast) {
    check_level(level);
    std::size_t to = names_.index(fold_id(level.text)), from = names_.index(fold_id(ast.level.text));
    if (to != names_.npos && from != names_.npos && to <= from)
      report_.at(context_, level.span, Diag::surplus_not_lower, {level.text, ast.level.text});
  }

  const Part<syntax::Rating>& rating_;
  Context context_;
  ReadingRegister& readings_;
  Pack& pack_;
  Reporter& report_;
  NameTable<int> names_;
  DeclaredRating result_;
};

}  // namespace

DeclaredRating declare_rating(const Part<syntax::Rating>& rating, const std::string& id, ReadingRegister& readings, Pack& pack,
                              Reporter& report) {
  return RatingReader(rating, readings, pack, report).run(id);
}

std::optional<GapPolicy> policy_by_name(const std::string& name) {
  std::string id = fold_id(name);
  if (id == "khong_muc_nao" || id == "no_level") return GapPolicy::no_level;
  if (id == "muc_ke_duoi" || id == "muc_duoi" || id == "next_lower_level" || id == "next_lower") return GapPolicy::next_lower;
  if (id == "xet_den_cung" || id == "den_cung" || id == "down_to_the_last_level" || id == "down_to_the_end") return GapPolicy::down_to_the_end;
  return std::nullopt;
}

}  // namespace quy::sema

// Rules about ratings and about choices that a text leaves open.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "tools/lint/all_rules.h"
#include "tools/lint/from_check.h"
#include "tools/lint/words.h"

namespace quy::lint {

using syntax::OpenChoice;
using syntax::Option;
using syntax::Proof;

namespace {

class Visitor : public SyntaxVisitor {
 public:
  Visitor(const PackView& view, Report& report) : view_(view), report_(report) {}

 protected:
  const PackView& view_;
  Report& report_;
};

template <class Kind>
void run_visitor(const PackView& view, Report& report) {
  Kind visitor(view, report);
  view.walk(visitor);
}

class Exceptions : public Visitor {
 public:
  using Visitor::Visitor;
  void exception(const syntax::Exception& exception) override {
    if (exception.proof != Proof::none) return;
    report_.at(exception.name.span,
               say("ngoại lệ `{0}` không đòi lý do hay văn bản: chỉ cần nêu ra là được trừ",
                   "exception `{0}` asks for no reason or document: claiming it is enough", exception.name.text),
               say("thêm `cần lý do và văn bản` (hoặc một trong hai)", "add `needs reason and document` (or one of them)"));
  }
};

class HandOvers : public Visitor {
 public:
  using Visitor::Visitor;
  void rating(const syntax::Rating& rating) override {
    for (const syntax::HandOver& rule : rating.hand_overs)
      if (rule.proof == Proof::none)
        report_.at(rule.span,
                   say("giao quyết định mà không đòi lý do hay văn bản: sau này không ai kiểm tra lại được",
                       "a decision is handed over without reason or document: nobody can check it later"),
                   say("thêm `cần lý do` hoặc `cần văn bản` trước `theo`", "add `needs reason` or `needs document` before `cites`"));
  }
};

class Choices : public Visitor {
 public:
  using Visitor::Visitor;
};

class SingleOption : public Choices {
 public:
  using Choices::Choices;
  void open_choice(const OpenChoice& choice) override {
    if (choice.options.size() != 1) return;
    report_.at(choice.name.span, say("`{0}` để mở mà chỉ có một lựa chọn", "`{0}` is left open with one option only", choice.name.text),
               say("thêm lựa chọn kia, hoặc viết thẳng vào quy tắc", "add the other option, or write it into the rule"));
  }
};

class SameOptions : public Choices {
 public:
  using Choices::Choices;
  void open_choice(const OpenChoice& choice) override {
    std::map<std::string, const Option*> first;
    for (const Option& option : choice.options) {
      std::string content = option.value ? view_.text(option.value->span) : "";
      if (option.policy) content = std::to_string(static_cast<int>(*option.policy));
      if (content.empty()) continue;
      auto [place, fresh] = first.try_emplace(std::move(content), &option);
      if (!fresh)
        report_
            .at(option.name.span,
                say("lựa chọn `{0}` giống hệt `{1}`: chọn cái nào cũng như nhau",
                    "option `{0}` says the same as `{1}`: it makes no difference which is picked", option.name.text, place->second->name.text),
                say("sửa một trong hai, hoặc bỏ", "mend one of them, or remove it"))
            .label(place->second->name.span, {"lựa chọn kia ở đây", "the other option is here"});
    }
  }
};

class WithoutNote : public Choices {
 public:
  using Choices::Choices;
  void open_choice(const OpenChoice& choice) override {
    const bool explained =
        choice.label || std::all_of(choice.options.begin(), choice.options.end(), [](const Option& o) { return o.label.has_value(); });
    if (explained) return;
    report_.at(choice.name.span,
               say("`{0}` để mở mà không có lời nào nói văn bản hở chỗ nào", "`{0}` is left open and nothing says what the text leaves unsaid",
                   choice.name.text),
               say("viết nhãn sau tên, và nhãn cho từng lựa chọn: người chọn đọc chúng trên trang cách hiểu",
                   "write a label after the name and one for each option: those who choose read them on the readings page"));
  }
};

}  // namespace

void exception_without_proof(const PackView& view, Report& report) { run_visitor<Exceptions>(view, report); }
void hand_over_without_proof(const PackView& view, Report& report) { run_visitor<HandOvers>(view, report); }
void choice_with_one_option(const PackView& view, Report& report) { run_visitor<SingleOption>(view, report); }
void options_the_same(const PackView& view, Report& report) { run_visitor<SameOptions>(view, report); }
void open_choice_without_note(const PackView& view, Report& report) { run_visitor<WithoutNote>(view, report); }

void level_out_of_reach(const PackView& view, Report& report) { repeat_check(view, report, Diag::band_out_of_reach); }
void unused_open_choice(const PackView& view, Report& report) { repeat_check(view, report, Diag::choice_unused); }

void shared_exception(const PackView& view, Report& report) { repeat_check(view, report, Diag::exception_shared); }

void profile_misses_choice(const PackView& view, Report& report) {
  const sema::Pack& pack = view.pack();
  for (const sema::Reading& reading : pack.readings) {
    if (!view.is_own(reading.span) || reading.info.closed) continue;
    for (std::size_t i = 0; i < pack.profiles.size() && i < reading.by_profile.size(); ++i)
      if (reading.by_profile[i] == sema::kNone)
        report.at(reading.span,
                  say("hồ sơ “{0}” không chọn gì ở `{1}`", "profile “{0}” picks nothing for `{1}`", pack.profiles[i].label, reading.info.id),
                  say("thêm dòng `{0} = …` vào hồ sơ", "add a row `{0} = …` to the profile", reading.info.id));
  }
}

void choice_repeats_profile(const PackView& view, Report& report) {
  const sema::Pack& pack = view.pack();
  std::size_t picked = pack.profiles.size();
  std::vector<const syntax::Choice*> choices;
  for (const syntax::File* file : view.files())
    for (const syntax::Item& item : file->items)
      if (const auto* choice = std::get_if<syntax::Choice>(&item)) choices.push_back(choice);
  for (const syntax::Choice* choice : choices)
    for (std::size_t i = 0; i < pack.profiles.size(); ++i)
      if (choice->is_profile && pack.profiles[i].id == fold_id(choice->name.text)) picked = i;
  if (picked == pack.profiles.size()) return;
  for (const syntax::Choice* choice : choices)
    for (const sema::Reading& reading : pack.readings) {
      if (choice->is_profile || choice->option.empty() || reading.info.id != fold_id(choice->name.text) || picked >= reading.by_profile.size())
        continue;
      const std::uint32_t option = reading.by_profile[picked];
      if (option == sema::kNone || reading.info.option_ids[option] != fold_id(choice->option.text)) continue;
      report.at(choice->span,
                say("hồ sơ “{0}” đã chọn `{1}` như vậy", "profile “{0}” picks `{1}` just so", pack.profiles[picked].label, choice->name.text),
                say("bỏ dòng này; hoặc giữ nếu văn bản của địa phương nói rõ, và bỏ qua kèm lý do",
                    "remove this line; or keep it where your document says so itself, and ignore this with a reason"));
    }
}

}  // namespace quy::lint

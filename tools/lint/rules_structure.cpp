// Rules about the pack as a whole: what is declared and never used, and how its files fit together.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "tools/lint/all_rules.h"
#include "tools/lint/pack_view.h"
#include "tools/lint/report.h"
#include "tools/lint/words.h"

namespace quy::lint {

namespace {

bool is_referred_to(const PackView& view, const syntax::Name& name) { return view.references().contains(fold_id(name.text)); }

void unused(Report& report, const syntax::Name& name, const char* vi, const char* en) {
  report.at(name.span,
            say("{1} `{0}` khai báo mà không dùng ở đâu", "{2} `{0}` is declared and never used", name.text, std::string(vi), std::string(en)),
            say("dùng nó, hoặc bỏ: người đọc sẽ đi tìm chỗ dùng", "use it or remove it: readers will look for where it is used"));
}

template <class Kind, class Look>
void each_item(const PackView& view, Look look) {
  for (const syntax::File* file : view.files())
    for (const syntax::Item& item : file->items)
      if (const auto* found = std::get_if<Kind>(&item)) look(*found);
}

class Computes : public SyntaxVisitor {
 public:
  Computes(const PackView& view, Report& report) : view_(view), report_(report) {}
  void compute(const syntax::Compute& compute) override {
    if (!is_referred_to(view_, compute.name)) unused(report_, compute.name, "giá trị tính", "value");
  }

 private:
  const PackView& view_;
  Report& report_;
};

/// Names that the body of one indicator mentions.
class Mentions : public SyntaxVisitor {
 public:
  void label(const syntax::LabelText& label) override {
    if (label.is_parameter) names_.insert(fold_id(label.text));
  }
  void citations(const syntax::Citations& cited) override {
    for (const syntax::Citation& citation : cited)
      if (citation.is_parameter) names_.insert(fold_id(citation.text));
  }
  void reference(const std::string& name, Span) override {
    const std::string id = fold_id(name);
    names_.insert(id.substr(0, id.find('.')));
    names_.insert(id);
  }
  void group(const syntax::Group& group, const syntax::Group*) override { reference(group.name.text, group.name.span); }
  void field(const syntax::Field& field, const syntax::EvidenceBlock&) override {
    for (const syntax::Name& name : field.names) reference(name.text, name.span);
  }
  void compute(const syntax::Compute& compute) override { reference(compute.name.text, compute.name.span); }
  void exception(const syntax::Exception& exception) override { reference(exception.name.text, exception.name.span); }
  void open_choice(const syntax::OpenChoice& choice) override { reference(choice.name.text, choice.name.span); }
  bool contain(const syntax::Name& name) const { return names_.contains(fold_id(name.text)); }

 private:
  std::set<std::string> names_;
};

class Blocks : public SyntaxVisitor {
 public:
  Blocks(const PackView& view, Report& report) : view_(view), report_(report) {}
  void subject(const syntax::Subject& subject) override {
    for (const syntax::Allocation& each : subject.body.allocations)
      if (each.rows.empty()) say_so(each.span);
    for (const syntax::EvidenceMap& each : subject.body.evidence_maps)
      if (each.rows.empty()) say_so(each.span);
  }
  void evidence_block(const syntax::EvidenceBlock& block) override {
    if (block.fields.empty() && block.requirements.empty() && block.for_kinds.empty()) say_so(block.span);
  }
  void item(const syntax::Item& item) override {
    if (const auto* rules = std::get_if<syntax::NotRules>(&item); rules && rules->rows.empty()) say_so(rules->span);
  }

 private:
  void say_so(Span span) {
    report_.at(span, say("khối này rỗng", "this block is empty"), say("viết nội dung vào, hoặc bỏ", "fill it in, or remove it"));
  }
  const PackView& view_;
  Report& report_;
};

class Dates : public SyntaxVisitor {
 public:
  Dates(const PackView& view, Report& report) : view_(view), report_(report), to_(view.header().in_force_to) {}
  void node(const syntax::Expr& expr) override {
    if (expr.kind == syntax::ExprKind::date && to_ && expr.day > *to_) say_so(expr.span);
  }
  void item(const syntax::Item& item) override {
    const auto* calendar = std::get_if<syntax::WorkCalendarDates>(&item);
    if (!calendar || !to_) return;
    const auto late = [&](const std::vector<DayNumber>& days) {
      return std::any_of(days.begin(), days.end(), [&](DayNumber day) { return day > *to_; });
    };
    if (late(calendar->holidays) || late(calendar->extra_workdays)) say_so(calendar->span);
  }

 private:
  void say_so(Span span) {
    report_
        .at(span,
            say("có ngày sau khi bộ tiêu chí hết hiệu lực: nó không bao giờ được dùng tới", "a date after the pack's last day: it is never used"),
            say("xem lại ngày này, hoặc ngày hết hiệu lực", "look at this date, or at the pack's last day"))
        .label(view_.header().span, {"hiệu lực khai báo ở đây", "the pack's dates are here"});
  }
  const PackView& view_;
  Report& report_;
  std::optional<DayNumber> to_;
};

}  // namespace

void unused_indicator(const PackView& view, Report& report) {
  each_item<syntax::Indicator>(view, [&](const syntax::Indicator& indicator) {
    if (!is_referred_to(view, indicator.name)) unused(report, indicator.name, "mẫu tiêu chí", "indicator");
  });
}

void unused_parameter(const PackView& view, Report& report) {
  for (const syntax::File* file : view.files())
    for (const syntax::Item& item : file->items) {
      const auto* indicator = std::get_if<syntax::Indicator>(&item);
      if (!indicator) continue;
      Mentions mentions;
      walk(item, mentions);
      for (const syntax::Parameter& parameter : indicator->parameters)
        if (!mentions.contain(parameter.name)) unused(report, parameter.name, "tham số", "parameter");
    }
}

void unused_value(const PackView& view, Report& report) {
  Computes visitor(view, report);
  view.walk(visitor);
}

void unused_scale(const PackView& view, Report& report) {
  each_item<syntax::OrderedScale>(view, [&](const syntax::OrderedScale& scale) {
    if (!is_referred_to(view, scale.name)) unused(report, scale.name, "thang", "scale");
  });
}

void unused_table(const PackView& view, Report& report) {
  each_item<syntax::Table>(view, [&](const syntax::Table& table) {
    if (!is_referred_to(view, table.name)) unused(report, table.name, "bảng", "table");
  });
}

void unused_kind(const PackView& view, Report& report) {
  each_item<syntax::SubjectKinds>(view, [&](const syntax::SubjectKinds& kinds) {
    for (const syntax::LabelledName& kind : kinds.kinds)
      if (!is_referred_to(view, kind.name)) unused(report, kind.name, "loại đối tượng", "subject kind");
  });
}

void unused_rating(const PackView& view, Report& report) {
  // A framework may keep a rating for the sets that complete it.
  if (view.pack().framework) return;
  each_item<syntax::Rating>(view, [&](const syntax::Rating& rating) {
    const bool used = std::any_of(view.subjects().begin(), view.subjects().end(), [&](const SubjectView& subject) {
      const auto& typed = subject.subject().rating;
      return typed && view.pack().ratings[typed->declared].span == rating.span;
    });
    if (used) return;
    const Span place = rating.name.empty() ? rating.span : rating.name.span;
    report.at(place, say("không đối tượng nào xếp loại theo cách này", "no subject is rated this way"),
              say("nêu nó ở đối tượng bằng `xếp loại <tên>`, hoặc bỏ", "name it in a subject by `rating <name>`, or remove it"));
  });
}

void unused_profile(const PackView& view, Report& report) {
  // A framework offers its profiles to the sets that complete it.
  if (view.pack().framework) return;
  std::set<std::string> chosen;
  each_item<syntax::Choice>(view, [&](const syntax::Choice& choice) {
    if (choice.is_profile) chosen.insert(fold_id(choice.name.text));
  });
  each_item<syntax::Profile>(view, [&](const syntax::Profile& profile) {
    if (!chosen.contains(fold_id(profile.name.text))) unused(report, profile.name, "hồ sơ", "profile");
  });
}

void unused_stages(const PackView& view, Report& report) {
  each_item<syntax::Stages>(view, [&](const syntax::Stages& stages) {
    const bool judged = std::any_of(view.subjects().begin(), view.subjects().end(), [](const SubjectView& subject) {
      const auto& criteria = subject.subject().criteria;
      return std::any_of(criteria.begin(), criteria.end(), [](const sema::Criterion& c) {
        return std::holds_alternative<sema::Judged>(c.scoring) || std::holds_alternative<sema::LevelChoice>(c.scoring);
      });
    });
    if (!judged)
      report.at(stages.span,
                say("khai báo các bước chấm mà không tiêu chí nào do người chấm", "stages are declared, but no criterion is scored by people"),
                say("bỏ dòng này, trừ khi số liệu cũng khác nhau theo bước (khi đó bỏ qua kèm lý do)",
                    "remove this line, unless figures differ from stage to stage too (then ignore this with a reason)"));
  });
}

void pack_in_two_languages(const PackView& view, Report& report) {
  const syntax::File* first = view.files().front();
  for (const syntax::File* file : view.files()) {
    if (file->language == first->language || file->items.empty()) continue;
    const std::string_view line = view.sources().line_text(file->file, 0);
    report.at({file->file, 0, static_cast<std::uint32_t>(line.size())},
              say("tệp này dùng từ khoá của ngôn ngữ khác với {0}", "this file has keywords of another language than {0}",
                  view.sources().name(first->file)),
              say("chạy `quy fmt --keywords vi` (hoặc `en`) cho cả gói", "run `quy fmt --keywords en` (or `vi`) on the whole pack"));
  }
}

void empty_block(const PackView& view, Report& report) {
  Blocks visitor(view, report);
  view.walk(visitor);
}

void date_out_of_force(const PackView& view, Report& report) {
  Dates visitor(view, report);
  view.walk(visitor);
}

}  // namespace quy::lint

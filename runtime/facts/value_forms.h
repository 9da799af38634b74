#pragma once
// The forms of a value that are JSON objects. Which one it is, its first key says; keys of two forms do not mix.
//
// Part of value_reader.cpp: a template over fields and lists, which share all forms but the plain one.

#include <optional>
#include <string>
#include <vector>

#include "base/numeric/date.h"
#include "runtime/facts/value_reader.h"

namespace quy::facts {

template <class Plan, class Out>
class ValueReader::ObjectForms {
 public:
  ObjectForms(ValueReader& reader, Plan& plan, Out& out, Forms forms)
      : reader_(reader), cursor_(reader.cursor_), plan_(plan), out_(out), forms_(forms) {}

  bool read() {
    return cursor_.object([this](std::string_view name) { return member(name); }) && finish();
  }

 private:
  enum class Form : std::uint8_t { none, state, wrapper, claim, staged };
  struct Key {
    std::string_view name;
    Form form;
    bool (ObjectForms::*read)();
  };
  static constexpr Key kKeys[] = {
      {"na", Form::state, &ObjectForms::excluded},     {"none", Form::state, &ObjectForms::did_not_arise},
      {"due", Form::state, &ObjectForms::not_yet_due}, {"value", Form::wrapper, &ObjectForms::wrapped},
      {"source", Form::wrapper, &ObjectForms::source}, {"date", Form::wrapper, &ObjectForms::source_date},
      {"by", Form::wrapper, &ObjectForms::by},         {"claimed", Form::claim, &ObjectForms::claimed},
      {"reason", Form::claim, &ObjectForms::reason},   {"document", Form::claim, &ObjectForms::document},
      {"reason", Form::wrapper, &ObjectForms::reason},
  };

  bool allowed(Form form) const {
    switch (form) {
      case Form::wrapper: return forms_.wrapped;
      case Form::claim: return reader_.takes_claims(plan_);
      case Form::staged: return forms_.staged;
      default: return true;
    }
  }

  bool member(std::string_view name) {
    for (std::size_t i = 0; i < std::size(kKeys); ++i) {
      if (kKeys[i].name == name && allowed(kKeys[i].form))
        return enter(kKeys[i].form, i, name) && (this->*kKeys[i].read)();
    }
    const std::uint32_t stage = allowed(Form::staged) ? reader_.plan_->find_stage(name) : kNone;
    if (stage == kNone) return unknown(name);
    return enter(Form::staged, std::size(kKeys) + stage, name) && at_stage(stage, name);
  }

  /// The key belongs to the form that the first one chose, and is new.
  bool enter(Form form, std::size_t key, std::string_view name) {
    const std::uint64_t bit = std::uint64_t{1} << key;
    if ((seen_ & bit) != 0) return cursor_.fail({Diag::key_repeated, {name}, {}});
    // Of the states only one can be meant.
    const bool fits = form_ == Form::none || (form_ == form && form != Form::state);
    seen_ |= bit;
    form_ = form;
    return fits || cursor_.fail({Diag::value_forms_mixed, {name}, {}});
  }

  bool unknown(std::string_view name) {
    std::vector<std::string> known;
    for (const Key& key : kKeys) {
      if (allowed(key.form)) known.emplace_back(key.name);
    }
    if (allowed(Form::staged))
      known.insert(known.end(), reader_.plan_->subject->stages.begin(), reader_.plan_->subject->stages.end());
    const Bilingual where{"giá trị của một trường", "a field's value"};
    return cursor_.fail(not_there(Diag::key_unknown, {shown(name), where}, name, known));
  }

  // -------------------------------------------------------------- states

  bool set_state([[maybe_unused]] vm::FieldState state, std::string_view name) {
    if (!reader_.allows_state(plan_, name)) return false;
    if constexpr (requires { out_.state; }) out_.state = state;
    return true;
  }
  bool excluded() {
    std::string_view why;
    if (cursor_.here() != '"' || !cursor_.string(why) || why.empty()) {
      return cursor_.fail({Diag::state_malformed, {"na", Bilingual{"lý do bằng chữ", "a reason in words"}}, {}});
    }
    return set_state(vm::FieldState::excluded, "na");
  }
  bool did_not_arise() {
    std::string_view why;
    const bool holds =
        cursor_.here() == 't' ? cursor_.literal("true") : cursor_.here() == '"' && cursor_.string(why) && !why.empty();
    if (!holds)
      return cursor_.fail(
          {Diag::state_malformed, {"none", Bilingual{"true hoặc lý do bằng chữ", "true or a reason in words"}}, {}});
    return set_state(vm::FieldState::did_not_arise, "none");
  }
  bool not_yet_due() {
    std::string_view day;
    if (cursor_.here() != '"' || !cursor_.string(day) || !parse_iso_date(day)) {
      return cursor_.fail(
          {Diag::state_malformed, {"due", Bilingual{"một ngày như \"2026-06-30\"", "a day like \"2026-06-30\""}}, {}});
    }
    return set_state(vm::FieldState::not_yet_due, "due");
  }

  // -------------------------------------------------------------- {"value": …}

  bool wrapped() {
    has_value_ = true;
    return reader_.read(plan_, out_, Forms{.wrapped = false, .staged = forms_.staged});
  }
  bool source() { return reader_.text_or_null("source", source_); }
  bool by() { return reader_.text_or_null("by", by_); }
  bool source_date() {
    std::string_view ignored;
    return reader_.day_or_null("date", ignored);
  }

  // -------------------------------------------------------------- claims of an exception

  bool claimed() {
    if constexpr (requires { out_.state; }) {
      has_value_ = true;
      return reader_.plain(plan_, out_);
    }
    return true;
  }
  bool reason() { return reader_.text_or_null("reason", reason_); }
  bool document() { return reader_.text_or_null("document", document_); }

  /// Claimed without the proof it needs is neither granted nor refused.
  void weigh_claim() {
    if constexpr (requires { out_.state; }) {
      const bool lacks =
          (plan_.field->needs_reason && reason_.empty()) || (plan_.field->needs_document && document_.empty());
      if (out_.scaled == 1 && lacks) out_ = {};
    }
  }

  // -------------------------------------------------------------- a value for each stage

  bool at_stage(std::uint32_t stage, std::string_view name) {
    if (stages_.empty()) stages_.resize(reader_.plan_->subject->stages.size());
    if (reader_.read(plan_, stages_[stage], Forms{.wrapped = forms_.wrapped, .staged = false})) return true;
    cursor_.fault().under(name);
    return false;
  }

  /// Facts carry over: what counts is the last value given at or before the stage that is rated.
  bool choose_stage() {
    const Out* before = nullptr;
    for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
      const Out& given = stages_[stage];
      if (!given.given()) continue;
      if (stage >= kFirstOverridingStage && before != nullptr && !given.same_as(*before))
        reader_.note_override(plan_, static_cast<std::uint32_t>(stage), *before, given);
      before = &given;
    }
    for (std::size_t stage = 0; stage < stages_.size() && stage <= reader_.plan_->stage; ++stage) {
      if (stages_[stage].given()) out_ = std::move(stages_[stage]);
    }
    return true;
  }

  bool finish() {
    switch (form_) {
      case Form::none: return cursor_.fail({Diag::key_missing, {"value"}, {}});
      case Form::state: return true;
      case Form::wrapper:
        out_.by = by_;
        out_.source = source_;
        out_.reason = reason_;
        return has_value_ || cursor_.fail({Diag::key_missing, {"value"}, {}});
      case Form::claim:
        weigh_claim();
        out_.reason = reason_;
        out_.source = document_;
        return has_value_ || cursor_.fail({Diag::key_missing, {"claimed"}, {}});
      case Form::staged: return choose_stage();
    }
    return true;
  }

  ValueReader& reader_;
  Cursor& cursor_;
  Plan& plan_;
  Out& out_;
  Forms forms_;
  Form form_ = Form::none;
  std::uint64_t seen_ = 0;
  bool has_value_ = false;
  std::string_view source_, by_, reason_, document_;
  std::vector<Out> stages_;
};

}  // namespace quy::facts

#include "runtime/vm/program.h"

#include <deque>
#include <unordered_map>

#include "runtime/vm/plan.h"

namespace quy::vm {

struct TextPool::Impl {
  std::deque<std::string> texts;   ///< never moved: the index refers into it
  std::unordered_map<std::string_view, std::int64_t> ids;

  std::int64_t intern(std::string_view text) {
    const auto found = ids.find(text);
    if (found != ids.end()) return found->second;
    const auto id = static_cast<std::int64_t>(texts.size());
    ids.emplace(texts.emplace_back(text), id);
    return id;
  }
};

TextPool::TextPool(const bytecode::Module& module) : impl_(std::make_shared<Impl>()) {
  for (const std::string& text : module.strings) impl_->intern(text);
}

std::int64_t TextPool::intern(std::string_view text) { return impl_->intern(text); }

std::string_view TextPool::text(std::int64_t id) const { return impl_->texts[static_cast<std::size_t>(id)]; }

Program Program::load(const bytecode::Module& module, std::uint32_t subject, const Readings& readings) {
  Program program;
  program.module_ = &module;
  program.subject_ = subject;
  program.readings_ = readings;
  program.plan_ = make_plan(program);
  return program;
}

std::uint32_t Program::chosen(std::uint32_t reading) const {
  const auto found = readings_.find(reading);
  return found != readings_.end() ? found->second : module_->readings[reading].chosen;
}

Lane Program::lane(bytecode::Register reg) const { return plan_->forms[reg].lane; }

}  // namespace quy::vm

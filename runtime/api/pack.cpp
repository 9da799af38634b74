// Packs: decoded or fresh from the compiler, verified either way.

#include <algorithm>

#include "runtime/api/evaluation.h"
#include "runtime/bytecode/codec.h"

namespace quy {

std::variant<Pack, Message> Pack::from_bytes(std::string_view bytes) {
  std::variant<bytecode::Module, Message> decoded = bytecode::decode(bytes);
  if (auto* message = std::get_if<Message>(&decoded)) return std::move(*message);
  return make(std::get<bytecode::Module>(std::move(decoded)), bytecode::pack_hash(bytes));
}

std::variant<Pack, Message> Pack::from_module(bytecode::Module module) {
  std::string hash = bytecode::pack_hash(bytecode::encode(module));
  return make(std::move(module), std::move(hash));
}

std::variant<Pack, Message> Pack::make(bytecode::Module module, std::string sha256) {
  if (std::optional<Message> fault = bytecode::verify(module)) return std::move(*fault);
  Pack pack;
  pack.module_ = std::make_shared<const bytecode::Module>(std::move(module));
  pack.sha256_ = std::move(sha256);
  return pack;
}

std::optional<std::uint32_t> Pack::find_subject(std::string_view id) const {
  const std::vector<bytecode::Subject>& subjects = module_->subjects;
  const auto found = std::find_if(subjects.begin(), subjects.end(), [id](const bytecode::Subject& s) { return s.id == id; });
  if (found == subjects.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - subjects.begin());
}

}  // namespace quy

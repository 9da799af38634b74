#include "tools/context.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/diagnostics/severity.h"
#include "base/file_io.h"
#include "base/limits.h"
#include "base/text.h"

namespace quy::tools {

std::string Context::worded(const Message& message) const {
  std::string all = std::string(severity_word(default_severity(message.id))) + '[' + std::string(code(message.id)) + "]: " + text(message, language) + '\n';
  const std::string hint = help(message, language);
  if (!hint.empty()) all += "  = " + std::string(say("gợi ý: ", "help: ")) + hint + '\n';
  return all;
}

void Context::warn(const Message& message) const { std::cerr << worded(message); }

int Context::fail(const Message& message, int status) const {
  warn(message);
  return status;
}

void print_diagnostics(const Context& context, const Compilation& compilation) {
  const auto& all = compilation.diagnostics().all();
  if (context.json) {
    write_json(std::cout, compilation.sources(), all, context.language);
    return;
  }
  if (!all.empty()) write_text(std::cerr, compilation.sources(), all, context.language, context.colour);
}

namespace {

bool is_pack_file(const std::string& path) {
  if (path.ends_with(".qpk")) return true;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  return !path.ends_with(".quy");
}

std::optional<Pack> accept(const Context& context, std::variant<Pack, Message> loaded, int& status, int bad_status) {
  if (auto* pack = std::get_if<Pack>(&loaded)) return std::move(*pack);
  status = context.fail(std::get<Message>(loaded), bad_status);
  return std::nullopt;
}

}  // namespace

bool only_unreadable(const Compilation& compilation) {
  const auto& all = compilation.diagnostics().all();
  return !all.empty() && std::all_of(all.begin(), all.end(), [](const Diagnostic& d) { return !d.span.valid(); });
}

std::optional<Pack> open_pack(const Context& context, const std::string& path, int& status) {
  if (is_pack_file(path)) {
    FileError error;
    std::optional<std::string> bytes = read_file(path, limits::pack_bytes, &error);
    if (!bytes) {
      Message message{Diag::file_unreadable, {path, system_error_text(error.system_error)}, {}};
      if (error.kind == FileError::Kind::too_large) message = {Diag::file_too_large, {path, error.size, limits::pack_bytes}, {}};
      status = context.fail(message, kUnreadable);
      return std::nullopt;
    }
    return accept(context, Pack::from_bytes(*bytes), status, kUnreadable);
  }
  Compilation compilation;
  compilation.add_path(path);
  bool good = compilation.check();
  if (!good || !compilation.diagnostics().all().empty()) {
    Context texts = context;
    texts.json = false;
    print_diagnostics(texts, compilation);
  }
  if (!good) {
    status = only_unreadable(compilation) ? kUnreadable : kFindings;
    return std::nullopt;
  }
  const sema::Pack* pack = only_pack(context, compilation, "", status);
  if (!pack) return std::nullopt;
  return accept(context, Pack::from_module(compilation.published_module(*pack)), status, kInternalError);
}

const sema::Pack* only_pack(const Context& context, const Compilation& compilation, const std::string& wanted, int& status) {
  std::vector<const sema::Pack*> packs = compilation.packs();
  std::vector<std::string> ids;
  for (const sema::Pack* pack : packs) ids.push_back(pack->id);
  if (wanted.empty() && packs.size() == 1) return packs.front();
  auto found = std::find_if(packs.begin(), packs.end(), [&](const sema::Pack* pack) { return pack->id == fold_id(wanted); });
  if (!wanted.empty() && found != packs.end()) return *found;
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : ", ") + id;
  Message message = wanted.empty() ? Message{Diag::several_packs, {list}, {}} : Message{Diag::no_such_pack, {wanted, list}, nearest(wanted, ids)};
  status = context.fail(message, kUsage);
  return nullptr;
}

}  // namespace quy::tools

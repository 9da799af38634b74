#include "tools/diff/sides.h"

#include <fmt/format.h>

#include <filesystem>

namespace quy::tools {

namespace {

std::string placed(const DiffSide& side, const std::string& file, std::uint32_t line) {
  if (file.empty()) return {};
  return fmt::format("{}:{}", side.revision ? side.revision->shown(file) : file, line);
}

bool is_compiled(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && !path.ends_with(".quy");
}

}  // namespace

std::string DiffSide::place(const bytecode::Origin& origin) const { return placed(*this, origin.file, origin.begin_line); }

std::string DiffSide::place(const Span& span) const {
  if (!compilation || !span.valid()) return {};
  return placed(*this, compilation->sources().name(span.file), compilation->sources().line_column(span.file, span.begin).line);
}

namespace {

bool compile(const Context& context, DiffSide& side, const std::string& path, const std::string& pack, int& status) {
  side.compilation = std::make_unique<Compilation>();
  side.compilation->add_path(path);
  if (!side.compilation->check()) {
    Context as_text = context;
    as_text.json = false;
    print_diagnostics(as_text, *side.compilation);
    status = only_unreadable(*side.compilation) ? kUnreadable : kFindings;
    return false;
  }
  side.source = only_pack(context, *side.compilation, pack, status);
  if (side.source == nullptr) return false;
  side.module = side.compilation->module(*side.source);
  return true;
}

}  // namespace

std::optional<DiffSide> open_side(const Context& context, Revision sources, const std::string& pack, int& status) {
  DiffSide side;
  side.revision = std::make_unique<Revision>(std::move(sources));
  side.given = side.revision->name();
  if (!compile(context, side, side.revision->path(), pack, status)) return std::nullopt;
  return side;
}

std::optional<DiffSide> open_side(const Context& context, const std::string& path, const std::string& pack, int& status) {
  if (is_revision(path)) {
    auto revision = Revision::check_out(path);
    if (auto* sources = std::get_if<Revision>(&revision)) return open_side(context, std::move(*sources), pack, status);
    status = context.fail(std::get<Message>(revision), kUnreadable);
    return std::nullopt;
  }
  DiffSide side;
  side.given = path;
  if (is_compiled(path)) {
    const std::optional<Pack> loaded = open_pack(context, path, status);
    if (!loaded) return std::nullopt;
    side.module = loaded->module();
    return side;
  }
  if (!compile(context, side, path, pack, status)) return std::nullopt;
  return side;
}

}  // namespace quy::tools

#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/text.h"
#include "compiler/syntax/parse.h"
#include "tools/commands/commands.h"
#include "tools/skeleton/skeleton.h"

namespace quy::tools {
namespace {

struct Options {
  std::vector<std::string> from;
  std::string folder, id, label;
};

/// `qd366.pl2.pho_thu_tuong`, with or without the framework in front, or the beginning of ids up to a dot: `qd366.pl3`, `qd366`.
bool stands_for(const std::string& wanted, const std::string& framework, const sema::Subject& subject) {
  auto begins = [&](const std::string& id) { return subject.id == id || subject.id.starts_with(id + "."); };
  return begins(wanted) || begins(framework + "." + wanted);
}

/// In the framework's order, each once. Nothing when one of those wanted is unknown; the status then says so.
std::vector<const sema::Subject*> select_subjects(const Context& context, const sema::Pack& framework, const Options& options, int& status) {
  std::vector<bool> chosen(framework.subjects.size(), false);
  for (const std::string& wanted : options.from) {
    bool found = false;
    for (std::size_t i = 0; i < framework.subjects.size(); ++i) {
      if (!stands_for(fold_id(wanted), framework.id, framework.subjects[i])) continue;
      chosen[i] = found = true;
    }
    if (found) continue;
    std::vector<std::string> ids;
    for (const sema::Subject& subject : framework.subjects) {
      ids.push_back(subject.id);
      ids.push_back(subject.id.substr(framework.id.size() + 1));
    }
    status = context.fail({Diag::no_such_subject, {wanted}, nearest(wanted, ids)}, kUsage);
    return {};
  }
  std::vector<const sema::Subject*> subjects;
  for (std::size_t i = 0; i < chosen.size(); ++i)
    if (chosen[i]) subjects.push_back(&framework.subjects[i]);
  return subjects;
}

/// The name of the folder, as far as it can be a name of the language.
std::string id_of_folder(const std::string& folder) {
  std::filesystem::path path = std::filesystem::absolute(folder).lexically_normal();
  std::string id = fold_id((path.has_filename() ? path : path.parent_path()).filename().string());
  for (char& c : id)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) c = '_';
  return !id.empty() && id.front() >= 'a' && id.front() <= 'z' ? id : "bo_" + id;
}

bool is_name(const std::string& text) {
  SourceMap sources;
  std::optional<FileId> file = sources.add("--id", text, nullptr);
  if (!file) return false;
  auto tokens = syntax::lex(sources, *file).tokens;
  using Kind = syntax::LexedToken::Kind;
  return tokens.size() == 1 && !tokens.front().quoted && (tokens.front().kind == Kind::name || tokens.front().kind == Kind::keyword);
}

/// Whoever gives a label of their own still gets a sample.
std::string sample_label(const Options& options, const sema::Pack& framework, const std::vector<const sema::Subject*>& subjects) {
  if (!options.label.empty()) return printable(options.label) + " (mẫu)";
  if (subjects.size() == 1) return "Mẫu phân bổ điểm: " + subjects.front()->label;
  return fmt::format("Mẫu phân bổ điểm: {} đối tượng của {}", subjects.size(), framework.label);
}

/// The command that writes the same pack, without the place, which is the reader's.
std::string command_text(const Options& options, const std::string& id) {
  std::string text = "quy init";
  for (const std::string& from : options.from) text += " --from " + from;
  text += " --id " + id;
  if (!options.label.empty()) text += " --label \"" + printable(options.label) + "\"";
  return text + " -o …";
}

int run(const Context& context, const Options& options) {
  Compilation compilation;
  compilation.add_library();
  if (!compilation.check()) {
    print_diagnostics(context, compilation);
    return kFindings;
  }
  int status = kDone;
  const sema::Pack* framework = only_pack(context, compilation, "", status);
  if (!framework) return status;
  SkeletonRequest request;
  request.framework = framework;
  request.subjects = select_subjects(context, *framework, options, status);
  if (status != kDone) return status;
  request.id = to_nfc(options.id.empty() ? id_of_folder(options.folder) : options.id);
  if (fold_id(request.id) == framework->id) return context.fail({Diag::pack_id_twice, {request.id}, {}}, kUsage);
  request.label = sample_label(options, *framework, request.subjects);
  request.command = command_text(options, request.id);

  if (auto problem = write_new_folder(options.folder, make_skeleton(request)))
    return context.fail(*problem, problem->id == Diag::folder_not_empty ? kUsage : kUnreadable);
  fmt::print(std::cerr, "{}: {} {}{}\n", options.folder, request.subjects.size(),
             context.say("đối tượng, điểm chia đều để làm mẫu; đọc ", "subjects, points shared equally as a sample; read "),
             (std::filesystem::path(options.folder) / "README.md").string());
  return kDone;
}

}  // namespace

void add_init(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("init", context.say("Viết một bộ tiêu chí mẫu để bắt đầu từ một chức danh của khung",
                                                             "Write a sample pack to start from a subject of the framework"));
  command
      ->add_option("--from", options->from,
                   context.say("Mã đối tượng, như qd366.pl2.pho_thu_tuong, hoặc phần đầu của mã: qd366.pl3, qd366; nêu được nhiều lần",
                               "Id of a subject, as qd366.pl2.pho_thu_tuong, or the beginning of ids: qd366.pl3, qd366; may be repeated"))
      ->required();
  command->add_option("-o,--output", options->folder, context.say("Thư mục mới, hoặc còn rỗng", "A folder that is new or empty"))->required();
  command
      ->add_option("--id", options->id, context.say("Tên của bộ tiêu chí; không nêu thì theo tên thư mục", "Name of the pack; by default the folder's"))
      ->check([&context](const std::string& text) {
        return is_name(text) ? std::string() : text + context.say(" không phải một tên: chữ thường, số, dấu _, bắt đầu bằng chữ",
                                                                  " is not a name: small letters, digits, _, beginning with a letter");
      });
  command->add_option("--label", options->label, context.say("Nhãn của bộ tiêu chí", "Label of the pack"));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools

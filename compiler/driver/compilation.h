#pragma once
// One compilation: finds the files, offers each stage as a function, and owns everything they make.
//
// A command stops where it may: fmt after syntax, check after sema, build after the emitter. Packs that the given ones refine and that are
// not among them come from the library compiled into the program.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"
#include "compiler/emit/from_ir.h"
#include "compiler/sema/typed.h"
#include "compiler/syntax/ast.h"

namespace quy {

class Compilation {
 public:
  /// Adds a `.quy` file or a folder of them. A file that holds no pack header brings the rest of its pack along: the nearest folder above it
  /// with a header. Problems are reported as diagnostics without a place in any source.
  void add_path(const std::string& path);

  /// Asks for the library compiled into the program, as if it had been given.
  void add_library();

  /// Parses what was added. Returns false when there are errors.
  bool parse();
  /// Parses if need be, brings in refined packs from the library, checks everything.
  bool check();

  /// The checked packs that were asked for, in the order of their folders; what they refine in the library is not among them.
  std::vector<const sema::Pack*> packs() const;
  /// The pack that a checked pack refines; nothing for one that refines none.
  const sema::Pack* refined(const sema::Pack& pack) const;
  /// The module of a checked pack.
  bytecode::Module module(const sema::Pack& pack, emit::Options options = {});
  /// The module as it is given to others: its places name a file from the folder of its pack on, so that its bytes do not depend on where it
  /// was compiled, or on how the path was typed.
  bytecode::Module published_module(const sema::Pack& pack);

  const std::vector<FileId>& files() const { return given_files_; }
  const SourceMap& sources() const { return sources_; }
  DiagnosticSink& diagnostics() { return diagnostics_; }
  const DiagnosticSink& diagnostics() const { return diagnostics_; }

 private:
  /// The files of one folder that belong together, and where their data files are.
  struct Folder {
    std::string directory;
    std::vector<FileId> files;
    bool from_library = false;
  };
  void add_file(const std::string& path);
  void add_folder(const std::string& path);
  void add_library_if_refined();
  void load_library();
  std::vector<Folder> group_by_pack() const;
  const syntax::File* tree(FileId file) const;
  bool holds_header(FileId file) const;

  SourceMap sources_;
  DiagnosticSink diagnostics_;
  std::vector<FileId> given_files_;
  std::vector<FileId> library_files_;
  std::map<std::string, FileId> by_path_;
  std::map<FileId, std::unique_ptr<syntax::File>> trees_;
  std::vector<std::unique_ptr<sema::Pack>> packs_;
  std::map<const sema::Pack*, std::unique_ptr<bytecode::Module>> modules_;
  bool library_asked_ = false;
  bool checked_ = false;
};

}  // namespace quy

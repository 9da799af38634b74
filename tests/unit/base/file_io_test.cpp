#include "base/file_io.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <filesystem>

#include "base/limits.h"
#include "base/sha256.h"

using namespace quy;
namespace fs = std::filesystem;

namespace {

/// A folder of its own for one test, removed afterwards.
struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "quy-io-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  std::string file(const char* name) const { return (path / name).string(); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
};

constexpr std::size_t kPlenty = 1 << 20;

}  // namespace

TEST_CASE("a file is written whole and read whole") {
  const Folder folder;
  const std::string bytes = std::string("một\0hai", 9) + std::string(300'000, 'x');
  REQUIRE(write_file(folder.file("kết quả"), bytes));
  CHECK(read_file(folder.file("kết quả"), kPlenty) == bytes);
  CHECK(folder.entries() == 1);
}

TEST_CASE("nothing is left of a file that is not committed") {
  const Folder folder;
  {
    AtomicFile file(folder.file("a"));
    REQUIRE(file.ok());
    file.write(std::string(kPlenty, 'x'));
    CHECK_FALSE(fs::exists(folder.file("a")));
  }
  CHECK(folder.entries() == 0);
}

TEST_CASE("the old file stays until the new one is whole, and keeps its permissions") {
  const Folder folder;
  REQUIRE(write_file(folder.file("a"), "cũ"));
  REQUIRE(::chmod(folder.file("a").c_str(), 0640) == 0);
  AtomicFile file(folder.file("a"));
  file.write("mới");
  CHECK(read_file(folder.file("a"), kPlenty) == "cũ");
  REQUIRE(file.commit());
  CHECK(read_file(folder.file("a"), kPlenty) == "mới");
  CHECK(fs::status(folder.file("a")).permissions() == fs::perms(0640));
  CHECK_FALSE(file.commit());  // only once
}

TEST_CASE("a symbolic link keeps pointing to the file that is replaced") {
  const Folder folder;
  REQUIRE(write_file(folder.file("thật"), "cũ"));
  fs::create_symlink("thật", folder.file("nối"));
  REQUIRE(write_file(folder.file("nối"), "mới"));
  CHECK(fs::is_symlink(folder.file("nối")));
  CHECK(read_file(folder.file("thật"), kPlenty) == "mới");
}

TEST_CASE("a target that cannot be written is reported") {
  const Folder folder;
  FileError error;
  CHECK_FALSE(write_file(folder.file("không/có"), "x", &error));
  CHECK(error.kind == FileError::Kind::unwritable);
  CHECK(error.system_error == ENOENT);
  CHECK_FALSE(write_file(folder.path.string(), "x", &error));
  CHECK(error.system_error == EISDIR);
  CHECK_FALSE(system_error_text(error.system_error).empty());
  CHECK(folder.entries() == 0);
}

TEST_CASE("a device is written in place") { CHECK(write_file("/dev/null", "x")); }

TEST_CASE("a file that cannot be read, or is too large, is reported") {
  const Folder folder;
  FileError error;
  CHECK_FALSE(read_file(folder.file("không có"), kPlenty, &error));
  CHECK(error.kind == FileError::Kind::unreadable);
  CHECK(error.system_error == ENOENT);
  CHECK_FALSE(read_file(folder.path.string(), kPlenty, &error));
  CHECK(error.system_error == EISDIR);
  REQUIRE(write_file(folder.file("lớn"), "12345"));
  CHECK_FALSE(read_file(folder.file("lớn"), 4, &error));
  CHECK(error.kind == FileError::Kind::too_large);
  CHECK(error.size == 5);
  CHECK(read_file(folder.file("lớn"), 5) == "12345");
  CHECK_FALSE(read_file("/dev/zero", 1000, &error));  // a size that nobody announces
  CHECK(error.kind == FileError::Kind::too_large);
}

TEST_CASE("parts of a file are read where they lie") {
  const Folder folder;
  REQUIRE(write_file(folder.file("số"), "0123456789"));
  const RandomAccessFile file(folder.file("số"));
  REQUIRE_FALSE(file.error());
  CHECK(file.size() == 10);
  char part[4] = {};
  FileError error;
  CHECK(file.read(3, part, sizeof part, &error) == 4);
  CHECK(std::string(part, 4) == "3456");
  CHECK(file.read(8, part, sizeof part, &error) == 2);   // the end comes first
  CHECK(std::string(part, 2) == "89");
  CHECK(file.read(10, part, sizeof part, &error) == 0);
  CHECK(error.system_error == 0);
}

TEST_CASE("what cannot be read in parts is reported") {
  const Folder folder;
  CHECK(RandomAccessFile(folder.file("không có")).error()->system_error == ENOENT);
  CHECK(RandomAccessFile(folder.path.string()).error()->system_error == EISDIR);
  REQUIRE(::mkfifo(folder.file("ống").c_str(), 0600) == 0);
  CHECK(RandomAccessFile(folder.file("ống")).error()->system_error == ESPIPE);
}

TEST_CASE("SHA-256, at once and in pieces") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 pieces;
  pieces.update("a");
  pieces.update("");
  pieces.update("bc");
  CHECK(hex(pieces.finish()) == sha256_hex("abc"));
}

TEST_CASE("limits come from one table") {
  CHECK(limits::nesting_depth == 200);
  CHECK(limits::record_bytes == 16u * 1024 * 1024);
  CHECK(limits::source_bytes == 4u * 1024 * 1024);
  CHECK(limits::pack_bytes == 64u * 1024 * 1024);
  for (const Limit& limit : kLimits) CHECK(limit.value > 0);
}

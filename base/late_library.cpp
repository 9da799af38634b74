#include "base/late_library.h"

#include <dlfcn.h>

namespace quy {
namespace {

std::string last_error() {
  const char* text = ::dlerror();
  return text == nullptr ? std::string() : std::string(text);
}

}  // namespace

LateLibrary::LateLibrary(const char* name) : name_(name), handle_(::dlopen(name, RTLD_LAZY | RTLD_LOCAL)) {
  if (handle_ == nullptr) throw LibraryMissing(name, last_error());
}

void* LateLibrary::symbol(const char* name) const {
  void* const found = ::dlsym(handle_, name);
  if (found == nullptr) throw LibraryMissing(name_, last_error());
  return found;
}

}  // namespace quy

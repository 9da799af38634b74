#pragma once
// Shared libraries that are opened when they are first needed. What most commands never call must not cost each of them its loading: the
// libraries of spreadsheets bring a cryptographic library along, whose relocations take longer than many a run of quy.

#include <stdexcept>
#include <string>

namespace quy {

/// The system has no such library, or not one with what is asked of it. what() is the system's own words.
struct LibraryMissing : std::runtime_error {
  LibraryMissing(std::string library, const std::string& why) : std::runtime_error(why), name(std::move(library)) {}
  std::string name;   ///< of the library
};

class LateLibrary {
 public:
  /// By the name that programs are linked with (`libzip.so.4`). Stays open until the program ends. Raises LibraryMissing.
  explicit LateLibrary(const char* name);

  /// Puts the function of that name into `function`, whose type is to be that of its declaration. Raises LibraryMissing.
  template <class Function>
  void find(const char* name, Function*& function) const {
    function = reinterpret_cast<Function*>(symbol(name));
  }

 private:
  void* symbol(const char* name) const;

  const char* name_;
  void* handle_;
};

}  // namespace quy

/// Declares `struct type`, which has each function that LIST (an X macro) names as a pointer of that name. Its constructor opens the library.
#define QUY_LATE_LIBRARY(type, library_name, LIST)    \
  struct type {                                       \
    LIST(QUY_LATE_POINTER)                            \
    type() {                                          \
      const ::quy::LateLibrary library(library_name); \
      LIST(QUY_LATE_FIND)                             \
    }                                                 \
  }
#define QUY_LATE_POINTER(name) decltype(&::name) name = nullptr;
#define QUY_LATE_FIND(name) library.find(#name, name);

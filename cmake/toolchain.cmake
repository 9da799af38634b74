# Compiler cache, linker, sanitizers and the warnings of this project's own code.

find_program(QUY_CCACHE ccache)
if(QUY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${QUY_CCACHE})
endif()

find_program(QUY_LLD ld.lld)
if(QUY_LLD)
  # What runs once, at the start, lies together: a program that starts should not touch a page for each of its files.
  add_link_options(-fuse-ld=lld -Wl,-z,keep-text-section-prefix)
endif()

if(QUY_SANITIZE)
  add_compile_options(-fsanitize=${QUY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${QUY_SANITIZE})
endif()

# -Wconversion without -Wsign-conversion: lost values are caught, the sizes of the standard library are not a nuisance.
set(QUY_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
# A local that hides another local is a mistake waiting; a parameter named like a member is not. clang means just that by -Wshadow.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # GCC 12 at -O3 reports overlaps inside its own std::string (GCC bug 105651).
  list(APPEND QUY_WARNINGS -Wshadow=local -Wno-restrict)
  # With a sanitizer it takes parts of its own std::regex for uninitialised, at -O3 parts of std::string and std::optional, and guesses at sizes that
  # cannot be; the dev build has these warnings on.
  if(QUY_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL Release)
    list(APPEND QUY_WARNINGS -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-dangling-pointer)
  endif()
else()
  list(APPEND QUY_WARNINGS -Wshadow)
endif()
if(QUY_WERROR)
  list(APPEND QUY_WARNINGS -Werror)
endif()

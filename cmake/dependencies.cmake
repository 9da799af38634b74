# Every outside library, as an imported target. All of them are packages of Debian 12 (scripts/packages.txt).

find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(simdjson REQUIRED)
find_package(Threads REQUIRED)

# quy_import(NAME HEADER LIBRARY…): a library whose package ships no usable CMake file.
function(quy_import name header)
  find_path(QUY_${name}_INCLUDE ${header} REQUIRED)
  add_library(quy_dep_${name} INTERFACE)
  target_include_directories(quy_dep_${name} SYSTEM INTERFACE ${QUY_${name}_INCLUDE})
  foreach(library IN LISTS ARGN)
    find_library(QUY_${library}_LIBRARY ${library} REQUIRED)
    target_link_libraries(quy_dep_${name} INTERFACE ${QUY_${library}_LIBRARY})
  endforeach()
endfunction()

quy_import(utf8proc utf8proc.h utf8proc)
quy_import(gmp gmpxx.h gmpxx gmp)
quy_import(sodium sodium.h sodium)
quy_import(z3 z3++.h z3)
quy_import(z zlib.h z)
quy_import(zstd zstd.h zstd)
quy_import(csv csv.h csv)
quy_import(zip zip.h zip)
quy_import(expat expat.h expat)
quy_import(xxhash xxhash.h xxhash)
quy_import(xlsxwriter xlsxwriter.h xlsxwriter)

# Linked statically: a shared ANTLR runtime costs start-up time in every command.
find_path(QUY_antlr_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(QUY_antlr_LIBRARY NAMES libantlr4-runtime.a antlr4-runtime REQUIRED)
add_library(quy_dep_antlr INTERFACE)
target_include_directories(quy_dep_antlr SYSTEM INTERFACE ${QUY_antlr_INCLUDE})
target_link_libraries(quy_dep_antlr INTERFACE ${QUY_antlr_LIBRARY} Threads::Threads)

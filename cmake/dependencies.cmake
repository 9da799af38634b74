# Every outside library, as an imported target. All of them are packages of Debian 12 (scripts/packages.txt).

find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(simdjson REQUIRED)
find_package(Threads REQUIRED)

# quy_import(NAME HEADER LIBRARY…): a library whose package ships no usable CMake file. Linked statically where it can be: each shared library costs
# every command half a millisecond at its start.
function(quy_import name header)
  find_path(QUY_${name}_INCLUDE ${header} REQUIRED)
  add_library(quy_dep_${name} INTERFACE)
  target_include_directories(quy_dep_${name} SYSTEM INTERFACE ${QUY_${name}_INCLUDE})
  foreach(library IN LISTS ARGN)
    find_library(QUY_${library}_LIBRARY NAMES lib${library}.a ${library} REQUIRED)
    target_link_libraries(quy_dep_${name} INTERFACE ${QUY_${library}_LIBRARY})
  endforeach()
endfunction()

quy_import(utf8proc utf8proc.h utf8proc)
quy_import(gmp gmpxx.h gmpxx gmp)
quy_import(sodium sodium.h sodium)
quy_import(z zlib.h z)
quy_import(zstd zstd.h zstd)
quy_import(csv csv.h csv)
quy_import(expat expat.h expat)
quy_import(xxhash xxhash.h xxhash)

# quy_import_late(NAME HEADER LIBRARY): declarations only; base/late_library.h opens the library, called QUY_LIBRARY_<name>, when it is needed.
function(quy_import_late name header library)
  find_path(QUY_${name}_INCLUDE ${header} REQUIRED)
  find_library(QUY_${library}_LIBRARY ${library} REQUIRED)
  execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${QUY_${library}_LIBRARY} OUTPUT_VARIABLE headers COMMAND_ERROR_IS_FATAL ANY)
  if(NOT headers MATCHES "SONAME +([^ \n]+)")
    message(FATAL_ERROR "${QUY_${library}_LIBRARY} is no shared library")
  endif()
  add_library(quy_dep_${name} INTERFACE)
  target_include_directories(quy_dep_${name} SYSTEM INTERFACE ${QUY_${name}_INCLUDE})
  target_compile_definitions(quy_dep_${name} INTERFACE QUY_LIBRARY_${name}="${CMAKE_MATCH_1}")
  target_link_libraries(quy_dep_${name} INTERFACE ${CMAKE_DL_LIBS})
endfunction()

quy_import_late(z3 z3++.h z3)
quy_import_late(zip zip.h zip)
quy_import_late(xlsxwriter xlsxwriter.h xlsxwriter)

# Linked statically: a shared ANTLR runtime costs start-up time in every command.
find_path(QUY_antlr_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(QUY_antlr_LIBRARY NAMES libantlr4-runtime.a antlr4-runtime REQUIRED)
add_library(quy_dep_antlr INTERFACE)
target_include_directories(quy_dep_antlr SYSTEM INTERFACE ${QUY_antlr_INCLUDE})
target_link_libraries(quy_dep_antlr INTERFACE ${QUY_antlr_LIBRARY} Threads::Threads)

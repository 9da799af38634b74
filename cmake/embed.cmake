# The rules of stdlib-rules/ as one generated source, so that `quy` needs no files beside itself.

file(GLOB_RECURSE library_rules CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/stdlib-rules/*.quy)
# The library's tests are for those who change it; every command would read them.
list(FILTER library_rules EXCLUDE REGEX "/stdlib-rules/kiem-thu")
set(QUY_EMBEDDED_LIBRARY ${CMAKE_BINARY_DIR}/generated/embedded_library.cpp)
list(JOIN library_rules "\n" library_list)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/embedded_library.txt CONTENT "${library_list}\n" @ONLY)

add_custom_command(
  OUTPUT ${QUY_EMBEDDED_LIBRARY}
  COMMAND ${CMAKE_COMMAND} -DLIST=${CMAKE_BINARY_DIR}/generated/embedded_library.txt -DROOT=${CMAKE_SOURCE_DIR}/stdlib-rules
          -DOUTPUT=${QUY_EMBEDDED_LIBRARY} -P ${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake
  DEPENDS ${library_rules} ${CMAKE_BINARY_DIR}/generated/embedded_library.txt ${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake
  COMMENT "Embedding the library rules"
  VERBATIM)

# The examples of the lint rules as one generated source: their pages, and `quy lint --explain`, are made from them.

file(GLOB_RECURSE lint_example_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/lint/*/*.quy)
list(FILTER lint_example_files EXCLUDE REGEX "/fixed\\.quy$")
set(QUY_LINT_EXAMPLES ${CMAKE_BINARY_DIR}/generated/lint_examples.cpp)
list(JOIN lint_example_files "\n" lint_example_list)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/lint_examples.txt CONTENT "${lint_example_list}\n" @ONLY)

add_custom_command(
  OUTPUT ${QUY_LINT_EXAMPLES}
  COMMAND ${CMAKE_COMMAND} -DLIST=${CMAKE_BINARY_DIR}/generated/lint_examples.txt -DROOT=${CMAKE_SOURCE_DIR}/tests/lint
          -DOUTPUT=${QUY_LINT_EXAMPLES} -DHEADER=tools/lint/examples.h -DFUNCTION=lint_examples -P ${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake
  DEPENDS ${lint_example_files} ${CMAKE_BINARY_DIR}/generated/lint_examples.txt ${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake
  COMMENT "Embedding the examples of the lint rules"
  VERBATIM)

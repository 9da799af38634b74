# cmake -DFILE=… -P antlr_lazy.cmake: lets a generated lexer or parser read its tables when the first one is made. Generated code reads them
# before main(), which every run would pay for, those that compile nothing too.

file(READ ${FILE} text)
string(REGEX REPLACE "\n[A-Za-z]+::Initializer [A-Za-z]+::_init;" "" lazy "${text}")
string(REPLACE "\n  _interpreter = new " "\n  static const Initializer tables;\n  _interpreter = new " lazier "${lazy}")
if(lazy STREQUAL text OR lazier STREQUAL lazy)
  message(FATAL_ERROR "${FILE}: generated code has another shape; see cmake/antlr_lazy.cmake")
endif()
file(WRITE ${FILE} "${lazier}")

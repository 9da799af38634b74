#pragma once
// libzip, opened when the first workbook is read (base/late_library.h says why).

#include <zip.h>

#include "base/late_library.h"

// Every function of it that is used.
#define QUY_ZIP_FUNCTIONS(X)     \
  X(zip_discard)                 \
  X(zip_fclose)                  \
  X(zip_fopen)                   \
  X(zip_fread)                   \
  X(zip_open_from_source)        \
  X(zip_source_buffer_create)    \
  X(zip_source_free)             \
  X(zip_stat)

namespace quy::tabular {

/// The library's functions by their names.
QUY_LATE_LIBRARY(ZipLibrary, QUY_LIBRARY_zip, QUY_ZIP_FUNCTIONS);

/// Raises LibraryMissing.
inline const ZipLibrary& zip_library() {
  static const ZipLibrary library;
  return library;
}

}  // namespace quy::tabular

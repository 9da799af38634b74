#pragma once
// CSV text as a table: RFC 4180 with a comma, semicolon or tab between cells, a byte order mark, any line ends.

#include <memory>
#include <string>

#include "runtime/tabular/peeked_source.h"
#include "runtime/tabular/table.h"

namespace quy::tabular {

/// Streams: one row and one piece of the text are held. `name` is for messages.
std::unique_ptr<Table> csv_table(std::unique_ptr<PeekedSource> source, std::string name);

}  // namespace quy::tabular

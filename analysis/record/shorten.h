#pragma once
// A witness cut down to the facts that make it one.

#include <functional>

#include "analysis/record/bench.h"

namespace quy::analysis {

/// Whether a row of the machine's run still shows what the record is a witness of.
using Shows = std::function<bool(const vm::Machine& machine, std::uint32_t row)>;

/// Whether the machine takes the record and it shows what it should.
bool shows(Bench& bench, const Record& record, const Shows& shows);

/// Whether a record still is what it should be a witness of.
using Holds = std::function<bool(const Record& record)>;

/// The record without the facts and rows that do not matter, and with small values where any will do. It must be a witness.
Record shorten(const bytecode::Subject& subject, Record record, const Holds& holds);
/// The record with its dates in or just before `year`, where any year will do. It must be a witness.
Record with_dates_near(const bytecode::Subject& subject, Record record, int year, const Holds& holds);
/// Both, in the bench's year.
Record shorten(Bench& bench, Record record, const Shows& shows);

}  // namespace quy::analysis

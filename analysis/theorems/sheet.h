#pragma once
// The criteria of a subject, or of a part of it.

#include "analysis/record/record.h"

namespace quy::analysis {

struct ItemRegisters {
  bytecode::Register points = bytecode::kNone, left_out = bytecode::kNone;
  bytecode::Register value =
      bytecode::kNone;  ///< the points before what is left out is treated: the same where it applies
};
ItemRegisters registers_of(const bytecode::Subject& subject, std::uint32_t criterion);

/// The sign of the group that the criterion is in, 0, 1 or 2 as in bytecode::GroupInfo.
std::uint32_t sign_of(const bytecode::Subject& subject, std::uint32_t criterion);

/// The module, its maxima that a framework leaves open stated in the record, so that points are known.
bytecode::Module with_maxima_stated(bytecode::Module module);
/// The record as the subject itself takes it, without those.
Record taken(const bytecode::Subject& subject, Record record);

}  // namespace quy::analysis

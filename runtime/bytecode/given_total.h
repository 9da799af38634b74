#pragma once
// The field through which a rating is asked over a stated total, whatever makes the points.

#include "runtime/bytecode/module.h"

namespace quy::bytecode {

/// Wide enough for the total of any sheet, and finer than results print it.
inline Field given_total_field() {
  Field field;
  field.id = field.name = "given_total";
  field.kind = FieldKind::points;
  field.place = FieldPlace::given_total;
  field.digits = 9;
  field.low = -1000000;
  field.high = 1000000;
  return field;
}

}  // namespace quy::bytecode

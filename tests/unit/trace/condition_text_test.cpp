#include <catch2/catch.hpp>

#include "runtime/trace/condition_text.h"

namespace quy::trace {

TEST_CASE("a comparison is split at its own sign", "[trace]") {
  const auto split = [](const char* text) {
    const Comparison parts = split_comparison(text);
    return parts.left + "|" + parts.sign + "|" + parts.right;
  };
  CHECK(split("vượt_mức / giao ≥ 30% (nếu có)") == "vượt_mức / giao|≥|30%");
  CHECK(split("a >= 6 lượt mỗi năm") == "a|≥|6 lượt mỗi năm");
  CHECK(split("tỉ lệ đơn_vị mà (mức = không_hoàn_thành) > 50% (nếu có)") == "tỉ lệ đơn_vị mà (mức = không_hoàn_thành)|>|50%");
  CHECK(split("a != b") == "a|≠|b");
  CHECK(split("không sai_sót_lớn") == "không sai_sót_lớn||");
  CHECK(split("có kỷ_luật mà (a = b) (must exist)") == "có kỷ_luật mà (a = b)||");
}

}  // namespace quy::trace

// Writes the sample pack and one record for runtime_only to rate.
#include "base/file_io.h"
#include "runtime/bytecode/codec.h"
#include "tests/unit/trace/sample_pack.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const bool pack = quy::write_file(argv[1], quy::bytecode::encode(quy::tests::sample_module()));
  const bool evidence = quy::write_file(
      argv[2],
      R"({"id":"A-1","subject":"mau.lanh_dao","period":"2025","evidence":{"giao":100,"xong":100,"vuot_muc":29,"luot_kiem_tra":6,)"
      R"("sai_sot_lon":false,"chu_dong":false,"thang_ket_nap":100,"ky_luat":[]},"scores":{"quyet_dinh":{"pham_chat":30}}})"
      "\n");
  return pack && evidence ? 0 : 1;
}

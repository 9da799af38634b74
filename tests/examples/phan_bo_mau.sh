#!/usr/bin/env bash
# phan_bo_mau.sh QUY WORK: the sample allocation is what `quy init` makes of the library today (QUY_UPDATE_GOLDEN=1 writes it), and every
# subject of it runs.
set -euo pipefail
quy=$1 work=$2 sample=examples/phan-bo-mau
rm -rf "$work/phan-bo-mau" && mkdir -p "$work"
"$quy" init --from qd366 --id phân_bổ_mẫu -o "$work/phan-bo-mau"
[ "${QUY_UPDATE_GOLDEN:-}" != 1 ] || { rm -rf "$sample" && cp -r "$work/phan-bo-mau" "$sample"; }
diff -r "$sample" "$work/phan-bo-mau" ||
  { echo "the library has changed: QUY_UPDATE_GOLDEN=1 ctest -R phan_bo_mau_current" >&2; exit 1; }
"$quy" check "$sample"
"$quy" test "$sample"
"$quy" fmt --check "$sample"

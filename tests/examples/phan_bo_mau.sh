#!/usr/bin/env bash
# phan_bo_mau.sh QUY WORK: the sample allocation is what `quy init` makes of the library today, and is right as it stands.
set -euo pipefail
quy=$1 work=$2
rm -rf "$work/phan-bo-mau" && mkdir -p "$work"
"$quy" init --from qd366 --id phân_bổ_mẫu -o "$work/phan-bo-mau"
diff -r examples/phan-bo-mau "$work/phan-bo-mau" ||
  { echo "the library has changed: rm -r examples/phan-bo-mau && quy init --from qd366 --id phân_bổ_mẫu -o examples/phan-bo-mau" >&2; exit 1; }
"$quy" check examples/phan-bo-mau
"$quy" test examples/phan-bo-mau
"$quy" fmt --check examples/phan-bo-mau

#!/usr/bin/env bash
# phan_bo_mau.sh QUY WORK: the sample allocation is what `quy init` makes of the library today, its tests at the thresholds are what
# `quy test --write` makes of it (QUY_UPDATE_GOLDEN=1 writes both), every subject runs, with the library's own tests every condition has been
# seen from both sides, and every threshold has a test at it and one just off it.
set -euo pipefail
quy=$1 work=$2 sample=examples/phan-bo-mau
rm -rf "$work/phan-bo-mau" "$work/nguong" && mkdir -p "$work"
"$quy" init --from qd366 --id phân_bổ_mẫu -o "$work/phan-bo-mau"
"$quy" test "$work/phan-bo-mau" --write "$work/nguong"
mv "$work/nguong" "$work/phan-bo-mau/kiem-thu-nguong"
[ "${QUY_UPDATE_GOLDEN:-}" != 1 ] || { rm -rf "$sample" && cp -r "$work/phan-bo-mau" "$sample"; }
diff -r "$sample" "$work/phan-bo-mau" ||
  { echo "the library has changed: QUY_UPDATE_GOLDEN=1 ctest -R phan_bo_mau_current" >&2; exit 1; }
"$quy" check "$sample"
"$quy" test "$sample" stdlib-rules --coverage --lang en | tee "$work/tests"
"$quy" fmt --check "$sample"
grep -Eqx '[0-9]+ tests passed, 0 failed; conditions seen both true and false: ([0-9]+)/\1; coverage 100%' "$work/tests"
"$quy" list "$sample" --format json > "$work/phan-bo-mau.json"
python3 tests/examples/thresholds.py "$work/phan-bo-mau.json" "$sample"/*/*.quy stdlib-rules/*/*.quy

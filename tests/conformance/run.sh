#!/usr/bin/env bash
# run.sh QUY WORK: the cases of this folder are rated as worked out by hand (README.md).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$2/conformance
rm -rf "$work" && mkdir -p "$work"

# The same pack under the other profile.
sed 's/^chọn hồ sơ nguyên_văn /chọn hồ sơ thông_lệ /' "$here/conformance.quy" >"$work/thong-le.quy"
if cmp -s "$here/conformance.quy" "$work/thong-le.quy"; then echo "conformance.quy no longer chooses nguyên_văn" >&2; exit 1; fi

"$1" build "$here/conformance.quy" -o "$work/nguyen-van.qpk"
"$1" build "$work/thong-le.quy" -o "$work/thong-le.qpk"
python3 "$here/compare.py" "$1" "$work" "$here"/cases/*.ndjson

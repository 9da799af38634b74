#!/usr/bin/env bash
# roll_up.sh QUY FOLDER WORK: months to quarters (mean), quarters to half-years (cumulative), half-years to the year (the least), years to the term
# (counting levels). FOLDER keeps what must come out, worked out by hand.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
cd "$folder"
"$quy" eval goi.quy ho-so.ndjson --results nam-sau.ndjson --fields id,period,total,total_exact,total_range,rating,status,possible -o "$work/ket-qua.ndjson" 2> /dev/null
diff ket-qua.ndjson <(grep -v '"period":"2025-[01]' "$work/ket-qua.ndjson")

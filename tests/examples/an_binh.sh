#!/usr/bin/env bash
# an_binh.sh QUY WORK: the province's records are what its generator writes, and are rated as expected.ndjson says.
set -euo pipefail
quy=$1 work=$2
example=examples/an-binh

rm -rf "$work/an-binh" && mkdir -p "$work/an-binh"
"$quy" build "$example" -o "$work/an-binh/first.qpk"
"$quy" build "$example" -o "$work/an-binh/second.qpk"
cmp "$work/an-binh/first.qpk" "$work/an-binh/second.qpk"

status=0
"$quy" eval "$work/an-binh/first.qpk" "$example"/records/*.ndjson -o "$work/an-binh/results.ndjson" --rejects "$work/an-binh/rejects.ndjson" \
  --fields id,subject,total,total_exact,total_range,rating,status,possible,missing,presumed,waits_for,provisional,quota || status=$?
[ "$status" -eq 3 ] || { echo "expected exit status 3 (some records rejected), got $status" >&2; exit 1; }
diff "$example/expected.ndjson" "$work/an-binh/results.ndjson"
diff <(sed 's/"reason":.*//' "$example/expected-rejects.ndjson") <(sed 's/"reason":.*//' "$work/an-binh/rejects.ndjson")

# The pack and its source give the same results.
"$quy" eval "$example" "$example"/records/1-*.ndjson --fields id,total,rating >"$work/an-binh/from-source.ndjson" 2>/dev/null || true
"$quy" eval "$work/an-binh/first.qpk" "$example"/records/1-*.ndjson --fields id,total,rating >"$work/an-binh/from-pack.ndjson" 2>/dev/null || true
cmp "$work/an-binh/from-source.ndjson" "$work/an-binh/from-pack.ndjson"

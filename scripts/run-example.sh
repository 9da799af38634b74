#!/usr/bin/env bash
# Builds the example of the invented province An Bình, rates its records and prints the committee's table.
# Called by `./dev run`, which sets QUY to the program just built; arguments go to `quy eval` (as in `./dev run --lang en`).
set -euo pipefail
cd "$(dirname "$0")/.."

quy=${QUY:-$PWD/build/release/bin/quy}
out=build/an-binh
mkdir -p "$out"

"$quy" build examples/an-binh -o "$out/an-binh.qpk" >&2

# About ten of the records are wrong on purpose: 3 means "done, but some records were rejected".
status=0
"$quy" eval "$out/an-binh.qpk" examples/an-binh/records/*.ndjson \
  -o "$out/results.ndjson" --rejects "$out/rejects.ndjson" --summary "$@" || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 3 ] || exit "$status"

cat <<WHERE

An Bình is invented / Tỉnh An Bình là hư cấu.
  pack      $out/an-binh.qpk
  results   $out/results.ndjson
  rejected  $out/rejects.ndjson
  why       $quy explain $out/an-binh.qpk examples/an-binh/records/*.ndjson --id AB-0007
WHERE

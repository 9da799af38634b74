#!/usr/bin/env bash
# threads.sh QUY PROJECT WORK: two and five threads give the bytes of one, whichever way evidence takes through the program. Built with the thread
# sanitizer, a race ends the run.
set -euo pipefail
quy=$1 project=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work" && mkdir -p "$work"
cd "$work"
fail() { echo "$*" >&2; exit 1; }
export TSAN_OPTIONS="halt_on_error=1 exitcode=66 ${TSAN_OPTIONS:-}"

# same ARGUMENT…: quy eval, whatever refuses records among them, with one thread and with several.
same() {
  local threads status
  for threads in 1 2 5; do
    status=0
    "$quy" eval "$@" -o results.$threads --rejects rejects.$threads --summary --threads $threads > summary.$threads 2> log || status=$?
    [ $status -eq 0 ] || [ $status -eq 3 ] || fail "eval $* --threads $threads: exit status $status: $(head -c 4000 log)"
    [ -s results.$threads ] || fail "eval $*: no results"
    for part in results rejects summary; do cmp $part.1 $part.$threads || fail "eval $* --threads $threads: other bytes"; done
  done
}

"$quy" build "$project/examples/an-binh" -o an-binh.qpk > log 2>&1 || fail "$(cat log)"
"$quy" build "$here/waves/goi.quy" -o waves.qpk > log 2>&1 || fail "$(cat log)"
# Several blocks of lines each (a block has 4 MiB), records with ids of their own.
for copy in $(seq 20); do sed "s/AB-/AB$copy-/g" "$project"/examples/an-binh/records/*.ndjson; done > province.ndjson
python3 "$here/waves/copies.py" "$here/waves/ho-so.ndjson" 1000 > offices.ndjson
[ "$(wc -c < province.ndjson)" -gt 8400000 ] && [ "$(wc -c < offices.ndjson)" -gt 4200000 ] || fail "one block is no test: $(ls -l ./*.ndjson)"

same an-binh.qpk province.ndjson
same an-binh.qpk province.ndjson --format csv --detail
same an-binh.qpk province.ndjson --format html
"$quy" ingest an-binh.qpk province.ndjson -o province.qev > log 2>&1 || [ $? -eq 3 ] || fail "$(cat log)"
same an-binh.qpk province.qev
# Quotas, and results of others, at the last stage and at each.
same waves.qpk offices.ndjson
same waves.qpk offices.ndjson --stage all --fields id,rating,stages
# What cannot be cut into blocks stands between lines.
/usr/bin/python3 "$project/tests/formats/to_table.py" "$project/examples/an-binh/records/3-cong-chuc.ndjson" officers.xlsx
/usr/bin/python3 "$project/tests/formats/to_table.py" "$project/examples/an-binh/records/4-dang-vien.ndjson" members.csv
gzip -1 -k province.ndjson
same an-binh.qpk province.ndjson officers.xlsx members.csv province.ndjson.gz
# Each record to the version in force.
awk '{ lines[NR] = $0 } END { for (i = 0; i < 7000; ++i) for (j = 1; j <= NR; ++j) { line = lines[j]; sub(/"id":"/, "&" i "-", line); print line } }' \
  "$here/versions/ho-so.ndjson" > years.ndjson
same "$here/versions/2025.quy" years.ndjson --also "$here/versions/2026.quy" "$here/versions/2027.quy"

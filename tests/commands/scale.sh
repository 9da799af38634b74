#!/usr/bin/env bash
# scale.sh QUY COUNTRY LIBRARY FOLDER WORK: any number of threads gives the same bytes; a killed run is gone on with; an interrupted one leaves
# nothing. COUNTRY is the generator of bench/, FOLDER that of the tests of waves.
set -euo pipefail
quy=$1 country=$2 library=$3 folder=$4 work=$5
rm -rf "$work" && mkdir -p "$work"
cd "$work"
fail() { echo "$*" >&2; exit 1; }

# run STATUS ARGUMENT…: quy eval ends with the status; what it says goes to `log`.
run() {
  local expected=$1 status=0
  shift
  "$quy" eval "$@" > stdout 2> log || status=$?
  [ "$status" -eq "$expected" ] || fail "eval $*: exit status $status instead of $expected: $(cat log)"
}
nothing_unfinished() {
  [ -z "$(find . -name '*.partial*' -o -name '*.tmp-*')" ] || fail "$1: left $(find . -name '*.partial*' -o -name '*.tmp-*')"
}

"$quy" build "$library" -o country.qpk 2> log || fail "$(cat log)"
"$country" country.qpk --scale 1/10000 > little.ndjson
"$country" country.qpk --scale 1/10000 | cmp - little.ndjson
[ "$("$quy" list country.qpk --format json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["subjects"]))')" -eq \
  "$(grep -o '"subject":"[^"]*"' little.ndjson | sort -u | wc -l)" ] || fail "a subject of the library does not occur"

"$quy" build "$folder/goi.quy" -o library.qpk 2> log || fail "$(cat log)"
python3 "$folder/copies.py" "$folder/ho-so.ndjson" 2000 > country.ndjson
# Blocks are of 4 MiB: there must be several.
[ "$(wc -c < country.ndjson)" -gt 12000000 ] || fail "too few records for this test"
# Lines that are blank, broken or of another subject, here and there.
awk 'NR % 701 == 0 { print "  " } NR % 907 == 0 { print "{\"id\":" } NR % 1103 == 0 { print "{\"id\":\"X\",\"subject\":\"khong_co\",\"period\":\"2025\"}" } { print }' \
  country.ndjson > mixed.ndjson
printf '\n\n' >> mixed.ndjson

# ---- threads
for options in '' '--format csv --detail' '--format json --fields id,total,rating'; do
  run 3 library.qpk mixed.ndjson $options -o one --rejects one.rejects --summary
  mv stdout one.summary
  for threads in 2 5; do
    run 3 library.qpk mixed.ndjson $options -o many --rejects many.rejects --summary --threads $threads
    cmp one many && cmp one.rejects many.rejects && cmp one.summary stdout || fail "$threads threads$options: other bytes"
  done
done
# One reader or many, a pipe or a file; packed; and an array between two files of lines.
run 3 library.qpk mixed.ndjson -o one --rejects one.rejects
run 3 library.qpk - -o many --rejects many.rejects --threads 2 < mixed.ndjson
cmp one many && cmp one.rejects many.rejects || fail "standard input: other bytes"
gzip -k mixed.ndjson
run 3 library.qpk mixed.ndjson.gz -o many --rejects many.rejects --threads 2
cmp one many && cmp one.rejects many.rejects || fail "gzip: other bytes"
{ echo '['; head -500 country.ndjson | sed '$!s/$/,/'; echo ']'; } > array.json
for threads in 1 3; do run 3 library.qpk mixed.ndjson array.json mixed.ndjson -o array.$threads --rejects array.$threads.rejects --threads $threads; done
cmp array.1 array.3 && cmp array.1.rejects array.3.rejects || fail "an array among lines: other bytes"
# Records that take each other's results, at each stage; and a report, which is written line by line.
for arguments in "goi.quy ho-so.ndjson" "goi.quy cac-buoc.ndjson --stage all" "goi.quy ho-so.ndjson --format html"; do
  for threads in 1 4; do
    (cd "$folder" && "$quy" eval $arguments -o "$work/waves.$threads" --rejects "$work/waves.rejects.$threads" --threads $threads 2> "$work/log") || [ $? -eq 3 ] || fail "$(cat log)"
  done
  cmp waves.1 waves.4 && cmp waves.rejects.1 waves.rejects.4 || fail "$arguments: other bytes"
done

# ---- a line beyond the limit is one reject, wherever blocks end
{ head -3 country.ndjson; head -c 17000000 /dev/zero | tr '\0' 'x'; echo; sed -n 4,6p country.ndjson; } > long.ndjson
for threads in 1 2; do
  run 3 library.qpk long.ndjson -o long.$threads --rejects long.rejects --threads $threads
  [ "$(wc -l < long.$threads)" -eq 6 ] && [ "$(wc -l < long.rejects)" -eq 1 ] && grep -q '"line":4,.*Q0803' long.rejects || fail "$(cut -c 1-200 long.rejects)"
done

# ---- going on: a run is killed in the middle of a file, when its results grow beyond what a file may have
cat country.ndjson country.ndjson country.ndjson > three.ndjson
run 3 library.qpk three.ndjson -o whole --rejects whole.rejects --summary
mv stdout whole.summary
killed() { # killed BLOCKS ARGUMENT…
  local blocks=$1
  shift
  if (ulimit -f "$blocks"; ulimit -c 0; exec "$quy" eval "$@") > /dev/null 2>&1; then fail "the run was not killed"; fi
}
half=$(($(wc -c < whole) * 3 / 4 / 1024))
killed $half library.qpk three.ndjson -o out --rejects out.rejects
[ -s out.partial ] && [ -s out.partial.json ] && [ ! -e out ] || fail "no notes of the killed run: $(ls)"
run 3 library.qpk three.ndjson -o out --rejects out.rejects --summary --resume --threads 2
grep -q 'chạy tiếp sau bản ghi thứ [1-9]' log || fail "$(cat log)"
cmp out whole && cmp out.rejects whole.rejects && cmp stdout whole.summary || fail "the run that went on wrote other bytes"
nothing_unfinished resumed
# Without --rejects those of the killed run are shown too.
killed $half library.qpk three.ndjson -o out
run 3 library.qpk three.ndjson -o out --resume
cmp out whole || fail "other results"
[ "$(grep -c '^{"line"' log)" -eq "$(wc -l < whole.rejects)" ] || fail "rejects of the killed run are lost: $(wc -l < log)"
# Other evidence, other options, nothing left of a run: it begins anew.
killed $half library.qpk three.ndjson -o out --rejects out.rejects
run 3 library.qpk three.ndjson -o out --rejects out.rejects --fields id --resume
grep -q 'chạy từ đầu' log && [ "$(wc -l < out)" -eq "$(wc -l < whole)" ] || fail "$(cat log)"
killed $half library.qpk three.ndjson -o out --rejects out.rejects
cat country.ndjson >> three.ndjson
run 3 library.qpk three.ndjson -o out --rejects out.rejects --resume
grep -q 'chạy từ đầu' log || fail "$(cat log)"
run 3 library.qpk three.ndjson
cmp stdout out || fail "other bytes than a run from the beginning"
run 3 library.qpk country.ndjson -o out --resume --lang en
grep -q 'starting anew' log || fail "$(cat log)"
nothing_unfinished anew

# ---- interrupted: one message, status 4, nothing half done. The run waits for evidence that does not come; its records take nothing from each
# other, so the first file is rated before.
"$quy" build "$(dirname "$library")/examples/bat-dau" -o start.qpk 2> log || fail "$(cat log)"
grep -v X-04 "$(dirname "$library")/examples/bat-dau/ho-so.ndjson" > first.ndjson
mkfifo pipe
waiting() { # until the first file has been noted down
  until [ -s out.partial.json ]; do kill -0 "$1" || fail "the run ended: $(cat log)"; sleep 0.05; done
}
for signal in INT TERM; do
  echo before > out
  # In the background of a script interrupts are ignored unless something takes that back.
  env --default-signal=INT "$quy" eval start.qpk first.ndjson pipe -o out --rejects out.rejects --lang en > /dev/null 2> log &
  pid=$!
  waiting $pid
  kill -$signal $pid
  status=0
  wait $pid || status=$?
  [ $status -eq 4 ] && [ "$(grep -c . log)" -eq 1 ] && grep -q 'error\[Q0021\]: interrupted' log || fail "SIG$signal: status $status: $(cat log)"
  [ "$(cat out)" = before ] || fail "SIG$signal: the old results are gone"
  nothing_unfinished SIG$signal
done
# The same run killed between two files goes on with the second, which is a file now.
"$quy" eval start.qpk first.ndjson pipe -o out > /dev/null 2> log &
pid=$!
waiting $pid
kill -KILL $pid
wait $pid 2> /dev/null || true
rm pipe
cp first.ndjson pipe
run 0 start.qpk first.ndjson pipe -o out --resume
grep -q 'chạy tiếp sau bản ghi thứ [1-9]' log || fail "$(cat log)"
run 0 start.qpk first.ndjson pipe
cmp stdout out || fail "the second file was rated otherwise"
# Two runs with one output do not spoil each other.
rm pipe out
mkfifo pipe
"$quy" eval start.qpk first.ndjson pipe -o out > /dev/null 2> log &
pid=$!
waiting $pid
run 4 start.qpk first.ndjson -o out
grep -q Q0004 log || fail "$(cat log)"
cat first.ndjson > pipe
wait $pid || fail "the first of two runs failed"
[ "$(wc -l < out)" -gt 0 ] || fail "no results"

# ---- a reader that goes away: one message, status 4
status=0
{ "$quy" eval library.qpk three.ndjson --rejects out.rejects --lang en 2> log || echo $? > status; } | head -1 > /dev/null
[ "$(cat status)" -eq 4 ] && [ "$(grep -c . log)" -le 2 ] && grep -q 'Q0004.*standard output' log || fail "a closed pipe: $(cat status): $(cat log)"
nothing_unfinished "a closed pipe"
# Nothing is said on the way when nobody sits at a terminal.
run 3 library.qpk country.ndjson -o out --rejects out.rejects
[ "$(wc -l < log)" -eq 1 ] || fail "$(cat log)"

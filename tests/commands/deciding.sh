#!/usr/bin/env bash
# deciding.sh QUY FOLDER WORK: what results and explanations say of evidence that is missing: the smallest set that decides, and when nothing
# missing matters any more. FOLDER keeps what must come out (QUY_UPDATE_GOLDEN=1 writes it).
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
cd "$folder"
fail() { echo "$*" >&2; exit 1; }

# same NAME: the file made is the one kept.
same() {
  [ "${QUY_UPDATE_GOLDEN:-}" != 1 ] || cp "$work/$1" "$folder/$1"
  diff "$folder/$1" "$work/$1"
}

"$quy" eval goi.quy ho-so.ndjson --fields id,total,total_range,rating,status,possible,missing,would_decide,settled > "$work/ket-qua.ndjson" 2> /dev/null
same ket-qua.ndjson
"$quy" eval goi.quy ho-so.ndjson --format csv --fields id,status,would_decide,settled > "$work/ket-qua.csv" 2> /dev/null
same ket-qua.csv
for language in vi en; do
  for id in Q2 Q6; do
    "$quy" explain goi.quy ho-so.ndjson --id $id --lang $language | sed 's/, SHA-256 .*//' > "$work/$id.$language.txt"
    same $id.$language.txt
  done
done
"$quy" explain goi.quy ho-so.ndjson --id Q2 --format json | grep -q '"would_decide":\[{"phase":"deciding","mark":"missing"' || fail "explain --format json says nothing of what would decide"

# What is said to be enough is: with it known, whatever it is, the record is decided.
for value in 0 1 2 3 4; do
  sed -n 's/"hop":0}/"hop":0,"ngay_hop":'$value'}/p' ho-so.ndjson | "$quy" eval goi.quy - --fields status,settled > "$work/known" 2> /dev/null
  grep -qx '{"status":"decided","settled":"rating_and_total"}' "$work/known" || fail "ngay_hop = $value: $(cat "$work/known")"
done

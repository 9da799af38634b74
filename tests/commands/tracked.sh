#!/usr/bin/env bash
# tracked.sh QUY FOLDER WORK: thresholds of a year, a quarter and a term on records of shorter periods. FOLDER keeps what must come out, worked
# out by hand; the same comes out in one run and period by period with --history, from columns too.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
cd "$folder"
fields=id,period,total,total_range,rating,status,possible,missing,to_date
"$quy" eval goi.quy ho-so.ndjson --fields $fields -o "$work/mot-luot.ndjson" 2> /dev/null
diff ket-qua.ndjson "$work/mot-luot.ndjson"

"$quy" ingest goi.quy ho-so.ndjson -o "$work/ho-so.qev" 2> /dev/null
"$quy" eval goi.quy "$work/ho-so.qev" --fields $fields -o "$work/cot.ndjson" 2> /dev/null
diff ket-qua.ndjson "$work/cot.ndjson"

# Period by period, each with the results of those before.
history=()
for quarter in 1 2 3 4; do
  grep "2025-Q$quarter" ho-so.ndjson > "$work/q$quarter.ndjson"
  "$quy" eval goi.quy "$work/q$quarter.ndjson" ${history:+--history "${history[@]}"} -o "$work/kq$quarter.ndjson" 2> /dev/null
  diff <(grep "2025-Q$quarter" ket-qua.ndjson) \
       <("$quy" eval goi.quy "$work/q$quarter.ndjson" ${history:+--history "${history[@]}"} --fields $fields 2> /dev/null)
  history+=("$work/kq$quarter.ndjson")
done

# Two records of one person and period that differ: what they came to is not known.
sed -n '1,2p' ho-so.ndjson > "$work/hai-lan.ndjson"
sed -n '1p' ho-so.ndjson | sed 's/"luot":2/"luot":5/' >> "$work/hai-lan.ndjson"
"$quy" eval goi.quy "$work/hai-lan.ndjson" --fields id,period,missing,to_date 2> /dev/null | grep Q2 > "$work/hai-lan.txt" || true
grep -q '"to_date":{"khieu_nai_muon":{"year":"2"}}' "$work/hai-lan.txt"

"$quy" explain goi.quy "$work/q2.ndjson" --id A1 --history "$work/kq1.ndjson" | sed "s/SHA-256.*//" > "$work/giai-thich.txt"
diff giai-thich.txt "$work/giai-thich.txt"

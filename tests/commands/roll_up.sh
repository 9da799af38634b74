#!/usr/bin/env bash
# roll_up.sh QUY FOLDER WORK: months to quarters (mean), quarters to half-years (cumulative), half-years to the year (the least), years to the term
# (counting levels). FOLDER keeps what must come out, worked out by hand.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
cd "$folder"
"$quy" eval goi.quy ho-so.ndjson --results nam-sau.ndjson --fields id,period,total,total_exact,total_range,rating,status,possible -o "$work/ket-qua.ndjson" 2> /dev/null
diff ket-qua.ndjson <(grep -v '"period":"2025-[01]' "$work/ket-qua.ndjson")

# A month is missing. Where nothing says how large its total may be, the quarter's range is an outer one; where the rules cap it, exact.
cat > "$work/quy.ndjson" <<'R'
{"id":"B","subject":"tong_hop.thang","period":"2025-01","evidence":{"ket_qua":73}}
{"id":"B","subject":"tong_hop.thang","period":"2025-02","evidence":{"ket_qua":73}}
{"id":"B","subject":"tong_hop.quy","period":"2025-Q1","evidence":{}}
R
sed 's/trung bình (tổng điểm) của tháng/trung bình (tổng điểm, không quá 100 điểm) của tháng/' goi.quy > "$work/goi.quy"
ranges() { "$quy" eval "$1" "$work/quy.ndjson" --fields period,total_range,range 2> /dev/null | tail -1; }
diff - <(ranges goi.quy; ranges "$work/goi.quy") <<'R'
{"period":"2025-Q1","total_range":["48.66","100"],"range":"outer"}
{"period":"2025-Q1","total_range":["48.66","82"]}
R

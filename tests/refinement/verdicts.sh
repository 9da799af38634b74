#!/usr/bin/env bash
# verdicts.sh QUY FOLDER WORK: what `quy refine` says of a chain of four small packs, of each kind of breach, and what it writes.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
fail() { echo "$*" >&2; exit 1; }
chain=("$folder"/chain/khung "$folder"/chain/huong-dan "$folder"/chain/tinh)

# The whole chain, link by link: unit, province, guidance, framework.
"$quy" refine "${chain[@]}" "$folder/chain/don-vi" --format json --certificate "$work/certificate.json" > "$work/json" || fail "the chain is not proved"
cmp "$work/json" "$work/certificate.json"
python3 - "$work/json" <<'PY'
import json, sys
certificate = json.load(open(sys.argv[1]))
assert certificate["proved"]
links = {link["local"]["id"]: link for link in certificate["links"]}
assert {link: links[link]["framework"]["id"] for link in links} == {"huong_dan": "goc", "tinh": "huong_dan", "don_vi": "tinh"}, links.keys()
for link in links.values():
    for side in ("local", "framework"):
        assert len(link[side]["meaning_sha256"]) == 64 and len(link[side]["sources_sha256"]) == 64

def verdicts(link):
    return {line["id"]: line["verdict"] for line in links[link]["subjects"][0]["clauses"] if line["what"] == "criterion"}

assert verdicts("huong_dan") == {"di_co_so": "tighter", "tra_loi": "same", "tu_cach": "same"}, verdicts("huong_dan")
assert verdicts("tinh") == {"di_co_so": "same", "tra_loi": "tighter", "tu_cach": "same"}, verdicts("tinh")
assert verdicts("don_vi") == {"di_co_so": "tighter", "kip_han": "same", "thai_do": "same", "tu_cach": "same"}, verdicts("don_vi")
province = links["tinh"]["subjects"][0]
free = [line for line in province["clauses"] if line["verdict"] == "free"]
assert [line["id"] for line in free] == ["thieu_dieu_kien"], free
assert links["tinh"]["readings"][0]["chosen"] == "xet_dan"
# Without the visits 60 points are left; without answers in time 70, for the manner is scored apart; without both, and no manners, 10.
unmet = {row["clause"]: row["largest_total"] for row in province["dilution"]["unmet"]}
assert unmet["D1.1"] == "60" and unmet["D1.2"] == "70" and unmet["D1.3"] == "80", unmet
assert province["dilution"]["all_unmet"] == "10", province["dilution"]
PY

# breach NAME FROM TO: the province with one phrase changed, held against the guidance.
breach() {
  rm -rf "$work/tinh" && cp -r "$folder/chain/tinh" "$work/tinh"
  python3 - "$work/tinh/tinh.quy" "$1" "$2" <<'PY'
import sys
path, old, new = sys.argv[1:]
text = open(path, encoding="utf-8").read()
assert text.count(old) == 1, old
open(path, "w", encoding="utf-8").write(text.replace(old, new))
PY
  local status=0
  rm -f "$work/tests.quy"
  "$quy" refine "$folder/chain/khung" "$folder/chain/huong-dan" "$work/tinh" --lang en --write-test "$work/tests.quy" > "$work/out" || status=$?
  [ "$status" -eq 1 ] || fail "$1 -> $2: status $status: $(cat "$work/out")"
}
said() { grep -qF -- "$1" "$work/out" || fail "no '$1' in: $(cat "$work/out")"; }

breach '≥ 90% (nếu có)' '≥ 70% (nếu có)'
said 'looser: Trả lời đơn thư (D1.2)'
said 'here: 40 points; by the framework: 0 points'
# The record is a test of the set as it is.
cp "$work/tests.quy" "$work/tinh/kiem-thu.quy"
"$quy" test "$folder/chain/khung" "$folder/chain/huong-dan" "$work/tinh" > "$work/log" || fail "$(cat "$work/log")"

breach 'bổ sung buộc kém khi lộ_mật theo qđ:D3' 'bổ sung điểm thưởng khen tối đa 5 điểm theo qđ:D9 { tiêu chí được_khen tối đa 5 điểm theo qđ:D9 { người chấm } }'
said 'looser'
breach 'người chấm bước 1 điểm' 'người chấm bước 1 điểm; đã chốt mà không có ghi nhận khác thì coi là 10 điểm theo qđ:D9'
said 'presumes points'
breach 'đi_cơ_sở 40 điểm   trả_lời 40 điểm   tư_cách 20 điểm' 'đi_cơ_sở 60 điểm   trả_lời 40 điểm   tư_cách 0 điểm'
said 'missing: Tư cách (D1.3)'
breach 'chọn thiếu_điều_kiện = xét_dần' 'chọn thiếu_điều_kiện = không_mức_nào'
said 'not proved: A higher total never has a lower level'
said 'no level'

# `quy check` says the same with the places of the source.
"$quy" check "$folder/chain/khung" "$folder/chain/huong-dan" "$work/tinh" --lang en 2> "$work/log" && fail "a set that is not proved passes the check"
grep -q 'error\[Q0719\]' "$work/log" || fail "$(cat "$work/log")"
breach '≥ 90% (nếu có)' '≥ 70% (nếu có)'
"$quy" check "$folder/chain/khung" "$folder/chain/huong-dan" "$work/tinh" --lang en 2> "$work/log" && fail "a looser set passes the check"
grep -q 'tinh.quy:[0-9]*:[0-9]*: error\[Q0716\]' "$work/log" || fail "$(cat "$work/log")"

breach 'đi_cơ_sở 40 điểm   trả_lời 40 điểm   tư_cách 20 điểm' 'đi_cơ_sở 60 điểm   trả_lời 40 điểm   tư_cách 0 điểm'
"$quy" check "$folder/chain/khung" "$folder/chain/huong-dan" "$work/tinh" --lang en 2> "$work/log" && fail "a set without a criterion passes the check"
grep -q 'error\[Q0718\]' "$work/log" || fail "$(cat "$work/log")"
breach 'tiêu chí kịp_hạn "Kịp hạn" tối đa 30 điểm theo qđ:D1.1 { đạt khi đơn_kịp / đơn ≥ 90% (nếu có) }' 'tiêu chí kịp_hạn "Kịp hạn" tối đa 30 điểm theo qđ:D1.1 { đạt khi đơn_kịp / đơn < 50% (nếu có) }'
said 'contradicts: Trả lời đơn thư (D1.2)'
"$quy" check "$folder/chain/khung" "$folder/chain/huong-dan" "$work/tinh" --lang en 2> "$work/log" && fail "a contradiction passes the check"
grep -q 'error\[Q0717\]' "$work/log" || fail "$(cat "$work/log")"

# Two versions of a framework: what was decided once is not loosened unseen.
version() {
  rm -rf "$work/khung" && cp -r "$folder/chain/khung" "$work/khung"
  sed -i "s/$1/$2/" "$work/khung/khung.quy"
  ! cmp -s "$folder/chain/khung/khung.quy" "$work/khung/khung.quy" || fail "nothing to change: $1"
  "$quy" refine "$work/khung" --to "$folder/chain/khung" --lang en > "$work/out" && fail "$1 -> $2: $(cat "$work/out")"
  return 0
}
version '≤ 20% số đạt trở lên' '≤ 25% số đạt trở lên'
said 'looser: The quota (D2.5)'
said 'of 4 people in its base the framework allows 0 places, this set 1'
version 'tốt ≤ 20% số đạt trở lên' 'tốt ≤ 20% số kém trở lên'
said 'a larger base'
version 'từ 80 điểm theo D2.1' 'từ 75 điểm theo D2.1'
said 'looser'
version 'buộc kém khi kỷ_luật theo D2.4' ''
said 'missing: Bị kỷ luật (D2.4)'
version 'cần xong \/ giao ≥ 90% (nếu có)' 'cần xong \/ giao ≥ 85% (nếu có)'
said 'D2.1'
version 'buộc kém khi kỷ_luật theo D2.4' 'buộc kém khi kỷ_luật và giao > 0 theo D2.4'
said 'D2.4'

# Nothing to compare, an unknown subject, a file that cannot be written.
status=0; "$quy" refine "$folder/chain/khung" 2> "$work/log" || status=$?
[ "$status" -eq 2 ] && grep -q Q0015 "$work/log" || fail "status $status: $(cat "$work/log")"
status=0; "$quy" refine "${chain[@]}" --subject không.có 2> "$work/log" || status=$?
[ "$status" -eq 2 ] && grep -q Q0009 "$work/log" || fail "status $status: $(cat "$work/log")"
status=0; "$quy" refine "${chain[@]}" --certificate "$work/none/x.json" > "$work/out" 2> "$work/log" || status=$?
[ "$status" -eq 4 ] && grep -q Q0004 "$work/log" || fail "status $status: $(cat "$work/log")"

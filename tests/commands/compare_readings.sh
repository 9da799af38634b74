#!/usr/bin/env bash
# compare_readings.sh QUY FOLDER WORK: records that another reading rates otherwise, worked out by hand.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"

fail() { echo "$*" >&2; exit 1; }

# expect STATUS TEXT COMMAND…: the command ends with the status and says the text.
expect() {
  local wanted=$1 text=$2 status=0 said
  shift 2
  said=$("$quy" "$@" 2>&1) || status=$?
  [ "$status" -eq "$wanted" ] || fail "quy $*: expected exit status $wanted, got $status: $said"
  case $said in *"$text"*) ;; *) fail "quy $*: '$text' is not said, but: $said" ;; esac
}

# same FILE COMMAND…: the answer is FILE; the exit status is 3, for the record that contradicts itself.
same() {
  local file=$1 status=0
  shift
  "$quy" "$@" > "$work/answer" 2> "$work/messages" || status=$?
  [ "$status" -eq 3 ] || fail "quy $*: expected exit status 3, got $status: $(cat "$work/messages")"
  [ "${QUY_UPDATE_GOLDEN:-}" != 1 ] || cp "$work/answer" "$file"
  diff "$file" "$work/answer" || fail "$file is not what quy $* answers"
}

"$quy" build "$folder" --pack bo_nho -o "$work/bo.qpk" > /dev/null
records=$folder/ho-so/ho-so.ndjson
same "$folder/ho-so/tra-loi.txt" readings "$work/bo.qpk" "$records" --lang vi
grep -qF '8 bản ghi, 5 đổi xếp loại theo cách hiểu, 1 bị từ chối' "$work/messages" || fail "no count: $(cat "$work/messages")"
grep -qF '"id":"sai"' "$work/messages" || fail "the rejected record is not named: $(cat "$work/messages")"
same "$folder/ho-so/answer.json" readings "$work/bo.qpk" "$records" --lang en --format json

# What is fixed is not varied: with these three nothing is left that changes `phieu`, `thieu` and `nguong`.
"$quy" readings "$work/bo.qpk" "$records" --format json --reading gốc_phiếu=phát_ra --reading khi_thieu=dung --reading nguong=cao \
  > "$work/fixed.json" 2> /dev/null || [ $? -eq 3 ]
python3 - "$work/fixed.json" <<'PY'
import json, sys
answer = json.load(open(sys.argv[1]))
assert [(r["id"], r["rating"]) for r in answer["records"]] == [("nhac", "kem")], answer["records"]
assert [s["combinations"] for s in answer["subjects"]] == [1, 2], answer["subjects"]
PY

# More ways than can all be tried: one choice at a time, then together those that change something.
python3 - "$work" <<'PY'
import sys
def pack(path, name, conditions):
    # Option a holds always, b where the condition does.
    choices = "\n".join(f"để mở c{i:02} theo D1 {{ a: đúng | b: {c} }}\nchọn c{i:02} = a theo qd:D1" for i, c in enumerate(conditions))
    needs = " và ".join(f"c{i:02}" for i in range(len(conditions)))
    open(path, "w").write(f'''bộ tiêu chí {name} "Nhiều chỗ để mở" phiên bản 1.0.0 hiệu lực từ 1/1/2025
căn cứ qd = "1-QĐ" ngày 1/1/2025
{choices}
xếp loại x "Xếp loại" theo D2 {{ mức tốt "Tốt" từ 50 điểm   mức kém "Kém" còn lại }}
đối tượng s "Người" theo D1 {{
  minh chứng {{ việc "Việc" : số đếm }}
  nhóm n "Nhóm" tối đa 100 điểm theo D1 {{ tiêu chí t "Tiêu chí" tối đa 100 điểm theo D1 {{ đạt khi {needs} }} }}
}}
''')
pack(sys.argv[1] + "/hai.quy", "hai", ["việc ≥ 1", "việc ≥ 2"] + ["việc ≥ 0"] * 11)
pack(sys.argv[1] + "/het.quy", "het", ["việc ≥ 1"] * 13)
for name in "hai", "het":
    with open(f"{sys.argv[1]}/{name}.ndjson", "w") as file:
        for work in range(3):
            file.write(f'{{"id":"{work}","subject":"{name}.s","period":"2025","evidence":{{"viec":{work}}}}}\n')
PY
for name in hai het; do
  "$quy" readings "$work/$name.quy" "$work/$name.ndjson" --format json > "$work/$name.json" 2> /dev/null
done
python3 - "$work" <<'PY'
import json, sys
def ways(name):
    answer = json.load(open(f"{sys.argv[1]}/{name}.json"))
    assert [(s["combinations"], s["all_tried"]) for s in answer["subjects"]] == [(8192, False)], answer["subjects"]
    return [(r["id"], r["rating"], [(o["rating"], o["when_any"]) for o in r["others"]]) for r in answer["records"]]
assert ways("hai") == [("0", "tot", [("kem", [{"c00": "b"}, {"c01": "b"}])]), ("1", "tot", [("kem", [{"c01": "b"}])])], ways("hai")
assert ways("het") == [("0", "tot", [("kem", [{f"c{i:02}": "b"} for i in range(13)])])], ways("het")
PY
expect 0 'hơn 4096 cách kết hợp' readings "$work/hai.quy" "$work/hai.ndjson" --lang vi
expect 0 'more than 4096 combinations' readings "$work/hai.quy" "$work/hai.ndjson" --lang en

expect 2 '[Q0881]' readings "$work/bo.qpk" "$records" --reading khong_co=a
expect 2 '[Q0011]' readings "$work/bo.qpk" "$records" --reading khong_co --lang en
expect 4 '[Q0832]' readings "$work/bo.qpk" "$work/no-such-file"
expect 2 '--reading' readings "$folder" --pack nho --reading nguong=cao

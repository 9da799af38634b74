#!/usr/bin/env bash
# gaps.sh QUY FOLDER LIBRARY WORK: which causes `quy gaps` finds in small packs and in the library's Article 11, what a reading closes, and that
# every example passes as a test.
set -euo pipefail
quy=$1 folder=$2 library=$3 work=$4
rm -rf "$work" && mkdir -p "$work/pack"
fail() { echo "$*" >&2; exit 1; }

# causes PACK [OPTION…]: one line a cause, and the number of what is proved not to happen
causes() {
  local status=0
  "$quy" gaps "$@" --format json > "$work/json" || status=$?
  [ "$status" -le 1 ] || fail "gaps $*: status $status"
  python3 - "$work/json" <<'PY'
import json, sys
for rating in json.load(open(sys.argv[1]))["ratings"]:
    for line in rating["causes"]:
        print(line["cause"], line["level"], line["other_level"], ",".join(line["clauses"]), line.get("outcome", "not settled"))
    assert not rating["not_analysed"], rating["not_analysed"]
PY
}

expect() { diff - "$work/causes" || fail "causes of $1"; }

causes "$folder/theo-diem.quy" > "$work/causes"
expect "levels by points" <<'END'
need_failed tot None D2.1 gap
need_failed tot None D2.1 gap
need_failed dat None D2.2 gap
no_basis tot None D2.1 gap
forced_below dat kem D2.4 kem
END

# The reading that goes down level by level closes what a failed condition leaves open, but gives no basis where there is none.
causes "$folder/theo-diem.quy" --reading thiếu_điều_kiện=xét_dần > "$work/causes"
expect "the other reading" <<'END'
no_basis tot None D2.1 gap
forced_below dat kem D2.4 kem
END

causes "$folder/theo-dieu-kien.quy" > "$work/causes"
expect "levels by conditions" <<'END'
no_condition None None D2.1,D2.2,D2.3 gap
two_conditions tot dat D2.1,D2.2 gap
END

# A set without gap or overlap says so, and how much it has excluded.
sed -e 's/chậm > 2/chậm ≥ 2/' -e 's/sáng_kiến ≤ 1/sáng_kiến < 1/' "$folder/theo-dieu-kien.quy" > "$work/closed.quy"
"$quy" gaps "$work/closed.quy" --lang en > "$work/out" || fail "a closed set has status $?"
grep -q '^No level: none$' "$work/out" && grep -q '^Two levels: none$' "$work/out" || fail "$(cat "$work/out")"

# Examples are tests that pass.
for pack in theo-diem theo-dieu-kien; do
  mkdir -p "$work/pack/$pack" && cp "$folder/$pack.quy" "$work/pack/$pack/"
  "$quy" gaps "$folder/$pack.quy" --write-test "$work/pack/$pack/example.quy" > "$work/out" && fail "found nothing"
  "$quy" test "$work/pack/$pack" > "$work/out" || fail "$(cat "$work/out")"
  "$quy" fmt --check "$work/pack/$pack"
done

# Article 11, literally: each condition of a level can be what is missing, each case of "not completed" meets points of a higher level.
"$quy" gaps "$library" --format json > "$work/json" && fail "no gap in the library"
python3 - "$work/json" <<'PY'
import json, sys
lines = json.load(open(sys.argv[1]))["ratings"][0]["causes"]
assert all(line["settled"] for line in lines)
failed = {clause for line in lines if line["cause"] == "need_failed" for clause in line["clauses"]}
for clause in ["D11.1.1", "D11.1.2", "D11.1.3", "D11.1.4", "D11.2.1", "D11.2.2", "D11.2.3", "D11.3.1", "D11.3.2", "D11.3.3"]:
    assert clause in failed, clause
forced = {clause for line in lines if line["cause"] == "forced_below" for clause in line["clauses"]}
for clause in ["D11.4.1.a", "D11.4.1.b", "D11.4.1.c", "D11.4.1.d", "D11.4.2.a", "D11.4.2.b", "D11.4.2.c", "D11.4.2.d", "D11.4.2.đ", "D11.4.3.a", "D11.4.3.b"]:
    assert clause in forced, clause
assert not [line for line in lines if line["cause"] == "other"]
PY

if "$quy" gaps "$folder/theo-diem.quy" --reading không_có=x 2> "$work/log"; then fail "an unknown reading was taken"; fi
grep -q Q0881 "$work/log" || fail "$(cat "$work/log")"

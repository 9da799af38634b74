#!/usr/bin/env bash
# mutate.sh QUY FOLDER WORK: what `quy test --mutate` finds in a small pack, and that the tests it writes leave nothing to find.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
fail() { echo "$*" >&2; exit 1; }

# mutate FILE [OPTION…]: the report in FILE; the status is 0 or 1.
mutate() {
  local report=$1 status=0
  shift
  "$quy" test --mutate "$work/pack" --limit 20000 --format json "$@" > "$report" || status=$?
  [ "$status" -le 1 ] || fail "mutate: status $status"
  return "$status"
}

mkdir "$work/pack"
cp "$folder/bo-mau.quy" "$work/pack/"
"$quy" test "$work/pack" > "$work/out" || fail "$(cat "$work/out")"
mutate "$work/first.json" --write-test "$work/pack/viet-them.quy" && fail "one test is said to be enough"

python3 - "$work/first.json" <<'PY'
import json, sys
report = json.load(open(sys.argv[1]))
survivors = report["survivors"]
assert report["changes"] == report["noticed"] + len(survivors), report
assert not [s for s in survivors if s["verdict"] == "not_settled"], [s for s in survivors if s["verdict"] == "not_settled"]
found = {(s["line"], s["change"]) for s in survivors if s["verdict"] == "test"}
# A change of every kind survives one test.
wanted = {
    "≥ thành >": "a sign", "6 thành 5": "a threshold", "5% thành 4%": "a ratio", "bỏ ngoại lệ này": "an exception", "bỏ điều kiện này": "a condition",
    "`hoặc` thành `và`": "a connective", "bỏ vế này": "a part", "làm tròn xuống": "a rounding", "bỏ làm tròn": "no rounding",
    "sàn của “Đạt”: 50 thành 51": "a floor", "bỏ quy tắc này": "a rule", "“Tốt” thành “Đạt”": "a level", "nâng ngưỡng một bậc": "a step",
}
for change, what in wanted.items():
    assert any(change == said for _, said in found), (what, change, sorted(found))
assert all(s["test"] for s in survivors if s["verdict"] == "test")
PY

# The file is canonical, its tests pass, and with them only what cannot be noticed is left.
"$quy" fmt --check "$work/pack"
"$quy" test "$work/pack" > "$work/out" || fail "$(cat "$work/out")"
mutate "$work/second.json" --write-test "$work/pack/viet-them.quy" || fail "the tests written do not notice everything: $(cat "$work/second.json")"
python3 - "$work/first.json" "$work/second.json" <<'PY'
import json, sys
first, second = (json.load(open(path)) for path in sys.argv[1:])
equivalent = lambda report: sorted((s["line"], s["column"], s["change"]) for s in report["survivors"])
assert {s["verdict"] for s in second["survivors"]} <= {"equivalent"}, second["survivors"]
assert first["changes"] == second["changes"]
assert equivalent(second) == sorted((s["line"], s["column"], s["change"]) for s in first["survivors"] if s["verdict"] == "equivalent")
assert second["survivors"], "no change without effect"
PY

# A file that people began is left as it is; one written before gets what it lacks at its end, and no test twice.
rm "$work/pack/viet-them.quy"
echo '# của tôi' > "$work/mine.quy"
status=0
"$quy" test --mutate "$work/pack" --write-test "$work/mine.quy" > "$work/out" 2> "$work/log" || status=$?
[ "$status" -eq 2 ] && grep -q Q0019 "$work/log" || fail "a file that people began was taken: status $status"
[ "$(cat "$work/mine.quy")" = '# của tôi' ] || fail "a file that people began was changed"
mutate "$work/third.json" --write-test "$work/all.quy" || true
sed '/^kiểm thử/,$d' "$work/all.quy" > "$work/again.quy"
for round in 1 2; do mutate "$work/third.json" --write-test "$work/again.quy" || true; done
cmp "$work/all.quy" "$work/again.quy"

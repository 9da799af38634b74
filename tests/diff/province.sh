#!/usr/bin/env bash
# province.sh QUY EXAMPLES WORK: one threshold of a whole province's set. Its sheets are made of shares of shares, which the solver is not asked
# about: that nobody is better off is told from the form of the code, and the level that falls is shown by a record.
set -euo pipefail
quy=$1 examples=$2 work=$3
rm -rf "$work" && mkdir -p "$work" && cd "$work"
fail() { echo "$*" >&2; exit 1; }

cp -r "$examples/an-binh" stricter
sed -i 's/đề_án_trọng_điểm ≥ 6 mỗi năm/đề_án_trọng_điểm ≥ 7 mỗi năm/' stricter/bi-thu-tinh-uy.quy
status=0
"$quy" diff "$examples/an-binh" stricter --fail-on looser --fail-on not-proved --format json > diff.json || status=$?
[ $status -eq 0 ] || fail "a threshold raised: expected exit status 0, got $status"
/usr/bin/python3 - <<'P'
import json
diff = json.load(open("diff.json"))
[subject] = [each for each in diff["subjects"] if each["meaning"] != "same"]
assert subject["id"] == "qd366.pl2.bi_thu_tinh_uy", subject["id"]
items = {item["what"]: item for item in subject["items"]}
for what in ("criterion", "points", "level"):
    item = items[what]
    assert item["meaning"] == "changed" and "better" in item["excluded"], (what, item["excluded"])
    assert [witness["effect"] for witness in item["witnesses"]] == ["worse"], what
P
status=0
"$quy" diff "$examples/an-binh" stricter --changelog > changes || status=$?
[ $status -eq 1 ] && grep -q '## an_binh 1.1.0' changes || fail "the list of changes: $(cat changes)"
"$quy" diff stricter "$examples/an-binh" --fail-on looser > looser && fail 'the way back is looser'
grep -q 'không ai bất lợi hơn' looser || fail "$(cat looser)"

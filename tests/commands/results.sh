#!/usr/bin/env bash
# results.sh QUY FOLDER WORK: what `quy test` says of failures and of conditions that no test has shown from both sides, in both languages, as
# JSON and as JUnit XML. FOLDER keeps what must come out (QUY_UPDATE_GOLDEN=1 writes it).
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

# fails_with FILE COMMAND…: tests that fail end with status 1.
fails_with() {
  local out=$1 status=0
  shift
  "$@" > "$out" || status=$?
  [ "$status" -eq 1 ] || fail "$*: expected exit status 1, got $status"
}

for language in vi en; do
  fails_with "$work/results.$language.txt" "$quy" test pack.quy --lang $language
  same results.$language.txt
done
fails_with "$work/results.json" "$quy" test pack.quy --format json --junit "$work/results.xml"
same results.json
python3 - "$work/results.xml" <<'PY'
import sys
import xml.etree.ElementTree as tree

root = tree.parse(sys.argv[1]).getroot()
assert root.tag == "testsuites" and (root.get("tests"), root.get("failures")) == ("2", "1"), root.attrib
[suite] = root
assert suite.get("name") == "ket_qua: pack.quy" and (suite.get("tests"), suite.get("failures")) == ("2", "1"), suite.attrib
good, bad = suite
assert good.tag == bad.tag == "testcase" and len(good) == 0
assert good.get("name") == "xong 3 việc" and good.get("classname") == "ket_qua.viec" and good.get("file") == "pack.quy"
assert bad.get("name") == 'xong 2 việc, "chờ" <sai>', bad.get("name")
assert int(bad.get("line")) > int(good.get("line")) > 0
[failure] = bad
lines = [line for line in failure.text.splitlines() if line.startswith("pack.quy:")]
assert len(lines) == 2, failure.text
assert lines[0].startswith(f"pack.quy:{int(bad.get('line')) + 2}:"), lines[0]
assert "chờ 4; nhận 0" in lines[0] and failure.get("message") == "chờ 4; nhận 0", lines[0]
PY

# A file that cannot be written is said so, after the results.
status=0
"$quy" test pack.quy --junit "$work/no-such-folder/results.xml" > "$work/out" 2> "$work/log" || status=$?
[ "$status" -eq 4 ] && grep -q 'Q0004' "$work/log" || fail "status $status: $(cat "$work/log")"

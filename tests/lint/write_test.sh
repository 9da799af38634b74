#!/usr/bin/env bash
# write_test.sh QUY FOLDER WORK: the records that findings bring are tests that pass beside the pack, in its language.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
fail() { echo "$*" >&2; exit 1; }

# written RULE LEAST: the tests of the rule's bad example, at least so many, pass; they and the example are canonical afterwards.
written() {
  local rule=$1 least=$2 pack=$work/$1
  mkdir "$pack" && cp "$folder/$rule/bad.quy" "$pack/"
  "$quy" lint --rule "$rule" "$pack" --write-test "$pack/them.quy" > "$work/out" || [ $? -eq 1 ]
  [ "$(grep -c '^kiểm thử' "$pack/them.quy")" -ge "$least" ] || fail "$rule: $(cat "$pack/them.quy")"
  "$quy" test "$pack" > "$work/out" || fail "$rule: $(cat "$work/out")"
  "$quy" fmt --check "$pack/them.quy" || fail "$rule: not canonical"
}

written bands-overlap 1
written band-hole 1
written criterion-without-test 2
written level-without-test 1

# What a test was missing for is then tested.
for rule in criterion-without-test level-without-test; do
  "$quy" lint --rule "$rule" "$work/$rule" > "$work/out" || fail "$rule: $(cat "$work/out")"
  [ ! -s "$work/out" ] || fail "$rule: $(cat "$work/out")"
done

# A pack with English keywords gets English tests.
mkdir "$work/english" && cp "$folder/band-hole/bad.quy" "$work/english/"
"$quy" fmt --keywords en "$work/english" > "$work/out"
"$quy" lint --rule band-hole "$work/english" --write-test "$work/english/more.quy" > "$work/out" || [ $? -eq 1 ]
grep -q '^test ' "$work/english/more.quy" || fail "$(cat "$work/english/more.quy")"
"$quy" test "$work/english" > "$work/out" || fail "$(cat "$work/out")"

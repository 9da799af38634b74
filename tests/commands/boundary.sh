#!/usr/bin/env bash
# boundary.sh QUY FOLDER WORK: tests that `quy test --write` makes of a small pack (QUY_UPDATE_GOLDEN=1 keeps them); they pass, they are in
# canonical layout, and together they see every condition from both sides.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work/pack"
fail() { echo "$*" >&2; exit 1; }

"$quy" test "$folder/pack.quy" --write "$work/made" 2> "$work/log"
[ "${QUY_UPDATE_GOLDEN:-}" != 1 ] || { rm -rf "$folder/made" && cp -r "$work/made" "$folder/made"; }
diff -r "$folder/made" "$work/made"
"$quy" test "$folder/pack.quy" --lang en --write "$work/again" 2> "$work/log.en"
diff -r "$work/made" "$work/again"
grep -q '36 tests' "$work/log.en" || fail "the number of tests: $(cat "$work/log.en")"

cp "$folder/pack.quy" "$work/made/"*.quy "$work/pack/"
"$quy" fmt --check "$work/pack"
"$quy" test "$work/pack" --lang en > "$work/out"
grep -qx '36 tests passed, 0 failed; conditions seen both true and false: 14/14; coverage 100%' "$work/out" || fail "$(cat "$work/out")"

# A rule that changes is met by a test that fails.
sed -i 's/chuyến > 6/chuyến ≥ 6/' "$work/pack/pack.quy"
if "$quy" test "$work/pack" > "$work/out"; then fail "a shifted threshold went unseen"; fi
[ "$(grep -c 'kiểm thử không đạt' "$work/out")" -eq 1 ] || fail "$(cat "$work/out")"

# A folder that holds something is left alone.
if "$quy" test "$folder/pack.quy" --write "$work/pack" 2> "$work/log"; then fail "wrote into a folder that was not empty"; fi

#!/usr/bin/env bash
# two_languages.sh QUY PACK WORK: the pack in English keywords passes the same checks, has the same meaning, and turns back byte for byte.
set -euo pipefail
quy=$1 pack=$2 work=$3

rm -rf "$work" && mkdir -p "$work"
cp -r "$pack" "$work/vi"
"$quy" fmt "$work/vi"
cp -r "$work/vi" "$work/en"
"$quy" fmt --keywords en "$work/en"
if diff -rq "$work/vi" "$work/en" >/dev/null; then
  echo "turning keywords to English changed nothing" >&2
  exit 1
fi
"$quy" test "$work/en"

meaning() { "$quy" list "$1" --format json | grep -o '"meaning_sha256": *"[0-9a-f]*"'; }
[ "$(meaning "$work/vi")" = "$(meaning "$work/en")" ] || { echo "the two languages differ in meaning" >&2; exit 1; }

"$quy" fmt --keywords vi "$work/en"
diff -r "$work/vi" "$work/en"

#!/usr/bin/env bash
# readme.sh QUY: the answer that the README shows is the answer that comes out.
set -euo pipefail
quy=$1
shown=$(grep -E '^\{"id":"X-0' README.md)
status=0
given=$("$quy" eval examples/bat-dau examples/bat-dau/ho-so.ndjson --fields id,total,rating,status,missing 2>/dev/null) || status=$?
[ "$status" -eq 3 ] || { echo "expected exit status 3, got $status" >&2; exit 1; }
diff <(echo "$shown") <(echo "$given")

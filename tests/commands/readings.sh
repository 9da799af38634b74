#!/usr/bin/env bash
# readings.sh QUY FOLDER WORK: pages of open choices are what `quy readings` writes (QUY_UPDATE_GOLDEN=1 writes them). Run in the project's folder.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
status=0

# page LANGUAGE FILE PATH…: FILE is the page of the pack at PATH.
page() {
  local language=$1 file=$2
  shift 2
  "$quy" readings "$@" --lang "$language" -o "$work/page.md"
  [ "${QUY_UPDATE_GOLDEN:-}" != 1 ] || cp "$work/page.md" "$file"
  diff "$file" "$work/page.md" && return
  echo "$file is not what the pack says; write it with: quy readings $* --lang $language -o $file" >&2
  status=1
}

page vi docs/vi/cach-hieu.md stdlib-rules
page en docs/readings.md stdlib-rules
page vi "$folder/khung.md" "$folder" --pack nho
page en "$folder/bo.md" "$folder" --pack bo_nho
exit $status

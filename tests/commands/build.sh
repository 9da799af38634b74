#!/usr/bin/env bash
# build.sh QUY PACK WORK: a pack is the same to the byte wherever it lies and however its path is typed; and wrong usage is named in both languages.
set -euo pipefail
quy=$1 pack=$2 work=$3
rm -rf "$work" && mkdir -p "$work/one" "$work/other/deeper" && cd "$work"
fail() { echo "$*" >&2; exit 1; }
name=$(basename "$pack")
cp -r "$pack" one && cp -r "$pack" other/deeper
build() { "$quy" build "$1" -o "$2" 2> log || fail "$(cat log)"; }
build "one/$name" first.qpk
build "$PWD/one/$name" absolute.qpk
build "one/../one/$name/" roundabout.qpk
build "other/deeper/$name" elsewhere.qpk
(cd "one/$name" && build . "$work/inside.qpk")
for same in absolute roundabout elsewhere inside; do cmp first.qpk $same.qpk || fail "$same: other bytes"; done

# says LANGUAGE TEXT ARGUMENT…: refused as wrong usage, with the text.
says() {
  local language=$1 text=$2 status=0
  shift 2
  "$quy" --lang "$language" "$@" > out 2> log || status=$?
  [ $status -eq 2 ] && grep -qF -- "$text" log || fail "quy $*: status $status: $(cat log)"
}
says vi 'sai cách dùng: thiếu LỆNH'
says en 'wrong usage: A subcommand is required'
says vi 'thiếu PACK' eval
says vi 'không hiểu: --khong-co' check "one/$name" --khong-co
says vi 'giá trị không dùng được: --format' eval first.qpk - --format doc
says vi 'giá trị không dùng được: --threads' eval first.qpk - --threads hai
says vi 'không đọc được giá trị: --limit' diff first.qpk first.qpk --limit hai
says vi 'số giá trị không đúng: --output' build first.qpk -o

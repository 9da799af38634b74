#!/usr/bin/env bash
# fix.sh QUY WORK: examples are spoilt in ways that mean nothing; `quy lint --fix` puts them back byte for byte. Run in the project's folder.
set -euo pipefail
quy=$1 work=$2
rm -rf "$work" && mkdir -p "$work"

# spoil PACK SED_SCRIPT: the fix of the spoilt pack is the pack again.
spoil() {
  local pack=$1 script=$2 copy=$work/$(basename "$1")
  rm -rf "$copy" && cp -r "$pack" "$copy"
  find "$copy" -name '*.quy' -exec sed -i "$script" {} +
  if diff -rq "$pack" "$copy" >/dev/null; then
    echo "$pack: nothing was spoilt by $script" >&2
    exit 1
  fi
  "$quy" lint --fix "$copy" >"$work/out" || [ $? -eq 1 ]
  diff -r "$pack" "$copy"
}

spoil examples/sinh-hoat-chi-bo 's/"Tỉ lệ /"Tỷ  lệ /; s/\(tiêu chí m[0-9_]* "[^"]*\)"/\1. "/'
spoil examples/hdnd-tinh 's/số hoá"/số hóa"/; s/^\( *tiêu chí [^ ]* "[^"]*\)"/\1."/'
spoil examples/bat-dau 's/cần đơn_trễ = 0/cần don_tre = 0/; s/theo D1.1 {/theo D1.1, D1.1 {/'

# A file that does not parse is left alone.
cp -r examples/bat-dau "$work/broken"
echo 'đối tượng {' >>"$work/broken/bat-dau.quy"
cp "$work/broken/bat-dau.quy" "$work/before"
status=0
"$quy" lint --fix "$work/broken" >"$work/out" 2>&1 || status=$?
[ "$status" -eq 1 ]
cmp "$work/before" "$work/broken/bat-dau.quy"

# A rule written in a plainer way gives the same results: the pack's own tests still pass.
cp -r examples/bat-dau "$work/rewritten"
sed -i 's/cần đơn_trễ = 0/cần không (đơn_trễ > 0)/; s/đạt khi lượt_xuống_thôn ≥ 24 lượt mỗi năm/đạt khi không (không lượt_xuống_thôn ≥ 24 lượt mỗi năm)/' "$work/rewritten/bat-dau.quy"
"$quy" lint --fix-rewrites "$work/rewritten" >"$work/out"
grep -q 'cần đơn_trễ ≤ 0' "$work/rewritten/bat-dau.quy"
grep -q 'đạt khi lượt_xuống_thôn ≥ 24 lượt mỗi năm }' "$work/rewritten/bat-dau.quy"
"$quy" test "$work/rewritten"

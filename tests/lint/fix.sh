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

# Line ends of the other kind stay, and so do comments on the lines that are mended; keywords may be English.
crlf=$work/crlf
cp -r examples/bat-dau "$crlf"
sed -i 's/^\( *tiêu chí [^ ]* "[^"]*\)"\(.*\)$/\1"\2  # giữ nguyên/' "$crlf/bat-dau.quy"
sed -i 's/$/\r/' "$crlf/bat-dau.quy"
cp "$crlf/bat-dau.quy" "$work/wanted"
sed -i 's/^\( *tiêu chí [^ ]* "[^"]*\)"/\1."/; s/cần đơn_trễ = 0/cần don_tre = 0/; s/theo D1.1 {/theo D1.1, D1.1 {/' "$crlf/bat-dau.quy"
cmp -s "$work/wanted" "$crlf/bat-dau.quy" && { echo "nothing was spoilt" >&2; exit 1; }
"$quy" lint --fix "$crlf" >"$work/out" || [ $? -eq 1 ]
cmp "$work/wanted" "$crlf/bat-dau.quy"

english=$work/english
cp -r examples/bat-dau "$english"
"$quy" fmt --keywords en "$english" >"$work/out"
cp "$english/bat-dau.quy" "$work/wanted"
sed -i 's/^\( *criterion [^ ]* "[^"]*\)"/\1."/; s/ cites D1.1 {/ coefficient 1 cites D1.1, D1.1 {/; s/need đơn_trễ = 0/need don_tre = 0/' "$english/bat-dau.quy"
[ "$(diff "$work/wanted" "$english/bat-dau.quy" | grep -c '^>')" -ge 2 ]
"$quy" lint --fix "$english" >"$work/out" || [ $? -eq 1 ]
diff "$work/wanted" "$english/bat-dau.quy"

# Of fixes in one place the first is made, then the next: a comparison denied three times, with a truth beside it.
overlap=$work/overlap
cp -r examples/bat-dau "$overlap"
sed -i 's/cần đơn_trễ = 0/cần không (không (không (đơn_trễ > 0)))/' "$overlap/bat-dau.quy"
"$quy" lint --fix-rewrites "$overlap" >"$work/out" || [ $? -eq 1 ]
grep -q 'cần đơn_trễ ≤ 0' "$overlap/bat-dau.quy"

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

#!/usr/bin/env bash
# doc.sh QUY PROJECT WORK: pages that `quy doc` writes say all that the pack has, and a browser shows and prints them.
set -euo pipefail
quy=$1 project=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work" && mkdir -p "$work"
cd "$work"

fail() { echo "$*" >&2; exit 1; }

# expect STATUS TEXT COMMAND…: the command ends with the status and says the text.
expect() {
  local wanted=$1 text=$2 status=0 said
  shift 2
  said=$("$quy" "$@" 2>&1) || status=$?
  [ "$status" -eq "$wanted" ] || fail "quy $*: expected exit status $wanted, got $status: $said"
  case $said in *"$text"*) ;; *) fail "quy $*: '$text' is not said, but: $said" ;; esac
}

# page PACK SUBJECT NAME: pages of both languages, from source and from the compiled pack, that hold every criterion of the pack.
page() {
  local pack=$1 subject=$2 name=$3 language
  [ -e "$name.qpk" ] || "$quy" build "$pack" -o "$name.qpk" 2> build.log || { cat build.log >&2; exit 1; }
  "$quy" list "$pack" --format json > "$name.json"
  for language in vi en; do
    "$quy" doc "$pack" --subject "$subject" --lang $language -o "$name.$language.html"
    "$quy" doc "$name.qpk" --subject "$subject" --lang $language > "$name.compiled.html"
    cmp "$name.$language.html" "$name.compiled.html" || fail "$subject: source and compiled pack give different pages"
    python3 "$here/doc/check_page.py" "$name.$language.html" "$name.json" "$subject"
  done
  ! cmp -s "$name.vi.html" "$name.en.html" || fail "$subject: both languages give the same page"
}

page "$project/examples/an-binh" qd366.pl5.dang_vien_ngoai_he_thong an-binh
page "$project/examples/an-binh" qd366.pl4.hanh_chinh_nha_nuoc an-binh
page "$project/examples/an-binh" an_binh.tổ_công_nghệ_số an-binh
page "$project/examples/phan-bo-mau" qd366.pl2.bí_thư_tỉnh_uỷ phan-bo-mau
page "$project/stdlib-rules" qd366.pl2.bi_thu_tinh_uy khung
page "$here/doc/forms.quy" forms.s forms

# What words the forms of points and the treatments take.
for words in 'A &amp; &lt;b&gt; &quot;c&quot;' 'Từ 90%</span>: <strong>5 điểm' 'Còn lại</span>: <strong>1 điểm' 'Trừ 0,5 điểm mỗi' \
  'Làm tròn đến bội của 0,25 điểm' 'Mất hết điểm khi' 'Hồ sơ đã chốt mà không có ghi nhận khác thì coi là 3 điểm' 'Ít nhất 2 trong các điều sau' \
  'Không phát sinh: tính đủ điểm' 'Chưa đến hạn: điểm chia lại trong nhóm' 'cộng dồn trong năm' 'nguồn: Sổ công tác' 'Hướng dẫn: ' \
  'trường hợp loại trừ, cần lý do và văn bản' 'Không xếp từ “Tốt” trở lên' 'Xếp “Kém”' '☑ ' 'từ 01/01/2025 đến 31/12/2030'; do
  grep -qF "$words" forms.vi.html || fail "forms.vi.html does not say: $words"
done
! grep -qiE '<script|https?://[^w]|url\(|@import' ./*.html || fail "a page needs more than itself"

# Which subject: the only one there is, or a message.
"$quy" doc "$here/doc/forms.quy" --lang vi | cmp - forms.vi.html
expect 2 '[Q0014]' doc an-binh.qpk
expect 2 'qd366.pl5.dang_vien_ngoai_he_thong' doc an-binh.qpk
expect 2 '[Q0009]' doc an-binh.qpk --subject qd366.pl5.dang_vien
expect 4 '[Q0004]' doc forms.qpk -o no-such-folder/page.html
expect 4 '[Q0001]' doc no-such-pack
expect 0 '--subject' doc --help

# A page in English has no Vietnamese word but the pack's own: none at all when those are folded to ASCII.
python3 - "$here/doc/forms.quy" > plain.quy <<'PY'
import re, sys, unicodedata
fold = lambda text: "".join(c for c in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")) if not unicodedata.combining(c))
print(re.sub(r'"(?:[^"\\]|\\.)*"', lambda label: fold(label.group()), open(sys.argv[1], encoding="utf-8").read()))
PY
"$quy" doc plain.quy --lang en -o plain.html
python3 - plain.html <<'PY'
import re, sys
page = re.sub(r'<style>.*?</style>|<span class="clause">[^<]*</span>', "", open(sys.argv[1], encoding="utf-8").read(), flags=re.S)
found = re.findall(r"[\w ]*[À-ÖØ-öø-ỹ][\w ]*", page)
sys.exit(f"Vietnamese words on the English page: {found}" if found else 0)
PY

# In a browser. A missing browser is a failure: a page that nobody printed is not tested.
for tool in chromium pdfinfo pdftotext; do command -v $tool > /dev/null || fail "$tool is missing; scripts/packages.txt names what tests need"; done
browse() {
  local profile
  profile=$(mktemp -d "$PWD/profile.XXXXXX")
  timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$profile" "$@" > browser.log 2>&1 || { cat browser.log >&2; return 1; }
  rm -rf "$profile"
}
for name in an-binh phan-bo-mau forms; do
  browse --print-to-pdf="$PWD/$name.pdf" --no-pdf-header-footer "file://$PWD/$name.vi.html"
  pdfinfo "$name.pdf" | grep -qE 'Page size: +59[45](\.[0-9]+)? x 84[12](\.[0-9]+)? pts \(A4\)' || fail "$name.pdf is not A4: $(pdfinfo "$name.pdf")"
  pdftotext "$name.pdf" "$name.txt"
  python3 "$here/doc/check_print.py" "$name.txt" "$name.vi.html"
done
browse --window-size=1200,1600 --screenshot="$PWD/desk.png" "file://$PWD/phan-bo-mau.vi.html"
browse --window-size=500,1600 --screenshot="$PWD/phone.png" "file://$PWD/phan-bo-mau.vi.html"
for shot in desk phone; do [ -s $shot.png ] || fail "no screenshot $shot.png"; done
# Nothing runs over the edge of a narrow screen: the page is not wider than its window.
sed 's|</body>|<script>document.title = "width " + document.documentElement.scrollWidth</script></body>|' phan-bo-mau.vi.html > width.html
profile=$(mktemp -d "$PWD/profile.XXXXXX")
timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
  --disable-sync --user-data-dir="$profile" --window-size=500,1600 --dump-dom "file://$PWD/width.html" > width.txt 2> browser.log
rm -rf "$profile"
width=$(sed -n 's|.*<title>width \([0-9]*\)</title>.*|\1|p' width.txt)
[ -n "$width" ] && [ "$width" -le 500 ] || fail "the page is ${width:-?} wide on a screen of 500"

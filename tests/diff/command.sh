#!/usr/bin/env bash
# command.sh QUY FOLDER WORK: what `quy diff` takes and gives: revisions, compiled packs, statuses, tests, the list of changes, impact, the page, drafts, git.
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work" && cd "$work"
fail() { echo "$*" >&2; exit 1; }
# expect STATUS TEXT COMMAND…: the command ends with the status and says the text.
expect() {
  local wanted=$1 text=$2 status=0 said
  shift 2
  said=$("$@" 2>&1) || status=$?
  [ "$status" -eq "$wanted" ] || fail "$*: expected exit status $wanted, got $status: $said"
  case $said in *"$text"*) ;; *) fail "$*: '$text' is not said, but: $said" ;; esac
}

cp -r "$folder/bo" old && cp -r old same && cp -r old tight && cp -r old loose
sed -i 's/lượt_cơ_sở ≥ 6 lượt/lượt_cơ_sở ≥ 8 lượt/' tight/nguoi.quy
sed -i 's/lượt_cơ_sở ≥ 6 lượt/lượt_cơ_sở ≥ 4 lượt/' loose/nguoi.quy
sed -i 's/"Đi cơ sở"/"Xuống cơ sở"/' same/nguoi.quy
"$quy" build old -o old.qpk 2> log && "$quy" build tight -o tight.qpk 2> log

# Statuses, and what stops a review.
expect 0 'same meaning' "$quy" diff old same --lang en
expect 0 'không đổi về nghĩa' "$quy" diff old same
expect 1 'nobody better' "$quy" diff old tight --lang en
expect 1 'nobody worse' "$quy" diff old loose --lang en
# With the pack's policy for gaps fewer points can mean a level where more mean none, so fewer points may be better.
expect 1 '' "$quy" diff old tight --fail-on looser
cp -r old steady && cp -r tight steady-tight && sed -i 's/thiếu điều kiện: mức kế dưới/thiếu điều kiện: xét đến cùng/' steady/bo.quy steady-tight/bo.quy
expect 0 '' "$quy" diff steady steady-tight --fail-on looser
expect 1 '' "$quy" diff old loose --fail-on looser
expect 0 '' "$quy" diff old loose --fail-on not-proved
expect 1 '' "$quy" diff old loose --fail-on not-proved --fail-on any
expect 1 'old/nguoi.quy:18 → tight/nguoi.quy:18' "$quy" diff old tight
# Compiled packs on either side say the same.
for pair in 'old.qpk tight' 'old tight.qpk' 'old.qpk tight.qpk'; do
  # shellcheck disable=SC2086
  expect 1 'nobody better' "$quy" diff $pair --lang en
done
expect 2 '' "$quy" diff old
expect 4 'Q0001' "$quy" diff old no-such-folder
expect 4 'Q0004' "$quy" diff old tight -o no-such-folder/answer

# The records found are tests that pass in the newer version and fail in the older.
"$quy" diff old tight --write-test tight/khac.quy > out && fail 'nothing changed'
"$quy" test tight > out || fail "$(cat out)"
cp tight/khac.quy old/ && ! "$quy" test old > out || fail 'the older version passes them too'
rm old/khac.quy tight/khac.quy

# A criterion under another name is the same; a score under another key is asked otherwise.
cp -r old renamed && cp -r old rekeyed
sed -i -e 's/tiêu chí cơ_sở /tiêu chí xuống_cơ_sở /' -e 's/{ đạt khi lượt_cơ_sở/{ trước là cơ_sở   đạt khi lượt_cơ_sở/' renamed/nguoi.quy
expect 0 'renamed criterion' "$quy" diff old renamed --lang en
sed -i -e 's/tiêu chí phẩm_chất /tiêu chí đạo_đức /' -e 's/{ người chấm/{ trước là phẩm_chất   người chấm/' rekeyed/nguoi.quy
expect 1 'đổi tên tiêu chí' "$quy" diff old rekeyed

# The list of changes.
expect 1 '## thu 1.1.0' "$quy" diff steady steady-tight --changelog
expect 1 '## thu 2.0.0' "$quy" diff old loose --changelog
expect 0 '## thu 1.0.1' "$quy" diff old same --changelog
expect 1 'the version still is 1.0.0' "$quy" diff old tight --changelog --lang en
expect 1 'periods closed' "$quy" diff old tight --changelog --lang en
sed 's/phiên bản 1.0.0 hiệu lực từ 1\/1\/2025/phiên bản 1.1.0 hiệu lực từ 1\/1\/2026/' -i steady-tight/bo.quy
"$quy" diff steady steady-tight --changelog --lang en > out && fail 'nothing changed'
! grep -q Warnings out || fail "$(cat out)"

# Impact: three of four records stay, one falls.
for visits in 5 6 8 9; do
  printf '{"id":"R%s","subject":"thu.can_bo","period":"2025","unit":"P1","cohort":"N","evidence":{"giao":10,"xong":10,"vuot":4,"cham":0,"khieu_nai_dung":0,"lo_bi_mat":false,"tu_khac_phuc":false,"thang_lam_viec":12,"ky_luat":[],"luot_co_so":%s,"van_ban":10,"van_ban_dung_han":10,"von":100,"giai_ngan":100,"co_sai_sot":false,"lan_vang":1,"sang_kien":0,"hoc_tap":"du"},"scores":{"tu_cham":{"pham_chat":11.5},"quyet_dinh":{"pham_chat":11.5}}}\n' $visits $visits
done > records.ndjson
"$quy" eval old records.ndjson --fields id,total,rating > before.txt 2> log || fail "$(cat before.txt log)"
"$quy" diff old tight --evidence records.ndjson --format json > impact.json && fail 'nothing changed'
python3 - <<'PY'
import json
impact = json.load(open("impact.json"))["impact"]
assert impact["all"]["records"] == 4 and impact["points"]["lose"] == 1 and impact["points"]["lost"] == "10", impact
assert sum(cell["records"] for cell in impact["matrix"]) == 4, impact
assert [person["id"] for person in impact["people"] + impact["points_only"]] == ["R6"], impact
assert impact["by_unit"]["P1"]["records"] == 4 and impact["by_cohort"]["N"]["records"] == 4, impact
PY
expect 1 'Effect on the records' "$quy" diff old tight --evidence records.ndjson --lang en
expect 4 'Q0832' "$quy" diff old tight --evidence no-such-file.ndjson

# Revisions, the driver of git, and a revision that is not there.
git init -q repository && cp -r old repository/set
(
  cd repository
  git config user.email review@example.invalid && git config user.name Review
  git add set && git commit -qm first
  sed -i 's/lượt_cơ_sở ≥ 6 lượt/lượt_cơ_sở ≥ 8 lượt/' set/nguoi.quy
  expect 1 'HEAD:set/nguoi.quy:18 → set/nguoi.quy:18' "$quy" diff HEAD:set set
  expect 0 'same meaning' "$quy" diff HEAD:set HEAD:set --lang en
  expect 4 'Q0001' "$quy" diff HEAD~5:set set
  echo '*.quy diff=quy' > .gitattributes
  git config diff.quy.command "$quy diff --lang en --driver"
  expect 0 'nobody better' git --no-pager diff
)

# Two drafts.
expect 1 'both change, differently' "$quy" diff old loose tight --lang en
cp -r old other && sed -i 's/hồ_sơ_chậm \/ hồ_sơ ≤ 5%/hồ_sơ_chậm \/ hồ_sơ ≤ 4%/' other/don-vi.quy
expect 0 'the merge means what both meant' "$quy" diff old loose other --lang en
# Each draft keeps to itself, together they mean something else: one says a value twice what it was, the other reads it.
cp -r old defines && cp -r old reads
sed -i 's/tính chất_lượng = văn_bản_đúng_hạn/tính chất_lượng = 2 × văn_bản_đúng_hạn/' defines/nguoi.quy
sed -i 's/điểm tỉ lệ với xong \/ giao, làm tròn 0,5/điểm = chất_lượng × tối đa, làm tròn 0,5/' reads/nguoi.quy
expect 1 'does not keep the meaning' "$quy" diff old defines reads --lang en

# The page: well-formed, alone, in both languages, in a browser.
for language in vi en; do
  "$quy" diff old tight --evidence records.ndjson --lang $language -o page.$language.html && fail 'nothing changed'
  python3 -c 'import sys, xml.etree.ElementTree as tree; tree.parse(sys.argv[1])' page.$language.html
  ! grep -qiE '<script|https?://[^w]|url\(|@import' page.$language.html || fail 'the page needs more than itself'
done
for words in 'Thay đổi trong văn bản' 'Ý nghĩa: hồ sơ nào' 'Tác động tới các hồ sơ' 'Đi cơ sở' 'bất lợi hơn' 'D3.1.a'; do grep -qF "$words" page.vi.html || fail "the page does not say: $words"; done
for tool in chromium pdfinfo; do command -v $tool > /dev/null || fail "$tool is missing; scripts/packages.txt names what tests need"; done
browse() {
  local profile
  profile=$(mktemp -d "$PWD/profile.XXXXXX")
  timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$profile" "$@" > browser.log 2>&1 || { cat browser.log >&2; return 1; }
  rm -rf "$profile"
}
browse --print-to-pdf="$PWD/page.pdf" --no-pdf-header-footer "file://$PWD/page.vi.html"
pdfinfo page.pdf | grep -qE 'Page size: +59[45](\.[0-9]+)? x 84[12](\.[0-9]+)? pts \(A4\)' || fail "page.pdf is not A4"
browse --window-size=1200,2200 --screenshot="$PWD/desk.png" "file://$PWD/page.vi.html"
[ -s desk.png ] || fail 'no screenshot'

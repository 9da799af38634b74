#!/usr/bin/env bash
# init.sh QUY WORK_FOLDER: a pack made by `quy init` is right as it stands, and what it offers in comments is right too.
set -euo pipefail
quy=$1
rm -rf "$2" && mkdir -p "$2" && cd "$2"

fail() { echo "$*" >&2; exit 1; }

# expect STATUS TEXT COMMAND…: the command ends with the status and says the text.
expect() {
  local wanted=$1 text=$2 status=0 said
  shift 2
  said=$("$quy" "$@" 2>&1) || status=$?
  [ "$status" -eq "$wanted" ] || fail "quy $*: expected exit status $wanted, got $status: $said"
  case $said in *"$text"*) ;; *) fail "quy $*: '$text' is not said, but: $said" ;; esac
}

# One subject of each appendix, the leadership and the organisation of the first.
"$quy" init -o each --from qd366.pl1.hanh_chinh_nha_nuoc --from qd366.pl1.to_chuc.tu_phap --from qd366.pl2.pho_thu_tuong \
  --from qd366.pl3.luc_luong_vu_trang --from pl4.tham_muu_dang --from pl5
[ "$(find each -name '*.quy' | wc -l)" -eq 13 ] || fail "expected a header and two files for each of six subjects"
expect 0 "6 đối tượng, không có lỗi" check each
expect 0 "6 kiểm thử đạt, 0" test each
expect 0 "" lint each --level warning
expect 0 "" fmt --check each
expect 0 "" build each -o each.qpk

# Every choice and every fact that is offered in a comment: one edit away, and accepted.
cp -r each opened
sed -i 's/^# chọn /chọn /; s/^  # biết /  biết /; /^  chờ chưa xác định$/d' opened/*.quy opened/kiem-thu/*.quy
grep -q "^chọn hồ sơ thông_lệ " each/each.quy || fail "a profile under which more points may give a lower level"
grep -q "^chọn thiếu_điều_kiện = xét_dần" opened/each.quy || fail "no choice was offered"
grep -q '^  biết lượt_kiểm_tra = 0' opened/kiem-thu/pl2.pho_thu_tuong.quy || fail "no fact was offered"
expect 0 "6 kiểm thử đạt, 0" test opened

# Into a folder that is there and empty; a label with quotes; a name that is a keyword.
mkdir "một thư mục"
"$quy" init --from pl2.phó_thủ_tướng -o "một thư mục" --id khung --label 'Bộ "thử"'
expect 0 'khung 0.1.0 "Bộ "thử" (mẫu)"' check "một thư mục"

# Refused, and nothing left behind.
expect 2 "[Q0013]" init --from qd366.pl5 -o each
expect 2 "qd366.pl2.pho_thu_tuong" init --from qd366.pl2.pho_thu_tung -o new
expect 2 "not a name" --lang en init --from qd366.pl5 --id An-Binh -o new
expect 2 "[Q0227]" init --from qd366.pl5 --id qd366 -o new
expect 4 "[Q0004]" init --from qd366.pl5 -o each.qpk
[ ! -e new ] || fail "a refused command made a folder"
[ -z "$(find . -name '.quy-new*')" ] || fail "something was left aside"

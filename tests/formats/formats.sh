#!/usr/bin/env bash
# formats.sh QUY PROJECT WORK: evidence says the same in every format, and what is wrong in a table is refused with its place.
set -euo pipefail
quy=$1 project=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work" && mkdir -p "$work"
cd "$work"
fail() { echo "$*" >&2; exit 1; }
# Debian's own interpreter has openpyxl, whichever stands first in PATH.
python=/usr/bin/python3
"$python" -c 'import openpyxl' || fail "python3-openpyxl is missing; scripts/packages.txt names what tests need"

# same PACK RESULTS EVIDENCE…: the evidence gives the results kept.
same() {
  local pack=$1 results=$2
  shift 2
  "$quy" eval "$pack" "$@" -o answer.ndjson 2> log || { cat log >&2; fail "$*: refused"; }
  cmp "$results" answer.ndjson || fail "$*: other results"
}

"$quy" build "$project/examples/an-binh" -o an-binh.qpk 2> build.log || { cat build.log >&2; exit 1; }
for records in "$project"/examples/an-binh/records/[1-7]-*.ndjson; do
  name=$(basename "$records" .ndjson)
  "$quy" eval an-binh.qpk "$records" -o "$name.results" 2> /dev/null
  "$python" "$here/to_table.py" "$records" "$name.csv"
  "$python" "$here/to_table.py" "$records" "$name.xlsx"
  same an-binh.qpk "$name.results" "$name.csv"
  same an-binh.qpk "$name.results" "$name.xlsx"
  # The blank form, filled in by a script.
  subject=$(sed -n '1s/.*"subject":"\([^"]*\)".*/\1/p' "$records")
  "$quy" form an-binh.qpk --subject "$subject" -o form.xlsx
  "$quy" eval an-binh.qpk form.xlsx 2>&1 | grep -q '^0 ' || fail "$subject: the blank form is not empty"
  "$python" "$here/fill_form.py" form.xlsx "$records" filled.xlsx
  same an-binh.qpk "$name.results" filled.xlsx
done
"$quy" form an-binh.qpk --subject an_binh.to_cong_nghe_so --lang en -o again.xlsx
"$quy" form an-binh.qpk --subject an_binh.to_cong_nghe_so --lang en -o form.xlsx
cmp form.xlsx again.xlsx || fail "the same form comes out differently"

# Packed, and from standard input.
name=3-cong-chuc
gzip -k "$name.csv" && zstd -q "$name.xlsx"
zstd -q "$project/examples/an-binh/records/$name.ndjson" -o "$name.ndjson.zst"
gzip -c "$project/examples/an-binh/records/$name.ndjson" > plain
{ head -n 100 "$project/examples/an-binh/records/$name.ndjson" | gzip; tail -n +101 "$project/examples/an-binh/records/$name.ndjson" | gzip; } > two-members
for input in "$name.csv.gz" "$name.xlsx.zst" "$name.ndjson.zst" plain two-members; do
  same an-binh.qpk "$name.results" "$input"
  "$quy" eval an-binh.qpk - < "$input" 2> /dev/null | cmp - "$name.results" || fail "$input from standard input: other results"
done
"$quy" explain an-binh.qpk "$name.xlsx" --id AB-0151 > from-table
"$quy" explain an-binh.qpk "$project/examples/an-binh/records/$name.ndjson" --id AB-0151 | cmp - from-table
# A table has its headings above, so lines are counted otherwise.
without_lines() { "$quy" readings an-binh.qpk "$1" --lang en 2> /dev/null | sed -E 's/ \([0-9]+\)$//'; }
without_lines "$name.csv" > from-table
[ -s from-table ] || fail "quy readings says nothing of a table"
without_lines "$project/examples/an-binh/records/$name.ndjson" | cmp - from-table

# Spellings that mean the same.
cat > record.ndjson <<'R'
{"id":"007","subject":"k.s","period":"2025","evidence":{"giao":1234567,"xong":1234567,"ti_le":90,"tien":1234567.25,"ngay_xong":"2025-05-03","co":false,"hinh":"canh_cao","mot":2,"hai":1,"viec":[{"can":0.5},{"can":2.3}]},"scores":{"quyet_dinh":{"a":4.5}}}
R
pack=$here/pack.quy
"$quy" eval "$pack" record.ndjson -o record.results 2> /dev/null
grep -q '"total":"54.5"' record.results || fail "the record itself: $(cat record.results)"
printf 'Biểu của phòng;;\r\n\r\nMã hồ sơ;Đối tượng;Kỳ;Nhiệm vụ được giao;xong;Tỉ lệ hài lòng;tiền;Ngày xong;Có khiếu nại;Hình thức;một;hai;viec[1].can;viec[2].can;Chấm (quyet_dinh)\r\n007;Cán bộ;2025;1.234.567;1234567;90%%;1.234.567,25;3/5/2025;không;Cảnh cáo;2;1;0,5;2,3;"4,5"\r\n' > office.csv
printf '\xef\xbb\xbfid\tsubject\tperiod\tgiao\txong\tti_le\ttien\tngay_xong\tco\thinh\tmot\thai\tviec[1].can\tviec[2].can\tscores.quyet_dinh.a\n007\tk.s\t2025\t1234567\t1 234 567\t90.0\t1,234,567.25\t2025-05-03\tNO\tcanh_cao\t2\t1\t.5\t2.3\t4.5\n' | sed 's/\t\.5/\t0.5/' > machine.csv
same "$pack" record.results office.csv
same "$pack" record.results machine.csv

# What a workbook stores: numbers in 17 digits, days as numbers, percentages as fractions, codes with a format of zeros, a list of its own.
workbook() { python3 "$here/raw_workbook.py" "$1"; }
workbook stored.xlsx <<'W'
{"formats": ["0000", "dd/mm/yyyy", "0%", "000"], "sheets": {
 "Ghi chú": [["Biểu này bịa ra"]],
 "Cán bộ": [["id", "period", "giao", "xong", "ti_le", "tien", "ngay_xong", "co", "hinh", "mot", "hai", "scores.quyet_dinh.a"],
  [{"v": "7", "s": 4}, {"v": "2025"}, {"v": "1234567"}, {"v": "1.234567E6"}, {"v": "0.90000000000000002", "s": 3}, {"v": "1234567.25"}, {"v": "45780", "s": 2},
   {"v": "0", "t": "b"}, "Cảnh cáo", {"v": "2"}, {"v": "1"}, {"v": "4.5"}]],
 "Sổ công việc": [["record", "can"], ["007", {"v": "0.5"}], ["007", {"v": "2.2999999999999998"}]]}}
W
same "$pack" record.results stored.xlsx

# Stages side by side from tables; an override has its reason and document beside it, or the stage's own.
ward=qd366.pl5.dang_vien_ngoai_he_thong
sed -e '/"DV-2107"/d' -e 's/"decision":{"lap_truong":7.5,/"decision":{"lap_truong":{"value":7.5,"reason":"xem lại","source":"08-BB"},/' "$project/examples/an-binh/danh-gia/chi-bo.ndjson" > ward.ndjson
"$quy" eval an-binh.qpk ward.ndjson --stage all -o ward.results 2> log || fail "$(cat log)"
[ "$(grep -c '"overrides"' ward.results)" -eq 2 ] || fail "other overrides: $(cat ward.results)"
"$quy" form an-binh.qpk --subject $ward --changes -o form.xlsx
"$python" "$here/fill_form.py" form.xlsx ward.ndjson ward-form.xlsx
for table in ward.csv ward.xlsx ward-form.xlsx; do
  [ "$table" = ward-form.xlsx ] || "$python" "$here/to_table.py" ward.ndjson "$table"
  "$quy" eval an-binh.qpk "$table" --stage all -o answer.ndjson 2> log || fail "$table: $(cat log)"
  cmp ward.results answer.ndjson || fail "$table: other results"
done
"$quy" form an-binh.qpk --subject $ward --lang en -o form.xlsx
"$python" - <<'P'
import openpyxl
book = openpyxl.load_workbook("form.xlsx")
sheet = book.worksheets[0]
columns = {cell.value: cell.column for cell in sheet[4] if cell.value}
assert "giao.decision" not in columns and "scores.decision.lap_truong.reason" not in columns, "a blank form is not asked for every change"
assert sheet.cell(2, columns["overrides.decision.reason"]).value == "Reason for changes to the stage before (decision)"
rows = [{"id": "A", "scores.appraisal.lap_truong": 7, "scores.decision.lap_truong": 7.5, "overrides.decision.reason": "minutes", "overrides.decision.document": "8-BB"},
        {"id": "B", "scores.appraisal.lap_truong": 7, "scores.decision.lap_truong": 7.5, "overrides.decision.reason": "minutes"}]
for number, row in enumerate(rows, 5):
    for name, value in {**row, "period": "2025"}.items():
        sheet.cell(number, columns[name], value)
book.save("form.xlsx")
P
overridden() { "$quy" eval an-binh.qpk "$1" --lang en --fields id,overrides --rejects rejects.ndjson 2> log || [ $? -eq 3 ]; }
overridden form.xlsx > answer.ndjson
diff - answer.ndjson <<'R' || fail "the filled form: $(cat log)"
{"id":"A","overrides":[{"stage":"decision","place":"scores.lap_truong","from":"7","to":"7.5","reason":"minutes","document":"8-BB"}]}
R
grep -q '"line":6,"column":"[A-Z]*","id":"B","field":"scores.decision.lap_truong","code":"Q0840"' rejects.ndjson || fail "$(cat rejects.ndjson)"
# As an office writes it: the first stage's number under the field's own label, each later one beside it.
cat > office.csv <<'R'
Mã hồ sơ;Kỳ;subject=qd366.pl5.dang_vien_ngoai_he_thong;Nhiệm vụ được giao;giao.source;Nhiệm vụ được giao (thẩm định);Nhiệm vụ được giao (quyết định);Nhiệm vụ được giao (quyết định): lý do sửa;Lý do sửa của bước trước (quyết định);Văn bản sửa của bước trước (quyết định);scores.appraisal.lap_truong;scores.decision.lap_truong;scores.decision.lap_truong.document
A;2025;;12;sổ;11;12;đếm lại;họp;8-BB;7;7,5;9-BB
B;2025;;12;sổ;;;;;;;;
C;2025;;12;;11;12;;;8-BB;;;
D;2025;;;;;12;;;;;;
E;2025;;12;;;;đếm lại;;;;;
R
overridden office.csv > answer.ndjson
diff - answer.ndjson <<'R' || fail "the office's table: $(cat log)"
{"id":"A","overrides":[{"stage":"decision","place":"evidence.giao","from":"11","to":"12","reason":"đếm lại","document":"8-BB"},{"stage":"decision","place":"scores.lap_truong","from":"7","to":"7.5","reason":"họp","document":"9-BB"}]}
{"id":"B"}
{"id":"D"}
R
sed 's/,"reason".*//' rejects.ndjson | diff - <(printf '%s\n' '{"line":4,"column":"G","id":"C","field":"evidence.giao.decision","code":"Q0840"' \
  '{"line":6,"column":"G","id":"E","field":"evidence.giao.decision","code":"Q0808"') || fail "the office's table: other rejects"
# A heading that no stage has is told, as any other.
printf 'id;period;subject=%s;scores.self.lap_truong.decision\nA;2025;;1\n' $ward > bad.csv
"$quy" eval an-binh.qpk bad.csv > answer.ndjson 2> log && fail "a score of two stages" || grep -q Q0843 log || fail "$(cat log)"

printf 'id;period;subject=k.s;Trùng nhãn (quyet_dinh)\nA;2025;;1\n' > bad.csv
"$quy" eval "$pack" bad.csv > answer.ndjson 2> log && fail "one of two columns is taken" || grep -q Q0845 log || fail "$(cat log)"

# A cohort whose members stand on two sheets has its places among all of them.
waves=$here/../commands/waves
head -n 10 "$waves/cung-nhom.ndjson" > members.ndjson
"$quy" eval "$waves/goi.quy" members.ndjson -o members.results 2> /dev/null
grep -q '"standing":"beyond"' members.results || fail "no quota is used up: $(cat members.results)"
"$python" - <<'P'
import json, openpyxl
book = openpyxl.Workbook()
book.remove(book.active)
members = [json.loads(line) for line in open("members.ndjson")]
for name, part in (("Phòng 1", members[:4]), ("Phòng 2", members[4:])):
    sheet = book.create_sheet(name)
    sheet.append(["id", "subject", "period", "cohort", "nghi", "ket_qua"])
    for member in part:
        sheet.append([member["id"], member["subject"], member["period"], member["cohort"], "không", member["evidence"]["ket_qua"]])
book.save("two-sheets.xlsx")
P
same "$waves/goi.quy" members.results two-sheets.xlsx

# What is wrong is refused where it stands; the rest is rated.
expect_rejects() {
  local evidence=$1 status=0
  "$quy" eval "$pack" "$evidence" --lang en --rejects rejects.ndjson -o answer.ndjson 2> log || status=$?
  [ "$status" -eq 3 ] || fail "$evidence: exit status $status: $(cat log)"
  sed 's/,"reason".*//' rejects.ndjson | diff - expected || fail "$evidence: other rejects"
}
printf 'id,subject,period,giao,Kinh phí,Trong đó hoàn thành,x_note\n"A\nb",k.s,2025,1.234,1,1,\nB,k.s,2025,5,"0,123",1,ours\nC,k.s,2025,5,1,6,\n,,,,,,\nD,k.t,2025,,,,\nE,k.s,2025,1,1,1,x,surplus\nG,k.s,2025,5,1,2,x\n' > bad.csv
cat > expected <<'R'
{"line":2,"column":"D","id":"A\nb","field":"evidence.giao","code":"Q0809"
{"line":4,"column":"E","id":"B","field":"evidence.tien","code":"Q0813"
{"line":5,"column":"F","id":"C","field":"evidence.xong","code":"Q0823"
{"line":7,"column":"B","id":"D","field":"subject","code":"Q0810"
{"line":8,"column":"H","id":"E","field":"evidence.H","code":"Q0812"
R
expect_rejects bad.csv
grep -q '"id":"G"' answer.ndjson || fail "the good row is not rated"
workbook bad.xlsx <<'W'
{"formats": ["dd/mm/yyyy"], "sheets": {
 "k.s": [["id", "period", "giao", "tien", "viec"],
  ["A", "2025", {"v": "#REF!", "t": "e"}], ["B", "2025", {"v": "3"}, {"v": "0.12345"}], [{"v": "45780", "s": 1}, "2025"],
  ["C", "2025", {"f": true}], ["D", "2025", null, null, "không có"], ["E", "2025"], ["F", "2025"]],
 "viec": [["record", "can"], ["D", {"v": "1"}], ["E", {"v": "1"}], ["E", "nhiều"], ["Z", {"v": "1"}], [null, {"v": "2"}]]}}
W
cat > expected <<'R'
{"sheet":"k.s","line":2,"column":"C","id":"A","field":"evidence.giao","code":"Q0807"
{"sheet":"k.s","line":3,"column":"D","id":"B","field":"evidence.tien","code":"Q0813"
{"sheet":"k.s","line":4,"column":"A","id":"","field":"id","code":"Q0809"
{"sheet":"k.s","line":5,"column":"C","id":"C","field":"evidence.giao","code":"Q0807"
{"sheet":"k.s","line":6,"column":"E","id":"D","field":"evidence.viec","code":"Q0806"
{"sheet":"viec","line":4,"column":"B","id":"E","field":"evidence.viec[1].can","code":"Q0809"
{"sheet":"viec","line":5,"column":"A","id":"Z","field":"","code":"Q0849"
{"sheet":"viec","line":6,"column":"A","id":"","field":"","code":"Q0849"
R
expect_rejects bad.xlsx
# What stands in a list's row below no heading.
workbook headless.xlsx <<'W'
{"sheets": {"k.s": [["id", "period"], ["A", "2025"], ["B", "2025"]], "viec": [["record", "can"], ["A", {"v": "1"}, null, "lạc"], ["B", {"v": "1"}]]}}
W
cat > expected <<'R'
{"sheet":"viec","line":2,"column":"D","id":"A","field":"evidence.viec[0].D","code":"Q0812"
R
expect_rejects headless.xlsx

# A file that cannot be read or written: one message, status 4, what was there before untouched.
unharmed() {
  local status=0
  echo before > out
  "$quy" "$@" > /dev/null 2> log || status=$?
  [ "$status" -eq 4 ] || fail "$*: exit status $status: $(cat log)"
  [ "$(grep -c 'error\[Q' log)" -eq 1 ] || fail "$*: not one message: $(cat log)"
  [ "$(cat out)" = before ] || fail "$*: the old output is gone"
}
head -c 3000 "$name.csv.gz" > cut.gz
head -c 3000 "$name.xlsx" > cut.xlsx
for format in ndjson json csv xlsx html; do
  unharmed eval an-binh.qpk no-such-file --format $format -o out
  unharmed eval an-binh.qpk . --format $format -o out
  # A file that may be opened and not read, by root neither.
  unharmed eval an-binh.qpk /proc/self/mem --format $format -o out
  unharmed eval an-binh.qpk cut.gz --format $format -o out
  unharmed eval an-binh.qpk cut.xlsx --format $format -o out
  unharmed eval an-binh.qpk "$name.csv" --format $format -o no-such-folder/out
  if [ $format != xlsx ]; then unharmed eval an-binh.qpk "$name.csv" --format $format -o /dev/full; fi
done
unharmed form an-binh.qpk --subject an_binh.to_cong_nghe_so -o /dev/full
unharmed eval an-binh.qpk "$name.csv" -o out --rejects no-such-folder/rejects
unharmed eval "$pack" bad.xlsx -o out --rejects /dev/full

#!/usr/bin/env bash
# waves.sh QUY FOLDER WORK: records that take each other's results, quotas, years from quarters, stages side by side, a run replayed.
# FOLDER keeps what must come out (QUY_UPDATE_GOLDEN=1 writes it).
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
cd "$folder"
fail() { echo "$*" >&2; exit 1; }
fields=id,subject,period,cohort,stage,total,total_exact,total_range,range,rating,status,possible,reasons,missing,waits_for,provisional,quota,stages,overrides

# same NAME: the file made is the one kept.
same() {
  [ "${QUY_UPDATE_GOLDEN:-}" != 1 ] || cp "$work/$1" "$folder/$1"
  diff "$folder/$1" "$work/$1"
}

# rates STATUS NAME ARGUMENT…: results and rejects of a run, which ends with the status.
rates() {
  local expected=$1 name=$2 status=0
  shift 2
  "$quy" eval goi.quy "$@" --fields $fields -o "$work/$name.ndjson" --rejects "$work/$name.rejects.ndjson" > "$work/out" 2> "$work/log" || status=$?
  [ "$status" -eq "$expected" ] || fail "$name: expected exit status $expected, got $status: $(cat "$work/log")"
  same "$name.ndjson"
  same "$name.rejects.ndjson"
}

rates 3 ket-qua ho-so.ndjson
grep -q '51 bản ghi vào = 46 kết quả + 5 bị từ chối' "$work/log" || fail "$(cat "$work/log")"
rates 0 ket-qua-nam cac-ky.ndjson --history nam-truoc.ndjson
rates 3 ket-qua-buoc cac-buoc.ndjson --stage all
# Stages side by side and overrides, with reason and document, in every form of answer.
"$quy" eval goi.quy cac-buoc.ndjson --stage all --format csv --fields id,stage,rating,stages,overrides > "$work/ket-qua-buoc.csv" 2> /dev/null || true
same ket-qua-buoc.csv
for language in vi en; do
  "$quy" explain goi.quy cac-buoc.ndjson --id C7 --stage all --lang $language | sed 's/, SHA-256 .*//' > "$work/C7.$language.txt"
  same C7.$language.txt
done
for format in html xlsx; do
  "$quy" eval goi.quy cac-buoc.ndjson --stage all --format $format -o "$work/cac-buoc.$format" > /dev/null 2>&1 || true
done
/usr/bin/python3 "$folder/stage_texts.py" ket-qua-buoc.ndjson "$work/cac-buoc.html" "$work/cac-buoc.xlsx"
# Without the other stages there is nothing to compare, and an override is an override all the same.
"$quy" eval goi.quy cac-buoc.ndjson --stage tham_dinh --fields id,stages,overrides 2> /dev/null | grep -q overrides && fail "an appraisal overrides"
"$quy" explain goi.quy cac-buoc.ndjson --id C7 > "$work/out"
grep -q 'văn bản: 9-BB/THỬ' "$work/out" && ! grep -q 'Các bước chấm' "$work/out" || fail "$(cat "$work/out")"
# Heads ranked in one cohort with those in their charge: a quota cannot wait for itself.
rates 0 ket-qua-cung-nhom cung-nhom.ndjson

# Standard input is read as often as the run needs it, and gives the same.
"$quy" eval goi.quy - --fields $fields < ho-so.ndjson > "$work/stdin.ndjson" 2> /dev/null || true
cmp "$work/stdin.ndjson" ket-qua.ndjson
# Order of records changes no result, only the order of lines.
tac ho-so.ndjson | sed '/"N-C2"/d' > "$work/reversed.ndjson"
"$quy" eval goi.quy "$work/reversed.ndjson" --fields $fields 2> /dev/null > "$work/reversed.out" || true
diff <(sort "$work/reversed.out") <(sort ket-qua.ndjson)
# Two files are one run.
head -20 ho-so.ndjson > "$work/one.ndjson"
tail -n +21 ho-so.ndjson > "$work/two.ndjson"
"$quy" eval goi.quy "$work/one.ndjson" "$work/two.ndjson" --fields $fields 2> /dev/null > "$work/both.out" || true
cmp "$work/both.out" ket-qua.ndjson
# A unit rated in an earlier run: its head is rated from that run's results as from the same run.
grep '"lien_ket.truong"' ho-so.ndjson > "$work/heads.ndjson"
"$quy" eval goi.quy "$work/heads.ndjson" --results ket-qua.ndjson --fields id,rating,status 2> /dev/null > "$work/heads.out" || true
"$quy" eval goi.quy ho-so.ndjson --fields id,rating,status 2> /dev/null | grep '"T' > "$work/heads.expected" || true
diff "$work/heads.expected" "$work/heads.out"
# CSV and JSON have a line for each, those about cohorts too.
"$quy" eval goi.quy ho-so.ndjson --format csv --fields id,rating,quota 2> /dev/null > "$work/ket-qua.csv" || true
same ket-qua.csv
# Places, cuts and equals at the cut stand in the reports too.
for format in html xlsx; do
  "$quy" eval goi.quy ho-so.ndjson --format $format -o "$work/bao-cao.$format" > /dev/null 2>&1 || true
done
python3 "$folder/quota_texts.py" ket-qua.ndjson "$work/bao-cao.html" "$work/bao-cao.xlsx"
{ "$quy" eval goi.quy ho-so.ndjson --format json --fields id,rating 2> /dev/null || true; } | python3 -c 'import json, sys; assert len(json.load(sys.stdin)) == 46'

for language in vi en; do
  "$quy" explain goi.quy ho-so.ndjson --id D03 --lang $language | sed 's/, SHA-256 .*//' > "$work/D03.$language.txt"
  same D03.$language.txt
done
"$quy" explain goi.quy ho-so.ndjson --id T04 | sed 's/, SHA-256 .*//' > "$work/T04.txt"
same T04.txt
status=0
"$quy" explain goi.quy ho-so.ndjson --id T06 > "$work/out" 2> "$work/log" || status=$?
[ "$status" -eq 3 ] && grep -q 'T06 → T07 → T08 → T06' "$work/log" || fail "status $status: $(cat "$work/log")"

# refuses STATUS CODE COMMAND…
refuses() {
  local expected=$1 code=$2 status=0
  shift 2
  "$@" > "$work/out" 2> "$work/log" || status=$?
  [ "$status" -eq "$expected" ] && grep -q "$code" "$work/log" || fail "$*: status $status: $(cat "$work/log")"
}
echo '{"id":"D99"}' > "$work/bad.ndjson"
refuses 4 Q0888 "$quy" eval goi.quy ho-so.ndjson --results "$work/bad.ndjson"
refuses 4 Q0832 "$quy" eval goi.quy ho-so.ndjson --results "$work/none.ndjson"

# A record that stands twice: whoever takes its result learns why it is open. Twice the same is no matter.
says() { # says NAME TEXT: the file has it
  grep -qF "$2" "$work/$1" || fail "$1 lacks $2: $(cat "$work/$1")"
}
head_of='{"id":"T1","subject":"lien_ket.truong","period":"2025","evidence":{"nghi":false,"ket_qua":70,"don_vi":["D1"]}}'
unit() { echo '{"id":"D1","subject":"lien_ket.don_vi","period":"2025","evidence":{"nghi":false,"ket_qua":'"$1"'}}'; }
{ echo "$head_of"; unit 85; unit 40; } > "$work/twice.ndjson"
"$quy" eval goi.quy "$work/twice.ndjson" --fields id,status,waits_for > "$work/twice.out" 2> /dev/null
says twice.out '{"id":"T1","status":"undecided","waits_for":[{"id":"D1","status":"repeated"}]}'
"$quy" explain goi.quy "$work/twice.ndjson" --id T1 --lang en > "$work/twice.txt"
says twice.txt 'waits for the result of D1, period 2025 (several records bear this id and period, and differ)'
{ echo "$head_of"; unit 85; unit 85; } > "$work/same.ndjson"
"$quy" eval goi.quy "$work/same.ndjson" --fields id,rating > "$work/same.out" 2> /dev/null
says same.out '{"id":"T1","rating":"tot"}'

# Files of results that contradict each other, in either order; a line twice in one file too. The same said twice, and stages, do not.
echo "$head_of" > "$work/head.ndjson"
for points in 85 40; do unit $points | "$quy" eval goi.quy - -o "$work/of-$points.ndjson" 2> /dev/null; done
for option in --results --history; do
  refuses 4 Q0897 "$quy" eval goi.quy "$work/head.ndjson" $option "$work/of-85.ndjson" "$work/of-40.ndjson" --lang en
  says log "two results of \`D1\`, period 2025, differ: \`$work/of-85.ndjson\` line 1 and \`$work/of-40.ndjson\` line 1"
  refuses 4 Q0897 "$quy" eval goi.quy "$work/head.ndjson" $option "$work/of-40.ndjson" "$work/of-85.ndjson"
done
cat "$work/of-85.ndjson" "$work/of-40.ndjson" > "$work/both-ways.ndjson"
refuses 4 Q0897 "$quy" eval goi.quy "$work/head.ndjson" --results "$work/both-ways.ndjson"
sed 's/"subject"/"stage":"tu_cham","subject"/' "$work/of-40.ndjson" | cat - "$work/of-85.ndjson" > "$work/stages.ndjson"
"$quy" eval goi.quy "$work/head.ndjson" --results "$work/of-85.ndjson" "$work/stages.ndjson" "$work/of-85.ndjson" --fields id,rating > "$work/agreed.out" 2> /dev/null
says agreed.out '{"id":"T1","rating":"tot"}'

# A decision about a cohort that nobody is of.
decided() { echo '{"id":"N1","kind":"cohort","cohort":"'"$1"'","period":"'"$2"'","decisions":[{"clause":"D4","outcome":"as_proposed","document":"9-QĐ/THỬ"}]}'; }
grep '"D0[1-3]"' ho-so.ndjson > "$work/members.ndjson"
for where in 'AA 2025' 'A 2024'; do
  decided $where | "$quy" eval goi.quy "$work/members.ndjson" - -o "$work/nobody.out" --lang en 2> "$work/log"
  says log "warning[Q0898]: decision \`N1\` under \`D4\` applies to nothing: no record that the clause limits is of cohort \`${where% *}\`, period ${where#* }"
done
decided A 2025 | "$quy" eval goi.quy "$work/members.ndjson" - -o "$work/members.out" 2> "$work/log"
! grep -q Q0898 "$work/log" || fail "$(cat "$work/log")"

# Random offices: what comes out is what counting by hand finds.
python3 brute_force.py "$quy"

# A run with a manifest is run again, to the byte, from any folder; what has changed since is named.
cp goi.quy cac-ky.ndjson nam-truoc.ndjson "$work"
cd "$work"
"$quy" build goi.quy -o goi.qpk > /dev/null 2>&1
"$quy" eval goi.qpk cac-ky.ndjson --history nam-truoc.ndjson --detail --lang en -o nam.ndjson --manifest 2> /dev/null
(cd / && "$quy" replay "$work/nam.ndjson" --lang en) | grep -q '23 results, the same to the byte' || fail "no replay"
refuses 2 Q0889 "$quy" eval goi.qpk cac-ky.ndjson --manifest
refuses 4 Q0889 "$quy" replay cac-ky.ndjson
sed -i 's/"total_exact":"250\/3"/"total_exact":"251\/3"/' nam-truoc.ndjson
refuses 1 Q0890 "$quy" replay nam.ndjson
grep -q 'nam-truoc.ndjson' "$work/log" || fail "$(cat "$work/log")"
sed -i 's/"total_exact":"251\/3"/"total_exact":"250\/3"/' nam-truoc.ndjson
sed -i '2s/kem/tot/; 2s/dat/tot/; 2s/xuat_sac/tot/' nam.ndjson
refuses 1 Q0890 "$quy" replay nam.ndjson
# Results that carry their hash and yet are not what the run gives.
hash=$(sha256sum nam.ndjson | cut -d' ' -f1)
sed -i "s/\"results_sha256\": \".*\"/\"results_sha256\": \"$hash\"/" nam.ndjson.manifest.json
refuses 1 Q0891 "$quy" replay nam.ndjson

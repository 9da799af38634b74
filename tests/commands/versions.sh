#!/usr/bin/env bash
# versions.sh QUY FOLDER WORK: records of several periods, each rated by the version of the criteria set that was in force, run again when there
# are newer versions. FOLDER keeps what must come out (QUY_UPDATE_GOLDEN=1 writes it).
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
cd "$folder"
fail() { echo "$*" >&2; exit 1; }
fields=id,period,total,rating,status,reasons,waits_for,quota

# same NAME: the file made is the one kept.
same() {
  [ "${QUY_UPDATE_GOLDEN:-}" != 1 ] || cp "$work/$1" "$folder/$1"
  diff "$folder/$1" "$work/$1"
}
# gives STATUS COMMAND…: ends with the status.
gives() {
  local expected=$1 status=0
  shift
  "$@" > "$work/out" 2> "$work/log" || status=$?
  [ "$status" -eq "$expected" ] || fail "$*: expected exit status $expected, got $status: $(cat "$work/log")"
}
# refuses STATUS CODE COMMAND…
refuses() {
  local code=$2
  gives "$1" "${@:3}"
  grep -q "$code" "$work/log" || fail "${*:3}: $(cat "$work/log")"
}

for year in 2025 2026 2027; do "$quy" build $year.quy -o "$work/$year.qpk" > "$work/log" 2>&1 || fail "$(cat "$work/log")"; done
old=$work/2025.qpk new=$work/2026.qpk newest=$work/2027.qpk

# NDJSON and a table, each with the years mixed. The order of the packs does not matter.
gives 3 "$quy" eval "$old" ho-so.ndjson --also "$new" --fields $fields -o "$work/ket-qua.ndjson" --rejects "$work/ket-qua.rejects.ndjson"
grep -q '14 bản ghi vào = 7 kết quả + 7 bị từ chối' "$work/log" || fail "$(cat "$work/log")"
same ket-qua.ndjson
same ket-qua.rejects.ndjson
gives 3 "$quy" eval "$new" ho-so.csv --also "$old" --fields $fields -o "$work/bang.ndjson" --rejects "$work/bang.rejects.ndjson"
grep -q '7 bản ghi vào = 5 kết quả + 2 bị từ chối' "$work/log" || fail "$(cat "$work/log")"
same bang.rejects.ndjson
grep -E '"T[123]"' ket-qua.ndjson | diff - "$work/bang.ndjson"

# Each result names the version that rated it, and is what that version gives by itself.
gives 3 "$quy" eval "$old" ho-so.ndjson --also "$new" -o "$work/moi-khoa.ndjson"
grep -E '"period":"2025(-Q4)?"' ho-so.ndjson > "$work/nam-2025.ndjson"
grep -E '"period":"2026"' ho-so.ndjson > "$work/nam-2026.ndjson"
sed -i 's/,"khieu_nai":5//' "$work/nam-2025.ndjson"
sed -i 's/,"buoi_hop":"mười hai"//' "$work/nam-2026.ndjson"
gives 3 "$quy" eval "$old" "$work/nam-2025.ndjson" -o "$work/rieng-2025.ndjson"
gives 3 "$quy" eval "$new" "$work/nam-2026.ndjson" --history "$work/rieng-2025.ndjson" -o "$work/rieng-2026.ndjson"
grep '"version":"1.0.0"' "$work/moi-khoa.ndjson" | diff "$work/rieng-2025.ndjson" -
# T3's last year was refused in this run, and is not there in the other.
grep '"version":"2.0.0"' "$work/moi-khoa.ndjson" | grep -v '"T9"' | diff "$work/rieng-2026.ndjson" -
# What the run itself rates comes before results that are handed in.
sed 's/"kem"/"tot"/' "$work/rieng-2025.ndjson" > "$work/sua.ndjson"
gives 3 "$quy" eval "$old" ho-so.ndjson --also "$new" --history "$work/sua.ndjson" -o "$work/lich-su.ndjson"
diff "$work/moi-khoa.ndjson" "$work/lich-su.ndjson"

# The same for any number of threads, in every format, from one file or several, from standard input.
python3 - > "$work/nhieu.ndjson" <<'PYTHON'
text = open("ho-so.ndjson").read()
for copy in range(1, 3001):
    print(text.replace('"id":"T', f'"id":"{copy}-T').replace('"cohort":"A', f'"cohort":"{copy}-A'), end="")
PYTHON
for format in ndjson json csv; do
  gives 3 "$quy" eval "$old" "$work/nhieu.ndjson" ho-so.ndjson --also "$new" --format $format -o "$work/mot.$format" --rejects "$work/mot.rejects" --summary
  cp "$work/out" "$work/mot.summary"
  gives 3 "$quy" eval "$old" "$work/nhieu.ndjson" ho-so.ndjson --also "$new" --format $format -o "$work/ba.$format" --rejects "$work/ba.rejects" --summary --threads 3
  cmp "$work/mot.$format" "$work/ba.$format"
  cmp "$work/mot.rejects" "$work/ba.rejects"
  cmp "$work/mot.summary" "$work/out"
done
[ "$(wc -l < "$work/mot.ndjson")" -eq $((3001 * 7)) ] && [ "$(wc -l < "$work/mot.rejects")" -eq $((3001 * 7)) ] || fail "records were lost"
sed -n $((2999 * 7 + 1)),$((3000 * 7))p "$work/mot.ndjson" | sed -E 's/"3000-(T|A)/"\1/g' | diff "$work/moi-khoa.ndjson" -
gives 3 "$quy" eval "$old" - --also "$new" < ho-so.ndjson
diff "$work/moi-khoa.ndjson" "$work/out"
python3 - "$work/mot.json" <<'PYTHON'
import json, sys
versions = [result["pack"]["version"] for result in json.load(open(sys.argv[1]))]
assert versions.count("1.0.0") == 3 * 3001 and versions.count("2.0.0") == 4 * 3001, versions[:20]
PYTHON
for format in html xlsx; do
  gives 3 "$quy" eval "$old" ho-so.ndjson --also "$new" --format $format -o "$work/bao-cao.$format"
done
grep -q 'Thi đua các tổ (bịa), 1.0.0, 2.0.0' "$work/bao-cao.html" || fail "the report does not name its versions"

# Run again from the manifest, today and when there is a third version; a closed period stays as it was.
gives 3 "$quy" eval "$old" ho-so.ndjson --also "$new" -o "$work/ky.ndjson" --manifest
gives 0 "$quy" replay "$work/ky.ndjson"
gives 3 "$quy" eval "$newest" ho-so.ndjson --also "$new" "$old" -o "$work/sau.ndjson"
cmp "$work/ky.ndjson" "$work/sau.ndjson"
gives 0 "$quy" replay "$work/ky.ndjson"
cp "$newest" "$new"
refuses 1 Q0890 "$quy" replay "$work/ky.ndjson"
"$quy" build 2026.quy -o "$new" > /dev/null 2>&1

# What cannot be rated, or not side by side.
gives 3 "$quy" eval "$old" ho-so.ndjson --also "$new" --lang en
grep -q '"id":"T4","field":"period","code":"Q0894","reason":"no pack is in force on 2024-12-31, the last day of period 2024"' "$work/log" || fail "$(cat "$work/log")"
sed 's/hiệu lực từ 1.1.2025/hiệu lực từ 1\/1\/2025 đến 30\/6\/2026/' 2025.quy > "$work/chong.quy"
refuses 2 Q0895 "$quy" eval "$new" ho-so.ndjson --also "$work/chong.quy"
grep -q '01/01/2026' "$work/log" || fail "$(cat "$work/log")"
refuses 2 Q0895 "$quy" eval "$new" ho-so.ndjson --also "$new"
sed 's/bộ tiêu chí thi_đua/bộ tiêu chí khác/' 2025.quy > "$work/khac.quy"
refuses 2 Q0896 "$quy" eval "$new" ho-so.ndjson --also "$work/khac.quy"
# Between two versions there may be days without any.
sed 's/hiệu lực từ 1.1.2025/hiệu lực từ 1\/1\/2025 đến 30\/6\/2025/' 2025.quy > "$work/ho.quy"
gives 3 "$quy" eval "$new" "$work/nam-2025.ndjson" --also "$work/ho.quy"
[ "$(grep -c Q0894 "$work/log")" -eq "$(wc -l < "$work/nam-2025.ndjson")" ] || fail "$(cat "$work/log")"
# A cache is of one version.
gives 3 "$quy" ingest "$old" "$work/nam-2025.ndjson" -o "$work/nam-2025.qev"
refuses 4 Q0873 "$quy" eval "$old" "$work/nam-2025.qev" --also "$new"
# One pack alone rates everything, whatever its dates.
gives 3 "$quy" eval "$old" "$work/nam-2026.ndjson"
! grep -q Q0894 "$work/log" || fail "$(cat "$work/log")"

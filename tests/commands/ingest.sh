#!/usr/bin/env bash
# ingest.sh QUY PROJECT WORK: a cache of columns gives every byte that its sources give, is made again when it is stale, and is refused when it
# is damaged.
set -euo pipefail
quy=$1 project=$2 work=$3
commands=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work" && mkdir -p "$work"
cd "$work"
fail() { echo "$*" >&2; exit 1; }

# rate NAME PACK ARGUMENT…: results, rejects and summary of a run in NAME.*; the exit status too.
rate() {
  local name=$1 pack=$2 status=0
  shift 2
  "$quy" eval "$pack" "$@" -o "$name.results" --rejects "$name.rejects" --summary --lang en > "$name.summary" 2> "$name.log" || status=$?
  echo "$status" >> "$name.summary"
}

# alike PACK CACHE EVIDENCE… -- OPTION…: the cache rates as its evidence does.
alike() {
  local pack=$1 cache=$2 evidence=()
  shift 2
  while [ "$1" != -- ]; do evidence+=("$1"); shift; done
  shift
  rate direct "$pack" "${evidence[@]}" "$@"
  rate cached "$pack" "$cache" "$@"
  [ -s direct.results ] || fail "$*: no results at all"
  for part in results rejects summary; do cmp "direct.$part" "cached.$part" || fail "$cache $*: other $part"; done
  [ ! -s cached.log ] || fail "$cache: $(cat cached.log)"
}

# says STATUS CODE COMMAND…: fails with that status and that message.
says() {
  local expected=$1 code=$2 status=0
  shift 2
  "$@" > out 2> log || status=$?
  [ "$status" -eq "$expected" ] || fail "$*: expected exit status $expected, got $status: $(cat log)"
  [ "$(grep -c "$code" log)" -eq 1 ] || fail "$*: expected one $code: $(cat log)"
}

ingested() { "$quy" ingest "$@" 2> ingest.log || [ $? -eq 3 ] || fail "ingest $*: $(cat ingest.log)"; }

# A province: quotas, several subjects, refused records, several files.
"$quy" build "$project/examples/an-binh" -o an-binh.qpk 2> log || fail "$(cat log)"
records=("$project"/examples/an-binh/records/*.ndjson)
ingested an-binh.qpk "${records[@]}" -o all.qev
alike an-binh.qpk all.qev "${records[@]}" --
ingested an-binh.qpk "${records[2]}" -o one.qev
alike an-binh.qpk one.qev "${records[2]}" -- --format csv
"$quy" explain an-binh.qpk one.qev --id AB-0151 > cached.txt
"$quy" explain an-binh.qpk "${records[2]}" --id AB-0151 | cmp - cached.txt

# Results of others in waves, years from quarters, stages side by side.
waves=$commands/waves
for evidence in ho-so cac-buoc cung-nhom; do
  ingested "$waves/goi.quy" "$waves/$evidence.ndjson" -o waves.qev
  alike "$waves/goi.quy" waves.qev "$waves/$evidence.ndjson" --
  alike "$waves/goi.quy" waves.qev "$waves/$evidence.ndjson" -- --stage all
done
ingested "$waves/goi.quy" "$waves/cac-ky.ndjson" -o waves.qev
alike "$waves/goi.quy" waves.qev "$waves/cac-ky.ndjson" -- --history "$waves/nam-truoc.ndjson"

# Every kind of field, from a table and packed, with refused rows; and blocks that fill up, lists and all.
pack=$project/tests/formats/pack.quy
/usr/bin/python3 - <<'P'
import json, random
draw = random.Random(5)
with open("many.ndjson", "w") as out:
    for i in range(9000):
        given = draw.randrange(50)
        evidence = {"giao": given, "xong": draw.randrange(given + 2), "ti_le": draw.randrange(101), "tien": draw.randrange(10**9) / 100,
                    "ngay_xong": f"2025-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}", "co": draw.random() < .5,
                    "hinh": draw.choice(["khien_trach", "canh_cao"]), "mot": draw.randrange(5), "hai": draw.randrange(5),
                    "viec": [{"can": draw.randrange(30) / 10} for _ in range(draw.choice([0, 1, 3, 40]))]}
        for field in draw.sample(sorted(evidence), draw.choice([0, 0, 1, 4])):
            evidence[field] = None
        scores = {stage: {"a": draw.randrange(101) / 2} for stage in ("tu_cham", "quyet_dinh") if draw.random() < .9}
        record = {"id": f"{i:05}", "subject": "k.s", "period": "2025", "unit": f"U{i % 7}", "evidence": evidence, "scores": scores}
        out.write("{broken\n" if i % 1000 == 999 else json.dumps(record) + "\n")
P
gzip -k many.ndjson
ingested "$pack" many.ndjson.gz -o many.qev
grep -Eq '^9000 .* = [0-9]+ .* \+ [1-9][0-9]* ' ingest.log || fail "$(cat ingest.log)"
alike "$pack" many.qev many.ndjson.gz --
alike "$pack" many.qev many.ndjson.gz -- --stage tu_cham
alike "$pack" many.qev many.ndjson.gz -- --stage all
printf 'id;subject;period;giao;xong;ti_le;hinh\n1;k.s;2025;3;2;"90,5";Cảnh cáo\n2;k.s;2025;3;4;1;\n03;k.s;2025;x;;;\n' > table.csv
ingested "$pack" table.csv many.ndjson -o two.qev
alike "$pack" two.qev table.csv many.ndjson --

# Other rules over the same fields need no other cache; other fields do.
sed 's/từ 50 điểm/từ 60 điểm/; s/cân) của việc ≥ 1/cân) của việc ≥ 2/' "$pack" > stricter.quy
alike stricter.quy many.qev many.ndjson.gz --
cp many.qev kept.qev
sed 's/đến 10000000/đến 5000000/' "$pack" > narrower.quy
rate direct narrower.quy many.ndjson.gz
rate cached narrower.quy many.qev
cmp direct.results cached.results && cmp direct.rejects cached.rejects && cmp direct.summary cached.summary
grep -q '^many.qev: .*made again from its sources' cached.log || fail "a cache of another schema: $(cat cached.log)"
alike narrower.quy many.qev many.ndjson.gz --
cmp -s many.qev kept.qev && fail "the cache has not been made again"

# A source that changes, or only looks as if it had.
cp table.csv source.csv
ingested "$pack" source.csv -o source.qev
touch -d '2001-01-01' source.csv
alike "$pack" source.qev source.csv --
sed -i 's/^1;/9;/' source.csv
rate cached "$pack" source.qev
grep -q '"id":"9"' cached.results || fail "the change of a source is not seen"
grep -q 'source.csv. has changed; the cache is made again' cached.log || fail "$(cat cached.log)"
mv source.csv elsewhere.csv
says 4 Q0873 "$quy" eval "$pack" source.qev
says 4 Q0873 "$quy" explain "$pack" source.qev --id 9
mv elsewhere.csv source.csv

# Not a way to hand evidence on.
gzip -k source.qev
says 4 Q0874 "$quy" eval "$pack" source.qev.gz
says 4 Q0874 "$quy" eval "$pack" - < source.qev
says 4 Q0875 "$quy" ingest "$pack" - -o other.qev < source.csv
says 4 Q0875 "$quy" ingest "$pack" source.qev -o other.qev
says 4 Q0875 "$quy" ingest "$pack" /dev/null -o other.qev
says 4 Q0832 "$quy" ingest "$pack" missing.ndjson -o other.qev
says 4 Q0832 "$quy" ingest "$pack" . -o other.qev
says 4 Q0004 "$quy" ingest "$pack" source.csv -o /dev/full
says 4 Q0004 "$quy" ingest "$pack" source.csv -o missing/other.qev
[ ! -e other.qev ] || fail "a failed ingest leaves a file"

# Damage: every byte counts.
/usr/bin/python3 - <<'P'
data = open("source.qev", "rb").read()
size = len(data)
for i, length in enumerate([17, 40, size // 3, size // 2, size - 40, size - 8, size - 1]):
    open(f"damaged-{i}.qev", "wb").write(data[:length])
for i in range(0, size, max(1, size // 60)):
    flipped = bytearray(data)
    flipped[max(i, 12)] ^= 0x10
    open(f"damaged-at-{i}.qev", "wb").write(flipped)
newer = bytearray(data)
newer[8] = 99
open("newer.qev", "wb").write(newer)
P
# What is not read is not checked: every stage is.
for damaged in damaged-*.qev; do says 4 Q0871 "$quy" eval "$pack" "$damaged" --stage all; done
says 4 Q0872 "$quy" eval "$pack" newer.qev

#!/usr/bin/env bash
# coverage.sh QUY FOLDER WORK: a small pack held against a list of clauses; FOLDER keeps what must come out (QUY_UPDATE_GOLDEN=1 writes it).
set -euo pipefail
quy=$1 folder=$2 work=$3
rm -rf "$work" && mkdir -p "$work"

# ends_with STATUS COMMAND…: the command ends so.
ends_with() {
  local wanted=$1 status=0
  shift
  "$@" || status=$?
  [ "$status" -eq "$wanted" ] || { echo "$* ended with $status, not $wanted" >&2; exit 1; }
}

# same FILE: what was written is what the folder keeps.
same() {
  [ "${QUY_UPDATE_GOLDEN:-}" != 1 ] || cp "$work/$1" "$folder/$1"
  diff "$folder/$1" "$work/$1"
}

ends_with 1 "$quy" coverage "$folder/pack.quy" --clauses "$folder/clauses.tsv" --format json > "$work/coverage.json"
same coverage.json
for language in vi en; do
  ends_with 1 "$quy" coverage "$folder/pack.quy" --clauses "$folder/clauses.tsv" --lang $language > "$work/coverage.$language.txt"
  same coverage.$language.txt
done

# A compiled pack is judged like its source.
"$quy" build "$folder/pack.quy" -o "$work/pack.qpk" 2> "$work/log"
ends_with 1 "$quy" coverage "$work/pack.qpk" --clauses "$folder/clauses.tsv" --format json | diff "$folder/coverage.json" -

# Nothing missing and nothing unknown: other line ends and a byte order mark, other order of columns, one more of them.
grep -vP '^(D4\.1|PL1\.II\.2\.b)\t' "$folder/clauses.tsv" > "$work/some.tsv"
printf 'PL1.II.9\tPHỤ LỤC 1\tNhận xét.\n' >> "$work/some.tsv"
{ printf '\357\273\277'; awk -F '\t' -v OFS='\t' '{ print $3, $1, "x", $2 }' "$work/some.tsv" | sed $'1s/\tx\t/\tnote\t/; s/$/\r/'; } > "$work/whole.tsv"
ends_with 0 "$quy" coverage "$folder/pack.quy" --clauses "$work/whole.tsv" > /dev/null

# refused LINE TEXT: a list that holds TEXT is refused, and the message names the line.
refused() {
  printf '%b' "$2" > "$work/bad.tsv"
  ends_with 4 "$quy" coverage "$folder/pack.quy" --clauses "$work/bad.tsv" --lang en > "$work/out" 2> "$work/log"
  [ ! -s "$work/out" ] && [ "$(grep -c '^error' "$work/log")" -eq 1 ] && grep -q "^error\[Q0012\].*line $1:" "$work/log" ||
    { echo "refused $1 $2:" >&2; cat "$work/log" >&2; exit 1; }
}
header='citation\tparent_title\ttext\n'
refused 1 ''
refused 1 "$header"
refused 1 'citation\ttext\nD1\tA.\n'
refused 3 "${header}D1\tA\tB.\nD2\tA\n"
refused 2 "${header}\tA\tB.\n"
refused 3 "${header}D1\tA\tB.\nD1\tA\tC.\n"
ends_with 4 "$quy" coverage "$folder/pack.quy" --clauses "$work/no-such-file.tsv" 2> /dev/null
ends_with 4 "$quy" coverage "$work/no-such-pack.quy" --clauses "$folder/clauses.tsv" 2> /dev/null

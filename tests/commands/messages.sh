#!/bin/sh
# Each message about files, options and packs, raised by a command: messages.sh QUY GOLDEN_FOLDER WORK_FOLDER
set -u
quy=$1
golden=$2
rm -rf "$3" && mkdir -p "$3" && cd "$3" || exit 1
failed=0

# expect CODE COMMAND…: the command fails and says CODE.
expect() {
  code=$1
  shift
  if said=$("$quy" "$@" 2>&1 < /dev/null); then
    echo "quy $*: did not fail"
    failed=1
  fi
  case $said in
    *"[$code]"* | *"\"$code\""*) ;;
    *)
      echo "quy $*: $code is not said, but: $said"
      failed=1
      ;;
  esac
}

cp "$golden/ir/open-choice.quy" pack.quy
mkdir empty two two/a two/b
cp pack.quy two/a/a.quy
sed 's/^khung k/khung l/' pack.quy > two/b/b.quy
for subject in s t; do
  [ $subject = s ] && printf 'khung u "U" phiên bản 1.0.0\ncăn cứ qd = "1-QĐ" ngày 1/1/2025\n'
  printf 'đối tượng %s "S" theo D1 { nhóm n tối đa 1 điểm { tiêu chí c tối đa 1 điểm { người chấm bước 0,5 điểm } } }\n' $subject
done > subjects.quy
echo '{"id":"A","subject":"k.s","period":"2025","evidence":{"giao":10,"xong":9}}' > records.ndjson
printf '\377' > not-utf8.quy
head -c 4200000 /dev/zero | tr '\0' '#' > long.quy
"$quy" build pack.quy -o good.qpk 2> /dev/null || exit 1
head -c 40 good.qpk > short.qpk
{ head -c 100 good.qpk; printf '\001'; tail -c +102 good.qpk; } > altered.qpk
# Numbers that double their digits at each step: every pack of this kind is checked, but none can be run.
{
  printf 'khung h "H" phiên bản 1.0.0\ncăn cứ qd = "1-QĐ" ngày 1/1/2025\nđối tượng s "S" theo D1 {\n  minh chứng { x : số đếm }\n  tính v0 = x\n'
  i=0
  while [ $i -lt 18 ]; do
    printf '  tính v%s = v%s × v%s\n' $((i + 1)) $i $i
    i=$((i + 1))
  done
  printf '  nhóm n tối đa 1 điểm { tiêu chí c tối đa 1 điểm { đạt khi v18 ≥ 5 } }\n}\n'
} > huge.quy
echo '{"id":"A","subject":"h.s","period":"2025","evidence":{"x":1}}' > huge.ndjson

expect Q0001 check no-such-file.quy
expect Q0002 check not-utf8.quy
expect Q0003 check long.quy
expect Q0004 build pack.quy -o no-such-folder/pack.qpk
expect Q0005 check empty
expect Q0007 list two
expect Q0008 build two --pack m -o two.qpk
expect Q0009 schema pack.quy --subject t
expect Q0010 explain pack.quy records.ndjson --id B
expect Q0011 eval pack.quy records.ndjson --reading nguong
printf "citation\ttext\n" > clauses.tsv
expect Q0012 coverage pack.quy --clauses clauses.tsv
expect Q0013 init --from qd366.pl5 -o two
expect Q0014 doc subjects.quy
cp "$golden/../commands/gaps/theo-diem.quy" gaps.quy
expect Q0019 gaps gaps.quy --write-test pack.quy
mkdir -p broken && printf 'not a library' > broken/libzip.so.4
printf 'PK\003\004junk' > any.xlsx
LD_LIBRARY_PATH=$PWD/broken expect Q0020 eval pack.quy any.xlsx
printf 'not a library' > broken/libz3.so.4
LD_LIBRARY_PATH=$PWD/broken expect Q0020 gaps gaps.quy
expect Q0022 diff pack.quy
expect Q0022 diff
expect Q0022 diff pack.quy pack.quy pack.quy pack.quy
expect Q0832 eval pack.quy no-such-file.ndjson
printf '\037\213junk' > bad.gz
expect Q0841 eval pack.quy bad.gz
printf 'a,b\n1,2\n' > no-id.csv
expect Q0842 eval pack.quy no-id.csv
printf 'id,period,khong_co\nA,2025,1\n' > unknown.csv
expect Q0843 eval pack.quy unknown.csv
printf 'id,period,giao,giao\nA,2025,1,2\n' > repeated.csv
expect Q0844 eval pack.quy repeated.csv
sed 's/\(giao\|xong\) : /\1 "Số" : /g' pack.quy > same-labels.quy
printf 'id,period,Số\nA,2025,1\n' > ambiguous.csv
expect Q0845 eval same-labels.quy ambiguous.csv
printf 'id,period,giao\nA,2025,"1\n' > open.csv
expect Q0846 eval pack.quy open.csv
printf 'PK\003\004junk' > bad.xlsx
expect Q0847 eval pack.quy bad.xlsx
{ printf 'PK\003\004'; head -c 135000000 /dev/zero; } | gzip -1 > large.xlsx.gz
expect Q0848 eval pack.quy large.xlsx.gz
printf '\377\376i\000d\000' > wide.csv
expect Q0850 eval pack.quy wide.csv
expect Q0881 eval pack.quy records.ndjson --reading nguon=cao
expect Q0882 eval pack.quy records.ndjson --reading nguong=vua
expect Q0883 eval pack.quy records.ndjson --stage tham_dinh
expect Q0884 eval pack.quy records.ndjson --fields id,diem
expect Q0886 eval pack.quy - --stage all
expect Q0887 eval huge.quy huge.ndjson
expect Q0892 eval pack.quy records.ndjson --format xlsx
expect Q0901 disasm records.ndjson
expect Q0902 disasm short.qpk
expect Q0904 disasm altered.qpk
exit $failed

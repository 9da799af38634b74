"""hostile.py QUY PACK WORK: evidence made to fill the memory. Each ends with the status and the one message that are documented, what can be rated
beside it is, and the memory stays within bounds.

Large inputs are packed from one block that is written down again and again, so making them takes no time.
"""

import gzip
import os
import struct
import sys
import zlib

QUY, PACK, WORK = sys.argv[1:4]
# Far more than any of them needs, far less than any of them would take: room for what sanitizers add.
MOST_BYTES = 1 << 30
MIB = 1 << 20


def deflated(head, block, times, tail):
    """Raw deflate of head + block × times + tail; blocks do not refer to each other."""
    def piece(data, end):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return packer.compress(data) + packer.flush(zlib.Z_FINISH if end else zlib.Z_FULL_FLUSH)
    return piece(head, False) + piece(block, False) * times + piece(tail, True)


class Archive:
    """A zip archive in the form of 64-bit sizes."""

    def __init__(self):
        self.body, self.directory, self.count = b"", b"", 0

    def add(self, path, head, block=b"", times=0, tail=b""):
        packed, size = deflated(head, block, times, tail), len(head) + len(block) * times + len(tail)
        # The sum over a part is asked for at its end only, which none of the large ones comes to.
        total = zlib.crc32(head + tail) if times == 0 else 0
        name = path.encode()
        sizes = struct.pack("<HHQQ", 1, 16, size, len(packed))
        both = struct.pack("<HHHHHLLLHH", 45, 0, 8, 0, 0, total, 0xffffffff, 0xffffffff, len(name), len(sizes))
        self.directory += b"PK\1\2" + struct.pack("<H", 45) + both + struct.pack("<HHHLL", 0, 0, 0, 0, len(self.body)) + name + sizes
        self.body += b"PK\3\4" + both + name + sizes + packed
        self.count += 1

    def write(self, path):
        end = b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, self.count, self.count, len(self.directory), len(self.body), 0)
        with open(path, "wb") as file:
            file.write(self.body + self.directory + end)


SHEET = b"<worksheet><sheetData>"
HEADINGS = b'<row><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>period</t></is></c></row>'


SHEETS = b'<workbook xmlns:r="r"><sheets><sheet name="k.s" r:id="r"/>'


def workbook(path, sheet=(SHEET,), sheets=(SHEETS + b"</sheets></workbook>",), texts=None):
    """Each part as the arguments of Archive.add(); what is not given is as small as it can be."""
    archive = Archive()
    links = b'<Relationship Id="r" Type="t/worksheet" Target="s.xml"/>'
    if texts:
        links += b'<Relationship Id="t" Type="t/sharedStrings" Target="t.xml"/>'
        archive.add("xl/t.xml", *texts)
    archive.add("xl/workbook.xml", *sheets)
    archive.add("xl/_rels/workbook.xml.rels", b"<Relationships>" + links + b"</Relationships>")
    archive.add("xl/s.xml", *sheet)
    archive.write(path)


def run(path):
    """Exit status, what is said, and the largest resident set."""
    with open("log", "wb") as log:
        child = os.posix_spawn(QUY, [QUY, "eval", PACK, path, "--lang", "en", "-o", "answer.ndjson"], os.environ,
                               file_actions=[(os.POSIX_SPAWN_DUP2, log.fileno(), 1), (os.POSIX_SPAWN_DUP2, log.fileno(), 2)])
        _, status, used = os.wait4(child, 0)
    with open("log", encoding="utf-8", errors="replace") as log:
        return os.waitstatus_to_exitcode(status), log.read(), used.ru_maxrss * 1024


def expect(path, status, *words):
    got, said, used = run(path)
    shown = said if len(said) < 2000 else said[:2000] + "…"
    if got != status or not all(word in said for word in words) or said.count("error[") != (1 if status == 4 else 0):
        sys.exit(f"{path}: status {got}, expected {status} with {words}: {shown}")
    if used > MOST_BYTES:
        sys.exit(f"{path}: {used} bytes held")
    os.remove(path)


def refused(path, code, *words):
    expect(path, 4, f"error[{code}]", *words)


def rated(path, results, rejected):
    expect(path, 3 if rejected else 0, f"{results + rejected} records in = {results} results + {rejected} rejected")


os.makedirs(WORK, exist_ok=True)
os.chdir(WORK)

# ---------------------------------------------------------------- workbooks
workbook("unpacks.xlsx", sheet=(SHEET, b" " * MIB, 5000))
refused("unpacks.xlsx", "Q0848", "unpacks")
workbook("empty-rows.xlsx", sheet=(SHEET + HEADINGS, b"<row/>" * 100_000, 500))
refused("empty-rows.xlsx", "Q0848", "rows")
workbook("one-row.xlsx", sheet=(SHEET + HEADINGS, b'<row r="2"/>' * 100_000, 500))
refused("one-row.xlsx", "Q0847", "stands where none can")
workbook("texts.xlsx", texts=(b"<sst>", b"<si><t/></si>" * 80_000, 500))
refused("texts.xlsx", "Q0848", "text")
workbook("long-text.xlsx", texts=(b"<sst><si><t>", b"a" * MIB, 1000))
refused("long-text.xlsx", "Q0848", "a cell")
workbook("sheets.xlsx", sheets=(SHEETS, b'<sheet name="a" r:id="r"/>' * 40_000, 500))
refused("sheets.xlsx", "Q0848", "names")
workbook("deep.xlsx", sheet=(SHEET, b"<a>" * 300_000, 500))
refused("deep.xlsx", "Q0847", "nests")
workbook("long-tag.xlsx", sheet=(SHEET + b'<row r="', b"1" * MIB, 1000))
refused("long-tag.xlsx", "Q0847", "too long a tag")
workbook("names.xlsx", sheet=(SHEET + b"".join(b"<n%d/>" % i for i in range(300_000)),))
refused("names.xlsx", "Q0847", "too many names")
# As many cells as a row can have, each with the longest text that cells can share: the row is too long for a record, the next one is not.
cells = b'<c t="s"><v>0</v></c>' * 16_000
workbook("shared.xlsx", texts=(b"<sst><si><t>" + b"a" * 131_000 + b"</t></si></sst>",),
         sheet=(SHEET + HEADINGS + b"<row>" + cells + b'</row><row><c t="inlineStr"><is><t>A</t></is></c><c t="inlineStr"><is><t>2025</t></is></c></row></sheetData></worksheet>',))
rated("shared.xlsx", 1, 1)

# ---------------------------------------------------------------- lines
GOOD = b'{"id":"A","subject":"k.s","period":"2025"}\n'


def gzipped(path, head, block, times, tail):
    with open(path, "wb") as file:
        file.write(b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + deflated(head, block, times, tail))
        total = zlib.crc32(head)
        for _ in range(times):
            total = zlib.crc32(block, total)
        file.write(struct.pack("<LL", zlib.crc32(tail, total), (len(head) + len(block) * times + len(tail)) & 0xffffffff))


gzipped("line.ndjson.gz", GOOD + b'{"id":"', b"a" * MIB, 1100, b'"}\n' + GOOD)
rated("line.ndjson.gz", 2, 1)
gzipped("array.json.gz", b"[" + GOOD + b',{"id":"', b"a" * MIB, 300, b'"},' + GOOD + b"]")
rated("array.json.gz", 2, 1)
gzipped("deep.ndjson.gz", GOOD + b'{"meta":', b'{"a":' * MIB, 60, b"\n" + GOOD)
rated("deep.ndjson.gz", 2, 1)
gzipped("deep-array.json.gz", b"[" + GOOD + b",", b"[" * MIB, 300, b"")
refused("deep-array.json.gz", "Q0833")
gzipped("row.csv.gz", b"id,subject,period\nA,k.s,2025\nB,", b"a" * MIB, 300, b",2025\nC,k.s,2025\n")
refused("row.csv.gz", "Q0846")
gzipped("columns.csv.gz", b"id,subject,period\nA,k.s,2025\nB,k.s,2025", b"," * MIB, 300, b"\nC,k.s,2025\n")
rated("columns.csv.gz", 2, 1)
gzipped("headings.csv.gz", b"id,subject,period", b",a" * MIB, 100, b"\nA,k.s,2025\n")
refused("headings.csv.gz", "Q0842")
# Each row fills a column of its own, below no heading.
with gzip.open("stairs.csv.gz", "wb", 1) as file:
    file.write(b"id,subject,period\n" + b"".join(b"A,k.s,2025" + b"," * i + b"x\n" for i in range(1, 2000)))
rated("stairs.csv.gz", 0, 1999)

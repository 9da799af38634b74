"""raw_workbook.py OUT: reads a workbook as JSON on standard input and writes it cell by cell as told, so that a test decides what is stored.

{"sheets": {"name": [[cell, …], …]}, "formats": ["0000", …]}; a cell is null, a text, or {"v": "stored text", "t": "n", "s": 1, "f": true}.
"""

import json
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

book = json.load(sys.stdin)
formats = book.get("formats", [])
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def letters(column):
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def cell_xml(row, column, cell):
    place = f'r="{letters(column)}{row}"'
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f'<c {place} t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    value = f'<v>{escape(cell["v"])}</v>' if "v" in cell else ""
    return f'<c {place} t="{cell.get("t", "n")}" s="{cell.get("s", 0)}">{"<f>A1</f>" if cell.get("f") else ""}{value}</c>'


with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
    names = list(book["sheets"])
    sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(names, 1))
    archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>')
    links = "".join(f'<Relationship Id="r{i}" Type="{RELATIONS}/worksheet" Target="worksheets/s{i}.xml"/>' for i in range(1, len(names) + 1))
    links += f'<Relationship Id="st" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>')
    codes = "".join(f'<numFmt numFmtId="{200 + i}" formatCode={quoteattr(code)}/>' for i, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(formats)))
    archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>')
    for i, name in enumerate(names, 1):
        rows = "".join(
            f'<row r="{r}">{"".join(cell_xml(r, c, cell) for c, cell in enumerate(row))}</row>' for r, row in enumerate(book["sheets"][name], 1))
        archive.writestr(f"xl/worksheets/s{i}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>')

"""fill_in.py BOOK RECORD COLUMN=VALUE …: writes into a form what its reader writes by hand, one row of the first sheet.

The row is that of the record, or the first empty one; a column is found by its id in the form's hidden row. 12 and 7.5 are written as numbers,
anything else as text.
"""

import re
import sys

import openpyxl

ID_ROW, FIRST_ROW = 4, 5


def cell_value(text):
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text


path, record, *cells = sys.argv[1:]
book = openpyxl.load_workbook(path)
sheet = book.worksheets[0]
columns = {cell.value: cell.column for cell in sheet[ID_ROW] if cell.value}
row = FIRST_ROW
while sheet.cell(row, columns["id"]).value not in (None, record):
    row += 1
for name, _, text in (["id", "", record], *(cell.partition("=") for cell in cells)):
    assert name in columns, f"the form has no column {name}"
    sheet.cell(row, columns[name]).value = text if name in ("id", "period", "unit", "cohort") else cell_value(text)
book.save(path)

"""fill_in.py BOOK RECORD COLUMN=VALUE …: writes into a form what its reader writes by hand, one row of the first sheet.

The row is that of the record, or the first empty one. A column is found by its id in the form's hidden row; one that the form does not have is
added on the right, as a person would who shows that row. Whole numbers and decimals are written as numbers, d/m/yyyy as days, nothing as an empty cell.
"""

import datetime
import re
import sys

import openpyxl

ID_ROW, FIRST_ROW = 4, 5


def cell_value(text):
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    if day := re.fullmatch(r"(\d+)/(\d+)/(\d{4})", text):
        return datetime.date(int(day[3]), int(day[2]), int(day[1]))
    return text or None


path, record, *cells = sys.argv[1:]
book = openpyxl.load_workbook(path)
sheet = book.worksheets[0]
columns = {cell.value: cell.column for cell in sheet[ID_ROW] if cell.value}
row = FIRST_ROW
while sheet.cell(row, columns["id"]).value not in (None, record):
    row += 1
for name, _, text in (["id", "", record], *(cell.partition("=") for cell in cells)):
    if name not in columns:
        columns[name] = sheet.max_column + 1
        sheet.cell(ID_ROW, columns[name], name)
    cell = sheet.cell(row, columns[name])
    cell.value = text if name in ("id", "period", "unit", "cohort") else cell_value(text)
book.save(path)

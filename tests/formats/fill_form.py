"""fill_form.py FORM RECORDS OUT: fills the blank form with the records of NDJSON, as a person would, and says nothing about what is left empty.

Columns are found by the ids in the form's hidden row; the words of yes/no fields are those of its drop-down lists.
"""

import sys

import openpyxl
from records import flat, read_records, sheet_value

form, records, out = sys.argv[1:]
ID_ROW, FIRST_ROW = 4, 5


def columns_of(sheet):
    return {cell.value: cell.column for cell in sheet[ID_ROW] if cell.value}


def fill(sheet, columns, row, cells):
    for name, value in cells.items():
        if name == "subject":
            continue
        if name not in columns:
            name = name.removesuffix(".self")  # the field's own column is the first stage's
        assert name in columns, f"the form has no column {name} on {sheet.title}"
        cell = sheet.cell(row, columns[name], sheet_value("có" if value is True else "không" if value is False else value))
        if isinstance(value, str) and cell.number_format == "General":
            cell.data_type = "s"


book = openpyxl.load_workbook(form)
records_sheet = book.worksheets[0]
columns = columns_of(records_sheet)
assert records_sheet.row_dimensions[ID_ROW].hidden, "the row of ids shows"
assert not any(sheet.protection.sheet for sheet in book), "a sheet is locked"
assert not any(isinstance(cell.value, str) and cell.value.startswith("=") for sheet in book for row in sheet for cell in row), "a formula"
of_lists = {name[5:]: sheet for sheet in book for name in columns_of(sheet) if str(name).startswith("list=")} if len(book.worksheets) > 1 else {}
next_row = dict.fromkeys(of_lists, FIRST_ROW)
for row, (record, cells, lists) in enumerate(read_records(records), FIRST_ROW):
    for name, items in lists.items():
        if not items:
            cells[name] = "không có"
        for item in items:
            item_cells = {"record": record}
            flat(item if isinstance(item, dict) else {"id": item}, "", item_cells, {})
            fill(of_lists[name], columns_of(of_lists[name]), next_row[name], item_cells)
            next_row[name] += 1
    fill(records_sheet, columns, row, cells)
book.save(out)

"""to_table.py RECORDS OUT: records of NDJSON as a table that says the same, CSV or .xlsx by the ending of OUT.

CSV is written as offices write it: semicolons, decimal commas, dd/mm/yyyy, a byte order mark, CRLF. Lists are columns `list[n].field` there
and sheets of their own in a workbook, which also has true numbers, dates and booleans in its cells.
"""

import csv
import sys
from decimal import Decimal

from records import DAY, day, flat, read_records, sheet_value

records_path, out_path = sys.argv[1:]


def headings(rows):
    seen = {}
    for row in rows:
        for key in row:
            seen.setdefault(key, len(seen))
    return list(seen)


def office_text(value):
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return day(value) if isinstance(value, str) and DAY.match(value) else value


def item_cells(name, items):
    for number, item in enumerate(items, 1):
        for key, value in (item if isinstance(item, dict) else {"id": item}).items():
            cells = {}
            flat(value, key, cells, {})
            for path, cell in cells.items():
                yield f"{name}[{number}].{path}", cell


def write_csv():
    rows = []
    for _, cells, lists in read_records(records_path):
        for name, items in lists.items():
            cells.update(item_cells(name, items) if items else {name: "không có"}.items())
        rows.append(cells)
    names = headings(rows)
    with open(out_path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(names)
        for row in rows:
            writer.writerow([office_text(row.get(name, "")) for name in names])


def write_workbook():
    import openpyxl

    rows, items_of = [], {}
    for record, cells, lists in read_records(records_path):
        for name, items in lists.items():
            if not items:
                cells[name] = "không có"
            for item in items:
                row = {"record": record}
                flat(item if isinstance(item, dict) else {"id": item}, "", row, {})
                items_of.setdefault(name, []).append(row)
        rows.append(cells)
    book = openpyxl.Workbook()
    sheets = [(book.active, rows)] + [(book.create_sheet(name[:31]), rows) for name, rows in items_of.items()]
    book.active.title = "Hồ sơ"
    for sheet, rows in sheets:
        names = headings(rows)
        sheet.append(names)
        for row in rows:
            sheet.append([sheet_value(row[name]) if name in row else None for name in names])
    book.save(out_path)


write_csv() if out_path.endswith(".csv") else write_workbook()

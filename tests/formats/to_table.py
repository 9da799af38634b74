"""to_table.py RECORDS OUT [--labels LIST.json]: records of NDJSON as a table that says the same, CSV or .xlsx by the ending of OUT.

CSV is written as offices write it: semicolons, decimal commas, dd/mm/yyyy, a byte order mark, CRLF. Lists are columns `list[n].field` there
and sheets of their own in a workbook, which also has true numbers, dates and booleans in its cells.
"""

import csv
import datetime
import json
import re
import sys
from decimal import Decimal

records_path, out_path = sys.argv[1:3]
STATES = ("na", "none", "due")
DAY = re.compile(r"\d{4}-\d\d-\d\d$")


def day(text):
    year, month, number = text.split("-")
    return f"{int(number)}/{int(month)}/{year}"


def state(value):
    if "na" in value:
        return "không áp dụng: " + value["na"]
    if "due" in value:
        return "chưa đến hạn: " + day(value["due"])
    return "không phát sinh" if value["none"] is True else "không phát sinh: " + value["none"]


def flat(value, path, cells, lists):
    """Cells of one value by heading; lists aside."""
    if isinstance(value, dict) and any(key in value for key in STATES):
        cells[path] = state(value)
    elif isinstance(value, dict):
        for key, part in value.items():
            # The value itself stands under the field's own heading, what belongs to it beside it.
            flat(part, path if key in ("value", "claimed") else f"{path}.{key}" if path else key, cells, lists)
    elif isinstance(value, list):
        lists[path] = value
    elif value is not None:
        cells[path] = value


def read(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line, parse_float=Decimal)
            cells, lists = {}, {}
            for key in ("id", "subject", "period", "unit", "cohort"):
                if key in record:
                    cells[key] = record[key]
            flat(record.get("evidence", {}), "", cells, lists)
            for key in ("scores", "maxima", "closed"):
                flat(record.get(key, {}), key, cells, lists)
            for decision in record.get("decisions", []):
                for key, value in decision.items():
                    if key != "clause":
                        cells[f"decisions.{decision['clause']}.{key}"] = value
            yield record["id"], cells, lists


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
    for _, cells, lists in read(records_path):
        for name, items in lists.items():
            cells.update(item_cells(name, items) if items else {name: "không có"}.items())
        rows.append(cells)
    names = headings(rows)
    with open(out_path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(names)
        for row in rows:
            writer.writerow([office_text(row.get(name, "")) for name in names])


def sheet_value(value):
    if isinstance(value, Decimal):
        return float(value)
    return datetime.date.fromisoformat(value) if isinstance(value, str) and DAY.match(value) else value


def write_workbook():
    import openpyxl

    rows, items_of = [], {}
    for record, cells, lists in read(records_path):
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

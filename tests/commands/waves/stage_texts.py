#!/usr/bin/env python3
"""stage_texts.py RESULTS PAGE.html BOOK.xlsx: the stages that results have side by side, and their overrides, stand in both reports."""
import json
import re
import sys

import openpyxl

results, page, book = sys.argv[1:]
rows = [json.loads(line) for line in open(results, encoding="utf-8")]
sides = {row["id"]: row["stages"] for row in rows if "stages" in row}
overrides = {row["id"]: row["overrides"] for row in rows if "overrides" in row}
assert any("because" in stage for stages in sides.values() for stage in stages) and len(overrides) > 1, "the example no longer shows both"

sheets = openpyxl.load_workbook(book)
heads, *stage_rows = sheets["Các bước chấm"].iter_rows(values_only=True)
assert [row[0] for row in stage_rows] == list(sides), stage_rows
for row in stage_rows:
    cells = dict(zip(heads, row))
    for stage in sides[row[0]]:
        assert str(cells[stage["stage"] + ": điểm"]) == stage["total"], (row, stage)
        because = cells.get(stage["stage"] + ": khác bước trước vì")
        assert len((because or "").split("; ")) == len(stage.get("because", [""])) and bool(because) == ("because" in stage), (row, stage)
_, *override_rows = sheets["Sửa của bước trước"].iter_rows(values_only=True)
assert [(row[0], row[2], row[6], row[7]) for row in override_rows] == [
    (id, o["stage"], o["reason"], o["document"]) for id, all in overrides.items() for o in all], override_rows

data = json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', open(page, encoding="utf-8").read(), re.S)[1])
texts = data["texts"]
shown = {row[0]: row for row in data["rows"] if len(row) > 11}
assert shown.keys() == sides.keys(), shown.keys()
for id, row in shown.items():
    assert [(texts[s[0]], texts[s[1]], texts[s[3]] != "") for s in row[11]] == [(s["stage"], s["total"], "because" in s) for s in sides[id]], row
    assert [(texts[o[1]], texts[o[2]]) for o in row[12]] == [
        ("lý do: " + o["reason"], "văn bản: " + o["document"]) for o in overrides.get(id, [])], row

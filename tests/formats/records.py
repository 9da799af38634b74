"""Records of NDJSON as the cells that a table has for them."""

import datetime
import json
import re
from decimal import Decimal

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


def read_records(path):
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


def sheet_value(value):
    if isinstance(value, Decimal):
        return float(value)
    return datetime.date.fromisoformat(value) if isinstance(value, str) and DAY.match(value) else value

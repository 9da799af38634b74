"""check_page.py PAGE LIST SUBJECT: the page is well-formed, and every group, criterion and level of `quy list` stands in it with its clause."""

import re
import json
import sys
import unicodedata
import xml.etree.ElementTree as tree

page, listing, subject_id = sys.argv[1:]
XHTML = "{http://www.w3.org/1999/xhtml}"


def folded(name):
    plain = unicodedata.normalize("NFD", name.replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(element):
    return " ".join("".join(element.itertext()).split())


def clauses(cell):
    return [clause for span in cell.iter(XHTML + "span") if span.get("class") == "clause" for clause in words(span).split(", ")]


def one_line(text):
    return " ".join(text.split())


root = tree.parse(page).getroot()
with open(listing, encoding="utf-8") as file:
    pack = json.load(file)
subject = next(one for one in pack["subjects"] if one["id"] == folded(subject_id))
problems = []


def want(condition, what):
    if not condition:
        problems.append(what)


everything = words(root)
for text in (pack["pack"]["label"], pack["pack"]["version"], subject["label"], subject["citation"]):
    want(one_line(text) in everything, f"nothing says: {text}")

cells = [cell for cell in root.iter(XHTML + "td") if cell.get("class") == "criterion"]
want(len(cells) == len(subject["criteria"]), f"{len(cells)} rows for {len(subject['criteria'])} criteria")
for criterion in subject["criteria"]:
    label = one_line(criterion["label"] or criterion["id"])
    rows = [cell for cell in cells if words(cell.find(XHTML + "strong")) == label]
    want(rows, f"no row for {label}")
    for clause in criterion["clauses"]:
        want(any(clause in clauses(cell) for cell in rows), f"{label}: no clause {clause}")
for group in subject["groups"]:
    want(one_line(group["label"] or group["id"]) in everything, f"no group {group['label']}")
for rating in pack["ratings"]:
    for level in rating["levels"] if rating["id"] == subject.get("rating") else []:
        want(one_line(level["label"] or level["id"]) in everything, f"no level {level['label']}")

want(not re.search(r"\bNone\b(?! of these)|nullptr", everything), "a value of the program shows")
for problem in problems:
    print(f"{page}: {problem}", file=sys.stderr)
sys.exit(bool(problems))

#!/usr/bin/env python3
"""run.py QUY PACK WORK EDITS: applies each edit of the file to a copy of the pack and looks at what `quy diff` says of the two.

With `found:` the edit changes the meaning: the thing that the line names must be found changed, with a record of each effect that is named,
run again here by `quy eval` on both versions. Without it the edit must be proved to change nothing.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from edits import read_edits, replace  # noqa: E402

# Seen without a record of one person: what a cohort shares, what records must hold.
WITHOUT_RECORD = {"quota", "evidence", "requirement", "level"}


def text_of(rest):
    return rest[1:].replace("\\n", "\n")


def apply(edit, folder, quy):
    if edit.get("do") == "english":
        subprocess.run([quy, "fmt", "--keywords", "en", str(folder)], check=True, capture_output=True)
        return
    if edit.get("do") == "one-file":
        files = sorted(folder.glob("*.quy"))
        files[0].write_text("\n".join(file.read_text(encoding="utf-8") for file in files), encoding="utf-8")
        for file in files[1:]:
            file.unlink()
        return
    if edit.get("do") == "one-line":
        path = folder / edit["file"]
        code = re.sub(r"#[^\n]*", "", path.read_text(encoding="utf-8"))
        path.write_text(re.sub(r"\s+", " ", code) + "\n", encoding="utf-8")
        return
    replace(edit, folder)


def diff(quy, before, after, title):
    run = subprocess.run([quy, "diff", str(before), str(after), "--format", "json", "--lang", "en"], capture_output=True, text=True)
    assert run.returncode in (0, 1) and run.stdout, f"{title}: status {run.returncode}\n{run.stderr}"
    report = json.loads(run.stdout)
    assert (report["meaning"] == "same") == (run.returncode == 0), title
    return report


def rate(quy, folder, record, work):
    path = work / "record.ndjson"
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    run = subprocess.run([quy, "eval", str(folder), str(path), "--detail"], capture_output=True, text=True)
    lines = [line for line in run.stdout.splitlines() if line.startswith("{")]
    return json.loads(lines[0]) if lines else None


def said(result, item, witness):
    """What the difference is about in a result: the points of the thing, or the outcome."""
    if item["what"] in ("criterion", "group"):
        kind = "criteria" if item["what"] == "criterion" else "groups"
        name = (item["after"] or item["before"])["id"]
        return result.get(kind, {}).get(name)
    if item["what"] == "points":
        return result["total"], result.get("total_exact")
    return result["rating"], result["status"]


def replayed(quy, before, after, item, witness, work):
    if "record" not in witness:
        return False
    if any(fact["label"] == "Total" for fact in witness["facts"]):
        return True  # over a stated total, which no record of evidence has; the program has run it
    one, other = rate(quy, before, witness["record"], work), rate(quy, after, witness["record"], work)
    if one is None or other is None:
        return one is not other  # one version asks for what the other does not know
    return said(one, item, witness) != said(other, item, witness)


def matches(side, wanted):
    return side is not None and (side.get("id") == wanted or wanted in side["clauses"])


def problem(edit, report, quy, before, after, work):
    if "found" not in edit:
        if report["meaning"] == "same":
            return None
        return "not the same: " + json.dumps(report["subjects"], ensure_ascii=False)[:1500] + json.dumps(report["changes"], ensure_ascii=False)[:800]
    wanted, *effects = edit["found"].split()
    if report["meaning"] != "changed":
        return f"is called {report['meaning']}: " + json.dumps(report["subjects"], ensure_ascii=False)[:1500]
    changes = [c for c in report["changes"] if wanted == c["thing"] or matches(c["before"], wanted) or matches(c["after"], wanted)]
    if any(c["thing"] in WITHOUT_RECORD for c in changes) and not effects:
        return None
    items = [item for subject in report["subjects"] for item in subject["items"]]
    hits = [i for i in items if (matches(i["before"], wanted) or matches(i["after"], wanted) or i["what"] == wanted) and i["meaning"] == "changed"]
    shown = [(item, witness) for item in hits for witness in item["witnesses"]]
    missing = set(effects) - {witness["effect"] for _, witness in shown}
    if missing or not shown:
        return f"no record shows {missing or wanted}: " + json.dumps(items, ensure_ascii=False)[:2500]
    for item, witness in shown:
        if not replayed(quy, before, after, item, witness, work):
            return "a record does not show it again: " + json.dumps(witness, ensure_ascii=False)
    return None


def main():
    quy, pack, work, edits = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
    shutil.rmtree(work, ignore_errors=True)
    failed = count = 0
    for edit in read_edits(edits, text_of):
        count += 1
        folder = work / str(count)
        shutil.copytree(pack, folder)
        apply(edit, folder, quy)
        wrong = problem(edit, diff(quy, pack, folder, edit["title"]), quy, pack, folder, work)
        if wrong:
            failed += 1
            print(f"{edits.name}:{edit['line']}: {edit['title']}: {wrong}")
    print(f"{count} edits, {failed} failed")
    assert count >= 40, "edits are missing"
    sys.exit(failed > 0)


main()

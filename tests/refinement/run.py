#!/usr/bin/env python3
"""run.py QUY PROVINCE WORK EDITS: applies each edit of the file to a copy of the province's criteria set and looks at what `quy refine` says.

With `found:` the edit loosens the set and must be found there, with a record that shows it; without, it must be no finding.
"""
import json
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from edits import read_edits, replace  # noqa: E402

FINDINGS = {"looser", "contradicts", "missing", "not_proved"}
# What is seen without a record: a maximum, a list of proofs, the cap of a group.
WITHOUT_RECORD = {"signed_group", "presumption", "quota"}


def refine(quy, folder, edit, signed):
    command = [quy, "refine", str(folder), "--subject", edit["subject"], "--format", "json", "--lang", "en"]
    if edit["against"] == "signed":
        command += ["--to", str(signed)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode in (0, 1) and run.stdout, f"{edit['title']}: status {run.returncode}\n{run.stderr}"
    certificate = json.loads(run.stdout)
    assert certificate["proved"] == (run.returncode == 0), edit["title"]
    return [line for link in certificate["links"] for subject in link["subjects"] for line in subject["clauses"]]


def names(line, wanted):
    return line.get("id") == wanted or wanted in line["clauses"]


def problem(edit, lines):
    findings = [line for line in lines if line["verdict"] in FINDINGS]
    if "found" not in edit:
        return findings and f"found: {[(line['verdict'], line['label'], line.get('reason')) for line in findings]}"
    verdicts, wanted = edit["found"].split()
    hits = [line for line in findings if names(line, wanted) and line["verdict"] in verdicts.split("|")]
    if not hits:
        return f"not found; {[(line['verdict'], line['label'], line.get('id'), line['clauses']) for line in findings]}"
    shown = [line for line in hits if "witness" in line or line["verdict"] == "not_proved" or line["what"] in WITHOUT_RECORD or "reason" in line]
    return None if shown else "found without a record that shows it"


def main():
    quy, province, work, edits = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
    shutil.rmtree(work, ignore_errors=True)
    failed = count = 0
    for edit in read_edits(edits, str.strip):
        count += 1
        folder = work / str(count)
        shutil.copytree(province, folder, ignore=shutil.ignore_patterns("records", "*.ndjson", "kiem-thu.quy"))
        replace(edit, folder)
        wrong = problem(edit, refine(quy, folder, edit, province))
        if wrong:
            failed += 1
            print(f"{edits.name}:{edit['line']}: {edit['title']}: {wrong}")
    print(f"{count} edits, {failed} failed")
    assert count >= 40, "edits are missing"
    sys.exit(failed > 0)


main()

#!/usr/bin/env python3
"""run.py QUY FOLDER WORK: every rule of `quy lint` on its own examples, and the pages made from them.

FOLDER holds a folder for each rule, named by its id: bad.quy (or bad/), where each line that ends in `#~ <rule>` is found by the rule and no
other line is; good.quy, where the rule finds nothing; fixed.quy, what the rule's fix makes of bad.quy. A finding on the whole of an ignore,
which takes its line, is marked `#~` in the line below it. QUY_UPDATE_GOLDEN=1 writes the pages and the fixed files."""

import filecmp
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

quy, folder, work = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
update = os.environ.get("QUY_UPDATE_GOLDEN") == "1"
failures = []


def fail(text):
    failures.append(text)


def run(*arguments):
    return subprocess.run([quy, *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def findings(path, rule):
    """(file, line) of the rule's findings."""
    answer = run("lint", path, "--format", "json")
    if answer.returncode not in (0, 1) or not answer.stdout.startswith("["):
        fail(f"{path}: quy lint ended with {answer.returncode}: {answer.stdout}{answer.stderr}")
        return set()
    return {(str(pathlib.Path(f["file"])), f["line"]) for f in json.loads(answer.stdout) if f.get("rule") == rule}


def sources(path):
    return sorted(path.rglob("*.quy")) if path.is_dir() else [path]


def marked(path, rule):
    """(file, line) of the lines that say they are found."""
    lines = set()
    for file in sources(path):
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip() == f"#~ {rule}":
                lines.add((str(file), number - 1))
            elif line.endswith(f"#~ {rule}"):
                lines.add((str(file), number))
    return lines


def example(rule, name):
    single = folder / rule / f"{name}.quy"
    return single if single.exists() else folder / rule / name


def meaning(path):
    return re.search(r'"meaning_sha256": *"([0-9a-f]+)"', run("list", path, "--format", "json").stdout)[1]


def check_examples(rule):
    bad, good = example(rule, "bad"), example(rule, "good")
    for path in (bad, good):
        if not path.exists():
            fail(f"{rule}: {path} is missing")
            return
    expected, found = marked(bad, rule), findings(bad, rule)
    for file, line in sorted(expected - found):
        fail(f"{file}:{line}: {rule} is expected and not found")
    for file, line in sorted(found - expected):
        fail(f"{file}:{line}: {rule} is found and not expected")
    if not expected:
        fail(f"{rule}: {bad} marks no line")
    for file, line in sorted(findings(good, rule)):
        fail(f"{file}:{line}: {rule} is found in the good example")


def check_fix(rule, kind):
    """The fix alone makes fixed.quy of bad.quy; the rule then finds nothing; the meaning stays where it should."""
    bad, fixed = example(rule, "bad"), folder / rule / "fixed.quy"
    copy = work / f"{rule}.quy"
    shutil.copy(bad, copy)
    before = meaning(copy)
    run("lint", "--rule", rule, kind, copy)
    if update:
        shutil.copy(copy, fixed)
    if not fixed.exists() or not filecmp.cmp(copy, fixed, shallow=False):
        fail(f"{rule}: {kind} does not make {fixed} of {bad}, see {copy}")
    if findings(copy, rule):
        fail(f"{rule}: {kind} leaves a finding in {copy}")
    if kind == "--fix" and meaning(copy) != before:
        fail(f"{rule}: --fix changes what the pack means")


def check_pages(language, pages):
    made = work / f"pages-{language}"
    run("lint", "--pages", made, "--lang", language)
    if update:
        shutil.rmtree(pages, ignore_errors=True)
        shutil.copytree(made, pages)
    names = {p.name for p in made.iterdir()} | ({p.name for p in pages.iterdir()} if pages.exists() else set())
    _, different, missing = filecmp.cmpfiles(made, pages, names, shallow=False)
    for name in sorted(different + missing):
        fail(f"{pages / name} is not what the rules say; write it with: quy lint --pages {pages} --lang {language}")


shutil.rmtree(work, ignore_errors=True)
work.mkdir(parents=True)
rules = [line.split() for line in run("lint", "--list").stdout.splitlines()]
for words in rules:
    rule, fixes = words[0], [word for word in words if word.startswith("--fix")]
    check_examples(rule)
    if fixes:
        check_fix(rule, fixes[0])
for left_over in {p.name for p in folder.iterdir() if p.is_dir()} - {words[0] for words in rules}:
    fail(f"{folder / left_over} belongs to no rule")
check_pages("en", pathlib.Path("docs/lint"))
check_pages("vi", pathlib.Path("docs/vi/lint"))
print(f"{len(rules)} rules, {len(failures)} failures")
print("\n".join(failures))
sys.exit(1 if failures else 0)

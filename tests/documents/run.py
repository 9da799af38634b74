#!/usr/bin/env python3
"""run.py QUY SOURCE WORK DOCUMENT: does what a document tells its reader to do, in a folder with the examples, and looks for the answers it shows.

```console   a line `$ command` is run by the shell, where `quy` is the program; lines below it must come in its output in this order. `…` stands
             for anything, within a line or for lines that are not shown.
```diff      `--- FILE`, then lines `-old` and `+new`: the old text stands once in the file and is replaced.
<!-- run: command --> is what the reader does by hand, such as filling a form; $TESTS is the folder of the tests.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

GOOD = {0, 1, 3}  # done, findings, some records rejected: the document says which by what it shows


def blocks(text):
    pattern = re.compile(r"^```(console|diff)\n(.*?)^```$|^<!-- run: (.*?) -->$", re.M | re.S)
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield (line, "run", match[3]) if match[3] else (line, match[1], match[2])


def run(command, work, environment):
    done = subprocess.run(["bash", "-c", command], cwd=work, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def missing(wanted, output):
    """The first line shown that does not come in its turn."""
    lines = iter(output.splitlines())
    for line in wanted:
        if line.strip() in ("…", ""):
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.strip().split("…")))
        if not any(pattern.fullmatch(each.strip()) for each in lines):
            return line
    return None


def console(text, work, environment):
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, *wanted = part.rstrip("\n").split("\n")
        status, output = run(command, work, environment)
        assert status in GOOD, f"{command}: exit status {status}\n{output}"
        line = missing(wanted, output)
        assert line is None, f"{command}: does not say\n{line}\nbut\n{output}"


def edit(text, work):
    head, *lines = text.splitlines()
    assert head.startswith("--- "), f"an edit without its file: {head}"
    path = work / head[4:]
    source = path.read_text(encoding="utf-8")
    old = "\n".join(line[1:] for line in lines if line.startswith("-"))
    new = "\n".join(line[1:] for line in lines if line.startswith("+"))
    assert source.count(old) == 1, f"{path.name}: found {source.count(old)} times: {old}"
    path.write_text(source.replace(old, new), encoding="utf-8")


def main():
    quy, source, work, document = (pathlib.Path(each).absolute() for each in sys.argv[1:])
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(source / "examples", work / "examples")
    programs = work / ".bin"
    programs.mkdir()
    (programs / "quy").symlink_to(quy)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "TESTS": str(source / "tests")}
    done = 0
    for line, kind, text in blocks(document.read_text(encoding="utf-8")):
        try:
            if kind == "console":
                console(text, work, environment)
            elif kind == "diff":
                edit(text, work)
            else:
                status, output = run(text, work, environment)
                assert status == 0, f"{text}: exit status {status}\n{output}"
        except AssertionError as wrong:
            sys.exit(f"{document}:{line}: {wrong}")
        done += 1
    assert done, "the document tells nothing to do"


main()

#!/usr/bin/env python3
"""compare.py QUY WORK CASES…: rates the cases with the packs in WORK and compares with the expectations they carry."""
import json
import os
import subprocess
import sys

LEAST_CASES = 110
OPEN_QUESTIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "open-questions.txt")
FIELDS = "id,rating,status,possible,range,reasons"


def rate(quy, pack, files, options, out):
    """Results by id; a rejected record stands as its reject."""
    run = subprocess.run([quy, "eval", pack, *files, "-o", out + ".results", "--rejects", out + ".rejects", "--fields", FIELDS, *options],
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if run.returncode not in (0, 3):                          # 3: some records were rejected
        sys.exit(f"eval {' '.join(options)} ended with {run.returncode}:\n{run.stderr}")
    answers = {}
    for name in (".results", ".rejects"):
        with open(out + name, encoding="utf-8") as lines:
            for line in lines:
                answer = json.loads(line)
                if answer["id"] in answers:
                    sys.exit(f"{answer['id']}: two answers")
                answers[answer["id"]] = answer
    return answers


def differences(expect, answer):
    if answer is None:
        return ["no answer"]
    if "code" in answer:
        return [f"rejected: {answer['code']} {answer['reason']}"]
    found = [f"{key}: expected {expect[key]}, got {answer.get(key)}" for key in ("rating", "status") if expect[key] != answer.get(key)]
    if "possible" in expect:
        wanted, got = set(expect["possible"]), set(answer.get("possible", []))
        outer = answer.get("range") == "outer"
        if outer != expect.get("outer", False):
            found.append("range: " + ("an outer bound only" if outer else "exact; the case is marked as outer"))
        # Outer bounds promise only that nothing outside them can happen.
        if not (wanted <= got if outer else wanted == got):
            found.append(f"possible: expected {sorted(wanted)}, got {sorted(got)}")
    clauses = {reason["clause"] for reason in answer.get("reasons", [])}
    if "because" in expect and expect["because"] not in clauses:
        found.append(f"because: {expect['because']} is not among {sorted(clauses)}")
    return found


def read_open_questions():
    """Cases whose answer is known to differ, with the reason; each must still differ, or its line goes."""
    with open(OPEN_QUESTIONS, encoding="utf-8") as lines:
        return {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}


def main(quy, work, *files):
    open_questions = read_open_questions()
    still_open = set()
    cases = []
    for file in files:
        with open(file, encoding="utf-8") as lines:
            cases += [json.loads(line) for line in lines]
    if len({case["id"] for case in cases}) != len(cases):
        sys.exit("two cases share an id")

    runs = [("nguyên_văn", "nguyen-van.qpk", [], lambda case: case["x_expect"]),
            ("thông_lệ", "thong-le.qpk", [], lambda case: case.get("x_expect_thong_le"))]
    for reading in sorted({name for case in cases for name in case.get("x_expect_with", {})}):
        runs.append((reading, "nguyen-van.qpk", ["--reading", reading], lambda case, name=reading: case.get("x_expect_with", {}).get(name)))

    compared = failed = 0
    for number, (label, pack, options, expectation) in enumerate(runs):
        answers = rate(quy, f"{work}/{pack}", files, options, f"{work}/{number}")
        for case in cases:
            expect = expectation(case)
            if expect is None:
                continue
            compared += 1
            found = differences(expect, answers.get(case["id"]))
            if found and case["id"] in open_questions:
                still_open.add(case["id"])
            elif found:
                failed += 1
                print(f"{case['id']} ({label}): {'; '.join(found)}\n    {case['x_why']}")
    for settled in sorted(open_questions - still_open):
        failed += 1
        print(f"{settled}: no longer differs; take it out of {OPEN_QUESTIONS}")
    print(f"{len(cases)} cases, {compared} comparisons, {failed} differ, {len(still_open)} cases wait for a decision")
    if len(cases) < LEAST_CASES:
        sys.exit(f"fewer than {LEAST_CASES} cases")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

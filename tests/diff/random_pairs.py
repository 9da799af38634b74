#!/usr/bin/env python3
"""random_pairs.py QUY WORK PAIRS: random small packs and a copy with one place changed; what `quy diff` proves beside every record that there is.

Every field has few values, so that all complete records can be rated by both versions. Where any of them differs, the versions must be called
changed, and each effect that is called impossible must not occur; where none does, they must be called the same, or not proved.
"""
import itertools
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys

SIGNS = ["≥", ">", "≤", "<", "="]
MOST_NOT_PROVED = 0.1
OF_RECORDS = {"criterion", "group", "points", "level"}


def condition(rng, depth=2):
    if depth and rng.random() < 0.5:
        return f"({condition(rng, depth - 1)} {rng.choice(['và', 'hoặc'])} {condition(rng, depth - 1)})"
    return rng.choice([
        lambda: f"số_a {rng.choice(SIGNS)} {rng.randint(0, 3)}",
        lambda: f"số_b {rng.choice(SIGNS)} {rng.randint(0, 3)}",
        lambda: f"số_b / số_a {rng.choice(SIGNS[:4])} {rng.choice([25, 50, 75, 100])}% (nếu có)",
        lambda: "cờ",
        lambda: "không cờ",
    ])()


def scoring(rng, points):
    return rng.choice([
        lambda: f"đạt khi {condition(rng)}",
        lambda: f"điểm theo số_a {{ từ {rng.randint(2, 3)}: {points}   từ 1: {rng.randint(0, points)}   còn lại: 0 }}",
        lambda: f"điểm tỉ lệ với số_b / số_a, làm tròn {rng.choice(['0,5', '1'])}",
        lambda: f"trừ {rng.randint(1, 3)} điểm mỗi số_b",
    ])()


def pack(rng):
    criteria = ""
    shares = [4, 6]
    for number, points in enumerate(shares):
        criteria += f'    tiêu chí c{number} "C{number}" tối đa {points} điểm theo D1.{number} {{ {scoring(rng, points)}   không áp dụng: {rng.choice(["đủ điểm", "không điểm", "chia lại trong nhóm"])} }}\n'
    return f"""bộ tiêu chí p "P" phiên bản 1.0.0
căn cứ qd = "1-QĐ" ngày 1/1/2025
loại đối tượng {{ x "X" }}
xếp loại r "R" theo D2 {{
  mức cao "Cao" từ {rng.randint(7, 9)} điểm theo D2.1
  mức vừa "Vừa" từ {rng.randint(3, 6)} điểm theo D2.2
  mức thấp "Thấp" còn lại theo D2.3
  thiếu điều kiện: {rng.choice(['mức kế dưới', 'không mức nào'])} theo D2.4
  muốn cao {{ cần {condition(rng, 1)} theo D2.5 }}
  buộc thấp khi {condition(rng, 1)} theo D2.6
}}
đối tượng s "S" loại x theo D1 {{
  minh chứng {{
    số_a "A" : số đếm, không quá 3
    số_b "B" : số đếm, không quá số_a
    cờ "Cờ" : có/không
  }}
  nhóm g "G" tối đa 10 điểm theo D1 {{
{criteria}  }}
}}
"""


def changed(rng, text):
    """One number, sign, conjunction or treatment otherwise, in what rates."""
    body = text.index("mức cao")
    places = [m for m in re.finditer(r"(?<=[≥>≤<=] )\d+|(?<=từ )\d+(?=[: ])|[≥>≤<=](?= \d)| và | hoặc |không cờ|đủ điểm|không điểm|chia lại trong nhóm|mức kế dưới|không mức nào", text)
              if m.start() > body]
    place = rng.choice(places)
    old = place.group()
    swaps = {" và ": " hoặc ", " hoặc ": " và ", "không cờ": "cờ", "mức kế dưới": "không mức nào", "không mức nào": "mức kế dưới"}
    if old.isdigit():
        new = str(max(0, int(old) + rng.choice([-1, 1])))
    elif old in SIGNS:
        new = rng.choice([sign for sign in SIGNS if sign != old])
    elif old in swaps:
        new = swaps[old]
    else:
        new = rng.choice([each for each in ("đủ điểm", "không điểm", "chia lại trong nhóm") if each != old])
    return text[: place.start()] + new + text[place.end():]


def every_record():
    out = [{"na": "x"}, {"none": True}, {"due": "2026-06-30"}]
    for number, (a, b, flag) in enumerate(itertools.product([*range(4), *out], [*range(4), *out], [True, False, *out])):
        if isinstance(a, int) and isinstance(b, int) and b > a:
            continue
        yield {"id": str(number), "subject": "p.s", "period": "2025", "evidence": {"so_a": a, "so_b": b, "co": flag}}


def rate(quy, file, records):
    run = subprocess.run([quy, "eval", str(file), str(records), "--detail", "--fields", "id,total,total_exact,rating,status,criteria"], capture_output=True, text=True)
    assert run.returncode in (0, 3), run.stderr
    return {line["id"]: line for line in map(json.loads, filter(None, run.stdout.splitlines()))}


def effect_of_points(before, after):
    if before is None or after is None:
        return "other" if before != after else None
    one, other = float(before), float(after)  # few digits: for telling more from less only
    return None if one == other else "better" if other > one else "worse"


def main():
    quy, work, pairs = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    records = work / "records.ndjson"
    records.write_text("".join(json.dumps(record) + "\n" for record in every_record()), encoding="utf-8")
    failed = compared = not_proved = different = 0
    for seed in range(pairs):
        rng = random.Random(seed)
        text = pack(rng)
        old, new = work / f"{seed}-a.quy", work / f"{seed}-b.quy"
        old.write_text(text, encoding="utf-8")
        new.write_text(changed(rng, text), encoding="utf-8")
        if any(subprocess.run([quy, "check", str(file)], capture_output=True).returncode for file in (old, new)):
            continue
        compared += 1
        run = subprocess.run([quy, "diff", str(old), str(new), "--format", "json", "--lang", "en", "--limit", "5000"], capture_output=True, text=True)
        assert run.returncode in (0, 1) and run.stdout, f"seed {seed}: {run.returncode} {run.stderr}"
        report = json.loads(run.stdout)
        before, after = rate(quy, old, records), rate(quy, new, records)
        both = before.keys() & after.keys()
        differ = [key for key in both if {**before[key], "id": 0} != {**after[key], "id": 0}]
        different += bool(differ)
        # A rule of the rating may differ at totals that no record has: then the rule changed, and no record shows it.
        standings = {item["meaning"] for subject in report["subjects"] for item in subject["items"] if item["what"] in OF_RECORDS}
        meaning = next((each for each in ("changed", "not_proved") if each in standings), "same")
        not_proved += meaning == "not_proved"
        if meaning != "not_proved" and (meaning == "changed") != bool(differ):
            failed += 1
            print(f"seed {seed}: {len(differ)} records differ, but the versions are called {meaning}; first: {differ[:1]}")
        for subject in report["subjects"]:
            for item in subject["items"]:
                if item["what"] != "points":
                    continue
                seen = {effect_of_points(before[key]["total"], after[key]["total"]) for key in both} - {None}
                if seen & set(item["excluded"]):
                    failed += 1
                    print(f"seed {seed}: called impossible, but seen of points: {seen & set(item['excluded'])}")
    print(f"{compared} pairs, {different} with another meaning, {not_proved} not proved, {failed} failed")
    assert compared >= pairs / 2 and different >= compared / 4, "too few pairs say anything"
    assert not_proved <= MOST_NOT_PROVED * compared, "too many are not proved"
    sys.exit(failed > 0)


main()

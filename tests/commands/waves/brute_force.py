#!/usr/bin/env python3
"""brute_force.py QUY: random offices under goi.quy, rated by `quy eval` and by counting.

Every completion of what is missing is tried, every number of places counted member by member, every choice at a tied place. What quy calls
possible must hold all that the counting finds; what it calls decided must be the one thing found; numbers of a quota that is settled must agree.
"""
import itertools
import json
import random
import subprocess
import sys
from fractions import Fraction

LEVELS = ["xuat_sac", "tot", "dat", "kem"]
FLOORS = [90, 70, 50]
# One point inside every band, and for the first above, between and below the numbers that records state.
COMPLETIONS = [100, 95.5, 93.5, 90, 75, 55, 10]


def level_of(points):
    return sum(points < floor for floor in FLOORS)


def quota(points, rate):
    """Members' points; sets of levels each may have after the quota, with places and base: the surplus goes one level down."""
    candidates = sorted((p for p in points if level_of(p) == 0), reverse=True)
    others = sum(level_of(p) == 1 for p in points)
    places = max(k for k in range(len(candidates) + 1) if k <= rate * (k + len(candidates) - k + others))
    after = []
    for p in points:
        above, equal = sum(c > p for c in candidates), candidates.count(p)
        if level_of(p) != 0 or above + equal <= places:
            after.append({level_of(p)})
        else:
            after.append({1} if above >= places else {0, 1})
    return after, places, len(candidates) + others


def head_level(points, units):
    """Of a head with the levels of those in charge, none of them left out."""
    share_good = Fraction(sum(u <= 1 for u in units), len(units)) if units else None
    total = points + (20 if share_good is None or share_good >= Fraction(9, 10) else 0)
    if units and Fraction(units.count(3), len(units)) > Fraction(1, 2):
        return 3
    return max(level_of(total), min(units, default=0))


def all_levels(offices, heads, rates):
    """By id: the levels that one completion allows, ties broken in every way. A head may have other heads in charge."""
    allowed = {}
    for cohort, members in offices.items():
        if cohort is None:
            allowed |= {id: {level_of(p)} for id, p in members}
        else:
            allowed |= {id: s for (id, _), s in zip(members, quota([p for _, p in members], rates[cohort])[0])}
    for id, points, charge in heads:                      # those in charge come first
        allowed[id] = {head_level(points, list(choice)) for choice in itertools.product(*(allowed[c] for c in charge))}
    return allowed


def random_world(rng):
    offices, heads, rates, records = {}, [], {}, []
    for cohort in [None, "A", "B"]:
        offices[cohort] = []
        for n in range(rng.randint(1, 6)):
            id = f"{cohort or 'N'}{n}"
            points = None if rng.random() < 0.1 else rng.choice([97, 95, 93, 93, 91, 80, 75, 72, 60, 20])
            offices[cohort].append([id, points])
            record = {"id": id, "subject": "lien_ket.don_vi", "period": "2025", "evidence": {"nghi": False}}
            if points is not None:
                record["evidence"]["ket_qua"] = points
            if cohort:
                record["cohort"] = cohort
            records.append(record)
        if cohort:
            rates[cohort] = Fraction(1, 5)
            if rng.random() < 0.5:
                rates[cohort] = Fraction(1, 2)
                records.append({"id": f"Q{cohort}", "kind": "cohort", "cohort": cohort, "period": "2025",
                                "decisions": [{"clause": "D4.1", "outcome": "raised", "document": "1-QĐ/THỬ"}]})
    ids = [id for members in offices.values() for id, _ in members]
    for n in range(rng.randint(1, 5)):
        charge = rng.sample(ids, rng.randint(0, min(4, len(ids))))
        points = rng.choice([40, 50, 52, 70, 71, 75, 79])
        heads.append((f"H{n}", points, charge))
        ids.append(f"H{n}")
        records.append({"id": f"H{n}", "subject": "lien_ket.truong", "period": "2025",
                        "evidence": {"nghi": False, "ket_qua": points, "don_vi": charge}})
    rng.shuffle(records)
    return offices, heads, rates, records


def check(quy, rng):
    offices, heads, rates, records = random_world(rng)
    text = "".join(json.dumps(r) + "\n" for r in records)
    done = subprocess.run([quy, "eval", "goi.quy", "-", "--fields", "id,rating,status,possible,quota"], input=text, text=True,
                          capture_output=True, check=True)
    results = {r["id"]: r for r in map(json.loads, done.stdout.splitlines())}
    assert len(results) == len(records), text

    open_places = [(c, i) for c, members in offices.items() for i, (_, p) in enumerate(members) if p is None]
    found = {}
    for completion in itertools.product(COMPLETIONS, repeat=len(open_places)):
        filled = {c: [list(m) for m in members] for c, members in offices.items()}
        for (c, i), p in zip(open_places, completion):
            filled[c][i][1] = p
        for id, levels in all_levels(filled, heads, rates).items():
            found.setdefault(id, set()).update(levels)

    for id, _, _ in heads:
        result = results[id]
        levels = {LEVELS[n] for n in found[id]}
        if result["status"] == "decided":
            assert levels == {result["rating"]}, (id, levels, result, text)
        else:
            assert result["status"] == "undecided" and levels <= set(result["possible"]), (id, levels, result, text)
            # Bounds may be wider than what is possible, but with everything known only a tie leaves anything open.
            assert open_places or len(levels) > 1, (id, levels, result, text)
    for cohort, members in offices.items():
        if cohort is None or any(p is None for _, p in members):
            continue
        after, places, base = quota([p for _, p in members], rates[cohort])
        for (id, points), levels in zip(members, after):
            assert results[id]["rating"] == LEVELS[level_of(points)], (id, results[id], text)   # not decided: what was earned
            if level_of(points) != 0:
                assert "quota" not in results[id]
                continue
            place = results[id]["quota"]
            standing = {frozenset({0}): "within", frozenset({1}): "beyond", frozenset({0, 1}): "tied"}[frozenset(levels)]
            assert (place["standing"], place["places"], place["base"]) == (standing, places, base), (id, place, text)
    return len(heads), len(open_places)


def main():
    rng = random.Random(20260105)
    heads = open_places = 0
    for _ in range(60):
        h, o = check(sys.argv[1], rng)
        heads, open_places = heads + h, open_places + o
    assert heads > 100 and open_places > 20, (heads, open_places)


if __name__ == "__main__":
    main()

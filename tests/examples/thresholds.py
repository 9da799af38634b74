#!/usr/bin/env python3
"""thresholds.py LIST TESTS…: every subject of the pack described by LIST (`quy list --format json`) has the tests that it should have.

TESTS are .quy files in canonical layout. A subject needs a test where everything is met, one that knows nothing and is undecided, and one
with something not applicable. Every threshold of its criteria, and of the ratings, needs a test that stands at it and one that stands just
off it on the other side:

* a number, or the share of one number in another: the value of the facts is the threshold in one test, and one unit of a fact away in another;
* a step of a scale or a level, in a row or not: it is given in one test, and not in another;
* a count, sum or share over rows: two tests with other points (or another level) differ in one fact only, the list.
"""
import json
import re
import sys
import unicodedata
from fractions import Fraction


def fold(name):
    """The id of a name: ASCII, without marks."""
    name = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in name if not unicodedata.combining(c)).lower().replace("`", "")


def number(text):
    text = text.rstrip("%")
    if re.fullmatch(r"-?[\d.]+(,\d+)?(/\d+)?", text):
        return Fraction(text.replace(".", "").replace(",", ".")) if "/" not in text else Fraction(text)
    return None


class Test:
    def __init__(self, title, subject, body):
        self.title, self.subject = title, fold(subject)
        self.facts, self.points, self.rating, self.expects = {}, {}, None, []
        for line in body.splitlines():
            line = line.strip()
            if line.startswith("biết "):
                self.read_facts(line[len("biết "):])
            elif line.startswith("chờ "):
                self.read_expectation(line[len("chờ "):])

    def read_facts(self, text):
        # Facts are separated by `;` outside the rows of a list.
        for fact in re.split(r";\s*(?![^{]*\})", text):
            if fact.endswith(" rỗng"):
                self.facts[fold(fact[: -len(" rỗng")])] = []
                continue
            name, _, value = fact.partition(" = ")
            name = fold(name)
            if value.startswith("{"):
                rows = []
                for row in re.findall(r"\{([^}]*)\}", value):
                    cells = (cell.partition(" = ") for cell in row.split(";") if cell.strip())
                    rows.append({fold(key.strip()): cell.strip() for key, _, cell in cells})
                self.facts[name] = rows
            else:
                self.facts[name] = value.strip()

    def read_expectation(self, text):
        self.expects.append(text)
        if match := re.fullmatch(r"điểm (\S+) (?:= )?(.*)", text):
            self.points[fold(match[1])] = match[2]
        elif not text.startswith("tổng điểm"):
            self.rating = text


def read_tests(paths):
    tests = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for match in re.finditer(r'^kiểm thử "([^\n]*)" cho (\S+)[^\n]*\{\n(.*?)^\}', text, re.M | re.S):
            tests.append(Test(match[1], match[2], match[3]))
    return tests


NAME = r"[a-z_][a-z0-9_.]*"


def contexts(facts):
    """The facts of a test, alone and with those of each row."""
    yield facts
    for value in facts.values():
        if isinstance(value, list):
            for row in value:
                yield {**facts, **row}


TOKEN = re.compile(rf"\s*(min|max|{NAME}|[\d.]+|[-+*/();])")


class Formula:
    """A formula of `quy list` over facts: names, numbers, + - * /, min(a; b), max(a; b)."""

    def __init__(self, text):
        self.tokens, at = [], 0
        while at < len(text):
            match = TOKEN.match(text, at)
            if not match:
                raise ValueError(text)
            self.tokens.append(match[1])
            at = match.end()
        self.at = 0
        self.tree = self.sum()
        if self.at != len(self.tokens):
            raise ValueError(text)

    def take(self, *wanted):
        if self.at < len(self.tokens) and (not wanted or self.tokens[self.at] in wanted):
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def sum(self):
        tree = self.product()
        while sign := self.take("+", "-"):
            tree = (sign, tree, self.product())
        return tree

    def product(self):
        tree = self.operand()
        while sign := self.take("*", "/"):
            tree = (sign, tree, self.operand())
        return tree

    def operand(self):
        if self.take("("):
            tree = self.sum()
            if not self.take(")"):
                raise ValueError(self.tokens)
            return tree
        token = self.take()
        if token in ("min", "max") and self.take("("):
            one = self.sum()
            if not self.take(";"):
                raise ValueError(self.tokens)
            other = self.sum()
            if not self.take(")"):
                raise ValueError(self.tokens)
            return (token, one, other)
        if token is None or not re.fullmatch(rf"{NAME}|[\d.]+", token) or self.tokens[self.at: self.at + 1] == ["("]:
            raise ValueError(self.tokens)
        return token

    @staticmethod
    def of(text):
        """Nothing for what is no such formula (of rows, steps, texts)."""
        try:
            return Formula(text)
        except ValueError:
            return None

    def value(self, facts, tree=None):
        """Nothing when a fact is not a number of the test, or something is divided by 0."""
        tree = self.tree if tree is None else tree
        if isinstance(tree, str):
            given = tree if tree[0].isdigit() else facts.get(tree)
            return number(given.replace(".", ",") if tree[0].isdigit() else given) if isinstance(given, str) else None
        sign, one, other = tree[0], self.value(facts, tree[1]), self.value(facts, tree[2])
        if one is None or other is None or (sign == "/" and other == 0):
            return None
        return {"+": lambda: one + other, "-": lambda: one - other, "*": lambda: one * other, "/": lambda: one / other,
                "min": lambda: min(one, other), "max": lambda: max(one, other)}[sign]()

    def whole(self, facts):
        """What a share is taken of; 1 for what is no share."""
        return self.value(facts, self.tree[2]) if self.tree[0] == "/" else Fraction(1)


def distance(threshold, formula, facts):
    """How many units of the measured fact the test is beyond the threshold; nothing when it does not say."""
    measured = formula.value(facts)
    if measured is None:
        return None
    is_share = formula.tree[0] == "/"
    wanted = Fraction(threshold["value"]) / (100 if threshold["unit"] == "%" and is_share else 1)
    return (measured - wanted) * formula.whole(facts)


def formula_of(threshold):
    return Formula.of(threshold["field"]) if threshold["unit"] not in ("step", "level") else None


def cells_named(facts, name):
    for key, value in facts.items():
        if key == name:
            yield value
        if isinstance(value, list):
            for row in value:
                yield from (cell for column, cell in row.items() if column == name)


def differ_in_one(one, other):
    keys = set(one.facts) | set(other.facts)
    return [key for key in keys if one.facts.get(key) != other.facts.get(key)]


def missing_of(threshold, tests, result):
    """What is not tested of a threshold: `at`, `off`, `pair`. `result` is what a test expects of its owner."""
    if formula := formula_of(threshold):
        distances = [d for test in tests for d in [distance(threshold, formula, facts) for facts in contexts(test.facts)] if d is not None]
        # A fact has a unit; a share of a small whole may have none nearer than one of its parts.
        return [word for word, ok in (("at", any(d == 0 for d in distances)), ("off", any(0 < abs(d) <= 1 for d in distances))) if not ok]
    if threshold["unit"] in ("step", "level"):
        column = "muc" if threshold["field"] == "level" else threshold["field"].rsplit(".", 1)[-1]
        given = [[fold(cell) for cell in cells_named(test.facts, column) if isinstance(cell, str)] for test in tests]
        at = any(threshold["value"] in cells for cells in given)
        off = any(threshold["value"] not in cells for cells in given)
        return [word for word, ok in (("at", at), ("off", off)) if not ok]
    for i, one in enumerate(tests):
        for other in tests[i + 1:]:
            changed = differ_in_one(one, other)
            if len(changed) == 1 and isinstance(one.facts.get(changed[0], []), list) and result(one) != result(other):
                return []
    return ["pair"]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        described = json.load(file)
    all_tests = read_tests(sys.argv[2:])
    problems, thresholds = [], 0
    for subject in described["subjects"]:
        path = subject["id"].split(".", 1)[1]
        tests = [test for test in all_tests if test.subject in (path, subject["id"])]
        kinds = {
            "everything met": any(test.title.endswith("đạt mọi tiêu chí") for test in tests),
            "nothing known": any(not test.facts and any(e.startswith("chưa xác định") for e in test.expects) for test in tests),
            "something not applicable": any("không áp dụng" in words for test in tests for words in (*test.expects, *test.facts.values())),
        }
        problems += [f"{subject['id']}: no test with {kind}" for kind, there in kinds.items() if not there]
        for criterion in subject["criteria"]:
            own = [test for test in tests if criterion["id"] in test.points]
            for threshold in criterion["thresholds"]:
                thresholds += 1
                for word in missing_of(threshold, own, lambda test, id=criterion["id"]: test.points[id]):
                    problems.append(f"{subject['id']}, {criterion['id']}: no test {word} {threshold}")
    for rating in described["ratings"]:
        own = [test for test in all_tests if test.rating]
        for threshold in rating["thresholds"]:
            thresholds += 1
            for word in missing_of(threshold, own, lambda test: test.rating):
                problems.append(f"{rating['id']}: no test {word} {threshold}")
        for level in rating["levels"]:
            if level["from"] is None:
                continue
            totals = {number(test.facts["tong diem"]) for test in own if "tong diem" in test.facts}
            floor = Fraction(str(level["from"]))
            if floor not in totals or not any(floor - 1 <= total < floor for total in totals):
                problems.append(f"{rating['id']}: no test at or just below the floor of {level['id']}")
    print("\n".join(problems))
    print(f"{len(described['subjects'])} subjects, {thresholds} thresholds, {len(all_tests)} tests: {len(problems)} not tested")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

"""change_page.py QUY PROJECT WORK: the page of `quy diff` in a browser: its counts are those of two ratings, every section says what is known."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from browser import Browser, check, same

QUY, PROJECT, WORK = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])

WORDS = {
    "vi": {"sections": ["Thay đổi trong văn bản", "Ý nghĩa: hồ sơ nào được xếp khác đi", "Tác động tới các hồ sơ", "Rà soát hai bản"],
           "summary": ["Văn bản:", "Ý nghĩa:", "Con người:"], "before": "trước: ", "after": "nay: ", "deducted": "trừ ", "new": "mới", "gone": "đã hết",
           "gap": "không mức nào", "not_rated": "không xếp loại", "authority": "thẩm quyền quyết định", "undecided": "chưa xác định",
           "rejected": "bị từ chối", "same": "không đổi về nghĩa", "passes": "đạt", "fails": "không đạt", "better": "có lợi hơn", "worse": "bất lợi hơn",
           "other": "khác đi", "places": "suất", "mark": ",",
           "tests": "Kiểm thử", "lints": "Điều nên xem lại (quy lint)", "framework": "So với khung", "proved": "đã chứng minh",
           "not_inside": "chưa nằm trong khung"},
    "en": {"sections": ["Changes in the text", "Meaning: which record is rated otherwise", "Effect on the records", "Checks of both versions"],
           "summary": ["Text:", "Meaning:", "People:"], "before": "before: ", "after": "now: ", "deducted": " deducted", "new": "new", "gone": "gone",
           "gap": "no level", "not_rated": "not rated", "authority": "for the authority", "undecided": "undecided",
           "rejected": "rejected", "same": "same meaning", "passes": "passes", "fails": "fails", "better": "better", "worse": "worse",
           "other": "otherwise", "places": "places", "mark": ".",
           "tests": "Tests", "lints": "Lints", "framework": "Against the framework", "proved": "proved", "not_inside": "not inside the framework"}}

#: Each an edit of An Bình's set, and together something for every section of the page.
AN_BINH = [
    ("bi-thu-tinh-uy.quy", "văn_bản_tw_đúng_hạn / văn_bản_tw ≥ 95%", "văn_bản_tw_đúng_hạn / văn_bản_tw ≥ 97%"),
    ("bi-thu-tinh-uy.quy", "đạt khi đề_án_trọng_điểm ≥ 6 mỗi năm", "đạt khi đề_án_trọng_điểm > 5 mỗi năm"),
    ("pho-thu-tuong.quy", "lượt_kiểm_tra ≥ 8 mỗi năm", "lượt_kiểm_tra ≥ 4 mỗi năm"),
    ("tap-the.quy", "từ 85%: 75%", "từ 92%: 75%"),
    ("cong-chuc.quy", "trừ 0,5 điểm mỗi ngày_chậm", "trừ 0,25 điểm mỗi ngày_chậm"),
    ("cong-chuc.quy", "trừ 0,5 điểm mỗi buổi_vắng", "trừ 2 điểm mỗi buổi_vắng"),
    ("cong-chuc.quy", "Khối lượng công việc", "Khối lượng việc được giao"),
    ("to-cong-nghe-so.quy", "dùng dịch vụ công\" : số đếm \"người\", cộng dồn", "dùng dịch vụ công\" : số đếm \"người\", cộng dồn, không quá người_cần_hướng_dẫn"),
    ("to-cong-nghe-so.quy", "người_cần_hướng_dẫn, làm tròn 0,5", "người_cần_hướng_dẫn"),
    ("bo-tieu-chi.quy", "chọn gốc_phiếu = phát_ra theo qdab:D3.2", "chọn gốc_phiếu = phát_ra theo qdab:D3.2\nchọn thiếu_điều_kiện = mức_dưới theo qdab:D3.2")]
#: A larger quota and a higher floor: places are won and lost.
QUOTAS = [("goi.quy", "mức xuất_sắc \"Xuất sắc\" từ 90 điểm", "mức xuất_sắc \"Xuất sắc\" từ 93 điểm"),
          ("goi.quy", "xuất_sắc ≤ 20% số tốt", "xuất_sắc ≤ 30% số tốt")]


def quy(*arguments, statuses=(0, 1, 3)):
    done = subprocess.run([QUY, *map(str, arguments)], capture_output=True, text=True, cwd=WORK)
    check(done.returncode in statuses, arguments, "ended with", done.returncode, done.stderr)
    return done.stdout


class Comparison:
    """Two versions, what `quy diff` says of them as JSON, and each record's outcome in either, rated here."""

    def __init__(self, name, source, files, edits, evidence):
        self.name, self.evidence = name, evidence
        self.versions = [f"{name}-old", f"{name}-new"]
        for version in self.versions:
            shutil.rmtree(WORK / version, ignore_errors=True)
            (WORK / version).mkdir(parents=True)
            for file in files:
                shutil.copy(source / file, WORK / version / file)
        for file, old, new in edits:
            text = (WORK / self.versions[1] / file).read_text()
            check(old in text, file, "does not hold", old)
            (WORK / self.versions[1] / file).write_text(text.replace(old, new, 1))
        self.told = {}
        self.ratings = [self.rate(version) for version in self.versions]

    def rate(self, version):
        results, rejects = WORK / f"{version}.ndjson", WORK / f"{version}.rejects"
        quy("eval", version, *self.evidence, "-o", results, "--rejects", rejects)
        lines = list(map(json.loads, results.read_text().splitlines()))
        outcomes = {line["id"]: line for line in lines if "kind" not in line}
        outcomes.update({line["id"]: {"rejected": True} for line in map(json.loads, rejects.read_text().splitlines())})
        return outcomes

    def pages(self, language):
        """The page's file, and the same comparison as JSON in the same language."""
        file = WORK / f"{self.name}.{language}.html"
        # With time enough for every proof, both runs prove the same.
        asked = ("diff", *self.versions, "--evidence", *self.evidence, "--lang", language, "--limit", "60000")
        quy(*asked, "-o", file)
        self.told = json.loads(quy(*asked, "--checks", "--format", "json"))
        return file

    def labels(self):
        told = json.loads(quy("list", self.versions[1], "--format", "json"))
        return {level["id"]: level["label"] for rating in told["ratings"] for level in rating["levels"]}

    def outcomes(self, words):
        """Of every record that either version takes: its label in the older version, in the newer."""
        labels = self.labels()

        def said(line):
            if "rejected" in line:
                return words["rejected"]
            return labels[line["rating"]] if line["status"] == "decided" else words[line["status"]]
        old, new = self.ratings
        return {id: (said(old[id]), said(new[id])) for id in old if not ("rejected" in old[id] and "rejected" in new[id])}


def sections(page, selector):
    """Tables by the heading of the third level that they stand under."""
    return page.run("""(selector => Object.fromEntries([...document.querySelectorAll('h3')].map(heading => {
      let next = heading.nextElementSibling;
      while (next && !/^H[23]$/.test(next.tagName) && !next.matches(selector)) next = next.nextElementSibling;
      return [heading.innerText, next && next.matches(selector) ? [...next.querySelectorAll('tbody tr')].map(row =>
        [...row.children].map(cell => cell.innerText.trim())) : null];
    })))(%s)""" % json.dumps(selector))


def check_summary(page, words, told):
    lines = page.texts("p.summary")
    same("lines of the summary", [line.split(" ")[0] if line.split(" ")[0].endswith(":") else " ".join(line.split(" ")[:2]) for line in lines], words["summary"])
    check(str(len(told["changes"])) in lines[0], lines[0])
    changed = sum(subject["meaning"] == "changed" for subject in told["subjects"])
    check(f" {changed} " in lines[1], lines[1], changed)
    counts = told["impact"]["all"]
    for count in (counts["better"] + counts["worse"] + counts["otherwise"], counts["records"], counts["better"], counts["worse"]):
        check(re.search(rf"\b{count}\b", lines[2]), lines[2], "does not say", count)
    check(not told["impact"]["newly_rejected"] or str(told["impact"]["newly_rejected"]) in lines[2], lines[2])
    same("warnings", len(page.texts("p.warning")), len(told["warnings"]))


def check_structure(page, told):
    rows = page.run("[...document.querySelectorAll('table.changes tbody tr')].map(row => [...row.children].map(cell => cell.innerText))")
    same("changes in the text", len(rows), len(told["changes"]))
    for row, change in zip(rows, told["changes"]):
        for cell, side in ((row[1], "before"), (row[2], "after")):
            for clause in (change.get(side) or {}).get("clauses", []):
                check(clause in cell, "not beside the text:", clause, cell)
        for detail in change.get("details", []):
            for cell, side in ((row[1], "before"), (row[2], "after")):
                check(not detail[side] or detail[side] in cell, "not in the text:", detail[side], cell)
        check(not re.search(r"\b(qd366|an_binh)\.", row[0]), "an id in place of a label:", row[0])


def check_witnesses(page, words, told):
    shown = page.texts(".witness")
    records = [(item, record) for subject in told["subjects"] for item in subject["items"] for record in item["witnesses"]]
    same("witnesses", len(shown), len(records))
    check(records, "nothing is witnessed")
    for text, (item, record) in zip(shown, records):
        first = text.splitlines()[0]
        check(first.startswith(words[record["effect"]]), first, record["effect"])
        same("both results", first.split(words["before"])[1], f"{record['before']} → {words['after']}{record['after']}")
        for fact in record["facts"]:
            check(f"{fact['label']}: {fact['value']}" in text, "the witness does not say", fact)


def check_impact(page, words, comparison):
    told, outcomes = comparison.told["impact"], comparison.outcomes(words)
    before, after, cells = Counter(), Counter(), Counter()
    for old, new in outcomes.values():
        before[old.casefold()] += 1
        after[new.casefold()] += 1
        cells[old.casefold(), new.casefold()] += 1
    same("the matrix as JSON", Counter({(cell["before_label"].casefold(), cell["after_label"].casefold()): cell["records"] for cell in told["matrix"]}), cells)
    matrix = page.run("""(table => ({columns: [...table.querySelectorAll('thead th')].slice(1).map(cell => cell.textContent),
      rows: [...table.querySelectorAll('tbody tr')].map(row => [...row.children].map(cell => cell.textContent))}))(document.querySelector('table.matrix'))""")
    found = Counter()
    for name, *counts in matrix["rows"]:
        same(f"cells of {name}", len(counts), len(matrix["columns"]))
        for column, count in zip(matrix["columns"], counts):
            if count != "·":
                found[name.casefold(), column.casefold()] = int(count)
    same("the matrix", found, cells)
    levels = page.run("""[...document.querySelectorAll('table.levels tbody tr')].map(row => [row.querySelector('th').textContent,
      ...[...row.querySelectorAll('p')].map(line => [line.innerText.match(/[0-9]+$/)[0], line.querySelector('.bar') ? line.querySelector('.bar').getBoundingClientRect().width : 0])])""")
    same("levels", [{name.casefold(): int(side[place][0]) for name, *side in levels if int(side[place][0])} for place in (0, 1)], [dict(before), dict(after)])
    largest = max([*before.values(), *after.values()])
    widest = max(side[1] for _, *sides in levels for side in sides)
    for name, *sides in levels:
        for count, width in sides:
            check(abs(width / widest - int(count) / largest) < 0.02, "a bar of", name, "for", count, "is", width, "of", widest)
    units = Counter(comparison.ratings[1][id].get("unit") for id, (old, new) in outcomes.items()
                    if old != new and words["rejected"] not in (old, new))
    for table in page.run("""[...document.querySelectorAll('table.effects')].map(table => [...table.querySelectorAll('tbody tr')].map(row =>
        ({name: row.children[0].innerText, changed: row.children[1].innerText, said: row.children[2].innerText})))"""):
        for row in table:
            if row["name"] in units:
                same(row["name"], int(row["changed"].split("/")[0]), units[row["name"]])
            numbers = [int(number) for number in re.findall(r"\d+", row["said"].split(words["places"])[0])]
            same(row["name"], sum(numbers), int(row["changed"].split("/")[0]))
    changed = [id for id, (old, new) in outcomes.items() if old != new and words["rejected"] not in (old, new)]
    people = page.run("[...document.querySelector('table.people').querySelectorAll('tbody tr')].map(row => [...row.children].map(cell => cell.innerText))")
    same("records rated otherwise", [row[0].split(" ")[0] for row in people], changed)
    for id, old, new in people:
        id = id.split(" ")[0]
        for cell, rating, label in ((old, comparison.ratings[0][id], outcomes[id][0]), (new, comparison.ratings[1][id], outcomes[id][1])):
            check(cell.casefold().startswith(label.casefold()), id, cell, label)
            check(not rating["total"] or rating["total"].replace(".", words["mark"]) in cell, id, cell, rating["total"])
    places = page.run("[...document.querySelectorAll('table.people')].slice(1).flatMap(table => [...table.querySelectorAll('tbody tr')].map(row => row.children[0].innerText))")
    same("places won and lost", [text.split(" ")[0] for text in places], [place["id"] for place in told["quota_places"]])


def check_checks(page, words, told):
    checks = told["checks"]
    refinement = sections(page, "table.refinement")[words["framework"]]
    sides = [checks["refinement"]["before"], checks["refinement"]["after"]]
    for cell, side in zip(refinement[0], sides):
        if side is None:
            continue
        check(side["framework"] in cell and (words["proved"] if side["proved"] else words["not_inside"]) in cell, cell)
        check(side["proved"] or str(len(side["findings"])) in cell.splitlines()[0], cell)
        for finding in side["findings"]:
            check(finding["label"] in cell and finding["subject"] in cell and finding["reason"] in cell, "not said:", finding)
    verdicts = sections(page, "table.verdicts")[words["tests"]] or []
    same("tests that changed verdict", [(row[0].splitlines()[0], row[1:]) for row in verdicts],
         [(test["title"], [words[test[side]] for side in ("before", "after", "older_on_newer")]) for test in checks["tests"]["changed"]])
    for row, test in zip(verdicts, checks["tests"]["changed"]):
        check(test["expected"] in row[0] and " ".join(test["found"].split()) in " ".join(row[0].split()), "not said:", test)
    lints = sections(page, "table.lints")[words["lints"]] or []
    same("lints", [row[:3] for row in lints], [[words[kind], lint["rule"], lint["message"]] for kind in ("new", "gone") for lint in checks["lints"][kind]])


def check_paper(page, file, words, comparison):
    paper = page.open(file).print(file.with_suffix(".pdf"))
    paper.check_a4()
    page.call("Emulation.setEmulatedMedia", media="print")
    page.fits(661)  # 175 mm, the width between the margins
    page.open(file).fits(661)
    page.call("Emulation.setEmulatedMedia", media="")
    for text in [*words["sections"], *page.texts("p.summary, h3"), *(person["id"] for person in comparison.told["impact"]["people"])]:
        check(paper.says(text), "not printed:", text)


def check_page(page, comparison, language):
    words, file = WORDS[language], comparison.pages(language)
    page.open(file)
    same("language", page.run("document.documentElement.lang"), language)
    same("sections", page.texts("h2"), words["sections"])
    other = WORDS["en" if language == "vi" else "vi"]
    for text in (*other["sections"], *other["summary"], other["framework"], other["not_inside"]):
        check(text not in page.text("main"), "in the other language:", text)
    check_summary(page, words, comparison.told)
    check_structure(page, comparison.told)
    check_witnesses(page, words, comparison.told)
    check_impact(page, words, comparison)
    check_checks(page, words, comparison.told)
    page.fits(1280, 800, 400)
    page.alone()
    check_paper(page, file, words, comparison)


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    an_binh = PROJECT / "examples/an-binh"
    files = [path.name for path in an_binh.iterdir() if path.suffix in (".quy", ".csv")]
    large = Comparison("an-binh", an_binh, files, AN_BINH, sorted((an_binh / "records").glob("*.ndjson")))
    waves = PROJECT / "tests/commands/waves"
    small = Comparison("quotas", waves, ["goi.quy"], QUOTAS, [waves / "ho-so.ndjson"])
    with Browser(WORK) as browser:
        page = browser.page()
        for language in ("vi", "en"):
            check_page(page, small, language)
            check("xuat_sac" not in page.text("table.changes"), "a level by its id:", page.text("table.changes"))
            check(small.told["impact"]["quota_places"], "no place of a quota is won or lost")
            check_page(page, large, language)
            said = page.open(WORK / f"an-binh.{language}.html").text("main")
            check(WORDS[language]["deducted"] in page.text(".witness"), "points taken away are shown as points")
            check(WORDS[language]["same"] in said, "the rewritten condition is not called the same")
            for kind in ("new", "gone"):
                check(large.told["checks"]["lints"][kind], "no lint is", kind)
            check(large.told["checks"]["tests"]["changed"], "no test changed its verdict")
            check(large.told["checks"]["refinement"]["before"]["proved"] and not large.told["checks"]["refinement"]["after"]["proved"], "refinement is not broken")


main()

"""report.py QUY PROJECT WORK: the report page in a browser: what it counts, finds, explains and prints is what the results say."""

import json
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from browser import Browser, check, same

QUY, PROJECT, WORK = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
AN_BINH = sorted(map(str, (PROJECT / "examples/an-binh/records").glob("*.ndjson")))
WAVES = PROJECT / "tests/commands/waves"

WORDS = {
    "vi": {"undecided": "Chưa xác định", "authority": "Chờ cấp có thẩm quyền", "gap": "Không thuộc mức nào", "not_rated": "Không xếp loại",
           "decided": "Đã xếp loại", "level": "Mức", "status": "Tình trạng", "subject": "Đối tượng", "unit": "Đơn vị", "cohort": "Nhóm",
           "missing": "Minh chứng còn thiếu", "possible": "Còn có thể", "why": "Vì sao", "records": "hồ sơ", "next": "Hồ sơ sau",
           "list": "Về danh sách", "clear": "Bỏ lọc", "raised": "nâng theo", "mark": ",",
           "headings": ["Theo đối tượng", "Theo nhóm tương đồng", "Theo đơn vị", "Tỉ lệ khống chế", "Chưa xác định vì sao", "Hồ sơ bị từ chối",
                        "Từng hồ sơ"]},
    "en": {"undecided": "Undecided", "authority": "For the authority", "gap": "No level", "not_rated": "Not rated",
           "decided": "Rated", "level": "Level", "status": "Status", "subject": "Subject", "unit": "Unit", "cohort": "Cohort",
           "missing": "Missing evidence", "possible": "Still possible", "why": "Why", "records": "records", "next": "Next",
           "list": "Back to the list", "clear": "Clear", "raised": "raised by", "mark": ".",
           "headings": ["By subject", "By cohort", "By unit", "Quotas", "What keeps records undecided", "Rejected records", "Records"]}}


def quy(*arguments, statuses=(0, 3)):
    done = subprocess.run([QUY, *map(str, arguments)], capture_output=True, text=True)
    check(done.returncode in statuses, arguments, "ended with", done.returncode, done.stderr)
    return done.stdout


class Run:
    """A page and what it must say, worked out from the results as NDJSON."""

    def __init__(self, name, pack, language, *evidence):
        self.words, self.language, self.pack, self.evidence = WORDS[language], language, pack, evidence
        self.file = WORK / f"{name}.{language}.html"
        results, rejects = WORK / f"{name}.{language}.ndjson", WORK / f"{name}.{language}.rejects"
        quy("eval", pack, *evidence, "--lang", language, "--format", "html", "-o", self.file)
        quy("eval", pack, *evidence, "--lang", language, "-o", results, "--rejects", rejects)
        lines = [json.loads(line) for line in results.read_text().splitlines()]
        self.rows = [line for line in lines if "kind" not in line]
        self.cohorts = [line for line in lines if "kind" in line]
        self.rejects = [json.loads(line) for line in rejects.read_text().splitlines()]
        told = json.loads(quy("list", pack, "--format", "json"))
        self.subjects = {subject["id"]: subject["label"] for subject in told["subjects"]}
        levels = {rating["id"]: {level["id"]: level["label"] for level in rating["levels"]} for rating in told["ratings"]}
        self.levels = {subject["id"]: levels[subject["rating"]] for subject in told["subjects"]}
        #: Of a rating as a whole; explanations name those of its parts.
        self.general = {clause for rating in told["ratings"] for clause in rating["clauses"]}
        self.last_stage = self.rows[-1].get("stage")

    def level(self, row):
        return self.levels[row["subject"]][row["rating"]] if row["status"] == "decided" else None

    def status(self, row):
        return self.words[row["status"]]

    def outcome(self, row):
        return self.level(row) or self.status(row)

    def value(self, row, filter):
        return {"level": self.level(row), "status": self.status(row), "subject": self.subjects[row["subject"]]}.get(filter, row.get(filter, ""))

    def counts(self, key):
        counts = defaultdict(Counter)
        for row in self.rows:
            if row.get("stage") == self.last_stage:
                counts[self.value(row, key) or "—"][self.outcome(row)] += 1
        return counts

    def quotas(self):
        """By cohort: places, and how many of those who reached the level are within, tied, beyond, open."""
        found = {}
        for row in self.rows:
            if "quota" in row:
                quota = row["quota"]
                of = found.setdefault(quota["cohort"], {**quota, "within": 0, "tied": 0, "beyond": 0, "open": 0})
                if row["status"] != "undecided":
                    of[quota["standing"]] += 1
        for line in self.cohorts:
            found.update({quota["cohort"]: quota for quota in line["quotas"]})
        return found


def plain(text):
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not 0x300 <= ord(letter) < 0x370)


def number(run, text):
    return text.replace(".", run.words["mark"])


def listed(page):
    """Ids of the list, all of it unfolded."""
    page.run("{ const more = document.getElementById('more'); while (!more.hidden) more.click(); }")
    return page.texts("#records td:first-child")


def choose(page, filter, value):
    page.run("(select => { select.value = %s; select.dispatchEvent(new Event('change')); })(document.querySelector('select[aria-label=\"%s\"]'))"
             % (json.dumps(value), filter))


# ---------------------------------------------------------------- what it shows

CHART = """(heading => {
  let table = document.getElementById(heading);
  while (!table.matches('table.bars')) table = table.nextElementSibling;
  return [...table.querySelectorAll('tbody tr')].map(row => {
    const svg = row.querySelector('svg'), wide = svg.getBoundingClientRect().width;
    return {name: row.querySelector('th').innerText, total: +row.querySelector('.count').innerText, said: svg.getAttribute('aria-label'),
            parts: [...svg.querySelectorAll('g')].map(g => ({
              title: g.querySelector('title').textContent, share: g.querySelector('rect').getBoundingClientRect().width / wide,
              number: g.querySelector('text') ? g.querySelector('text').textContent : null})),
            narrow: [...row.querySelectorAll('.narrow span')].map(e => e.innerText)};
  });
})('%s')"""


def check_chart(page, heading, wanted):
    rows = page.run(CHART % heading)
    same(f"rows of {heading}", sorted(row["name"] for row in rows), sorted(wanted))
    for row in rows:
        counts, name, narrow = wanted[row["name"]], f"{heading}, {row['name']}", iter(row["narrow"])
        same(name, row["total"], counts.total())
        same(name, Counter({part["title"].rsplit(": ")[0]: int(part["title"].rsplit(": ")[1].split("/")[0]) for part in row["parts"]}), counts)
        same(name, sorted(row["said"].split("; ")), sorted(f"{label}: {count}" for label, count in counts.items()))
        for part in row["parts"]:
            label = part["title"].rsplit(": ")[0]
            check(abs(part["share"] - counts[label] / counts.total()) < 0.005, name, label, "has a share of", part["share"])
            shown = part["number"] if part["number"] is not None else next(narrow).rsplit(": ")[1]
            same(f"{name}, {label}", shown, str(counts[label]))


def check_overview(page, run):
    same("headings", page.texts("h2"), run.words["headings"])
    figures = [run.rows, run.cohorts, run.rejects, [row for row in run.rows if row["status"] == "undecided"],
               [row for row in run.rows if row["status"] == "authority"]]
    same("figures", page.texts(".figures strong"), [str(len(run.rows + run.cohorts + run.rejects)), *(str(len(of)) for of in figures)])
    for heading, key in (("levels", "subject"), ("cohorts", "cohort"), ("units", "unit")):
        check_chart(page, heading, run.counts(key))
    missing = Counter(field for row in run.rows if row["status"] == "undecided" for field in row["missing"])
    found = Counter()
    for text, count in zip(page.texts("#open ~ table.plain:not(.clauses) td:first-child"), page.texts("#open ~ table.plain:not(.clauses) td:last-child")):
        found[text.rsplit("(", 1)[1][:-1]] += int(count)
    same("missing evidence", found, missing)
    same("rejected", page.texts("table.rejects td:first-child"), [reject["id"] for reject in run.rejects])
    for clause in page.texts("table.clauses td:first-child"):
        check(any(clause in json.dumps(row["reasons"]) for row in run.rows if row["status"] == "authority"), "nothing waits for", clause)


def check_quotas(page, run):
    quotas = run.quotas()
    standings = ("within", "tied", "beyond", "open")
    rows = page.run("[...document.querySelectorAll('table.quotas tbody tr')].map(row => [...row.children].map(cell => cell.innerText.trim()))")
    same("cohorts under a quota", sorted(row[0].split("\n")[0] for row in rows), sorted(quotas))
    for head, level, rate, places, candidates, *uses in rows:
        cohort, *documents = head.split("\n")
        quota = quotas[cohort]
        check(level in {labels.get(quota["level"]) for labels in run.levels.values()}, "not a label:", level)
        same(cohort, rate, f"{float(quota['rate']) * 100:g}%")
        same(cohort, places, " – ".join(map(str, quota["places"])) if isinstance(quota["places"], list) else str(quota["places"]))
        same(cohort, [candidates, *uses], [str(quota[key]) for key in ("candidates", *standings)])
        same(cohort, sum(map(int, uses)), int(candidates))
        for document in ("raised_by", "decided_by"):
            check(document not in quota or any(quota[document] in line for line in documents), cohort, "does not name", quota.get(document))
    chart = page.run(CHART % "quotas")
    for row in chart:
        same(f"chart of {row['name']}", [int(part["title"].rsplit(": ")[1].split("/")[0]) for part in row["parts"]],
             [quotas[row["name"]][key] for key in standings if quotas[row["name"]][key]])
    same("chart of quotas", {row["name"] for row in chart}, {cohort for cohort, quota in quotas.items() if quota["candidates"]})


# ---------------------------------------------------------------- search and filters

def check_search(page, run):
    everything = [row["id"] for row in run.rows]
    same("the whole list", listed(page), everything)
    texts = {row["id"]: plain(" ".join([row["id"], run.subjects[row["subject"]], row["period"], row.get("unit", ""), row.get("cohort", ""), run.outcome(row),
                                        *(reason["clause"] + " " + reason["text"] for reason in row.get("reasons", []))])) for row in run.rows}
    for wanted in ("AB-0123", "ab-012", "AB-05", run.words["undecided"], "so-03 " + plain(run.words["undecided"]), "D11.4.4.a", "no such record"):
        page.write("#search", wanted)
        ids = [id for id in everything if all(word in texts[id] for word in plain(wanted).split())]
        same(f"search for {wanted}", listed(page), ids)
        same(f"search for {wanted}", page.text("#count"), f"{len(ids)} / {len(everything)} {run.words['records']}")
        if wanted.lower().startswith("ab-"):
            same(f"ids with {wanted}", ids, [id for id in everything if wanted.lower() in id.lower()])
    page.click("#clear")
    same("the list after clearing", listed(page), everything)


def check_filters(page, run):
    same("filters", page.run("[...document.querySelectorAll('#filters select')].map(select => select.getAttribute('aria-label'))"),
         [run.words[key] for key in ("level", "status", "subject", "unit", "cohort")])
    for key in ("level", "status", "subject", "unit", "cohort"):
        name, ids = run.words[key], defaultdict(list)
        for row in run.rows:
            if run.value(row, key) is not None:
                ids[run.value(row, key)].append(row["id"])
        options = page.run("[...document.querySelector('select[aria-label=\"%s\"]').options].map(option => [option.value, option.text])" % name)
        same(f"options of {name}", sorted(text for _, text in options[1:]), sorted(value or "—" for value in ids))
        for value, text in options[1:]:
            choose(page, name, value)
            same(f"{name} {text}", listed(page), ids[value[1:]])
        choose(page, name, "*")
    # Several at once, and a search.
    undecided, cohort = run.words["undecided"], run.rows[0]["cohort"]
    choose(page, run.words["status"], "=" + undecided)
    choose(page, run.words["cohort"], "=" + cohort)
    both = [row["id"] for row in run.rows if row["status"] == "undecided" and row["cohort"] == cohort]
    same("two filters", listed(page), both)
    page.write("#search", both[-1])
    same("two filters and a search", listed(page), [both[-1]])
    page.click("#clear")


# ---------------------------------------------------------------- a record

def texts_of(line):
    yield line["text"], line.get("clauses", [])
    for part in line.get("parts", []):
        yield from texts_of(part)


def check_record(page, run, row):
    page.open(run.file, "#" + row["id"])
    same("heading", page.texts("h2"), [f"{row['id']} — {run.outcome(row)}"])
    same("only the record is shown", page.texts("table.bars, table.records, .tools, nav"), [])
    said = page.text("#record")
    for part in (run.subjects[row["subject"]], row["period"], row["unit"], row["cohort"]):
        check(part in said, row["id"], "does not say", part)
    if row["total"]:
        check(number(run, row["total"]) in said, row["id"], "does not say its total", row["total"])
    for reason in row.get("reasons", []):
        check(reason["clause"] in said or reason["clause"] in run.general, row["id"], "does not name", reason["clause"])
    tree = json.loads(quy("explain", run.pack, *run.evidence, "--id", row["id"], "--format", "json", "--lang", run.language))
    lines = {tuple(text.split()) for text in page.texts("#record li")}
    shown = [" ".join(line) for line in lines]
    for line in tree["why"]:
        for text, clauses in texts_of(line):
            wanted = " ".join(text.split())
            check(any(each.startswith(wanted) and all(clause in each for clause in clauses) for each in shown), row["id"], "does not say", wanted, clauses)
    for line in tree["points"]:
        check(line["label"] in said and all(clause in said for clause in line.get("clauses", [])), row["id"], "does not say", line)
    if row["status"] == "undecided":
        check(run.words["missing"] in page.texts("#record h3") and run.words["possible"] in page.texts("#record h3"), row["id"], page.texts("#record h3"))
        for field in [*row["missing"], *(run.levels[row["subject"]].get(level, "") for level in row["possible"])]:
            check(field in said, row["id"], "does not say", field)
    return said


def check_records(page, run):
    by_status = defaultdict(list)
    for row in run.rows:
        by_status[row["status"]].append(row)
    for rows in by_status.values():
        for row in (rows[0], rows[len(rows) // 2], rows[-1]):
            check_record(page, run, row)
    page.alone()


def check_ways(page, run):
    """From the list to a record, to the next, back, and back to the list."""
    page.open(run.file)
    page.write("#search", "AB-012")
    ids = listed(page)
    page.click(f"#records a[href='#{ids[1]}']")
    page.wait("document.body.classList.contains('one-record')")
    check(page.texts("h2")[0].startswith(ids[1]), page.texts("h2"))
    check(page.run("document.title").startswith(ids[1]), "the title does not name the record")
    page.run(f"[...document.querySelectorAll('.buttons a')].find(link => link.textContent === {json.dumps(run.words['next'])}).click()")
    page.wait(f"document.title.startsWith('{ids[2]}')")
    page.back()
    page.wait(f"document.title.startsWith('{ids[1]}')")
    check(page.texts("#record h2")[0].startswith(ids[1]), "Back does not lead to the record before")
    page.back()
    page.wait("!document.body.classList.contains('one-record')")
    same("the list after Back", listed(page), ids)
    same("the place in the list after Back", page.run("document.activeElement.textContent"), ids[1])
    same("headings after Back", page.texts("h2"), run.words["headings"])
    # The whole line leads to the record too, and the button back to the list.
    page.click("#records tr:nth-child(3) td:nth-child(2)")
    page.wait(f"document.title.startsWith('{ids[2]}')")
    same("buttons", page.texts(".buttons > *")[0], run.words["list"])
    page.click(".buttons a")
    page.wait("!document.body.classList.contains('one-record')")
    same("the place in the list", page.run("document.activeElement.textContent"), ids[2])
    page.alone()


def check_keys(page, run):
    """Without a mouse: every control has a name, is reached, shows that it has the focus, and works."""
    page.open(run.file)
    reached = []
    while not reached or reached[-1] != run.rows[0]["id"]:
        check(len(reached) < 50, "the list is not reached by Tab:", reached)
        page.key("Tab")
        reached.append(page.run("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"))
        style = page.run("(style => [style.outlineStyle, parseFloat(style.outlineWidth)])(getComputedStyle(document.activeElement))")
        check(style[0] != "none" and style[1] >= 2, "no focus seen on", reached[-1], style)
    for key in ("level", "status", "subject", "unit", "cohort"):
        check(run.words[key] in reached, run.words[key], "is not reached:", reached)
    page.key("Enter")
    page.wait("document.body.classList.contains('one-record')")
    check(page.run("document.activeElement.textContent").startswith(run.rows[0]["id"]), "the record does not get the focus")
    page.back()
    page.run("document.querySelector('#filters select').focus()")
    page.key("ArrowDown")
    page.wait("document.querySelector('#filters select').value !== '*'")
    level = page.run("document.querySelector('#filters select').selectedOptions[0].text")
    same("a level chosen by key", listed(page), [row["id"] for row in run.rows if run.level(row) == level])
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    controls = [node for node in nodes if not node["ignored"] and node["role"]["value"] in ("searchbox", "combobox", "button", "link")]
    seen = page.run("[...document.querySelectorAll('a, button, input, select')].filter(control => control.getClientRects().length).length")
    same("controls", len(controls), seen)
    same("controls without a name", [node for node in controls if not node["name"]["value"]], [])
    page.alone()


# ---------------------------------------------------------------- paper

def check_paper(page, run, name):
    page.open(run.file)
    paper = page.print(WORK / f"{name}.pdf")
    paper.check_a4()
    for text in [*run.words["headings"], *(row["id"] for row in run.rows), *(label for labels in run.levels.values() for label in labels.values())]:
        check(paper.says(text), "not printed:", text)
    for control in page.run("[...document.querySelectorAll('#search, #filters option, #more, #clear')].map(e => e.placeholder || e.textContent)"):
        check(": " not in control or not paper.says(control), "printed:", control)
    check(not paper.says(page.run("document.getElementById('search').placeholder")), "the search is printed")
    page.write("#search", "AB-012")
    paper = page.print(WORK / f"{name}.found.pdf")
    found = {row["id"] for row in run.rows if "AB-012" in row["id"]}
    check(all(paper.says(id) for id in found) and not paper.says("AB-0131"), "what is printed is not what was found")

    row = next(row for row in run.rows if row["status"] == "undecided" and "quota" in row)
    said = check_record(page, run, row)
    paper = page.print(WORK / f"{name}.record.pdf")
    paper.check_a4()
    buttons = page.texts(".buttons > *")
    for line in said.splitlines():
        check(line.strip() in buttons or paper.says(line), "not printed:", line)
    for button in buttons:
        check(not paper.says(button), "printed:", button)
    check(not paper.says(run.words["headings"][0]), "the overview is printed with a record")
    # At the width of paper nothing sticks out, or the browser would shrink the print.
    page.call("Emulation.setEmulatedMedia", media="print")
    page.fits(680)
    page.open(run.file).fits(680)
    page.call("Emulation.setEmulatedMedia", media="")


# ---------------------------------------------------------------- other evidence

def check_hostile(page):
    """Texts of records are texts, and records with the same id are told apart."""
    line = json.loads((PROJECT / "examples/bat-dau/ho-so.ndjson").read_text().splitlines()[0])
    hostile = "</script><img src=x onerror=\"alert(1)\">&'%"
    evidence = WORK / "hostile.ndjson"
    twice = {"id": "twice", "unit": "U1"}, {"id": "twice", "unit": "U2", "period": str(int(line["period"][:4]) + 1)}
    evidence.write_text("".join(json.dumps({**line, **change}) + "\n" for change in ({"id": hostile, "unit": hostile}, *twice)))
    file = WORK / "hostile.html"
    quy("eval", PROJECT / "examples/bat-dau", evidence, "--format", "html", "-o", file)
    page.open(file)
    same("ids", listed(page), [hostile, "twice", "twice"])
    page.click("#records tr:nth-child(1) a")
    page.wait("document.body.classList.contains('one-record')")
    check(page.text("#record h2").startswith(hostile) and hostile in page.text("#record p + p, #record h2 + p"), page.text("#record"))
    for place, unit in ((2, "U1"), (3, "U2")):
        page.back()
        page.wait("!document.body.classList.contains('one-record')")
        page.click(f"#records tr:nth-child({place}) a")
        page.wait("document.body.classList.contains('one-record')")
        check(unit in page.text("#record h2 + p"), "the wrong record of two with one id:", page.text("#record h2 + p"))
    page.open(file, "#%E0%A4%A")
    same("a broken link shows the list", len(page.texts("table.records")), 1)
    page.alone()


def check_stages(page):
    """Where every stage has its results, charts count the last and the list has all."""
    file = WORK / "stages.html"
    quy("eval", WAVES / "goi.quy", WAVES / "cac-buoc.ndjson", "--stage", "all", "--format", "html", "-o", file)
    kept = [json.loads(line) for line in (WAVES / "ket-qua-buoc.ndjson").read_text().splitlines()]
    last = [row for row in kept if row["stage"] == kept[-1]["stage"]]
    page.open(file)
    same("records in the chart", sum(row["total"] for row in page.run(CHART % "levels")), len(last))
    same("records in the list", page.texts("#records td:first-child"), [row["id"] for row in kept])
    same("rejected", len(page.texts("table.rejects tbody tr")), len({(row["line"], row["code"]) for row in map(
        json.loads, (WAVES / "ket-qua-buoc.rejects.ndjson").read_text().splitlines())}))
    for row in (row for row in last if "overrides" in row):
        page.open(file, f"#{row['id']}@2025@{row['stage']}")
        columns = [page.texts(f"table.stages td:nth-child({column})") for column in (1, 2, 4)]
        same("stages side by side", columns[0], [stage["stage"] for stage in row["stages"]])
        same("their totals", columns[1], [stage["total"].replace(".", ",") for stage in row["stages"]])
        same("which differ for a reason", [text != "" for text in columns[2]], ["because" in stage for stage in row["stages"]])
        for override in row["overrides"]:
            said = page.text("#record h3:has(+ ul) + ul")
            check(override["reason"] in said and override["document"] in said, "an override without its grounds:", said)
        page.resize(400)
        page.fits(400)
        page.resize(1280)
    page.alone()


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    pack = WORK / "an-binh.qpk"
    quy("build", PROJECT / "examples/an-binh", "-o", pack)
    runs = {language: Run("an-binh", pack, language, *AN_BINH) for language in ("vi", "en")}
    waves = Run("waves", WAVES / "goi.quy", "vi", WAVES / "ho-so.ndjson")
    with Browser(WORK) as browser:
        page = browser.page()
        for language, run in runs.items():
            page.open(run.file)
            same("language", page.run("document.documentElement.lang"), language)
            check_overview(page, run)
            check_quotas(page, run)
            check_search(page, run)
            check_filters(page, run)
            page.fits(1280, 800, 400)
            page.resize(400)
            same("columns of nothing, on a phone", page.texts("#records [hidden]"), [])
            page.resize(1280)
            page.alone()
            check_records(page, run)
            check_ways(page, run)
            check_keys(page, run)
            check_paper(page, run, f"an-binh.{language}")
        page.open(waves.file)
        check_quotas(page, waves)
        check_chart(page, "cohorts", waves.counts("cohort"))
        check_stages(page)
        check_hostile(page)


main()

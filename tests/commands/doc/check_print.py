"""check_print.py PDF PAGE: what a browser printed holds all that the page says, on A4 pages with headers, page numbers and whole tables."""

import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as tree

pdf, page = sys.argv[1:]
XHTML = "{http://www.w3.org/1999/xhtml}"
problems = []


def want(condition, what):
    if not condition:
        problems.append(what)


def output(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def squeezed(text):
    """Lines may break anywhere, so spaces do not count; the title is set in capitals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text)).casefold()


def words(element):
    return "".join(element.itertext())


def has_class(element, name):
    return name in (element.get("class") or "").split()


root = tree.parse(page).getroot()
sheets = output("pdftotext", pdf, "-").decode().split("\f")[:-1]
printed = [squeezed(sheet) for sheet in sheets]
everything = "".join(printed)

want(re.search(r"Page size: +59[45](\.\d+)? x 84[12](\.\d+)? pts \(A4\)", output("pdfinfo", pdf).decode()), "the paper is not A4")

# Every label, clause, maximum and condition, each letter with its marks. Text that a page break cuts in two is looked for in lines.
blocks = [element for tag in ("h1", "h2", "h3", "li", "p") for element in root.iter(XHTML + tag)]
blocks += [element for tag in ("strong", "span") for element in root.iter(XHTML + tag)]
blocks += [element for element in root.iter(XHTML + "td") if has_class(element, "most") or has_class(element, "total")]
leaves = [element for element in blocks if not any(child.tag in (XHTML + "ul", XHTML + "li") for child in element.iter() if child is not element)]
for element in leaves:
    said = squeezed(words(element))
    want(said in everything or all(squeezed(word) in everything for word in words(element).split()), f"not printed: {words(element)}")
want(len(leaves) > 20, "the page says hardly anything")

# A table that goes on says again what its columns are; each page has its number and is not left empty.
criteria = [squeezed(words(cell)) for cell in root.iter(XHTML + "td") if has_class(cell, "criterion")]
columns = next([squeezed(words(cell)) for cell in table.find(XHTML + "thead").iter(XHTML + "th")]
               for table in root.iter(XHTML + "table") if has_class(table, "criteria"))
for row in criteria:
    pages = [number for number, text in enumerate(printed) if row in text]
    want(pages, f"no row of a criterion: {row}")
    for number in pages:
        want(all(column in printed[number] for column in columns), f"page {number + 1}: criteria without the names of the columns")
for number, (sheet, text) in enumerate(zip(sheets, printed), start=1):
    want(sheet.strip().endswith(str(number)), f"page {number} has no number at its foot")
    want(len(text) > 150 or number == len(sheets), f"page {number} is almost empty")
want(len(sheets) <= 3 + len(criteria), f"{len(sheets)} pages for {len(criteria)} criteria")


def upright_lines(sheet, resolution=50):
    """Columns of pixels, as shares of the width, where a rule of at least a tenth of the page's height stands."""
    image = output("pdftoppm", "-gray", "-r", str(resolution), "-f", str(sheet), "-l", str(sheet), pdf)
    _, size, _, pixels = image.split(b"\n", 3)
    width, height = map(int, size.split())
    columns = []
    for x in range(width):
        run = longest = 0
        for y in range(height):
            run = run + 1 if pixels[y * width + x] < 225 else 0
            longest = max(longest, run)
        if longest > height / 10:
            columns.append(x / width)
    return columns


# Tables reach both margins (20 mm and 15 mm of 210) and have a rule there.
lines = [x for sheet in range(1, min(len(sheets), 4) + 1) for x in upright_lines(sheet)]
want(lines and min(lines) < 0.11, "the tables have no rule at the left")
want(lines and max(lines) > 0.91, "the tables have no rule at the right")

for problem in problems:
    print(f"{pdf}: {problem}", file=sys.stderr)
sys.exit(bool(problems))

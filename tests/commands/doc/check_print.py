"""check_print.py TEXT PAGE: what a browser printed holds the page's labels, each letter with its marks."""

import re
import sys
import unicodedata
import xml.etree.ElementTree as tree

printed, page = sys.argv[1:]
XHTML = "{http://www.w3.org/1999/xhtml}"


def squeezed(text):
    """Lines may break anywhere, so spaces do not count; the title is set in capitals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text)).casefold()


with open(printed, encoding="utf-8") as file:
    text = squeezed(file.read())
root = tree.parse(page).getroot()
labels = [element for tag in ("h1", "h2", "h3") for element in root.iter(XHTML + tag)]
labels += [cell.find(XHTML + "strong") for cell in root.iter(XHTML + "td") if cell.get("class") == "criterion"]
missing = [label for label in ("".join(element.itertext()) for element in labels) if squeezed(label) not in text]
for label in missing:
    print(f"{printed}: not printed: {label}", file=sys.stderr)
sys.exit(bool(missing) or not labels)

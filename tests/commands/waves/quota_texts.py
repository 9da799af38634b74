#!/usr/bin/env python3
"""quota_texts.py RESULTS PAGE.html BOOK.xlsx: what results say of quotas (place, cut, those equal at the cut) stands in both reports, word for word."""
import json
import sys
import zipfile
from xml.sax.saxutils import unescape

results, page, book = sys.argv[1:]
texts = {}
for line in open(results, encoding="utf-8"):
    quota = json.loads(line).get("quota")
    if quota:
        texts.setdefault(quota["standing"], set()).add(quota["text"])
assert set(texts) >= {"within", "beyond", "tied", "open"}, f"the example no longer shows every standing: {sorted(texts)}"

html = unescape(open(page, encoding="utf-8").read(), {"&quot;": '"', "&#39;": "'"})
with zipfile.ZipFile(book) as sheets:
    cells = unescape("".join(sheets.read(name).decode("utf-8") for name in sheets.namelist() if name.endswith(".xml")), {"&quot;": '"'})
for standing, of_standing in texts.items():
    for text in of_standing:
        assert text in html, f"{page} does not say ({standing}): {text}"
        assert text in cells, f"{book} does not say ({standing}): {text}"

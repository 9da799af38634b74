"""Edits of a pack's sources, as files of edits write them, for tests of what a command says of an edited copy.

`## title` begins an edit, `key: value` says where (`file:`) and what is waited for, `- text` is what to take out, the `+ text` lines after it
are what stands there instead.
"""


def read_edits(path, text_of):
    """`text_of` turns what follows the sign of a line into the text meant."""
    edits = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            edits.append({"title": line[3:], "line": number, "changes": []})
        elif not edits or not line.strip():
            continue
        elif line[0] == "-":
            edits[-1]["changes"].append([text_of(line[1:]), []])
        elif line[0] == "+":
            edits[-1]["changes"][-1][1].append(text_of(line[1:]))
        elif not line.startswith("#"):
            key, value = line.split(":", 1)
            edits[-1][key] = value.strip()
    return edits


def replace(edit, folder):
    path = folder / edit["file"]
    text = path.read_text(encoding="utf-8")
    for old, new in edit["changes"]:
        assert text.count(old) == 1, f"{edit['title']}: `{old}` stands {text.count(old)} times in {edit['file']}"
        text = text.replace(old, "\n".join(new))
    path.write_text(text, encoding="utf-8")

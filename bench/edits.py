"""Edits of a site, as its people make them: deterministic by seed, on any site folder, by its text files alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

SHARE = 0.1
WORDED = re.compile(r"(?P<lead>(?:[-*] |\d+\. |#+ )?)(?P<text>(?:\*\*|\[)?[A-Za-z][^|]*)\Z")
"""A line of Markdown that is a message of its own: a paragraph, a list item, a heading."""


def lines_of(page: str) -> Iterator[int]:
    """The numbers of the lines that are whole messages: not front matter, code, tables, directives or one of several lines."""
    lines, fenced = page.split("\n"), False
    start = lines.index("---", 1) + 1 if page.startswith("---\n") and "---" in lines[1:] else 0
    for at in range(start, len(lines)):
        fenced ^= lines[at].lstrip().startswith(("```", "~~~"))
        alone = all(
            not lines[by].strip() or re.match(r"[-*] |\d+\. |:::", lines[by])
            for by in (at - 1, at + 1)
            if start <= by < len(lines)
        )
        if not fenced and alone and WORDED.match(lines[at]) and len(lines[at].split()) > 2:
            yield at


def reworded(line: str, lot: random.Random) -> str:
    """The line after an edit. Of real edits 44 % touch only punctuation or markup and 10 % a number or a negation."""
    found = WORDED.match(line)
    assert found
    lead, text = found["lead"], found["text"]
    kind, words = lot.random(), text.split(" ")
    if kind < 0.44:
        changed = text[:-1] if text.endswith(".") else f"{text}."
    elif kind < 0.54:
        number = re.search(r"\d+", text)
        changed = text.replace(number[0], str(int(number[0]) + 1), 1) if number else f"{text} Do not wait."
    elif kind < 0.77:
        at = lot.randrange(1, len(words))
        changed = " ".join([*words[:at], "always", *words[at:]])
    else:
        changed = f"{text} Ask your care team about it."
    return lead + changed


def pages(root: Path) -> list[Path]:
    return sorted((root / "source").rglob("*.md"))


def rewrite(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def edit_english(root: Path, *, share: float = SHARE, seed: int = 1) -> int:
    """Edit that share of the messages of every page; returns how many."""
    count = 0
    for path in pages(root):
        text, lot = path.read_bytes().decode(), random.Random(f"{seed} {path.relative_to(root).as_posix()}")
        lines = text.split("\n")
        for at in lines_of(text):
            if lot.random() < share:
                lines[at] = reworded(lines[at], lot)
                count += 1
        rewrite(path, "\n".join(lines))
    return count


def edit_paragraph(root: Path) -> None:
    """Reword one paragraph, on the page in the middle."""
    found = pages(root)
    for path in found[len(found) // 2 :] + found:
        text = path.read_bytes().decode()
        lines = text.split("\n")
        for at in lines_of(text):
            if lines[at][:1].isalpha():
                lines[at] += " Ask your care team about it."
                return rewrite(path, "\n".join(lines))
    raise SystemExit(f"{root} has no paragraph of one line to edit.")


def edit_msgstr(root: Path) -> None:
    """Change one translation of a page's text, in the middle of the first catalog."""
    path = min((root / "locale").glob("*/LC_MESSAGES/messages.po"))
    entries = path.read_bytes().decode().split("\n\n")
    for at in [*range(len(entries) // 2, len(entries)), *range(len(entries) // 2)]:
        one = entries[at]
        if "#: source/" in one and ".md" in one and "fuzzy" not in one and "#~" not in one and "msgctxt" not in one:
            entries[at] = re.sub(r'(?m)^msgstr "(.{20,})"$', r'msgstr "\1 …"', one)
            if entries[at] != one:
                return rewrite(path, "\n\n".join(entries))
    raise SystemExit(f"{path} has no translation of one line to edit.")


def edit_template(root: Path) -> None:
    """Add a line to the head of the pages."""
    path = root / "templates/page.html"
    text = path.read_bytes().decode()
    rewrite(path, text.replace("</head>", '<meta name="rating" content="general">\n</head>', 1))

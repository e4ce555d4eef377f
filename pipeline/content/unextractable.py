"""What a page has and its readers or translators would never see: said to the editor, never passed over silently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from pipeline.content.inline import MAX_NESTING
from pipeline.content.yaml import CONTROL
from pipeline.core.lines import Lines
from pipeline.core.model import Finding, Level, Span

FOOTNOTE = re.compile(r"^[ \t>*+-]{0,40}\[\^([^\]\s]+)\]:", re.M)
CELL_END = re.compile(r"(?<!\\)\|")


def findings(path: str, text: str, tokens: Sequence[Token], env: Mapping[str, Any]) -> Iterator[Finding]:
    """Everything of `text` that neither extraction nor rendering reaches."""

    def found(code: str, level: Level, line: int, said: str) -> Finding:
        return Finding(code, level, said, Span(path, line))

    for control in CONTROL.finditer(text):
        said = f"The control character U+{ord(control[0]):04X} stands here, which no catalog can hold. Remove it."
        yield found("control-character", Level.ERROR, line_of(text, control.start()), said)
        break
    for token in tokens:
        if token.level >= MAX_NESTING - 2:
            line = token.map[0] + 1 if token.map else 1
            yield found(
                "nesting",
                Level.ERROR,
                line,
                "Nested too deeply: text below this point would be lost. Use fewer levels.",
            )
            break
    yield from footnotes(path, text, env.get("footnotes", {}).get("refs", {}))
    first: dict[str, int] = {}
    lines, low = Lines(text), text.lower()
    for one in FOOTNOTE.finditer(text):
        first.setdefault(one[1], one.start())
    for opening, token in pairwise(tokens):
        if opening.type == "footnote_open" and not (token.nesting > 0 or token.content):
            label = opening.meta.get("label", "")
            at = first.get(label, 0)
            said = f"The footnote [^{label}] has nothing in it. Write its text behind the colon, or indented by four below."
            yield found("footnote-empty", Level.ERROR, lines.below(at) + 1, said)
    for name, link in env.get("references", {}).items():
        if any(char.isalpha() for char in link.get("title", "")):
            line = link["map"][0] + 1 if link.get("map") else lines.below(max(low.find(f"[{name.lower()}]:"), 0)) + 1
            said = f'The title of the link [{name.lower()}] is not translated here. Write it with the link: [text](address "title").'
            yield found("reference-title", Level.WARNING, line, said)
    yield from cut_rows(path, text.split("\n"), tokens)


def line_of(text: str, at: int) -> int:
    """The 1-based line of a position."""
    return text.count("\n", 0, at) + 1


def footnotes(path: str, text: str, notes: Mapping[str, int]) -> Iterator[Finding]:
    """Footnotes that nobody refers to, and those that a second one of the same name replaces."""
    seen: set[str] = set()
    lines = Lines(text)
    for match in FOOTNOTE.finditer(text):
        label, line = match[1], lines.below(match.start()) + 1
        if notes.get(f":{label}", 0) < 0 and label not in seen:
            said = f"The footnote [^{label}] is never referred to, so it is neither shown nor extracted. Refer to it or remove it."
            yield Finding("footnote-unused", Level.WARNING, said, Span(path, line))
        if f":{label}" in notes and label in seen:
            said = f"A second footnote [^{label}]: one of the two is never shown. Give it another name."
            yield Finding("footnote-twice", Level.WARNING, said, Span(path, line))
        seen.add(label)


def cut_rows(path: str, lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Finding]:
    """Table rows with more cells than their table has columns: the rest is dropped (GFM 4.10)."""
    columns = 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and columns:
            row = lines[token.map[0]].strip(" \t>").removeprefix("|")
            cells = CELL_END.split(row.removesuffix("|") if not row.endswith("\\|") else row)
            if len(cells) > columns and any(re.search(r"\w", cell) for cell in cells[columns:]):
                said = f"This row has {len(cells)} cells, its table {columns}: the rest is not shown. Add a column, or write \\| for a bar in the text."
                yield Finding("table-row", Level.WARNING, said, Span(path, token.map[0] + 1))

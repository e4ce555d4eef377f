"""A page line by line, as its tool sees it with what it includes; and the document made of it, each message at the place where it is written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.content.files import front_of
from pipeline.core.model import Block, Document, Finding, Level, Link, Message, Section, Span

FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")
HEAD = 200
"""How many lines front matter may have."""


class Line(NamedTuple):
    """A line of a page as its tool sees it: the file and the line where it is written, and the line of the page that it stands for."""

    text: str
    path: str
    line: int
    at: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A page with what it includes. `files`: those that were looked for, found or not; `findings`: what cannot be read of them, each at
    a line of the page."""

    path: str
    lines: tuple[Line, ...]
    files: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def said(self) -> tuple[object, ...]:
        """All that a document follows from besides the page's own bytes, for a digest."""
        return self.lines, self.findings


def fence_after(fence: str, text: str) -> str:
    """The marks of the block of code that is open below a line, "" for none; `fence`: those of the one above it."""
    found = FENCE.match(text)
    if found is None or (fence and (not found[1].startswith(fence) or found[2].strip())):
        return fence
    return "" if fence else found[1]


def fenced(here: Line, language: str, lines: Sequence[Line]) -> list[Line]:
    """Some lines as a block of code, which none of them ends."""
    longest = max((len(one) for line in lines for one in re.findall("`+", line.text)), default=0)
    mark = "`" * max(3, longest + 1)
    return [here._replace(text=f"{mark}{language}"), *lines, here._replace(text=mark)]


def ended(page: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """What is included into a block of code and ends it."""
    opened: tuple[str, Line] | None = None
    for line in lines:
        found = FENCE.match(line.text) if "```" in line.text or "~~~" in line.text else None
        if found is None:
            continue
        if opened is None:
            opened = (found[1], line) if "`" not in found[2] or found[1][0] == "~" else None
        elif found[1].startswith(opened[0]) and not found[2].strip():
            if line.path != opened[1].path and line.path != page:
                what = f"{line.path}:{line.line} ends the block of code into which it is included. Begin and end that with more marks (`{opened[0]}{opened[0][0]}`)."
                yield Finding("dialect", Level.WARNING, what, Span(page, line.at))
            opened = None


def headed(page: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """What is included with its front matter, which tools show as text; in a block of code it is meant so."""
    opened = ""
    for at, line in enumerate(lines):
        if found := FENCE.match(line.text):
            if not opened:
                opened = found[1]
            elif found[1].startswith(opened) and not found[2].strip():
                opened = ""
        elif not opened and line.line == 1 and line.path != page and line.text.rstrip() in {"---", "+++"}:
            text = "".join(f"{one.text}\n" for one in lines[at : at + HEAD] if one.path == line.path)
            if front := front_of(text):
                below = front[0].count("\n") + 1
                what = f"{line.path} begins with front matter, which readers see here as text. Include what is below it: `{posixpath.basename(line.path)}:{below}:`."
                yield Finding("dialect", Level.WARNING, what, Span(page, line.at))


def placed(document: Document, whole: Whole) -> Document:
    """A document that was read from a page with what it includes: each message and finding at the place where it is written."""

    def here(line: int) -> Line:
        return whole.lines[min(max(line, 1), len(whole.lines)) - 1]

    def span(one: Span) -> Span:
        found = here(one.line)
        return Span(found.path, found.line)

    def finding(one: Finding) -> Finding:
        found = here(one.span.line)
        if found.path == whole.path or (one.level is Level.ERROR and one.code != "dialect"):
            text = one.text if found.path == whole.path else f"{found.path}:{found.line}: {one.text}"
            return replace(one, text=text, span=Span(whole.path, found.at))  # by its page it is held back
        return replace(one, span=span(one.span))

    def message(one: Message) -> Message:
        found = here(one.span.line)
        written = None if found.path == whole.path else Span(found.path, found.line)
        return replace(one, span=Span(whole.path, found.at), written=written)

    def block(one: Block) -> Block:
        return one if one.message is None else replace(one, message=message(one.message))

    def section(one: Section) -> Section:
        return Section(tuple(block(piece) if isinstance(piece, Block) else piece for piece in one.pieces))

    def link(one: Link) -> Link:
        return Link(one.target, span(one.span))

    return replace(
        document,
        fields=tuple((name, block(one)) for name, one in document.fields),
        sections=tuple(map(section, document.sections)),
        links=tuple(map(link, document.links)),
        placeholders=tuple(map(link, document.placeholders)),
        findings=(*whole.findings, *map(finding, document.findings)),
    )

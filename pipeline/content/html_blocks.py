"""Raw HTML blocks of a Markdown page: which stretches of them are text to translate.

A unit is the text, with its inline tags, between two block-level tags. Code, scripts and styles are not text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.content.inline import parse
from pipeline.content.inline_html import Tags
from pipeline.content.structure import nested
from pipeline.core import as_is
from pipeline.core.inline import ATTRIBUTE, FACT, TAG, VOID, WORDED, Syntax, has_words, unquoted
from pipeline.core.lines import Lines

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog div dl dt fieldset figcaption "  # noqa: SIM905
    "figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu nav "
    "noscript object ol optgroup option p param picture search section select source summary svg table tbody td template "
    "tfoot th thead title tr track ul video audio canvas".split()
)
VERBATIM = re.compile(
    r"<(script|style|pre|textarea|svg|math|xmp|iframe|noembed|noframes|plaintext)\b.*?(?:</\1\s*>|\Z)", re.S | re.I
)
SPACE = re.compile(r"[ \t\n\r\f]+")
"""White space as HTML folds it: a no-break space stays, it keeps a number and its unit together."""
LETTER = re.compile(r"[^\W\d_]")
BARE_WORDED = re.compile(r"\s(?:alt|title|aria-label|placeholder)\s*=\s*([^\s\"'<>]+)", re.I)
SPOKEN = frozenset(["label", "summary", "srcdoc", "aria-description", "aria-roledescription", "aria-valuetext"])
"""Attributes that readers see or hear, and that no message has."""
SILENT = re.compile(r"\stype\s*=\s*[\"']?(?:hidden|checkbox|radio|color|range)\b", re.I)
"""Fields whose `value` nobody sees."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with inline tags, white space folded; `line` counts from the block's first line, 0-based; `source` is the
    stretch as it stands there."""

    text: str
    line: int
    source: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """An element whose words are shown as they are in every language: preformatted text, text fields, what is embedded."""

    opening: str
    rest: str

    @property
    def source(self) -> str:
        """The element as it stands there."""
        return f"{self.opening}>{self.rest}"


def is_break(tag: re.Match[str]) -> bool:
    """Whether a tag ends the text before it: block-level tags, comments and declarations do."""
    return not tag[2] or tag[2].lower() in BLOCK_TAGS


def split(
    html: str, breaks: Callable[[re.Match[str]], bool] = is_break, *, balanced: bool = False
) -> Iterator[str | Run | Verbatim]:
    """The block as literal HTML, runs of text and verbatim elements, in order; together they are the block. `breaks`: whether a tag
    ends the text before it. `balanced`: of a text that has a tag which ends elsewhere, all between such tags is one run, and not
    between any."""
    at = start = 0
    tags, lines = Tags(html), Lines(html)
    while (at := html.find("<", at)) >= 0:
        skipped, tag = VERBATIM.match(html, at), tags.at(at)
        match = skipped or tag
        if match is None:
            at += 1
        elif skipped or (tag and breaks(tag)):
            yield from run(html, start, at, balanced, lines)
            yield verbatim(match[0]) if skipped and kept(skipped[1].lower(), match[0]) else match[0]
            at = start = match.end()
        else:
            at = match.end()
    yield from run(html, start, len(html), balanced, lines)


def kept(name: str, element: str) -> bool:
    """Whether an element is to say that its words are in the source's language. What a fact stands in says it itself."""
    if name in {"pre", "textarea"}:
        return True
    return name not in {"script", "style"} and not FACT.search(element) and any(True for _ in unreachable(element))


def verbatim(element: str) -> str | Verbatim:
    """A preformatted element: its start tag open for a language mark."""
    tag = TAG.match(element)
    return Verbatim(tag[0][:-1], element[tag.end() :]) if tag else element


def run(html: str, start: int, end: int, balanced: bool, lines: Lines) -> Iterator[str | Run]:
    """One stretch between breaks; where its tags do not close inside it, its tags are literal and the texts between them runs."""
    if nested(parse(html[start:end], Syntax.HTML).nodes):
        yield from stretch(html, start, end, lines)
        return
    at = start
    alone = lonely(html, start, end) if balanced else None
    for tag in Tags(html, start, end):
        if alone is None or tag.start() in alone:
            yield from stretch(html, at, tag.start(), lines)
            yield tag[0]
            at = tag.end()
    yield from stretch(html, at, end, lines)


def lonely(html: str, start: int, end: int) -> set[int]:
    """Where the tags of a stretch stand that begin or end an element which reaches beyond it."""
    alone: set[int] = set()
    stack: list[tuple[str, int]] = []
    for tag in Tags(html, start, end):
        name = (tag[2] or "").lower()
        if not name or name in VOID:
            continue
        if not tag[1]:
            stack.append((name, tag.start()))
        elif any(other == name for other, _ in stack):
            while (last := stack.pop())[0] != name:
                alone.add(last[1])
        else:
            alone.add(tag.start())
    return alone | {at for _, at in stack}


def stretch(html: str, start: int, end: int, lines: Lines) -> Iterator[str | Run]:
    """One run: its outer white space as literal HTML, the rest as text."""
    text = html[start:end]
    inner = text.strip(" \t\n\r\f")
    if not inner:
        if text:
            yield text
        return
    head, _, tail = text.partition(inner)
    if head:
        yield head
    yield Run(SPACE.sub(" ", inner), lines.below(start + len(head)), inner)
    if tail:
        yield tail


def unreachable(html: str, source: str = "") -> Iterator[tuple[str, int]]:
    """What has words but cannot be extracted, and its line (0-based): said to the editor, never passed over silently. What is to
    stay as it is (`core/as_is`) need not be; `source` is the tag of the source's language."""

    def stays(tag: str) -> bool:
        return bool(source) and as_is.said(tag, as_is.PLAIN, source).as_is

    line = Lines(html).below
    for match in VERBATIM.finditer(html):
        name = match[1].lower()
        if (
            name not in {"script", "style", "pre"}
            and not stays(match[0].partition(">")[0])
            and any(LETTER.search(piece.partition(">")[2]) for piece in match[0].split("<"))
        ):
            yield f"text inside <{name}>", line(match.start())
    for tag in Tags(html):
        if not tag[2] or tag[1] or stays(tag[0]):
            continue
        for what in unspoken(tag[0]):
            yield what, line(tag.start())
        if tag[2].lower() in BLOCK_TAGS:
            yield from ((what, line(tag.start())) for what in worded(tag))


def silent(tag: re.Match[str]) -> Iterator[str]:
    """The attributes of a tag that stands between texts, whose words are in no message."""
    if tag[2] and not tag[1]:
        yield from unspoken(tag[0])
        yield from worded(tag)


def worded(tag: re.Match[str]) -> Iterator[str]:
    """The attributes of a tag whose words are in a message where it stands in a text."""
    for attribute in WORDED.finditer(tag[0]):
        if has_letters(attribute[0].partition("=")[2]):
            yield said_of(attribute[0], tag)


def unspoken(html: str) -> Iterator[str]:
    """The attributes of a tag whose words are in no message, wherever it stands."""
    tag = TAG.match(html)
    for attribute in ATTRIBUTE.finditer(tag[3] or "") if tag else ():
        name, value = attribute[1].lower(), attribute[3]
        seen = name == "value" and tag and tag[2].lower() == "input" and not SILENT.search(html)
        bare = value[0] not in "\"'" and BARE_WORDED.fullmatch(f" {attribute[0]}")
        if (seen or bare or name in SPOKEN) and has_letters(unquoted(value)) and tag:
            yield said_of(attribute[0], tag)


def said_of(attribute: str, tag: re.Match[str]) -> str:
    """An attribute in words."""
    return f"the attribute {' '.join(attribute.split())[:80]} of <{tag[2].lower()}>"


def has_letters(text: str) -> bool:
    """Whether an attribute's value is words."""
    return has_words(parse(text, Syntax.TEXT))

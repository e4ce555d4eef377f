"""What there is on a page and on a site, to be found: the headings of a page, the list of all pages of a language with theirs, and
the English of each stretch of a translated page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import quote

from pipeline.content import claimed, render
from pipeline.core.inline import Facts
from pipeline.core.model import Block, Document, Resolution
from pipeline.core.settings import Settings
from pipeline.core.states import State
from pipeline.site import html_text

HEADING = re.compile(r'<h2\b[^>]*\sid="([^"]*)"')
FEWEST = 3
"""How many headings a page has at least, for a list of them."""
FIND = claimed.FIND
"""The slug of the page that lists everything; a page of the site's own by that name stands in its place."""
ROOM = 50_000
"""How large the list of a language is at most with the headings of its pages in it; above, it has the pages alone."""


class Heading(NamedTuple):
    """A heading of a page: its id, and the block that it is."""

    ident: str
    block: Block


def headings(document: Document) -> list[Heading]:
    """The headings that a list of a page's contents has; none where the page has few."""
    found = [
        Heading(unescape(match[1]), block)
        for section in document.sections
        for block in section.blocks
        if (match := HEADING.match(block.opening))
    ]
    return found if len(found) >= FEWEST else []


EVERY = re.compile(r'<h([1-6])\b[^>]*\sid="([^"]*)"')


def every_heading(document: Document) -> Iterator[tuple[int, str, Block]]:
    """Every heading of a page: its level, its id, and the block that it is."""
    for section in document.sections:
        for block in section.blocks:
            if match := EVERY.match(block.opening):
                yield int(match[1]), unescape(match[2]), block


class Stretch(NamedTuple):
    """The English of what stands under one heading: the place of the section before which it is shown, the texts that stand on
    the page in translation with their blocks' names, and a version of what readers get there."""

    ends: int
    texts: tuple[tuple[str, str], ...]
    version: str


def stretches(
    document: Document,
    shown: Mapping[int, Resolution],
    said: Mapping[int, str],
    original: Mapping[int, Resolution],
    names: Mapping[int, str],
    facts: Mapping[str, Facts],
    source: str,
    cut: Callable[[str], str] | None = None,
) -> Iterator[Stretch]:
    """The English of each stretch of a page that is not in English, block by block: of texts that are translated and have no
    English beside them already. What is withdrawn on the English page is in none. `said`: what is shown as HTML; `facts`: by
    locale name; `cut`: takes out of a piece of HTML the files that the English page withholds; a text with one is in none, since it is not whole there."""
    bare = facts[source]._replace(kept="")
    texts: list[tuple[str, str]] = []
    stretch: list[str] = []
    for at, section in enumerate((*document.sections, None)):
        if texts and (section is None or any(HEADING.match(block.opening) for block in section.blocks)):
            yield Stretch(at, tuple(texts), html_text.digest("\n".join(stretch))[:8])
            texts, stretch = [], []
        for block in section.blocks if section else ():
            one, english = shown.get(block.number), original.get(block.number)
            if one is None or english is None:
                continue
            stretch.append(words(said[block.number]))
            if one.spoken == source or english.spoken != source or english.state is State.RECALLED:
                continue
            html = render(english.text, bare)
            if (text := words(html)) and not (cut and cut(html) != html):
                texts.append((names[block.number], text))


def words(html: str) -> str:
    """The words of a text as they stand on its page."""
    return html_text.folded(html_text.text_of(html))


def reported(settings: Settings, tag: str, page: str, block: str, version: str) -> str:
    """Where somebody says that something is wrong with a place of a page; "" where the settings do not say."""
    said = {"language": tag, "page": page, "block": block, "version": version}
    return re.sub(r"\{(\w+)\}", lambda found: quote(said.get(found[1], found[0]), safe=""), settings.report)


def edited(settings: Settings, path: str) -> str:
    """Where a file of the site is edited; "" where the settings do not say."""
    return settings.edit.replace("{path}", quote(path))


def listed(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The pages of a language as its list has them, of what `row` says of each."""
    found = [*rows]
    if sum(len(escape(text)) + 2 * len(ident) + 60 for row in found for ident, _, text in row["toc"]) > ROOM:
        found = [{**row, "toc": []} for row in found]
    return found


def row(file: str, entry: str) -> tuple[dict[str, Any], ...]:
    """A page as the list of its language has it, from what the manifest says of it (JSON); nothing of one that asks to be left out."""
    found = json.loads(entry)
    if found.get("noindex"):
        return ()
    return ({"file": file, **{key: found.get(key, []) for key in ("title", "description", "toc")}},)


def ordered(rows: Sequence[Mapping[str, Any]], files: Sequence[str]) -> list[Mapping[str, Any]]:
    """The rows in reading order."""
    place = {file: at for at, file in enumerate(files)}
    return sorted(rows, key=lambda row: place[row["file"].partition("/")[2]])

"""The names that pages and headings of ours had: what is to stay at their addresses, as far as nothing else stands there now."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Protocol

from pipeline.content.files import slugs
from pipeline.content.former import clean
from pipeline.content.inline_html import ALIAS
from pipeline.core.model import Block, Document, Section, ident

PAGE = re.compile(r"source/(?:(?!\.)[^/\x00-\x1f]+/)*(?!\.)[^/\x00-\x1f]+\.\w+")
HEADING = re.compile(r'<h[1-6]\b[^>]*\sid="([^"]*)"')
NAME = re.compile(r"(?!fn(?:ref)?\d)[^\s\"'<>&A-Z]{1,200}")
"""What can be an id of a heading. Those of the templates begin with a capital, those of footnotes with `fn`."""


class Told(Protocol):
    """Who knows what was where: `changes/addresses` promises more."""

    def pages(self, there: Collection[str]) -> dict[str, tuple[str, ...]]: ...
    def ids(self, message: str, files: Collection[str]) -> Iterator[str]: ...


@dataclass(frozen=True)
class Nothing:
    """Nobody knows of anything."""

    def pages(self, there: Collection[str]) -> dict[str, tuple[str, ...]]:
        return {}

    def ids(self, message: str, files: Collection[str]) -> Iterator[str]:
        return iter(())


NOTHING = Nothing()


def places(files: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The addresses of the files that pages were (`launch/`), by their file now."""
    found = {}
    for now, some in files.items():
        pages = (old for old in some if PAGE.fullmatch(old) and not old.endswith((".yaml", ".yml")))
        found[now] = tuple(dict.fromkeys(there for old in pages if (there := clean(f"/{slugs([old])[old]}/"))))
    return {now: some for now, some in found.items() if some}


def with_former_ids(document: Document, told: Told, files: Collection[str]) -> Document:
    """A page whose headings keep the ids that they had, beside their own. `files`: those that the page is and was."""
    taken = {*document.anchors}
    new: list[str] = []
    sections = []
    for section in document.sections:
        pieces: list[str | Block] = []
        for piece in section.pieces:
            if isinstance(piece, Block) and piece.message and (match := HEADING.match(piece.opening)):
                own = unescape(match[1])
                ids = (one for one in told.ids(ident(piece.message.key), files) if NAME.fullmatch(one) and one != own)
                kept = [one for one in dict.fromkeys(ids) if one not in taken]
                taken |= {*kept}
                new += kept
                if html := "".join(ALIAS.format(escape(one)) for one in kept):
                    pieces.append(f"{pieces.pop()}{html}" if pieces and isinstance(pieces[-1], str) else html)
            pieces.append(piece)
        sections.append(Section(tuple(pieces)))
    if not new:
        return document
    return replace(document, sections=tuple(sections), anchors=(*document.anchors, *new))

"""Where links of a copy lead: a name of a place that is made from translated words (`#lagerung`) is that of the English there.

A link to a name that the English has leads to that. A heading of the copy whose name nobody wrote has it by its words, and is the
heading at its place of the English, where both pages have headings of the same levels in the same order. A name that somebody wrote
(`{#privacy}`) is that place and no other, wherever it stands.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from pipeline.changes.parts import PLACE, loose, split, target
from pipeline.core.forms import normalized
from pipeline.core.inline import Inline
from pipeline.core.model import Document


@dataclass(frozen=True)
class Sides:
    """A page and its copy, by the names of their places."""

    english: Document
    copy: Document | None = None

    @cached_property
    def ours(self) -> Mapping[str, str]:
        """The names of the English, as they are compared."""
        return {loose(name): name for name in reversed(self.english.anchors)}

    @cached_property
    def by_place(self) -> Mapping[str, str]:
        """The names that the words of the copy's headings made and that are no names of the English, each with that of the heading at
        its place."""
        if self.copy is None:
            return {}
        first, second = headings(self.english), headings(self.copy)
        if [one.level for one in first] != [one.level for one in second]:
            return {}
        return {
            loose(theirs.name): mine.name
            for mine, theirs in zip(first, second, strict=True)
            if theirs.made and loose(theirs.name) not in self.ours
        }

    def name(self, fragment: str) -> str:
        """The English name of the place that a fragment of the copy leads to; the fragment where nobody can tell."""
        known = loose(fragment)
        return self.ours.get(known) or self.by_place.get(known) or fragment


class Heading(NamedTuple):
    """A heading: its level, its name, and whether that is made from its words."""

    level: str
    name: str
    made: bool


def headings(document: Document) -> Sequence[Heading]:
    """The headings of a page that have names, in order."""
    return [
        Heading(found[1], unescape(found[2]), is_made(unescape(found[2]), block.inline))
        for block in document.blocks()
        if (found := PLACE.match(block.opening))
    ]


def is_made(name: str, words: Inline) -> bool:
    """Whether a name is what tools make of the words of a heading, with accents or without, with a number behind it or not."""
    text = "".join(node.text for node in words.nodes if node.kind != "html")
    rest = bare(name).removeprefix(bare(text))
    return rest != bare(name) and (not rest or rest.isdecimal())


def bare(name: str) -> str:
    """A name or a text without accents, as they are compared."""
    return loose("".join(char for char in normalized("NFD", unquote(name)) if not unicodedata.combining(char)))


@dataclass(frozen=True)
class Leads:
    """The links of the copies of one language: `pages` are all pages of the site by name (`guide/pump`), those with a copy with it."""

    pages: Mapping[str, Sides]

    @cached_property
    def lower(self) -> Mapping[str, str]:
        """The names by themselves in small letters."""
        return {name.lower(): name for name in self.pages}

    def page(self, name: str, path: str) -> Sides | None:
        """The page that a path in a link of a page leads to, if that is one of the site."""
        return self.pages.get(self.called(name, path) or "")

    def called(self, name: str, path: str) -> str | None:
        """The name of that page."""
        if not path:
            return name if name in self.pages else None
        if "://" in path or path.startswith("mailto:"):
            return None
        plain = re.sub(r"(?:\.mdx?|\.markdown|\.html?|/index|/)+$", "", unquote(path))
        beside = (posixpath.normpath(posixpath.join(above, plain)) for above in (posixpath.dirname(name), name))
        for one in (*beside, target(path)):
            for called in (one, f"{one}/index"):
                if found := self.lower.get(called.lower()):
                    return found
        return None

    def english(self, name: str, address: str) -> str:
        """An address in a copy of a page with the fragment that the English has for that place."""
        path, fragment = split(address)
        sides = self.page(name, path) if fragment else None
        return f"{path}#{made}" if sides and (made := sides.name(fragment)) != unquote(fragment) else address

    def by_place(self, name: str, address: str) -> tuple[str, str] | None:
        """The page and the place that an address in a copy leads to, where only the order of the headings there tells which it is."""
        path, fragment = split(address)
        page = self.called(name, path) if fragment else None
        found = self.pages[page].by_place.get(loose(fragment)) if page else None
        return (page, loose(found)) if page and found and loose(found) != loose(fragment) else None

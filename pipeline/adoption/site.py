"""The messages of a site, found by the forms of their texts; and what else its pages say."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.adoption import forms
from pipeline.adoption.fates import Fate
from pipeline.adoption.foreign import same_page
from pipeline.adoption.readings import Unit
from pipeline.catalog import Entry
from pipeline.content.marks import NO_MARKS, Marks
from pipeline.core.inline import Syntax
from pipeline.core.model import Key, Message, Refs, syntax_of


class Spot(NamedTuple):
    """A message, what its text is written in, what its reference links lead to, and the files that it is in."""

    message: Message
    syntax: Syntax
    refs: Refs
    pages: tuple[str, ...]

    @property
    def key(self) -> Key:
        return self.message.key


class Hit(NamedTuple):
    """A message that has the text of a unit, and how it was found."""

    spot: Spot
    fate: Fate


@dataclass(frozen=True)
class Site:
    """A site's messages and the text of its pages, by source file. `keys`: the front-matter fields that are messages."""

    messages: tuple[Message, ...]
    sources: Mapping[str, str] = field(default_factory=dict)
    marks: Marks = NO_MARKS
    keys: tuple[str, ...] = ()
    named: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, compare=False)

    @cached_property
    def spots(self) -> Mapping[Key, Spot]:
        """Every message once."""
        pages: dict[Key, list[str]] = defaultdict(list)
        refs: dict[Key, list[tuple[str, str, str]]] = defaultdict(list)
        first: dict[Key, Message] = {}
        for message in self.messages:
            first.setdefault(message.key, message)
            pages[message.key].append(message.span.path)
            refs[message.key] += message.refs
        return {
            key: Spot(
                message,
                syntax_of(key, message.kind, message.span.path),
                tuple(dict.fromkeys(refs[key])),
                tuple(dict.fromkeys(pages[key])),
            )
            for key, message in first.items()
        }

    @cached_property
    def links(self) -> Refs:
        """The link definitions of all pages, the first of each label."""
        found: dict[str, tuple[str, str, str]] = {}
        for message in self.messages:
            for one in message.refs:
                found.setdefault(one[0], one)
        return tuple(found.values())

    @cached_property
    def by_spaces(self) -> Mapping[str, tuple[Spot, ...]]:
        return grouped((forms.spaces(key.msgid), spot) for key, spot in self.spots.items())

    @cached_property
    def by_marks(self) -> Mapping[str, tuple[Spot, ...]]:
        return grouped(
            (form, spot)
            for key, spot in self.spots.items()
            for form in {forms.marks(key.msgid, spot.syntax), forms.marks(key.msgid, spot.syntax, spot.refs)}
        )

    @cached_property
    def by_letters(self) -> Mapping[str, tuple[Spot, ...]]:
        return grouped(
            (form, spot)
            for key, spot in self.spots.items()
            for form in {forms.letters(key.msgid, spot.syntax), forms.letters(key.msgid, spot.syntax, spot.refs)}
            if form
        )

    @cached_property
    def by_numbers(self) -> Mapping[str, tuple[Spot, ...]]:
        """The messages with links, by their text with numbers where these lead (see `forms.numbered`)."""
        return grouped(
            (form, spot)
            for key, spot in self.spots.items()
            if spot.syntax is Syntax.MARKDOWN and "{1}" in (form := unlinked(key.msgid))
        )

    def hits(self, unit: Unit, pages: Sequence[str]) -> tuple[Hit, ...]:
        """The messages that have the very text of a unit, each with the closest form in which the two are the same. Those with a
        context only where the unit is that field, or they stand on one of its pages: the words may mean something else there."""
        found: dict[Key, Hit] = {}
        for fate, spots in self.same(unit):
            for spot in spots:
                if spot.key not in found and spot.message.plural is None:
                    found[spot.key] = Hit(spot, fate)
        return tuple(sorted(self.allowed(found.values(), unit, pages), key=lambda hit: hit.fate.rank))

    def allowed(self, hits: Iterable[Hit], unit: Unit, pages: Sequence[str]) -> Iterable[Hit]:
        for hit in hits:
            context = hit.spot.key.context
            if unit.field:
                if context == unit.field:
                    yield hit
            elif context is None:
                yield hit
            elif any(path in self.near(page) for page in pages for path in hit.spot.pages):
                yield hit._replace(fate=Fate.FIELD)

    def same(self, unit: Unit) -> Iterable[tuple[Fate, tuple[Spot, ...]]]:
        """The messages of each form, the closest first."""
        if (spot := self.spots.get(Key(unit.field or None, unit.english))) is not None:
            yield Fate.EXACT, (spot,)
        yield Fate.SPACES, self.by_spaces.get(forms.spaces(unit.english), ())
        for refs in ((), self.links):
            yield Fate.WRITTEN, self.by_marks.get(forms.marks(unit.english, unit.syntax, refs), ())

    def plural(self, entry: Entry) -> Spot | None:
        """The message of the key and the plural of an entry."""
        spot = self.spots.get(entry.key)
        return spot if spot and spot.message.plural == entry.plural else None

    def alike(self, unit: Unit) -> tuple[Spot, ...]:
        """The messages without a context whose letters and digits are those of a unit."""
        found = {
            spot.key: spot
            for refs in ((), self.links)
            for spot in self.by_letters.get(forms.letters(unit.english, unit.syntax, refs), ())
            if spot.message.plural is None and spot.key.context == (unit.field or None)
        }
        return tuple(found.values())

    # What stands on the pages beside their messages -------------------------------------------------------------------

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        return {path: Page.of(text) for path, text in self.sources.items()}

    def beside(self, text: str, pages: Sequence[str]) -> tuple[str, int, bool] | None:
        """Where the letters of a text stand on the pages: file, line, and whether that is code; None where they do not."""
        wanted = forms.plain(text)
        if len(wanted) < 2:
            return None
        near = dict.fromkeys(path for page in pages for path in self.near(page))
        for path in (*near, *(path for path in self.sources if path not in near)):
            if (at := self.pages[path].find(wanted)) is not None:
                return path, at, at in self.pages[path].code
        return None

    def around(self, text: str, path: str) -> Spot | None:
        """The message of a page that a text is a part of."""
        wanted = forms.plain(text)
        spots = (spot for spot in self.spots.values() if path in spot.pages)
        return next((spot for spot in spots if wanted in forms.letters(spot.key.msgid, spot.syntax)), None)

    def near(self, page: str) -> tuple[str, ...]:
        """The source files that a page which another tool names can be."""
        if page not in self.named:
            self.named[page] = tuple(path for path in self.sources if same_page(page, path))
        return self.named[page]


def unlinked(source: str) -> str:
    """A Markdown text as the Translate Toolkit has it: links by number, entities as characters, no line break."""
    from html import unescape

    return forms.spaces(unescape(forms.BREAK.sub(" ", forms.numbered(source)[0])))


def grouped(rows: Iterable[tuple[str, Spot]]) -> Mapping[str, tuple[Spot, ...]]:
    found: dict[str, list[Spot]] = defaultdict(list)
    for form, spot in rows:
        found[form].append(spot)
    return {form: tuple(spots) for form, spots in found.items()}


class Page(NamedTuple):
    """The letters and digits of a page, where each line of it begins among them, and its lines of code."""

    letters: str
    begins: tuple[int, ...]
    code: frozenset[int]

    @staticmethod
    def of(text: str) -> Page:
        begins: list[int] = []
        code: set[int] = set()
        fence = ""
        pieces: list[str] = []
        for number, line in enumerate(text.split("\n"), 1):
            begins.append(begins[-1] + len(pieces[-1]) if begins else 0)
            pieces.append(forms.plain(TARGET.sub("]", line)))
            opened = FENCE.match(line)
            if fence:
                code.add(number)
                fence = "" if opened and opened[1].startswith(fence) and not line.strip(" >`~\t") else fence
            elif opened:
                fence = opened[1][:3]
                code.add(number)
            elif line.startswith(("    ", "\t")):
                code.add(number)
        return Page("".join(pieces), tuple(begins), frozenset(code))

    def find(self, wanted: str) -> int | None:
        """The line on which a text begins, 1-based; one of code where it stands in some."""
        first, at = None, self.letters.find(wanted)
        while at >= 0:
            line = bisect.bisect_right(self.begins, at)
            if line in self.code:
                return line
            first, at = first or line, self.letters.find(wanted, at + 1)
        return first


TARGET = re.compile(r"\]\([^()\s]*\)|https?://\S+|<[a-z]+:[^\s<>]*>")
FENCE = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(`{3,}|~{3,})")

"""The addresses that translators' titles gave to pages, `locale/slugs.jsonl`: what a page is called in a language, and was before.

`update` writes them, nothing else makes one: so an address that a build has published stands here, and stays answered for when the
title is reworded. The lines are a set (`core/ledger`); of two of one second the later one holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.core.forms import normalized
from pipeline.core.ledger import Fields, Ledger, written
from pipeline.core.locales import NAME

PATH = "locale/slugs.jsonl"
MOST = 50
"""How many former addresses of a page are answered in one language, the latest."""
LONGEST, BYTES = 60, 180
"""How long one part of an address may be, in characters and as UTF-8: a file's name has 255 bytes on most systems."""
RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d|index|find-a-topic")
"""What Windows takes for a device, and what stands beside the pages of a language."""
JOINER = "\u200c"
"""Sets halves of a word apart (Persian): a hyphen does in an address."""
PART = re.compile(r"(?!\.)[^\x00-\x20\x7f-\x9f/\\:*?\"<>|\ufffe\uffff]([^\x00-\x1f\x7f-\x9f/\\:*?\"<>|]*)")
"""A part of an address as any file system takes it: of folders that editors named."""


def component(text: str) -> str:
    """A title as the last part of an address: its letters, marks and digits in lower case, in whatever script, and hyphens; "" where
    that leaves no letter, or a name that no file may have."""
    kept = []
    for char in normalized("NFC", text).lower():
        kind = unicodedata.category(char)
        if kind[0] in "LMN":
            kept.append(char)
        elif kind != "Cf" or char == JOINER:
            kept.append("-")
    words = filter(None, map(begun, "".join(kept).split("-")))
    name = cut(normalized("NFC", "-".join(words)))
    return "" if RESERVED.fullmatch(name) or not any(map(str.isalpha, name)) else name


def is_mark(char: str) -> bool:
    """Whether a sign combines with the one before it."""
    return unicodedata.category(char)[0] == "M"


def begun(word: str) -> str:
    """A word without marks before its first letter."""
    while word and is_mark(word[0]):
        word = word[1:]
    return word


def cut(name: str) -> str:
    """A part of an address that is not too long, cut between words where it has some, else between letters."""
    if len(name) <= LONGEST and len(name.encode()) <= BYTES:
        return name
    end = min(LONGEST, len(name.encode()[:BYTES].decode(errors="ignore")))
    while end and is_mark(name[end : end + 1] or "a"):
        end -= 1
    short = name[:end]
    whole = short.rpartition("-")[0]
    return whole if len(whole) > LONGEST // 2 and name[end : end + 1] != "-" else short.rstrip("-")


@dataclass(frozen=True, slots=True)
class Slug:
    """A page's address below a language's folder (`bomba/alarmas`), since a UTC time. `was`: the file that the page was until then;
    what stands of that file before is the page's, whatever file has its name later."""

    at: str
    locale: str
    page: str
    slug: str
    was: str = ""

    def line(self) -> str:
        """The line as it stands in the file."""
        names = ("at", "locale", "page", "slug", *(["was"] if self.was else []))
        return written({name: getattr(self, name) for name in names})

    @staticmethod
    def parse(found: Fields) -> Slug:
        """A line of the file. Raises ValueError with what is wrong."""
        locale, slug = found.text("locale", None), found.text("slug", None)
        if not NAME.match(locale):
            raise ValueError("`locale` is a locale name, as es or zh_Hans")
        if not all(PART.fullmatch(part) and len(part.encode()) < 256 for part in slug.split("/")):
            raise ValueError("`slug` is an address below the folder of the language, as bomba/alarmas")
        return Slug(found.time("at"), locale, found.text("page", None), slug, found.text("was"))


@dataclass(frozen=True)
class Slugs(Ledger[Slug]):
    """The addresses of a site."""

    path: str = PATH

    code, until = "slugs", "Until then the address of this line is answered with what is not found."
    parse = staticmethod(Slug.parse)

    @cached_property
    def by_page(self) -> Mapping[tuple[str, str], Sequence[Slug]]:
        """The lines of each file in each language, by locale name and source file, the latest last."""
        found: dict[tuple[str, str], list[Slug]] = {}
        for row in sorted(self.rows, key=lambda row: row.at):
            found.setdefault((row.locale, row.page), []).append(row)
        return found

    @cached_property
    def left(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """When the page of a file went to another file, by locale name and file, the latest last."""
        found: dict[tuple[str, str], list[str]] = {}
        for row in sorted(self.rows, key=lambda row: row.at):
            if row.was:
                found.setdefault((row.locale, row.was), []).append(row.at)
        return found

    def of(self, locale: str, files: Sequence[str]) -> list[Slug]:
        """The addresses in a language of a page that is or was one of some files, the latest last: with those that it brought from
        files noted in its lines, and without those that a page before it took along from its file."""
        rows: list[Slug] = []
        ahead = [(file, AFTER) for file in files]
        for file, end in ahead:
            begin = max((at for at in self.left.get((locale, file), ()) if at < end), default="")
            some = [row for row in self.by_page.get((locale, file), ()) if begin <= row.at < end]
            rows += some
            ahead += [(row.was, row.at) for row in some if row.was]
        return sorted(dict.fromkeys(rows), key=lambda row: row.at)


AFTER = "~"
"""After every time."""

NO_SLUGS = Slugs()
"""The addresses of a site whose pages are called alike in every language."""


def load(root: Path) -> Slugs:
    """The addresses of a site; none where there is no file."""
    return Slugs().load(root)

"""What a picture, a recording or a PDF says: `FILE.made-from`, beside the file, names the texts it was made from, by language.

A file that carries words is right as long as those words are what the page says. Each line is a text and its translation, by id,
as they were when the file was made; the English is its own translation. Where any of them is another now the file is withheld
in that language. A language without a line of its own gets the file by what the source language says of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.core.ledger import Fields, Ledger, written
from pipeline.review.reviews import PairId

SUFFIX = ".made-from"
"""How the name of a declaration ends, after the name of its file."""


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """One text that a file was made from, in one language; `page` and `block` are for readers."""

    locale: str
    pair: PairId
    page: str = ""
    block: str = ""

    def line(self) -> str:
        """The line as it stands in the file."""
        found = {"message": self.pair.message, "translation": self.pair.translation, "locale": self.locale}
        return written({**found, "page": self.page, "block": self.block})

    @staticmethod
    def parse(found: Fields) -> MadeFrom:
        """A line of the file. Raises ValueError with what is wrong."""
        if not (locale := found.text("locale")):
            raise ValueError("`locale` says in which language")
        pair = PairId(found.ident("message"), found.ident("translation"))
        return MadeFrom(locale, pair, found.text("page"), found.text("block"))


@dataclass(frozen=True)
class Declaration(Ledger[MadeFrom]):
    """What one file was made from."""

    code, until = "media", "Until then its file is withheld in every language."
    parse = staticmethod(MadeFrom.parse)

    @cached_property
    def by_locale(self) -> Mapping[str, tuple[MadeFrom, ...]]:
        """The texts of each language."""
        found: dict[str, list[MadeFrom]] = {}
        for row in self.rows:
            found.setdefault(row.locale, []).append(row)
        return {locale: tuple(rows) for locale, rows in found.items()}

    def of(self, locale: str, source: str) -> tuple[MadeFrom, ...]:
        """What holds for a language: its own lines, or those of the source language."""
        return self.by_locale.get(locale) or self.by_locale.get(source, ())

    def gone(self, locale: str, source: str, said: Mapping[str, Collection[PairId]]) -> tuple[MadeFrom, ...]:
        """The texts of a language that are not said any more. `said`: what every language says, by locale name."""
        return tuple(row for row in self.of(locale, source) if row.pair not in said[row.locale])


Declarations = Mapping[str, Declaration]
"""What each file that carries words was made from, by its name under source/."""


def path_of(name: str) -> str:
    """Where the declaration of a file is, relative to the root."""
    return f"source/{name}{SUFFIX}"


def load(root: Path, names: Iterable[str]) -> Declarations:
    """The declarations of some files by name; nothing of those that have none."""
    found = ((name, Declaration(path=path_of(name)).load(root)) for name in names)
    return {name: one for name, one in found if one.body is not None}

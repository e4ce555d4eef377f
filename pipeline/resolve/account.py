"""What one file adds to what is said of a whole language: kept beside its rows, so that of a file to which nothing happened no row is
read. All accounts of a language together say what all its rows say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.catalog import Entry
from pipeline.checks import kept, runner
from pipeline.content import Content, parse
from pipeline.core.inline import Inline, Syntax
from pipeline.core.model import Finding, Key, Resolution
from pipeline.resolve.addresses import called
from pipeline.resolve.coverage import Coverage, Tally, counted, gravest, together
from pipeline.resolve.figures import NO_FIGURES, Figures, Shown, by_message, figures, shown_of
from pipeline.resolve.table import Table
from pipeline.text import language


class Read(NamedTuple):
    """What the checks of whole catalogs read of a message and its translation, in their order."""

    key: Key
    syntax: Syntax
    said: tuple[str, ...]


class Account(NamedTuple):
    """One file. `tally` and `words` count all its messages, `alone` and `words_alone` those that stand in no other file. `listed` are
    the rows of the messages that do, and of the others the gravest of each that is not done, in reading order. `findings` is all that
    is said of any row. `read` (with a digest of the texts, `seal`) is of what stands in no other file; `figures`, `title` (what is shown of it) and `called` (whether its
    name is shown in the language) are of a page."""

    tally: Tally
    alone: Tally
    words: Shown
    words_alone: Shown
    listed: tuple[Resolution, ...] = ()
    findings: tuple[Finding, ...] = ()
    read: tuple[Read, ...] = ()
    seal: str = ""
    figures: Figures = NO_FIGURES
    title: Resolution | None = None
    called: bool = False


Accounts = Mapping[str, Account]
"""The accounts of a language by file: its documents in the order of its table, then its templates."""


@dataclass(frozen=True)
class Accounting:
    """What accounts of one language are made with. `entries`: what is alive in its catalog."""

    content: Content
    locale: str
    source: str
    entries: Mapping[Key, Entry]

    def document(self, path: str, rows: Mapping[int, Resolution]) -> Account:
        """The account of a document."""
        made, page = self.file(tuple(rows.values())), self.content.by_path.get(path)
        if page is None:
            return made
        return made._replace(
            figures=figures(rows.values(), self.locale, self.source),
            title=rows.get(page.title.number),
            called=bool(page.slug and called(page, rows, self.locale)),
        )

    def lazily(self, path: str, documents: Mapping[str, Mapping[int, Resolution]]) -> Account:
        """The same, of rows that are read for it."""
        return self.document(path, documents[path])

    def file(self, found: Sequence[Resolution]) -> Account:
        """The account of a file that is no page."""
        shared, worst, groups = self.content.shared, gravest(found), by_message(found)
        alone = {key: group for key, group in groups.items() if key not in shared}
        listed: list[Resolution] = []
        for key, one in worst.items():
            listed += groups[key] if key in shared else [] if one.state.done else [one]
        whole, words = counted(worst.values()), shown_of(groups.items(), self.source)
        same = len(alone) == len(groups)
        return Account(
            whole,
            whole if same else counted(worst[key] for key in alone),
            words,
            words if same else shown_of(alone.items(), self.source),
            tuple(listed),
            tuple(dict.fromkeys(said for one in found for said in one.findings)),
            *self.read(one for group in alone.values() for one in group),
        )

    def read(self, found: Iterable[Resolution]) -> tuple[tuple[Read, ...], str]:
        """What the checks of whole catalogs read of some rows, each message once, and a digest of the texts."""
        spoken, read, told = language(self.locale), list[Read](), list[str]()
        for key, text in self.texts(found).items():
            english = parse(key.msgid, text.syntax)
            read.append(Read(key, text.syntax, tuple(one.reads(english, text, spoken) for one in runner.across())))
            told += repr(key[0]), key[1], kept.told(text)
        return tuple(read), kept.hashed(*told)

    def texts(self, found: Iterable[Resolution]) -> dict[Key, Inline]:
        """The translations among some rows that are those of entries with one form, by message."""
        shown = {one.message.key: one.text for one in found if one.spoken == self.locale and one.state.done}
        return {key: text for key, text in shown.items() if (at := self.entries.get(key)) and at.plural is None}


def templates(table: Table) -> dict[str, tuple[Resolution, ...]]:
    """What is shown of every template."""
    found: dict[str, list[Resolution]] = {}
    for one in table.interface:
        found.setdefault(one.message.span.path, []).append(one)
    return {path: tuple(rows) for path, rows in found.items()}


def summed(locale: str, accounts: Accounts, shared: Set[Key], findings: Iterable[Finding]) -> Coverage:
    """The coverage of one language from the accounts of its files. `shared`: the messages that stand in several."""
    worst = gravest(found for one in accounts.values() for found in one.listed)
    several = counted(found for key, found in worst.items() if key in shared)
    return Coverage(
        locale,
        together([several, *(one.alone for one in accounts.values())]),
        {path: one.tally for path, one in accounts.items() if one.tally.total},
        tuple(found for found in worst.values() if not found.state.done),
        tuple(findings),
    )

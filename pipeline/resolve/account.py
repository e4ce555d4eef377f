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


class Reading(NamedTuple):
    """What the checks of whole catalogs read of some messages of a file and their translations: by columns, since most are only passed on.
    `places`: where each message stands among those of the file (see `Accounting.keys`); `said`: what each check read, in their order."""

    places: tuple[int, ...] = ()
    syntaxes: tuple[Syntax, ...] = ()
    said: tuple[tuple[str, ...], ...] = ()

    def of(self, number: int) -> tuple[str, ...]:
        """What one check read."""
        return self.said[number] if self.places else ()

    def among(self, wanted: Sequence[int]) -> Reading:
        """The rows in some places of it alone."""
        return Reading(
            tuple(self.places[at] for at in wanted),
            tuple(self.syntaxes[at] for at in wanted),
            tuple(tuple(column[at] for at in wanted) for column in self.said),
        )

    def with_more(self, more: Reading) -> Reading:
        """Its rows, and others of the file after them."""
        if not (self.places and more.places):
            return self if self.places else more
        said = tuple((*one, *other) for one, other in zip(self.said, more.said, strict=True))
        return Reading(self.places + more.places, self.syntaxes + more.syntaxes, said)


NOTHING_READ = Reading()


class Account(NamedTuple):
    """One file. `tally` and `words` count all its messages, `alone` and `words_alone` those that stand in no other file. `listed` are
    the rows of the messages that do, and of the others the gravest of each that is not done, in reading order. `findings` is all that
    is said of any row. `read` (with a digest of the texts, `seal`) is of what stands in no other file, `both` the same of what does; `figures`, `title` (what is shown of it) and `called` (whether its
    name is shown in the language) are of a page."""

    tally: Tally
    alone: Tally
    words: Shown
    words_alone: Shown
    listed: tuple[Resolution, ...] = ()
    findings: tuple[Finding, ...] = ()
    read: Reading = NOTHING_READ
    seal: str = ""
    figures: Figures = NO_FIGURES
    title: Resolution | None = None
    called: bool = False
    both: tuple[Reading, str] = (NOTHING_READ, "")


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
        made, page = self.file(path, tuple(rows.values())), self.content.by_path.get(path)
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

    def file(self, path: str, found: Sequence[Resolution]) -> Account:
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
            *self.read(path, (one for group in alone.values() for one in group)),
            both=self.read(path, (one for key, group in groups.items() if key in shared for one in group)),
        )

    def read(self, path: str, found: Iterable[Resolution]) -> tuple[Reading, str]:
        """What the checks of whole catalogs read of some rows of a file, each message once, and a digest of the texts."""
        spoken, rows, told = language(self.locale), list[tuple[str, ...]](), list[str]()
        texts = self.texts(found)
        place = {key: at for at, key in enumerate(self.keys(path))} if texts else {}
        for key, text in texts.items():
            english = parse(key.msgid, text.syntax)
            rows.append(tuple(one.reads(english, text, spoken) for one in runner.across()))
            told += repr(key[0]), key[1], kept.told(text)
        syntaxes = tuple(text.syntax for text in texts.values())
        return Reading(tuple(map(place.__getitem__, texts)), syntaxes, tuple(zip(*rows, strict=True))), kept.hashed(
            *told
        )

    def keys(self, path: str) -> Sequence[Key]:
        """The messages of a file, each once, in its order."""
        if path in self.content.keys:
            return self.content.keys[path]
        return tuple(dict.fromkeys(one.key for one in self.content.interface if one.span.path == path))

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

"""Mending headers (`update --mend-headers`): what is known of the texts goes along with their forms, and what was done is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.catalog import Catalog, Entry, bundled, po_file
from pipeline.changes.former import text_id
from pipeline.changes.lineage import Held
from pipeline.changes.mended_headers import Mended, doubtful, mended
from pipeline.core.ledger import save
from pipeline.core.model import Finding, Level, Span
from pipeline.core.policy import ORIGINS
from pipeline.project.project import Project
from pipeline.review import reviews
from pipeline.review.reviews import SIGNED, Line, pair_of


@dataclass(frozen=True, slots=True)
class Mending:
    """One catalog under a header that fits its language, not yet written."""

    name: str
    made: Mended
    signed: int
    doubtful: bool

    @property
    def catalog(self) -> Catalog:
        return self.made.catalog

    def findings(self, name: str) -> tuple[Finding, ...]:
        """What is wrong with the file as it is going to be."""
        if not (self.made.fields or self.made.moved):
            return self.catalog.findings(name)
        text = self.catalog.text().encode(self.catalog.encoding, errors="surrogateescape")
        return po_file.parse(self.catalog.path, text).findings(name)

    def held(self, held: Held) -> Held:
        """What is held of the texts, of their forms in the new order too: whose translation one was stays known."""
        turned = {text_id(old.strings): text_id(new.strings) for old, new in self.made.moved}
        turned = {old: new for old, new in turned.items() if old != new}
        rows = [
            replace(row, translation=turned[row.translation]) for row in held.former.rows if row.translation in turned
        ]
        return replace(held, former=held.former.added(rows))

    def admitted(self, project: Project) -> Iterator[str]:
        """Say of the texts whose forms were moved where they are from, where the ledger trusts them less than a person's; yields the
        ledger written. A signature does not go along: it is for a text as it stood."""
        ledger = reviews.load(project.root, self.name, project.clock.day)
        lines = [
            line for old, new in self.made.moved for line in admission(self.name, ledger, old, new, project.clock.stamp)
        ]
        lines = [
            line for line in lines if not any(one.origin == line.origin for one in ledger.by_pair.get(line.pair, ()))
        ]
        if save(project.root, ledger, ledger.added(lines)):
            yield ledger.path

    def said(self) -> Iterator[Finding]:
        """What was mended, and what a translator or a signer has to look at."""
        path, texts = self.catalog.path, [entry for entry in self.made.unplaced if not entry.obsolete]
        if self.made.fields:
            yield self.told(Level.INFO, f"Header mended: {' | '.join(self.made.fields)}")
        other = [*self.made.unplaced, *self.made.brought]
        had = [(old, new) for old, new in self.made.moved if any(old.strings) and new not in other]
        if moved := sum(old.strings != new.strings for old, new in had):
            text = f"The forms of {moved} texts stand where the rule looks for them; the same is shown as before."
            yield self.told(Level.INFO, text)
        if given := len(self.made.brought):
            yield self.told(
                Level.INFO,
                f"{given} notices that had no place by the former rule have the words that come with Lockstep.",
            )
        if texts:
            names = ", ".join(repr(entry.key.msgid[:40]) for entry in texts[:5]) + ", …" * (len(texts) > 5)
            what = f"The forms of {len(texts)} texts have no place by the rule of the language: {names}."
            yield self.told(
                Level.WARNING,
                f"{what} They are fuzzy now, and readers get English, until somebody chooses among their former forms, which stand in a note.",
            )
        if self.signed:
            yield self.told(
                Level.WARNING, f"{self.signed} of the texts moved were signed, as they stood: review them again."
            )
        if self.doubtful:
            what = f"The header says {self.catalog.encoding}, and the file reads as UTF-8 as well, so its bytes and its `charset` stay as they are."
            yield Finding(
                "catalog", Level.WARNING, f"{what} Write the right `charset=` into it.", Span(path, 1), self.name
            )

    def told(self, level: Level, text: str) -> Finding:
        return Finding("plural", level, text, Span(self.catalog.path, 1), self.name)


def mending(project: Project, name: str) -> Mending:
    """The catalog of a language with its header mended."""
    found = project.catalogs[name]
    made = mended(found, project.settings.by_name[name], bundled.texts(name))
    ledger = reviews.load(project.root, name, project.clock.day)
    lines = [
        line for old, new in made.moved for line in ledger.by_pair.get(pair_of(old.key, old.strings, old.plural), ())
    ]
    signed = len({line.pair for line in lines if line.how == SIGNED and line.role})
    return Mending(name, made, signed, doubtful(found))


def admission(name: str, ledger: reviews.Reviews, old: Entry, new: Entry, stamp: str) -> Iterator[Line]:
    """The line of a ledger for a text whose forms were moved, where that says it is from no person."""
    was, pair = (pair_of(one.key, one.strings, one.plural) for one in (old, new))
    said = [line.origin for line in ledger.by_pair.get(was, ()) if line.how == SIGNED and line.origin]
    if new.strings != old.strings and not new.fuzzy and bundled.given(name, new):
        said.append("machine")
    worst = max(said, key=ORIGINS.index, default=ORIGINS[0])
    if was != pair and worst != ORIGINS[0]:
        yield Line(SIGNED, pair, stamp, origin=worst, note="its forms were moved to another plural rule")

"""What is held of a language's texts beside its catalog, as the commands have it: the records are read when a text needs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.catalog import Entry
from pipeline.changes import Log
from pipeline.changes.texts import Around
from pipeline.core.clock import Clock

if TYPE_CHECKING:
    from pipeline.review import Records
    from pipeline.review.reviews import Reviews
    from pipeline.review.suppressions import Suppressions


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Whether a person stands by an entry of a language; most languages have none of which anybody has to ask."""

    root: Path
    locale: str
    clock: Clock
    log: Log
    records: Records | None = None
    read: list[tuple[Reviews, Suppressions]] = field(default_factory=list, compare=False)

    def __call__(self, entry: Entry) -> bool:
        from pipeline.review.confirmed import confirmed

        return confirmed(entry, *self.of(), self.log)

    def here(self, entry: Entry, around: Around) -> bool:
        """Whether a person stands by it where it stands."""
        from pipeline.review.confirmed import here

        return here(entry, around, *self.of(), self.log)

    def of(self) -> tuple[Reviews, Suppressions]:
        """Who signed, and what somebody accepted."""
        if self.records:
            return self.records.ledger(self.locale), self.records.suppressed(self.locale)
        if not self.read:
            from pipeline.review import reviews, suppressions

            ledger = reviews.load(self.root, self.locale, self.clock.day)
            self.read.append((ledger, suppressions.load(self.root, self.locale)))
        return self.read[0]

"""What is held of a language's texts beside its catalog, as the commands have it: the records are read when a text needs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.catalog import Entry
from pipeline.changes import Log
from pipeline.changes.texts import Around

if TYPE_CHECKING:
    from pipeline.review import Records
    from pipeline.review.reviews import Reviews
    from pipeline.review.suppressions import Suppressions


@dataclass(frozen=True, slots=True)
class Known:
    """Records that are read."""

    records: Records

    def __call__(self) -> Records:
        return self.records


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Whether a person stands by an entry of a language; most languages have none of which anybody has to ask. To another process
    the records travel, and not the site that reads them when they are asked for."""

    records: Callable[[], Records] = field(compare=False)
    locale: str
    log: Log

    def __reduce__(self) -> tuple[type[Confirmed], tuple[Callable[[], Records], str, Log]]:
        return Confirmed, (Known(self.records()), self.locale, self.log)

    def __call__(self, entry: Entry) -> bool:
        from pipeline.review.confirmed import confirmed

        return confirmed(entry, *self.of(), self.log)

    def here(self, entry: Entry, around: Around) -> bool:
        """Whether a person stands by it where it stands."""
        from pipeline.review.confirmed import here

        return here(entry, around, *self.of(), self.log)

    def of(self) -> tuple[Reviews, Suppressions]:
        """Who signed, and what somebody accepted, as of the values that facts have today."""
        records = self.records()
        return records.ledger(self.locale), records.suppressed(self.locale)

"""The clock and SOURCE_DATE_EPOCH, read once, at the door; below it the time is a value."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass

from pipeline.core.errors import LockstepError


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a run, in UTC. `stated`: SOURCE_DATE_EPOCH says it, so it may stand in what has to be reproducible."""

    now: datetime.datetime
    stated: bool = False

    @property
    def today(self) -> datetime.date:
        return self.now.date()

    @property
    def day(self) -> str:
        """The day as an ISO date."""
        return self.today.isoformat()

    @property
    def stamp(self) -> str:
        """The time as ledgers have it: 2026-01-31T08:00:00Z."""
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def minute(self) -> str:
        """The time as headers of catalogs have it (gettext manual, "Header Entry")."""
        return self.now.strftime("%Y-%m-%d %H:%M+0000")


def read() -> Clock:
    """The time to write into files: SOURCE_DATE_EPOCH (reproducible-builds.org) or the clock.

    Raises LockstepError where SOURCE_DATE_EPOCH is not a whole number of seconds that is a date.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return Clock(datetime.datetime.now(datetime.UTC))
    try:
        if not (epoch.isascii() and epoch.isdigit()):
            raise ValueError(epoch)
        return Clock(datetime.datetime.fromtimestamp(int(epoch), datetime.UTC), stated=True)
    except (ValueError, OverflowError, OSError) as problem:
        raise LockstepError(
            f"SOURCE_DATE_EPOCH is {epoch[:40]!r}, which is no time in seconds since 1970",
            todo="Set it to a whole number, for example: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct), or unset it.",
        ) from problem

"""Pruning: the obsolete (`#~`) entries of the catalogs that nobody needs any more.

An entry goes only where all of this holds: its English has been gone for longer than a number of days; its text was never shown,
or what its English became has a translation of its own; and no record rests on it. What stays is counted, with the reason.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from pipeline.catalog import Catalog, Entry, po_file
from pipeline.changes import Log, lineage_of, occurrences
from pipeline.changes.former import MADE, Was, text_id
from pipeline.changes.lineage import Held, Known, Lineage
from pipeline.changes.remarks import recalled
from pipeline.changes.standing import known_of
from pipeline.core import git
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.model import Key, ident
from pipeline.core.states import State
from pipeline.project.project import Project
from pipeline.review.reviews import SHIPPED

DAYS = 365
"""How long an English must be gone, where nobody says otherwise."""
YOUNG = "their English went not so long ago"
UNDATED = "nobody knows since when their English is gone"
ALONE = "their English may come back, and nothing has taken their place"
LIVE = "a translation that waits, or was carried over, is theirs"
RECORDED = "a signature, a recall, an exception or a file rests on them"
NOTED = "a note stands nowhere else"


class Dropped(NamedTuple):
    """An obsolete entry that goes: since when its English is gone (a day, or before one), and what makes it superfluous."""

    entry: Entry
    since: str
    why: str


@dataclass(frozen=True, slots=True)
class Pruned:
    """What becomes of the obsolete entries of one catalog: those that go, and how many stay for which reason."""

    locale: str
    path: str
    dropped: tuple[Dropped, ...]
    kept: Mapping[str, int]


def prune(project: Project, days: int, names: Collection[str] | None = None, *, write: bool = False) -> list[Pruned]:
    """What of the obsolete entries goes, of every language or of those named; `write` takes it out.

    Raises LockstepError where the catalogs are not in step, or a record cannot be read: then nobody knows what is needed.
    """
    in_step(project)
    cutoff = (datetime.date.fromisoformat(project.clock.day) - datetime.timedelta(days)).isoformat()
    made = []
    for locale in project.settings.locales:
        found = project.catalogs[locale.name]
        if (names is not None and locale.name not in names) or found.broken:
            continue
        one = Language(project, locale.name, found, cutoff)
        said = one.pruned()
        made.append(said)
        if write and said.dropped:
            one.write(said)
    return made


def in_step(project: Project) -> None:
    """Raises LockstepError where something is not in step, or not readable."""
    if occurrences.differ(project.root, project.occurrences, project.fixtures):
        raise LockstepError(
            "source/ has edits that are not in the catalogs yet",
            todo="Run `lockstep update` first. Nothing was written.",
        )
    broken = [*project.log.findings, *project.written.findings]
    broken += (finding for found in project.former.values() for finding in found.findings)
    if broken:
        raise LockstepError(
            f"{broken[0].span}: {broken[0].text}", todo="Until then nobody knows what is needed. Nothing was written."
        )


@dataclass(frozen=True)
class Language:
    """The obsolete entries of one language. `cutoff`: the day before which an English must have gone."""

    project: Project
    name: str
    found: Catalog
    cutoff: str
    kept: Counter[str] = field(default_factory=Counter)

    @property
    def log(self) -> Log:
        return self.project.log

    @cached_property
    def held(self) -> Held:
        return self.project.held[self.name]

    @cached_property
    def known(self) -> Known:
        return known_of(self.found)

    @cached_property
    def wanted(self) -> frozenset[Key]:
        """The messages of the site."""
        return frozenset(message.key for message in self.project.messages)

    @cached_property
    def standing(self) -> Mapping[Key, Lineage]:
        """How each live entry that has a text stands."""
        return {
            entry.key: lineage_of(
                entry, self.log, self.known, self.held, places=self.project.arounds.get(entry.key, ())
            )
            for entry in self.found.entries
            if not entry.obsolete and entry.translated
        }

    @cached_property
    def owed(self) -> frozenset[str]:
        """The messages whose text some live entry waits with, or has from there, by id."""
        some = (now for now in self.standing.values() if now.state is not State.TRANSLATED)
        return frozenset(one for now in some for one in (now.origin, ident(now.made_for)))

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The messages that some record speaks of, by id."""
        records, declared = self.project.records, self.project.declared
        names = {self.name, self.project.settings.english.name}
        lines = [line for name in names for line in records.ledger(name).rows]
        return frozenset(
            [
                *(line.pair.message for line in lines if line.note != SHIPPED),
                *(line.was.message for line in lines if line.was),
                *(row.message for row in records.recalls.rows),
                *(row.message for row in records.suppressed(self.name).rows),
                *(row.pair.message for one in declared.values() for row in one.rows),
            ]
        )

    @cached_property
    def earlier(self) -> frozenset[tuple[Key, tuple[str, ...]]]:
        """What was obsolete already in the last commit before the day, as git has it."""
        body = git.as_of(self.project.root, self.found.path, self.cutoff)
        then = po_file.parse(self.found.path, body) if body is not None else None
        entries = then.entries if then and not then.broken else ()
        return frozenset((entry.key, entry.strings) for entry in entries if entry.obsolete)

    def pruned(self) -> Pruned:
        """What becomes of the obsolete entries."""
        dropped = tuple(one for entry in self.found.entries if entry.obsolete for one in self.asked(entry))
        return Pruned(self.name, self.found.path, dropped, dict(sorted(self.kept.items())))

    def asked(self, entry: Entry) -> Iterator[Dropped]:
        """An entry that goes; one that stays is counted."""
        message = ident(entry.key)
        since, why = self.since(entry), self.superfluous(entry)
        reason = (
            (RECORDED if message in self.recorded else "")
            or (LIVE if message in self.owed else "")
            or ("" if why else ALONE)
            or (NOTED if self.noted(entry) else "")
            or ({"": UNDATED, "young": YOUNG}.get(since, ""))
        )
        if reason:
            self.kept[reason] += 1
        else:
            yield Dropped(entry, since, why)

    def since(self, entry: Entry) -> str:
        """The day since when the English of an entry is gone, or before which it was; "young" where that is not long ago, ""
        where nobody knows."""
        message = ident(entry.key)
        left = [edit.on for edit in self.log.rows if edit.was == message != edit.now and not edit.decision]
        came = [edit.on for edit in self.log.rows if edit.now == message != edit.was and not edit.decision]
        if any(day >= self.cutoff for day in (*left, *came)):
            return "young"
        if left and max(left) >= max(came, default=""):
            return max(left)
        return f"before {self.cutoff}" if (entry.key, entry.strings) in self.earlier else ""

    def superfluous(self, entry: Entry) -> str:
        """Why nobody misses the text of an entry, "" where somebody may."""
        if self.never_shown(entry):
            return "never shown"
        heirs = [entry.key] if entry.key in self.wanted else self.heirs(entry)
        done = [key for key in heirs if self.done(key)]
        if not done or len(done) < len(heirs):
            return ""
        live = self.known[done[0]]
        what = "the same text" if live.strings == entry.strings else "a translation of its own"
        return f"what it became has {what}: “{short(live.key.msgid)}”"

    def never_shown(self, entry: Entry) -> bool:
        """Whether an entry has nothing, or what was offered to it for another English and never confirmed."""
        if not entry.translated:
            return True
        offered = entry.fuzzy and entry.previous is not None and entry.previous.key != entry.key
        pair = ident(entry.key), text_id(entry.strings)
        return offered and pair not in self.held.former.made and pair not in self.held.former.placed

    def done(self, key: Key) -> bool:
        """Whether a message has a translation that a person made for it, and that is in step."""
        now = self.standing.get(key)
        return now is not None and now.state in {State.TRANSLATED, State.CARRIED} and all(self.known[key].strings)

    def heirs(self, entry: Entry) -> Sequence[Key]:
        """The messages of today that the English of an entry became."""
        became = self.log.gravity(ident(entry.key))
        return [key for key in self.wanted if ident(key) in became] if len(became) > 1 else []

    def noted(self, entry: Entry) -> bool:
        """Whether a note of an entry stands at no live one, or keeps another text."""
        live = {note for one in self.found.entries if not one.obsolete for note in one.notes}
        return any(note not in live or recalled(note) for note in entry.notes)

    def write(self, said: Pruned) -> None:
        """Take the entries out, and note of each whose translation its text was, for whatever text may still be told by it."""
        gone = Counter(one.entry for one in said.dropped)  # an entry that stands twice goes as often as it was dropped
        rows = [
            Was(MADE, ident(one.entry.key), text_id(one.entry.strings), one.entry.key.msgid, one.entry.key.context)
            for one in said.dropped
            if not one.entry.fuzzy and all(one.entry.strings) and self.known[one.entry.key] is one.entry
        ]
        old = self.project.former[self.name]
        save(self.project.root, old, old.added(row for row in rows if (row.message, row.translation) not in old.made))
        left = []
        for entry in self.found.entries:
            if gone[entry]:
                gone[entry] -= 1
            else:
                left.append(entry)
        po_file.save(self.project.root, replace(self.found, entries=tuple(left)))


def short(text: str) -> str:
    """A text for the middle of a line."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"

"""The worklist: what waits for a translator, one row a message with the languages it waits in, gravest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.changes import Log
from pipeline.core.model import Change, Key, Message, Resolution
from pipeline.core.states import State
from pipeline.resolve.coverage import NOTHING, Coverage, words
from pipeline.text import similarity


@dataclass(frozen=True, slots=True)
class Task:
    """One message, what happened to its English, and the languages it waits in."""

    message: Message
    state: State
    change: Change | None
    locales: tuple[str, ...]
    texts: tuple[str, ...] = ()
    block: str = ""
    turned: tuple[str, ...] = ()
    """The languages whose readers had a translation, and get the English instead."""

    @property
    def place(self) -> str:
        """Where it stands: file and line, and the block as `lockstep decide` takes it."""
        return f"{self.message.place} #{self.block}" if self.block else str(self.message.place)

    @property
    def grade(self) -> str:
        """What stands in the first column: the severity of an edit, else the state."""
        return str(self.change.severity) if self.state is State.STALE and self.change else self.state.value

    @property
    def diff(self) -> tuple[tuple[str, str], ...]:
        """The words of the English, before and now; those of a withdrawn text are not repeated."""
        if self.state is State.RECALLED:
            return (("=", "(withdrawn)"),)
        old = self.change.was.msgid if self.change else self.message.key.msgid
        return tuple(word_diff(old, self.message.key.msgid))


Blocks = Mapping[tuple[str, Key], str]
"""The name of the block of each message of each file."""


def rows(measured: Iterable[Coverage], blocks: Blocks) -> list[Task]:
    """Every message that waits for somebody, what did most to readers first: that which turned most languages English. Then the
    gravest; of equals the oldest, then in reading order."""
    found: dict[tuple[object, ...], list[tuple[str, Resolution]]] = {}
    for language in measured:
        for one in language.open:
            was = one.change.was if one.change else None
            said = tuple(finding.text for finding in one.findings)
            found.setdefault((one.message.key, one.state, was, said), []).append((language.locale, one))
    made = [
        Task(
            group[0][1].message,
            group[0][1].state,
            max((one.change for _, one in group if one.change), key=lambda change: change.severity, default=None),
            tuple(locale for locale, _ in group),
            tuple(finding.text for finding in group[0][1].findings),
            blocks.get((group[0][1].message.span.path, group[0][1].message.key), ""),
            tuple(locale for locale, one in group if is_turned(one, locale)),
        )
        for group in found.values()
    ]
    return sorted(made, key=lambda row: (gravity(row), row.change.since if row.change else "", row.message.span))


def is_turned(found: Resolution, locale: str) -> bool:
    """Whether readers of a language had a translation of a text, and get another language's words instead."""
    return found.state not in NOTHING and locale.partition("_")[0] != found.spoken.partition("_")[0]


def gravity(row: Task) -> tuple[bool, int, int, int]:
    """What waits for a translator before what waits for a signature; then what most languages lost by, then the most urgent, of stale
    texts by their edit."""
    severity = row.change.severity if row.state is State.STALE and row.change else 0
    return row.state.traits.signable, -len(row.turned), -row.state.traits.urgency, -severity


def left(found: Iterable[Task]) -> int:
    """The English words of some rows, once a language."""
    return sum(words(row.message.key.msgid) * len(row.locales) for row in found)


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """The words of two texts as runs: `=` in both, `-` only in the old, `+` only in the new."""
    before, after = old.split(), new.split()
    runs: list[tuple[str, str]] = []
    for span in similarity.spans(before, after):
        if span.same:
            runs.append(("=", " ".join(after[span.begin : span.finish])))
        else:
            gone, come = before[span.start : span.end], after[span.begin : span.finish]
            runs += [(sign, " ".join(part)) for sign, part in (("-", gone), ("+", come)) if part]
    return runs


def age(since: str, today: datetime.date) -> str:
    """How long ago a day was, in words."""
    days = (today - datetime.date.fromisoformat(since)).days
    return "today" if days <= 0 else f"{days} day{'s' * (days != 1)} ago"


def decisions(log: Log) -> Sequence[str]:
    """What people decided about edits, newest first, one line each."""
    said = [(edit.decision, edit) for edit in log.rows if edit.decision]
    return [
        f"{decision.at[:10]} {edit.page}#{edit.block}: "
        f"{'meaning unchanged' if decision.meaning == 'unchanged' else 'raised to critical'}, "
        f"by {' and '.join(decision.by)}: {decision.reason} ({'; '.join(edit.reasons)})"
        for decision, edit in sorted(said, key=lambda pair: (pair[0].at, pair[1].page, pair[1].block), reverse=True)
    ]

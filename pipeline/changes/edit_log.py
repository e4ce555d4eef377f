"""The edit log `locale/edits.jsonl`: what each English message became, how grave that was, and what people decided about it.

Append-only, one JSON object a line, keys sorted. The lines are a set: their order carries nothing, so git may merge two
logs by union. A line that cannot be read is reported and kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.core.ledger import Fields, Ledger
from pipeline.core.model import Finding, Level, Severity

LOG_PATH = "locale/edits.jsonl"
UNCHANGED, RAISED = "unchanged", "raised"
SEVERITIES = {str(severity): severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Decision:
    """What people decided about an edit: its meaning is `unchanged`, or it is `raised` to critical. `at` is a UTC time."""

    meaning: str
    by: tuple[str, ...]
    reason: str
    at: str

    @property
    def people(self) -> int:
        """How many different people signed, at least."""
        from pipeline.core.signers import people

        return people(self.by)

    @staticmethod
    def parse(found: Fields) -> Decision:
        """The `decision` of a line. Raises ValueError with what is wrong."""
        meaning, by = found.choice("meaning", (UNCHANGED, RAISED)), found.texts("by")
        if not by:
            raise ValueError("`by` says whom")
        return Decision(meaning, by, found.raw("reason", ""), found.raw("at", ""))


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of the log: message `was` became `now` (ids; None where it came or went) at a block of a page, on a day.

    `how`: edited, split, merged, moved, deleted, restored.
    """

    was: str | None
    now: str | None
    page: str
    block: str
    on: str
    severity: Severity
    reasons: tuple[str, ...]
    how: str = "edited"
    decision: Decision | None = None

    def line(self) -> str:
        """The edit as a line of the log."""
        found: dict[str, Any] = {
            "was": self.was,
            "now": self.now,
            "page": self.page,
            "block": self.block,
            "on": self.on,
            "severity": str(self.severity),
            "reasons": list(self.reasons),
            "how": self.how,
        }
        if self.decision:
            said = self.decision
            found["decision"] = {"meaning": said.meaning, "by": list(said.by), "reason": said.reason, "at": said.at}
        return json.dumps(found, ensure_ascii=False, sort_keys=True)

    @staticmethod
    def parse(found: Fields) -> Edit:
        """A line of the log. Raises ValueError with what is wrong."""
        said = found.part("decision")
        return Edit(
            found.ident_if_any("was"),
            found.ident_if_any("now"),
            found.raw("page"),
            found.raw("block"),
            found.day("on"),
            SEVERITIES[found.choice("severity", SEVERITIES)],
            found.texts("reasons"),
            found.raw("how", "edited"),
            Decision.parse(said) if said else None,
        )


class Step(NamedTuple):
    """One message that became another: how grave after all decisions, why, and since when."""

    was: str
    now: str
    severity: Severity
    reasons: tuple[str, ...]
    on: str
    decision: Decision | None = None


Path_ = tuple[Step, ...]
"""The edits that lead from one message to another, oldest first."""


def gravest(path: Iterable[Step]) -> Severity:
    """The gravest severity on the way."""
    return max((step.severity for step in path), default=Severity.COSMETIC)


def reasons(path: Iterable[Step]) -> tuple[str, ...]:
    """Why a way is as grave as it is: the reasons of its gravest steps, each once, in order."""
    steps = list(path)
    worst = gravest(steps)
    return tuple(dict.fromkeys(reason for step in steps if step.severity is worst for reason in step.reasons))


def since(path: Iterable[Step]) -> str:
    """The day of the first edit on a way that was more than cosmetic; of the first one where none was."""
    steps = list(path)
    return next((step.on for step in steps if step.severity > Severity.COSMETIC), steps[0].on if steps else "")


@dataclass(frozen=True, slots=True)
class Ways(Mapping[str, Path_]):
    """Every message that `now` came from, nearest first, with the way: the shortest; of equals, the gravest.

    `links` has the first step of each way; its `now` is the next message on it. A message that came back (A → B → A) is
    its own beginning, so no way leads through it.
    """

    now: str
    links: Mapping[str, Step]

    def __getitem__(self, was: str) -> Path_:
        found = [self.links[was]]
        while found[-1].now != self.now:
            found.append(self.links[found[-1].now])
        return tuple(found)

    def __iter__(self) -> Iterator[str]:
        return iter(self.links)

    def __len__(self) -> int:
        return len(self.links)

    def along(self, holds: Callable[[Step], bool]) -> Iterator[str]:
        """The messages from which every step of the way holds, nearest first, in time linear in their number."""
        reached = {self.now}
        for was, first in self.links.items():
            if first.now in reached and holds(first):
                reached.add(was)
                yield was


@dataclass(frozen=True)
class Log(Ledger[Edit]):
    """The edits of a site."""

    path: str = LOG_PATH

    code, until = "edit-log", "Until then translations that depend on it are shown in English."
    parse = staticmethod(Edit.parse)

    @cached_property
    def steps(self) -> Mapping[str, tuple[Step, ...]]:
        """What each message came from, by id."""
        by_edge: dict[tuple[str, str], list[Edit]] = {}
        for edit in self.rows:
            if edit.was and edit.now and edit.was != edit.now:
                by_edge.setdefault((edit.was, edit.now), []).append(edit)
        came: dict[str, str] = {}
        for (_, now), found in by_edge.items():
            came[now] = max([came.get(now, ""), *(edit.on for edit in found if not edit.decision)])
        steps: dict[str, list[Step]] = {}
        for (was, now), found in by_edge.items():
            steps.setdefault(now, []).append(step(was, now, found, came.get(was, "")))
        return {now: tuple(sorted(found)) for now, found in steps.items()}

    def step(self, was: str, now: str) -> Step | None:
        """The edit that made one message another, None where the log has none."""
        return next((one for one in self.steps.get(now, ()) if one.was == was), None)

    @cached_property
    def onward(self) -> Mapping[str, tuple[Step, ...]]:
        """What each message became, by id."""
        found: dict[str, list[Step]] = {}
        for steps in self.steps.values():
            for one in steps:
                found.setdefault(one.was, []).append(one)
        return {was: tuple(steps) for was, steps in found.items()}

    @cached_property
    def straight(self) -> Mapping[str, Step]:
        """The edit that led to a message, of each that has one history: one edit led to it and to each before it, from a
        beginning. The oldest first."""
        found: dict[str, Step] = {}
        begun = [was for was in self.onward if was not in self.steps]
        for was in begun:
            for one in self.onward.get(was, ()):
                if len(self.steps[one.now]) == 1:
                    found[one.now] = one
                    begun.append(one.now)
        return found

    def ways(self, now: str) -> Ways:
        """What `now` came from, over all edits, in time linear in their number."""
        return Ways(now, reached(now, self.steps, lambda one: one.was)[0])

    @cached_property
    def gravity(self) -> Callable[[str], Mapping[str, Severity]]:
        """How grave the ways are from a message to each that it became; the last few answers are kept."""
        return lru_cache(64)(lambda was: reached(was, self.onward, lambda one: one.now)[1])

    def way(self, was: str, now: str) -> Path_ | None:
        """The way from one message to another, None where the log knows of none."""
        return self.ways(now).get(was) if now in self.steps else None

    def idle(self) -> Iterator[Finding]:
        """The decisions that changed nothing for want of a person: their names are of one, or of nobody."""
        from pipeline.core.signers import doubt

        for edit in self.rows:
            said, now = edit.decision, self.step(edit.was or "", edit.now or "")
            idle = said and said.meaning == UNCHANGED and said.people < min(len(said.by), 2)
            if said and idle and now and now.severity > Severity.COSMETIC:
                text = f"This decision changes nothing: {doubt(said.by)}. Let two people decide it again."
                yield Finding(self.code, Level.WARNING, text, self.span(edit))


NO_LOG = Log()
"""The log of a site that has none."""


def reached(
    start: str, steps: Mapping[str, Sequence[Step]], end: Callable[[Step], str]
) -> tuple[Mapping[str, Step], Mapping[str, Severity]]:
    """Every message that steps lead to, nearest first: the last step of the shortest way there, of equals the gravest, and
    how grave that way is."""
    links: dict[str, Step] = {}
    worst = {start: Severity.COSMETIC}
    last: Collection[str] = (start,)
    while last:
        found: dict[str, tuple[Severity, Step]] = {}
        for message in last:
            for one in steps.get(message, ()):
                to, grave = end(one), max(one.severity, worst[message])
                if to not in worst and (to not in found or grave > found[to][0]):
                    found[to] = grave, one
        worst |= {to: grave for to, (grave, _) in found.items()}
        links |= {to: one for to, (_, one) in found.items()}
        last = found
    return links, worst


def step(was: str, now: str, found: Iterable[Edit], came: str) -> Step:
    """All lines about one edit, folded: the gravest grade, then each decision in its time; of one time, the raising last.

    Lowering a critical takes two people; a line that lowers without them changes nothing. `came` is the last day on which
    `was` itself came about: an edit before it belongs to an earlier round.
    """
    lines = list(found)
    graded = [edit for edit in lines if not edit.decision] or lines
    worst = max(graded, key=lambda edit: edit.severity)
    severity, why, last = worst.severity, worst.reasons, None
    order = sorted(
        (edit.decision for edit in lines if edit.decision),
        key=lambda said: (said.at, said.meaning == RAISED, said.by, said.reason),
    )
    for said in order:
        if said.meaning == RAISED:
            severity, why, last = Severity.CRITICAL, (*worst.reasons, f"raised: {said.reason}"), said
        elif said.people >= (2 if severity is Severity.CRITICAL else 1):
            severity, why, last = Severity.COSMETIC, (*worst.reasons, f"meaning unchanged: {said.reason}"), said
    days = sorted(edit.on for edit in graded)
    on = next((day for day in days if day >= came), days[-1])
    return Step(was, now, severity, tuple(dict.fromkeys(why)), on, last)


def load(root: Path) -> Log:
    """The log of a site; an empty one where there is no file."""
    return Log().load(root)

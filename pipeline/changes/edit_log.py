"""The edit log `locale/edits.jsonl`: what each English message became, how grave that was, and what people decided about it.

Append-only, one JSON object a line, keys sorted. The lines are a set: their order carries nothing, so git may merge two
logs by union. A line that cannot be read is reported and kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.core import disk, jsonl
from pipeline.core.model import Finding, Severity
from pipeline.core.people import amiss, people

LOG_PATH = "locale/edits.jsonl"
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
        """How many different people signed."""
        return people(name for name in self.by if not amiss(name))


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


def parsed(line: str) -> Edit:
    """One line of the log as an edit. Raises ValueError with what is wrong."""
    found = jsonl.obj(line)
    ids = [found.get(name) for name in ("was", "now")]
    texts = [found.get(name) for name in ("page", "block", "on", "severity")]
    reasons, said = found.get("reasons"), found.get("decision")
    if not all(value is None or (isinstance(value, str) and re.fullmatch(r"[0-9a-f]{16}", value)) for value in ids):
        raise ValueError("`was` and `now` are message ids of 16 hex digits")
    if not all(isinstance(value, str) for value in texts):
        raise ValueError("`page`, `block`, `on` and `severity` are texts")
    if found["severity"] not in SEVERITIES or not jsonl.is_day(found["on"]):
        raise ValueError("`severity` is cosmetic, wording or critical, and `on` a date as in 2026-01-31")
    if not isinstance(reasons, list) or not all(isinstance(reason, str) for reason in reasons):
        raise ValueError("`reasons` is a list of texts")
    return Edit(
        found.get("was"),
        found.get("now"),
        found["page"],
        found["block"],
        found["on"],
        SEVERITIES[found["severity"]],
        tuple(reasons),
        str(found.get("how", "edited")),
        decided(said) if said else None,
    )


def decided(found: Any) -> Decision:
    """The `decision` of a line. Raises ValueError with what is wrong."""
    if not isinstance(found, dict) or found.get("meaning") not in ("unchanged", "raised"):
        raise ValueError("`decision` says meaning: unchanged or raised")
    by = found.get("by")
    if not isinstance(by, list) or not by or not all(isinstance(name, str) for name in by):
        raise ValueError("`decision` says `by` whom, as a list of names")
    return Decision(found["meaning"], tuple(by), str(found.get("reason", "")), str(found.get("at", "")))


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


@dataclass(frozen=True)
class Log:
    """The edits of a log in its order, and what of the file could not be read. `body` is what was read (None: no file)."""

    edits: tuple[Edit, ...] = ()
    body: bytes | None = None
    findings: tuple[Finding, ...] = ()

    @cached_property
    def steps(self) -> Mapping[str, tuple[Step, ...]]:
        """What each message came from, by id."""
        by_edge: dict[tuple[str, str], list[Edit]] = {}
        for edit in self.edits:
            if edit.was and edit.now and edit.was != edit.now:
                by_edge.setdefault((edit.was, edit.now), []).append(edit)
        came: dict[str, str] = {}
        for (_, now), found in by_edge.items():
            came[now] = max([came.get(now, ""), *(edit.on for edit in found if not edit.decision)])
        steps: dict[str, list[Step]] = {}
        for (was, now), found in by_edge.items():
            steps.setdefault(now, []).append(step(was, now, found, came.get(was, "")))
        return {now: tuple(sorted(found)) for now, found in steps.items()}

    def ways(self, now: str) -> Mapping[str, Path_]:
        """Every message that `now` came from, nearest first, each with the way: the shortest; of equals, the gravest.

        A message that came back (A → B → A) is its own beginning, so no way leads through it.
        """
        found: dict[str, Path_] = {now: ()}
        last = [now]
        while last:
            reached: dict[str, Path_] = {}
            for message in last:
                for one in self.steps.get(message, ()):
                    way = (one, *found[message])
                    if one.was not in found and (one.was not in reached or gravest(way) > gravest(reached[one.was])):
                        reached[one.was] = way
            found |= reached
            last = list(reached)
        del found[now]
        return found

    def way(self, was: str, now: str) -> Path_ | None:
        """The way from one message to another, None where the log knows of none."""
        return self.ways(now).get(was) if now in self.steps else None

    def added(self, edits: Iterable[Edit]) -> Log:
        """The log with more edits; those it has already are not written a second time."""
        known = set(self.edits)
        new = tuple(dict.fromkeys(edit for edit in edits if edit not in known))
        if not new:
            return self
        return Log((*self.edits, *new), jsonl.appended(self.body, (edit.line() for edit in new)), self.findings)


NO_LOG = Log()
"""The log of a site that has none."""


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
        key=lambda said: (said.at, said.meaning == "raised", said.by, said.reason),
    )
    for said in order:
        if said.meaning == "raised":
            severity, why, last = Severity.CRITICAL, (*worst.reasons, f"raised: {said.reason}"), said
        elif said.people >= (2 if severity is Severity.CRITICAL else 1):
            severity, why, last = Severity.COSMETIC, (*worst.reasons, f"meaning unchanged: {said.reason}"), said
    days = sorted(edit.on for edit in graded)
    on = next((day for day in days if day >= came), days[-1])
    return Step(was, now, severity, tuple(dict.fromkeys(why)), on, last)


def read(body: bytes | None) -> Log:
    """A log's bytes. Never raises: a line that cannot be read is a finding."""
    until = "Until then translations that depend on it are shown in English."
    edits, findings = jsonl.read(LOG_PATH, body, parsed, "edit-log", until)
    return Log(edits, body, findings)


def load(root: Path) -> Log:
    """The log of a site; an empty one where there is no file."""
    return read(disk.read(root / LOG_PATH))


def save(root: Path, old: Log, new: Log) -> bool:
    """Write the log if it has new lines. Raises LockstepError where the file changed on disk meanwhile."""
    if new.body == old.body:
        return False
    disk.replace(root / LOG_PATH, new.body or b"", expected=old.body)
    return True

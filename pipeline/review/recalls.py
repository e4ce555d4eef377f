"""Recalls `locale/recalls.jsonl`: wordings withdrawn in every language at once, until two people approve them again.

A recall is about a message, and about whatever edits of its looks make of it. The lines are a set (`jsonl`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.changes.edit_log import Log, Step
from pipeline.core import disk, jsonl
from pipeline.core.model import IN_CRITICAL, Finding, Level, Severity, Span
from pipeline.core.people import amiss, people

PATH = "locale/recalls.jsonl"
RECALLED, APPROVED = "recalled", "approved"


@dataclass(frozen=True, slots=True)
class Recall:
    """A message withdrawn or approved again: by whom, when (UTC) and why. `stub`: its English is withdrawn too."""

    how: str
    message: str
    date: str
    by: tuple[str, ...]
    reason: str
    stub: bool = False
    page: str = ""
    block: str = ""

    def line(self) -> str:
        """The line as it stands in the file."""
        found = {name: getattr(self, name) for name in ("how", "message", "date", "reason", "stub", "page", "block")}
        return jsonl.written({**found, "by": list(self.by)})


def parsed(line: str) -> Recall:
    """One line. Raises ValueError with what is wrong."""
    found = jsonl.obj(line)
    how, message, date, by = (found.get(name) for name in ("how", "message", "date", "by"))
    if how not in (RECALLED, APPROVED):
        raise ValueError("`how` is recalled or approved")
    if not isinstance(message, str) or not re.fullmatch(r"[0-9a-f]{16}", message):
        raise ValueError("`message` is an id of 16 hex digits")
    if not isinstance(date, str) or not jsonl.is_time(date):
        raise ValueError("`date` is a UTC time as in 2026-01-31T08:00:00Z")
    if not isinstance(by, list) or not by or not all(isinstance(name, str) and name.strip() for name in by):
        raise ValueError("`by` says whom, as a list of names")
    if how == APPROVED and (any(map(amiss, by)) or people(by) < 2):
        raise ValueError("two different people approve what was recalled")
    texts = [found.get(name, "") for name in ("reason", "page", "block")]
    if not all(map(jsonl.is_text, texts)):
        raise ValueError("`reason`, `page` and `block` are texts")
    return Recall(how, message, date, tuple(by), texts[0], found.get("stub") is True, texts[1], texts[2])


@dataclass(frozen=True)
class Recalls:
    """The lines of a site, and what of the file could not be read. `body` is what was read (None: no file). What is dated
    after `now` (a UTC time) ends no recall."""

    lines: tuple[Recall, ...] = ()
    findings: tuple[Finding, ...] = ()
    body: bytes | None = None
    now: str = "9999-12-31T23:59:59Z"

    @cached_property
    def active(self) -> Mapping[str, Recall]:
        """The recalls that hold, by message: the last word counts; of one time, the recall. One stub makes it a stub."""
        found: dict[str, Recall] = {}
        for line in sorted(self.lines, key=lambda line: (line.date, line.how == RECALLED, line.stub, line.line())):
            if line.how == APPROVED and line.date <= self.now:
                found.pop(line.message, None)
            elif line.how == RECALLED:
                old = found.get(line.message)
                found[line.message] = replace(line, stub=line.stub or (old is not None and old.stub))
        return found

    def of(self, message: str, log: Log) -> Recall | None:
        """The recall that holds for a message: its own, or that of a message it is a cosmetic edit of."""
        if not self.active or (own := self.active.get(message)):
            return own if self.active else None
        return next((self.active[was] for was in ancestors(log, message) if was in self.active), None)

    def added(self, lines: Iterable[Recall]) -> Recalls:
        """The recalls with more lines."""
        new = tuple(line for line in dict.fromkeys(lines) if line not in self.lines)
        return replace(self, lines=(*self.lines, *new), body=jsonl.appended(self.body, (line.line() for line in new)))

    def ahead(self) -> Iterator[Finding]:
        """The lines that are dated later than now: a clock was wrong, or somebody wants to have the last word."""
        for number, raw in enumerate((self.body or b"").split(b"\n"), 1):
            with suppress(ValueError, RecursionError):
                if raw.strip() and parsed(raw.decode()).date > self.now:
                    text = "This line is dated later than now. Correct the date. Until then it ends no recall."
                    yield Finding("recalls-ahead", Level.ERROR, text, Span(PATH, number))


def ancestors(log: Log, message: str) -> list[str]:
    """The messages that a message is the same wording as, by the log: no step on the way changed more than looks. In a
    critical block a few words make no other wording: there people end a recall, or a change of what it says."""
    return [was for was, way in log.ways(message).items() if all(map(same_wording, way))]


def same_wording(step: Step) -> bool:
    """Whether an edit left a wording what it was."""
    return step.severity is Severity.COSMETIC or step.reasons[:1] == (IN_CRITICAL,)


NO_RECALLS = Recalls()


def read(body: bytes | None) -> Recalls:
    """The file's bytes. Never raises: a line that cannot be read is a finding."""
    until = "It may hold a recall, so until then nothing is published."
    lines, findings = jsonl.read(PATH, body, parsed, "recalls", until)
    return Recalls(lines, findings, body)


def load(root: Path, now: str) -> Recalls:
    """The recalls of a site; none where there is no file. `now`: a UTC time."""
    return replace(read(disk.read(root / PATH)), now=now)

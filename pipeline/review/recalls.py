"""Recalls `locale/recalls.jsonl`: wordings withdrawn in every language at once, until two people approve them again.

A recall is about a message, about whatever edits of its looks make of it, and about every text that says the same in other
looks (`wording`): one that is cut and comes back a comma less is the same. The lines are a set (`core/ledger`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from pipeline.changes import Log, people
from pipeline.changes.edit_log import Step, dated
from pipeline.changes.people import EVERYBODY, RECALL, People
from pipeline.core.ledger import Fields, Ledger, written
from pipeline.core.model import IN_CRITICAL, Finding, Level, Severity
from pipeline.core.signers import doubt, signer

PATH = "locale/recalls.jsonl"
RECALLED, APPROVED = "recalled", "approved"


@dataclass(frozen=True, slots=True)
class Recall:
    """A message withdrawn or approved again: by whom, when (UTC) and why. `stub`: its English is withdrawn too. `words` is the
    id of what it says ("" in a line from before that was noted)."""

    how: str
    message: str
    date: str
    by: tuple[str, ...]
    reason: str
    stub: bool = False
    page: str = ""
    block: str = ""
    words: str = ""

    def line(self) -> str:
        """The line as it stands in the file."""
        found = {
            name: getattr(self, name) for name in ("how", "message", "date", "reason", "stub", "page", "block", "words")
        }
        return written({**found, "by": list(self.by)})

    @staticmethod
    def parse(found: Fields) -> Recall:
        """A line of the file. Raises ValueError with what is wrong."""
        how, by = found.choice("how", (RECALLED, APPROVED)), found.texts("by")
        if not by or not all(name.strip() for name in by):
            raise ValueError("`by` says whom, as a list of names")
        if how == APPROVED and (len(by) < 2 or not all(map(signer, by))):
            raise ValueError("two different people approve what was recalled")
        texts = {key: found.text(key) for key in ("reason", "page", "block")}
        return Recall(
            how,
            found.ident("message"),
            found.time("date"),
            by,
            stub=found.found.get("stub") is True,
            words=found.ident_if_any("words") or "",
            **texts,
        )


@dataclass(frozen=True)
class Recalls(Ledger[Recall]):
    """The recalls of a site. What is dated after `now` (a UTC time), or approved by two names of one person, ends none."""

    path: str = PATH
    now: str = "9999-12-31T23:59:59Z"
    who: People = EVERYBODY

    code, until = "recalls", "It may hold a recall, so until then nothing is published."
    parse = staticmethod(Recall.parse)

    @cached_property
    def active(self) -> Mapping[str, Recall]:
        """The recalls that hold, by message: the last word counts; of one time, the recall. One stub makes it a stub."""
        found: dict[str, Recall] = {}
        for line in sorted(self.rows, key=lambda line: (line.date, line.how == RECALLED, line.stub, line.line())):
            if line.how == APPROVED:
                if line.date <= self.now and self.who.count(line.by, RECALL) > 1:
                    found.pop(line.message, None)
            else:
                old = found.get(line.message)
                found[line.message] = replace(line, stub=line.stub or (old is not None and old.stub))
        return found

    @cached_property
    def by_words(self) -> Mapping[str, Recall]:
        """The recalls that hold, by what their texts say. One stub makes it a stub."""
        found: dict[str, Recall] = {}
        for line in self.active.values():
            if line.words:
                old = found.get(line.words)
                found[line.words] = replace(line, stub=line.stub or (old is not None and old.stub))
        return found

    @cached_property
    def unworded(self) -> frozenset[str]:
        """The messages withdrawn by lines that do not say what they say."""
        return frozenset(message for message, line in self.active.items() if not line.words)

    def worded(self, known: Mapping[str, str]) -> Self:
        """The same, lines from before with what their messages say, as far as it is known: by message."""
        rows = tuple(row if row.words else replace(row, words=known.get(row.message, "")) for row in self.rows)
        return replace(self, rows=rows)

    def of(self, message: str, log: Log, words: str = "") -> Recall | None:
        """The recall that holds for a message: its own, that of a message it is a cosmetic edit of, or that of another which
        says the same. `words`: what it says."""
        if not self.active:
            return None
        return self.active.get(message) or self.by_words.get(words) or self.before(message, log)

    def before(self, message: str, log: Log) -> Recall | None:
        """The recall of a message that this one is a cosmetic edit of."""
        if message in log.straight:
            return self.inherited(log)[message]
        if message not in self.reached(log):
            return None
        return next((self.active[was] for was in ancestors(log, message) if was in self.active), None)

    def reached(self, log: Log) -> Set[str]:
        """The messages that edits led to from a recalled one, whatever changed: no other inherits a recall. Worked out once for a
        log, so that most messages are not asked for their histories."""
        found: Set[str]
        known, found = self.__dict__.get("reached of", (None, frozenset()))
        if known is not log:
            seen, waiting = set[str](), list(self.active)
            while waiting:
                for step in log.onward.get(waiting.pop(), ()):
                    if step.now not in seen:
                        seen.add(step.now)
                        waiting.append(step.now)
            found = frozenset(seen)
            self.__dict__["reached of"] = log, found
        return found

    def approved(self, message: str, words: str, since: str) -> bool:
        """Whether two people have approved this message, or one that says the same, since a time."""
        lines = (row for row in self.rows if row.message == message or (words and row.words == words))
        return any(
            row.how == APPROVED and since <= row.date <= self.now and self.who.count(row.by, RECALL) > 1
            for row in lines
        )

    def inherited(self, log: Log) -> Mapping[str, Recall | None]:
        """The recall that holds for each message of one history; worked out once for a log."""
        found: dict[str, Recall | None]
        known, found = self.__dict__.get("inherited of", (None, {}))
        if known is not log:
            found = {}
            for now, step in log.straight.items():
                before = found.get(step.was) or self.active.get(step.was)
                found[now] = self.active.get(now) or (before if same_wording(step) else None)
            self.__dict__["inherited of"] = log, found
        return found

    def idle(self) -> Iterator[Finding]:
        """The lines that are dated later than now (a clock was wrong, or somebody wants to have the last word), and the
        approvals whose names may all be one person's."""
        for row in self.rows:
            if row.date > self.now:
                text = f"{dated(row.date, self.now)} Correct the date. Until then it ends no recall."
                yield Finding("recalls-ahead", Level.ERROR, text, self.span(row))
            if row.how == APPROVED and self.who.count(row.by, RECALL) < 2:
                why = doubt(row.by) or self.who.unheard(row.by, RECALL)
                text = f"{why}, and two people approve what was recalled. Until two others do, it ends no recall."
                yield Finding("recalls-approval", Level.ERROR, text, self.span(row))


def ancestors(log: Log, message: str) -> Iterator[str]:
    """The messages that a message is the same wording as, by the log: no step on the way changed more than looks. In a
    critical block a few words make no other wording: there people end a recall, or a change of what it says."""
    return log.ways(message).along(same_wording)


def same_wording(step: Step) -> bool:
    """Whether an edit left a wording what it was: who raises the edit does not end a recall."""
    return Severity.COSMETIC in (step.severity, step.graded) or step.reasons[:1] == (IN_CRITICAL,)


NO_RECALLS = Recalls()


def load(root: Path, now: str) -> Recalls:
    """The recalls of a site, as of a UTC time; none where there is no file."""
    return Recalls(now=now, who=people.load(root)).load(root)

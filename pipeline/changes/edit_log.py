"""The edit log `locale/edits.jsonl`: what each English message became, how grave that was, and what people decided about it.

Append-only, one JSON object a line, keys sorted. The lines are a set: their order carries nothing, so git may merge two
logs by union. A line that cannot be read is reported and kept. A line that is dated ahead makes nothing milder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.changes import people
from pipeline.changes.people import DECIDE, EVERYBODY, People
from pipeline.changes.texts import NOWHERE_ELSE, Around
from pipeline.core.ledger import Fields, Ledger
from pipeline.core.model import Finding, Level, Refs, Severity

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

    `how`: edited, split, merged, moved, deleted, restored; `placed` where the message is the same and stands under other texts,
    or its reference links lead elsewhere. `before` and `after` say so: what stood around it, and what does. `anchor`: the id that
    a heading had, where it has another one since; links may still name it. `again`: the how-manieth time of the day a fact became this
    value, where it is not the first: 5 → 10 → 5 → 10 mg are three lines.
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
    before: Around = NOWHERE_ELSE
    after: Around = NOWHERE_ELSE
    anchor: str = ""
    again: str = ""

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
        for name, around in (("before", self.before), ("after", self.after)):
            if any(around):
                found[name] = {key: value for key, value in around._asdict().items() if value}
        for key in ("anchor", "again"):
            if said_once := getattr(self, key):
                found[key] = said_once
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
            around(found.part("before")),
            around(found.part("after")),
            found.text("anchor", ""),
            found.text("again", ""),
        )


def less_the_day(edit: Edit) -> tuple[object, ...]:
    """All that an edit says but when."""
    said = edit.was, edit.now, edit.page, edit.block, edit.severity, edit.reasons, edit.how, edit.decision
    return *said, edit.before, edit.after, edit.anchor


def not_yet(found: Sequence[Edit], rows: Sequence[Edit]) -> tuple[Edit, ...]:
    """Those of the edits just found that a log lacks, whatever their day: a run that died after it had written the log left it
    ahead of what it is compared with. An edit that was undone since has happened once more."""
    found = [one for edit in found if (one := once_more(edit, rows))]
    pairs = {(edit.was, edit.now) for edit in found if edit.was or edit.now}
    known: dict[tuple[object, ...], str] = {}
    for row in rows:
        if (row.was, row.now) in pairs:
            known[less_the_day(row)] = max(row.on, known.get(less_the_day(row), ""))
    if not known:
        return tuple(found)
    again = {less_the_day(edit) for edit in found}
    came: dict[str | None, str] = {}
    went: dict[str | None, str] = {}
    for row in rows:
        if less_the_day(row) not in again:
            came[row.now] = max(row.on, came.get(row.now, ""))
            went[row.was] = max(row.on, went.get(row.was, ""))

    def undone(edit: Edit) -> str:
        return came.get(edit.was, "") if edit.was else went.get(edit.now, "")

    return tuple(
        edit
        for edit in found
        if less_the_day(edit) not in known or (undone(edit) and undone(edit) >= known[less_the_day(edit)])
    )


def once_more(edit: Edit, rows: Sequence[Edit]) -> Edit | None:
    """An edit beside the texts (of a fact, a picture) as one more of its day, if it is; None where the log ends with it already."""
    if edit.was or edit.now or edit.how == "moved":
        return edit
    same = [row for row in rows if (row.page, row.block, row.how) == (edit.page, edit.block, edit.how)]
    if not any(less_the_day(row) == less_the_day(edit) for row in same):
        return edit
    if less_the_day(same[-1]) == less_the_day(edit):
        return None
    times = sum(row.on == edit.on and less_the_day(row) == less_the_day(edit) for row in same)
    return replace(edit, again=str(times + 1)) if times else edit


def around(found: Fields | None) -> Around:
    """What stands around a message, as a line has it. Raises ValueError with what is wrong."""
    if found is None:
        return NOWHERE_ELSE
    return Around(
        found.texts("under") if found.has("under") else (), found.triples("refs") if found.has("refs") else ()
    )


class Step(NamedTuple):
    """One message that became another: how grave after all decisions, why, and since when ("": nobody knows).

    `graded`: how grave by its words, whatever people said; `raised`: somebody said that it is graver; `lowered`: by how many
    people it was lowered, 0 where nobody did; `refs`: what the reference links of either text lead to.
    """

    was: str
    now: str
    severity: Severity
    reasons: tuple[str, ...]
    on: str
    decision: Decision | None = None
    graded: Severity = Severity.COSMETIC
    raised: bool = False
    lowered: int = 0
    refs: tuple[Refs, Refs] = ((), ())

    @property
    def words(self) -> Severity:
        """How grave it is, whatever people lowered."""
        return Severity.CRITICAL if self.raised else max(self.severity, self.graded)

    @property
    def loop(self) -> bool:
        """Whether the message is what it was, and stands elsewhere."""
        return self.was == self.now

    @property
    def looks(self) -> bool:
        """Whether nothing but looks changed: by its words, not by anybody's word."""
        return self.words is Severity.COSMETIC


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
    """The edits of a site, as of `now` (a UTC time)."""

    path: str = LOG_PATH
    now: str = "9999-12-31T23:59:59Z"
    who: People = EVERYBODY

    code, until = "edit-log", "Until then translations that depend on it are shown in English."
    vital = True
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
            days = (edit.on for edit in found if not edit.decision and edit.on <= self.now)
            came[now] = max([came.get(now, ""), *days])
        steps: dict[str, list[Step]] = {}
        for (was, now), found in by_edge.items():
            steps.setdefault(now, []).append(step(was, now, found, came.get(was, ""), self.now, self.who))
        return {now: tuple(sorted(found)) for now, found in steps.items()}

    @cached_property
    def placed(self) -> Mapping[str, Mapping[Around, Step]]:
        """The edits that left a message as it is and changed what stands around it, by its id and what stands there since."""
        found: dict[str, dict[Around, list[Edit]]] = {}
        for edit in self.rows:
            if edit.was and edit.was == edit.now:
                found.setdefault(edit.was, {}).setdefault(edit.after, []).append(edit)
        return {
            was: {around: step(was, was, lines, "", self.now, self.who) for around, lines in places.items()}
            for was, places in found.items()
        }

    @cached_property
    def deleted(self) -> Mapping[str, tuple[Around, ...]]:
        """What stood around each message that went, by id."""
        found: dict[str, list[Around]] = {}
        for edit in self.rows:
            if edit.was and not edit.now:
                found.setdefault(edit.was, []).append(edit.before)
        return {was: tuple(dict.fromkeys(arounds)) for was, arounds in found.items()}

    @cached_property
    def refs(self) -> Mapping[str, Refs]:
        """What the reference links of each message led to, by its id; nothing of a label that led to several places."""
        found: dict[str, dict[str, set[tuple[str, str, str]]]] = {}
        for edit in self.rows:
            for message, around in ((edit.was, edit.before), (edit.now, edit.after)):
                for one in around.refs if message else ():
                    found.setdefault(message or "", {}).setdefault(one[0], set()).add(one)
        return {
            message: tuple(one for rows in labels.values() if len(rows) == 1 for one in rows)
            for message, labels in found.items()
        }

    def step(self, was: str, now: str) -> Step | None:
        """The edit that made one message another, None where the log has none."""
        return next((one for one in self.steps.get(now, ()) if one.was == was), None)

    @cached_property
    def born(self) -> Mapping[str, str]:
        """The day on which each message came about; "" of one that was there before any edit of it."""
        came: dict[str, str] = {}
        went: dict[str, str] = {}
        for edit in self.rows:
            if edit.was and edit.now and edit.was != edit.now and not edit.decision:
                came[edit.now] = min(edit.on, came.get(edit.now, edit.on))
                went[edit.was] = min(edit.on, went.get(edit.was, edit.on))
        return {now: "" if went.get(now, day) < day else day for now, day in came.items()}

    def older(self, one: str, other: str) -> bool:
        """Whether one message was there before another, by the day."""
        return self.born.get(one, "") < self.born.get(other, "")

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

    @cached_property
    def alike(self) -> Callable[[str], Collection[str]]:
        """The messages that differ from a message they came from in looks only, over all edits; the last answers are kept."""

        def worst(was: str) -> Collection[str]:
            found = reached(was, self.onward, lambda one: one.now, lambda one: one.words)[1]
            return {now for now, severity in found.items() if severity is Severity.COSMETIC}

        return lru_cache(64)(worst)

    def way(self, was: str, now: str) -> Path_ | None:
        """The way from one message to another, None where the log knows of none."""
        return self.ways(now).get(was) if now in self.steps else None

    @property
    def waits(self) -> bool:
        """Whether a line holds from a later hour on."""
        return any(ahead(edit, self.now) for edit in self.rows)

    def ahead(self) -> Iterator[Finding]:
        """The lines that are dated later than now: a clock was wrong, or somebody wants to have the last word."""
        for edit in self.rows:
            if ahead(edit, self.now):
                when = edit.on if edit.on > self.now else edit.decision.at if edit.decision else ""
                text = f"{dated(when, self.now)} Correct the date. Until then it makes nothing milder."
                yield Finding("edit-log-ahead", Level.ERROR, text, self.span(edit))

    def idle(self) -> Iterator[Finding]:
        """The decisions that changed nothing for want of a person: their names are of one, or of nobody."""
        from pipeline.core.signers import doubt

        for edit in self.rows:
            said, now = edit.decision, self.step(edit.was or "", edit.now or "")
            idle = said and said.meaning == UNCHANGED and self.who.count(said.by, DECIDE) < min(len(said.by), 2)
            if said and idle and now and now.severity > Severity.COSMETIC:
                why = doubt(said.by) or self.who.unheard(said.by, DECIDE)
                text = f"This decision changes nothing: {why}. Let two people decide it again."
                yield Finding(self.code, Level.WARNING, text, self.span(edit))


NO_LOG = Log()
"""The log of a site that has none."""


def reached(
    start: str,
    steps: Mapping[str, Sequence[Step]],
    end: Callable[[Step], str],
    grade: Callable[[Step], Severity] = lambda one: one.severity,
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
                to, grave = end(one), max(grade(one), worst[message])
                if to not in worst and (to not in found or grave > found[to][0]):
                    found[to] = grave, one
        worst |= {to: grave for to, (grave, _) in found.items()}
        links |= {to: one for to, (_, one) in found.items()}
        last = found
    return links, worst


def dated(when: str, now: str) -> str:
    """That a line is dated later than now, and what is now: the day alone, so that the same is said all day."""
    today = "which is later today" if when[:10] == now[:10] else f"and today is {now[:10]}"
    return f"This line is dated {when}, {today}."


def ahead(edit: Edit, now: str) -> bool:
    """Whether a line is dated later than a UTC time: its day, or what people decided."""
    return edit.on > now or (edit.decision is not None and edit.decision.at > now)


def step(was: str, now: str, found: Iterable[Edit], came: str, time: str, who: People = EVERYBODY) -> Step:
    """All lines about one edit, folded: the gravest grade, then each decision in its time; of one time, the raising last.

    Lowering a critical takes two people; a line that lowers without them changes nothing, nor does one of later than
    `time`. `came` is the last day on which `was` itself came about: an edit before it belongs to an earlier round.
    """
    lines = list(found)
    graded = [edit for edit in lines if not edit.decision] or lines  # the line that people decided about may be gone
    worst = max(graded, key=lambda edit: edit.severity)
    severity, why, last, raised, lowered = worst.severity, worst.reasons, None, False, 0
    grade = max(severity, Severity.WORDING) if graded is lines else severity
    order = sorted(
        (edit.decision for edit in lines if edit.decision),
        key=lambda said: (said.at, said.meaning == RAISED, said.by, said.reason),
    )
    for said in order:
        if said.meaning == RAISED:
            severity, why, last, lowered = Severity.CRITICAL, (*worst.reasons, f"raised: {said.reason}"), said, 0
            raised = True
        elif said.at <= time and who.count(said.by, DECIDE) >= (2 if severity is Severity.CRITICAL else 1):
            severity, why, last = Severity.COSMETIC, (*worst.reasons, f"meaning unchanged: {said.reason}"), said
            lowered = max(lowered, who.count(said.by, DECIDE))
    days = sorted(edit.on for edit in graded if edit.on <= time)
    on = next((day for day in days if day >= came), days[-1] if days else "")
    refs = worst.before.refs, worst.after.refs
    return Step(was, now, severity, tuple(dict.fromkeys(why)), on, last, grade, raised, lowered, refs)


def load(root: Path, now: str = Log.now) -> Log:
    """The log of a site as of a UTC time; an empty one where there is no file."""
    return Log(now=now, who=people.load(root)).load(root)

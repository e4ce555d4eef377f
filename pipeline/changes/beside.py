"""What changed beside the messages: facts, texts that are no message, files, page classes. No translation tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.changes.edit_log import Edit
from pipeline.changes.occurrences import Occurrences
from pipeline.content.fixed import BOX, CLASS, FACTS, FILE, TEXT, Fixed, Fixtures
from pipeline.core.inline import Syntax
from pipeline.core.model import Severity
from pipeline.severity.severity import grade_of
from pipeline.text import similarity
from pipeline.text.features import Names


class Beside(NamedTuple):
    """One such thing of a source file that was something else: `was` and `now` are "" where it came or went."""

    path: str
    kind: str
    name: str
    was: str
    now: str

    @property
    def said(self) -> str:
        """What became of it, in words."""
        what = {FACTS: f"{{{self.name}}}: ", CLASS: "class: ", FILE: f"{self.name}: ", BOX: "box: "}.get(self.kind, "")
        if self.was and self.now:
            return f"{what}another file" if self.kind == FILE else f"{what}{short(self.was)} → {short(self.now)}"
        value = "" if self.kind == FILE else f"{short(self.now or self.was)} "
        return f"{what}{value}{'added' if self.now else 'removed'}"

    def edit(self, on: str, names: Names) -> Edit:
        """It as a line of the log; a line about no message."""
        severity, reasons = Severity.WORDING, [self.said]
        if self.kind == FILE:
            severity = Severity.CRITICAL  # nobody knows what a picture says
        elif self.kind == BOX:
            severity = Severity.CRITICAL if milder(self.was, self.now) else Severity.WORDING
        elif self.was and self.now and self.kind != CLASS:
            grade = grade_of(self.was, Syntax.TEXT, self.now, Syntax.TEXT, names, False)
            severity, reasons = grade.severity, [self.said, *grade.reasons]
        return Edit(None, None, self.path, self.name, on, severity, tuple(reasons), self.kind)


GRAVE = "caution", "warning", "danger", "emergency"
"""The boxes of which a milder one would be no warning any more, the mildest first."""


def milder(was: str, now: str) -> bool:
    """Whether a box that warned warns less now, or not at all."""
    return was in GRAVE and (now not in GRAVE or GRAVE.index(now) < GRAVE.index(was))


def short(value: str) -> str:
    """A value for the middle of a line."""
    value = " ".join(value.split())
    return value if len(value) <= 60 else f"{value[:57].rstrip()}…"


def changed(old: Fixtures, new: Fixtures, before: Occurrences, now: Occurrences) -> Iterator[Beside]:
    """What of each file that was there in the extraction `before`, and is there `now`, is something else."""
    for path in sorted({*old, *before} & {*new, *now}):
        was, here = old.get(path, ()), new.get(path, ())
        if was != here:
            yield from named(path, was, here)
            for kind in (TEXT, BOX):
                yield from in_order(path, *([row for row in rows if row.kind == kind] for rows in (was, here)))


def named(path: str, before: Sequence[Fixed], after: Sequence[Fixed]) -> Iterator[Beside]:
    """What has a name of its own: facts, files, the class."""
    was, now = ({(row.kind, row.name): row.value for row in rows if row.single} for rows in (before, after))
    for kind, name in sorted({*was, *now}):
        if was.get((kind, name)) != now.get((kind, name)):
            yield Beside(path, kind, name, was.get((kind, name), ""), now.get((kind, name), ""))


def in_order(path: str, before: Sequence[Fixed], after: Sequence[Fixed]) -> Iterator[Beside]:
    """The texts that are no message, by their order on the page."""
    for span in similarity.spans(before, after):
        if span.same:
            continue
        old, new = before[span.start : span.end], after[span.begin : span.finish]
        for at in range(max(len(old), len(new))):
            was, now = (rows[at] if at < len(rows) else None for rows in (old, new))
            one = now or was
            assert one is not None
            if was is None or now is None or was.value != now.value:
                yield Beside(path, one.kind, one.name, was.value if was else "", now.value if now else "")


def edits(found: Iterable[Beside], on: str, names: Names) -> tuple[Edit, ...]:
    """What changed as lines of the log."""
    return tuple(dict.fromkeys(one.edit(on, names) for one in found))

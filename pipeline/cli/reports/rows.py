"""What every report says of a finding: where it is in the checkout, in the catalog and in the source, and what it is known by."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.checks.readability import is_hint
from pipeline.core import git
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level, Span

SOURCE = ""
"""Stands for the locale of what is wrong in the source itself."""


class Row(NamedTuple):
    """A finding at a place of the checkout (`place`: its path as git has it, its line from 1 on); where it is about two files, a
    catalog and the English of it, the other one is `beside`. `mark` is the same in another run, whatever lines moved."""

    finding: Finding
    place: Span
    beside: Span | None
    mark: str

    @property
    def words(self) -> str:
        """What is wrong and what to do, with the text that it is about and where its other half stands."""
        about = f"\n{shortened(self.finding.key.msgid)}" if self.finding.key else ""
        return f"{self.finding.text}{about}" + (f"\n{self.beside}" if self.beside else "")

    @property
    def title(self) -> str:
        """The finding in two words: its code, and its language where it has one."""
        return f"{self.finding.code} ({self.finding.locale})" if self.finding.locale else self.finding.code


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a run, gravest first, then those in files that this change touches, then by place. `gate`: the level from
    which on a finding fails the run, None where none does; `said`: what else failed it, each with its reason; `figures`: the run in
    one line."""

    rows: tuple[Row, ...]
    gate: Level | None
    figures: str
    said: tuple[tuple[str, str], ...] = ()
    hints: tuple[Row, ...] = ()
    """The hints about the style of the English, which are no findings and fail nothing."""

    @property
    def every(self) -> tuple[Row, ...]:
        """Findings and hints, for formats that sort by themselves."""
        return (*self.rows, *self.hints)

    def fails(self, row: Row) -> bool:
        """Whether a finding fails the run."""
        return self.gate is not None and row.finding.level >= self.gate and not is_hint(row.finding)


def report(
    root: Path, found: Iterable[Finding], gate: Level | None, figures: str, said: tuple[tuple[str, str], ...] = ()
) -> Report:
    """The report on the site at `root`; the rest as `Report` has it."""
    changed, prefix = touched(root), git.prefix(root)
    rows = [row(one, mark, prefix, changed) for one, mark in marked(found)]
    rows.sort(
        key=lambda one: (-one.finding.level, one.place.path not in changed, one.place, one.finding.code, one.mark)
    )
    hints = tuple(one for one in rows if is_hint(one.finding))
    return Report(tuple(one for one in rows if not is_hint(one.finding)), gate, figures, said, hints)


def row(found: Finding, mark: str, prefix: str, changed: Set[str]) -> Row:
    """A finding at its place; at its other place where this change touches only that one, since that is what a reviewer sees."""
    here = Span(prefix + found.span.path, max(1, found.span.line))
    other = Span(prefix + found.source.path, max(1, found.source.line)) if found.source else None
    if other is None or other.path == here.path:
        return Row(found, here, None, mark)
    if here.path not in changed and other.path in changed:
        here, other = other, here
    return Row(found, here, other, mark)


def marked(found: Iterable[Finding]) -> Iterable[tuple[Finding, str]]:
    """Each finding with what it is known by: its code, its language and its text; where it is about no message, its file and its
    words. Of several that share these each has its number."""
    seen = Counter[tuple[str | None, ...]]()
    for one in found:
        about = (one.key.context, one.key.msgid) if one.key else (one.span.path, one.text)
        key = (one.code, one.locale, *about)
        seen[key] += 1
        yield one, hashlib.sha256(repr((key, seen[key])).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def touched(root: Path) -> frozenset[str]:
    """The files that a pull or merge request touches, as git has them; none outside of one, or where git cannot tell."""
    base = os.environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", "")
    if name := os.environ.get("GITHUB_BASE_REF", ""):
        base = f"origin/{name}"
    if not base or base.startswith("-"):
        return frozenset()
    try:
        return git.changed(root, base)
    except LockstepError:
        return frozenset()


def shortened(text: str, most: int = 200) -> str:
    """A text that fits a report."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def counted(rows: Iterable[Row]) -> list[tuple[str, Counter[Level]]]:
    """How many findings of each level each language has, the source first."""
    counts: dict[str, Counter[Level]] = {}
    for one in rows:
        counts.setdefault(one.finding.locale, Counter())[one.finding.level] += 1
    return sorted(counts.items())

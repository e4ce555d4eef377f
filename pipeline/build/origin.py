"""What a part of a build was made from: program, files and day; and how two of them differ, in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import cache, inputs, pickled, seen
from pipeline.core.errors import LockstepError
from pipeline.project.project import Project

SHOWN = 3
"""How many names of what differs are said."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What pages are made from. `program` is what `cache.ingredients` says of it, `files` the first half of the SHA-256 of each by
    its path; `waiting` counts the recalls that are dated later than the run; `astray` is a digest of what git put astray,
    of what it took out of the ledgers, and of stale texts of which its commits alone tell."""

    program: Mapping[str, str]
    files: Mapping[str, str]
    day: str
    waiting: int
    astray: str


def of(project: Project) -> Origin:
    """What a run makes pages from."""
    root = project.root
    files = {name: half_digest(root, name) for name in sorted(names(root))}
    waiting = sum(row.date > project.clock.stamp for row in project.records.recalls.rows)
    lost, marks = sorted(project.history.lost.items()), sorted(project.marks.items())
    told = pickled.digest([sorted(project.astray.items()), lost, marks])
    return Origin(cache.ingredients(), files, project.clock.day, waiting, told)


def names(root: Path) -> Iterator[str]:
    """Every file that a site is made from, relative to its root."""
    for name in seen.INPUTS:
        path = root / name
        for one in [path] if path.is_file() else path.rglob("*"):
            if one.is_file():
                yield one.relative_to(root).as_posix()


def half_digest(root: Path, name: str) -> str:
    """The first half of the SHA-256 of a file of a site; of why it is not read where it is not."""
    try:
        body = inputs.read(root, name) or b""
    except LockstepError as problem:
        body = str(problem).encode(errors="replace")
    return hashlib.sha256(body).hexdigest()[:32]


def differs(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """How another program differs from this one, in words; "" where it does not."""
    for name in {**ours, **theirs}:
        mine, other = ours.get(name, ""), theirs.get(name, "")
        if mine == other:
            continue
        if name == "packages":
            one, two = set(mine.split()), set(other.split())
            return f"other packages: {some(two - one) or 'none more'} there, {some(one - two) or 'none more'} here"
        return f"other {name}" if len(other) == 64 else f"another {name}: {other or 'unknown'} there, {mine} here"
    return ""


def some(names: set[str]) -> str:
    """A few of some names, and how many more there are."""
    shown = ", ".join(sorted(names)[:SHOWN])
    return shown + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


def doubt(ours: Origin, theirs: Origin) -> tuple[str, str] | None:
    """Why what was made from another origin does not go with what this one makes, and what to do; None where it does."""
    if said := differs(ours.program, theirs.program):
        return f"made by another program ({said})", "Install the same Lockstep, Python and packages everywhere."
    changed = {path for path, _ in ours.files.items() ^ theirs.files.items()}
    if changed:
        return (
            f"made from other files: {some(changed)}",
            "Check out the same commit everywhere, and change nothing in it.",
        )
    if ours.day != theirs.day:
        what = f"made on another day, {theirs.day}; this is {ours.day}"
        return what, "Set SOURCE_DATE_EPOCH to one and the same time for all parts."
    if ours.astray != theirs.astray:
        return "made where git tells otherwise of the catalogs", "Fetch the same history everywhere (fetch-depth: 0)."
    if ours.waiting != theirs.waiting:
        return (
            "made before or after a recall came into force",
            "Set SOURCE_DATE_EPOCH to one and the same time for all parts.",
        )
    return None

"""Lines that git took out of the ledgers when branches were joined: a merge that is told to prefer one side (`-X ours`) drops what the
other wrote at the end of the same file.

Nothing is ever taken out of a ledger, so a merge that lacks a line which one of its parents had written has lost it, and so has a commit
that takes some out and puts others in. Not so where the line was gone on one side by itself (a revert), and not a commit that only
takes out, which is one. The former translations and the edits among them only make graver what they tell of, so they count all the same,
and the next `update` writes them where they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.changes import edit_log
from pipeline.changes import former as former_translations
from pipeline.changes.edit_log import Edit, Log
from pipeline.changes.former import Former
from pipeline.core import git, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.git import Taken
from pipeline.core.ledger import Fields, Ledger, Row
from pipeline.core.model import Finding, Level, Span
from pipeline.review import recalls, reviews

LAST = 30
"""How many commits that changed a ledger are looked at; an `update`, or somebody who was told, mended what older ones dropped."""

Lost = Mapping[str, tuple[str, ...]]
"""The lines that were lost, by the path of their ledger."""


def ledgers(locales: Iterable[str]) -> tuple[str, ...]:
    """The ledgers that say of texts what no other file does."""
    each = [path for name in locales for path in (former_translations.path_of(name), reviews.path_of(name))]
    return (edit_log.LOG_PATH, recalls.PATH, *each)


def lines(root: Path, paths: tuple[str, ...]) -> Lost:
    """The lines of some ledgers that a commit lost of those that are checked out. Raises LockstepError where git says nothing."""
    found: dict[str, dict[bytes, None]] = {}
    for one in git.taken(root, paths, LAST):
        found.setdefault(one.path, {}).update(dict.fromkeys(lost(root, one)))
    return {path: tuple(row.decode(errors="replace") for row in rows) for path, rows in found.items() if rows}


def lost(root: Path, one: Taken) -> Iterator[bytes]:
    """Of the lines that a commit took out, those that were lost by it."""
    gone = dict.fromkeys(row for row in one.gone if row not in {*one.come})
    if gone and len(one.parents) > 1:
        name = git.base(root, one.parents)
        (body,) = git.versions(root, [f"{name}:./{one.path}"]) if name else (None,)
        yield from gone.keys() - {row.strip() for row in (body or b"").split(b"\n")}
    elif one.come:
        yield from gone


def missing(root: Path, found: Lost, path: str) -> list[str]:
    """Those of the lost lines of a ledger that its file has not again."""
    if not found.get(path):
        return []
    try:
        there = {row.strip() for row in (inputs.read(root, path) or b"").split(b"\n")}
    except LockstepError:
        return []
    return [row for row in found[path] if row.encode(errors="replace") not in there]


def edits(root: Path, found: Lost) -> list[Edit]:
    """The edits that were lost, but for those by which somebody made one milder."""
    rows = read(Log(), missing(root, found, edit_log.LOG_PATH))
    return [row for row in rows if not (row.decision and row.decision.meaning == edit_log.UNCHANGED)]


def former(root: Path, found: Lost, known: Mapping[str, Former], name: str) -> Former:
    """The former translations of a language, with those that its list lost."""
    return known[name].added(read(known[name], missing(root, found, known[name].path)))


def read(ledger: Ledger[Row], rows: list[str]) -> list[Row]:
    """The rows that lines say; what cannot be read is not there."""
    made = []
    for row in rows:
        try:
            made.append(ledger.parse(Fields.of(row)))
        except (ValueError, RecursionError):
            continue
    return made


def findings(root: Path, found: Lost, kept: frozenset[str]) -> Iterator[Finding]:
    """What is to be said of the ledgers that lost lines; `kept` are those whose lines count all the same."""
    for path in sorted(found):
        if count := len(missing(root, found, path)):
            what = f"{count} line{'s' * (count > 1)} of {path} went when branches were joined"
            if path in kept:
                text = f"{what}. They count all the same; `lockstep update` writes them back."
                yield Finding("history", Level.WARNING, text, Span(path, 1))
            else:
                text = f"{what}: what somebody signed, took back or withdrew. Restore them from git: keep the lines of both branches."
                yield Finding("history", Level.ERROR, text, Span(path, 1))

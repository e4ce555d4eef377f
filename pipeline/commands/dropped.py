"""Lines that git took out of the ledgers when branches were joined: a merge that is told to prefer one side (`-X ours`) drops what the
other wrote at the end of the same file.

Nothing is ever taken out of a ledger, so a merge that lacks a line which one of its parents had written has lost it, and so has a commit
that takes some out and puts others in. Not so where the line was gone on one side by itself (a revert), and not a commit that only
takes out, which is one. A line is known by what it says, so who writes one anew (a formatter, a mended slip) has lost none. The former
translations and the edits among them only make graver what they tell of, so they count all the same, and the next `update` writes
them where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.changes import edit_log
from pipeline.changes import former as former_translations
from pipeline.changes.edit_log import Edit
from pipeline.changes.former import Former, Was
from pipeline.core import git, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.git import Taken
from pipeline.core.ledger import Fields
from pipeline.core.model import Finding, Level, Span
from pipeline.review import recalls, reviews
from pipeline.review.recalls import Recall
from pipeline.review.reviews import Line

LAST = 30
"""How many commits that changed a ledger are looked at; an `update`, or somebody who was told, mended what older ones dropped."""

Lost = Mapping[str, tuple[str, ...]]
"""The lines that were lost, by the path of their ledger."""
Row = Edit | Was | Line | Recall


def ledgers(locales: Iterable[str]) -> tuple[str, ...]:
    """The ledgers that say of texts what no other file does."""
    each = [path for name in locales for path in (former_translations.path_of(name), reviews.path_of(name))]
    return (edit_log.LOG_PATH, recalls.PATH, *each)


def counts(path: str) -> bool:
    """Whether what a ledger lost counts all the same."""
    return path == edit_log.LOG_PATH or path.endswith("/former.jsonl")


def row_of(path: str, line: bytes | str) -> Row | None:
    """What a line of a ledger says; None where it cannot be read, and so said nothing."""
    kinds: Mapping[str, Callable[[Fields], Row]] = {edit_log.LOG_PATH: Edit.parse, recalls.PATH: Recall.parse}
    parse = kinds.get(path, Was.parse if counts(path) else Line.parse)
    try:
        return parse(Fields.of(line if isinstance(line, str) else line.decode()))
    except (ValueError, RecursionError):
        return None


def about(row: Row) -> object:
    """What a row says, less what may be written otherwise later: the name of somebody who signed, a note."""
    match row:
        case Line():
            return row.how, row.pair, row.date, row.role, row.was
        case Recall():
            return row.how, row.message, row.date, row.stub
        case _:
            return row


def said(path: str, rows: Iterable[bytes]) -> frozenset[object]:
    """All that the lines of a ledger say."""
    return frozenset(about(row) for line in rows if line.strip() and (row := row_of(path, line)))


def lines(root: Path, paths: tuple[str, ...], merging: tuple[str, ...] = ()) -> Lost:
    """The lines of some ledgers that a commit lost of those that are checked out, and a merge of these commits that is not committed
    yet. Raises LockstepError where git says nothing."""
    found: dict[str, dict[bytes, None]] = {}
    for one in (*git.taken(root, paths, LAST), *under_way(root, paths, merging)):
        found.setdefault(one.path, {}).update(dict.fromkeys(lost(root, one)))
    return {path: tuple(row.decode(errors="replace") for row in rows) for path, rows in found.items() if rows}


def under_way(root: Path, paths: tuple[str, ...], merging: tuple[str, ...]) -> Iterator[Taken]:
    """What a merge that is not committed yet would take out of ledgers, as they stand in the checkout."""
    sides = ("HEAD", *merging)
    if not merging:
        return
    bodies = git.versions(root, [f"{name}:./{path}" for path in paths for name in sides])
    for path in paths:
        had = [row.strip() for _ in sides for row in (next(bodies) or b"").split(b"\n")]
        try:
            now = {row.strip() for row in (inputs.read(root, path) or b"").split(b"\n")}
        except LockstepError:
            continue
        if gone := tuple(row for row in dict.fromkeys(had) if row and row not in now):
            yield Taken("", sides, path, gone, tuple(now))


def lost(root: Path, one: Taken) -> Iterator[bytes]:
    """Of the lines that a commit took out, those that were lost by it."""
    if len(one.parents) == 1 and not one.come:
        return
    gone = less(one.path, one.gone, one.come)
    if gone and len(one.parents) > 1:
        names = git.bases(root, one.parents)
        if not names and not counts(one.path) and git.shallow(root):  # what they come from was cut off
            return
        for body in git.versions(root, [f"{name}:./{one.path}" for name in names]):
            gone = less(one.path, gone, (body or b"").split(b"\n"))
    yield from gone


def less(path: str, rows: Iterable[bytes], others: Iterable[bytes]) -> list[bytes]:
    """Those of the lines of a ledger that can be read and of which others do not say the same."""
    there = {row.strip() for row in others}
    left = [row for row in dict.fromkeys(rows) if row not in there]
    if not left:
        return []
    known = said(path, there)
    return [row for row in left if (found := row_of(path, row)) and about(found) not in known]


def missing(root: Path, found: Lost, path: str) -> list[Row]:
    """What the lost lines of a ledger say that its file does not say again."""
    if not found.get(path):
        return []
    try:
        there = (inputs.read(root, path) or b"").split(b"\n")
    except LockstepError:
        return []
    left = less(path, [row.encode(errors="replace") for row in found[path]], there)
    return [row for line in left if (row := row_of(path, line))]


def edits(root: Path, found: Lost) -> list[Edit]:
    """The edits that were lost, but for those by which somebody made one milder."""
    return [row for row in missing(root, found, edit_log.LOG_PATH) if isinstance(row, Edit) and not milder(row)]


def milder(row: Row) -> bool:
    """Whether by a row somebody made an edit milder."""
    return isinstance(row, Edit) and row.decision is not None and row.decision.meaning == edit_log.UNCHANGED


def former(root: Path, found: Lost, known: Mapping[str, Former], name: str) -> Former:
    """The former translations of a language, with those that its list lost."""
    return known[name].added(row for row in missing(root, found, known[name].path) if isinstance(row, Was))


def grave(row: Row) -> bool:
    """Whether readers may get more, or be told less, where a row by people is not there: something was taken back, or withdrawn, or
    a machine made it."""
    match row:
        case Line():
            return row.how == reviews.VOID or (row.how == reviews.SIGNED and not row.role)
        case Recall():
            return row.how == recalls.RECALLED
    return False


def findings(root: Path, found: Lost, kept: frozenset[str]) -> Iterator[Finding]:
    """What is to be said of the ledgers that lost lines; `kept` are those whose lines count all the same."""
    for path in sorted(found):
        rows = missing(root, found, path)
        counting = [row for row in rows if path in kept and not milder(row)]
        if counting:
            text = f"{went(counting, path)}. They count all the same; `lockstep update` writes them back."
            yield Finding("history", Level.WARNING, text, Span(path, 1))
        if theirs := [row for row in rows if row not in counting]:
            text = f"{went(theirs, path)}: what somebody decided, signed, took back or withdrew. Restore them from git: keep the lines of both branches."
            yield Finding("history", Level.ERROR if any(map(grave, theirs)) else Level.WARNING, text, Span(path, 1))


def went(rows: list[Row], path: str) -> str:
    return f"{len(rows)} line{'s' * (len(rows) > 1)} of {path} went when branches were joined"

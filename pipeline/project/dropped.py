"""Lines that git took out of the ledgers when branches were joined: a merge that is told to prefer one side (`-X ours`) drops what the
other wrote at the end of the same file.

Nothing is ever taken out of a ledger, so a merge that lacks a line which one of its parents had written has lost it, and so has a commit
that takes some out and puts others in. Not so where the line was gone on one side by itself (a revert), and not a commit that only
takes out, which is one. A rebase or a cherry-pick that prefers the other side drops what the commits said that it makes anew; no commit that is
checked out ever had those lines, but the clone still knows the commits from before (`remade`). A line is known by what it says, so who writes one anew (a formatter, a mended slip) has lost none. The former
translations and the edits among them only make graver what they tell of, so they count all the same, and the next `update` writes
them where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.changes import edit_log, occurrences
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
    for path, rows in remade(root, paths).items():
        found.setdefault(path, {}).update(dict.fromkeys(rows))
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


def remade(root: Path, paths: tuple[str, ...]) -> dict[str, list[bytes]]:
    """The lines that commits wrote which are not checked out though what was made of them is, by ledger. One that was made anew upon
    a ledger that says other things, and lacks its own lines, lost them. What has no such heir (a squash, or it was given up) has
    only what it said of the English that the site has."""
    wrote = [one for one in git.taken(root, paths, LAST, git.ELSEWHERE) if unsaid(root, one.path, one.come)]
    heirs = heirs_of(root, dict.fromkeys(one.name for one in wrote)) if wrote else {}
    found: dict[str, list[bytes]] = {}
    for one in wrote:
        left = unsaid(root, one.path, one.come)
        for name in heirs[one.name]:
            left = less(one.path, left, at(root, name, one.path)) if clashed(root, one, name) else []
        if heirs[one.name]:
            found.setdefault(one.path, []).extend(left)
    alone = [(one.path, line) for one in wrote if not heirs[one.name] for line in one.come]
    for path, line in in_effect(root, alone, found):
        found.setdefault(path, []).append(line)
    return found


def heirs_of(root: Path, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What was made of some commits. Of one that nothing was made of (a rebase leaves out what became empty, as a line that was
    dropped makes it) what was made of the nearest commit of its branch, where the branch is no more."""
    old = git.given_up(root)
    twins = git.twins(root, dict.fromkeys((*names, *old)))
    beside: dict[str, list[str]] = {}
    for name, parents in old.items():
        for parent in parents:
            if parent in old:
                beside.setdefault(name, []).append(parent)
                beside.setdefault(parent, []).append(name)
    return {name: nearest(name, twins, beside) for name in names}


def nearest(name: str, twins: Mapping[str, tuple[str, ...]], beside: Mapping[str, list[str]]) -> tuple[str, ...]:
    """What was made of a commit, or of the nearest one to it that something was made of."""
    seen, queue = {name}, [name]
    for one in queue:
        if twins.get(one):
            return twins[one]
        queue += [other for other in beside.get(one, ()) if other not in seen]
        seen.update(queue)
    return ()


def clashed(root: Path, one: Taken, name: str) -> bool:
    """Whether a commit was made anew upon a ledger that says other things than the one that it was made upon first."""
    before, now = (said(one.path, at(root, f"{commit}^", one.path)) for commit in (one.name, name))
    return before != now


def at(root: Path, commit: str, path: str) -> list[bytes]:
    """The lines of a file at a commit."""
    return (next(git.versions(root, [f"{commit}:./{path}"])) or b"").split(b"\n")


def in_effect(
    root: Path, lines: Iterable[tuple[str, bytes]], found: Mapping[str, list[bytes]]
) -> Iterator[tuple[str, bytes]]:
    """Of the lines of commits without an heir the edits that the site has, which has what they made of an English, that English no
    more, and no edit from the one to the other; and the texts of what these edits, and those that were `found`, changed."""
    rows = [(path, line, row) for path, line in lines if (row := row_of(path, line))]
    if not rows:
        return
    here = {name for ids in occurrences.ids_before(root).values() for name in ids}
    logged = [row for line in (inputs.read(root, edit_log.LOG_PATH) or b"").split(b"\n") if (row := edit_of(line))]
    known = {(row.was, row.now) for row in logged}
    changed = {row.was for line in found.get(edit_log.LOG_PATH, []) if (row := edit_of(line))}
    for path, line, row in rows:
        new = isinstance(row, Edit) and not milder(row) and (row.was, row.now) not in known
        if isinstance(row, Edit) and new and row.now in here and row.was not in here:
            changed.add(row.was)
            yield path, line
    yield from ((path, line) for path, line, row in rows if isinstance(row, Was) and row.message in changed)


def edit_of(line: bytes) -> Edit | None:
    """The edit that a line of the log tells of."""
    row = row_of(edit_log.LOG_PATH, line) if line.strip() else None
    return row if isinstance(row, Edit) else None


def unsaid(root: Path, path: str, rows: Iterable[bytes]) -> list[bytes]:
    """Those of some lines of a ledger of which its file does not say the same; none where it cannot be read."""
    try:
        return less(path, rows, (inputs.read(root, path) or b"").split(b"\n"))
    except LockstepError:
        return []


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
    left = unsaid(root, path, [row.encode(errors="replace") for row in found.get(path, ())])
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
            text = f"{went(theirs, path)}: what somebody decided, signed, took back or withdrew. Restore them from git (`git log --all --reflog -p -- {path}`): keep the lines of both branches."
            yield Finding("history", Level.ERROR if any(map(grave, theirs)) else Level.WARNING, text, Span(path, 1))


def went(rows: list[Row], path: str) -> str:
    """What is said of lines that a ledger lost, with the first of them as it was."""
    first = f"{rows[0].line()[:160]}{'…' * (len(rows[0].line()) > 160)}"
    return f"{len(rows)} line{'s' * (len(rows) > 1)} of {path} went when branches were joined or commits made anew (the first: {first})"

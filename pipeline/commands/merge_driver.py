"""What git calls where two branches changed one catalog: merged by entry, or by lines where that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.catalog import Catalog, po_file
from pipeline.changes import entry_merge, three_way
from pipeline.changes.edit_log import LOG_PATH, NO_LOG, Log
from pipeline.changes.three_way import Merged
from pipeline.core import disk, git, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Key

SIDES = "the common ancestor", "our side", "their side"


class Outcome(NamedTuple):
    """What became of a merge: git's exit code (0: clean), and what there is to say."""

    code: int
    said: tuple[str, ...] = ()


def merge_files(base: Path, ours: Path, theirs: Path, path: str = "") -> Outcome:
    """Merge three files, into `ours`. `path` is the catalog's in the repository whose top is the folder we are in.

    Raises LockstepError where a file cannot be read or written.
    """
    name = path or str(ours)
    bodies = [disk.read(one) for one in (base, ours, theirs)]
    if bodies[1] is None or bodies[2] is None:
        raise LockstepError("is not there", path=ours if bodies[1] is None else theirs, todo="Git gives these files.")
    sides = [po_file.parse(name, body or b"") for body in bodies]
    made = three_way.merge(*sides)
    body = None if made is None else written(made, path, bodies[2])
    if made is None or body is None:
        return by_lines(base, ours, theirs, sides, name)
    disk.replace(ours, body, expected=bodies[1])
    return Outcome(int(bool(made.conflicts)), tuple(said(made, name, body)))


def written(made: Merged, path: str, theirs: bytes) -> bytes | None:
    """The merged catalog as bytes, each entry that is left with its heir where the log knows it; None where what would be
    written is not what would be read."""
    found = made.catalog
    if made.left:
        found = with_heirs(made, path, theirs)
    try:
        body = found.text().encode(found.encoding, "surrogateescape")
    except UnicodeEncodeError:
        return None
    again = po_file.parse(found.path, body)
    torn = set(made.conflicts)
    values = [po_file.value_of(entry) for entry in found.entries if entry.key not in torn]
    return body if [*map(po_file.value_of, again.entries)] == values else None


def with_heirs(made: Merged, path: str, theirs: bytes) -> Catalog:
    """The catalog with the texts that are left under what their English became, by the logs of both sides."""
    log = log_of(path, theirs)
    if not log.steps:
        return made.catalog
    from pipeline.changes.heirs import settled

    return settled(made.catalog, made.left, log)


def site_of(path: str) -> Path | None:
    """The folder of the site that a catalog belongs to (`SITE/locale/es/LC_MESSAGES/messages.po`); None where it is of none."""
    parts = PurePosixPath(path).parts
    return Path(*parts[:-4]) if len(parts) > 3 and parts[-4] == "locale" else None


def log_of(path: str, theirs: bytes) -> Log:
    """The edit logs of both sides as one: ours as it lies in the folder, theirs as it was with their catalog."""
    root = site_of(path)
    if root is None:
        return NO_LOG
    bodies = [inputs.read(root, LOG_PATH)]
    if commit := git.holder(path, theirs):
        bodies += git.versions(Path(), [f"{commit}:{(root / LOG_PATH).as_posix()}"])
    return Log().read(b"\n".join(body for body in bodies if body))


def by_lines(base: Path, ours: Path, theirs: Path, sides: list[Catalog], name: str) -> Outcome:
    """What git itself would do; and where that puts a translation under an English that it stands under on neither side, say
    so, and call it a conflict."""
    lines = [f"{name}: merged by lines, since it cannot be merged by entry"]
    for side, what in zip(sides, SIDES, strict=True):
        lines += [f"{name}: {what}, line {one.line}: {one.what}" for one in side.problems if one.fatal][:1]
    done = git.merge_file(ours, base, theirs)
    if done.code < 128:
        disk.replace(ours, done.out, expected=disk.read(ours))
    slipped = astray(po_file.parse(name, disk.read(ours) or b""), *sides)
    lines += (f"{name}:{line}: this translation was made for another English. Empty it, or mend it" for line in slipped)
    return Outcome(max(done.code, int(bool(slipped))), tuple(lines))


def astray(found: Catalog, *sides: Catalog) -> list[int]:
    """The lines of the entries that are translated as on none of the sides."""
    known = {standing for side in sides for standing in map(three_way.standing, side.entries)}
    return [
        entry.line
        for entry in found.entries
        if not entry.obsolete and entry.translated and not entry.fuzzy and three_way.standing(entry) not in known
    ]


def said(made: Merged, name: str, body: bytes) -> Iterator[str]:
    """What a person is told of a merge: each conflict with its line."""
    lines = [at for at, line in enumerate(body.split(b"\n"), 1) if line.rstrip(b"\r") == entry_merge.OURS.encode()]
    torn = {*made.conflicts}
    keys = [key for key in dict.fromkeys((three_way.HEADER, *(one.key for one in made.catalog.entries))) if key in torn]
    for at, key in zip(lines, keys, strict=False):
        what = "the header" if key == three_way.HEADER else f"two translations of {shortened(key)}"
        yield f"{name}:{at}: {what}: keep one, and remove the <<<<<<< ======= >>>>>>> lines"


def shortened(key: Key) -> str:
    text = " ".join(key.msgid.split())
    return f"{text[:60]}…" if len(text) > 61 else text

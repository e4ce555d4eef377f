"""Whether files are what they were, told from what the system says of them: no content is read that cannot have changed.

A file's size, times, inode and mode change with it (POSIX: `st_ctime` whatever a program does to the other times), unless it
changes twice within one tick of the file system's clock. So the bytes of a file that changed shortly before it was looked at
count as well, as in git's index ("racy git"). Where there is no such time (Windows) all bytes count.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

TICK = 2_000_000_000
"""The coarsest clock of a file system (FAT), in nanoseconds."""

INPUTS = (
    "source",
    "templates",
    "includes",
    "locale",
    "pyproject.toml",
    "mkdocs.yml",
    "sidebars.js",
    "sidebars.ts",
    "book.toml",
    "_redirects",
    *(f"docusaurus.config.{one}" for one in ("js", "ts", "mjs", "cjs", "mts")),
    *(f"{name}.{one}" for name in ("hugo", "config", "permalinks") for one in ("toml", "yaml", "yml", "json")),
    "_config.yml",
    "_config.yaml",
    *(f".vitepress/config.{one}" for one in ("js", "ts", "mjs", "cjs", "mts")),
    *(f"rspress.config.{one}" for one in ("js", "ts", "mjs", "cjs", "mts")),
    "conf.py",
    "people.yaml",
)
"""All that a site is made from, in its folder."""

PART = 1 << 20
"""How much of a file is read at once, in bytes."""
COMPILED = frozenset(["__pycache__"])
"""The folders of a program that follow from the others."""

Row = tuple[str, int, int, int, int, int, int]
"""Path, mode, size, when its bytes changed, when anything of it did, inode, device; of a folder path and mode alone."""

State = tuple[int, int, int, int, int, int]
"""A row without its path; of a folder as well, which changes when a name in it does."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Files as they were at a time (`at`, in nanoseconds): a digest of what the system said of them, and one of the bytes of
    those that had changed shortly before; "" where none had."""

    stats: str
    young: str
    at: int


def look(roots: Iterable[Path], at: int | None = None, but: Set[str] = frozenset()) -> Seen | None:
    """What is under some folders (or at some paths), as of a time, now where none is given, `but` for folders of some names. What was
    seen is there unchanged where another look as of the same time sees the same. None where that cannot be told: a link, a device,
    a file that may not be read."""
    at = time.time_ns() if at is None else at
    try:
        return of([row for root in roots for row in rows(root, but)], at)
    except OSError:
        return None


def of(found: Iterable[Row], at: int, digest: Callable[[str], str] | None = None) -> Seen:
    """What was seen, by what the system said of it. `digest` says what is in a file (else it is read). Raises OSError where one cannot
    be read."""
    digest, found = digest or hashed, [*found]
    young = {row[0]: digest(row[0]) for row in found if is_young(row, at)}
    return Seen(hashlib.sha256(repr(found).encode()).hexdigest(), contents(young) if young else "", at)


def is_young(row: Row, at: int) -> bool:
    """Whether a file may have changed since without another time to show for it."""
    return stat.S_ISREG(row[1]) and (os.name != "posix" or max(row[3], row[4]) > at - TICK)


def contents(files: Mapping[str, str]) -> str:
    """One digest of files, each with the SHA-256 of its bytes."""
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()


def hashed(path: str) -> str:
    """The SHA-256 of a file's bytes."""
    found = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:  # most are small: one read, and no buffer beside it
        while body := file.read(PART):
            found.update(body)
    return found.hexdigest()


def rows(root: Path, but: Set[str] = frozenset()) -> Iterator[Row]:
    """What the system says of everything at and under a path, in an order of its own; nothing where nothing is there. Folders of
    the names in `but` are left out.

    Raises OSError for what cannot be told.
    """
    try:
        state = os.lstat(root)
    except FileNotFoundError:
        return
    yield row(str(root), state)
    folders = [str(root)] * stat.S_ISDIR(state.st_mode)
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name in but:
                    continue
                found = row(entry.path, entry.stat(follow_symlinks=False))
                folders += [entry.path] * stat.S_ISDIR(found[1])
                yield found


def states(roots: Iterable[Path], but: Set[str] = frozenset()) -> dict[str, State]:
    """What the system says now of all that `look` looks at, folders among them, by path; nothing where that cannot be told."""
    try:
        return {found[0]: state(found[0]) for root in roots for found in rows(root, but)}
    except OSError:
        return {}


def still(known: Mapping[str, State]) -> bool:
    """Whether the system says of each path what it said before. What is new is seen by its folder."""
    try:
        return all(state(path) == before for path, before in known.items())
    except OSError:
        return False


@dataclass
class Watch:
    """Files that are to be what they were seen to be (`before`), asked many times: once they are older than a clock's tick, each is asked
    for by its name."""

    roots: Sequence[Path]
    before: Seen
    known: dict[str, State] = field(default_factory=dict)
    none: list[str] = field(default_factory=list)
    """The roots where nothing is."""

    def still(self) -> bool:
        """Whether they are."""
        if self.known and not any(map(os.path.lexists, self.none)) and still(self.known):
            return True
        self.known = {}
        now = time.time_ns()
        found = states(self.roots)
        if look(self.roots, self.before.at) != self.before:
            return False
        if os.name == "posix" and all(max(one[2], one[3]) <= now - TICK for one in found.values()):
            self.known, self.none = found, [str(root) for root in self.roots if str(root) not in found]
        return True


def state(path: str) -> State:
    found = os.lstat(path)
    return found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev


def row(path: str, state: os.stat_result) -> Row:
    """What the system says of a file or folder. Raises OSError where it is neither."""
    if stat.S_ISDIR(state.st_mode):
        return path, state.st_mode, 0, 0, 0, 0, 0
    if not stat.S_ISREG(state.st_mode):
        raise OSError(f"{path} is no plain file")
    changed, touched = state.st_mtime_ns, state.st_ctime_ns
    return path, state.st_mode, state.st_size, changed, touched, state.st_ino, state.st_dev

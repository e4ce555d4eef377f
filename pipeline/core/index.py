"""The index of a folder, as git has one: what the system said of each file, and the SHA-256 of its bytes. So what is in a file is known
without reading it, while the system says the same of it (`core/seen` says when that is not enough).

It is kept in the store under the folder's own path. What is torn or missing there knows no file, and then all are read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.core import seen
from pipeline.core.cache import Store, digest
from pipeline.core.seen import Row, Seen

KIND = "index"
"""What such a record is called in the store."""

State = tuple[int, int, int, int, int, int]
"""What the system says of a file: a `Row` without its path."""


@dataclass(frozen=True, slots=True)
class Index:
    """The files of a folder by their path below it, as they were at a time (`at`, in nanoseconds). `stats` as in `Seen`, of all
    that was looked at together with the folder."""

    at: int = 0
    stats: str = ""
    files: Mapping[str, tuple[State, str]] = field(default_factory=dict)

    def digest(self, path: str, now: State) -> str:
        """The SHA-256 of a file of which the system says this now; "" where it may be another one than it was."""
        then, digest = self.files.get(path, (None, ""))
        return digest if then == now and not seen.is_young(("", *now), self.at) else ""


UNKNOWN = Index()
"""The index that knows no file."""


def state(found: os.stat_result) -> State:
    """What the system says of a plain file."""
    return found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev


def name(folder: Path) -> str:
    """The name of a folder's record."""
    return digest("1", str(folder))


def read(store: Store, folder: Path) -> Index:
    """The index that was kept of a folder."""
    from pipeline.core import pickled

    body = store.read(KIND, name(folder))
    try:
        at, stats, files = pickled.load(body) if body else (0, "", {})
        if all(len(then) == 6 and isinstance(digest, str) for then, digest in files.values()):
            return Index(at + 0, stats + "", files)
    except (ValueError, TypeError, AttributeError):
        pass
    return UNKNOWN


def write(store: Store, folder: Path, index: Index) -> None:
    """Keep the index of a folder."""
    from pipeline.core import pickled

    store.write(KIND, name(folder), pickled.dump((index.at, index.stats, dict(index.files))))


def looked(folder: Path, rows: Iterable[Row], known: Index, at: int) -> Index:
    """The index of a folder of which the system said this after a time; only what is not `known` is read. Raises OSError where
    that cannot be done."""
    files = {}
    for path, *rest in (row for row in rows if row[4]):
        then: State = tuple(rest)  # type: ignore[assignment]
        name = below(folder, path)
        files[name] = then, known.digest(name, then) or seen.hashed(path)
    return Index(at, "", files)


def below(folder: Path, path: str) -> str:
    """The way to a file from a folder that it is in, as `dist/` has it on every system."""
    return path[len(str(folder)) + 1 :].replace(os.sep, "/")


def contents(folder: Path, files: Mapping[str, str]) -> str:
    """One digest of the files of a folder, each by its path below it with the SHA-256 of its bytes."""
    return seen.contents({f"{folder}/{path}": digest for path, digest in files.items()})


def settled(store: Store, folder: Path, now: Seen) -> None:
    """Believe from now on what stood in the index, if `now` is what was seen then and all bytes were read again since."""
    found = read(store, folder)
    if found.stats and found.stats == now.stats:
        write(store, folder, Index(now.at, found.stats, found.files))

"""Reading a site's files: nothing from outside of its folder whatever the link, plain files alone, and each kind up to a size.

What may not be read is told before a byte of it is: a site may come from people who may write one of its folders and no more.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from pipeline.core.errors import LockstepError

MB = 1_000_000
MOST: Mapping[str, int] = {
    ".po": 64 * MB,
    ".pot": 64 * MB,
    ".jsonl": 64 * MB,
    ".made-from": 2 * MB,
    ".txt": 64 * MB,
    ".toml": MB,
    ".yaml": 2 * MB,
    ".yml": 2 * MB,
    ".md": 2 * MB,
    ".html": 2 * MB,
}
"""The most bytes that a file of a kind may have, by the end of its name. (A page's own memory is 150 times its size.)"""
LARGEST = 512 * MB
"""The same of every other kind: pictures, recordings, films, which are published as they are."""
UNFOLLOWED, UNWAITING = getattr(os, "O_NOFOLLOW", 0), getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
KINDS = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a pipe"),
    (stat.S_ISSOCK, "is a socket"),
    (lambda mode: not stat.S_ISREG(mode), "is a device"),
)


def read(root: Path, name: str, most: int = LARGEST) -> bytes | None:
    """The bytes of a file of a site, by its name there; None where there is no file. `most`: what is read of any kind.

    Raises LockstepError for a link that leads out of the site or to nothing, for what is no plain file, for one that is too large
    for its kind, and where the system refuses.
    """
    return plain(place(root, name), name, min(most, most_of(name)), UNFOLLOWED)


def plain(path: str, name: Path | str, most: int = LARGEST, how: int = 0) -> bytes | None:
    """The bytes of a plain file, None where there is none; `name` is what people call it. Waits for nobody at the other end of a
    pipe. Raises LockstepError as `read` does."""
    try:
        handle = os.open(path, os.O_RDONLY | UNWAITING | how)
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise refused(name, problem) from problem
    try:
        with open(handle, "rb") as file:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                what = next(what for is_one, what in KINDS if is_one(state.st_mode))
                raise LockstepError(f"{what}, where a file is due", path=name, todo="Put the file itself here.")
            body = file.read(state.st_size + 1) if state.st_size <= most else b""
            if len(body) > state.st_size:  # it grew
                body += file.read(most + 1 - len(body))
    except IsADirectoryError as problem:
        raise LockstepError(
            "is a folder, where a file is due", path=name, todo="Put the file itself here."
        ) from problem
    except OSError as problem:
        raise refused(name, problem) from problem
    if max(state.st_size, len(body)) > most:
        size = f"{max(state.st_size, len(body)) / MB:,.0f} MB"
        what = f"is too large: {size}, and such a file has {most // MB} MB at most"
        raise LockstepError(what, path=name, todo="Split it, or take out what does not belong here.")
    return body


def place(root: Path, name: str) -> str:
    """Where a file of a site is, links inside the site followed. Raises LockstepError for one that leads elsewhere."""
    at = str(root)
    for part in name.split("/"):
        at = f"{at}/{part}"
        try:
            if stat.S_ISLNK(os.lstat(at).st_mode):
                break
        except OSError:
            return f"{root}/{name}"
    else:
        return at
    target = os.path.realpath(f"{root}/{name}")
    if not Path(target).is_relative_to(os.path.realpath(root)):
        todo = "Put the file itself here, or link inside the site."
        raise LockstepError("is a link out of the site, and is not read", path=name, todo=todo)
    if not Path(target).exists():
        raise LockstepError("is a link to nothing", path=name, todo="Put the file itself here, or remove the link.")
    return target


def most_of(name: str) -> int:
    """The most bytes that a file of this name may have."""
    stem, dot, end = name.rpartition("/")[2].rpartition(".")
    return MOST.get(dot + end.lower(), LARGEST) if stem else LARGEST


def refused(name: Path | str, problem: OSError) -> LockstepError:
    """What to say of a file that the system does not open."""
    if problem.errno == errno.ELOOP:
        return LockstepError("is a link in a circle", path=name, todo="Put the file itself here.")
    if problem.errno == errno.ENXIO:
        return LockstepError("is a socket, where a file is due", path=name, todo="Put the file itself here.")
    what = f"Cannot be opened: {problem.strerror or problem}"
    return LockstepError(what, path=name, todo="Make it a file that can be read.")

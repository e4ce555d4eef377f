"""Durable writes: a file or folder is a whole old one or a whole new one, whatever happens in between.

Every call that changes the disk goes through the `os` functions used here, so that a test can stop at each of them.

What somebody else saved is never lost to a write of ours. Our own processes wait for each other by the folder's lock. Editors
take none: so a new text and the old one exchange their names, and what came out is looked at before it goes. Where it is not
what we had read, it is put back (`settle`), by the next run where this one dies on the way.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import EllipsisType

from pipeline.core import inputs
from pipeline.core.errors import LockstepError

FILE_MODE, FOLDER_MODE = 0o644, 0o755
DRAFT = ".lockstep-new"
"""How the hidden name of a text ends that is being written."""
SWAP = ".lockstep-swap"
"""How the hidden name of a whole text ends that takes the place of another, and then of that other one."""
SWAPPED = re.compile(rf"\.(.+)\.([0-9a-f]{{16}})\.([0-9a-f]{{16}}){re.escape(SWAP)}", re.S)
"""Such a name: the file's own, and the digests of the text that goes in and of the one that comes out."""
PATIENCE = 2.0
"""Seconds that we wait for a program that has a file open for writing."""
AGAIN = "Free some space or mend the permissions, then run again."


def replace(path: Path, body: bytes, *, expected: bytes | EllipsisType | None = ...) -> None:
    """Make `path` hold `body`, its mode kept, or leave it as it was. Bytes and name are on disk when this returns.

    With `expected` (None: no file), refuse when somebody saved other bytes than those meanwhile, up to the last instant.
    Raises LockstepError when the file changed or the system refuses the write. In a rehearsal nothing is written.
    """
    if (would := REHEARSED.get()) is not None:
        if read(path) != body:
            would.append(path)
        return
    now = None
    try:
        make_folders(path.parent)
        with locked(path.parent):
            tidy(path.parent)
            now = read(path)
            if now == body:
                return
            if expected is not ... and now != expected:
                raise changed(path)
            put(path, body, now, watched=expected is not ...)
            sync_folder(path.parent)
    except OSError as problem:
        raise LockstepError(
            f"could not be saved: {problem.strerror or problem}", path=path, todo=f"{standing(path, now, body)}{AGAIN}"
        ) from problem


REHEARSED: ContextVar[list[Path] | None] = ContextVar("rehearsed", default=None)


@contextlib.contextmanager
def rehearsed() -> Iterator[list[Path]]:
    """Let everything inside do its work but for `replace`, which adds here the path that it would have written."""
    paths: list[Path] = []
    held = REHEARSED.set(paths)
    try:
        yield paths
    finally:
        REHEARSED.reset(held)


def changed(path: Path) -> LockstepError:
    """What is said where somebody else was faster."""
    return LockstepError(
        "somebody saved this file while it was being updated, or has it open for writing",
        path=path,
        todo="Their text stands. Nothing was written to it. Run the same command again.",
    )


def standing(path: Path, old: bytes | None, new: bytes) -> str:
    """What stands in a file after a write of it failed, in words; "" where that cannot be told."""
    with contextlib.suppress(OSError, LockstepError):
        found = read(path)
        if found == new:
            return "The new text is in its place, but may not outlast a power failure. "
        if found == old:
            return "The old file is untouched. " if old is not None else "No file was made. "
    return ""


def put(path: Path, body: bytes, now: bytes | None, *, watched: bool) -> None:
    """Give `body` its place, where `now` stands: whatever stands there by then, or (`watched`) only that."""
    mode = FILE_MODE if now is None else path.stat().st_mode & 0o777
    draft = path.with_name(f".{path.name}.{os.urandom(6).hex()}{DRAFT}")
    swap = path.with_name(f".{path.name}.{digest(body)}.{digest(now or b'')}{SWAP}")
    try:
        fill(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), body, mode)
        if not watched:
            os.replace(draft, path)
        elif now is None:
            add(draft, path)
        else:
            os.rename(draft, swap)
            swapped(swap, path, now)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        with contextlib.suppress(OSError, LockstepError):
            settle(swap)
        raise


def add(draft: Path, path: Path) -> None:
    """Give a text the name of a file that is not there. Raises LockstepError where there is one by now."""
    try:
        os.link(draft, path)
    except FileExistsError as problem:
        raise changed(path) from problem
    except OSError as problem:
        if problem.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}:
            raise
        if path.exists():  # no links here: what is saved in this very instant is lost
            raise changed(path) from problem
        os.rename(draft, path)
        return
    with contextlib.suppress(OSError):
        os.unlink(draft)


def swapped(swap: Path, path: Path, now: bytes) -> None:
    """Give a text the place of another. Raises LockstepError, that other one being in its place, where it is not `now`."""
    try:
        if not exchange(swap, path):
            if read(path) != now:  # what is saved in this very instant is lost
                raise changed(path)
            os.replace(swap, path)
            return
    except FileNotFoundError as problem:
        raise changed(path) from problem
    if not settle(swap):
        raise changed(path)


def settle(swap: Path) -> bool:
    """End an exchange of names, or begin none: let go of what came out where it is what was to go; where somebody saved
    something else, put that back. Whether the new text is in its place. Does nothing where there is no such file.

    Raises LockstepError where two people saved in that instant: then one of the texts is kept beside the other.
    """
    match = SWAPPED.fullmatch(swap.name)
    if not match or not swap.exists():
        return False
    path, ours, old = swap.with_name(match[1]), match[2], match[3]
    out = quiet(swap)
    if out is not None and digest(out) in {ours, old}:
        with contextlib.suppress(OSError):  # it goes with the next run
            os.unlink(swap)
        return digest(out) == old
    if digest(read(path) or b"") == ours and exchange(swap, path):
        if digest(read(swap) or b"") == ours:
            os.unlink(swap)
            sync_folder(path.parent)
            return False
        exchange(swap, path)  # saved once more between these two lines: the newest stays
    kept = next(name for name in beside(path) if not name.exists())
    os.rename(swap, kept)
    sync_folder(path.parent)
    raise LockstepError(
        "two people saved this file while it was being updated",
        path=path,
        todo=f"The later text stands; the other is kept as {kept.name}. Take over what it has, and remove it.",
    )


def beside(path: Path) -> Iterator[Path]:
    """Names for a text that is kept beside a file: `messages.kept.po`, `messages.kept-2.po` …"""
    yield path.with_name(f"{path.stem}.kept{path.suffix}")
    number = 2
    while True:
        yield path.with_name(f"{path.stem}.kept-{number}{path.suffix}")
        number += 1


def quiet(path: Path) -> bytes | None:
    """A file's bytes once no program has it open for writing; None where one still has after a while. They are the last ones
    where no other name leads to the file. Where the system does not tell, its bytes as they are."""
    deadline = time.monotonic() + PATIENCE
    with path.open("rb") as file:
        while busy(file.fileno()):
            if time.monotonic() > deadline:
                return None
            time.sleep(0.01)
        return file.read()


def busy(handle: int) -> bool:
    """Whether a program has the file behind a handle (open for reading) open for writing: then Linux gives no lease on it
    (fcntl(2), F_SETLEASE). False where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return False
    import fcntl
    import signal

    try:
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)  # were the lease broken: a signal that does nothing
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as problem:
        return problem.errno == errno.EAGAIN
    return False


def tidy(folder: Path) -> None:
    """Remove what a run that died left in a folder whose lock we hold, and put back what it held of somebody else's. What the
    system refuses now waits for the next run."""
    for path in sorted(path for path in folder.iterdir() if path.name.startswith(".")):
        with contextlib.suppress(OSError):
            if path.name.endswith(DRAFT):
                os.unlink(path)
            elif path.name.endswith(SWAP):
                settle(path)


def tidied(files: Iterable[Path]) -> None:
    """Remove what runs that died left among some files, and put back what they held of somebody else's; what cannot be
    done now waits for the next run."""
    left = {path.parent for path in files if path.name.startswith(".") and path.name.endswith((DRAFT, SWAP))}
    for folder in sorted(left):
        with contextlib.suppress(OSError), locked(folder):
            tidy(folder)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]


def make_folders(path: Path) -> None:
    """Make a folder and those above it that are missing; their names are on disk when this returns."""
    if path.is_dir():
        return
    make_folders(path.parent)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path)
    sync_folder(path.parent)


def read(path: Path) -> bytes | None:
    """The file's bytes, or None where there is no file, links followed wherever they lead: a file of a site is read by `inputs`.
    Raises LockstepError where it is no plain file, and where the system refuses."""
    return inputs.plain(str(path), path)


def write_new(path: Path, body: bytes) -> None:
    """Create `path` (it must not exist) with `body`; on disk once `sync_tree` was called for a folder above it."""
    fill(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), body, sync=not has_syncfs())


def fill(handle: int, body: bytes, mode: int = FILE_MODE, *, sync: bool = True) -> None:
    """Write all of `body` to an open file, set its mode whatever the umask, sync it where asked and close it."""
    try:
        write(handle, body)
        if hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def write(handle: int, body: bytes) -> None:
    """Write all of `body` to an open file."""
    view = memoryview(body)
    while view:
        view = view[os.write(handle, view) :]


def sync_folder(path: Path) -> None:
    """Make the names inside `path` durable (POSIX: a rename is on disk once its folder is synced)."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(root: Path, folders: Iterable[Path]) -> None:
    """Make the files that `write_new` wrote into `folders`, all below `root` or it, durable, and the names in them."""
    if not has_syncfs():
        for folder in folders:
            sync_folder(folder)
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        syncfs(handle)
    finally:
        os.close(handle)


def syncfs(handle: int) -> None:
    """Make everything on the file system of an open file durable. Raises OSError where a write of it failed (Linux 5.8)."""
    import ctypes

    if ctypes.CDLL(None, use_errno=True).syncfs(handle):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


@cache
def has_syncfs() -> bool:
    """Whether the system can sync a whole file system and says when that failed, as Linux does from 5.8 on."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    version = tuple(map(int, re.findall(r"\d+", os.uname().release)[:2]))
    return version >= (5, 8) and hasattr(ctypes.CDLL(None), "syncfs")


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's advisory lock, so that two runs of Lockstep do not write into it at once."""
    if os.name != "posix":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step. False where the system or file system cannot (nothing has changed then)."""
    if sys.platform.startswith("linux"):
        name, flags = "renameat2", (-100, os.fsencode(one), -100, os.fsencode(other), 2)  # AT_FDCWD, RENAME_EXCHANGE
    elif sys.platform == "darwin":
        name, flags = "renamex_np", (os.fsencode(one), os.fsencode(other), 2)  # RENAME_SWAP
    else:
        return False
    import ctypes

    call = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if call is None:
        return False
    if call(*flags) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code), str(one))

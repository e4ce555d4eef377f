"""Durable writes: a file or folder is a whole old one or a whole new one, whatever happens in between.

Every call that changes the disk goes through the `os` functions used here, so that a test can stop at each of them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import EllipsisType

from pipeline.core import inputs
from pipeline.core.errors import LockstepError

FILE_MODE, FOLDER_MODE = 0o644, 0o755


def replace(path: Path, body: bytes, *, expected: bytes | EllipsisType | None = ...) -> None:
    """Make `path` hold `body`, its mode kept, or leave it as it was. Bytes and name are on disk when this returns.

    With `expected` (None: no file), refuse when somebody saved other bytes than those meanwhile.
    Raises LockstepError when the file changed or the system refuses the write.
    """
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.parent):
            now = read(path)
            if now == body:
                return
            if expected is not ... and now != expected:
                raise LockstepError(
                    "somebody saved this file while it was being updated",
                    path=path,
                    todo="Nothing was written. Run the same command again.",
                )
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            try:
                fill(handle, body, FILE_MODE if now is None else path.stat().st_mode & 0o777)
                os.rename(name, path)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(name)
                raise
            sync_folder(path.parent)
    except OSError as problem:
        raise LockstepError(
            f"could not be saved: {problem.strerror or problem}",
            path=path,
            todo="The old file is untouched. Free some space or mend the permissions, then run again.",
        ) from problem


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
        view = memoryview(body)
        while view:
            view = view[os.write(handle, view) :]
        if hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


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

"""Publishing: outputs → `dist/`, a complete old build or a complete new one at every instant.

The new tree is built beside `dist/`, with unchanged files linked rather than rewritten, synced, and put in place by one
exchange of names. Nothing is published that is not in the outputs, so orphans go.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.model import Output

STAGING = ".dist-new"
RETIRED = ".dist-old"


@dataclass(frozen=True, slots=True)
class Published:
    """What one run did: files in the build, those written anew, those that went; `whole` unless the swap took two steps.
    `contents` is a digest of all the build's files, as `core/seen` has it."""

    files: int
    written: int
    removed: int
    whole: bool = True
    contents: str = ""


def publish(root: Path, outputs: Iterable[Output]) -> Published:
    """Make `root/dist` hold exactly `outputs`. Raises LockstepError, `dist/` being the old build, when the disk refuses."""
    wanted = {output.path: output.body for output in outputs}
    check_names(wanted)
    target, staging = root / "dist", root / STAGING
    if target.is_symlink():
        raise LockstepError(
            "dist is a link, and Lockstep replaces the folder itself",
            path=target,
            todo="Remove the link, and build again.",
        )
    try:
        with disk.locked(root):
            recover(root)
            old = listing(target)
            changed = [path for path in sorted(wanted) if old.get(path) != wanted[path]]
            removed = sum(1 for path in old if path not in wanted)
            if not changed and not removed and target.is_dir() and not stray(target, wanted):
                return Published(len(wanted), 0, 0)
            build(staging, target, wanted, old)
            whole = swap(root, staging, target)
            return Published(len(wanted), len(changed), removed, whole)
    except OSError as problem:
        remove(staging)
        raise LockstepError(
            f"the pages could not be written: {problem.strerror or problem}",
            path=target,
            todo="The old build is still in place, whole. Free some space or mend the permissions, then run again.",
        ) from problem


def check_names(wanted: Mapping[str, bytes]) -> None:
    """Refuse outputs that would leave `dist/` or stand in each other's way."""
    for path in wanted:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\0" in path:
            raise LockstepError("a page would be written outside dist/", path=path, todo="Rename its source file.")
        for parent in PurePosixPath(path).parents:
            if str(parent) in wanted:
                raise LockstepError(
                    "one page would be both a file and a folder", path=path, todo="Rename one of the two source files."
                )


def recover(root: Path) -> None:
    """Tidy what a killed run left: its half-built tree goes; a build it had moved aside comes back if dist/ is missing."""
    if not (root / "dist").exists() and (root / RETIRED).is_dir() and not (root / RETIRED).is_symlink():
        os.rename(root / RETIRED, root / "dist")
    remove(root / STAGING)
    remove(root / RETIRED)


def remove(path: Path) -> None:
    """Remove a tree of ours, or what stands in its place; what cannot be removed now is removed by the next run."""
    with contextlib.suppress(OSError):
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path)


def listing(folder: Path) -> dict[str, bytes]:
    """Every plain file under `folder` and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def stray(folder: Path, wanted: Mapping[str, bytes]) -> bool:
    """Whether `folder` holds links or folders that no output needs, or something has not the mode we give it."""
    parents = {str(parent) for path in wanted for parent in PurePosixPath(path).parents}
    return any(
        path.is_symlink() or odd_mode(path) or (path.is_dir() and path.relative_to(folder).as_posix() not in parents)
        for path in (folder, *folder.rglob("*"))
    )


def odd_mode(path: Path) -> bool:
    """Whether a file or folder has another mode than a build gives it (POSIX only)."""
    mode = disk.FOLDER_MODE if path.is_dir() else disk.FILE_MODE
    return os.name == "posix" and path.stat().st_mode & 0o777 != mode


def build(staging: Path, target: Path, wanted: Mapping[str, bytes], old: Mapping[str, bytes]) -> None:
    """Build the new tree: an unchanged file is a link to the old one, a changed one is written and synced."""
    make_folder(staging)
    made = {staging}
    for path, body in sorted(wanted.items()):
        here = staging / path
        for folder in [*reversed(here.relative_to(staging).parents)][1:]:
            if staging / folder not in made:
                make_folder(staging / folder)
                made.add(staging / folder)
        if old.get(path) != body or not linked(target / path, here):
            disk.write_new(here, body)
    for folder in made:
        disk.sync_folder(folder)


def make_folder(path: Path) -> None:
    """Create a folder with its mode set whatever the umask."""
    os.mkdir(path)
    os.chmod(path, disk.FOLDER_MODE)


def linked(old: Path, new: Path) -> bool:
    """Give an unchanged file its place in the new tree without writing it; False where the file system has no links."""
    if odd_mode(old):
        return False
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def swap(root: Path, staging: Path, target: Path) -> bool:
    """Put the new tree in place. True when it took one step; two where the file system cannot exchange names."""
    whole = True
    if not target.exists():
        os.rename(staging, target)
    elif not disk.exchange(staging, target):
        whole = False
        os.rename(target, root / RETIRED)
        os.rename(staging, target)
    disk.sync_folder(root)
    remove(staging)
    if not whole:
        remove(root / RETIRED)
    return whole
